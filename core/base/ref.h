/* A shared count, for the one kind of thing both threads read: boards.
 * Thread: any. */
#ifndef AZ_BASE_REF_H
#define AZ_BASE_REF_H

#include <stdatomic.h>
#include <stdbool.h>

struct ref {
	atomic_uint count;
};

static inline void ref_init(struct ref *r)
{
	atomic_init(&r->count, 1);
}

static inline void ref_get(struct ref *r)
{
	atomic_fetch_add_explicit(&r->count, 1, memory_order_relaxed);
}

/* True for the last holder, who frees. */
static inline bool ref_put(struct ref *r)
{
	if (atomic_fetch_sub_explicit(&r->count, 1, memory_order_release) != 1)
		return false;
	atomic_thread_fence(memory_order_acquire);
	return true;
}

#endif
