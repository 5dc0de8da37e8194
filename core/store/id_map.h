/* Where a row is, by its number: places from 0 on, in the order they were asked for.
 * Thread: any (no state). */
#ifndef AZ_STORE_ID_MAP_H
#define AZ_STORE_ID_MAP_H

#include <stddef.h>
#include <stdint.h>

struct id_map {
	struct id_slot {
		int64_t id; /* 0: free */
		size_t place;
	} * slots;
	size_t n, cap;
	size_t next;  /* the place after the last one asked for: rows keep order */
	int64_t *ids; /* by place */
};

void id_map_fini(struct id_map *map); /* accepts a zeroed one */
/* Makes one where there is none; `id` is above 0. */
size_t id_map_place(struct id_map *map, int64_t id);

#endif
