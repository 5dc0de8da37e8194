/* Kinds of question as a table: what speaks for each, what it cannot do without, and the
 * boards its answer reads. Thread: any (const). */
#ifndef AZ_GUIDE_KINDS_H
#define AZ_GUIDE_KINDS_H

#include "guide/guide.h"

enum { KIND_BOARDS = 10, KIND_EXAMPLES = 3 };

struct kind_row {
	enum guide_kind kind;
	/* "budget+5 jump-2": concepts (concepts.h) and what each adds; besides them
	 * ".name", ".number", ".trace", ".size" and ".here": that a name, a number, a long
	 * id, a size of a database was in the question, or a row is meant. */
	const char *clues;
	/* "cost|name jump": of each group one has to be there; "" for none. */
	const char *needs;
	const char *boards[KIND_BOARDS];
	const char *examples[KIND_EXAMPLES]; /* for help and docs/GUIDE.md */
};

/* By kind, but for UNSAFE, OUT_OF_SCOPE and UNCLEAR, which have no clues. */
extern const struct kind_row kind_rows[GUIDE_KINDS];

#endif
