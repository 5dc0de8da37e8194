/* Which row is acted on: the one under the cursor; the one it stands for, as in the list
 * of what needs attention; or the only one that a link of it leads to, as from a schedule
 * to its database. Thread: ui. */
#ifndef AZ_TUI_CHANGE_SUBJECT_H
#define AZ_TUI_CHANGE_SUBJECT_H

#include "tui/app_part.h"
#include "tui/change/change.h"

struct subject {
	struct board *board; /* borrowed, but for who opens a screen on it */
	const struct row *row;
	struct change_hint hint; /* of the row that led to it */
};

/* False: nothing can be done to the row, nor to one behind it. */
bool subject_find(struct app *app, const struct board *board, const struct row *row,
		  struct subject *out);

#endif
