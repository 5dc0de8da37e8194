/* The cost pane with the screen for itself: at three sizes, by every view, in ASCII, and
 * when its boards are not as one would wish. */
#include "unit/check.h"

#include "base/count.h"
#include "screen/stage.h"

struct shot {
	const char *name;
	int w, h;
	bool is_ascii;
	const char *keys;
};

static const struct shot shots[] = {
	{"cost-80x24", 80, 24, false, "z"},
	{"cost-120x40", 120, 40, false, "z"},
	{"cost-200x60", 200, 60, false, "z"},
	{"cost-by-group", 120, 40, false, "z : 'view-next' enter"},
	{"cost-amortised", 120, 40, false,
	 "z : 'view-prev' enter : 'view-prev' enter : 'view-prev' enter"},
	{"cost-ascii", 120, 40, true, "z"},
};

static void test_shot(void **state)
{
	const struct shot *shot = *state;
	struct stage stage;

	stage_init(&stage, &(struct stage_options){.w = shot->w,
						   .h = shot->h,
						   .is_ascii = shot->is_ascii});
	stage_add(&stage, "cost.json");
	stage_give_all(&stage, 3 * 60 * 1000);
	stage_draw(&stage);
	stage_keys(&stage, shot->keys);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

/* Nobody may read the costs: every part says so, the chart as well. */
static void test_no_permission(void **state)
{
	static const char *const names[] = {"cost-outlook", "cost-anomalies",
					    "cost-movers",  "credits",
					    "cost-lines",   "cost-days",
					    "savings",	    "cost-amortised",
					    "off-hours"};
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	stage_add(&stage, "cost.json");
	for (size_t i = 0; i < COUNT(names); i++) {
		struct board *board = stage_rows(&stage, names[i], "[]");

		board->fetched_ms = 0;
		board->is_stale = true;
		err_set(&board->err, ERR_FORBIDDEN,
			"Cost Management Reader is missing on Contoso Production: ask "
			"its owner");
		app_give_board(stage.app, board);
	}
	stage_keys(&stage, "z : 'view-next' enter : 'view-next' enter : 'view-next' "
			   "enter : 'view-next' enter");
	stage_golden(&stage, "cost-no-permission");
	stage_fini(&stage);
}

/* What is in two currencies is not added up: the pane says so, and draws one. */
static void test_currencies(void **state)
{
	static const char rows[] =
		"[{\"k\":\"1\",\"what\":\"Contoso\",\"kind\":\"subscription\","
		"\"state\":\"no budget\",\"spent\":10,\"spent_currency\":\"EUR\","
		"\"mid\":30,\"mid_currency\":\"EUR\"},"
		"{\"k\":\"2\",\"what\":\"Contoso US\",\"kind\":\"subscription\","
		"\"state\":\"no budget\",\"spent\":20,\"spent_currency\":\"USD\","
		"\"mid\":60,\"mid_currency\":\"USD\"}]";
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	stage_add(&stage, "cost.json");
	stage_give_all(&stage, 0);
	app_give_board(stage.app, stage_rows(&stage, "cost-outlook", rows));
	stage_keys(&stage, "z");
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "several currencies not added up"));
	assert_false(stage_shows(&stage, "€30.00 this month"));
	assert_true(stage_shows(&stage, "$60.00"));
	stage_fini(&stage);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(shots) + 2] = {0};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_no_permission);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_currencies);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
