/* What the files about samples share. Private to core/store/samples*.c.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_SAMPLES_PART_H
#define AZ_STORE_SAMPLES_PART_H

#include "store/samples.h"

/* The name of a column's samples; 0: there are none. */
int64_t samples_track(struct db *db, int64_t board, const char *column);
void samples_put(struct db *db, int64_t track, enum samples_tier tier, int64_t at_ms,
		 struct str bytes);
/* When the last sample of a tier is of; 0: there is none. */
int64_t samples_newest(struct db *db, int64_t track, enum samples_tier tier);
int64_t samples_floor(int64_t at_ms, int64_t step_ms);

/* The samples of a tier from a moment on, for `step_ms`, become one of the next. */
void samples_condense(struct db *db, int64_t track, enum samples_tier tier,
		      int64_t from_ms, int64_t step_ms);

#endif
