/* Acting on a row: what is offered, what a plan says, and above all what does not run
 * anything. */
#include "unit/check.h"

#include "base/count.h"
#include "base/utf8.h"
#include "screen/change_stage.h"

static const struct stage_options small = {.w = 80, .h = 24};

static void open_plan(struct change_stage *c, const struct stage_options *options,
		      bool needs_second)
{
	change_stage_init(c, options);
	change_stage_ask_plan(c);
	change_stage_give_plan(c, needs_second);
}

static void test_offers(void **state)
{
	struct change_stage c;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_open_board(&c);
	stage_keys(&c.stage, "x");
	assert_true(stage_shows(&c.stage, "What can be done to atlas-audit"));
	assert_true(stage_shows(&c.stage, "Scale the database"));
	assert_true(stage_shows(&c.stage, "low risk: its name, typed"));
	stage_keys(&c.stage, "esc down x");
	assert_true(stage_shows(&c.stage, "only where status =="));
	stage_keys(&c.stage, "enter");
	assert_true(stage_shows(&c.stage, "What can be done to pooled"));
	assert_string_equal(c.stage.changed.p, "");
	change_stage_fini(&c);
}

/* Where else a row is seen, the same is offered: in its detail, by a row that stands for
 * it, by one with a link to it alone. */
static void test_behind(void **state)
{
	struct change_stage c;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_open_board(&c);
	stage_keys(&c.stage, "enter x");
	assert_true(stage_shows(&c.stage, "What can be done to atlas-audit"));
	change_stage_give(
		&c, "attention",
		"{\"attention\":{\"rows\":[{\"what\":\"atlas-audit\",\"state\":"
		"\"critical\",\"board\":\"sql\",\"title\":\"SQL\",\"key\":"
		"\"/subscriptions/s/resourcegroups/g/providers/microsoft.sql/servers"
		"/v/databases/atlas-audit\"}]}}");
	stage_keys(&c.stage, ": 'attention' enter x");
	assert_true(stage_shows(&c.stage, "What can be done to atlas-audit"));
	stage_keys(&c.stage, "esc");
	change_stage_give(&c, "sql-schedules",
			  "{\"schedules\":{\"rows\":[{\"kind\":\"database\",\"name\":"
			  "\"atlas-audit\",\"server\":\"v\",\"drift\":\"larger\"},"
			  "{\"kind\":\"database\",\"name\":\"gone\",\"server\":\"v\","
			  "\"drift\":\"as intended\"}]}}");
	stage_keys(&c.stage, ": 'sql-schedules' enter x");
	assert_true(stage_shows(&c.stage, "What can be done to atlas-audit"));
	stage_keys(&c.stage, "esc down x");
	assert_true(stage_shows(&c.stage, "there is no action for this row"));
	/* What its schedule wants is chosen already, and goes into the plan. */
	change_stage_give(&c, "sql-schedules",
			  "{\"schedules\":{\"rows\":[{\"kind\":\"database\",\"name\":"
			  "\"atlas-audit\",\"server\":\"v\",\"drift\":\"larger\","
			  "\"status\":\"Online\",\"want\":\"S0\"}]}}");
	stage_keys(&c.stage, "up x enter");
	assert_true(stage_shows(&c.stage, "Scale the database: atlas-audit"));
	assert_true(stage_shows(&c.stage, "S0"));
	assert_false(stage_shows(&c.stage, "(must be given)"));
	stage_keys(&c.stage, "enter");
	assert_string_equal(c.stage.changed.p,
			    "plan sql-scale "
			    "/subscriptions/s/resourcegroups/g/providers/microsoft.sql/"
			    "servers/v/databases/atlas-audit size=S0\n");
	change_stage_fini(&c);
}

static void test_form(void **state)
{
	struct change_stage c;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_open_board(&c);
	stage_keys(&c.stage, "x enter");
	assert_true(stage_shows(&c.stage, "(must be given)"));
	stage_keys(&c.stage, "up up enter");
	assert_true(stage_shows(&c.stage, "must be given"));
	assert_string_equal(c.stage.changed.p, "");
	stage_keys(&c.stage, "enter 'S3' enter up enter");
	assert_string_equal(c.stage.changed.p,
			    "plan sql-scale "
			    "/subscriptions/s/resourcegroups/g/providers/microsoft.sql/"
			    "servers/v/databases/atlas-audit size=S3\n");
	assert_true(stage_shows(&c.stage, "The live state is read; nothing is changed."));
	change_stage_fini(&c);
}

/* Digits and letters are keys elsewhere: on a field they are what is typed. */
static void test_types_into_field(void **state)
{
	struct change_stage c;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_open_board(&c);
	stage_keys(&c.stage, "x enter '2q?' enter");
	assert_true(stage_shows(&c.stage, "2q?"));
	assert_true(stage_shows(&c.stage, "Scale the database"));
	/* The line above is no field: there a key does what it does. */
	stage_keys(&c.stage, "up up '?'");
	assert_false(stage_shows(&c.stage, "Make the plan"));
	change_stage_fini(&c);
}

static void test_plan_looks(void **state)
{
	struct change_stage c;

	(void)state;
	open_plan(&c, &small, false);
	stage_golden(&c.stage, "plan-80x24");
	change_stage_fini(&c);
	open_plan(&c, &(struct stage_options){.w = 120, .h = 40}, true);
	stage_golden(&c.stage, "plan-second-120x40");
	change_stage_fini(&c);
	open_plan(&c, &(struct stage_options){.w = 80, .h = 24, .is_ascii = true}, false);
	stage_keys(&c.stage, "end");
	stage_golden(&c.stage, "plan-ascii");
	change_stage_fini(&c);
}

static void test_no_plan(void **state)
{
	struct change_stage c;
	struct err err;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_ask_plan(&c);
	stage_keys(&c.stage, "r");
	assert_true(stage_shows(&c.stage, "there is no plan yet"));
	err_set(&err, ERR_REFUSED, "frozen until Monday");
	app_give_plan(c.stage.app, c.stage.last_id, NULL, false, &err);
	stage_draw(&c.stage);
	assert_true(stage_shows(&c.stage, "frozen until Monday"));
	strbuf_reset(&c.stage.changed);
	stage_keys(&c.stage, "u");
	assert_non_null(strstr(c.stage.changed.p, "plan sql-scale"));
	change_stage_fini(&c);
}

/* Whatever is pressed here, nothing is asked of the worker. */
static const struct misuse {
	const char *name, *keys, *paste, *then, *says;
} misuses[] = {
	{.name = "enter", .keys = "enter enter enter"},
	{.name = "run alone", .keys = "r"},
	{.name = "an empty line", .keys = "r enter"},
	{.name = "yes", .keys = "r 'y' enter", .says = "that is not atlas-audit"},
	{.name = "another name",
	 .keys = "r 'atlas-orders' enter",
	 .says = "nothing was done"},
	{.name = "a part of it", .keys = "r 'atlas' enter", .says = "nothing was done"},
	{.name = "in capitals",
	 .keys = "r 'ATLAS-AUDIT' enter",
	 .says = "nothing was done"},
	{.name = "pasted",
	 .keys = "r",
	 .paste = "atlas-audit",
	 .then = "enter",
	 .says = "type it"},
	{.name = "pasted at its end",
	 .keys = "r 'atlas-'",
	 .paste = "audit",
	 .then = "enter",
	 .says = "type it"},
	{.name = "pasted without a prompt", .paste = "r\natlas-audit\n"},
	{.name = "left again", .keys = "r 'atlas-audit' esc enter"},
	{.name = "pasted to approve",
	 .keys = "a",
	 .paste = "atlas-audit",
	 .then = "enter",
	 .says = "type it"},
	{.name = "recalled",
	 .keys = "r 'x' enter r up",
	 .then = "enter",
	 .says = "type it"},
	{.name = "stop without a run", .keys = "s y", .says = "nobody has proposed it"},
	{.name = "forget and no", .keys = "f n"},
};

static void test_misuse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(misuses); i++) {
		const struct misuse *m = &misuses[i];
		struct change_stage c;

		open_plan(&c, &small, false);
		if (m->keys)
			stage_keys(&c.stage, m->keys);
		if (m->paste)
			change_stage_paste(&c, m->paste);
		if (m->then)
			stage_keys(&c.stage, m->then);
		check_case(m->name, c.stage.changed.n == 0);
		check_case(m->name, !m->says || stage_shows(&c.stage, m->says));
		change_stage_fini(&c);
	}
}

/* Typed, its name proposes, approves and runs, each once the one before is done. */
static void test_run(void **state)
{
	struct change_stage c;

	(void)state;
	open_plan(&c, &small, false);
	stage_keys(&c.stage, "r 'atlas-audit' enter");
	assert_int_equal(str_starts(strbuf_str(&c.stage.changed), STR("propose ")), true);
	change_stage_answer(&c, NULL);
	assert_non_null(strstr(c.stage.changed.p, "\napprove "));
	assert_non_null(strstr(c.stage.changed.p, " atlas-audit\n"));
	assert_null(strstr(c.stage.changed.p, "\nrun "));
	change_stage_answer(&c, NULL);
	assert_non_null(strstr(c.stage.changed.p, "\nrun "));
	change_stage_answer(&c, NULL);
	assert_true(stage_shows(&c.stage, "it runs"));
	change_stage_fini(&c);
}

/* A refusal on the way ends it, and the next try begins anew. */
static void test_refused(void **state)
{
	struct change_stage c;

	(void)state;
	open_plan(&c, &small, false);
	stage_keys(&c.stage, "r 'atlas-audit' enter");
	change_stage_answer(&c, NULL);
	change_stage_answer(&c, "size was S2, is P1 now");
	assert_null(strstr(c.stage.changed.p, "run "));
	assert_true(stage_shows(&c.stage, "size was S2, is P1 now"));
	change_stage_fini(&c);
}

static void test_expired(void **state)
{
	struct change_stage c;

	(void)state;
	open_plan(&c, &small, false);
	change_stage_wait(&c, 29 * 60000);
	stage_keys(&c.stage, "r 'atlas-audit'");
	change_stage_wait(&c, 61000);
	assert_true(stage_shows(&c.stage, "EXPIRED: it cannot be run any more"));
	stage_keys(&c.stage, "enter");
	assert_string_equal(c.stage.changed.p, "");
	assert_true(stage_shows(&c.stage, "the plan has expired"));
	stage_keys(&c.stage, "r a p");
	assert_string_equal(c.stage.changed.p, "");
	change_stage_fini(&c);
}

/* It needs somebody else: proposed, a code that may be pasted, and then its name. */
static void test_second(void **state)
{
	struct change_stage c;
	struct act_change change = {.state = CHANGE_PROPOSED, .needs_second = true};

	(void)state;
	open_plan(&c, &small, true);
	stage_keys(&c.stage, "r");
	assert_true(stage_shows(&c.stage, "a second person approves it first"));
	stage_keys(&c.stage, "a 'atlas-audit' enter");
	assert_string_equal(c.stage.changed.p, "");
	stage_keys(&c.stage, "p");
	change_stage_answer(&c, NULL);
	assert_true(stage_shows(&c.stage, "it waits for its approval"));
	change.plan = change_stage_plan(&c);
	change_stage_list(&c, &change);
	change_stage_wait(&c, 20000); /* what was said goes */
	assert_true(stage_shows(&c.stage, "azdeck act approve"));
	assert_true(stage_shows(&c.stage, "1 waits"));
	strbuf_reset(&c.stage.changed);
	stage_keys(&c.stage, "a");
	change_stage_paste(&c, "aza1-code");
	stage_keys(&c.stage, "enter");
	assert_non_null(strstr(c.stage.changed.p, "approve "));
	assert_non_null(strstr(c.stage.changed.p, " aza1-code\n"));
	change_stage_answer(&c, NULL);
	assert_null(strstr(c.stage.changed.p, "run "));
	change.state = CHANGE_APPROVED;
	change_stage_list(&c, &change);
	strbuf_reset(&c.stage.changed);
	stage_keys(&c.stage, "r 'atlas-audit' enter");
	assert_int_equal(str_starts(strbuf_str(&c.stage.changed), STR("run ")), true);
	plan_free((struct plan *)(uintptr_t)change.plan);
	change_stage_fini(&c);
}

static struct act_change running(struct change_stage *c, struct run_step *steps)
{
	int64_t now_ms = clock_wall_ms(&c->stage.clock);

	steps[0] = (struct run_step){.end = STEP_DONE,
				     .sent = 1,
				     .sent_ms = now_ms - 80000,
				     .ended_ms = now_ms - 20000,
				     .percent = -1};
	steps[1] = (struct run_step){.sent = 1,
				     .sent_ms = now_ms - 20000,
				     .percent = 42,
				     .word = "InProgress"};
	return (struct act_change){
		.plan = change_stage_plan(c),
		.state = CHANGE_FOLLOWING,
		.is_ours = true,
		.approvers = {{.who = "anna", .at_ms = now_ms - 90000}},
		.n_approvers = 1,
		.began_ms = now_ms - 85000,
		.step = 1,
		.steps = steps,
	};
}

static void test_is_followed(void **state)
{
	struct change_stage c;
	struct run_step steps[PLAN_MOST] = {{.end = STEP_OPEN}};
	struct act_change change;

	(void)state;
	open_plan(&c, &small, false);
	change = running(&c, steps);
	change_stage_list(&c, &change);
	stage_golden(&c.stage, "run-80x24");
	assert_int_equal(app_next_tick_ms(c.stage.app),
			 clock_mono_ms(&c.stage.clock) + 1000);
	stage_keys(&c.stage, "r");
	assert_true(stage_shows(&c.stage, "it is past that"));
	stage_keys(&c.stage, "s");
	assert_true(stage_shows(&c.stage, "y: yes, any other key: no"));
	assert_string_equal(c.stage.changed.p, "");
	stage_keys(&c.stage, "y");
	assert_non_null(strstr(c.stage.changed.p, "stop "));
	change.state = CHANGE_ENDED;
	change.outcome = RUN_DID_NOT_HELP;
	change.ended_ms = change.began_ms + 600000;
	steps[1].end = STEP_DONE;
	change_stage_list(&c, &change);
	stage_golden(&c.stage, "run-ended-80x24");
	change.outcome = RUN_DEAD;
	change.moved = "size was S2, is P1 now";
	change_stage_list(&c, &change);
	assert_true(stage_shows(&c.stage, "what moved  size was S2, is P1 now"));
	plan_free((struct plan *)(uintptr_t)change.plan);
	change_stage_fini(&c);
}

static void test_list(void **state)
{
	struct change_stage c;
	struct act_change change = {.state = CHANGE_PROPOSED, .needs_second = true};

	(void)state;
	change_stage_init(&c, &small);
	stage_keys(&c.stage, "P");
	assert_true(stage_shows(&c.stage, "Nothing is proposed, and nothing runs."));
	stage_keys(&c.stage, "r");
	change.plan = change_stage_plan(&c);
	change_stage_list(&c, &change);
	change_stage_wait(&c, 20000);
	stage_golden(&c.stage, "proposals-80x24");
	/* What is approved or rejected there is seen first. */
	stage_keys(&c.stage, "d");
	assert_true(stage_shows(&c.stage, "IT DIES WHEN") ||
		    stage_shows(&c.stage, "WHAT WILL BE SENT"));
	assert_string_equal(c.stage.changed.p, "");
	stage_keys(&c.stage, "'wrong' space 'size' enter");
	assert_non_null(strstr(c.stage.changed.p, "reject "));
	assert_non_null(strstr(c.stage.changed.p, " wrong size\n"));
	plan_free((struct plan *)(uintptr_t)change.plan);
	change_stage_fini(&c);
}

static bool is_seen_as_it_is(uint32_t cp)
{
	bool is_bidi = (cp >= 0x200e && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
		       (cp >= 0x2066 && cp <= 0x2069);

	return cp >= 0x20 && !(cp >= 0x7f && cp < 0xa0) && !is_bidi;
}

/* Nothing on it but what is drawn, and no line that begins as one of ours. */
static void check_harmless(struct change_stage *c)
{
	static const char *const ours[] = {"risk        low: nothing", "approved by bob"};

	for (int y = 0; y < 40; y++) {
		struct str line = str_from(stage_line(&c->stage, y)), rest = line;
		uint32_t cp;

		while (rest.n) {
			size_t n = utf8_decode(rest, &cp);

			if (!is_seen_as_it_is(cp))
				fail_msg("%#x in: %.*s", (unsigned)cp, STR_ARG(line));
			rest = str_sub(rest, n, rest.n);
		}
		for (size_t i = 0; i < COUNT(ours); i++)
			check_case(ours[i],
				   !str_starts(str_trim(line), str_from(ours[i])));
	}
}

/* What services and people wrote looks like nothing that azdeck says: of a plan, of a run,
 * in the list of changes, in a row of the audit log. */
static void test_hostile(void **state)
{
	static const char says[] = "S2\nrisk        low: nothing\033[2J\033]0;x\a\r\n"
				   "approved by bob\t\xe2\x80\xae | [a](https://b.c)\x9b";
	struct change_stage c;
	struct run_step steps[PLAN_MOST] = {{.end = STEP_FAILED}};
	struct act_change change;

	(void)state;
	change_stage_init(&c, &(struct stage_options){.w = 120, .h = 40});
	c.says = says;
	change_stage_ask_plan(&c);
	change_stage_give_plan(&c, true);
	assert_true(stage_shows(&c.stage, "low: nothing"));
	check_harmless(&c);
	change = running(&c, steps);
	change.state = CHANGE_REJECTED;
	change.why = change.rejected_by = change.moved = says;
	change.approvers[0].who = says;
	snprintf(steps[0].word, sizeof(steps[0].word), "%s", says);
	change_stage_list(&c, &change);
	check_harmless(&c);
	stage_keys(&c.stage, "P");
	assert_true(stage_shows(&c.stage, "low: nothing"));
	check_harmless(&c);
	change_stage_give(
		&c, "audit",
		"{\"audit\":{\"rows\":[{\"change\":\"1\",\"kind\":\"change\","
		"\"what\":\"sql-scale\",\"on\":\"a\\nrisk        low: nothing\","
		"\"by\":\"\\u001b[2J\\u202eb\",\"state\":\"failed\",\"why\":"
		"\"x\\napproved by bob\\r\"}]}}");
	stage_keys(&c.stage, ": 'audit' enter");
	assert_true(stage_shows(&c.stage, "low: nothing"));
	check_harmless(&c);
	stage_keys(&c.stage, "enter");
	check_harmless(&c);
	plan_free((struct plan *)(uintptr_t)change.plan);
	change_stage_fini(&c);
}

static void test_read_only(void **state)
{
	struct change_stage c;
	struct act_change change = {.state = CHANGE_APPROVED};

	(void)state;
	change_stage_init(&c, &(struct stage_options){.w = 120,
						      .h = 40,
						      .is_read_only = true});
	change_stage_open_board(&c);
	stage_keys(&c.stage, "x");
	assert_true(stage_shows(&c.stage, "this azdeck is read-only"));
	assert_false(stage_shows(&c.stage, "What can be done"));
	change.plan = change_stage_plan(&c);
	change_stage_list(&c, &change);
	stage_keys(&c.stage, "P");
	assert_true(stage_shows(&c.stage, "atlas-audit"));
	assert_false(stage_shows(&c.stage, "r run"));
	stage_keys(&c.stage, "enter r 'atlas-audit' enter");
	assert_string_equal(c.stage.changed.p, "");
	stage_keys(&c.stage, ": 'run' enter 'atlas-audit' enter ?");
	assert_string_equal(c.stage.changed.p, "");
	assert_false(stage_shows(&c.stage, "asks for its name"));
	plan_free((struct plan *)(uintptr_t)change.plan);
	change_stage_fini(&c);
}

/* Of another moment nothing is offered: what one sees is not what is. */
static void test_past(void **state)
{
	struct change_stage c;

	(void)state;
	change_stage_init(&c, &small);
	change_stage_open_board(&c);
	app_moved(c.stage.app,
		  &(struct moment){.at_ms = clock_wall_ms(&c.stage.clock) - 3600000});
	stage_keys(&c.stage, "x");
	assert_true(stage_shows(&c.stage, "this is the past"));
	change_stage_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offers),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_types_into_field),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_plan_looks),
		cmocka_unit_test(test_no_plan),
		cmocka_unit_test(test_misuse),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_expired),
		cmocka_unit_test(test_second),
		cmocka_unit_test(test_is_followed),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_past),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
