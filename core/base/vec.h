/* A typed growing array. VEC(int) v = {0}; vec_push(&v, 3); vec_fini(&v).
 * Thread: any (no state). */
#ifndef AZ_BASE_VEC_H
#define AZ_BASE_VEC_H

#include <stdbool.h>
#include <stdlib.h>

#include "base/xalloc.h"

#define VEC(type)                                                                        \
	struct {                                                                         \
		type *p;                                                                 \
		size_t n;                                                                \
		size_t cap;                                                              \
	}

/* Room for `want` items in all. */
#define vec_reserve(v, want)                                                             \
	do {                                                                             \
		if ((v)->cap < (size_t)(want)) {                                         \
			(v)->cap = vec_next_cap((v)->cap, (want));                       \
			(v)->p = xreallocarray((v)->p, (v)->cap, sizeof(*(v)->p));       \
		}                                                                        \
	} while (0)

#define vec_push(v, ...)                                                                 \
	do {                                                                             \
		vec_reserve((v), (v)->n + 1);                                            \
		(v)->p[(v)->n++] = (__VA_ARGS__);                                        \
	} while (0)

#define vec_fini(v)                                                                      \
	do {                                                                             \
		free((v)->p);                                                            \
		(v)->p = NULL;                                                           \
		(v)->n = (v)->cap = 0;                                                   \
	} while (0)

/* Counts rather than compares with the end: an empty vec has no address to add
 * to. The body may not change the vec. */
#define vec_each(it, v)                                                                  \
	for (size_t it##_i = 0; it##_i < (v)->n && ((it) = &(v)->p[it##_i], true);       \
	     it##_i++)

static inline size_t vec_next_cap(size_t cap, size_t want)
{
	size_t next = cap < 8 ? 8 : cap + cap / 2;

	return next < want ? want : next;
}

#endif
