/* Atomic counts: of the holders of what both threads read (boards), and of
 * events that any thread may count. Thread: any. */
#ifndef AZ_BASE_REF_H
#define AZ_BASE_REF_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

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
	return atomic_fetch_sub_explicit(&r->count, 1, memory_order_acq_rel) == 1;
}

struct counter {
	atomic_ulong value;
};

static inline void counter_add(struct counter *c, unsigned long n)
{
	atomic_fetch_add_explicit(&c->value, n, memory_order_relaxed);
}

static inline unsigned long counter_get(const struct counter *c)
{
	return atomic_load_explicit(&((struct counter *)(uintptr_t)c)->value,
				    memory_order_relaxed);
}

#endif
