/* Lists that only the history has, as rows of the boards "changes", "attention" and
 * "seen-states": what happened up to a moment, what needed attention at it, what was in
 * which state before it. Thread: core. */
#ifndef AZ_WORKER_PAST_LIST_H
#define AZ_WORKER_PAST_LIST_H

#include <cjson/cJSON.h>

#include "board/def.h"
#include "store/store.h"

enum past_list { PAST_CHANGES, PAST_ALERTS, PAST_STATES, PAST_LISTS };

struct past_span {
	int64_t from_ms, to_ms;
};
/* Rows of "changes" of a span, newest first, of one board or, with "", of all; on the
 * thread that has the database. */
cJSON *past_changes(struct db *db, const struct library *library,
		    const struct past_span *span, const char *board);

struct past_lists {
	struct store *store;
	const struct library *library;
	struct listing *asked[PAST_LISTS]; /* on its way */
	cJSON *rows[PAST_LISTS];	   /* came, not yet taken */
};

/* The rows as of a moment, the caller's; NULL: not yet, ask again. */
cJSON *past_list_take(struct past_lists *lists, enum past_list which, int64_t at_ms);
/* What is on its way, or came, is of no use any more. */
void past_lists_forget(struct past_lists *lists);

#endif
