/* See handover.h. It asks every board there is, once, as a deck would that shows all of
 * them; what has not come by then stands in the text as not known. */
#include "cli/handover.h"

#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "base/when.h"
#include "cli/headless.h"
#include "config/env.h"
#include "handover/handover.h"
#include "worker/handed.h"

#define SINCE_DEFAULT "-8h"

struct command {
	const char *since, *file, *config;
	bool is_demo;
	struct cli_world world;
	struct headless headless;
	VEC(struct board *) boards; /* the newest of each */
	struct changes *changes;    /* NULL: not told yet */
};

static const struct cli_option option_table[] = {
	{"--since", "TIME", "what was changed since then (default " SINCE_DEFAULT ")",
	 CLI_INTO(struct command, since)},
	{"--output", "FILE", "into a new file, not to standard output (-o)",
	 CLI_INTO(struct command, file)},
	{"--demo", NULL, "of the embedded, simulated Azure",
	 CLI_INTO(struct command, is_demo)},
	CLI_OPTION_SEED(struct command),
	CLI_OPTION_SPEED(struct command),
	CLI_OPTION_AT(struct command),
	CLI_OPTION_FAULT(struct command),
	CLI_OPTION_CONFIG(struct command, config),
	{.name = NULL},
};

static struct board *find_board(void *ctx, const char *name)
{
	const struct command *c = ctx;

	for (size_t i = 0; i < c->boards.n; i++) {
		if (strcmp(c->boards.p[i]->def->name, name) == 0)
			return c->boards.p[i];
	}
	return NULL;
}

static void keep_board(struct command *c, struct board *board)
{
	for (size_t i = 0; i < c->boards.n; i++) {
		if (strcmp(c->boards.p[i]->def->name, board->def->name) == 0) {
			board_put(c->boards.p[i]);
			c->boards.p[i] = board;
			return;
		}
	}
	vec_push(&c->boards, board);
}

static bool has_come(const struct command *c, const char *name)
{
	const struct board *board = find_board((void *)c, name);

	return board && !board->is_loading && !board->is_filling;
}

/* These two wait for all others. */
static bool is_complete(const struct command *c)
{
	return has_come(c, "attention") && has_come(c, "feeds") && c->changes;
}

static void want_boards(struct command *c)
{
	VEC(const char *) names = {0};
	const char *name;

	for (size_t i = 0; (name = handover_board(i)); i++)
		vec_push(&names, name);
	worker_want(c->headless.worker, names.p, names.n);
	vec_fini(&names);
}

static void keep_changes(struct command *c, struct changes *changes)
{
	changes_put(c->changes);
	c->changes = changes;
}

static bool ask(struct command *c, struct err *err)
{
	struct news *news;

	if (!headless_start(&c->headless, err))
		return false;
	want_boards(c);
	err_clear(err);
	while (!is_complete(c) && err->code == ERR_NONE &&
	       (news = headless_next(&c->headless))) {
		if (news->mail.kind == NEWS_BOARD)
			keep_board(c, news_take_board(news));
		else if (news->mail.kind == NEWS_PROBLEM)
			*err = news->err;
		else if (news->mail.kind == NEWS_CHANGES)
			keep_changes(c, news_take_changes(news));
	}
	return err->code == ERR_NONE;
}

static int give(const struct command *c, int64_t since_ms)
{
	struct handover_change changes[HANDOVER_MOST_CHANGES];
	const struct handover handover = {.now_ms = clock_wall_ms(&c->headless.clock),
					  .since_ms = since_ms,
					  .by = env_user(),
					  .is_demo = c->is_demo,
					  .board = find_board,
					  .ctx = (void *)c,
					  .changes = changes,
					  .n_changes =
						  changes_handed(c->changes, changes,
								 HANDOVER_MOST_CHANGES)};
	struct strbuf text;
	struct err err;
	int code = 0;

	strbuf_init(&text, HANDOVER_MAX_BYTES);
	handover_write(&handover, &text);
	if (!c->file)
		cli_write(&text, &code);
	else if (!file_create(c->file, strbuf_str(&text), &err))
		code = cli_fail(&err);
	strbuf_fini(&text);
	return code;
}

static int ask_and_give(struct command *c)
{
	int64_t now_ms = clock_wall_ms(&c->headless.clock), since_ms;
	struct err err;

	if (!when_parse(str_from(c->since), now_ms, now_ms, &since_ms))
		return cli_usage("handover", "a time is " WHEN_FORMS ", not", c->since);
	if (since_ms > now_ms)
		return cli_usage("handover", "--since is still to come:", c->since);
	return ask(c, &err) ? give(c, since_ms) : cli_fail(&err);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct command c = {.since = SINCE_DEFAULT, .world = CLI_WORLD_DEFAULT};
	int code = cli_walk(&cli_handover_command, argc, argv, &c);

	(void)clock;
	if (code)
		return code;
	headless_init(&c.headless, &(struct headless_options){.config = c.config,
							      .is_demo = c.is_demo,
							      .shows_changes = true,
							      .world = &c.world});
	code = ask_and_give(&c);
	for (size_t i = 0; i < c.boards.n; i++)
		board_put(c.boards.p[i]);
	vec_fini(&c.boards);
	changes_put(c.changes);
	headless_fini(&c.headless);
	return code;
}

const struct cli_command cli_handover_command = {
	.name = "handover",
	.usage = "[OPTION...]",
	.help = "the incident so far, as Markdown for the next shift",
	.options = option_table,
	.words = {.extra = "it takes no word"},
	.run = run,
};
