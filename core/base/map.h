/* Text to pointer, open addressing. Keys are copied; values are borrowed.
 * Thread: one owner. */
#ifndef AZ_BASE_MAP_H
#define AZ_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct map_slot {
	char *key; /* NULL: free */
	size_t key_n;
	uint64_t hash;
	void *value;
};

struct map {
	struct map_slot *slots;
	size_t n;
	size_t cap;	/* a power of two, or 0 */
	bool fold_case; /* ASCII case is ignored; set before the first put */
};

void map_init(struct map *m);
void map_fini(struct map *m);
void map_reset(struct map *m);
/* The value, or NULL. */
void *map_find(const struct map *m, struct str key);
/* Puts or replaces; returns the old value or NULL. */
void *map_put(struct map *m, struct str key, void *value);
/* The value that was there, or NULL. */
void *map_take(struct map *m, struct str key);
/* Walks in no particular order: size_t at = 0; while (map_next(m, &at, &slot)). */
bool map_next(const struct map *m, size_t *at, const struct map_slot **slot);

#endif
