/* What a cost query answers adds up: by day, month, service, group and whole. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "sim/ask.h"
#include "sim/cost/cost.h"

#define PROD	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define SHARED	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03"
#define COST	"/providers/Microsoft.CostManagement"
#define VERSION "?api-version=2024-08-01"
#define SUM	"\"aggregation\":{\"totalCost\":{\"name\":\"Cost\",\"function\":\"Sum\"}}"
#define BY(n)	",\"grouping\":[{\"type\":\"Dimension\",\"name\":\"" n "\"}]"
#define STEP(s) "\"granularity\":\"" s "\","
#define YEAR                                                                             \
	"\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":\"2025-05-01T00:00:00Z\","    \
	"\"to\":\"2026-06-30T00:00:00Z\"}"
#define BODY(frame, dataset)                                                             \
	"{\"type\":\"ActualCost\"," frame ",\"dataset\":{" dataset "}}"

/* The whole table, its pages joined. */
static cJSON *rows_of(struct ask *a, const char *target, const char *body)
{
	cJSON *all = cJSON_CreateArray(), *answer = ask_post(a, target, body), *row;

	for (int page = 0; page < 100; page++) {
		const char *next = told_text(answer, "properties.nextLink");
		cJSON *rows =
			cJSON_GetObjectItem(cJSON_GetObjectItem(answer, "properties"),
					    "rows");
		cJSON *following;

		while ((row = cJSON_DetachItemFromArray(rows, 0)))
			cJSON_AddItemToArray(all, row);
		following = next ? ask_post(a, next, body) : NULL;
		cJSON_Delete(answer);
		answer = following;
		if (!answer)
			break;
	}
	return all;
}

static double cell(const cJSON *row, int column)
{
	return cJSON_GetArrayItem(row, column)->valuedouble;
}

static double sum_of(const cJSON *rows)
{
	const cJSON *row;
	double sum = 0;

	cJSON_ArrayForEach (row, rows)
		sum += cell(row, 0);
	return sum;
}

static double ask_sum(struct ask *a, const char *target, const char *body)
{
	cJSON *rows = rows_of(a, target, body);
	double sum = sum_of(rows);

	cJSON_Delete(rows);
	return sum;
}

static bool is_same_money(double a, double b)
{
	return fabs(a - b) < 1e-4;
}

static void test_sums_agree(void **state)
{
	static const struct {
		const char *name, *body;
	} cases[] = {
		{"by day", BODY(YEAR, STEP("Daily") SUM)},
		{"by month", BODY(YEAR, STEP("Monthly") SUM)},
		{"by service", BODY(YEAR, SUM BY("ServiceName"))},
		{"by group", BODY(YEAR, SUM BY("ResourceGroupName"))},
		{"by day and service", BODY(YEAR, STEP("Daily") SUM BY("ServiceName"))},
		{"by resource", BODY(YEAR, STEP("Monthly") SUM BY("ResourceId"))},
	};
	const char *target = PROD COST "/query" VERSION;
	struct ask a;
	double total;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	total = ask_sum(&a, target, BODY(YEAR, SUM));
	assert_true(total > 100000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(cases[i].name,
			   is_same_money(ask_sum(&a, target, cases[i].body), total));
	ask_fini(&a);
}

/* Groups, and what belongs to none, are the subscription. */
static void test_groups_make_up_the_subscription(void **state)
{
	const char *body = BODY(YEAR, SUM);
	struct ask a;
	double total, sum = 0;
	char target[512];

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	total = ask_sum(&a, SHARED COST "/query" VERSION, body);
	for (size_t i = 0; i < estate_n_groups; i++) {
		if (estate_groups[i].sub != SUB_SHARED)
			continue;
		snprintf(target, sizeof(target),
			 SHARED "/resourceGroups/%s" COST "/query" VERSION,
			 estate_groups[i].name);
		sum += ask_sum(&a, target, body);
	}
	assert_true(total > 1000);
	assert_true(is_same_money(sum, total));
	ask_fini(&a);
}

static void test_thirteen_months_and_this_one(void **state)
{
	struct ask a;
	cJSON *rows;
	const cJSON *row;
	int n = 0;
	char want[32];

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	rows = rows_of(&a, PROD COST "/query" VERSION, BODY(YEAR, STEP("Monthly") SUM));
	cJSON_ArrayForEach (row, rows) {
		snprintf(want, sizeof(want), "%04d-%02d-01T00:00:00", 2025 + (4 + n) / 12,
			 (4 + n) % 12 + 1);
		assert_string_equal(cJSON_GetArrayItem(row, 1)->valuestring, want);
		assert_true(cell(row, 0) > 1000);
		n++;
	}
	assert_int_equal(n, 14);
	cJSON_Delete(rows);
	ask_fini(&a);
}

/* Saturdays and Sundays stand out in any four whole weeks. */
static void test_weekends_are_cheap(void **state)
{
	struct ask a;
	cJSON *rows;
	const cJSON *row;
	double sum[2] = {0};
	int days[2] = {0}, day = 0;

	(void)state;
	ask_init(&a, 3, ASK_NOON_MS);
	/* Monday 2026-04-06 to Sunday 2026-05-03. */
	rows = rows_of(&a, SHARED COST "/query" VERSION,
		       BODY("\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
			    "\"2026-04-06T00:00:00Z\",\"to\":\"2026-05-03T00:00:00Z\"}",
			    STEP("Daily") SUM));
	cJSON_ArrayForEach (row, rows) {
		bool is_weekend = day % 7 >= 5;

		sum[is_weekend] += cell(row, 0);
		days[is_weekend]++;
		day++;
	}
	assert_int_equal(days[0], 20);
	assert_int_equal(days[1], 8);
	assert_true(sum[1] / 8 < 0.85 * sum[0] / 20);
	cJSON_Delete(rows);
	ask_fini(&a);
}

/* A budget is evaluated at midnight: its spend is the month up to yesterday. */
static void test_budget_is_the_query(void **state)
{
	const char *body = BODY("\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
				"\"2026-06-01T00:00:00Z\",\"to\":"
				"\"2026-06-17T00:00:00Z\"}",
				SUM);
	struct ask a;
	cJSON *budgets;
	const cJSON *one;
	int n = 0;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	budgets = ask_all(&a, PROD "/providers/Microsoft.Consumption/budgets" VERSION,
			  NULL);
	cJSON_ArrayForEach (one, budgets) {
		double spend = told_number(one, "properties.currentSpend.amount");
		bool is_group = strstr(told_text(one, "id"), "/resourceGroups/");

		check_case(told_text(one, "name"),
			   is_same_money(spend,
					 ask_sum(&a,
						 is_group ? PROD "/resourceGroups/"
								 "rg-qodex-prod-weu" COST
								 "/query" VERSION
							  : PROD COST "/query" VERSION,
						 body)));
		assert_true(told_number(one, "properties.amount") > spend);
		n++;
	}
	assert_int_equal(n, 2);
	cJSON_Delete(budgets);
	ask_fini(&a);
}

/* Today grows by the hour and never shrinks; yesterday is closed. */
static void test_cost_accrues(void **state)
{
	const char *target = PROD COST "/query" VERSION;
	const char *body = BODY("\"timeframe\":\"MonthToDate\"", SUM);
	struct ask a;
	double last = 0;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS - 9 * 3600000LL);
	for (int hour = 0; hour < 30; hour++) {
		double sum = ask_sum(&a, target, body);

		assert_true(sum > last);
		last = sum;
		ask_at(&a, clock_wall_ms(&a.clock) + 3600000);
	}
	ask_fini(&a);
}

/* Booked days are the query's own; ahead of today there is only forecast. */
static void test_forecast_continues_the_query(void **state)
{
	struct ask a;
	cJSON *rows;
	const cJSON *row;
	double actual = 0;
	int n_ahead = 0;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	rows = rows_of(&a, PROD COST "/forecast" VERSION,
		       BODY("\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
			    "\"2026-06-01T00:00:00Z\",\"to\":\"2026-06-30T00:00:00Z\"}",
			    STEP("Daily") SUM));
	cJSON_ArrayForEach (row, rows) {
		bool is_actual =
			strcmp(cJSON_GetArrayItem(row, 2)->valuestring, "Actual") == 0;

		actual += is_actual ? cell(row, 0) : 0;
		n_ahead += !is_actual;
		assert_true(cell(row, 1) <= 20260618 || !is_actual);
		assert_true(cell(row, 1) >= 20260618 || is_actual);
	}
	assert_int_equal(n_ahead, 13);
	assert_true(is_same_money(actual,
				  ask_sum(&a, PROD COST "/query" VERSION,
					  BODY("\"timeframe\":\"MonthToDate\"", SUM))));
	cJSON_Delete(rows);
	ask_fini(&a);
}

/* A filter keeps what it names: the parts add up to what "or" keeps. */
static void test_filters(void **state)
{
#define TAG(v)                                                                           \
	"{\"tags\":{\"name\":\"workload\",\"operator\":\"In\",\"values\":[\"" v "\"]}}"
	const char *target = PROD COST "/query" VERSION;
	struct ask a;
	double atlas, qodex, both;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	atlas = ask_sum(&a, target, BODY(YEAR, SUM ",\"filter\":" TAG("Atlas")));
	qodex = ask_sum(&a, target, BODY(YEAR, SUM ",\"filter\":" TAG("qodex")));
	both = ask_sum(&a, target,
		       BODY(YEAR, SUM
			    ",\"filter\":{\"or\":[" TAG("Atlas") "," TAG("Qodex") "]}"));
	assert_true(atlas > 1000 && qodex > 1000);
	assert_true(is_same_money(atlas + qodex, both));
	assert_int_equal(ask_status(&a, SIM_POST, target,
				    BODY(YEAR, SUM ",\"filter\":" TAG("Nobody"))),
			 204);
	ask_fini(&a);
}

static void test_junk_is_refused(void **state)
{
	static const struct {
		const char *name, *body;
	} cases[] = {
		{"nothing", ""},
		{"no JSON", "{\"type\""},
		{"a list", "[]"},
		{"a number", "3"},
		{"no dataset, no time", "{\"type\":\"ActualCost\"}"},
		{"unknown time", BODY("\"timeframe\":\"Always\"", SUM)},
		{"custom without a period", BODY("\"timeframe\":\"Custom\"", SUM)},
		{"period backwards",
		 BODY("\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
		      "\"2026-06-02T00:00:00Z\",\"to\":\"2026-06-01T00:00:00Z\"}",
		      SUM)},
		{"ages of time",
		 BODY("\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
		      "\"2006-06-02T00:00:00Z\",\"to\":\"2026-06-01T00:00:00Z\"}",
		      SUM)},
		{"unknown step",
		 BODY("\"timeframe\":\"MonthToDate\"", STEP("Hourly") SUM)},
		{"unknown sum", BODY("\"timeframe\":\"MonthToDate\"",
				     "\"aggregation\":{\"a\":{\"name\":\"Joy\"}}")},
		{"unknown grouping", BODY("\"timeframe\":\"MonthToDate\"", SUM BY("X"))},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		static const char *const paths[] = {PROD COST "/query" VERSION,
						    PROD COST "/forecast" VERSION};

		for (size_t k = 0; k < 2; k++) {
			struct told t;

			ask(&a, SIM_POST, paths[k], cases[i].body, &t);
			check_case(cases[i].name, t.rep.status == 400);
			check_case(cases[i].name, told_text(t.json, "error.code"));
			check_case(cases[i].name, told_text(t.json, "error.message"));
			told_fini(&t);
		}
	}
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums_agree),
		cmocka_unit_test(test_groups_make_up_the_subscription),
		cmocka_unit_test(test_thirteen_months_and_this_one),
		cmocka_unit_test(test_weekends_are_cheap),
		cmocka_unit_test(test_budget_is_the_query),
		cmocka_unit_test(test_cost_accrues),
		cmocka_unit_test(test_forecast_continues_the_query),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_junk_is_refused),
	};

	return cmocka_run_group_tests_name("sim_cost", tests, NULL, NULL);
}
