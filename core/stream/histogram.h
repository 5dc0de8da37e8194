/* How many lines of each level when: a bounded number of buckets, whose width grows with
 * the span of time that was seen. Thread: any, one owner. */
#ifndef AZ_STREAM_HISTOGRAM_H
#define AZ_STREAM_HISTOGRAM_H

#include "stream/line.h"

enum { HISTOGRAM_BUCKETS = 64 };

struct histogram_bucket {
	uint64_t lines[LINE_LEVELS];
};

/* Zeroed is empty. */
struct histogram {
	int width;	  /* place in the list of widths: histogram_width_ms */
	int64_t first;	  /* the first bucket begins at first * width */
	size_t n;	  /* buckets, up to the last that has a line */
	uint64_t untimed; /* lines without a time, or one that no log has */
	struct histogram_bucket bucket[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *h, const struct line *line);
int64_t histogram_width_ms(const struct histogram *h);
int64_t histogram_begin_ms(const struct histogram *h, size_t bucket);
uint64_t histogram_sum(const struct histogram_bucket *bucket);

#endif
