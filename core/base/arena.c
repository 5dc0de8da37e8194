/* See arena.h. Chunks grow with the arena, so a small one stays small and a
 * large one needs few allocations. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/xalloc.h"

struct arena_chunk {
	struct arena_chunk *next;
	size_t cap, used;
	alignas(max_align_t) char bytes[];
};

enum { FIRST_CHUNK = 256, LARGEST_CHUNK = 32 * 1024 };

void arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

void arena_fini(struct arena *a)
{
	struct arena_chunk *chunk = a->head;

	while (chunk) {
		struct arena_chunk *next = chunk->next;

		if (a->is_secret)
			secret_wipe(chunk->bytes, chunk->used);
		free(chunk);
		chunk = next;
	}
	*a = (struct arena){.is_secret = a->is_secret};
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = a->head;

	if (!keep)
		return;
	a->head = keep->next;
	arena_fini(a);
	if (a->is_secret)
		secret_wipe(keep->bytes, keep->used);
	keep->next = NULL;
	keep->used = 0;
	a->head = keep;
	a->bytes = keep->cap;
}

static struct arena_chunk *add_chunk(struct arena *a, size_t n)
{
	size_t cap = a->head ? a->head->cap * 2 : FIRST_CHUNK;
	struct arena_chunk *chunk;

	if (cap > LARGEST_CHUNK)
		cap = LARGEST_CHUNK;
	if (cap < n)
		cap = n;
	if (cap > SIZE_MAX - sizeof(*chunk))
		fatal("out of memory: a size overflows");
	chunk = xmalloc(sizeof(*chunk) + cap);
	chunk->cap = cap;
	chunk->used = 0;
	chunk->next = a->head;
	a->head = chunk;
	a->bytes += cap;
	return chunk;
}

static void *take(struct arena *a, size_t n, size_t align)
{
	struct arena_chunk *chunk = a->head;
	size_t at = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;

	if (!chunk || at > chunk->cap || n > chunk->cap - at) {
		chunk = add_chunk(a, n);
		at = 0;
	}
	chunk->used = at + n;
	return chunk->bytes + at;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return take(a, n ? n : 1, alignof(max_align_t));
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / size)
		fatal("out of memory: a size overflows");
	p = arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *arena_strdup(struct arena *a, struct str s)
{
	char *copy = take(a, s.n + 1, 1);

	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
	return (struct str){.p = arena_strdup(a, s), .n = s.n};
}

void arena_give(struct arena *dst, struct arena *src)
{
	struct arena_chunk *last = src->head;

	if (!last)
		return;
	while (last->next)
		last = last->next;
	last->next = dst->head;
	dst->head = src->head;
	dst->bytes += src->bytes;
	arena_init(src);
}
