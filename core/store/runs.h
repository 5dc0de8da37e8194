/* What was seen of many rows, made short: each state a row was in once, however often
 * azdeck came and went meanwhile, and beside them when anybody looked at all. Whoever
 * counts cuts the one with the other: what nobody watched is not up.
 * Thread: one at a time, with its database: the pool, in a store_ask. */
#ifndef AZ_STORE_RUNS_H
#define AZ_STORE_RUNS_H

#include "base/vec.h"
#include "store/spans.h"

/* The row was seen in this state at both ends, and in no other between. A row that goes,
 * or is not seen while others are, begins a new run when it is back. */
struct run {
	size_t key; /* which of the keys asked for */
	int64_t from_ms, to_ms;
	int64_t seen_ms; /* how much of it was watched */
	const char *state;
	enum severity sev;
};

struct watched {
	int64_t from_ms, to_ms;
};

struct runs {
	VEC(struct run) all;	     /* by key, then oldest first */
	VEC(struct watched) watches; /* apart from each other, oldest first */
	struct arena arena;
};

/* False: there is no such column of words. A database that fails gives what came before:
 * see db_is_fine. */
bool runs_read(struct runs *runs, struct db *db, const struct spans_ask *ask) MUST_CHECK;
void runs_fini(struct runs *runs);

#endif
