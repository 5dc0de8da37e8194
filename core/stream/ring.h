/* The last lines of a live stream: one writer, any number of readers, bounded in bytes.
 * Lines are numbered from 0 for as long as the ring lives, so a reader knows what it has
 * seen, and what is gone. A reader looks at a view: what it shows stays, whatever the
 * writer does, until the view is dropped; what was published meanwhile is seen by
 * taking another.
 *
 * Lines lie in chunks that are filled once and never changed; a chunk goes with its last
 * holder. Memory is thus bounded by the ring's own and by views kept too long.
 * Thread: ring_put on one; views on any. */
#ifndef AZ_STREAM_RING_H
#define AZ_STREAM_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/line.h"

enum {
	RING_CHUNK_BYTES = 64 << 10,
	RING_LINE_MOST_BYTES = 16 << 10,
	RING_SOURCE_MOST_BYTES = 256,
	RING_CHUNKS_MOST = 4096
};

struct ring;

/* At least two chunks' worth. The caller is its first holder. */
struct ring *ring_new(size_t max_bytes);
/* One holder more, as for a reader on another thread; returns r. */
struct ring *ring_share(struct ring *r);
/* A holder's last act; with the last of them it goes. Views that are still held stay
 * good. Accepts NULL. */
void ring_free(struct ring *r);

/* A copy of the line, its first RING_LINE_MOST_BYTES. A source that is no part of the
 * line, such as the pod it came from, is kept beside it. */
void ring_put(struct ring *r, const struct line *line);

struct ring_view {
	struct ring_chunk **chunks;
	size_t n_chunks;
	uint64_t first, end;	/* the numbers it has: [first, end) */
	uint64_t dropped_bytes; /* of the lines before `first` */
};

/* What there is now. */
void ring_view_take(struct ring *r, struct ring_view *view);
void ring_view_drop(struct ring_view *view);
/* False when it is not in the view. The line's texts are good as long as the view is. */
bool ring_view_line(const struct ring_view *view, uint64_t number, struct line *line);
/* Without a view: whether there is something new. */
uint64_t ring_published(const struct ring *r);

#endif
