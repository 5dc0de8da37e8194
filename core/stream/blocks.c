/* See blocks.h. */
#include "stream/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void blocks_init(struct blocks *b, struct source *source)
{
	*b = (struct blocks){.source = source, .cap = BLOCKS_USUAL_BYTES};
	b->buf = xmalloc(b->cap);
}

void blocks_fini(struct blocks *b)
{
	free(b->buf);
	*b = (struct blocks){0};
}

static struct str give(struct blocks *b, size_t n)
{
	struct str lines = {.p = b->buf + b->used, .n = n};

	b->used += n;
	b->offset += n;
	return lines;
}

/* Room behind what is held: the part of a line moves to the front, and a line that
 * fills the buffer gets a larger one. */
static void make_room(struct blocks *b)
{
	b->n -= b->used;
	memmove(b->buf, b->buf + b->used, b->n);
	b->used = 0;
	if (b->cap - b->n < BLOCKS_USUAL_BYTES / 2) {
		b->cap *= 2;
		b->buf = xreallocarray(b->buf, b->cap, 1);
	}
}

struct str blocks_rest(struct blocks *b)
{
	return give(b, b->n - b->used);
}

bool blocks_next(struct blocks *b, struct str *lines, struct err *err)
{
	err_clear(err);
	for (;;) {
		size_t held = b->n - b->used;
		const char *end;
		ssize_t got;

		if (held >= BLOCKS_LINE_MOST_BYTES) {
			*lines = blocks_rest(b);
			return true;
		}
		make_room(b);
		got = source_read(b->source, b->buf + b->n, b->cap - b->n, err);
		if (got <= 0) {
			*lines = b->keeps_rest ? give(b, 0) : blocks_rest(b);
			return lines->n > 0;
		}
		end = memrchr(b->buf + b->n, '\n', (size_t)got);
		b->n += (size_t)got;
		if (end) {
			*lines = give(b, (size_t)(end - b->buf) + 1);
			return true;
		}
	}
}
