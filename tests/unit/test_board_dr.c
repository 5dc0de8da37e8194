/* What the boards of recovery and availability make of answers: the state of a
 * plan, the length of a month, one row for an event of many subscriptions. */
#include "board_fixture.h"

#include <math.h>

#include "base/timefmt.h"

static struct library *library;

static int setup(void **state)
{
	(void)state;
	library = library_new(NULL, NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	library_free(library);
	return 0;
}

static struct board *board_at(const char *name, const char *answers, int64_t now_ms)
{
	struct err err = {0};
	cJSON *json = json_parse(str_from(answers), &json_wire, NULL, &err);
	const struct board_def *def = library_find(library, str_from(name));
	struct board *board = NULL;

	if (!json || !def || !board_decode(def, json, now_ms, &board, &err))
		fail_msg("%s: %s", name, err.text);
	cJSON_Delete(json);
	return board;
}

static const struct cell *cell_of(const struct board *board, size_t row, const char *name)
{
	ptrdiff_t at = board_def_column(board->def, str_from(name));

	check_case(name, at >= 0);
	return &board->rows[row].cells[at];
}

static void check_word(const char *name, const struct board *board, const char *column,
		       const char *want)
{
	check_text(name, str_from(cell_of(board, 0, column)->text), want);
}

/* NAN: unknown. */
static void check_number(const char *name, const struct board *board, const char *column,
			 double want)
{
	const struct cell *cell = cell_of(board, 0, column);

	if (cell->is_null != isnan(want) ||
	    (!cell->is_null && fabs(cell->number - want) > 0.001))
		fail_msg("case \"%s\": %s is %g (null: %d), want %g", name, column,
			 cell->number, cell->is_null, want);
}

#define RG "/subscriptions/s/resourceGroups/RG-Atlas"
#define V  "/Subscriptions/s/resourceGroups/r/providers/x/vaults/v"

struct plan_case {
	const char *name;
	const char *last, *scenario, *status; /* of the plan */
	const char *job;		      /* members of its newest drill, or NULL */
	const char *state;
	double took_s;
};

/* It is 2026-11-21; the promise is four hours. */
static const struct plan_case plan_cases[] = {
	{"in time", "2026-10-01T10:00:00Z", "None", "None",
	 "\"state\":\"Succeeded\",\"startTime\":\"2026-10-01T10:00:00Z\",\"endTime\":"
	 "\"2026-10-01T11:30:00Z\"",
	 "Proven", 5400},
	{"too slow", "2026-10-01T10:00:00Z", "None", "None",
	 "\"state\":\"Succeeded\",\"startTime\":\"2026-10-01T10:00:00Z\",\"endTime\":"
	 "\"2026-10-01T14:30:00Z\"",
	 "Too slow", 16200},
	{"open, by its steps", "2026-11-15T10:00:00Z", "TestFailover", "Suspended",
	 "\"state\":\"Suspended\",\"startTime\":\"2026-11-15T10:00:00Z\",\"tasks\":["
	 "{\"endTime\":\"2026-11-15T10:02:00Z\"},{\"endTime\":\"2026-11-15T12:00:00Z\"},"
	 "{\"state\":\"Suspended\"}]",
	 "Drill open", 7200},
	{"failed", "2026-10-01T10:00:00Z", "None", "None",
	 "\"state\":\"Failed\",\"startTime\":\"2026-10-01T10:00:00Z\",\"endTime\":"
	 "\"2026-10-01T10:09:00Z\"",
	 "Drill failed", 540},
	{"long ago", "2026-02-01T10:00:00Z", "None", "None", NULL, "Due", NAN},
	{"its job is gone", "2026-10-01T10:00:00Z", "None", "None", NULL, "Proven", NAN},
	{"never", "1753-01-01T01:01:01Z", "None", "None", NULL, "Never tried", NAN},
	{"in earnest", "2026-10-01T10:00:00Z", "UnplannedFailover", "InProgress", NULL,
	 "Failing over", NAN},
};

static void test_plans(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(plan_cases) / sizeof(plan_cases[0]); i++) {
		const struct plan_case *c = &plan_cases[i];
		struct strbuf text;
		struct board *board;

		strbuf_init(&text, 65536);
		strbuf_printf(
			&text,
			"{\"plans\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"" V
			"/replicationRecoveryPlans/rp\",\"name\":\"rp\",\"properties\":{"
			"\"lastTestFailoverTime\":\"%s\",\"currentScenario\":{"
			"\"scenarioName\":\"%s\"},\"currentScenarioStatus\":\"%s\","
			"\"groups\":[{\"groupType\":\"Boot\","
			"\"replicationProtectedItems\""
			":[{\"id\":\"" V "/items/A\",\"virtualMachineId\":\"" RG
			"/providers/c/vm/a\"},{\"id\":\"" V "/items/B\"}]}]}}]}}],"
			"\"items\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"" V
			"/ITEMS/a\",\"properties\":{\"replicationHealth\":\"Warning\","
			"\"providerSpecificDetails\":{\"rpoInSeconds\":90}}},{\"id\":\"" V
			"/items/b\",\"properties\":{\"replicationHealth\":\"Normal\","
			"\"providerSpecificDetails\":{\"rpoInSeconds\":null}}}]}}],"
			"\"rgs\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"" RG
			"\",\"tags\":{\"rto\":\"PT4H\",\"rpo\":\"00:15:00\"}}]}}]",
			c->last, c->scenario, c->status);
		if (c->job)
			strbuf_printf(
				&text,
				",\"jobs\":[{\"item\":{},\"answer\":{\"value\":[{"
				"\"id\":\"" V "/replicationJobs/1\",\"properties\":{"
				"\"scenarioName\":\"TestFailover\",\"targetObjectName\":"
				"\"rp\",%s}},{\"id\":\"" V
				"/replicationJobs/2\",\"properties\":{\"scenarioName\":"
				"\"TestFailover\",\"targetObjectName\":\"rp\",\"state\":"
				"\"Failed\",\"startTime\":\"2020-01-01T00:00:00Z\"}},{"
				"\"id\":\"" V
				"/replicationJobs/3\",\"properties\":{\"scenarioName\":"
				"\"TestFailoverCleanup\",\"targetObjectName\":\"rp\","
				"\"state\":\"Failed\",\"startTime\":"
				"\"2026-11-20T00:00:00Z\"}}]}}]",
				c->job);
		strbuf_puts(&text, "}");
		board = board_at("dr-plans", text.p, FIXTURE_NOW_MS);
		check_case(c->name, board->n_rows == 1 && board->surprises == 0);
		check_word(c->name, board, "state", c->state);
		check_number(c->name, board, "took",
			     isnan(c->took_s) ? NAN : c->took_s * 1000);
		check_number(c->name, board, "machines", 2);
		check_number(c->name, board, "sick", 1);
		check_number(c->name, board, "rpo", 90 * 1000);
		board_put(board);
		strbuf_fini(&text);
	}
}

struct month_case {
	const char *name, *now, *from;
	const char *points; /* of the month */
	const char *slo;    /* tag, as JSON */
	const char *state;
	double spent, lost_min, budget_min;
	const char *recent; /* points of the last hours, or NULL */
};

#define HOUR(at, average) "{\"timeStamp\":\"" at "\",\"average\":" average "}"

static const struct month_case month_cases[] = {
	{"an hour of a day lost", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "0") "," HOUR("2026-11-01T11:00:00Z", "100"),
	 "\"99\"", "Within", 13.8889, 60, 432, NULL},
	{"a running hour weighs what has passed", "2026-11-01T11:15:00Z",
	 "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "100") "," HOUR("2026-11-01T11:00:00Z", "0"),
	 "\"99\"", "Within", 3.4722, 15, 432, NULL},
	{"no promise is four nines", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "95"), "null", "Within", 69.4444, 3, 4.32, NULL},
	{"three quarters are gone", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "40"), "\"99.9\"", "Spending", 83.3333, 36, 43.2,
	 NULL},
	{"breached", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "0"), "\"99.9\"", "Breached", 138.8889, 60, 43.2,
	 NULL},
	{"burning", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "100"), "\"99.9\"", "Burning", 0, 0, 43.2,
	 HOUR("2026-11-01T23:50:00Z",
	      "98.5") ",{\"timeStamp\":\"2026-11-01T23:55:00Z\"}"},
	{"not burning", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "100"), "\"99.9\"", "Within", 0, 0, 43.2,
	 HOUR("2026-11-01T23:50:00Z", "99.5")},
	{"February of a leap year", "2028-02-02T00:00:00Z", "2028-02-01T00:00:00Z",
	 HOUR("2028-02-01T10:00:00Z", "100"), "\"99\"", "Within", 0, 0, 417.6, NULL},
	{"December ends in January", "2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z",
	 HOUR("2026-12-01T10:00:00Z", "100"), "\"99\"", "Within", 0, 0, 446.4, NULL},
	{"a point without a figure", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 "{\"timeStamp\":\"2026-11-01T10:00:00Z\"}", "\"99\"", "No data", NAN, NAN, 432,
	 NULL},
	{"a promise that is no number", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z",
	 HOUR("2026-11-01T10:00:00Z", "100"), "\"gold\"", "Within", 0, 0, 4.32, NULL},
};

static void test_months(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(month_cases) / sizeof(month_cases[0]); i++) {
		const struct month_case *c = &month_cases[i];
		struct strbuf text;
		struct board *board;
		int64_t now_ms = 0;

		assert_true(time_parse(str_from(c->now), &now_ms));
		strbuf_init(&text, 65536);
		strbuf_printf(&text,
			      "{\"month\":[{\"item\":{\"id\":\"" RG
			      "/providers/i/components/c\",\"name\":\"c\",\"tags\":{"
			      "\"slo\":%s,\"workload\":\"Atlas\"}},\"answer\":{"
			      "\"timespan\":\"%s/%s\",\"value\":[{\"timeseries\":[{"
			      "\"data\":[%s]}]}]}}],\"recent\":[{\"item\":{\"id\":\"" RG
			      "/providers/I/components/C\"},\"answer\":{\"value\":[{"
			      "\"timeseries\":[{\"data\":[%s]}]}]}}]}",
			      c->slo, c->from, c->now, c->points,
			      c->recent ? c->recent : "");
		board = board_at("availability", text.p, now_ms);
		check_case(c->name, board->n_rows == 1 && board->surprises == 0);
		check_word(c->name, board, "workload", "Atlas");
		check_number(c->name, board, "spent", c->spent);
		check_number(c->name, board, "lost", c->lost_min * 60000);
		check_number(c->name, board, "budget", c->budget_min * 60000);
		check_word(c->name, board, "state", c->state);
		board_put(board);
		strbuf_fini(&text);
	}
}

/* One event in two subscriptions is one row; another is another. */
static void test_events(void **state)
{
#define EVENT(name, region)                                                              \
	"{\"name\":\"" name "\",\"properties\":{\"title\":\"T\",\"eventType\":"          \
	"\"ServiceIssue\",\"status\":\"Active\",\"impact\":[{\"impactedService\":\"S\"," \
	"\"impactedRegions\":[{\"impactedRegion\":\"" region "\"}]}]}}"
	struct board *board = board_at(
		"service-health",
		"{\"events\":[{\"item\":{\"displayName\":\"one\"},\"answer\":{\"value\":"
		"[" EVENT("A", "West") "," EVENT(
			"B",
			"West") "]}},{\"item\":{"
				"\"displayName\":\"two\"},\"answer\":{\"value\":[" EVENT(
					"A", "North") "]}},{\"item\":{\"displayName\":"
						      "\"none\"},\"answer\":null}]}",
		FIXTURE_NOW_MS);

	(void)state;
	assert_int_equal(board->n_rows, 2);
	assert_int_equal(board->surprises, 0);
	check_word("both", board, "subscriptions", "one, two");
	check_word("both", board, "region", "West, North");
	check_word("both", board, "service", "S");
	check_number("both", board, "subs", 2);
	assert_int_equal(board->rows[0].sev, SEV_CRIT);
	check_text("the other", str_from(cell_of(board, 1, "tracking")->text), "B");
	board_put(board);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plans),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_events),
	};

	return cmocka_run_group_tests_name("board_dr", tests, setup, teardown);
}
