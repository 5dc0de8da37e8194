/* The hand-over on screen: written anew as boards come, copied, kept in a file. The
 * stage's clock stands at 2026-11-21 04:12 UTC. */
#include "unit/check.h"

#include "base/json.h"
#include "board/decode.h"
#include "screen/stage.h"
#include "tui/app_part.h"

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

static void give(struct stage *stage, const char *name, const char *answers)
{
	int64_t now_ms = clock_wall_ms(&stage->clock);
	struct board *board = NULL;
	struct err err;
	cJSON *json = json_parse(str_from(answers), &json_wire, NULL, &err);

	if (!json || !board_decode(library_find(library, str_from(name)), json, now_ms,
				   &board, &err))
		fail_msg("%s: %s", name, err.text);
	cJSON_Delete(json);
	board->is_loading = false;
	board->version = 1;
	board->fetched_ms = now_ms - 12000;
	app_give_board(stage->app, board);
}

#define SIGHT(what, state, key)                                                          \
	"{\"what\":\"" what "\",\"state\":\"" state "\",\"why\":\"CPU 97%\",\"since\":"  \
	"1795233000,\"title\":\"SQL databases\",\"category\":\"sql\",\"board\":\"sql\"," \
	"\"key\":\"" key "\"}"

static void open_stage(struct stage *stage, int w, int h)
{
	stage_init(stage, &(struct stage_options){.w = w, .h = h});
	stage_keys(stage, "H");
	give(stage, "attention",
	     "{\"attention\":{\"rows\":[" SIGHT("atlas-audit", "critical", "1") "," SIGHT(
		     "qodex_jobs <b>", "warning", "2") "," SIGHT("db-3", "acknowledged",
								 "3") "]}}");
	give(stage, "slo",
	     "{\"own\":{\"rows\":[{\"workload\":\"Qodex\",\"source\":\"combined\","
	     "\"state\":\"Breached\",\"availability\":99.156,\"slo\":99.9,\"left\":-321."
	     "3,"
	     "\"used\":844,\"burn_1h\":13.3}]}}");
	give(stage, "feeds", "{\"feeds\":{\"rows\":[]}}");
	stage_draw(stage);
}

static void test_looks(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_golden(&stage, "handover-80x24");
	stage_keys(&stage, "end");
	stage_golden(&stage, "handover-end-80x24");
	stage_fini(&stage);
	open_stage(&stage, 120, 40);
	stage_golden(&stage, "handover-120x40");
	stage_fini(&stage);
}

/* What is asked for: the boards of the table, all of them. */
static void test_wants(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	assert_non_null(strstr(stage.wanted.p, "attention "));
	assert_non_null(strstr(stage.wanted.p, "pagerduty "));
	assert_non_null(strstr(stage.wanted.p, "terraform "));
	stage_keys(&stage, "esc");
	assert_null(strstr(stage.wanted.p, "terraform "));
	stage_fini(&stage);
}

static void test_is_written_anew(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	assert_false(stage_shows(&stage, "db-9"));
	give(&stage, "attention",
	     "{\"attention\":{\"rows\":[" SIGHT("db-9", "critical", "9") "]}}");
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "db-9 on SQL databases"));
	assert_false(stage_shows(&stage, "atlas-audit"));
	stage_fini(&stage);
}

static void test_leaves_the_screen(void **state)
{
	struct stage stage;
	char kept[100];

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "y");
	assert_non_null(strstr(stage.copied.p,
			       "\n- **atlas-audit** on SQL databases: CPU "
			       "97%; seen since 03:50 (22m ago)\n"));
	assert_non_null(strstr(stage.copied.p, "**qodex_jobs \\<b\\>**"));
	stage_keys(&stage, "s");
	snprintf(kept, sizeof(kept), "handover-20261121-0412.md %zu", stage.copied.n);
	assert_string_equal(stage.kept.p, kept);
	stage_fini(&stage);
}

static void test_since(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 80, .h = 24});
	stage_keys(&stage, ": 'handover' space '-2h' enter");
	assert_true(stage_shows(&stage, "since 2026-11-21 02:12 UTC (2h00m)"));
	stage_keys(&stage, "esc : 'handover' space 'soon' enter");
	assert_true(stage_shows(&stage, "a time is"));
	stage_fini(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_wants),
		cmocka_unit_test(test_is_written_anew),
		cmocka_unit_test(test_leaves_the_screen),
		cmocka_unit_test(test_since),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
