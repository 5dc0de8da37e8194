/* A bump allocator: many small things, freed in one call. Nothing in it is
 * freed singly. Thread: one owner at a time; immutable use may be shared. */
#ifndef AZ_BASE_ARENA_H
#define AZ_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_chunk;
struct arena {
	struct arena_chunk *head;
	size_t bytes;	/* handed out and reserved, for budgets and `feeds` */
	bool is_secret; /* set after init: what was in it is wiped when it goes */
};

void arena_init(struct arena *a);
void arena_fini(struct arena *a);
/* Empties it, keeping one chunk. Every pointer into it dies. */
void arena_reset(struct arena *a);
/* Aligned for any type, not zeroed. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_calloc(struct arena *a, size_t count, size_t size);
/* A terminated copy. */
char *arena_strdup(struct arena *a, struct str s);
struct str arena_str(struct arena *a, struct str s);
/* src is empty afterwards; dst owns its memory. */
void arena_give(struct arena *dst, struct arena *src);

#endif
