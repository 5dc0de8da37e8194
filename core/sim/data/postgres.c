/* Metrics of PostgreSQL flexible servers; the servers themselves are data, in
 * estate/data.res. A server that is stopped measures nothing. Thread: core. */
#include "base/rng.h"
#include "sim/data/data.h"
#include "sim/watch/metrics.h"
#include "sim/resource.h"
#include "sim/rhythm.h"

#define TYPE "Microsoft.DBforPostgreSQL/flexibleServers"

enum { M_CPU, M_STORAGE, M_CONNECTIONS, M_MEMORY };

static const struct metric metrics[] = {
	[M_CPU] = {"cpu_percent", "CPU percent", "Percent", false},
	[M_STORAGE] = {"storage_percent", "Storage percent", "Percent", false},
	[M_CONNECTIONS] = {"active_connections", "Active Connections", "Count", false},
	[M_MEMORY] = {"memory_percent", "Memory percent", "Percent", false},
	{NULL, NULL, NULL, false},
};

static bool sample(const struct world *w, const void *subject, size_t metric,
		   int64_t utc_ms, double *value)
{
	const struct resource_row *row = subject;
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(row->path)) + metric);
	double load = rhythm_load(utc_ms),
	       noise = rhythm_noise(seed, utc_ms, 40 * MINUTE_MS);
	bool is_full = strcmp(row->path, "psql-qodex-vectors") == 0;

	if (strcmp(row->path, "psql-atlas-test") == 0)
		return false;
	switch (metric) {
	case M_CPU:
		*value = 9 + 48 * load + 7 * noise;
		break;
	case M_STORAGE:
		*value = is_full ? 91.4 + 0.3 * noise : 58.2 + 0.2 * noise;
		break;
	case M_CONNECTIONS:
		*value = 40 + 310 * load + 25 * noise;
		break;
	case M_MEMORY:
		*value = 61 + 9 * load + 2 * noise;
		break;
	}
	return true;
}

void postgres_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	static const struct metric_kind kind = {.namespace = TYPE,
						.metrics = metrics,
						.sample = sample};
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "postgres");
	const struct resource_row *row = resource_find(group, TYPE, name);
	struct metric_series series = {.subject = row};
	struct strbuf id;

	if (!row) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '" TYPE "/%.*s' under resource group '%s' was "
			    "not found.",
			    STR_ARG(name), group->name);
		return;
	}
	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	strbuf_printf(&id, "/providers/" TYPE "/%s", row->path);
	metrics_answer(w, req, rep,
		       &(struct metric_scope){.kind = &kind,
					      .id = strbuf_str(&id),
					      .region = group->location,
					      .series = &series,
					      .n_series = 1});
	strbuf_fini(&id);
}
