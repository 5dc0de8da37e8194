/* `azdeck act`: the actions there are, and what one would do to a target. Thread: the
 * main thread. */
#include <string.h>

#include "act/action.h"
#include "base/count.h"
#include "cli/act.h"
#include "cli/act_part.h"
#include "cli/act_print.h"
#include "cli/cli.h"
#include "worker/change/plans.h"

static bool set_output(const char *value, struct err *err, void *to)
{
	struct act *a = to;

	(void)err;
	a->is_json = strcmp(value, "json") == 0;
	a->is_report = strcmp(value, "markdown") == 0;
	return a->is_json || a->is_report || strcmp(value, "text") == 0;
}

static const struct cli_option option_table[] = {
	{"--output", "FORMAT", "text or json; of show markdown too", .set = set_output},
	{"--demo", NULL, "in the embedded Azure", CLI_INTO(struct act, is_demo)},
	CLI_OPTION_SEED(struct act),
	CLI_OPTION_SPEED(struct act),
	CLI_OPTION_AT(struct act),
	CLI_OPTION_FAULT(struct act),
	CLI_OPTION_AS(struct act),
	CLI_OPTION_CONFIG(struct act, config_path),
	{"--confirm", "NAME", "the name of the target: it is approved",
	 CLI_INTO(struct act, confirm)},
	{"--code", "CODE", "of somebody else who approves", CLI_INTO(struct act, code)},
	{"--why", "TEXT", "reject: why", CLI_INTO(struct act, why)},
	{"--read-only", NULL, "there is list and show, and nothing else",
	 CLI_INTO(struct act, is_read_only)},
	{"--wait", NULL, "run: until somebody has approved it",
	 CLI_INTO(struct act, waits)},
	{.name = NULL},
};

static bool add_word(const char *word, struct err *err, void *to)
{
	struct act *a = to;

	(void)err;
	vec_push(&a->words, word);
	return true;
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
static struct plan *wait_for_plan(struct act *a, const char *board, uint64_t id,
				  bool *needs_second, struct err *err)
{
	struct plan *plan = NULL;
	struct strbuf what;
	struct news *news;

	strbuf_init(&what, 200);
	strbuf_printf(&what, "the board %s, in which \"%.60s\" is looked for", board,
		      a->words.p[2]);
	headless_waits_for(&a->headless, what.p);
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
		} else if (news->mail.kind == NEWS_NOTE) {
			headless_tell_note(news);
		} else if (headless_has_come(news, board)) {
			headless_waits_for(&a->headless, "the state of it as it is now");
		}
	}
	headless_waits_for(&a->headless, NULL);
	strbuf_fini(&what);
	return plan;
}

struct plan *act_make_plan(struct act *a, bool *needs_second, struct err *err)
{
	struct actions *actions = actions_new();
	const struct action *action =
		a->words.n > 2 ? actions_find(actions, str_from(a->words.p[1])) : NULL;
	struct worker *worker = a->headless.worker;
	struct plan *plan = NULL;

	if (a->words.n < 3) {
		err_set(err, ERR_USAGE,
			"act: it takes an action, a target and NAME=VALUE; `azdeck help "
			"act` says more");
	} else if (!action) {
		err_set(err, ERR_NOT_FOUND,
			"there is no action \"%.60s\"; `azdeck act list` has them",
			a->words.p[1]);
	} else {
		worker_want(worker, &action->board, 1);
		plan = wait_for_plan(a, action->board,
				     worker_plan(worker, a->words.p[1], a->words.p[2],
						 a->words.p + 3, a->words.n - 3),
				     needs_second, err);
	}
	actions_free(actions);
	return plan;
}

static int plan(struct act *a)
{
	bool needs_second = false;
	struct plan *plan = NULL;
	struct strbuf out;
	struct err err;
	int code = 0;

	if (act_start(a, &err))
		plan = act_make_plan(a, &needs_second, &err);
	if (plan) {
		strbuf_init(&out, 1 << 20);
		act_print_plan(&out, plan, needs_second, a->is_json);
		cli_write(&out, &code);
		strbuf_fini(&out);
	} else {
		code = cli_fail(&err);
	}
	plan_free(plan);
	headless_fini(&a->headless);
	return code;
}

static const struct act_verb {
	const char *name;
	int (*run)(struct act *a);
	bool only_looks;
} verbs[] = {
	{.name = "list", .run = list, .only_looks = true},
	{.name = "plan", .run = plan},
	{.name = "propose", .run = act_propose},
	{.name = "approve", .run = act_approve},
	{.name = "run", .run = act_run},
	{.name = "show", .run = act_show, .only_looks = true},
	{.name = "stop", .run = act_stop},
	{.name = "reject", .run = act_reject},
	{.name = "forget", .run = act_forget},
};

static int refuse(const char *name)
{
	struct err err;

	err_set(&err, ERR_REFUSED, "act %s: with --read-only nothing is changed", name);
	return cli_fail(&err);
}

static int run_verb(struct act *a, const char *name)
{
	const char *names[COUNT(verbs)], *nearest;

	for (size_t i = 0; i < COUNT(verbs); i++) {
		names[i] = verbs[i].name;
		if (strcmp(verbs[i].name, name) != 0)
			continue;
		return a->is_read_only && !verbs[i].only_looks ? refuse(name)
							       : verbs[i].run(a);
	}
	nearest = cli_nearest(name, names, COUNT(verbs));
	return cli_usage("act", nearest ? nearest : "it has no word", name);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct act a = {.world = CLI_WORLD_DEFAULT};
	int code = cli_walk(&cli_act_command, argc, argv, &a);

	(void)clock;
	if (code == 0)
		code = run_verb(&a, a.words.n ? a.words.p[0] : "list");
	vec_fini(&a.words);
	return code;
}

const struct cli_command cli_act_command = {
	.name = "act",
	.usage = "[list | plan ACTION TARGET [NAME=VALUE...] | VERB CHANGE] [OPTION...]",
	.help = "what can be changed: plan, propose, approve, run, show, stop, reject",
	.options = option_table,
	.words = {.take = add_word},
	.run = run,
};
