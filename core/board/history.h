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
	int64_t first_ms;  /* wall time of the first look */
	int64_t seeded_ms; /* of the last one of an earlier run, until the first came */
	size_t seeded;	   /* points that are of no look before that one */
};

void history_init(struct history *h, const struct board_def *def);
void history_fini(struct history *h);
/* Adds the board's values, of a look at that wall time, as the newest points and gives
 * its cells their series, in the board's arena; series that came with the answer stay. The
 * board must not be shared yet. Rows that have not been seen for HISTORY_POINTS rounds are
 * forgotten; past HISTORY_MOST_ROWS rows, further ones have none. */
void history_add(struct history *h, struct board *board, int64_t fetched_ms);
/* Gives columns that draw the history of another one its series. */
void history_borrow(struct board *board);

/* The same board with the series as they are by now: its past came after it did. */
struct board *history_renew(const struct history *h, struct board *board);

/* What an earlier run knew of a board. */
struct history_seed {
	struct arena arena;
	size_t n_tracked, n_rows;
	struct history_seed_row {
		struct str key;
		const float *points; /* n_tracked times HISTORY_POINTS, the oldest first;
					NAN: not known */
	} * rows;
	int64_t newest_ms; /* wall time of the last look in it ... */
	size_t newest_at;  /* ... and its point */
};
struct history_seed *history_seed_new(const struct board_def *def);
void history_seed_free(struct history_seed *seed); /* accepts NULL */
/* Puts it before what came since. Of all keys those count that begin with `prefix`,
 * which is not of the rows' own. */
void history_take_seed(struct history *h, const struct history_seed *seed,
		       struct str prefix);

#endif
