/* A source cut into blocks of whole lines, so that what looks at them never meets half
 * of one. Thread: one owner; never the loop, for a source waits. */
#ifndef AZ_STREAM_BLOCKS_H
#define AZ_STREAM_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "stream/source.h"

/* Usual size: what stays in a core's cache between being read and being searched. */
#define BLOCKS_USUAL_BYTES ((size_t)128 << 10)
/* A longer line is given in parts of this size, as if they were lines. */
#define BLOCKS_LINE_MOST_BYTES ((size_t)16 << 20)

struct blocks {
	struct source *source; /* borrowed */
	char *buf;
	size_t cap, used, n; /* buf[used..n) was read and not given */
	uint64_t offset;     /* in the text, of what is given next */
	bool keeps_rest;     /* a line without an end waits for it, for files that grow */
};

void blocks_init(struct blocks *b, struct source *source);
void blocks_fini(struct blocks *b);
/* The next lines, valid until the next call: each ends with a newline, but perhaps the
 * last of all. False at the end, or with err set (ERR_NONE: the end). After an error
 * what was read before it is given first. */
bool blocks_next(struct blocks *b, struct str *lines, struct err *err) MUST_CHECK;
/* What waited for its end and will not get one; perhaps empty. */
struct str blocks_rest(struct blocks *b);

#endif
