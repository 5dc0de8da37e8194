/* The code a person enters elsewhere: shown, copied, renewed, and gone by itself. */
#include "unit/check.h"

#include <string.h>

#include "screen/stage.h"
#include "tui/app_part.h"

static const struct sign_in wanted = {.credential = "prod-reader",
				      .code = "C8KJW2PLN",
				      .url = "https://microsoft.com/devicelogin",
				      .until_ms = 1795233906000};

static void open_stage(struct stage *stage, int w, int h)
{
	stage_init(stage, &(struct stage_options){.w = w, .h = h});
	stage_give_all(stage, 0);
	app_sign_in(stage->app, &wanted);
	stage_draw(stage);
}

static void test_is_shown(void **state)
{
	static const int sizes[][2] = {{200, 60}, {120, 40}, {80, 24}, {40, 12}};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct stage stage;

		open_stage(&stage, sizes[i][0], sizes[i][1]);
		assert_true(stage_shows(&stage, "prod-reader"));
		assert_true(stage_shows(&stage, "C8KJW2PLN"));
		assert_true(stage_shows(&stage, "microsoft.com"));
		stage_fini(&stage);
	}
}

static void test_is_copied(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	app_run_line(stage.app, STR("copy-cell"));
	check_text("code", strbuf_str(&stage.copied), "C8KJW2PLN");
	strbuf_reset(&stage.copied);
	app_run_line(stage.app, STR("copy-row"));
	check_text("address", strbuf_str(&stage.copied), wanted.url);
	stage_fini(&stage);
}

static void test_goes_by_itself(void **state)
{
	struct sign_in next = wanted, over = {.credential = "prod-reader"},
		       other = {.credential = "another"};
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	strcpy(next.code, "D9NEWCODE");
	app_sign_in(stage.app, &next);
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "D9NEWCODE"));
	assert_int_equal(stage.app->n_screens, 2);
	app_sign_in(stage.app, &other);
	assert_int_equal(stage.app->n_screens, 2);
	stage_keys(&stage, "?"); /* something over it */
	app_sign_in(stage.app, &over);
	assert_int_equal(stage.app->n_screens, 2);
	stage_keys(&stage, "esc");
	stage_draw(&stage);
	assert_false(stage_shows(&stage, "D9NEWCODE"));
	stage_fini(&stage);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_shown),
		cmocka_unit_test(test_is_copied),
		cmocka_unit_test(test_goes_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
