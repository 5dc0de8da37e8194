/* Moments as people and services write them, in the middle of a text. Thread: any. */
#ifndef AZ_ANSWER_FIGURE_TIME_H
#define AZ_ANSWER_FIGURE_TIME_H

#include "answer/figure_scan.h"
#include "answer/scan_word.h"

/* "10:20 UTC", "11 Mar 10:20", "2026-03-11T10:20:30Z", "March 11, 2026": from this word
 * on. False: it is none. */
bool figure_time(struct str text, const struct prose_word *word, int64_t now_ms,
		 struct scan *out);

#endif
