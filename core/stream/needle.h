/* Finding a text in bytes, with or without regard to ASCII case, at about the speed of
 * memory. Thread: any once made; it is not changed by looking. */
#ifndef AZ_STREAM_NEEDLE_H
#define AZ_STREAM_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct needle {
	char *text; /* in lower case when folded */
	size_t n;
	bool is_folded;
	/* The two places in it whose bytes are rarest in logs: the farther is `last`, and
	 * one of them is the `rarest`. */
	size_t first, last, rarest;
	uint8_t first_byte, last_byte;
	uint8_t first_mask, last_mask; /* 0x20 where a letter has two cases */
};

void needle_init(struct needle *needle, struct str text, bool ignore_case);
void needle_fini(struct needle *needle);
/* The first place at or after `from`, or -1. An empty needle is everywhere. */
ptrdiff_t needle_find(const struct needle *needle, struct str hay, size_t from);

/* How often a byte stands there. */
size_t bytes_count(struct str hay, char c);
/* Where the first of the two is at or after `from`; hay.n: neither is there. */
size_t bytes_find_either(struct str hay, size_t from, char a, char b);

#endif
