/* Boards of one definition over several connections, as one board. Rows are shared,
 * not copied; their keys say which connection they came over. Thread: any. */
#ifndef AZ_BOARD_UNION_H
#define AZ_BOARD_UNION_H

#include "board/board.h"

struct union_part {
	const char *name;    /* of the connection */
	struct board *board; /* borrowed; NULL: nothing came yet */
};

/* The board is the caller's, its version 0. A part that failed makes it partial,
 * all of them stale; the reason names the connection. */
struct board *board_union(const struct board_def *def, const struct union_part *parts,
			  size_t n);

#endif
