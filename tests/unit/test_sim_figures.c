/* Figures that belong together agree: shares with counts, bytes with percent, and
 * every way of grouping cost with every other. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "sim/ask.h"
#include "sim/sql/sql_estate.h"

#define METRICS                                                                          \
	"/providers/Microsoft.Insights/metrics?api-version=2024-02-01&metricnames="
#define PROD "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define GIB  1073741824.0

/* Everything a database can tell, over an hour that is over. */
#define COMMON                                                                           \
	"cpu_percent,physical_data_read_percent,log_write_percent,storage,"              \
	"allocated_data_storage,sessions_percent,workers_percent,"                       \
	"connection_successful,connection_failed,blocked_by_firewall,deadlock"
#define HOUR "&interval=PT1H&timespan=2026-06-18T08:00:00Z/2026-06-18T09:00:00Z"

/* The one value of a metric in an answer; NAN: no such series, or no data. */
static double figure(const cJSON *answer, const char *metric)
{
	const cJSON *one, *point;
	bool is_there = false;

	cJSON_ArrayForEach (one, told_at(answer, "value")) {
		if (strcmp(told_text(one, "name.value"), metric) != 0)
			continue;
		is_there = true;
		point = cJSON_GetArrayItem(
			told_at(cJSON_GetArrayItem(told_at(one, "timeseries"), 0),
				"data"),
			0);
		return isnan(told_number(point, "average"))
			       ? told_number(point, "total")
			       : told_number(point, "average");
	}
	assert_true(is_there);
	return NAN;
}

static cJSON *figures_of(struct ask *a, const char *id, const char *names)
{
	char target[1024];

	snprintf(target, sizeof(target), "%s" METRICS "%s" HOUR, id, names);
	return ask_json(a, target);
}

/* A share is one, and a unit says what it is. */
static void check_units(const char *name, const cJSON *answer)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, told_at(answer, "value")) {
		const char *metric = told_text(one, "name.value");
		double value = figure(answer, metric);
		bool is_share = strstr(metric, "percent") != NULL;

		check_case(name,
			   is_share == (strcmp(told_text(one, "unit"), "Percent") == 0));
		check_case(metric, isnan(value) || value >= 0);
		check_case(metric, isnan(value) || !is_share || value <= 100);
		check_text(metric, str_from(told_text(one, "errorCode")), "Success");
	}
}

static void check_database(struct ask *a, const struct sql_database *db)
{
	bool is_warehouse = (db->traits & SQL_WAREHOUSE) != 0;
	bool is_dtu = !sql_find_slo(str_from(db->slo))->family;
	struct strbuf id;
	cJSON *common, *dtu, *size, *app;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	common = figures_of(a, id.p, COMMON);
	dtu = figures_of(a, id.p,
			 is_warehouse ? "dwu_consumption_percent,dwu_used,dwu_limit"
				      : "dtu_consumption_percent,dtu_used,dtu_limit");
	size = figures_of(a, id.p, "storage_percent,storage");
	app = figures_of(a, id.p, "app_cpu_percent,app_memory_percent");
	check_units(id.p, common);
	check_units(id.p, size);
	check_case(id.p, isnan(figure(common, "cpu_percent")) ==
				 ((db->traits & SQL_INACCESSIBLE) != 0));
	if (is_warehouse)
		check_case(id.p, fabs(figure(dtu, "dwu_used") -
				      figure(dtu, "dwu_consumption_percent") / 100 *
					      figure(dtu, "dwu_limit")) < 0.01 &&
					 isnan(figure(size, "storage")));
	else if (is_dtu && !(db->traits & SQL_INACCESSIBLE))
		check_case(id.p, fabs(figure(dtu, "dtu_used") -
				      figure(dtu, "dtu_consumption_percent") / 100 *
					      figure(dtu, "dtu_limit")) < 0.01);
	else
		check_case(id.p, isnan(figure(dtu, "dtu_limit")));
	if (db->max_gb > 0 && !(db->traits & (SQL_INACCESSIBLE | SQL_WAREHOUSE)))
		check_case(id.p, fabs(figure(size, "storage_percent") / 100 * db->max_gb *
					      GIB / figure(size, "storage") -
				      1) < 0.01);
	check_case(id.p, isnan(figure(app, "app_memory_percent")) ==
				 !(db->traits & SQL_SERVERLESS));
	cJSON_Delete(common);
	cJSON_Delete(dtu);
	cJSON_Delete(size);
	cJSON_Delete(app);
	strbuf_fini(&id);
}

static void test_databases(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		check_database(&a, &sql_databases[i]);
	ask_fini(&a);
}

static void test_pools(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sql_n_pools; i++) {
		const struct sql_pool *pool = &sql_pools[i];
		struct strbuf id;
		cJSON *all;

		strbuf_init(&id, 512);
		sql_put_server_id(&id, sql_server(pool->server));
		strbuf_printf(&id, "/elasticPools/%s", pool->name);
		all = figures_of(&a, id.p,
				 "cpu_percent,dtu_consumption_percent,eDTU_used,"
				 "eDTU_limit,physical_data_read_percent,"
				 "log_write_percent,storage_percent,sessions_percent,"
				 "workers_percent");
		check_units(id.p, all);
		check_case(id.p, fabs(figure(all, "storage_percent") - 100 * pool->used) <
					 0.01);
		if (pool->family)
			check_case(id.p, isnan(figure(all, "eDTU_limit")));
		else
			check_case(id.p,
				   fabs(figure(all, "eDTU_used") -
					figure(all, "dtu_consumption_percent") / 100 *
						figure(all, "eDTU_limit")) < 0.01);
		cJSON_Delete(all);
		strbuf_fini(&id);
	}
	ask_fini(&a);
}

/* Sum of the first column, and how many rows; every row names its group. */
static double cost_by(struct ask *a, const char *dimension, int *n)
{
	struct strbuf body;
	cJSON *answer;
	const cJSON *row;
	double sum = 0;

	strbuf_init(&body, 1024);
	strbuf_printf(&body,
		      "{\"type\":\"ActualCost\",\"timeframe\":\"TheLastMonth\","
		      "\"dataset\":{\"aggregation\":{\"totalCost\":{\"name\":\"Cost\","
		      "\"function\":\"Sum\"}},\"grouping\":[{\"type\":\"Dimension\","
		      "\"name\":\"%s\"}]}}",
		      dimension);
	answer = ask_post(a,
			  PROD "/providers/Microsoft.CostManagement/query?api-version="
			       "2024-08-01",
			  body.p);
	*n = 0;
	cJSON_ArrayForEach (row, told_at(answer, "properties.rows")) {
		sum += cJSON_GetArrayItem(row, 0)->valuedouble;
		check_case(dimension, cJSON_IsString(cJSON_GetArrayItem(row, 1)));
		(*n)++;
	}
	cJSON_Delete(answer);
	strbuf_fini(&body);
	return sum;
}

static void test_every_grouping_adds_up(void **state)
{
	static const struct {
		const char *dimension;
		int n_least, n_most;
	} cases[] = {
		{"ServiceName", 8, 20},	    {"MeterCategory", 8, 20},
		{"ResourceGroup", 5, 12},   {"ResourceGroupName", 5, 12},
		{"ResourceId", 18, 64},	    {"ResourceType", 8, 20},
		{"ResourceLocation", 3, 3}, {"SubscriptionId", 1, 1},
		{"SubscriptionName", 1, 1}, {"ChargeType", 3, 3},
		{"PublisherType", 1, 1},
	};
	struct ask a;
	double total;
	int n;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	total = cost_by(&a, "SubscriptionId", &n);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_case(cases[i].dimension,
			   fabs(cost_by(&a, cases[i].dimension, &n) - total) < 1e-4);
		check_case(cases[i].dimension,
			   n >= cases[i].n_least && n <= cases[i].n_most);
	}
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_databases),
		cmocka_unit_test(test_pools),
		cmocka_unit_test(test_every_grouping_adds_up),
	};

	return cmocka_run_group_tests_name("sim_figures", tests, NULL, NULL);
}
