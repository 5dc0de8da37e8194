/* What stands on the screen is what there is: kept pictures, unseen screens, rows put
 * behind, one workload's rows. */
#include "unit/check.h"

#include <stdio.h>

#include "board/workload.h"
#include "screen/stage.h"
#include "tui/app_part.h"

static void open_stage(struct stage *stage, int w, int h)
{
	stage_init(stage, &(struct stage_options){.w = w, .h = h});
	stage_give_all(stage, 0);
	stage_draw(stage);
}

static void resize(struct stage *stage, int w, int h)
{
	grid_resize(stage->grid, w, h);
	app_event(stage->app, &(struct event){.kind = EVENT_RESIZE, .w = w, .h = h});
	stage_draw(stage);
}

/* Where nothing is seen, keys do nothing but leave. */
static void test_acts_on_nothing_unseen(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	resize(&stage, 30, 10);
	stage_keys(&stage, "2 z j enter :");
	resize(&stage, 120, 40);
	assert_false(prompt_is_open(&stage.app->prompt));
	assert_int_equal(stage.app->n_screens, 1);
	resize(&stage, 30, 10);
	stage_keys(&stage, "q");
	assert_true(app_is_done(stage.app));
	stage_fini(&stage);
}

/* What is kept from frame to frame shows what drawing anew would, wherever keys lead. */
static void test_kept_is_as_drawn(void **state)
{
	static const char *const keys[] = {"j",	    "k",   "tab", "1",	       "2",
					   "3",	    "4",   "G",	  "g",	       "z",
					   "s",	    "j",   "j",	  "page-down", "r",
					   "enter", "esc", "0",	  "l",	       "h"};
	static const int sizes[][2] = {{120, 40}, {80, 24}, {200, 60}, {60, 20}};

	(void)state;
	for (size_t k = 0; k < 4; k++) {
		struct stage kept, anew;
		uint32_t pick = 7;

		open_stage(&kept, sizes[k][0], sizes[k][1]);
		open_stage(&anew, sizes[k][0], sizes[k][1]);
		for (int i = 0; i < 400; i++) {
			const char *key;

			pick = pick * 1664525u + 1013904223u;
			key = keys[(pick >> 16) % (sizeof(keys) / sizeof(keys[0]))];
			stage_keys(&kept, key);
			stage_keys(&anew, key);
			anew.app->shelf.version++;
			stage_draw(&kept);
			stage_draw(&anew);
			for (int y = 0; y < sizes[k][1]; y++)
				check_case(key,
					   memcmp(grid_row(kept.grid, y),
						  grid_row(anew.grid, y),
						  (size_t)sizes[k][0] *
							  sizeof(struct glyph)) == 0);
		}
		stage_fini(&anew);
		stage_fini(&kept);
	}
}

static void test_acknowledges(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	stage_keys(&stage, "2 a");
	assert_true(str_starts(strbuf_str(&stage.acknowledged), STR("sql ")));
	assert_non_null(strstr(stage.acknowledged.p, " on"));
	strbuf_reset(&stage.acknowledged);
	stage_keys(&stage, "z z G a"); /* the last row is well */
	assert_int_equal(stage.acknowledged.n, 0);
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "needs attention"));
	stage_fini(&stage);
}

/* Everything on the screen is of it: rows, counts, the top line. */
static void test_workload(void **state)
{
	static const char *const words[] = {"atlas"};
	static const struct workload atlas = {.name = "Atlas",
					      .words = words,
					      .n_words = 1};
	struct stage stage;
	size_t all, part;
	char line[400];

	(void)state;
	open_stage(&stage, 120, 40);
	snprintf(line, sizeof(line), "%s", stage_line(&stage, 0));
	app_set_workloads(stage.app, &atlas, 1);
	all = app_board(stage.app, "sql")->n_rows;
	app_run_line(stage.app, STR("workload atlas"));
	stage_draw(&stage);
	part = app_board(stage.app, "sql")->n_rows;
	assert_in_range(part, 1, all - 1);
	assert_non_null(strstr(stage_line(&stage, 0), "Atlas"));
	assert_false(stage_shows(&stage, "fog-qodex"));
	/* What comes later is cut down too. */
	app_give_board(stage.app, stage_board(&stage, "sql"));
	assert_int_equal(app_board(stage.app, "sql")->n_rows, part);
	stage_keys(&stage, "2 z");
	stage_draw(&stage);
	app_run_line(stage.app, STR("workload-next"));
	stage_draw(&stage);
	assert_int_equal(app_board(stage.app, "sql")->n_rows, all);
	assert_string_equal(stage_line(&stage, 0), line);
	app_run_line(stage.app, STR("workload nothing"));
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "no workload 'nothing'"));
	stage_fini(&stage);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acts_on_nothing_unseen),
		cmocka_unit_test(test_kept_is_as_drawn),
		cmocka_unit_test(test_acknowledges),
		cmocka_unit_test(test_workload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
