/* The logs pane: under the others, with the screen for itself at three sizes, in ASCII;
 * and what Enter opens. */
#include "unit/check.h"

#include <string.h>

#include "base/count.h"
#include "screen/stage.h"

static const struct shot {
	const char *name;
	int w, h;
	bool is_ascii;
	const char *keys;
} shots[] = {
	{"logs-pane-80x24", 80, 24, false, "5 z"},
	{"logs-pane-120x40", 120, 40, false, "5 z"},
	{"logs-pane-200x60", 200, 60, false, "5 z"},
	{"logs-pane-part-120x40", 120, 40, false, "5 down"},
	{"logs-pane-ascii", 100, 44, true, "5 z"},
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
	stage_keys(&stage, shot->keys);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

/* A container's row leads to its log, a pattern's to its lines alone, a table's to what
 * is known of it. */
static void test_open(void **state)
{
	static const struct {
		const char *name, *keys, *shows, *follows;
	} cases[] = {
		{"a container", "5 enter", "ContainerName == 'orders-api'",
		 "kql:ContainerLogV2 | where PodNamespace == 'atlas' and "
		 "ContainerName == 'orders-api'@logs"},
		{"a pattern", "5 down down down down down down down enter",
		 "/order\\s+A-\\S+\\s+could",
		 "kql:ContainerLogV2 | where PodNamespace == 'atlas' and "
		 "ContainerName == 'checkout'@logs"},
		{"its key", "5 down l", "ContainerName == 'checkout'",
		 "kql:ContainerLogV2 | where PodNamespace == 'atlas' and "
		 "ContainerName == 'checkout'@logs"},
		{"a table", "5 G enter", "Log tables", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
		stage_give_all(&stage, 0);
		stage_draw(&stage);
		stage_keys(&stage, cases[i].keys);
		stage_draw(&stage);
		check_case(cases[i].name, stage_shows(&stage, cases[i].shows));
		check_case(cases[i].name,
			   strcmp(stage.followed.p, cases[i].follows) == 0);
		stage_fini(&stage);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(shots) + 1] = {0};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_open);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
