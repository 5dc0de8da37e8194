/* Figures with a history, one column of all rows at a time: as they came for a day,
 * then the mean of five minutes for a week, then of an hour. What is as it was the time
 * before is not written again; twice an hour everything is.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_SAMPLES_H
#define AZ_STORE_SAMPLES_H

#include "board/board.h"
#include "board/history.h"
#include "store/names.h"
#include "store/pairs.h"

enum samples_tier { SAMPLES_FINE, SAMPLES_COARSE, SAMPLES_HOURS };
enum {
	SAMPLES_COARSE_MS = 5 * 60 * 1000,
	SAMPLES_HOURS_MS = 3600 * 1000,
	SAMPLES_WHOLE_MS = SAMPLES_HOURS_MS / 2, /* a reader begins at a multiple of it */
};

/* A look at a board. */
struct samples_look {
	struct names *keys; /* of its rows */
	const struct board *board;
	const struct board *before; /* the one added last; NULL: that is not known */
	struct pairs *pairs;	    /* of the two */
	int64_t at_ms;
};
/* Adds the figures of every column with a history. */
void samples_add(struct db *db, const struct samples_look *look);

/* One series: places of equal length from `from_ms` on; what was not known is NAN. */
struct samples_span {
	int64_t from_ms, step_ms;
	uint32_t n;
};
/* Fills out[row * span.n + place] for the rows named by ids[row], which ascend; the
 * newest of a place counts. False: no such column was ever recorded. */
bool samples_read(struct db *db, int64_t board, const char *column,
		  const struct samples_span *span, const int64_t *ids, size_t n_ids,
		  float *out);
/* What a run that went on until then would have as the past of the board's rows: the
 * looks before the moment, as they came; where none came for longer, points are unknown.
 * NULL: nothing. */
struct history_seed *samples_recent(struct db *db, const struct board_def *def,
				    int64_t before_ms);
/* Gives the board's cells the series that they had at the moment. */
void samples_give(struct db *db, struct board *board, int64_t at_ms);

/* What is older goes, of each tier. */
struct samples_ends {
	int64_t fine_ms, coarse_ms, hours_ms;
};
void samples_prune(struct db *db, const struct samples_ends *ends);

#endif
