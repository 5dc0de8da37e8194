/* Which row of a board is which of the version before. Keys are long, and a large board
 * has many: they are compared once for everything that is recorded of a version.
 * Thread: one at a time. */
#ifndef AZ_STORE_PAIRS_H
#define AZ_STORE_PAIRS_H

#include "board/board.h"
#include "store/names.h"

struct pairs {
	ptrdiff_t *was; /* by row of the later one; -1: it is new */
	bool *stays;	/* by row of the earlier one */
	int64_t *ids;	/* by row of the later one: its name; 0: not asked for yet */
};

/* `before` may be NULL, and so may its names. */
void pairs_init(struct pairs *pairs, const struct board *before,
		const int64_t *ids_before, const struct board *after);
void pairs_fini(struct pairs *pairs);
/* The name of the later one's row. 0: the database failed. */
int64_t pairs_id(struct pairs *pairs, struct names *keys, struct db *db,
		 const struct board *after, size_t row);

#endif
