/* The disaster recovery pane with the screen for itself: at three sizes, in ASCII, and
 * when nothing is known. */
#include "unit/check.h"

#include "base/count.h"
#include "screen/stage.h"

static const struct shot {
	const char *name;
	int w, h;
	bool is_ascii;
	const char *keys;
} shots[] = {
	{"dr-80x24", 80, 24, false, "tab tab z"},
	{"dr-120x40", 120, 40, false, "tab tab z"},
	{"dr-200x60", 200, 60, false, "tab tab z"},
	{"dr-part-120x40", 120, 40, false, "tab tab"},
	{"dr-ascii", 200, 60, true, "tab tab z"},
};

static void test_shot(void **state)
{
	const struct shot *shot = *state;
	struct stage stage;

	stage_init(&stage, &(struct stage_options){.w = shot->w,
						   .h = shot->h,
						   .is_ascii = shot->is_ascii});
	stage_add(&stage, "dr.json");
	stage_give_all(&stage, 3 * 60 * 1000);
	stage_draw(&stage);
	stage_keys(&stage, shot->keys);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

/* What is unknown is drawn as such: no score, no budget, no figure that looks like one. */
static void test_unknown(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	stage_add(&stage, "dr.json");
	app_give_board(stage.app,
		       stage_rows(&stage, "dr-readiness",
				  "[{\"k\":\"1\",\"workload\":\"Atlas\",\"check\":"
				  "\"score\",\"verdict\":\"unknown\",\"score\":null}]"));
	app_give_board(stage.app,
		       stage_rows(&stage, "slo",
				  "[{\"k\":\"1\",\"workload\":\"Atlas\",\"source\":"
				  "\"combined\",\"state\":\"No data\",\"budget\":4.32,"
				  "\"window\":2592000}]"));
	stage_keys(&stage, "tab tab z");
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "Atlas ──")); /* an empty gauge */
	assert_true(stage_shows(&stage, "burn  1h –  6h –  3d –"));
	assert_false(stage_shows(&stage, "min left"));
	assert_false(stage_shows(&stage, "0%"));
	stage_fini(&stage);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(shots) + 1] = {0};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_unknown);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
