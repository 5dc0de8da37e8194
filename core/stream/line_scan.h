/* The rows that a filter takes, one after another from a place, forwards or backwards,
 * with as much work at a time as is asked for. They are looked for in stretches that are
 * always read forwards, because a line of a stack trace shares the lot of the record
 * before it. Thread: one owner at a time; off the loop. */
#ifndef AZ_STREAM_LINE_SCAN_H
#define AZ_STREAM_LINE_SCAN_H

#include "base/vec.h"
#include "stream/line_filter.h"
#include "stream/lines.h"

struct line_scan {
	struct lines *lines;	    /* borrowed */
	struct line_filter *filter; /* borrowed; NULL: every row */
	enum line_level level;	    /* only rows that say so themselves, or worse */
	bool is_back;
	/* Looked through so far: forwards up to here, backwards down to here. */
	int64_t at;
	VEC(int64_t) taken; /* rows of the last stretch that were not given yet */
	size_t given;
};

enum line_scan_result {
	LINE_SCAN_ROW,
	LINE_SCAN_MORE, /* the work is used up, there may be one */
	LINE_SCAN_END,
};

/* Rows at or behind `at`, or before it; it is where a row begins. */
void line_scan_init(struct line_scan *s, struct lines *lines, struct line_filter *filter,
		    int64_t at, bool is_back);
void line_scan_fini(struct line_scan *s);
/* Where the next one begins. *work is the rows' bytes that may still be read; it goes
 * below 0 by at most a stretch. */
enum line_scan_result line_scan_next(struct line_scan *s, int64_t *work, int64_t *at);

#endif
