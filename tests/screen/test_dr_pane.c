/* The disaster recovery pane with the screen for itself: at three sizes, in ASCII, and
 * when its boards are not as one would wish. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/file.h"
#include "base/json.h"
#include "screen/stage.h"

/* Boards that only this pane needs, and those of the estate with all they have. */
static void add_boards(struct stage *stage)
{
	struct strbuf path, text;
	struct err err = {0};
	cJSON *all, *one;

	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&path, "%s/tests/screen/dr.json", getenv("AZ_SRCDIR"));
	if (!file_read(path.p, &text, &err))
		fail_msg("%s", err.text);
	all = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (!all)
		fail_msg("%s", err.text);
	while ((one = all->child)) {
		cJSON_DetachItemViaPointer(all, one);
		cJSON_DeleteItemFromObject(stage->estate, one->string);
		cJSON_AddItemToObject(stage->estate, one->string, one);
	}
	cJSON_Delete(all);
	strbuf_fini(&text);
	strbuf_fini(&path);
}

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
	add_boards(&stage);
	stage_give_all(&stage, 3 * 60 * 1000);
	stage_draw(&stage);
	stage_keys(&stage, shot->keys);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

enum condition { EMPTY, LOADING, STALE, PARTIAL, FORBIDDEN };

static void give(struct stage *stage, const char *name, enum condition condition)
{
	bool has_rows = condition == STALE || condition == PARTIAL;
	struct board *board =
		has_rows ? stage_board(stage, name) : stage_rows(stage, name, "[]");

	board->fetched_ms -= (int64_t)14 * 60 * 1000;
	if (condition == LOADING || condition == FORBIDDEN) {
		board->is_loading = condition == LOADING;
		board->fetched_ms = 0;
	}
	board->is_stale = condition == STALE || condition == FORBIDDEN;
	board->is_partial = condition == PARTIAL;
	if (condition == STALE)
		err_set(&board->err, ERR_THROTTLED, "Azure asks to wait 60 s");
	if (condition == PARTIAL)
		err_set(&board->err, ERR_TIMEOUT, "dr-items: no answer in 20 s");
	if (condition == FORBIDDEN)
		err_set(&board->err, ERR_FORBIDDEN,
			"Reader is missing on Contoso Production: ask its owner");
	app_give_board(stage->app, board);
}

static void test_condition(void **state)
{
	static const char *const boards[] = {"dr-readiness", "dr-groups", "slo", "drills",
					     "dr-items"};
	static const char *const names[] = {"empty", "loading", "stale", "partial",
					    "forbidden"};
	const enum condition *condition = *state;
	struct stage stage;
	char name[32];

	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	add_boards(&stage);
	for (size_t i = 0; i < COUNT(boards); i++)
		give(&stage, boards[i], *condition);
	stage_keys(&stage, "tab tab z");
	snprintf(name, sizeof(name), "dr-%s", names[*condition]);
	stage_golden(&stage, name);
	stage_fini(&stage);
}

/* What is unknown is drawn as such: no score, no budget, no figure that looks like one. */
static void test_unknown(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	add_boards(&stage);
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
	static const enum condition conditions[] = {EMPTY, LOADING, STALE, PARTIAL,
						    FORBIDDEN};
	struct CMUnitTest tests[COUNT(shots) + COUNT(conditions) + 1] = {0};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	for (size_t i = 0; i < COUNT(conditions); i++)
		tests[n++] = (struct CMUnitTest){.name = "condition",
						 .test_func = test_condition,
						 .initial_state = (void *)&conditions[i]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_unknown);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
