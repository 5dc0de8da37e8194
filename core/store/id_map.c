/* See id_map.h. Open addressing, half full at most. */
#include "store/id_map.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum { CAP_FIRST = 256 };

void id_map_fini(struct id_map *m)
{
	free(m->slots);
	free(m->ids);
	*m = (struct id_map){0};
}

/* The slot of the number, or the free one where it belongs. */
static struct id_slot *slot_of(const struct id_map *m, int64_t id)
{
	size_t at = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (m->cap - 1);

	while (m->slots[at].id && m->slots[at].id != id)
		at = (at + 1) & (m->cap - 1);
	return &m->slots[at];
}

static void grow(struct id_map *m)
{
	struct id_map larger = *m;

	larger.cap = m->cap ? m->cap * 2 : CAP_FIRST;
	larger.slots = xcalloc(larger.cap, sizeof(*larger.slots));
	larger.ids = xreallocarray(m->ids, larger.cap, sizeof(*larger.ids));
	for (size_t i = 0; i < m->n; i++)
		*slot_of(&larger, larger.ids[i]) =
			(struct id_slot){.id = larger.ids[i], .place = i};
	free(m->slots);
	*m = larger;
}

size_t id_map_place(struct id_map *m, int64_t id)
{
	struct id_slot *slot;

	if (m->next < m->n && m->ids[m->next] == id)
		return m->next++;
	if (m->n * 2 >= m->cap)
		grow(m);
	slot = slot_of(m, id);
	if (!slot->id) {
		*slot = (struct id_slot){.id = id, .place = m->n};
		m->ids[m->n++] = id;
	}
	m->next = slot->place + 1;
	return slot->place;
}
