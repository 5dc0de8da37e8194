/* Every action that ships, against the simulator: planned on a row of its board, run to
 * its end, seen to have helped, and back again by its undo; then with everything that can
 * go wrong on the way. What is asked to be changed is changed once. */
#include "unit/check.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "act/rights_look.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/file.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "fake/fake_loop.h"
#include "unit/action_bench.h"

#define START_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */

/* How each is tried: tests/unit/action_trials.txt says it. One that is not there fails. */
struct trial {
	char action[64], target[64];
	char choices[200]; /* "size=S2;n=3" */
	char before[200];  /* actions that have to be run on it first */
	int later_h;	   /* than the others, when there is one */
};

static void take(struct str *line, char *out, size_t size)
{
	struct str part = {.p = ""};

	str_next(line, '|', &part);
	snprintf(out, size, "%.*s", STR_ARG(part));
}

static const struct trial *trial_of(const struct action *action)
{
	static struct trial t;
	struct strbuf path, text;
	struct str rest, line;
	struct err err;

	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 16);
	strbuf_printf(&path, "%s/tests/unit/action_trials.txt",
		      getenv("AZ_SRCDIR") ? getenv("AZ_SRCDIR") : ".");
	if (!file_read(path.p, &text, &err))
		fail_msg("%s", err.text);
	rest = strbuf_str(&text);
	do {
		char which[64], hours[8];

		if (!str_next(&rest, '\n', &line))
			fail_msg("%s: nothing tries it", action->name);
		take(&line, t.action, sizeof(t.action));
		take(&line, t.target, sizeof(t.target));
		take(&line, which, sizeof(which));
		take(&line, t.choices, sizeof(t.choices));
		take(&line, t.before, sizeof(t.before));
		take(&line, hours, sizeof(hours));
		t.later_h = hours[0] - '0';
	} while (strcmp(t.action, action->name) != 0);
	for (char *c = t.choices; *c; c++)
		*c = *c == ' ' ? ';' : *c;
	strbuf_fini(&path);
	strbuf_fini(&text);
	return &t;
}

static cJSON *must_row(struct action_bench *b, const struct action *action,
		       const char *target)
{
	cJSON *scope = action_bench_row(b, action, target);

	if (!scope)
		fail_msg("%s: no row of %s for it (%s)", action->name, action->board,
			 target ? target : "any");
	return scope;
}

static struct plan *must_plan(struct action_bench *b, const struct action *action,
			      cJSON *scope, const char *choices)
{
	struct err err = {0};
	struct plan *plan = action_bench_plan(b, action, scope, choices, &err);

	if (!plan)
		fail_msg("%s: %s", action->name, err.text);
	return plan;
}

static void must_help(const struct action *action, const struct bench_run *run)
{
	if (run->outcome != RUN_HELPED)
		fail_msg("%s: %s: %s%s", action->name, run_outcome_name(run->outcome),
			 run->err.text, run->moved);
}

/* What its shows say of how it is, a line each. */
static void put_state(struct action_bench *b, const struct action *action,
		      const cJSON *scope, struct strbuf *out)
{
	struct err err;

	(void)b;
	for (size_t i = 0; i < action->n_shows; i++) {
		if (!scope_text(scope, action->shows[i].before, START_MS, out, &err))
			fail_msg("%s: %s", action->name, err.text);
		strbuf_putc(out, '\n');
	}
}

/* Of its undo: each input as the first plan's scope says it. */
static void put_choices(const struct action *action, const cJSON *scope,
			struct strbuf *out)
{
	const struct action_undo *undo = &action->undo;
	struct err err;

	for (size_t i = 0; i < undo->n; i++) {
		strbuf_printf(out, "%s%s=", i ? ";" : "", undo->names[i]);
		if (!scope_text(scope, undo->values[i], START_MS, out, &err))
			fail_msg("%s: %s", action->name, err.text);
	}
}

static void run_back(struct action_bench *b, const struct action *action,
		     const cJSON *first, const char *target)
{
	const struct action *undo =
		actions_find(b->kit->actions, str_from(action->undo.action));
	struct strbuf choices, before, after;
	struct bench_run run;
	struct plan *plan;
	cJSON *scope;

	strbuf_init(&choices, 4000);
	strbuf_init(&before, 4000);
	strbuf_init(&after, 4000);
	put_choices(action, first, &choices);
	put_state(b, action, first, &before);
	scope = must_row(b, undo, target);
	plan = must_plan(b, undo, scope, choices.p);
	action_bench_run(b, undo, plan, scope, &run);
	must_help(undo, &run);
	cJSON_Delete(scope);
	/* As it was. */
	scope = must_row(b, action, target);
	if (!action_bench_look(b, action, scope))
		fail_msg("%s: %s", action->name, b->look_err.text);
	cJSON_ReplaceItemInObjectCaseSensitive(
		scope, "input", cJSON_Duplicate(json_member(first, "input"), true));
	put_state(b, action, scope, &after);
	check_text(action->name, strbuf_str(&after), before.p);
	cJSON_Delete(scope);
	strbuf_fini(&choices);
	strbuf_fini(&before);
	strbuf_fini(&after);
}

static void prepare(struct action_bench *b, const struct trial *t, const char *target)
{
	struct str rest = str_from(t->before), name;

	while (rest.n && str_next(&rest, ' ', &name)) {
		const struct action *action = actions_find(b->kit->actions, name);
		struct bench_run run;
		struct plan *plan;
		cJSON *scope = must_row(b, action, target);

		plan = must_plan(b, action, scope, "");
		action_bench_run(b, action, plan, scope, &run);
		must_help(action, &run);
		cJSON_Delete(scope);
	}
}

static void test_there_and_back(void **state)
{
	const struct action_kit *kit = *state;
	const struct actions *list = kit->actions;

	for (size_t i = 0; i < actions_size(list); i++) {
		const struct trial *t = trial_of(actions_at(list, i));
		const struct action *action;
		struct action_bench b;
		struct bench_run run;
		struct plan *plan;
		char target[128];
		cJSON *scope;

		action_bench_init(&b, kit, START_MS + t->later_h * HOUR_MS);
		action = actions_at(b.kit->actions, i);
		prepare(&b, t, t->target);
		scope = must_row(&b, action, t->target);
		snprintf(target, sizeof(target), "%s",
			 json_text(json_member(scope, "row"), action->target));
		plan = must_plan(&b, action, scope, t->choices);
		action_bench_run(&b, action, plan, scope, &run);
		must_help(action, &run);
		assert_int_equal(run.taken, run.n_steps);
		for (size_t k = 0; k < run.n_steps; k++)
			assert_int_equal(run.sent[k], 1);
		printf("# %s: %s, %lld s\n", action->name, target,
		       (long long)run.took_ms / 1000);
		if (action->undo.action)
			run_back(&b, action, scope, target);
		cJSON_Delete(scope);
		action_bench_fini(&b);
	}
}

/* What comes of a run when its first request meets the fault. */
static void check_fault(const struct action *action, enum world_fault fault,
			const struct bench_run *run)
{
	bool is_twice = action->steps[0].is_safe_twice;
	enum run_outcome want = RUN_HELPED;
	bool is_refused = fault == WORLD_FAULT_CONFLICT || fault == WORLD_FAULT_CHANGED ||
			  fault == WORLD_FAULT_FORBIDDEN;
	int sent = fault == WORLD_FAULT_THROTTLED ? 2 : 1;

	if (is_refused)
		want = RUN_FAILED;
	if (fault == WORLD_FAULT_BROKEN)
		want = is_twice ? RUN_HELPED : RUN_UNKNOWN;
	if (fault == WORLD_FAULT_BROKEN && is_twice)
		sent = 2;
	if (run->outcome != want)
		fail_msg("%s, %s: %s, not %s: %s", action->name, world_fault_name(fault),
			 run_outcome_name(run->outcome), run_outcome_name(want),
			 run->err.text);
	/* Asked for so often, and done once or not at all. */
	if (run->taken != (want == RUN_HELPED ? run->n_steps : 0) || run->sent[0] != sent)
		fail_msg("%s, %s: sent %d times, taken %d times", action->name,
			 world_fault_name(fault), run->sent[0], (int)run->taken);
}

static void meet(const struct action_kit *kit, const struct trial *t, size_t i,
		 enum world_fault fault)
{
	const struct action *action;
	struct action_bench b;
	struct bench_run run;
	struct plan *plan;
	cJSON *scope;

	action_bench_init(&b, kit, START_MS + t->later_h * HOUR_MS);
	action = actions_at(b.kit->actions, i);
	prepare(&b, t, t->target);
	scope = must_row(&b, action, t->target);
	plan = must_plan(&b, action, scope, t->choices);
	b.trusts = true;
	world_http_fault(b.http, fault);
	action_bench_run(&b, action, plan, scope, &run);
	check_fault(action, fault, &run);
	cJSON_Delete(scope);
	action_bench_fini(&b);
}

static void test_faults(void **state)
{
	const struct action_kit *kit = *state;
	const struct actions *list = kit->actions;

	for (size_t i = 0; i < actions_size(list); i++) {
		const struct trial *t = trial_of(actions_at(list, i));

		for (int fault = WORLD_FAULT_NONE + 1; fault < WORLD_FAULT_COUNT; fault++)
			meet(kit, t, i, (enum world_fault)fault);
	}
}

struct told_rights {
	bool has_come;
	size_t n;
	char first[600];
};

static void rights_came(const char *const *missing, size_t n, void *ctx)
{
	struct told_rights *told = ctx;

	told->has_come = true;
	told->n = n;
	snprintf(told->first, sizeof(told->first), "%s", n ? missing[0] : "");
}

static const struct connection *bench_connection(void *ctx, enum conn_kind kind)
{
	const struct action_bench *b = ctx;

	return connections_find(&b->connections, kind, 0);
}

/* What Azure says beforehand of who asks. */
static void check_asked(struct action_bench *b, const struct action *action,
			const struct plan *plan, bool is_missing)
{
	const struct state_look_options options = {.api = b->api,
						   .loop = b->loop,
						   .connection = bench_connection,
						   .ctx = b};
	struct told_rights told = {0};
	struct right right;

	if (!right_of(&plan->requests[0], &right))
		return;
	if (strncmp(action->permission, "Microsoft.", 10) == 0 &&
	    !str_eq_nocase(str_from(right.action), str_from(action->permission)))
		fail_msg("%s: it needs %s, not %s", action->name, right.action,
			 action->permission);
	rights_look_start(&options, plan, rights_came, &told);
	for (int i = 0; !told.has_come && i < 100; i++)
		fake_loop_advance(b->loop, 1);
	assert_true(told.has_come);
	if ((told.n > 0) != (is_missing && right.is_askable) ||
	    (told.n && !strstr(told.first, "you have no right to ")))
		fail_msg("%s: %zu missing: %s", action->name, told.n, told.first);
}

/* Whose rights go by other books than Azure's. */
static bool has_roles(enum conn_kind kind)
{
	return kind == CONN_ARM || kind == CONN_K8S || kind == CONN_DEVOPS;
}

/* Who may only look: the plan says so, and the run is refused, which says what is
 * missing; nothing is sent again. */
static void test_no_right(void **state)
{
	const struct action_kit *kit = *state;

	for (size_t i = 0; i < actions_size(kit->actions); i++) {
		const struct action *action = actions_at(kit->actions, i);
		const struct trial *t = trial_of(action);
		struct action_bench b;
		struct bench_run run;
		struct plan *plan;
		cJSON *scope;

		if (!has_roles(action->steps[0].kind))
			continue;
		action_bench_init(&b, kit, START_MS + t->later_h * HOUR_MS);
		prepare(&b, t, t->target);
		scope = must_row(&b, action, t->target);
		plan = must_plan(&b, action, scope, t->choices);
		check_asked(&b, action, plan, false);
		b.world.as = "sg-finops";
		check_asked(&b, action, plan, true);
		action_bench_run(&b, action, plan, scope, &run);
		if (run.outcome != RUN_FAILED || run.err.http_status != 403 ||
		    run.sent[0] != 1 || run.taken)
			fail_msg("%s: %s: %s", action->name,
				 run_outcome_name(run.outcome), run.err.text);
		if (!strstr(run.err.text, action->steps[0].kind == CONN_ARM
						  ? ": ask for the role "
						  : "(it needs "))
			fail_msg("%s: %s", action->name, run.err.text);
		cJSON_Delete(scope);
		action_bench_fini(&b);
	}
}

/* Somebody was quicker: nothing is sent. */
static void test_moved(void **state)
{
	const struct action_kit *kit = *state;
	const struct actions *list = kit->actions;

	for (size_t i = 0; i < actions_size(list); i++) {
		const struct trial *t = trial_of(actions_at(list, i));
		const struct action *action;
		struct plan *first, *second;
		struct action_bench b;
		struct bench_run run;
		cJSON *scope;

		action_bench_init(&b, kit, START_MS + t->later_h * HOUR_MS);
		action = actions_at(b.kit->actions, i);
		prepare(&b, t, t->target);
		scope = must_row(&b, action, t->target);
		first = must_plan(&b, action, scope, t->choices);
		second = must_plan(&b, action, scope, t->choices);
		b.trusts = true;
		action_bench_run(&b, action, first, scope, &run);
		must_help(action, &run);
		action_bench_run(&b, action, second, scope, &run);
		if (run.outcome != RUN_DEAD || run.taken || run.sent[0])
			fail_msg("%s: %s, sent %d times", action->name,
				 run_outcome_name(run.outcome), run.sent[0]);
		cJSON_Delete(scope);
		action_bench_fini(&b);
	}
}

static int set_up(void **state)
{
	static struct action_kit kit;

	action_kit_init(&kit);
	*state = &kit;
	return 0;
}

static int tear_down(void **state)
{
	action_kit_fini(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_no_right),
		cmocka_unit_test(test_faults),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("shipped_actions", tests, set_up, tear_down);
}
