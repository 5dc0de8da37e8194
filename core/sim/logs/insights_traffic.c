/* How the requests of an application fare. Thread: core. The troubled one fails more
 * the busier it is: its requests wait for a database that is at its limit. */
#include <math.h>

#include "base/rng.h"
#include "sim/logs/insights.h"
#include "sim/rhythm.h"

static double share_failing(const struct component *c, uint64_t seed, int64_t utc_ms)
{
	double load = rhythm_load(utc_ms);
	double share =
		c->failing * (1 + 0.4 * rhythm_noise(seed, utc_ms, 20 * MINUTE_MS));

	return c->is_troubled ? share + 0.06 * load * load : share;
}

bool insights_traffic(const struct world *w, const struct component *c, enum traffic what,
		      int64_t utc_ms, double *value)
{
	uint64_t seed = rng_mix(w->seed, 0x617070u + str_hash(str_from(c->name)));
	double load = rhythm_load(utc_ms);
	double n = floor(c->per_minute * load *
			 (1 + 0.1 * rhythm_noise(seed + 1, utc_ms, 6 * MINUTE_MS)));
	double failed = floor(n * share_failing(c, seed, utc_ms) +
			      rng_at(seed + 2, (uint64_t)(utc_ms / MINUTE_MS)));

	failed = failed < n ? failed : n;
	switch (what) {
	case TRAFFIC_REQUESTS:
		*value = n;
		break;
	case TRAFFIC_FAILED:
		*value = failed;
		break;
	case TRAFFIC_DURATION:
		*value = c->ms * (c->is_troubled ? 1 + 4 * load * load : 1 + 0.3 * load) *
			 (1 + 0.08 * rhythm_noise(seed + 3, utc_ms, 9 * MINUTE_MS));
		return n > 0;
	case TRAFFIC_EXCEPTIONS:
		*value = floor(failed * 1.4);
		break;
	case TRAFFIC_CALLS_FAILED:
		*value = floor(failed * (c->is_troubled ? 0.9 : 0.3));
		break;
	}
	return true;
}
