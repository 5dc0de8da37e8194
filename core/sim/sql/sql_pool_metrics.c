/* Values of elastic pool metrics. Thread: core. */
#include <math.h>

#include "base/rng.h"
#include "sim/rhythm.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_metrics.h"

enum pool_metric {
	P_CPU,
	P_DTU,
	P_EDTU_USED,
	P_EDTU_LIMIT,
	P_READ,
	P_LOG,
	P_STORAGE,
	P_SESSIONS,
	P_WORKERS,
};

static const struct metric metrics[] = {
	[P_CPU] = {"cpu_percent", "CPU percentage", "Percent", false},
	[P_DTU] = {"dtu_consumption_percent", "DTU percentage", "Percent", false},
	[P_EDTU_USED] = {"eDTU_used", "eDTU used", "Count", false},
	[P_EDTU_LIMIT] = {"eDTU_limit", "eDTU limit", "Count", false},
	[P_READ] = {"physical_data_read_percent", "Data IO percentage", "Percent", false},
	[P_LOG] = {"log_write_percent", "Log IO percentage", "Percent", false},
	[P_STORAGE] = {"storage_percent", "Data space used percent", "Percent", false},
	[P_SESSIONS] = {"sessions_percent", "Sessions percentage", "Percent", false},
	[P_WORKERS] = {"workers_percent", "Workers percentage", "Percent", false},
	{0},
};

static bool sample_pool(const struct world *w, const void *subject, size_t metric,
			int64_t utc_ms, double *value)
{
	const struct sql_pool *pool = subject;
	/* The share and the count of DTUs are one figure, told twice. */
	size_t figure = metric == P_EDTU_USED ? P_DTU : metric;
	uint64_t seed = rng_mix(rng_mix(w->seed, str_hash(str_from(pool->name))), figure);
	int capacity = sql_pool_capacity(pool, utc_ms);
	double busy = pool->load * rhythm_load(utc_ms) * pool->capacity / capacity;
	double percent;

	busy *= 1 + 0.15 * rhythm_noise(seed, utc_ms, 20 * MINUTE_MS);
	percent = fmin(100, 100 * busy);
	switch ((enum pool_metric)metric) {
	case P_CPU:
	case P_DTU:
		*value = percent;
		break;
	case P_EDTU_USED:
		*value = percent * capacity / 100;
		break;
	case P_EDTU_LIMIT:
		*value = capacity;
		break;
	case P_READ:
	case P_LOG:
		*value = percent * 0.5;
		break;
	case P_STORAGE:
		*value = 100 * pool->used;
		break;
	case P_SESSIONS:
		*value = percent * 0.1;
		break;
	case P_WORKERS:
		*value = percent * 0.3;
		break;
	}
	return true;
}

static bool pool_has(const void *subject, size_t metric)
{
	const struct sql_pool *pool = subject;
	bool is_dtu = metric == P_DTU || metric == P_EDTU_USED || metric == P_EDTU_LIMIT;

	return !is_dtu || !pool->family;
}

static const struct metric_kind pool_kind = {
	.namespace = "Microsoft.Sql/servers/elasticPools",
	.metrics = metrics,
	.sample = sample_pool,
	.has = pool_has,
};

void sql_pool_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_pool *pool = sql_pool_named(req, rep);
	struct metric_series series = {.subject = pool};
	struct strbuf id;

	if (!pool)
		return;
	strbuf_init(&id, 512);
	sql_put_server_id(&id, sql_server(pool->server));
	strbuf_printf(&id, "/elasticPools/%s", pool->name);
	metrics_answer(
		w, req, rep,
		&(struct metric_scope){
			.kind = &pool_kind,
			.id = strbuf_str(&id),
			.region = estate_group(sql_server(pool->server)->group)->location,
			.series = &series,
			.n_series = 1,
		});
	strbuf_fini(&id);
}
