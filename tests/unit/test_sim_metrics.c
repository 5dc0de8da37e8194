/* What the simulator measures follows the working day, and answers like Azure
 * Monitor: late, with gaps, and with errors that have no envelope. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/timefmt.h"
#include "sim/ask.h"
#include "sim/rhythm.h"

#define RG                                                                               \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/"            \
	"rg-atlas-prod-weu"
#define TESTRG                                                                           \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c02/resourceGroups/"            \
	"rg-atlas-test-weu"
#define SERVER	RG "/providers/Microsoft.Sql/servers/sql-atlas-prod-weu"
#define TESTSRV TESTRG "/providers/Microsoft.Sql/servers/sql-test-weu"
#define METRICS "/providers/Microsoft.Insights/metrics?api-version=2024-02-01"

/* The points of the first series of the first metric. */
static const cJSON *points_of(const cJSON *answer)
{
	const cJSON *metric = cJSON_GetArrayItem(told_at(answer, "value"), 0);

	return told_at(cJSON_GetArrayItem(told_at(metric, "timeseries"), 0), "data");
}

/* Mean of the averages over a day, the hours [from, to) of it in UTC. */
static double mean_cpu(struct ask *a, const char *database, int64_t day_ms, int from,
		       int to)
{
	struct strbuf target;
	cJSON *answer;
	const cJSON *point;
	double sum = 0;
	int n = 0;

	strbuf_init(&target, 1024);
	strbuf_printf(&target,
		      SERVER "/databases/%s" METRICS
			     "&metricnames=cpu_percent&interval=PT5M&timespan=",
		      database);
	time_format_iso(&target, day_ms + from * HOUR_MS, false);
	strbuf_putc(&target, '/');
	time_format_iso(&target, day_ms + to * HOUR_MS, false);
	answer = ask_json(a, target.p);
	cJSON_ArrayForEach (point, points_of(answer)) {
		double value = told_number(point, "average");

		assert_true(value >= 0 && value <= 100);
		sum += value;
		n++;
	}
	assert_int_equal(n, (to - from) * 12);
	cJSON_Delete(answer);
	strbuf_fini(&target);
	return sum / n;
}

static void test_business_hours(void **state)
{
	static const char *const databases[] = {"atlas-billing", "atlas-sessions",
						"atlas-reporting"};
	int64_t thursday = ASK_NOON_MS - 10 * HOUR_MS - DAY_MS * 7;
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(databases) / sizeof(databases[0]); i++) {
		double day = mean_cpu(&a, databases[i], thursday, 8, 11);
		double night = mean_cpu(&a, databases[i], thursday, 3, 5);
		double sunday = mean_cpu(&a, databases[i], thursday + 3 * DAY_MS, 8, 11);

		check_case(databases[i], day > 3 * night);
		check_case(databases[i], day > 2 * sunday);
		check_case(databases[i], night > 0);
	}
	ask_fini(&a);
}

/* The newest minutes have their time and no value, as in Azure. */
static void test_data_comes_late(void **state)
{
	struct ask a;
	cJSON *answer;
	const cJSON *point, *points;
	int n = 0, size;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS + 10000);
	answer = ask_json(&a, SERVER "/databases/atlas-orders" METRICS
				     "&metricnames=cpu_percent&timespan=PT10M");
	points = points_of(answer);
	size = cJSON_GetArraySize(points);
	assert_true(size == 10 || size == 11);
	cJSON_ArrayForEach (point, points) {
		bool is_late = n >= size - 2;

		assert_non_null(told_text(point, "timeStamp"));
		assert_true(isnan(told_number(point, "average")) == is_late);
		n++;
	}
	cJSON_Delete(answer);
	ask_fini(&a);
}

/* What was measured stays measured. */
static void test_the_past_is_settled(void **state)
{
	const char *target = SERVER "/databases/atlas-orders" METRICS
				    "&metricnames=cpu_percent&interval=PT1M&timespan="
				    "2026-06-18T08:00:00Z/2026-06-18T09:00:00Z";
	struct ask a;
	cJSON *early, *late;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	early = ask_json(&a, target);
	ask_at(&a, ASK_NOON_MS + 5 * HOUR_MS);
	late = ask_json(&a, target);
	assert_int_equal(cJSON_GetArraySize(points_of(early)), 60);
	assert_true(cJSON_Compare(points_of(early), points_of(late), true));
	cJSON_Delete(early);
	cJSON_Delete(late);
	ask_fini(&a);
}

/* Half the size: twice the share of it. */
static void test_a_smaller_tier_is_busier(void **state)
{
	const char *target = SERVER "/databases/atlas-billing" METRICS
				    "&metricnames=cpu_percent&timespan=PT10M&interval="
				    "PT5M";
	const char *patch = SERVER "/databases/atlas-billing?api-version=2021-11-01";
	struct ask a;
	cJSON *before, *after;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	before = ask_json(&a, target);
	assert_int_equal(ask_status(&a, SIM_PATCH, patch,
				    "{\"sku\":{\"name\":\"GP_Gen5\",\"capacity\":4}}"),
			 202);
	ask_at(&a, ASK_NOON_MS + 20 * MINUTE_MS);
	after = ask_json(&a, target);
	assert_true(
		told_number(cJSON_GetArrayItem(points_of(after), 0), "average") >
		1.5 * told_number(cJSON_GetArrayItem(points_of(before), 0), "average"));
	cJSON_Delete(before);
	cJSON_Delete(after);
	ask_fini(&a);
}

/* Asleep: times without values, and the state says so. */
static void test_a_paused_database_measures_nothing(void **state)
{
	int64_t sunday_night = ASK_NOON_MS + 64 * HOUR_MS;
	struct ask a;
	cJSON *answer;
	const cJSON *point;

	(void)state;
	ask_init(&a, 1, sunday_night);
	answer = ask_json(&a,
			  TESTSRV "/databases/atlas-orders-test?api-version=2021-11-01");
	assert_string_equal(told_text(answer, "properties.status"), "Paused");
	assert_non_null(told_text(answer, "properties.pausedDate"));
	cJSON_Delete(answer);
	answer = ask_json(&a, TESTSRV "/databases/atlas-orders-test" METRICS
				      "&metricnames=cpu_percent&timespan=PT30M");
	assert_true(cJSON_GetArraySize(points_of(answer)) >= 30);
	cJSON_ArrayForEach (point, points_of(answer))
		assert_true(isnan(told_number(point, "average")));
	cJSON_Delete(answer);
	ask_fini(&a);
}

/* One question for all databases of a server: ids come back in upper case, and
 * `top` defaults to ten series. */
static void test_split_by_database(void **state)
{
#define ALL "&metricnames=cpu_percent&interval=PT5M&$filter=DatabaseResourceId%20eq%20'*'"
	struct ask a;
	cJSON *answer, *one;
	const cJSON *series, *metric;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = ask_json(&a, SERVER METRICS ALL);
	metric = cJSON_GetArrayItem(told_at(answer, "value"), 0);
	assert_int_equal(cJSON_GetArraySize(told_at(metric, "timeseries")), 9);
	cJSON_ArrayForEach (series, told_at(metric, "timeseries")) {
		const cJSON *meta =
			cJSON_GetArrayItem(told_at(series, "metadatavalues"), 0);

		assert_string_equal(told_text(meta, "name.value"), "databaseresourceid");
		assert_non_null(strstr(told_text(meta, "value"),
				       "/SERVERS/SQL-ATLAS-PROD-WEU/DATABASES/"));
	}
	one = ask_json(&a, SERVER METRICS ALL "&top=3");
	metric = cJSON_GetArrayItem(told_at(one, "value"), 0);
	assert_int_equal(cJSON_GetArraySize(told_at(metric, "timeseries")), 3);
	cJSON_Delete(answer);
	cJSON_Delete(one);
	ask_fini(&a);
}

static void test_bad_questions(void **state)
{
	static const struct {
		const char *name, *query;
	} cases[] = {
		{"no metric", ""},
		{"empty metric", "&metricnames="},
		{"unknown metric", "&metricnames=happiness"},
		{"unknown aggregation", "&metricnames=cpu_percent&aggregation=median"},
		{"unknown grain", "&metricnames=cpu_percent&interval=PT7M"},
		{"no grain", "&metricnames=cpu_percent&interval=soon"},
		{"span of nothing", "&metricnames=cpu_percent&timespan=PT0S"},
		{"span backwards", "&metricnames=cpu_percent&timespan="
				   "2026-06-18T09:00:00Z/2026-06-18T08:00:00Z"},
		{"span of words", "&metricnames=cpu_percent&timespan=a/b"},
		{"too many points", "&metricnames=cpu_percent&timespan=P30D"},
		{"ages", "&metricnames=cpu_percent&interval=P1D&timespan="
			 "0001-01-01T00:00:00Z/9999-01-01T00:00:00Z"},
		{"a huge duration", "&metricnames=cpu_percent&timespan=P99999999999999Y"},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char target[1024];
		struct told t;

		snprintf(target, sizeof(target), "%s%s%s",
			 SERVER "/databases/atlas-orders", METRICS, cases[i].query);
		ask(&a, SIM_GET, target, NULL, &t);
		check_case(cases[i].name, t.rep.status == 400);
		check_case(cases[i].name, told_text(t.json, "code"));
		check_case(cases[i].name, !told_at(t.json, "error"));
		told_fini(&t);
	}
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_business_hours),
		cmocka_unit_test(test_data_comes_late),
		cmocka_unit_test(test_the_past_is_settled),
		cmocka_unit_test(test_a_smaller_tier_is_busier),
		cmocka_unit_test(test_a_paused_database_measures_nothing),
		cmocka_unit_test(test_split_by_database),
		cmocka_unit_test(test_bad_questions),
	};

	return cmocka_run_group_tests_name("sim_metrics", tests, NULL, NULL);
}
