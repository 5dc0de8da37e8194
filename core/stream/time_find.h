/* Where a log comes to a moment: its lines are taken to be in the order of time, as all
 * but a few of any log are. Thread: one owner at a time; off the loop. */
#ifndef AZ_STREAM_TIME_FIND_H
#define AZ_STREAM_TIME_FIND_H

#include "stream/lines.h"

/* Where the first row begins that is of the moment or later. False: no line near enough
 * says a time, or all are earlier; then *at is the end. */
bool time_find(struct lines *lines, int64_t ms, int64_t *at);
/* The time that the log ends with, for moments that are told by a clock alone. False:
 * its last lines say none. */
bool time_of_last(struct lines *lines, int64_t *ms);

#endif
