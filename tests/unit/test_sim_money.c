/* What the simulated cost, logs, alerts and rights promise each other: parts make up
 * the whole, time ranges hold, and something is wrong at any time of the week. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "sim/ask.h"
#include "sim/cost/billing.h"
#include "sim/rhythm.h"

#define PROD   "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define SHARED "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03"
#define PROFILE                                                                          \
	"/providers/Microsoft.Billing/billingAccounts/" BILLING_ACCOUNT                  \
	"/billingProfiles/" BILLING_PROFILE
#define COST   PROD "/providers/Microsoft.CostManagement/query?api-version=2024-08-01"
#define FIRED  "/providers/Microsoft.AlertsManagement/alerts?api-version=2019-03-01"
#define EVENTS "/providers/Microsoft.Insights/eventtypes/management/values"
#define LOGS                                                                             \
	"/resourceGroups/rg-shared-monitor-weu/providers/"                               \
	"Microsoft.OperationalInsights/workspaces/log-contoso"

static double sum_of(struct ask *a, const char *grouping)
{
	cJSON *answer;
	const cJSON *row;
	char body[512];
	double sum = 0;

	snprintf(body, sizeof(body),
		 "{\"type\":\"ActualCost\",\"timeframe\":\"MonthToDate\",\"dataset\":{"
		 "\"aggregation\":{\"c\":{\"name\":\"Cost\",\"function\":\"Sum\"}}%s}}",
		 grouping);
	answer = ask_post(a, COST, body);
	cJSON_ArrayForEach (row, told_at(answer, "properties.rows"))
		sum += cJSON_GetArrayItem(row, 0)->valuedouble;
	cJSON_Delete(answer);
	return sum;
}

static void test_tags_make_up_the_whole(void **state)
{
	struct ask a;
	double whole;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	whole = sum_of(&a, "");
	assert_true(whole > 1000);
	assert_true(fabs(sum_of(&a, ",\"grouping\":[{\"type\":\"TagKey\",\"name\":"
				    "\"workload\"}]") -
			 whole) < 1e-3);
	assert_int_equal(
		ask_status(&a, SIM_POST, COST,
			   "{\"type\":\"ActualCost\",\"timeframe\":"
			   "\"MonthToDate\",\"dataset\":{\"grouping\":[{\"type\":"
			   "\"TagKey\",\"name\":\"ServiceName\"}]}}"),
		400);
	ask_fini(&a);
}

static size_t count_of(struct ask *a, const char *target)
{
	cJSON *all = ask_all(a, target, NULL);
	size_t n = (size_t)cJSON_GetArraySize(all);

	cJSON_Delete(all);
	return n;
}

static void test_longer_ranges_hold_more(void **state)
{
	static const char *const ranges[] = {"1h", "1d", "7d", "30d"};
	size_t last = 0;
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < 4; i++) {
		char target[256];
		size_t n;

		snprintf(target, sizeof(target), PROD FIRED "&timeRange=%s", ranges[i]);
		n = count_of(&a, target);
		check_case(ranges[i], n >= last);
		last = n;
	}
	assert_true(last >= 4);
	ask_fini(&a);
}

/* Every hour of a week, somebody has reason to look. */
static void test_something_always_fires(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int hour = 0; hour < 7 * 24; hour += 5) {
		cJSON *all, *one;
		int fired = 0;

		ask_at(&a, ASK_NOON_MS + hour * HOUR_MS);
		all = ask_all(&a, PROD FIRED "&timeRange=7d", NULL);
		cJSON_ArrayForEach (one, all) {
			const char *word =
				told_text(one, "properties.essentials.monitorCondition");

			fired += strcmp(word, "Fired") == 0;
		}
		assert_true(fired >= 1);
		cJSON_Delete(all);
	}
	ask_fini(&a);
}

static void test_activity_keeps_to_its_window(void **state)
{
	static const char from[] = "2026-06-18T02:00:00", to[] = "2026-06-18T09:30:00";
	char target[512], last[64] = "9999";
	struct ask a;
	cJSON *all, *one;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	snprintf(target, sizeof(target),
		 SHARED EVENTS "?api-version=2015-04-01&$filter=eventTimestamp%%20ge%%20'"
			       "%sZ'%%20and%%20eventTimestamp%%20le%%20'%sZ'",
		 from, to);
	all = ask_all(&a, target, NULL);
	assert_true(cJSON_GetArraySize(all) > 10);
	cJSON_ArrayForEach (one, all) {
		const char *at = told_text(one, "eventTimestamp");

		assert_true(strncmp(at, from, 16) >= 0 && strncmp(at, to, 16) <= 0);
		assert_true(strncmp(at, last, 19) <= 0);
		snprintf(last, sizeof(last), "%s", at);
	}
	cJSON_Delete(all);
	assert_int_equal(ask_status(&a, SIM_GET, SHARED EVENTS "?api-version=2015-04-01",
				    NULL),
			 400);
	ask_fini(&a);
}

static void test_usage(void **state)
{
	static const char query[] = SHARED LOGS "/api/query?api-version=2020-08-01";
	struct told t;
	struct ask a;
	cJSON *answer;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = ask_post(&a, query, "{\"query\":\"Usage | where IsBillable\"}");
	/* Eleven tables with something in them, seven days and today. */
	assert_int_equal(cJSON_GetArraySize(json_member(
				 cJSON_GetArrayItem(json_member(answer, "tables"), 0),
				 "rows")),
			 88);
	cJSON_Delete(answer);
	ask(&a, SIM_POST, query, "{\"query\":\"Heartbeat\"}", &t);
	assert_int_equal(t.rep.status, 400);
	assert_string_equal(told_text(t.json, "error.innererror.code"), "SemanticError");
	told_fini(&t);
	ask_fini(&a);
}

/* An allocation's spend and pace agree on any day of the year. */
static void test_allocations(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int month = -5; month < 7; month++) {
		cJSON *all, *one;

		ask_at(&a, ASK_NOON_MS + month * 30 * DAY_MS);
		all = ask_all(&a,
			      PROFILE "/providers/Microsoft.Consumption/budgets"
				      "?api-version=2024-08-01",
			      NULL);
		assert_int_equal(cJSON_GetArraySize(all), 5);
		cJSON_ArrayForEach (one, all) {
			double amount = told_number(one, "properties.amount");
			double spent = told_number(one, "properties.currentSpend.amount");

			assert_true(amount > 0 && spent > 0 && spent < 1.8 * amount);
		}
		cJSON_Delete(all);
	}
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tags_make_up_the_whole),
		cmocka_unit_test(test_longer_ranges_hold_more),
		cmocka_unit_test(test_something_always_fires),
		cmocka_unit_test(test_activity_keeps_to_its_window),
		cmocka_unit_test(test_usage),
		cmocka_unit_test(test_allocations),
	};

	return cmocka_run_group_tests_name("sim_money", tests, NULL, NULL);
}
