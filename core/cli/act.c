/* `azdeck act`: the actions there are, and what one would do to a target. Thread: the
 * main thread. */
#include <string.h>

#include "act/action.h"
#include "base/vec.h"
#include "cli/act.h"
#include "cli/act_print.h"
#include "cli/cli.h"
#include "cli/headless.h"
#include "config/env.h"
#include "worker/plans.h"

enum option_id {
	OPT_OUTPUT,
	OPT_DEMO,
	OPT_SEED,
	OPT_SPEED,
	OPT_AT,
	OPT_FAULT,
	OPT_CONFIG,
};

static const struct cli_option option_table[] = {
	[OPT_OUTPUT] = {"--output", "FORMAT", "text or json"},
	[OPT_DEMO] = {"--demo", NULL, "in the embedded Azure"},
	[OPT_SEED] = CLI_OPTION_SEED,
	[OPT_SPEED] = CLI_OPTION_SPEED,
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_CONFIG] = {"--config", "FILE", "another configuration"},
	{NULL, NULL, NULL},
};

struct act {
	VEC(const char *) words; /* "plan", the action, the target, inputs */
	const char *config_path;
	bool is_json, is_demo;
	struct cli_world world;
	struct headless headless;
};

static int set_option(struct act *a, enum option_id id, const char *value)
{
	bool ok = true;

	switch (id) {
	case OPT_OUTPUT:
		a->is_json = strcmp(value, "json") == 0;
		ok = a->is_json || strcmp(value, "text") == 0;
		break;
	case OPT_DEMO:
		a->is_demo = true;
		break;
	case OPT_SEED:
	case OPT_SPEED:
	case OPT_AT:
	case OPT_FAULT:
		ok = cli_world_set(&a->world, option_table[id].name, value);
		break;
	case OPT_CONFIG:
		a->config_path = value;
		break;
	}
	return ok ? 0 : cli_wrong_value("act", option_table[id].name, value);
}

static int read_args(struct act *a, int argc, char **argv)
{
	struct cli_args args = {.argc = argc,
				.argv = argv,
				.options = option_table,
				.at = 1};
	int got, code = 0;

	while (code == 0 && (got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return err_exit_code(ERR_USAGE);
		if (got == CLI_WORD)
			vec_push(&a->words, args.value);
		else
			code = set_option(a, (enum option_id)got, args.value);
	}
	return code;
}

static int list(struct act *a)
{
	struct actions *actions = actions_new();
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, 1 << 20);
	act_print_list(&out, actions, a->is_json);
	cli_write(&out, &code);
	strbuf_fini(&out);
	actions_free(actions);
	return code;
}

/* NULL with err: none could be made. */
static struct plan *wait_for_plan(struct act *a, uint64_t id, bool *needs_second,
				  struct err *err)
{
	struct plan *plan = NULL;
	struct news *news;

	err_clear(err);
	while (!plan && err->code == ERR_NONE && (news = headless_next(&a->headless))) {
		if (news->mail.kind == NEWS_PLAN && news->request_id == id) {
			plan = news_take_plan(news);
			*needs_second = news->needs_second;
			*err = news->err;
		} else if (news->mail.kind == NEWS_PROBLEM) {
			*err = news->err;
		} else if (news->mail.kind == NEWS_BOARD &&
			   news->board->fetched_ms == 0) {
			*err = news->board->err;
		}
	}
	return plan;
}

static int make_plan(struct act *a, const struct action *action)
{
	struct headless *h = &a->headless;
	bool needs_second = false;
	struct plan *plan = NULL;
	struct strbuf out;
	struct err err;
	uint64_t id;
	int code = 0;

	if (!headless_start(h, &err))
		return cli_fail(&err);
	worker_want(h->worker, &action->board, 1);
	id = worker_plan(h->worker, a->words.p[1], a->words.p[2], a->words.p + 3,
			 a->words.n - 3);
	plan = wait_for_plan(a, id, &needs_second, &err);
	if (!plan)
		return cli_fail(&err);
	strbuf_init(&out, 1 << 20);
	act_print_plan(&out, plan, needs_second, a->is_json);
	cli_write(&out, &code);
	strbuf_fini(&out);
	plan_free(plan);
	return code;
}

static int plan_with(struct act *a, const struct action *action)
{
	const struct headless_options options = {.config = a->config_path,
						 .is_demo = a->is_demo,
						 .world = &a->world,
						 .by = env_user()};
	int code;

	headless_init(&a->headless, &options);
	code = make_plan(a, action);
	headless_fini(&a->headless);
	return code;
}

static int plan(struct act *a)
{
	struct actions *actions = actions_new();
	const struct action *action;
	struct err err;
	int code;

	if (a->words.n < 3) {
		actions_free(actions);
		return cli_usage("act",
				 "plan takes an action, a target and NAME=VALUE, not",
				 a->words.n > 1 ? a->words.p[1] : "");
	}
	action = actions_find(actions, str_from(a->words.p[1]));
	if (action) {
		code = plan_with(a, action);
	} else {
		err_set(&err, ERR_NOT_FOUND,
			"there is no action \"%.60s\"; `azdeck act list` has them",
			a->words.p[1]);
		code = cli_fail(&err);
	}
	actions_free(actions);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct act a = {.world = CLI_WORLD_DEFAULT};
	int code = read_args(&a, argc, argv);
	const char *what = a.words.n ? a.words.p[0] : "list";

	(void)clock;
	if (code == 0 && strcmp(what, "list") == 0)
		code = list(&a);
	else if (code == 0 && strcmp(what, "plan") == 0)
		code = plan(&a);
	else if (code == 0)
		code = cli_usage("act", "there is list and plan, no", what);
	vec_fini(&a.words);
	return code;
}

const struct cli_command cli_act_command = {
	.name = "act",
	.usage = "[list | plan ACTION TARGET [NAME=VALUE...]] [-o FORMAT] [--demo]",
	.help = "what can be changed, and what a change would do",
	.options = option_table,
	.run = run,
};
