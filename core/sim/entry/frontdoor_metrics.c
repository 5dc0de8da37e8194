/* Front Door's metrics, by origin or by endpoint. Thread: core. An origin is named
 * by host and port there. */
#include <math.h>

#include "base/rng.h"
#include "sim/entry/entry.h"
#include "sim/watch/metrics.h"
#include "sim/rhythm.h"

enum { M_HEALTH, M_ERRORS, M_REQUESTS, M_LATENCY };

static const struct metric metrics[] = {
	[M_HEALTH] = {"OriginHealthPercentage", "Origin Health Percentage", "Percent",
		      false},
	[M_ERRORS] = {"Percentage5XX", "Percentage of 5XX", "Percent", false},
	[M_REQUESTS] = {"RequestCount", "Request Count", "Count", true},
	[M_LATENCY] = {"TotalLatency", "Total Latency", "MilliSeconds", false},
	{NULL, NULL, NULL, false},
};

/* One or the other. */
struct subject {
	const struct afd_origin *origin;
	const struct afd_endpoint *endpoint;
};

static double health_of(const struct world *w, const struct afd_origin *o, int64_t utc_ms)
{
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(o->host)));
	double swing = (100 - o->health) * 0.6;

	return fmax(0, fmin(100, o->health + swing * rhythm_noise(seed, utc_ms,
								  9 * MINUTE_MS)));
}

static double figure(const struct world *w, const struct afd_endpoint *e, size_t metric,
		     int64_t utc_ms)
{
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(e->host)));
	double noise = rhythm_noise(seed, utc_ms, 5 * MINUTE_MS);
	double load = rhythm_load(utc_ms);

	if (metric == M_REQUESTS)
		return round(e->per_minute * load * (1 + 0.15 * noise));
	if (metric == M_LATENCY)
		return 70 + 140 * load + 25 * noise + 60 * e->errors;
	return fmax(0, e->errors * (1 + 0.5 * noise));
}

static bool sample(const struct world *w, const void *subject, size_t metric,
		   int64_t utc_ms, double *value)
{
	const struct subject *s = subject;

	if (s->origin && !s->origin->is_enabled)
		return false;
	*value = s->origin ? health_of(w, s->origin, utc_ms)
			   : figure(w, s->endpoint, metric, utc_ms);
	return true;
}

static bool has(const void *subject, size_t metric)
{
	const struct subject *s = subject;

	return (s->origin != NULL) == (metric == M_HEALTH);
}

static const struct metric_kind kind = {
	.namespace = "Microsoft.Cdn/profiles",
	.metrics = metrics,
	.sample = sample,
	.has = has,
};

static struct str host_and_port(struct arena *arena, const char *host)
{
	struct strbuf text;
	struct str kept;

	strbuf_init(&text, 256);
	strbuf_printf(&text, "%s:443", host);
	kept = arena_str(arena, strbuf_str(&text));
	strbuf_fini(&text);
	return kept;
}

/* "Origin eq '*'" or "Endpoint eq '*'"; both kinds have their own metrics, so a
 * question without a filter is answered for all of them. */
void afd_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	size_t n = 0, most = afd_n_origins + afd_n_endpoints;
	struct subject *subjects = arena_alloc(rep->arena, most * sizeof(*subjects));
	struct metric_series *series = arena_alloc(rep->arena, most * sizeof(*series));
	struct strbuf id;

	if (!afd_profile_named(req, rep))
		return;
	for (size_t i = 0; i < afd_n_origins; i++, n++) {
		subjects[n] = (struct subject){.origin = &afd_origins[i]};
		series[n] = (struct metric_series){
			.subject = &subjects[n],
			.dimension = "origin",
			.value = host_and_port(rep->arena, afd_origins[i].host)};
	}
	for (size_t i = 0; i < afd_n_endpoints; i++, n++) {
		subjects[n] = (struct subject){.endpoint = &afd_endpoints[i]};
		series[n] =
			(struct metric_series){.subject = &subjects[n],
					       .dimension = "endpoint",
					       .value = str_from(afd_endpoints[i].host)};
	}
	strbuf_init(&id, 512);
	afd_put_profile_id(&id);
	metrics_answer(w, req, rep,
		       &(struct metric_scope){.kind = &kind,
					      .id = strbuf_str(&id),
					      .region = "global",
					      .series = series,
					      .n_series = n});
	strbuf_fini(&id);
}
