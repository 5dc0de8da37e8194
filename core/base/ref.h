/* What is atomic: counts of the holders of what both threads read (boards) and of
 * events, and values made when first needed. Thread: any. */
#ifndef AZ_BASE_REF_H
#define AZ_BASE_REF_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
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

/* A value that whoever needs it first makes, and that stays. */
struct lazy {
	_Atomic(void *) value; /* NULL: nobody needed it yet */
};

static inline void *lazy_get(const struct lazy *l)
{
	return atomic_load_explicit(&((struct lazy *)(uintptr_t)l)->value,
				    memory_order_acquire);
}

/* The value that stays: another one when another thread was first, and then the
 * caller frees its own. */
static inline void *lazy_offer(struct lazy *l, void *value)
{
	void *none = NULL;

	return atomic_compare_exchange_strong_explicit(&l->value, &none, value,
						       memory_order_acq_rel,
						       memory_order_acquire)
		       ? value
		       : none;
}

/* One thread puts it up, another one looks. Down when zeroed. */
struct flag {
	atomic_bool is_up;
};

static inline void flag_raise(struct flag *f)
{
	atomic_store_explicit(&f->is_up, true, memory_order_relaxed);
}

static inline bool flag_is_up(const struct flag *f)
{
	return atomic_load_explicit(&((struct flag *)(uintptr_t)f)->is_up,
				    memory_order_relaxed);
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
