/* See ring.h. Within a chunk the texts grow from the front and what is known of them
 * from the back. The writer fills both and then publishes the count; a reader looks only
 * at what the count covers, so neither waits for the other. The lock is for the list of
 * chunks alone: held for a pointer or two once per chunk, and for a copy of the list. */
#include "stream/ring.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/ref.h"
#include "base/xalloc.h"

struct slot {
	int64_t time_ms;
	uint32_t at, n;
	uint32_t source_at, source_n, message_at, message_n; /* within the text */
	uint8_t level, format;
	bool has_time, is_escaped;
};

struct ring_chunk {
	struct ref ref;
	uint64_t first;		/* the number of its first line; fixed */
	uint64_t dropped_bytes; /* of the lines before it; fixed */
	atomic_uint published;	/* lines that readers may look at */
	/* the writer's */
	uint32_t n_lines, n_bytes;
	union {
		char bytes[RING_CHUNK_BYTES];
		struct slot slots[RING_CHUNK_BYTES / sizeof(struct slot)];
	} room;
};

enum { SLOTS = RING_CHUNK_BYTES / sizeof(struct slot) };

struct ring {
	struct ref ref;
	size_t max_chunks;
	atomic_ullong published;
	pthread_mutex_t lock;
	/* under lock */
	struct ring_chunk **chunks; /* the oldest first */
	size_t n_chunks;
	/* the writer's */
	struct ring_chunk *last;
};

static const struct slot *slot_at(const struct ring_chunk *chunk, size_t i)
{
	return &chunk->room.slots[SLOTS - 1 - i];
}

static void chunk_put(struct ring_chunk *chunk)
{
	if (ref_put(&chunk->ref))
		free(chunk);
}

static struct ring_chunk *chunk_new(const struct ring_chunk *before)
{
	struct ring_chunk *chunk = xmalloc(sizeof(*chunk));

	ref_init(&chunk->ref);
	atomic_init(&chunk->published, 0);
	chunk->n_lines = chunk->n_bytes = 0;
	chunk->first = before ? before->first + before->n_lines : 0;
	chunk->dropped_bytes = before ? before->dropped_bytes + before->n_bytes : 0;
	return chunk;
}

struct ring *ring_new(size_t max_bytes)
{
	struct ring *r = xcalloc(1, sizeof(*r));

	ref_init(&r->ref);
	r->max_chunks = max_bytes / RING_CHUNK_BYTES;
	if (r->max_chunks < 2)
		r->max_chunks = 2;
	if (r->max_chunks > RING_CHUNKS_MOST)
		r->max_chunks = RING_CHUNKS_MOST;
	r->chunks = xcalloc(r->max_chunks, sizeof(*r->chunks));
	if (pthread_mutex_init(&r->lock, NULL) != 0)
		fatal("no lock for a ring");
	r->chunks[r->n_chunks++] = r->last = chunk_new(NULL);
	return r;
}

struct ring *ring_share(struct ring *r)
{
	ref_get(&r->ref);
	return r;
}

void ring_free(struct ring *r)
{
	if (!r || !ref_put(&r->ref))
		return;
	for (size_t i = 0; i < r->n_chunks; i++)
		chunk_put(r->chunks[i]);
	free(r->chunks);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static void begin_chunk(struct ring *r)
{
	struct ring_chunk *chunk = chunk_new(r->last), *oldest = NULL;

	pthread_mutex_lock(&r->lock);
	if (r->n_chunks == r->max_chunks) {
		oldest = r->chunks[0];
		r->n_chunks--;
		memmove(r->chunks, r->chunks + 1, r->n_chunks * sizeof(*r->chunks));
	}
	r->chunks[r->n_chunks++] = chunk;
	pthread_mutex_unlock(&r->lock);
	r->last = chunk;
	if (oldest)
		chunk_put(oldest);
}

static bool is_part(struct str text, struct str part)
{
	uintptr_t begin = (uintptr_t)text.p, p = (uintptr_t)part.p;

	return part.n == 0 || (p >= begin && p < begin + text.n);
}

/* Where a part stands in what is kept of the text; one that is not of it is empty. */
static void place(struct str text, struct str part, uint32_t *at, uint32_t *n)
{
	*at = *n = 0;
	if (part.n == 0 || !is_part(text, part))
		return;
	*at = (uint32_t)((uintptr_t)part.p - (uintptr_t)text.p);
	*n = (uint32_t)(part.n < text.n - *at ? part.n : text.n - *at);
}

void ring_put(struct ring *r, const struct line *line)
{
	struct str text = str_sub(line->raw, 0, RING_LINE_MOST_BYTES), beside = {0};
	struct ring_chunk *chunk = r->last;
	struct slot *slot;

	if (!is_part(line->raw, line->source))
		beside = str_sub(line->source, 0, RING_SOURCE_MOST_BYTES);
	if (chunk->n_bytes + text.n + beside.n + (chunk->n_lines + 1) * sizeof(*slot) >
	    SLOTS * sizeof(*slot)) {
		begin_chunk(r);
		chunk = r->last;
	}
	slot = &chunk->room.slots[SLOTS - 1 - chunk->n_lines];
	*slot = (struct slot){.time_ms = line->time_ms,
			      .at = chunk->n_bytes,
			      .n = (uint32_t)text.n,
			      .level = (uint8_t)line->level,
			      .format = (uint8_t)line->format,
			      .has_time = line->has_time,
			      .is_escaped = line->is_escaped};
	if (beside.n) {
		slot->source_at = (uint32_t)text.n;
		slot->source_n = (uint32_t)beside.n;
		memcpy(chunk->room.bytes + chunk->n_bytes + text.n, beside.p, beside.n);
	} else {
		place(text, line->source, &slot->source_at, &slot->source_n);
	}
	place(text, line->message, &slot->message_at, &slot->message_n);
	if (text.n)
		memcpy(chunk->room.bytes + chunk->n_bytes, text.p, text.n);
	chunk->n_bytes += (uint32_t)(text.n + beside.n);
	chunk->n_lines++;
	atomic_store_explicit(&chunk->published, chunk->n_lines, memory_order_release);
	atomic_store_explicit(&r->published, chunk->first + chunk->n_lines,
			      memory_order_release);
}

uint64_t ring_published(const struct ring *r)
{
	return atomic_load_explicit(&((struct ring *)(uintptr_t)r)->published,
				    memory_order_acquire);
}

void ring_view_take(struct ring *r, struct ring_view *view)
{
	struct ring_chunk *last;

	view->chunks = xreallocarray(NULL, r->max_chunks, sizeof(struct ring_chunk *));
	pthread_mutex_lock(&r->lock);
	view->n_chunks = r->n_chunks;
	for (size_t i = 0; i < r->n_chunks; i++) {
		view->chunks[i] = r->chunks[i];
		ref_get(&r->chunks[i]->ref);
	}
	pthread_mutex_unlock(&r->lock);
	last = view->chunks[view->n_chunks - 1];
	view->first = view->chunks[0]->first;
	view->dropped_bytes = view->chunks[0]->dropped_bytes;
	view->end = last->first +
		    atomic_load_explicit(&last->published, memory_order_acquire);
}

void ring_view_drop(struct ring_view *view)
{
	for (size_t i = 0; i < view->n_chunks; i++)
		chunk_put(view->chunks[i]);
	free(view->chunks);
	*view = (struct ring_view){0};
}

/* The chunk that has the number: the last that begins at or before it. */
static const struct ring_chunk *chunk_of(const struct ring_view *view, uint64_t number)
{
	size_t low = 0, high = view->n_chunks;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (view->chunks[middle]->first <= number)
			low = middle;
		else
			high = middle;
	}
	return view->chunks[low];
}

bool ring_view_line(const struct ring_view *view, uint64_t number, struct line *line)
{
	const struct ring_chunk *chunk;
	const struct slot *slot;
	const char *text;

	if (number < view->first || number >= view->end)
		return false;
	chunk = chunk_of(view, number);
	slot = slot_at(chunk, (size_t)(number - chunk->first));
	text = chunk->room.bytes + slot->at;
	*line = (struct line){
		.raw = {.p = text, .n = slot->n},
		.source = {.p = text + slot->source_at, .n = slot->source_n},
		.message = {.p = text + slot->message_at, .n = slot->message_n},
		.time_ms = slot->time_ms,
		.level = (enum line_level)slot->level,
		.format = (enum line_format)slot->format,
		.has_time = slot->has_time,
		.is_escaped = slot->is_escaped,
	};
	return true;
}
