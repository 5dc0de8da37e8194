/* See cadence.h. */
#include "sim/cadence.h"

#include "base/rng.h"
#include "sim/rhythm.h"

/* A moment within the first half of the run's share of time. */
static int64_t queued_ms(uint64_t seed, int64_t number, int64_t every_ms)
{
	return number * every_ms + (int64_t)(rng_at(rng_mix(seed, (uint64_t)number), 0) *
					     0.5 * (double)every_ms);
}

struct occurrence cadence_nth(const struct world *w, const struct cadence *c, int back)
{
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(c->name)));
	int64_t every_ms = c->every_minutes * MINUTE_MS, started_ms, ended_ms;
	int64_t number = rhythm_floor_div(w->now_ms, every_ms);
	int64_t waits_ms = c->waits_seconds ? c->waits_seconds * 1000 : 4000;
	struct occurrence o = {0};

	if (queued_ms(seed, number, every_ms) > w->now_ms)
		number--;
	o.number = number - back;
	o.seed = rng_mix(seed, (uint64_t)o.number);
	o.queued_ms = queued_ms(seed, o.number, every_ms);
	if (c->never_started && back == 0)
		return o;
	started_ms =
		o.queued_ms + (int64_t)((0.4 + rng_at(o.seed, 1)) * (double)waits_ms);
	ended_ms = started_ms + (int64_t)((0.7 + 0.6 * rng_at(o.seed, 2)) *
					  c->takes_minutes * (double)MINUTE_MS);
	if (started_ms <= w->now_ms)
		o.started_ms = started_ms;
	if (ended_ms <= w->now_ms) {
		o.ended_ms = ended_ms;
		o.has_failed = rng_at(o.seed, 3) * 100 < c->fails_percent;
	}
	return o;
}
