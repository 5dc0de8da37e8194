/* See service_metrics.h. A service without a line in the table is quiet.
 * Thread: core. */
#include "sim/watch/service_metrics.h"

#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/resource.h"
#include "sim/rhythm.h"

static const struct service {
	const char *name;
	double load;   /* how busy it is at noon, 0 to 1 */
	double memory; /* in use, 0 to 1 */
	double errors; /* share of its answers */
} services[] = {
	{"redis-atlas-prod-weu", 0.42, 0.61, 0},
	{"redis-atlas-prod-neu", 0.06, 0.60, 0},
	{"redis-qodex-sessions", 0.93, 0.72, 0},
	{"redis-qodex-queue", 0.31, 0.98, 0},
	{"redis-atlas-test", 0.04, 0.11, 0},
	{"app-atlas-portal", 0.55, 0.4, 0.0006},
	{"app-atlas-api", 0.9, 0.5, 0.0011},
	{"app-atlas-reports", 0.2, 0.8, 0.084},
	{"app-qodex-web", 1, 0.5, 0.0004},
	{"app-qodex-admin", 0.05, 0.3, 0},
	{"app-qodex-legacy", 0.12, 0.4, 0.021},
	{"app-atlas-test", 0.02, 0.2, 0},
	{"app-qodex-dev", 0.01, 0.2, 0},
	{"func-atlas-orders", 0.7, 0.2, 0.0002},
	{"func-atlas-nightly", 0.01, 0.1, 0},
	{"func-qodex-ingest", 0.85, 0.5, 0.063},
	{"func-qodex-thumbnails", 0.5, 0.4, 0.0009},
	{"func-atlas-test", 0.01, 0.1, 0},
	{"apim-atlas-prod", 0.58, 0.5, 0.002},
	{"apim-qodex-prod", 0.94, 0.7, 0.004},
	{"apim-qodex-legacy", 0.11, 0.6, 0.03},
	{"apim-atlas-test", 0.02, 0.3, 0},
};

static const struct service quiet = {.name = ""};

static const struct service *service_named(struct str name)
{
	for (size_t i = 0; i < COUNT(services); i++)
		if (str_eq_nocase(name, str_from(services[i].name)))
			return &services[i];
	return &quiet;
}

/* How busy at that minute, 0 to 1 and a little more. */
static double busy(const struct world *w, const struct service *s, size_t metric,
		   int64_t utc_ms)
{
	uint64_t seed = rng_mix(rng_mix(w->seed, str_hash(str_from(s->name))), metric);

	return s->load * rhythm_load(utc_ms) *
	       (1 + 0.12 * rhythm_noise(seed, utc_ms, 20 * MINUTE_MS));
}

enum { REDIS_LOAD, REDIS_MEMORY, REDIS_CLIENTS, REDIS_EVICTED };
static const struct metric redis_list[] = {
	[REDIS_LOAD] = {"serverLoad", "Server Load", "Percent", false},
	[REDIS_MEMORY] = {"usedmemorypercentage", "Used Memory Percentage", "Percent",
			  false},
	[REDIS_CLIENTS] = {"connectedclients", "Connected Clients", "Count", false},
	[REDIS_EVICTED] = {"evictedkeys", "Evicted Keys", "Count", true},
	{0},
};

static bool sample_redis(const struct world *w, const void *subject, size_t metric,
			 int64_t utc_ms, double *value)
{
	const struct service *s = subject;
	double load = busy(w, s, metric, utc_ms);

	switch (metric) {
	case REDIS_LOAD:
		*value = fmin(100, 100 * load);
		break;
	case REDIS_MEMORY:
		*value = fmin(100, 100 * s->memory + load);
		break;
	case REDIS_CLIENTS:
		*value = floor(12 + 700 * load);
		break;
	default:
		*value = s->memory > 0.95 ? floor(90 * load) : 0;
		break;
	}
	return true;
}

enum { SITE_REQUESTS, SITE_ERRORS, SITE_TIME };
static const struct metric site_list[] = {
	[SITE_REQUESTS] = {"Requests", "Requests", "Count", true},
	[SITE_ERRORS] = {"Http5xx", "Http Server Errors", "Count", true},
	[SITE_TIME] = {"HttpResponseTime", "Response Time", "Seconds", false},
	{0},
};

static bool sample_site(const struct world *w, const void *subject, size_t metric,
			int64_t utc_ms, double *value)
{
	const struct service *s = subject;
	double requests = 1400 * busy(w, s, SITE_REQUESTS, utc_ms);

	if (metric == SITE_REQUESTS)
		*value = floor(requests);
	else if (metric == SITE_ERRORS)
		*value = floor(requests * s->errors);
	else
		*value = 0.06 + 0.1 * busy(w, s, metric, utc_ms) + 20 * s->errors;
	return s != &quiet;
}

enum { APIM_CAPACITY, APIM_REQUESTS, APIM_TIME };
static const struct metric apim_list[] = {
	[APIM_CAPACITY] = {"Capacity", "Capacity", "Percent", false},
	[APIM_REQUESTS] = {"Requests", "Requests", "Count", true},
	[APIM_TIME] = {"Duration", "Overall Duration of Gateway Requests", "MilliSeconds",
		       false},
	{0},
};

static bool sample_apim(const struct world *w, const void *subject, size_t metric,
			int64_t utc_ms, double *value)
{
	const struct service *s = subject;
	double load = busy(w, s, metric, utc_ms);

	if (metric == APIM_CAPACITY)
		*value = fmin(100, 8 + 95 * load);
	else if (metric == APIM_REQUESTS)
		*value = floor(5200 * load);
	else
		*value = 24 + 90 * load;
	return true;
}

static const struct metric_kind redis_kind = {
	.namespace = "Microsoft.Cache/Redis",
	.metrics = redis_list,
	.sample = sample_redis,
};
static const struct metric_kind site_kind = {
	.namespace = "Microsoft.Web/sites",
	.metrics = site_list,
	.sample = sample_site,
};
static const struct metric_kind apim_kind = {
	.namespace = "Microsoft.ApiManagement/service",
	.metrics = apim_list,
	.sample = sample_apim,
};

static void answer(const struct world *w, const struct request *req, struct reply *rep,
		   const struct metric_kind *kind, const char *param)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, param);
	struct metric_series series = {.subject = service_named(name)};
	struct strbuf id;

	if (!resource_find(group, kind->namespace, name)) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '%s/%.*s' under resource group '%s' was not "
			    "found.",
			    kind->namespace, STR_ARG(name), group->name);
		return;
	}
	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	strbuf_printf(&id, "/providers/%s/%.*s", kind->namespace, STR_ARG(name));
	metrics_answer(w, req, rep,
		       &(struct metric_scope){.kind = kind,
					      .id = strbuf_str(&id),
					      .region = group->location,
					      .series = &series,
					      .n_series = 1});
	strbuf_fini(&id);
}

void redis_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, rep, &redis_kind, "redis");
}

void site_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, rep, &site_kind, "site");
}

void apim_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, rep, &apim_kind, "apim");
}
