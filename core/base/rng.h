/* Seeded randomness: the same seed gives the same stream on every machine. Not
 * for secrets. Thread: one owner. */
#ifndef AZ_BASE_RNG_H
#define AZ_BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t state;
};

static inline void rng_init(struct rng *r, uint64_t seed)
{
	r->state = seed;
}
uint64_t rng_next(struct rng *r);
/* Uniform in [0, 1). */
double rng_unit(struct rng *r);
/* Uniform in [low, high], whole numbers. */
int64_t rng_range(struct rng *r, int64_t low, int64_t high);
/* A stateless draw in [0, 1) from two numbers: noise that can be asked for any
 * moment in any order. */
double rng_at(uint64_t seed, uint64_t index);
uint64_t rng_mix(uint64_t a, uint64_t b);

#endif
