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

int main(void)
{
	struct CMUnitTest tests[N(shots) + 2] = {0};
	size_t n = 0;

	for (size_t i = 0; i < N(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	tests[n++] = (struct CMUnitTest){.name = "a fault", .test_func = test_fault};
	tests[n++] =
		(struct CMUnitTest){.name = "nothing yet", .test_func = test_nothing_yet};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
