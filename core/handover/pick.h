/* The rows of a board that a part of the hand-over tells of, and what it says of them:
 * those it would say the same of are one. Thread: any (no state). */
#ifndef AZ_HANDOVER_PICK_H
#define AZ_HANDOVER_PICK_H

#include "base/err.h"
#include "base/vec.h"
#include "handover/handover.h"
#include "handover/parts.h"

struct picked {
	char *text;
	size_t n;		   /* rows */
	int64_t first_ms, last_ms; /* of `when`; 0: it has none */
};

struct pick {
	VEC(struct picked) items;
	size_t n_rows;
	struct err err; /* the board cannot be asked so; ERR_NONE */
};

/* pick_fini is due. */
void pick_rows(struct pick *p, const struct handover_part *part, const struct handover *h,
	       struct board *board);
void pick_fini(struct pick *p);

#endif
