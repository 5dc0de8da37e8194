/* See insights_calls.h. Calls follow the working day; what is called and is at its limit
 * fails the more the busier it is, for all who call it. */
#include "sim/logs/insights_calls.h"

#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/rhythm.h"

#define SQL_ATLAS "sql-atlas-prod-weu.database.windows.net | "
#define SQL_QODEX "sql-qodex-prod-weu.database.windows.net | "

/* who calls, what, how; calls a minute at noon, share failing on a good day, mean ms */
static const struct pair {
	const char *caller, *target, *type;
	double per_minute, failing, ms;
	bool is_troubled; /* what is called is at its limit */
} pairs[] = {
	{"storefront", "orders-api", "HTTP", 620, .0008, 74, false},
	{"storefront", "pricing", "HTTP", 910, .0011, 31, false},
	{"storefront", "redis-atlas-prod-weu.redis.cache.windows.net", "Redis", 2400,
	 .0001, 1.4, false},
	{"orders-api", SQL_ATLAS "atlas-orders", "SQL", 1310, .004, 48, false},
	{"orders-api", "pricing", "HTTP", 240, .0013, 33, false},
	{"pricing", SQL_ATLAS "atlas-catalog", "SQL", 780, .0006, 12, false},
	{"settlement", SQL_ATLAS "atlas-billing", "SQL", 95, .0009, 210, false},
	{"atlas-web", "orders-api", "HTTP", 180, .001, 80, false},
	{"gateway", "inference", "HTTP", 410, .006, 390, false},
	{"gateway", "search", "HTTP", 530, .003, 120, true},
	{"search", SQL_QODEX "qodex-search", "SQL", 860, .004, 95, true},
	{"indexer", SQL_QODEX "qodex-search", "SQL", 130, .005, 340, true},
	{"reporter", SQL_QODEX "qodex-core", "SQL", 22, .001, 61, false},
};

static void add(struct kql_feed *feed, const struct pair *pair, int64_t at_ms,
		bool is_good, double ms, double n)
{
	cJSON *row;
	struct strbuf at;

	if (n < 1)
		return;
	strbuf_init(&at, 64);
	time_format_iso(&at, at_ms, true);
	row = cJSON_CreateObject();
	cJSON_AddStringToObject(row, "TimeGenerated", at.p);
	cJSON_AddStringToObject(row, "AppRoleName", pair->caller);
	cJSON_AddStringToObject(row, "Target", pair->target);
	cJSON_AddStringToObject(row, "DependencyType", pair->type);
	cJSON_AddBoolToObject(row, "Success", is_good);
	cJSON_AddNumberToObject(row, "DurationMs", ms);
	cJSON_AddNumberToObject(row, "ItemCount", n);
	kql_feed_add(feed, row, 1);
	strbuf_fini(&at);
}

static void add_minute(const struct world *w, const struct pair *pair, int64_t at_ms,
		       struct kql_feed *feed)
{
	uint64_t seed = rng_mix(w->seed, 0x63616c6cu + (uint64_t)(pair - pairs));
	double load = rhythm_load(at_ms);
	double n = floor(pair->per_minute * load *
			 (1 + 0.1 * rhythm_noise(seed, at_ms, 7 * MINUTE_MS)));
	double share = pair->failing + (pair->is_troubled ? 0.12 * load * load : 0);
	double failed =
		floor(n * share + rng_at(seed + 1, (uint64_t)(at_ms / MINUTE_MS)));
	double ms = pair->ms * (pair->is_troubled ? 1 + 4 * load * load : 1 + 0.3 * load);

	failed = failed < n ? failed : n;
	add(feed, pair, at_ms, true, ms, n - failed);
	add(feed, pair, at_ms, false, 3 * ms, failed);
}

void insights_each_call(const struct world *w, int64_t from_ms, int64_t to_ms,
			struct kql_feed *feed)
{
	int64_t first_ms =
		rhythm_floor_div(from_ms + MINUTE_MS - 1, MINUTE_MS) * MINUTE_MS;

	for (size_t i = 0; i < COUNT(pairs); i++)
		for (int64_t at = first_ms; at < to_ms; at += MINUTE_MS)
			add_minute(w, &pairs[i], at, feed);
}
