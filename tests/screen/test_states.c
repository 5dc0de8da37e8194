/* Every pane when its boards are not as one would wish: a table of conditions, each seen
 * in the overview and with the screen for itself, at three sizes. A golden has all sizes
 * of one view; which boards are in that condition says the pane's own table. */
#include "unit/check.h"

#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "screen/stage.h"
#include "tui/pane/pane.h"

static const struct condition {
	const char *name;
	bool has_rows, is_loading, is_stale, is_partial;
	enum err_code code;
	const char *why;
} conditions[] = {
	{.name = "empty"},
	{.name = "loading", .is_loading = true},
	{.name = "stale",
	 .has_rows = true,
	 .is_stale = true,
	 .code = ERR_THROTTLED,
	 .why = "Azure asks to wait 60 s"},
	{.name = "partial",
	 .has_rows = true,
	 .is_partial = true,
	 .code = ERR_TIMEOUT,
	 .why = "Contoso Shared: no answer in 20 s"},
	{.name = "failed",
	 .is_stale = true,
	 .code = ERR_TIMEOUT,
	 .why = "no answer in 20 s, three times: is the proxy up?"},
	{.name = "no-permission",
	 .is_stale = true,
	 .code = ERR_FORBIDDEN,
	 .why = "Reader is missing on Contoso Production: ask its owner"},
};

static const struct {
	int w, h;
} sizes[] = {{80, 24}, {120, 40}, {200, 60}};

/* What is looked at, and the keys that lead there; NULL: none. */
static const struct view {
	const char *name, *keys;
} views[] = {
	{"overview", NULL},
	{"cost", "z"},
	{"sql", "tab z"},
	{"dr", "tab tab z"},
	{"agents", "tab tab tab z"},
	{"logs", "tab tab tab tab z"},
	{"board", "tab z z"},
};

static void give(struct stage *stage, const char *name, const struct condition *c)
{
	struct board *board;

	if (!stage_has(stage, name))
		return;
	board = c->has_rows ? stage_board(stage, name) : stage_rows(stage, name, "[]");
	board->fetched_ms -= 14 * MINUTE_MS;
	if (c->is_loading || (c->is_stale && !c->has_rows))
		board->fetched_ms = 0;
	board->is_loading = c->is_loading;
	board->is_stale = c->is_stale;
	board->is_partial = c->is_partial;
	if (c->why)
		err_set(&board->err, c->code, "%s", c->why);
	app_give_board(stage->app, board);
}

static void give_all(struct stage *stage, const struct condition *c)
{
	for (size_t p = 0; p < n_panes; p++) {
		const struct pane_ops *ops = panes[p];

		for (size_t i = 0; i < ops->n_sections; i++)
			if (ops->sections[i].board)
				give(stage, ops->sections[i].board, c);
		for (size_t i = 0; ops->boards && ops->boards[i]; i++)
			give(stage, ops->boards[i], c);
		for (size_t i = 0; ops->rich_boards && ops->rich_boards[i]; i++)
			give(stage, ops->rich_boards[i], c);
	}
}

static void check_view(const struct condition *c, const struct view *view)
{
	struct stage stage;
	struct strbuf now;
	char name[64];

	stage_init(&stage, &(struct stage_options){.w = sizes[0].w, .h = sizes[0].h});
	stage_add(&stage, "cost.json");
	stage_add(&stage, "dr.json");
	give_all(&stage, c);
	stage_draw(&stage);
	if (view->keys)
		stage_keys(&stage, view->keys);
	strbuf_init(&now, 1 << 20);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		stage_resize(&stage, sizes[i].w, sizes[i].h);
		strbuf_printf(&now, "== %dx%d\n", sizes[i].w, sizes[i].h);
		stage_dump(&stage, &now);
	}
	snprintf(name, sizeof(name), "state-%s-%s", c->name, view->name);
	golden_check(name, &now);
	strbuf_fini(&now);
	stage_fini(&stage);
}

static void test_condition(void **state)
{
	for (size_t i = 0; i < COUNT(views); i++)
		check_view(*state, &views[i]);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(conditions)] = {0};

	for (size_t i = 0; i < COUNT(conditions); i++)
		tests[i] = (struct CMUnitTest){.name = conditions[i].name,
					       .test_func = test_condition,
					       .initial_state = (void *)&conditions[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
