/* See rng.h. SplitMix64: tiny, well spread, and each step is a pure function of
 * a counter, which is what stateless draws need. */
#include "base/rng.h"

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static double unit(uint64_t bits)
{
	return (double)(bits >> 11) * 0x1.0p-53;
}

uint64_t rng_next(struct rng *r)
{
	r->state += 0x9e3779b97f4a7c15u;
	return mix(r->state);
}

double rng_unit(struct rng *r)
{
	return unit(rng_next(r));
}

int64_t rng_range(struct rng *r, int64_t low, int64_t high)
{
	uint64_t span = (uint64_t)high - (uint64_t)low + 1;

	if (high <= low)
		return low;
	return (int64_t)((uint64_t)low + (span ? rng_next(r) % span : rng_next(r)));
}

uint64_t rng_mix(uint64_t a, uint64_t b)
{
	return mix(mix(a + 0x9e3779b97f4a7c15u) ^ (b + 0x9e3779b97f4a7c15u));
}

double rng_at(uint64_t seed, uint64_t index)
{
	return unit(rng_mix(seed, index));
}
