/* See tools_fixture.h. */
#include "tools_fixture.h"

#include <stdlib.h>

#include "board_fixture.h"

static void broken(const struct err *err, void *ctx)
{
	(void)ctx;
	fail_msg("%s", err->text);
}

void tools_world_init(struct tools_world *w)
{
	struct err err = {0};
	char dir[4096];
	size_t n;

	*w = (struct tools_world){0};
	snprintf(dir, sizeof(dir), "%s/tests/tools/boards", getenv("AZ_SRCDIR"));
	w->library = library_new(dir, broken, NULL);
	w->config = config_demo();
	w->e = (struct evidence){.now_ms = TOOLS_NOW_MS,
				 .library = w->library,
				 .config = w->config,
				 .knowledge = knowledge_new(NULL, 0, &err)};
	if (!w->e.knowledge || !knowledge_refresh(w->e.knowledge, &n, &err))
		fail_msg("%s", err.text);
	w->leash = leash_new();
	w->tools = ai_tools_new(w->leash);
	strbuf_init(&w->out, 1 << 20);
	strbuf_init(&w->proposal, 4096);
}

void tools_world_fini(struct tools_world *w)
{
	ai_tools_free(w->tools);
	leash_free(w->leash);
	knowledge_free(w->e.knowledge);
	evidence_fini(&w->e);
	config_free(w->config);
	library_free(w->library);
	strbuf_fini(&w->out);
	strbuf_fini(&w->proposal);
}

void tools_world_add(struct tools_world *w, const char *name, const char *answer,
		     uint64_t version, int64_t age_ms)
{
	const struct board_def *def = library_find(w->library, str_from(name));
	struct board *board;

	assert_non_null(def);
	board = fixture_board(def, answer);
	board->version = version;
	board->fetched_ms = TOOLS_NOW_MS - age_ms;
	assert_true(evidence_add(&w->e, board));
	board_put(board);
}

bool tools_world_call(struct tools_world *w, const char *tool, const char *arguments)
{
	struct tool_budget budget = {0};
	struct tool_need need;

	strbuf_reset(&w->out);
	strbuf_reset(&w->proposal);
	if (!ai_tools_check(w->tools, str_from(tool), str_from(arguments), &budget, &w->e,
			    &need, &w->out))
		return false;
	ai_tools_run(w->tools, str_from(tool), str_from(arguments), &w->e, &w->out,
		     &w->proposal);
	return true;
}
