/* What changed on any board, as it was told then, newest last.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_CHANGE_LOG_H
#define AZ_STORE_CHANGE_LOG_H

#include "store/db.h"
#include "store/diff.h"

/* Tells what is different between two looks; past a cap, how many more there were. */
void change_log_add(struct db *db, int64_t board, const struct board *before,
		    const struct board *after, const struct pairs *pairs, int64_t at_ms);

struct change_entry {
	int64_t at_ms;
	const char *board;
	struct change change;
};
/* Texts live for the call. False from it ends the walk. */
typedef bool (*change_entry_fn)(const struct change_entry *entry, void *ctx);
/* Newest first: what happened after `from_ms` and up to `to_ms`, of one board or, with
 * NULL, of all. */
void change_log_read(struct db *db, int64_t from_ms, int64_t to_ms, const char *board,
		     change_entry_fn fn, void *ctx);
void change_log_prune(struct db *db, int64_t before_ms);

#endif
