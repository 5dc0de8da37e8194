/* Values of SQL metrics at any minute, from load, tier and noise. Thread: core.
 * A smaller tier shows the same work as a higher percentage, and a database that
 * sleeps has no values at all. */
#include "sim/sql/sql_metrics.h"

#include <ctype.h>
#include <math.h>

#include "base/rng.h"
#include "sim/rhythm.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_state.h"

enum sql_metric {
	M_CPU,
	M_DTU,
	M_DTU_USED,
	M_DTU_LIMIT,
	M_CPU_LIMIT,
	M_READ,
	M_LOG,
	M_STORAGE,
	M_STORAGE_PERCENT,
	M_ALLOCATED,
	M_SESSIONS,
	M_WORKERS,
	M_CONNECTED,
	M_FAILED,
	M_BLOCKED,
	M_DEADLOCK,
	M_APP_CPU,
	M_APP_MEMORY,
	M_LAG,
	M_DWU,
	M_DWU_USED,
	M_DWU_LIMIT,
};

static const struct metric metrics[] = {
	[M_CPU] = {"cpu_percent", "CPU percentage", "Percent", false},
	[M_DTU] = {"dtu_consumption_percent", "DTU percentage", "Percent", false},
	[M_DTU_USED] = {"dtu_used", "DTU used", "Count", false},
	[M_DTU_LIMIT] = {"dtu_limit", "DTU Limit", "Count", false},
	[M_CPU_LIMIT] = {"cpu_limit", "CPU limit", "Count", false},
	[M_READ] = {"physical_data_read_percent", "Data IO percentage", "Percent", false},
	[M_LOG] = {"log_write_percent", "Log IO percentage", "Percent", false},
	[M_STORAGE] = {"storage", "Data space used", "Bytes", false},
	[M_STORAGE_PERCENT] = {"storage_percent", "Data space used percent", "Percent",
			       false},
	[M_ALLOCATED] = {"allocated_data_storage", "Data space allocated", "Bytes",
			 false},
	[M_SESSIONS] = {"sessions_percent", "Sessions percentage", "Percent", false},
	[M_WORKERS] = {"workers_percent", "Workers percentage", "Percent", false},
	[M_CONNECTED] = {"connection_successful", "Successful Connections", "Count",
			 true},
	[M_FAILED] = {"connection_failed", "Failed Connections : System Errors", "Count",
		      true},
	[M_BLOCKED] = {"blocked_by_firewall", "Blocked by Firewall", "Count", true},
	[M_DEADLOCK] = {"deadlock", "Deadlocks", "Count", true},
	[M_APP_CPU] = {"app_cpu_percent", "App CPU percentage", "Percent", false},
	[M_APP_MEMORY] = {"app_memory_percent", "App memory percentage", "Percent",
			  false},
	[M_LAG] = {"replication_lag_seconds", "Replication lag (preview)", "Seconds",
		   false},
	[M_DWU] = {"dwu_consumption_percent", "DWU percentage", "Percent", false},
	[M_DWU_USED] = {"dwu_used", "DWU used", "Count", false},
	[M_DWU_LIMIT] = {"dwu_limit", "DWU limit", "Count", false},
	{0},
};

static double clip(double value)
{
	return fmin(100, fmax(0, value));
}

/* How much of the daytime tier is in use, 0 to a little above 1. */
static double work(uint64_t seed, double load, int64_t utc_ms)
{
	double slow = rhythm_noise(seed, utc_ms, 25 * MINUTE_MS);
	double fast = rhythm_noise(seed ^ 0x5a5a, utc_ms, 2 * MINUTE_MS);

	return fmax(0.003, load * rhythm_load(utc_ms) * (1 + 0.16 * slow + 0.09 * fast));
}

/* A Poisson-like count a minute: rare things happen in whole numbers. */
static double counted(uint64_t seed, int64_t utc_ms, double per_minute)
{
	double whole = floor(per_minute);
	double draw = rng_at(seed, (uint64_t)(utc_ms / MINUTE_MS));

	return whole + (draw < per_minute - whole ? 1 : 0);
}

/* It grows by the day, until every fourth week what is old is taken out. */
static double storage_share(const struct sql_database *db, int64_t utc_ms)
{
	const int64_t round_ms = 28 * DAY_MS, purged_ms = 7 * DAY_MS;
	double days = (double)((utc_ms - purged_ms) % round_ms) / (double)DAY_MS;

	return db->used * (1 + 0.004 * (days - 20));
}

static double size_bytes(const struct sql_database *db)
{
	return (db->max_gb < 0 ? 4096 : db->max_gb) * GIB;
}

static double value_of(const struct sql_database *db, enum sql_metric metric,
		       uint64_t seed, double busy, double capacity, int64_t utc_ms)
{
	double io = work(seed + 1, db->load * 0.55, utc_ms);
	double log = work(seed + 2, db->load * 0.42, utc_ms);
	double share = storage_share(db, utc_ms);
	double top = fmax(busy, fmax(io, log));

	switch (metric) {
	case M_CPU:
	case M_APP_CPU:
		return clip(100 * busy);
	case M_DTU:
	case M_DWU:
		return clip(100 * top);
	case M_DTU_USED:
		return clip(100 * top) * capacity / 100;
	case M_DWU_USED:
		return clip(100 * top) * capacity / SQL_DWU_CAPACITY / 100;
	case M_DWU_LIMIT:
		return capacity / SQL_DWU_CAPACITY;
	case M_DTU_LIMIT:
	case M_CPU_LIMIT:
		return capacity;
	case M_READ:
		return clip(100 * io);
	case M_LOG:
		return clip(100 * log);
	case M_STORAGE:
		return floor(size_bytes(db) * share);
	case M_STORAGE_PERCENT:
		return clip(100 * share);
	case M_ALLOCATED:
		return floor(size_bytes(db) * fmin(1, share * 1.03));
	case M_SESSIONS:
		return clip(12 * busy);
	case M_WORKERS:
		return clip(38 * busy * busy + 3 * busy);
	case M_CONNECTED:
		return floor(90 * busy);
	case M_FAILED:
		return counted(seed + 3, utc_ms, busy > 0.9 ? 0.6 : 0.01);
	case M_BLOCKED:
		return counted(seed + 4, utc_ms, 0.005);
	case M_DEADLOCK:
		return counted(seed + 5, utc_ms, 0.02 * busy);
	case M_APP_MEMORY:
		return clip(30 + 50 * busy);
	case M_LAG:
		return sql_lag_seconds(db, seed, log, utc_ms);
	}
	return 0;
}

static bool sample_database(const struct world *w, const void *subject, size_t metric,
			    int64_t utc_ms, double *value)
{
	const struct sql_database *db = subject;
	uint64_t seed = rng_mix(w->seed, 0x6d657472u + sql_index(db));
	const struct slo *day = sql_find_slo(str_from(db->slo));
	double busy = work(seed, db->load, utc_ms);
	double capacity = day->capacity;

	if (db->traits & SQL_INACCESSIBLE || sql_is_paused(w, db, utc_ms) ||
	    sql_is_resting(w, db, utc_ms))
		return false;
	if (db->night || w->sql.newest[sql_index(db)].to) {
		capacity = sql_state_at(w, db, utc_ms).current->capacity;
		if (capacity > 0)
			busy *= (double)day->capacity / capacity;
	}
	*value = value_of(db, (enum sql_metric)metric, seed, busy, capacity, utc_ms);
	return true;
}

static bool database_has(const void *subject, size_t metric)
{
	const struct sql_database *db = subject;
	const struct slo *slo = sql_find_slo(str_from(db->slo));
	bool is_warehouse = (db->traits & SQL_WAREHOUSE) != 0;

	switch ((enum sql_metric)metric) {
	case M_DWU:
	case M_DWU_USED:
	case M_DWU_LIMIT:
		return is_warehouse;
	case M_DTU:
	case M_DTU_USED:
	case M_DTU_LIMIT:
		return !slo->family && !is_warehouse;
	case M_CPU_LIMIT:
		return slo->family != NULL;
	case M_APP_CPU:
	case M_APP_MEMORY:
		return (db->traits & SQL_SERVERLESS) != 0;
	case M_STORAGE_PERCENT:
		return db->max_gb > 0 && !is_warehouse;
	case M_LAG:
		return sql_partner_of(db) && !(db->traits & SQL_GEO_SECONDARY);
	case M_LOG:
	case M_STORAGE:
	case M_ALLOCATED:
	case M_SESSIONS:
	case M_WORKERS:
	case M_DEADLOCK:
		return !is_warehouse;
	case M_CPU:
	case M_READ:
	case M_CONNECTED:
	case M_FAILED:
	case M_BLOCKED:
		break;
	}
	return true;
}

static const struct metric_kind database_kind = {
	.namespace = "Microsoft.Sql/servers/databases",
	.metrics = metrics,
	.sample = sample_database,
	.has = database_has,
};

void sql_database_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct metric_series series = {.subject = db};
	struct strbuf id;

	if (!db)
		return;
	/* One series a partner, and no database here has two. */
	if (sql_partner_of(db) && str_starts_nocase(request_query(req, "$filter"),
						    STR("PartnerServerName eq"))) {
		series.dimension = "partnerservername";
		series.value = str_from(sql_partner_of(db)->server);
	}
	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	metrics_answer(
		w, req, rep,
		&(struct metric_scope){
			.kind = &database_kind,
			.id = strbuf_str(&id),
			.region = estate_group(sql_server(db->server)->group)->location,
			.series = &series,
			.n_series = 1,
		});
	strbuf_fini(&id);
}

static struct str upper_id(struct arena *arena, const struct sql_database *db)
{
	struct strbuf id;
	struct str copy;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	for (size_t i = 0; i < id.n; i++)
		id.p[i] = (char)toupper((unsigned char)id.p[i]);
	copy = arena_str(arena, strbuf_str(&id));
	strbuf_fini(&id);
	return copy;
}

/* "DatabaseResourceId eq '*'" or one id in the quotes; empty: not understood. */
static struct str wanted_id(struct str filter)
{
	ptrdiff_t first = str_find_char(filter, '\'');
	struct str rest =
		str_sub(filter, first < 0 ? filter.n : (size_t)first + 1, filter.n);
	ptrdiff_t last = str_find_char(rest, '\'');

	if (!str_starts_nocase(str_trim(filter), STR("DatabaseResourceId eq")) ||
	    last < 0)
		return (struct str){.p = "", .n = 0};
	return str_sub(rest, 0, (size_t)last);
}

void sql_server_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct str wanted = wanted_id(request_query(req, "$filter"));
	struct metric_series series[SQL_N_DATABASES];
	struct strbuf id;
	size_t n = 0;

	if (!s)
		return;
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];
		struct str upper;

		if (strcmp(db->server, s->name) != 0)
			continue;
		upper = upper_id(rep->arena, db);
		if (wanted.n && !str_eq(wanted, STR("*")) &&
		    !str_eq_nocase(wanted, upper))
			continue;
		series[n++] = (struct metric_series){.subject = db,
						     .dimension = "databaseresourceid",
						     .value = upper};
	}
	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	metrics_answer(w, req, rep,
		       &(struct metric_scope){
			       .kind = &database_kind,
			       .id = strbuf_str(&id),
			       .region = estate_group(s->group)->location,
			       .series = series,
			       .n_series = n,
		       });
	strbuf_fini(&id);
}
