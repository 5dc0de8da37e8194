/* Which columns of a board fit a width, and how wide each is: important ones stay
 * longest, texts shrink before anything is dropped. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_COLUMNS_H
#define AZ_TUI_WIDGET_COLUMNS_H

#include "board/view.h"
#include "tui/widget/look.h"

#define COLUMNS_MAX 64

struct column_place {
	size_t index; /* of the definition */
	int x, w;
};

struct columns {
	size_t n;
	struct column_place at[COLUMNS_MAX];
	size_t n_hidden; /* dropped for want of room */
};

/* Widths wanted, one per column of the definition (at most COLUMNS_MAX): the
 * heading, and rows sampled over the whole view. */
void columns_measure(const struct look *look, const struct board_view *view,
		     const struct board_def *def, int wanted[COLUMNS_MAX]);
/* `cursor` is always among them. */
void columns_choose(const struct board_def *def, const int wanted[COLUMNS_MAX], int x,
		    int w, size_t cursor, struct columns *out);

#endif
