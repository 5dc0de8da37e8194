/* Figures with a history, one column of all rows at a time: as they came for a day,
 * then the mean of five minutes. Thread: one at a time, with its database. */
#ifndef AZ_STORE_SAMPLES_H
#define AZ_STORE_SAMPLES_H

#include "board/board.h"
#include "store/names.h"

enum samples_tier { SAMPLES_FINE, SAMPLES_COARSE };
enum { SAMPLES_COARSE_MS = 5 * 60 * 1000 };

/* Adds the figures of every column with a history. `keys` are the row names of the
 * board (frames.h). */
void samples_add(struct names *keys, struct db *db, const struct board *board,
		 int64_t at_ms);

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
/* Gives the board's cells the series that they had at the moment. */
void samples_give(struct db *db, struct board *board, int64_t at_ms);

void samples_prune(struct db *db, int64_t fine_before_ms, int64_t before_ms);

#endif
