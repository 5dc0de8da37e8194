/* The recent past of a board's numeric columns, in memory and bounded: what
 * sparklines draw. Thread: core, or the pool while it decodes for the feed. */
#ifndef AZ_BOARD_HISTORY_H
#define AZ_BOARD_HISTORY_H

#include "base/map.h"
#include "board/board.h"
#include "board/def.h"

enum { HISTORY_POINTS = 120, HISTORY_MOST_ROWS = 20000 };

struct history {
	const struct board_def *def;
	size_t n_tracked;   /* columns with history */
	bool has_borrowers; /* some column draws the history of another */
	struct map tracks;  /* by row key */
	uint64_t round;
};

void history_init(struct history *h, const struct board_def *def);
void history_fini(struct history *h);
/* Adds the board's values as the newest points and gives its cells their series,
 * in the board's arena; series that came with the answer stay. The board must not
 * be shared yet. Rows that have not been seen for HISTORY_POINTS rounds are
 * forgotten; past HISTORY_MOST_ROWS rows, further ones have none. */
void history_add(struct history *h, struct board *board);
/* Gives columns that draw the history of another one its series. */
void history_borrow(struct board *board);

#endif
