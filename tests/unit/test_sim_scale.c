/* Scaling a database: accepted, on its way, done, and seen by everybody. */
#include "unit/check.h"

#include <stdio.h>

#include "sim/ask.h"
#include "sim/rhythm.h"
#include "sim/sql/sql_estate.h"

#define RG                                                                               \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/"            \
	"rg-atlas-prod-weu"
#define QRG                                                                              \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/"            \
	"rg-qodex-prod-weu"
#define SERVER	RG "/providers/Microsoft.Sql/servers/sql-atlas-prod-weu"
#define QSERVER QRG "/providers/Microsoft.Sql/servers/sql-qodex-prod-weu"
#define VERSION "?api-version=2021-11-01"
#define DB	SERVER "/databases/atlas-sessions" VERSION

static const cJSON *named(const cJSON *list, const char *name)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, list)
		if (strcmp(told_text(one, "name"), name) == 0)
			return one;
	return NULL;
}

/* The word of an operation's polling address. */
static void check_status(struct ask *a, const char *url, const char *want)
{
	cJSON *json = ask_json(a, url);

	assert_string_equal(told_text(json, "status"), want);
	cJSON_Delete(json);
}

/* What the list of the server says of the database's size, now and asked. */
static void check_sizes(struct ask *a, const char *now, const char *asked,
			const char *status)
{
	cJSON *all = ask_all(a, SERVER "/databases" VERSION, NULL);
	const cJSON *db = named(all, "atlas-sessions");

	assert_string_equal(told_text(db, "properties.currentServiceObjectiveName"), now);
	assert_string_equal(told_text(db, "properties.requestedServiceObjectiveName"),
			    asked);
	assert_string_equal(told_text(db, "properties.status"), status);
	assert_string_equal(told_text(db, "properties.currentSku.tier"), "Premium");
	cJSON_Delete(all);
}

/* The newest operation: its percentage, or -1 when there is none. */
static int percent_of(struct ask *a, const char *state)
{
	cJSON *all =
		ask_all(a, SERVER "/databases/atlas-sessions/operations" VERSION, NULL);
	const cJSON *one = cJSON_GetArrayItem(all, 0);
	int percent = -1;

	if (one) {
		percent = (int)told_number(one, "properties.percentComplete");
		assert_string_equal(told_text(one, "properties.state"), state);
	}
	cJSON_Delete(all);
	return percent;
}

static void test_accepted_and_done(void **state)
{
	struct ask a;
	struct told t;
	int last = 0;
	const char *poll, *location;
	int64_t step_ms = 5000;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	assert_int_equal(percent_of(&a, ""), -1);
	check_sizes(&a, "P1", "P1", "Online");
	ask(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P2\"}}", &t);
	assert_int_equal(t.rep.status, 202);
	poll = reply_find_header(&t.rep, "Azure-AsyncOperation");
	location = reply_find_header(&t.rep, "Location");
	assert_non_null(poll);
	assert_non_null(location);
	assert_string_equal(reply_find_header(&t.rep, "Retry-After"), "15");
	check_sizes(&a, "P1", "P2", "Scaling");
	check_status(&a, poll, "InProgress");
	assert_int_equal(ask_status(&a, SIM_GET, location, NULL), 202);
	assert_int_equal(percent_of(&a, "InProgress"), 0);

	/* Half a minute to two, never backwards. */
	for (int64_t ms = 0; ms < 30000 - step_ms; ms += step_ms) {
		int percent;

		ask_at(&a, clock_wall_ms(&a.clock) + step_ms);
		percent = percent_of(&a, "InProgress");
		assert_true(percent >= last && percent < 100);
		last = percent;
	}
	ask_at(&a, ASK_NOON_MS + 2 * MINUTE_MS);
	check_status(&a, poll, "Succeeded");
	assert_int_equal(ask_status(&a, SIM_GET, location, NULL), 200);
	assert_int_equal(percent_of(&a, "Succeeded"), 100);
	check_sizes(&a, "P2", "P2", "Online");
	ask_at(&a, ASK_NOON_MS + 25 * HOUR_MS);
	assert_int_equal(percent_of(&a, ""), -1);
	check_sizes(&a, "P2", "P2", "Online");
	told_fini(&t);
	ask_fini(&a);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *name, *target, *body;
		int status;
		const char *code;
	} cases[] = {
		{"no JSON", DB, "{sku", 400, "InvalidRequestContent"},
		{"nothing", DB, "", 400, "InvalidRequestContent"},
		{"a list", DB, "[1]", 400, "InvalidRequestContent"},
		{"sku without a name", DB, "{\"sku\":{}}", 400, "InvalidRequestContent"},
		{"sku is a text", DB, "{\"sku\":\"P2\"}", 400, "InvalidRequestContent"},
		{"unknown sku", DB, "{\"sku\":{\"name\":\"P99\"}}", 400, "InvalidSku"},
		{"capacity nobody sells", DB,
		 "{\"sku\":{\"name\":\"GP_Gen5\",\"capacity\":3}}", 400, "InvalidSku"},
		{"a warehouse as a database",
		 QSERVER "/databases/qodex-warehouse" VERSION,
		 "{\"sku\":{\"name\":\"S3\"}}", 400,
		 "CannotChangeToOrFromDataWarehouseTier"},
		{"a database as a warehouse", DB, "{\"sku\":{\"name\":\"DW100c\"}}", 400,
		 "CannotChangeToOrFromDataWarehouseTier"},
		{"larger than the tier", DB, "{\"sku\":{\"name\":\"S2\"}}", 400,
		 "InvalidMaxSizeTierCombination"},
		{"in a pool", QSERVER "/databases/qodex-tenant-a" VERSION,
		 "{\"sku\":{\"name\":\"S3\"}}", 409, "OperationNotAllowed"},
		{"master", SERVER "/databases/master" VERSION,
		 "{\"sku\":{\"name\":\"S3\"}}", 409, "OperationNotAllowed"},
		{"not there", SERVER "/databases/nobody" VERSION,
		 "{\"sku\":{\"name\":\"S3\"}}", 404, "ResourceNotFound"},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told t;

		ask(&a, SIM_PATCH, cases[i].target, cases[i].body, &t);
		check_case(cases[i].name, t.rep.status == cases[i].status);
		check_text(cases[i].name, str_from(told_text(t.json, "error.code")),
			   cases[i].code);
		told_fini(&t);
	}
	check_sizes(&a, "P1", "P1", "Online");
	ask_fini(&a);
}

/* Whatever Azure sells is taken, and is what it says. */
static void test_sizes(void **state)
{
	static const char *const sizes[] = {
		"S3",	      "S4",	     "S6",	  "S7",		"S9",
		"S12",	      "P2",	     "P4",	  "P6",		"P11",
		"P15",	      "GP_Gen5_2",   "GP_Gen5_6", "GP_Gen5_80", "BC_Gen5_2",
		"BC_Gen5_32", "GP_S_Gen5_1", "HS_Gen5_2", "HS_Gen5_40",
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char body[80];
		cJSON *json;

		snprintf(body, sizeof(body), "{\"sku\":{\"name\":\"%s\"}}", sizes[i]);
		check_case(sizes[i], ask_status(&a, SIM_PATCH, DB, body) == 202);
		ask_at(&a, clock_wall_ms(&a.clock) + 5 * MINUTE_MS);
		json = ask_json(&a, DB);
		check_text(sizes[i],
			   str_from(told_text(json,
					      "properties.currentServiceObjectiveName")),
			   sizes[i]);
		cJSON_Delete(json);
	}
	ask_fini(&a);
}

/* One at a time, and what is already so needs no operation. */
static void test_conflict_and_no_change(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	assert_int_equal(ask_status(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P1\"}}"),
			 200);
	assert_int_equal(ask_status(&a, SIM_PATCH, DB, "{\"tags\":{\"a\":\"b\"}}"), 200);
	assert_int_equal(ask_status(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P2\"}}"),
			 202);
	assert_int_equal(ask_status(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P4\"}}"),
			 409);
	ask_at(&a, ASK_NOON_MS + 2 * MINUTE_MS);
	assert_int_equal(ask_status(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P4\"}}"),
			 202);
	ask_fini(&a);
}

static const char *size_at(struct ask *a, const char *database, int64_t wall_ms)
{
	static char size[32];
	char target[512];
	cJSON *db;

	ask_at(a, wall_ms);
	snprintf(target, sizeof(target), "%s/databases/%s" VERSION, SERVER, database);
	db = ask_json(a, target);
	snprintf(size, sizeof(size), "%s",
		 told_text(db, "properties.currentServiceObjectiveName"));
	cJSON_Delete(db);
	return size;
}

/* The runbook scales at both edges, and over what somebody did by hand; one database
 * somebody scales up again every morning. */
static void test_schedule(void **state)
{
	int64_t evening = ASK_NOON_MS + 8 * HOUR_MS + 10 * MINUTE_MS;
	int64_t morning = ASK_NOON_MS + 20 * HOUR_MS + 10 * MINUTE_MS;
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	assert_string_equal(size_at(&a, "atlas-identity", ASK_NOON_MS), "S3");
	assert_string_equal(size_at(&a, "atlas-identity", evening), "S1");
	assert_int_equal(ask_status(&a, SIM_PATCH,
				    SERVER "/databases/atlas-identity" VERSION,
				    "{\"sku\":{\"name\":\"S4\"}}"),
			 202);
	assert_string_equal(size_at(&a, "atlas-identity", evening + HOUR_MS), "S4");
	assert_string_equal(size_at(&a, "atlas-identity", morning), "S2");
	assert_string_equal(size_at(&a, "atlas-identity", morning + 3 * HOUR_MS), "S3");
	assert_string_equal(size_at(&a, "atlas-identity", morning + DAY_MS / 2), "S1");
	ask_fini(&a);
}

/* With a fast clock the same minutes pass in no time; nothing else differs. */
static void test_fast_clock(void **state)
{
	struct ask a;
	struct told t;
	int64_t until_us;
	bool is_done = false;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	clock_init_scaled(&a.clock, ASK_NOON_MS, 50000);
	ask(&a, SIM_PATCH, DB, "{\"sku\":{\"name\":\"P2\"}}", &t);
	assert_int_equal(t.rep.status, 202);
	until_us = clock_mono_us() + 10 * 1000 * 1000;
	while (!is_done && clock_mono_us() < until_us) {
		struct told poll;

		ask(&a, SIM_GET, reply_find_header(&t.rep, "Azure-AsyncOperation"), NULL,
		    &poll);
		/* At this speed the hour of the token is soon over. */
		is_done = poll.rep.status == 401 ||
			  strcmp(told_text(poll.json, "status"), "Succeeded") == 0;
		told_fini(&poll);
	}
	assert_true(is_done);
	ask_at(&a, clock_wall_ms(&a.clock));
	check_status(&a, reply_find_header(&t.rep, "Azure-AsyncOperation"), "Succeeded");
	told_fini(&t);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted_and_done),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_conflict_and_no_change),
		cmocka_unit_test(test_schedule),
		cmocka_unit_test(test_fast_clock),
	};

	return cmocka_run_group_tests_name("sim_scale", tests, NULL, NULL);
}
