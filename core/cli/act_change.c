/* `azdeck act propose`, `approve`, `run` and what else is done to changes. What comes of a
 * run is its exit code. Thread: the main thread. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/count.h"
#include "cli/act_part.h"
#include "cli/act_print.h"
#include "cli/cli.h"
#include "config/env.h"
#include "worker/change/plans.h"

/* A plan says what it had to do without. */
enum { OPTIONAL_MS = 5000 };

bool act_start(struct act *a, struct err *err)
{
	const struct headless_options options = {.config = a->config_path,
						 .is_demo = a->is_demo,
						 .world = &a->world,
						 .by = a->is_read_only ? NULL
								       : env_user(),
						 .shows_changes = true,
						 .optional_ms = OPTIONAL_MS};

	headless_init(&a->headless, &options);
	return headless_start(&a->headless, err);
}

bool act_wait_order(struct act *a, uint64_t id, struct err *err)
{
	struct news *news;

	while ((news = headless_next(&a->headless))) {
		headless_tell_note(news);
		*err = news->err;
		if (news->mail.kind == NEWS_CHANGE && news->request_id == id)
			return err->code == ERR_NONE;
		if (news->mail.kind == NEWS_PROBLEM)
			return false;
	}
	return err_set(err, ERR_CANCELLED, "nobody waits for it any more");
}

/* The next list; the caller's. */
static struct changes *next_changes(struct act *a, struct err *err)
{
	struct news *news;

	err_clear(err);
	while ((news = headless_next(&a->headless))) {
		headless_tell_note(news);
		if (news->mail.kind == NEWS_CHANGES)
			return news_take_changes(news);
		if (news->mail.kind != NEWS_PROBLEM)
			continue;
		*err = news->err;
		return NULL;
	}
	err_set(err, ERR_CANCELLED, "nobody waits for it any more");
	return NULL;
}

static int print_change(struct act *a, const struct act_change *change)
{
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, 1 << 20);
	if (a->is_report && change->steps)
		act_print_report(&out, change);
	else
		act_print_change(&out, change, a->is_json);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

/* What a word means of those there are. */
static const struct act_change *find(const struct changes *changes, const char *word,
				     struct err *err)
{
	const struct act_change *change = changes_find(changes, str_from(word));

	if (!change)
		err_set(err, ERR_NOT_FOUND,
			"there is no change \"%.40s\"; `azdeck act show` has them", word);
	return change;
}

static bool find_id(struct act *a, const char *word, char id[PLAN_ID_BYTES + 1],
		    enum change_state *state, struct err *err)
{
	struct changes *changes = next_changes(a, err);
	const struct act_change *change = changes ? find(changes, word, err) : NULL;

	if (change) {
		snprintf(id, PLAN_ID_BYTES + 1, "%s", change->plan->id);
		*state = change->state;
	}
	changes_put(changes);
	return change != NULL;
}

/* How it stands once the worker has told; the exit code. */
static int print_state(struct act *a, const char *id)
{
	struct err err;
	struct changes *changes = next_changes(a, &err);
	const struct act_change *change =
		changes ? changes_find(changes, str_from(id)) : NULL;
	int code = 0;

	if (!changes)
		code = cli_fail(&err);
	else if (change)
		code = print_change(a, change);
	changes_put(changes);
	return code;
}

typedef uint64_t (*order_fn)(struct act *a, const char *id);

static int order(struct act *a, order_fn give)
{
	enum change_state state;
	char id[PLAN_ID_BYTES + 1];
	struct err err;
	int code;

	if (a->words.n != 2)
		return cli_usage("act", "it takes the id of one change, not",
				 a->words.n > 2 ? a->words.p[2] : "");
	if (act_start(a, &err) && find_id(a, a->words.p[1], id, &state, &err) &&
	    act_wait_order(a, give(a, id), &err))
		code = print_state(a, id);
	else
		code = cli_fail(&err);
	headless_fini(&a->headless);
	return code;
}

static uint64_t give_stop(struct act *a, const char *id)
{
	return worker_change_stop(a->headless.worker, id);
}

static uint64_t give_reject(struct act *a, const char *id)
{
	return worker_change_reject(a->headless.worker, id, a->why ? a->why : "");
}

static uint64_t give_forget(struct act *a, const char *id)
{
	return worker_change_forget(a->headless.worker, id);
}

static uint64_t give_approval(struct act *a, const char *id)
{
	return worker_change_approve(a->headless.worker, id,
				     a->code ? a->code : a->confirm);
}

int act_stop(struct act *a)
{
	return order(a, give_stop);
}

int act_reject(struct act *a)
{
	return order(a, give_reject);
}

int act_forget(struct act *a)
{
	return order(a, give_forget);
}

/* With an approval it is one's own change; a plan of somebody else is signed. */
int act_approve(struct act *a)
{
	if (a->words.n != 2)
		return cli_usage("act",
				 "approve takes one change, or the file of a plan, not",
				 a->words.n > 2 ? a->words.p[2] : "");
	if (changes_is_id(str_from(a->words.p[1])) && (a->confirm || a->code))
		return order(a, give_approval);
	if (changes_is_id(str_from(a->words.p[1])))
		return cli_usage("act",
				 "one's own change needs --confirm NAME, or --code CODE "
				 "of who approves it:",
				 a->words.p[1]);
	return act_sign(a, a->words.p[1]);
}

static bool propose(struct act *a, char id[PLAN_ID_BYTES + 1], struct err *err)
{
	bool needs_second = false;
	struct plan *plan = act_make_plan(a, &needs_second, err);
	bool ok;

	if (!plan)
		return false;
	snprintf(id, PLAN_ID_BYTES + 1, "%s", plan->id);
	plan_free(plan);
	ok = act_wait_order(a, worker_propose(a->headless.worker, id), err);
	if (ok && a->confirm)
		ok = act_wait_order(a,
				    worker_change_approve(a->headless.worker, id,
							  a->confirm),
				    err);
	if (ok && a->code)
		ok = act_wait_order(
			a, worker_change_approve(a->headless.worker, id, a->code), err);
	return ok;
}

int act_propose(struct act *a)
{
	char id[PLAN_ID_BYTES + 1];
	struct err err;
	int code;

	if (act_start(a, &err) && propose(a, id, &err))
		code = print_state(a, id);
	else
		code = cli_fail(&err);
	headless_fini(&a->headless);
	return code;
}

static int show(struct act *a, const struct changes *changes)
{
	const char *word = a->words.n == 2 ? a->words.p[1] : NULL;
	const struct act_change *change = NULL;
	struct strbuf out;
	struct err err;
	int code = 0;

	if (word)
		change = find(changes, word, &err);
	if (word)
		return change ? print_change(a, change) : cli_fail(&err);
	strbuf_init(&out, 8 << 20);
	act_print_changes(&out, changes, a->is_json, clock_wall_ms(&a->headless.clock));
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

int act_show(struct act *a)
{
	struct changes *changes = NULL;
	struct err err;
	int code;

	if (a->words.n > 2)
		return cli_usage("act", "show takes one change, not", a->words.p[2]);
	if (act_start(a, &err))
		changes = next_changes(a, &err);
	code = changes ? show(a, changes) : cli_fail(&err);
	changes_put(changes);
	headless_fini(&a->headless);
	return code;
}

static int exit_of(const struct act_change *change)
{
	static const int codes[] = {
		[RUN_GOING] = EXIT_UNKNOWN,
		[RUN_HELPED] = 0,
		[RUN_DID_NOT_HELP] = EXIT_NOT_HELPED,
		[RUN_FAILED] = 5,
		[RUN_DEAD] = 5,
		[RUN_STOPPED] = EXIT_NOT_HELPED,
		[RUN_UNKNOWN] = EXIT_UNKNOWN,
	};

	return codes[change->outcome];
}

/* A line on standard error each time it stands otherwise. */
static void tell_progress(const struct act_change *change, struct strbuf *before)
{
	struct strbuf line;

	strbuf_init(&line, 1000);
	act_print_progress(&line, change);
	if (strcmp(line.p, before->p) != 0)
		fprintf(stderr, "%s\n", line.p);
	strbuf_reset(before);
	strbuf_puts(before, line.p);
	strbuf_fini(&line);
}

/* Until it may be run; false where it never will be, or with err. */
static bool wait_for_approval(struct act *a, const char *id, struct err *err)
{
	enum change_state state = CHANGE_PROPOSED;
	struct strbuf before;

	strbuf_init(&before, 1000);
	while (state == CHANGE_PROPOSED) {
		struct changes *changes = next_changes(a, err);
		const struct act_change *change = changes ? find(changes, id, err) : NULL;

		if (change)
			tell_progress(change, &before);
		state = change ? change->state : CHANGE_STATES;
		changes_put(changes);
	}
	strbuf_fini(&before);
	return state == CHANGE_APPROVED ||
	       (state < CHANGE_STATES &&
		err_set(err, ERR_REFUSED, "the change %s is %s: it cannot be run", id,
			change_state_name(state)));
}

static int follow(struct act *a, const char *id)
{
	struct strbuf before;
	struct err err;
	int code = -1;

	strbuf_init(&before, 1000);
	while (code < 0) {
		struct changes *changes = next_changes(a, &err);
		const struct act_change *change =
			changes ? changes_find(changes, str_from(id)) : NULL;

		if (!changes) {
			code = cli_fail(&err);
		} else if (change && change->state == CHANGE_ENDED) {
			code = print_change(a, change);
			code = code ? code : exit_of(change);
		} else if (change) {
			tell_progress(change, &before);
		}
		changes_put(changes);
	}
	strbuf_fini(&before);
	return code;
}

/* What is said when somebody stops following a run, which goes on without them. */
static char farewell[240];

static void leave(int number)
{
	ssize_t unheard = write(STDERR_FILENO, farewell, strlen(farewell));

	(void)unheard;
	signal(number, SIG_DFL);
	raise(number);
}

/* The demo's goes with this process. */
static void say_on_leaving(const struct act *a, const char *id)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = leave, .sa_flags = SA_NODEFER};

	if (a->is_demo)
		return;
	snprintf(farewell, sizeof(farewell),
		 "\nazdeck: nobody follows %s any more, and what was sent goes on: "
		 "`azdeck "
		 "act run %s` goes on with it, `azdeck act show %s` says how it stands\n",
		 id, id, id);
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaction(signals[i], &action, NULL);
}

/* A change that is there, or all of it at once: planned, proposed, approved, run. */
int act_run(struct act *a)
{
	enum change_state state = CHANGE_PROPOSED;
	char id[PLAN_ID_BYTES + 1];
	struct err err;
	bool ok;
	int code;

	if (a->words.n < 2)
		return cli_usage("act",
				 "run takes a change, or an action, a target and "
				 "NAME=VALUE, not",
				 "");
	ok = act_start(a, &err);
	if (ok && a->words.n == 2)
		ok = find_id(a, a->words.p[1], id, &state, &err);
	else if (ok)
		ok = propose(a, id, &err);
	if (ok && a->waits && state == CHANGE_PROPOSED)
		ok = wait_for_approval(a, id, &err);
	if (ok)
		say_on_leaving(a, id);
	if (ok)
		ok = act_wait_order(a, worker_change_run(a->headless.worker, id), &err);
	code = ok ? follow(a, id) : cli_fail(&err);
	headless_fini(&a->headless);
	return code;
}
