/* The deck in the past: keys that go there, the mark that says so, what is refused. */
#include "unit/check.h"

#include "base/timefmt.h"
#include "screen/stage.h"

static void move(struct stage *stage, const char *at)
{
	struct moment moment = {0};

	if (at)
		assert_true(time_parse(str_from(at), &moment.at_ms));
	moment.first_ms = moment.at_ms - 1;
	app_moved(stage->app, &moment);
}

/* The stage's clock stands at 2026-11-21 04:12 UTC. */
static const struct {
	const char *name, *keys, *went; /* NULL: nowhere */
	int stepped;
} cases[] = {
	{"the change before", "[ [", NULL, -2},
	{"there is none after now", "]", NULL, 0},
	{"an hour back", "{", "2026-11-21T03:12:00Z", 0},
	{"a time typed", "T '03:10' enter", "2026-11-21T03:10:00Z", 0},
	{"a day and a time", "T '2026-11-20' space '10:00' enter", "2026-11-20T10:00:00Z",
	 0},
	{"no time", "T 'soon' enter", NULL, 0},
	{"nothing typed", "T esc", NULL, 0},
	{"now is where one is", ".", NULL, 0},
	{"the future is now", ": 'at' space '+2h' enter", "1970-01-01T00:00:00Z", 0},
};

static void test_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct stage stage;
		int64_t want = -1;

		stage_init(&stage, &(struct stage_options){.w = 100, .h = 30});
		stage_give_all(&stage, 60000);
		stage_keys(&stage, cases[i].keys);
		if (cases[i].went)
			assert_true(time_parse(str_from(cases[i].went), &want) ||
				    strcmp(cases[i].went, "1970-01-01T00:00:00Z") == 0);
		if (cases[i].went && want == -1)
			want = 0;
		check_case(cases[i].name, stage.went_ms == want);
		check_case(cases[i].name, stage.stepped == cases[i].stepped);
		stage_fini(&stage);
	}
}

/* The row's own time: the first one it names that has been. */
static void test_then(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	stage_give_all(&stage, 60000);
	stage_keys(&stage, ": 'dr-items' enter t");
	assert_true(stage.went_ms > 0);
	stage_fini(&stage);
}

static void test_mark(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 100, .h = 30});
	stage_give_all(&stage, 60000);
	move(&stage, "2026-11-20T10:20:30Z");
	stage_draw(&stage);
	assert_non_null(strstr(stage_line(&stage, 0), "PAST 20 Nov 10:20:30 UTC"));
	/* Nothing of now is left on the screen. */
	assert_null(strstr(stage_line(&stage, 0), "critical"));
	stage_keys(&stage, "]");
	assert_int_equal(stage.stepped, 1);
	/* From there on, distances count from the moment. */
	stage_keys(&stage, "{");
	assert_true(stage.went_ms > 0);
	stage_give_all(&stage, 60000);
	stage_draw(&stage);
	stage_keys(&stage, "2 a");
	stage_draw(&stage);
	assert_int_equal(stage.acknowledged.n, 0);
	assert_true(stage_shows(&stage, "this is the past"));
	assert_true(stage_shows(&stage, ". back to now"));
	stage_keys(&stage, ".");
	assert_true(stage.went_ms == 0);
	move(&stage, NULL);
	stage_draw(&stage);
	assert_null(strstr(stage_line(&stage, 0), "PAST"));
	assert_true(stage_shows(&stage, "now again"));
	stage_fini(&stage);
}

static void give_unrecorded(struct stage *stage, const char *name)
{
	struct board *board = stage_rows(stage, name, "[]");

	board->fetched_ms = 0;
	board->note = "nothing was recorded of it by then";
	app_give_board(stage->app, board);
}

/* What is not known is not well, and what is not on the screen is not counted. */
static void test_top_line(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 100, .h = 30});
	move(&stage, "2026-11-20T10:20:30Z");
	give_unrecorded(&stage, "sql");
	assert_true(stage_shows(&stage, "? nothing was recorded of 1 board by then"));
	app_give_board(stage.app, stage_rows(&stage, "budgets", "[]"));
	assert_false(stage_shows(&stage, "all is well"));
	app_give_board(stage.app, stage_rows(&stage, "sql", "[]"));
	assert_true(stage_shows(&stage, "all is well here"));
	app_give_board(stage.app, stage_board(&stage, "sql"));
	assert_true(stage_shows(&stage, "warning here"));
	move(&stage, NULL);
	stage_give_all(&stage, 60000);
	assert_false(stage_shows(&stage, "warning here"));
	stage_fini(&stage);
}

static void test_narrow(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 60, .h = 20, .is_ascii = true});
	move(&stage, "2026-11-20T10:20:30Z");
	stage_draw(&stage);
	assert_non_null(strstr(stage_line(&stage, 0), "PAST 10:20Z"));
	stage_fini(&stage);
}

/* A new configuration begins a host anew, which is at now: the screen is not. */
static void test_host_anew(void **state)
{
	struct stage stage;
	int64_t at_ms;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 100, .h = 30});
	app_restate_wanted(stage.app);
	assert_true(stage.went_ms == -1);
	move(&stage, "2026-11-20T10:20:30Z");
	app_restate_wanted(stage.app);
	assert_true(time_parse(STR("2026-11-20T10:20:30Z"), &at_ms));
	assert_true(stage.went_ms == at_ms);
	stage_fini(&stage);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),	  cmocka_unit_test(test_then),
		cmocka_unit_test(test_mark),	  cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_host_anew), cmocka_unit_test(test_top_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
