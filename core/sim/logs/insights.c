/* Availability tests: five places ask each workload once a minute. Thread: core.
 * What a minute measured is a function of that minute alone, so a month's sum does
 * not change while one looks at it. */
#include "sim/logs/insights.h"

#include "base/count.h"
#include "base/rng.h"
#include "sim/watch/metrics.h"
#include "sim/rhythm.h"

enum { M_AVAILABILITY, M_COUNT, M_DURATION, M_TRAFFIC };

static const struct metric metrics[] = {
	[M_AVAILABILITY] = {"availabilityResults/availabilityPercentage", "Availability",
			    "Percent", false},
	[M_COUNT] = {"availabilityResults/count", "Availability tests", "Count", true},
	[M_DURATION] = {"availabilityResults/duration", "Availability test duration",
			"MilliSeconds", false},
	[M_TRAFFIC +
		TRAFFIC_REQUESTS] = {"requests/count", "Server requests", "Count", true},
	[M_TRAFFIC +
		TRAFFIC_FAILED] = {"requests/failed", "Failed requests", "Count", true},
	[M_TRAFFIC + TRAFFIC_DURATION] = {"requests/duration", "Server response time",
					  "MilliSeconds", false},
	[M_TRAFFIC +
		TRAFFIC_EXCEPTIONS] = {"exceptions/count", "Exceptions", "Count", true},
	[M_TRAFFIC + TRAFFIC_CALLS_FAILED] = {"dependencies/failed",
					      "Dependency failures", "Count", true},
	{NULL, NULL, NULL, false},
};

const struct component insights_components[] = {
	{"appi-atlas-prod", "rg-atlas-prod-weu", true, "log-contoso", 1850, .0021, 62,
	 false},
	{"appi-qodex-prod", "rg-qodex-prod-weu", true, "log-contoso", 960, .0035, 240,
	 true},
	{"appi-atlas-test", "rg-atlas-test-weu", false, NULL, 12, .004, 95, false},
};
const size_t insights_n_components = COUNT(insights_components);

void insights_contribute(struct inventory *inv)
{
	for (size_t i = 0; i < insights_n_components; i++)
		inventory_add(
			inv, insights_components[i].group,
			&(struct resource){.name = insights_components[i].name,
					   .type = "microsoft.insights/components"});
}

/* Atlas loses three minutes of one place every tenth day. */
static int lost_of_atlas(uint64_t seed, int64_t utc_ms)
{
	int64_t period = 10 * DAY_MS / MINUTE_MS;
	int64_t minute = utc_ms / MINUTE_MS, round = minute / period;
	int64_t bad = (int64_t)(rng_at(seed, (uint64_t)round) * (double)(period - 3));

	return minute - round * period >= bad && minute - round * period < bad + 3;
}

/* Qodex is slow in its nightly batch, and under load a place gives up now and
 * then. */
static int lost_of_qodex(uint64_t seed, int64_t utc_ms)
{
	int64_t night = (utc_ms - rhythm_day_start(rhythm_day(utc_ms))) / MINUTE_MS;
	double luck = rng_at(seed, (uint64_t)(utc_ms / MINUTE_MS));
	const double most = 0.06; /* at full load, which is seldom worth working out */

	if (night >= 150 && night < 170)
		return luck < 0.5 ? 2 : 1;
	return luck < most && luck < most * rhythm_load(utc_ms);
}

int insights_lost(const struct world *w, const struct component *c, int64_t from_ms,
		  int64_t to_ms)
{
	bool is_atlas = strcmp(estate_group(c->group)->workload, "Atlas") == 0;
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(c->name)));
	int lost = 0;

	for (int64_t at = from_ms; at < to_ms; at += MINUTE_MS)
		lost += is_atlas ? lost_of_atlas(seed, at) : lost_of_qodex(seed, at);
	return lost;
}

static bool sample(const struct world *w, const void *subject, size_t metric,
		   int64_t utc_ms, double *value)
{
	const struct component *c = subject;
	int lost;

	if (metric >= M_TRAFFIC)
		return insights_traffic(w, c, (enum traffic)(metric - M_TRAFFIC), utc_ms,
					value);
	if (!c->is_tested)
		return false;
	lost = metric == M_COUNT ? 0 : insights_lost(w, c, utc_ms, utc_ms + 1);
	switch (metric) {
	case M_AVAILABILITY:
		*value = 100.0 * (INSIGHTS_PLACES - lost) / INSIGHTS_PLACES;
		break;
	case M_COUNT:
		*value = INSIGHTS_PLACES;
		break;
	case M_DURATION:
		*value = 180 + 260 * rhythm_load(utc_ms) + 900 * lost;
		break;
	}
	return true;
}

static const struct metric_kind kind = {
	.namespace = "Microsoft.Insights/components",
	.metrics = metrics,
	.sample = sample,
	.is_minutely = true,
};

static const struct component *component_named(const struct request *req,
					       struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "component");

	for (size_t i = 0; i < insights_n_components; i++)
		if (str_eq_nocase(name, str_from(insights_components[i].name)) &&
		    estate_group(insights_components[i].group) == group)
			return &insights_components[i];
	reply_error(rep, 404, "ResourceNotFound",
		    "The Resource 'Microsoft.Insights/components/%.*s' under resource "
		    "group '%s' was not found.",
		    STR_ARG(name), group->name);
	return NULL;
}

void insights_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	const struct component *c = component_named(req, rep);
	struct metric_series series = {.subject = c};
	struct strbuf id;

	if (!c)
		return;
	strbuf_init(&id, 512);
	estate_put_group_id(&id, estate_group(c->group));
	strbuf_printf(&id, "/providers/microsoft.insights/components/%s", c->name);
	metrics_answer(w, req, rep,
		       &(struct metric_scope){.kind = &kind,
					      .id = strbuf_str(&id),
					      .region = estate_group(c->group)->location,
					      .series = &series,
					      .n_series = 1});
	strbuf_fini(&id);
}
