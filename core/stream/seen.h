/* Rows that were given before, for answers that overlap: each answer holds rows of the one
 * before it again, and rows that are quite alike may be several, so they are counted: of
 * five like ones, where three were given, two are new. Thread: one owner. */
#ifndef AZ_STREAM_SEEN_H
#define AZ_STREAM_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen_row {
	uint64_t hash; /* 0: free */
	int64_t time_ms;
	uint32_t given, here; /* in all; in this answer so far */
	uint32_t answer;
};

/* Zeroed is empty. */
struct seen {
	struct seen_row *rows;
	size_t n, cap; /* cap is a power of two, or 0 */
	uint32_t answer;
};

void seen_fini(struct seen *s);
/* Another answer begins; what is of before the moment will not come again. */
void seen_begin(struct seen *s, int64_t before_ms);
/* Whether this row of the answer has not been given; it counts as given now. */
bool seen_is_new(struct seen *s, uint64_t hash, int64_t time_ms);

#endif
