/* The SQL estate: every kind of database one meets, most of them well.
 * Thread: any (const). */
#include "sim/sql/sql_estate.h"

#include "base/count.h"
#include "base/xalloc.h"

/* The steps of Gen5, and what databases may hold there. */
#define STEPS(prefix, tier)                                                              \
	STEP(prefix, tier, 2, 1024), STEP(prefix, tier, 4, 1024),                        \
		STEP(prefix, tier, 6, 1536), STEP(prefix, tier, 8, 2048),                \
		STEP(prefix, tier, 10, 2048), STEP(prefix, tier, 12, 3072),              \
		STEP(prefix, tier, 14, 3072), STEP(prefix, tier, 16, 3072),              \
		STEP(prefix, tier, 18, 3072), STEP(prefix, tier, 20, 3072),              \
		STEP(prefix, tier, 24, 4096), STEP(prefix, tier, 32, 4096),              \
		STEP(prefix, tier, 40, 4096), STEP(prefix, tier, 80, 4096)
#define STEP(prefix, tier, n, most)                                                      \
	{                                                                                \
		prefix "_Gen5_" #n, prefix "_Gen5", tier, "Gen5", n, most                \
	}
#define HYPERSCALE(n)                                                                    \
	{                                                                                \
		"HS_Gen5_" #n, "HS_Gen5", "Hyperscale", "Gen5", n, 0                     \
	}
/* Its capacity is not the number of its name. */
#define WAREHOUSE(n)                                                                     \
	{                                                                                \
		"DW" #n "c", "DataWarehouse", "DataWarehouse", NULL,                     \
			SQL_DWU_CAPACITY *(n), 245760                                    \
	}

const struct slo sql_slos[] = {
	{"Basic", "Basic", "Basic", NULL, 5, 2},
	{"S0", "Standard", "Standard", NULL, 10, 250},
	{"S1", "Standard", "Standard", NULL, 20, 250},
	{"S2", "Standard", "Standard", NULL, 50, 250},
	{"S3", "Standard", "Standard", NULL, 100, 1024},
	{"S4", "Standard", "Standard", NULL, 200, 1024},
	{"S6", "Standard", "Standard", NULL, 400, 1024},
	{"S7", "Standard", "Standard", NULL, 800, 1024},
	{"S9", "Standard", "Standard", NULL, 1600, 1024},
	{"S12", "Standard", "Standard", NULL, 3000, 1024},
	{"P1", "Premium", "Premium", NULL, 125, 1024},
	{"P2", "Premium", "Premium", NULL, 250, 1024},
	{"P4", "Premium", "Premium", NULL, 500, 1024},
	{"P6", "Premium", "Premium", NULL, 1000, 1024},
	{"P11", "Premium", "Premium", NULL, 1750, 4096},
	{"P15", "Premium", "Premium", NULL, 4000, 4096},
	STEPS("GP", "GeneralPurpose"),
	STEP("GP_S", "GeneralPurpose", 1, 512),
	STEPS("GP_S", "GeneralPurpose"),
	STEPS("BC", "BusinessCritical"),
	HYPERSCALE(2),
	HYPERSCALE(4),
	HYPERSCALE(6),
	HYPERSCALE(8),
	HYPERSCALE(10),
	HYPERSCALE(12),
	HYPERSCALE(14),
	HYPERSCALE(16),
	HYPERSCALE(18),
	HYPERSCALE(20),
	HYPERSCALE(24),
	HYPERSCALE(32),
	HYPERSCALE(40),
	HYPERSCALE(80),
	WAREHOUSE(100),
	WAREHOUSE(200),
	WAREHOUSE(300),
	WAREHOUSE(400),
	WAREHOUSE(500),
	WAREHOUSE(1000),
	WAREHOUSE(1500),
	WAREHOUSE(2000),
	WAREHOUSE(3000),
	{"ElasticPool", "ElasticPool", "Standard", NULL, 0, 0},
	{"System0", "System0", "System", NULL, 0, 0},
	{NULL, NULL, NULL, NULL, 0, 0},
};

const struct sql_server sql_servers[] = {
	{"sql-atlas-prod-weu", "rg-atlas-prod-weu", "1.2", true, true, false, false},
	{"sql-atlas-prod-neu", "rg-atlas-prod-neu", "1.2", true, true, false, false},
	{"sql-qodex-prod-weu", "rg-qodex-prod-weu", "1.2", false, true, false, false},
	{"sql-qodex-prod-neu", "rg-qodex-prod-neu", "1.2", false, false, false, false},
	{"sql-test-weu", "rg-atlas-test-weu", "1.1", false, false, true, true},
	{"sql-shared-weu", "rg-shared-ci-weu", "1.2", true, true, true, false},
};
const size_t sql_n_servers = COUNT(sql_servers);

#define AWEU "sql-atlas-prod-weu"
#define ANEU "sql-atlas-prod-neu"
#define QWEU "sql-qodex-prod-weu"
#define QNEU "sql-qodex-prod-neu"
#define TEST "sql-test-weu"
#define CI   "sql-shared-weu"
#define HSRO (SQL_HYPERSCALE | SQL_NAMED_REPLICA)

/* server, name, by day, by night, pool, traits, max GB, used, load, partner */
const struct sql_database sql_databases[SQL_N_DATABASES] = {
	{AWEU, "atlas-orders", "BC_Gen5_8", "BC_Gen5_4", NULL, SQL_READ_SCALE, 512, .61,
	 .92, ANEU},
	{AWEU, "atlas-catalog", "GP_Gen5_4", "GP_Gen5_2", NULL, 0, 250, .48, .55, ANEU},
	{AWEU, "atlas-identity", "S3", "S1", NULL, SQL_BY_HAND, 250, .22, .45, NULL},
	{AWEU, "atlas-billing", "GP_Gen5_8", NULL, NULL, 0, 1024, .57, .50, ANEU},
	{AWEU, "atlas-reporting", "HS_Gen5_4", NULL, NULL, SQL_HYPERSCALE, -1, .35, .60,
	 NULL},
	{AWEU, "atlas-reporting-ro", "HS_Gen5_2", NULL, NULL, HSRO, -1, .35, .30, AWEU},
	{AWEU, "atlas-audit", "S2", NULL, NULL, 0, 250, .968, .25, NULL},
	{AWEU, "atlas-sessions", "P1", NULL, NULL, SQL_READ_SCALE, 500, .12, .40, NULL},
	{AWEU, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .02, NULL},
	{ANEU, "atlas-orders", "BC_Gen5_8", "BC_Gen5_4", NULL,
	 SQL_GEO_SECONDARY | SQL_READ_SCALE, 512, .61, .20, AWEU},
	{ANEU, "atlas-catalog", "GP_Gen5_4", "GP_Gen5_2", NULL, SQL_GEO_SECONDARY, 250,
	 .48, .10, AWEU},
	{ANEU, "atlas-billing", "GP_Gen5_8", NULL, NULL, SQL_GEO_SECONDARY, 1024, .57,
	 .08, AWEU},
	{ANEU, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .01, NULL},
	{QWEU, "qodex-core", "P2", NULL, NULL, SQL_READ_SCALE, 500, .66, .70, QNEU},
	{QWEU, "qodex-search", "GP_Gen5_4", NULL, NULL, 0, 512, .52, 1.12, QNEU},
	{QWEU, "qodex-events", "HS_Gen5_8", NULL, NULL, SQL_HYPERSCALE, -1, .55, .65,
	 NULL},
	{QWEU, "qodex-jobs", "S4", "S2", NULL, SQL_STAYS_UP | SQL_STAYS_AT_CHRISTMAS, 250,
	 .31, .35, NULL},
	{QWEU, "qodex-tenant-a", "ElasticPool", NULL, "pool-qodex-tenants", SQL_POOLED,
	 250, .40, .50, NULL},
	{QWEU, "qodex-tenant-b", "ElasticPool", NULL, "pool-qodex-tenants", SQL_POOLED,
	 250, .18, .20, NULL},
	{QWEU, "qodex-tenant-c", "ElasticPool", NULL, "pool-qodex-tenants", SQL_POOLED,
	 250, .27, .30, NULL},
	{QWEU, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .02, NULL},
	{QNEU, "qodex-core", "P2", NULL, NULL, SQL_GEO_SECONDARY, 500, .66, .15, QWEU},
	{QNEU, "qodex-search", "GP_Gen5_4", NULL, NULL, SQL_GEO_SECONDARY, 512, .52, .05,
	 QWEU},
	{QNEU, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .01, NULL},
	{TEST, "atlas-orders-test", "GP_S_Gen5_4", NULL, NULL,
	 SQL_SERVERLESS | SQL_NO_LOAD | SQL_WORKDAYS, 128, .20, .30, NULL},
	{TEST, "qodex-core-test", "GP_S_Gen5_2", NULL, NULL, SQL_SERVERLESS, 128, .15,
	 .22, NULL},
	{TEST, "atlas-catalog-test", "S3", "S0", NULL, SQL_WEST | SQL_UNATTENDED, 250,
	 .10, .12, NULL},
	{TEST, "atlas-tenant-test", "ElasticPool", NULL, "pool-test", SQL_POOLED, 50, .22,
	 .15, NULL},
	{TEST, "qodex-tenant-test", "ElasticPool", NULL, "pool-test", SQL_POOLED, 50, .31,
	 .10, NULL},
	{TEST, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .01, NULL},
	{CI, "deploy-history", "S0", NULL, NULL, SQL_ODD_HOURS, 250, .09, .15, NULL},
	{CI, "feature-flags", "Basic", NULL, NULL, 0, 2, .35, .30, NULL},
	{CI, "telemetry-archive", "S1", NULL, NULL, SQL_INACCESSIBLE, 250, .80, 0, NULL},
	{CI, "master", "System0", NULL, NULL, SQL_MASTER, 30, .01, .01, NULL},
	{QWEU, "qodex-warehouse", "DW200c", NULL, NULL, SQL_WAREHOUSE, 245760, .004, .45,
	 NULL},
};

const struct sql_pool sql_pools[] = {
	{QWEU, "pool-qodex-tenants", "StandardPool", "Standard", NULL, 200, 200, .86, .75,
	 100, false, 100},
	{TEST, "pool-test", "GP_Gen5", "GeneralPurpose", "Gen5", 2, 100, .27, .20, 2,
	 false, 0},
};
const size_t sql_n_pools = COUNT(sql_pools);

const struct sql_failover_group sql_failover_groups[] = {
	{"fog-atlas", AWEU, ANEU, 60, "CATCH_UP"},
	{"fog-qodex", QWEU, QNEU, -1, "SUSPENDED"},
};
const size_t sql_n_failover_groups = COUNT(sql_failover_groups);

const char *sql_tagged(const struct sql_database *db)
{
	return db->traits & SQL_BY_HAND ? "S2" : db->slo;
}

const struct slo *sql_find_slo(struct str name)
{
	for (const struct slo *slo = sql_slos; slo->name; slo++)
		if (str_eq_nocase(name, str_from(slo->name)))
			return slo;
	return NULL;
}

const struct sql_server *sql_find_server(const struct group *group, struct str name)
{
	for (size_t i = 0; i < sql_n_servers; i++)
		if (str_eq_nocase(name, str_from(sql_servers[i].name)) &&
		    estate_group(sql_servers[i].group) == group)
			return &sql_servers[i];
	return NULL;
}

const struct sql_server *sql_server(const char *name)
{
	for (size_t i = 0; i < sql_n_servers; i++)
		if (strcmp(name, sql_servers[i].name) == 0)
			return &sql_servers[i];
	fatal("simulator: a database names a server that is not in the estate");
}

const struct sql_database *sql_find_database(const struct sql_server *s, struct str name)
{
	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		if (strcmp(sql_databases[i].server, s->name) == 0 &&
		    str_eq_nocase(name, str_from(sql_databases[i].name)))
			return &sql_databases[i];
	return NULL;
}

const struct sql_pool *sql_find_pool(const struct sql_server *s, struct str name)
{
	for (size_t i = 0; i < sql_n_pools; i++)
		if (strcmp(sql_pools[i].server, s->name) == 0 &&
		    str_eq_nocase(name, str_from(sql_pools[i].name)))
			return &sql_pools[i];
	return NULL;
}

size_t sql_index(const struct sql_database *db)
{
	return (size_t)(db - sql_databases);
}

const struct sql_database *sql_partner_of(const struct sql_database *db)
{
	if (!db->partner || db->traits & SQL_NAMED_REPLICA)
		return NULL;
	return sql_find_database(sql_server(db->partner), str_from(db->name));
}

const struct sql_failover_group *sql_group_of(const struct sql_database *db)
{
	if (!sql_partner_of(db))
		return NULL;
	for (size_t i = 0; i < sql_n_failover_groups; i++)
		if (strcmp(db->server, sql_failover_groups[i].primary) == 0 ||
		    strcmp(db->server, sql_failover_groups[i].secondary) == 0)
			return &sql_failover_groups[i];
	return NULL;
}

void sql_put_server_id(struct strbuf *out, const struct sql_server *s)
{
	estate_put_group_id(out, estate_group(s->group));
	strbuf_printf(out, "/providers/Microsoft.Sql/servers/%s", s->name);
}

void sql_put_database_id(struct strbuf *out, const struct sql_database *db)
{
	sql_put_server_id(out, sql_server(db->server));
	strbuf_printf(out, "/databases/%s", db->name);
}
