/* What the deck looks like: a table of screens, each reached by keys on the
 * stage's estate, compared with a golden of text and roles. */
#include "unit/check.h"

#include <stdio.h>

#include "base/timefmt.h"
#include "screen/stage.h"

#define N(table) (sizeof(table) / sizeof((table)[0]))

struct shot {
	const char *name; /* of the golden */
	int w, h;
	bool is_ascii;
	const char *keys;
};

static const struct shot shots[] = {
	{"overview-200x60", 200, 60, false, NULL},
	{"overview-120x40", 120, 40, false, NULL},
	{"overview-80x24", 80, 24, false, NULL},
	{"overview-60x20", 60, 20, false, NULL},
	{"overview-40x12", 40, 12, false, NULL},
	{"overview-40x12-tab", 40, 12, false, "tab down"},
	{"overview-30x8", 30, 8, false, NULL},
	{"overview-ascii", 80, 24, true, NULL},
	{"overview-focus", 120, 40, false, "tab down down down"},
	{"zoom-sql", 120, 40, false, "2 z"},
	{"zoom-sql-80x24", 80, 24, false, "2 z"},
	{"zoom-sql-200x60", 200, 60, false, "2 z"},
	{"zoom-sql-ascii", 100, 44, true, "2 z"},
	{"zoom-agents", 120, 40, false, "tab tab tab z"},
	{"zoom-agents-80x24", 80, 24, false, "tab tab tab z"},
	{"zoom-agents-200x60", 200, 60, false, "tab tab tab z"},
	{"zoom-agents-ascii", 100, 44, true, "tab tab tab z"},
	{"table-sql", 120, 24, false, "2 z z"},
	{"table-sql-narrow", 50, 16, false, "2 z z"},
	{"table-sql-scrolled", 50, 16, false,
	 "2 z z right right right right right right"},
	{"table-sorted", 120, 24, false, "2 z z right right s"},
	{"table-filtered", 120, 24, false, "2 z z / 'atlas' enter"},
	{"table-filtering", 80, 20, false, "2 z z / 'qodex'"},
	{"table-no-match", 80, 16, false, "2 z z / 'zebra' enter"},
	{"table-wide-text", 80, 16, false, ": 'board' space 'agent-waits' enter"},
	{"table-ascii", 80, 16, true, "2 z z / 'atlas'"},
	{"detail-sql", 120, 40, false, "2 enter"},
	{"detail-80x24", 80, 24, false, "2 enter"},
	{"detail-raw", 80, 24, false, "2 enter J"},
	{"detail-ascii", 80, 24, true, "2 enter"},
	{"help-overview", 120, 40, false, "?"},
	{"help-table", 80, 24, false, "2 z z ?"},
	{"help-filtered", 80, 24, false, "? / 'sort' enter"},
	{"prompt-complete", 80, 24, false, ": 'co' tab"},
	{"prompt-unknown", 80, 24, false, ": 'frobnicate' enter"},
};

static void test_shot(void **state)
{
	const struct shot *shot = *state;
	struct stage stage;

	stage_init(&stage, &(struct stage_options){.w = shot->w,
						   .h = shot->h,
						   .is_ascii = shot->is_ascii});
	stage_give_all(&stage, 3 * 60 * 1000);
	stage_draw(&stage);
	if (shot->keys)
		stage_keys(&stage, shot->keys);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

/* How a pane looks when its boards are not as one would wish. */
static const char *const pane_boards[][5] = {
	{"cost-outlook", "cost-anomalies", "cost-movers", "credits"},
	{"sql", "sql-schedules", "sql-pools", "sql-changes", "sql-operations"},
	{"dr-readiness", "dr-groups", "slo", "drills"},
	{"agent-waits", "agent-scaling", "node-pools"},
};

enum condition { EMPTY, LOADING, STALE, PARTIAL, FAILED };

static void give_in_condition(struct stage *stage, const char *name,
			      enum condition condition)
{
	bool has_rows = condition == STALE || condition == PARTIAL;
	struct board *board =
		has_rows ? stage_board(stage, name) : stage_rows(stage, name, "[]");

	board->fetched_ms -= (int64_t)14 * 60 * 1000;
	if (condition == LOADING || condition == FAILED) {
		board->is_loading = condition == LOADING;
		board->fetched_ms = 0;
	}
	board->is_stale = condition == STALE || condition == FAILED;
	board->is_partial = condition == PARTIAL;
	if (condition == STALE)
		err_set(&board->err, ERR_THROTTLED, "Azure asks to wait 60 s");
	if (condition == PARTIAL)
		err_set(&board->err, ERR_TIMEOUT, "Contoso Shared: no answer in 20 s");
	if (condition == FAILED)
		err_set(&board->err, ERR_FORBIDDEN,
			"Reader is missing on Atlas Production: ask its owner");
	app_give_board(stage->app, board);
}

static void test_condition(void **state)
{
	static const char *const names[] = {"empty", "loading", "stale", "partial",
					    "failed"};
	enum condition condition = (enum condition)(*(const int *)*state);
	struct stage stage;
	char name[64];

	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	for (size_t p = 0; p < 4; p++)
		for (size_t b = 0; b < 5 && pane_boards[p][b]; b++)
			give_in_condition(&stage, pane_boards[p][b], condition);
	snprintf(name, sizeof(name), "state-%s", names[condition]);
	stage_golden(&stage, name);
	stage_keys(&stage, "2 z z");
	snprintf(name, sizeof(name), "state-%s-board", names[condition]);
	stage_golden(&stage, name);
	stage_fini(&stage);
}

/* At 03:12, on 80 columns, without colour: what failed, on what, and what to do is all
 * there, and so are the rows, their marks and their age. */
static void test_fault(void **state)
{
	static const struct {
		const char *name;
		bool has_rows;
	} looks[] = {{"fault-stale", true}, {"fault-failed", false}};

	(void)state;
	for (size_t i = 0; i < N(looks); i++) {
		struct stage stage;
		struct board *board;

		stage_init(&stage, &(struct stage_options){.w = 80, .h = 24});
		stage_give_all(&stage, 0);
		board = looks[i].has_rows ? stage_board(&stage, "sql")
					  : stage_rows(&stage, "sql", "[]");
		board->fetched_ms =
			looks[i].has_rows ? board->fetched_ms - 14 * MINUTE_MS : 0;
		board->is_stale = true;
		err_set(&board->err, ERR_FORBIDDEN,
			"dbs: AuthorizationFailed: no right to "
			"Microsoft.Sql/servers/databases/read on "
			"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/"
			"resourceGroups/rg-... (403); ask for a role with that action");
		app_give_board(stage.app, board);
		stage_keys(&stage, "2 z z");
		stage_golden(&stage, looks[i].name);
		assert_true(stage_shows(&stage, "role with that action"));
		assert_true(stage_shows(&stage, looks[i].has_rows ? "stale 14m: forbidden"
								  : "failed: forbidden"));
		assert_true(stage_shows(&stage, "atlas-orders") == looks[i].has_rows);
		stage_fini(&stage);
	}
}

static void test_nothing_yet(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 80, .h = 24});
	stage_golden(&stage, "overview-nothing-yet");
	stage_fini(&stage);
}

static const int conditions[] = {EMPTY, LOADING, STALE, PARTIAL, FAILED};

int main(void)
{
	struct CMUnitTest tests[N(shots) + N(conditions) + 2] = {0};
	static const char *const titles[] = {"empty panes", "loading panes",
					     "stale panes", "partial panes",
					     "failed panes"};
	size_t n = 0;

	for (size_t i = 0; i < N(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	for (size_t i = 0; i < N(conditions); i++)
		tests[n++] = (struct CMUnitTest){.name = titles[i],
						 .test_func = test_condition,
						 .initial_state = (void *)&conditions[i]};
	tests[n++] = (struct CMUnitTest){.name = "a fault", .test_func = test_fault};
	tests[n++] =
		(struct CMUnitTest){.name = "nothing yet", .test_func = test_nothing_yet};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
