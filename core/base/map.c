/* See map.h. Linear probing over a power of two; removal shifts followers back,
 * so there are no tombstones. */
#include "base/map.h"

#include <stdlib.h>

#include "base/xalloc.h"

void map_init(struct map *m)
{
	*m = (struct map){0};
}

void map_reset(struct map *m)
{
	for (size_t i = 0; i < m->cap; i++) {
		free(m->slots[i].key);
		m->slots[i] = (struct map_slot){0};
	}
	m->n = 0;
}

void map_fini(struct map *m)
{
	map_reset(m);
	free(m->slots);
	*m = (struct map){.fold_case = m->fold_case};
}

static uint64_t hash_of(const struct map *m, struct str key)
{
	uint64_t hash = 14695981039346656037u;

	if (!m->fold_case)
		return str_hash(key);
	for (size_t i = 0; i < key.n; i++) {
		unsigned char c = (unsigned char)key.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c - 'A' + 'a');
		hash = (hash ^ c) * 1099511628211u;
	}
	return hash;
}

static bool same(const struct map *m, const struct map_slot *slot, struct str key,
		 uint64_t hash)
{
	struct str have = {.p = slot->key, .n = slot->key_n};

	if (slot->hash != hash)
		return false;
	return m->fold_case ? str_eq_nocase(have, key) : str_eq(have, key);
}

/* The slot of the key, or the free one where it would go. */
static size_t probe(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->cap - 1);

	while (m->slots[i].key && !same(m, &m->slots[i], key, hash))
		i = (i + 1) & (m->cap - 1);
	return i;
}

void *map_find(const struct map *m, struct str key)
{
	return m->n ? m->slots[probe(m, key, hash_of(m, key))].value : NULL;
}

static void grow(struct map *m)
{
	struct map_slot *old = m->slots;
	size_t old_cap = m->cap;

	m->cap = old_cap ? old_cap * 2 : 16;
	m->slots = xcalloc(m->cap, sizeof(*m->slots));
	for (size_t i = 0; i < old_cap; i++) {
		struct str key = {.p = old[i].key, .n = old[i].key_n};

		if (old[i].key)
			m->slots[probe(m, key, old[i].hash)] = old[i];
	}
	free(old);
}

void *map_put(struct map *m, struct str key, void *value)
{
	uint64_t hash = hash_of(m, key);
	struct map_slot *slot;
	void *old;

	if ((m->n + 1) * 4 > m->cap * 3)
		grow(m);
	slot = &m->slots[probe(m, key, hash)];
	old = slot->value;
	if (!slot->key) {
		*slot = (struct map_slot){.key = xstrndup(key.p, key.n),
					  .key_n = key.n,
					  .hash = hash};
		m->n++;
	}
	slot->value = value;
	return old;
}

/* Closes the hole at i: moves back each follower that may live there. */
static void close_hole(struct map *m, size_t i)
{
	size_t mask = m->cap - 1;
	size_t j = i;

	for (;;) {
		size_t home;

		j = (j + 1) & mask;
		if (!m->slots[j].key)
			break;
		home = (size_t)m->slots[j].hash & mask;
		if (((j - home) & mask) >= ((j - i) & mask)) {
			m->slots[i] = m->slots[j];
			i = j;
		}
	}
	m->slots[i] = (struct map_slot){0};
}

void *map_take(struct map *m, struct str key)
{
	size_t i;
	void *value;

	if (m->n == 0)
		return NULL;
	i = probe(m, key, hash_of(m, key));
	if (!m->slots[i].key)
		return NULL;
	value = m->slots[i].value;
	free(m->slots[i].key);
	m->n--;
	close_hole(m, i);
	return value;
}

bool map_next(const struct map *m, size_t *at, const struct map_slot **slot)
{
	while (*at < m->cap) {
		const struct map_slot *here = &m->slots[(*at)++];

		if (here->key) {
			*slot = here;
			return true;
		}
	}
	return false;
}
