/* Runs: killed at every point, with every answer lost or refused, nothing is done twice
 * and nothing that was done is denied. */
#include "unit/check.h"

#include <sodium.h>
#include <stdlib.h>

#include "act/run.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"

#define NOW_MS 1773224430000LL

static const char text[] =
	"{\"title\":\"Scale it\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","
	"\"risk\":\"low\",\"permission\":\"p\","
	"\"inputs\":{\"size\":{\"title\":\"new size\"}},"
	"\"reads\":{\"db\":{\"get\":\"/a\"}},"
	"\"bound_to\":[{\"name\":\"size\",\"title\":\"size\",\"value\":\"db.size\"}],"
	"\"shows\":[{\"title\":\"size\",\"before\":\"db.size\",\"after\":\"input.size\"}]"
	","
	"\"steps\":[{\"name\":\"one\",\"title\":\"ask\",\"post\":\"/"
	"a\",\"done\":\"db.size "
	"== input.size\"},"
	"{\"name\":\"two\",\"title\":\"mark\",\"put\":\"/b\",\"done\":\"db.tag == "
	"'set'\",\"safe_twice\":true}],"
	"\"verify\":{\"text\":\"t\",\"holds\":\"row\",\"within\":\"10m\"},"
	"\"undo\":{\"why\":\"w\"}}";

/* What is outside, and what goes wrong on the way to it. */
enum fault {
	FAULT_NONE,
	FAULT_LOST_BEFORE, /* the request never arrives, and nobody says so */
	FAULT_LOST_AFTER,  /* it is done; the answer is lost */
	FAULT_500_BEFORE,
	FAULT_500_AFTER,
	FAULT_429, /* once */
	FAULT_409,
	FAULT_412,
	FAULT_COUNT
};

struct world {
	enum fault fault;
	int at_step; /* that it is about */
	bool was_faulty;
	bool is_large, is_tagged;
	int done[2]; /* times each step was done */
};

struct process {
	struct world *world;
	struct action *action;
	struct run run;
	struct strbuf saved;
	int point, kill_at;
	bool is_dead;
	int64_t now_ms;
};

/* Power may go here. */
static bool lives(struct process *p)
{
	p->is_dead = p->is_dead || p->point++ == p->kill_at;
	return !p->is_dead;
}

static void save(struct process *p)
{
	if (!lives(p))
		return;
	strbuf_reset(&p->saved);
	run_save(&p->run, &p->saved);
	lives(p);
}

static cJSON *scope_of(const struct process *p)
{
	struct err err;
	char json[200];

	snprintf(json, sizeof(json),
		 "{\"row\":{},\"input\":{\"size\":\"L\"},\"db\":{\"size\":\"%s\",\"tag\":"
		 "\"%s\"}}",
		 p->world->is_large ? "L" : "S", p->world->is_tagged ? "set" : "");
	return json_parse(str_from(json), &json_wire, NULL, &err);
}

static void do_it(struct process *p, size_t step)
{
	p->world->done[step]++;
	if (step == 0)
		p->world->is_large = true;
	else
		p->world->is_tagged = true;
}

static void refuse(struct process *p, int status)
{
	struct err err = {.retry_after_ms = -1};

	if (!lives(p))
		return;
	err_set(&err, status ? ERR_SERVICE : ERR_NETWORK, "it went wrong");
	err.http_status = status;
	run_refused(&p->run, &err, p->now_ms);
}

static void deliver(struct process *p)
{
	struct world *w = p->world;
	size_t step = p->run.at;
	enum fault fault = FAULT_NONE;

	if ((int)step == w->at_step && !w->was_faulty) {
		fault = w->fault;
		w->was_faulty = true;
	}
	if (fault == FAULT_NONE || fault == FAULT_LOST_AFTER || fault == FAULT_500_AFTER)
		do_it(p, step);
	switch (fault) {
	case FAULT_NONE:
		if (lives(p))
			run_accepted(&p->run, 202, p->now_ms);
		return;
	case FAULT_LOST_BEFORE:
	case FAULT_LOST_AFTER:
		refuse(p, 0);
		return;
	case FAULT_500_BEFORE:
	case FAULT_500_AFTER:
		refuse(p, 503);
		return;
	case FAULT_429:
		refuse(p, 429);
		return;
	case FAULT_409:
		refuse(p, 409);
		return;
	case FAULT_412:
		refuse(p, 412);
		return;
	case FAULT_COUNT:
		return;
	}
}

static void turn(struct process *p)
{
	cJSON *scope;

	if (p->run.state == RUN_CHECKING) {
		run_checked(&p->run, p->world->is_large && p->world->is_tagged,
			    p->now_ms);
	} else if (run_may_send(&p->run)) {
		run_leaves(&p->run, p->now_ms);
		save(p);
		if (!p->is_dead)
			deliver(p);
	} else {
		scope = scope_of(p);
		run_saw(&p->run, p->action, scope, p->now_ms);
		cJSON_Delete(scope);
	}
	p->now_ms += 1000 + p->run.wait_ms;
	save(p);
}

static void begin(struct process *p, struct world *w, int kill_at)
{
	static const struct chosen_input large = {.name = {"size", 4}, .value = {"L", 1}};
	struct plan_about about = {.board = "sql",
				   .key = "k",
				   .target = "atlas",
				   .connection = "azure",
				   .by = "ann",
				   .now_ms = NOW_MS,
				   .expires_ms = NOW_MS + 3600000};
	struct err err = {0};
	cJSON *scope;

	*p = (struct process){.world = w, .kill_at = kill_at, .now_ms = NOW_MS};
	strbuf_init(&p->saved, 1 << 20);
	p->action = action_parse(STR(text), "scale", "test", &err);
	if (!p->action)
		fail_msg("%s", err.text);
	scope = scope_of(p);
	cJSON_ReplaceItemInObject(scope, "input", cJSON_CreateObject());
	assert_true(scope_choose(scope, p->action, &large, 1, NOW_MS, &err));
	run_init(&p->run, plan_make(p->action, scope, &about, &err), 600000, NOW_MS);
	if (!p->run.plan)
		fail_msg("%s", err.text);
	cJSON_Delete(scope);
	run_save(&p->run, &p->saved);
}

/* To its end, dying once on the way; returns how often it could have died. */
static int live(struct process *p)
{
	struct err err;

	for (int i = 0; i < 200 && p->run.state != RUN_ENDED; i++) {
		turn(p);
		if (!p->is_dead)
			continue;
		p->is_dead = false;
		p->kill_at = -1;
		run_clear(&p->run);
		if (!run_load(&p->run, strbuf_str(&p->saved), &err))
			fail_msg("%s", err.text);
	}
	assert_int_equal(p->run.state, RUN_ENDED);
	return p->point;
}

static void finish(struct process *p)
{
	run_clear(&p->run);
	action_free(p->action);
	strbuf_fini(&p->saved);
}

static void check(const struct process *p, const struct world *w)
{
	if (w->done[0] > 1)
		fail_msg("fault %d at %d, killed at %d: done %d times", (int)w->fault,
			 w->at_step, p->point, w->done[0]);
	switch (p->run.outcome) {
	case RUN_HELPED:
		assert_true(w->is_large && w->is_tagged);
		break;
	case RUN_DEAD:
		assert_int_equal(w->done[0] + w->done[1], 0);
		break;
	case RUN_FAILED:
		assert_true(w->fault == FAULT_409 || w->fault == FAULT_412);
		break;
	case RUN_UNKNOWN: /* only where the truth cannot be seen */
		assert_false(p->run.at == 0 ? w->is_large : w->is_tagged);
		break;
	case RUN_GOING:
	case RUN_DID_NOT_HELP:
	case RUN_STOPPED:
		fail_msg("fault %d at %d: %s", (int)w->fault, w->at_step,
			 run_outcome_name(p->run.outcome));
	}
}

static void test_every_point(void **state)
{
	int n = 0, points = 0;

	(void)state;
	for (int fault = 0; fault < FAULT_COUNT; fault++) {
		for (int step = 0; step < 2; step++) {
			int most = 1;

			for (int kill_at = -1; kill_at < most; kill_at++) {
				struct world w = {.fault = (enum fault)fault,
						  .at_step = step};
				struct process p;
				int died;

				begin(&p, &w, kill_at);
				died = live(&p);
				if (kill_at < 0) {
					most = died;
					points = died > points ? died : points;
				}
				check(&p, &w);
				finish(&p);
				n++;
			}
		}
	}
	print_message("# %d runs, up to %d points each\n", n, points);
	assert_true(n > 50);
}

/* Without faults it goes to its end by itself; a state that moved, or an old plan, kills
 * it before anything is sent. */
static void test_dead(void **state)
{
	struct world w = {.fault = FAULT_NONE, .at_step = -1};
	struct process p;

	(void)state;
	begin(&p, &w, -1);
	w.is_large = true; /* somebody else was faster */
	live(&p);
	assert_int_equal(p.run.outcome, RUN_DEAD);
	assert_string_equal(p.run.moved, "size was \"S\", is now \"L\"\n");
	assert_int_equal(w.done[0], 0);
	finish(&p);
	w = (struct world){.at_step = -1};
	begin(&p, &w, -1);
	p.now_ms = NOW_MS + 3600000;
	live(&p);
	assert_int_equal(p.run.outcome, RUN_DEAD);
	assert_string_equal(p.run.moved, "it expired");
	finish(&p);
}

/* What could not be read n times, with this code. */
static void read_in_vain(struct process *p, enum err_code code, int n)
{
	struct err err = {.retry_after_ms = -1};

	err_set(&err, code, "it could not be read");
	for (int i = 0; i < n && p->run.state != RUN_ENDED; i++)
		run_saw_nothing(&p->run, &err, p->now_ms);
}

/* A sign-in that has expired is not waited for where nothing was sent; a line that is
 * down is, until the plan has expired; what was sent is read on. */
static void test_unreadable(void **state)
{
	struct world w = {.at_step = -1};
	struct process p;

	(void)state;
	begin(&p, &w, -1);
	read_in_vain(&p, ERR_AUTH, 3);
	assert_int_equal(p.run.state, RUN_READING);
	turn(&p); /* it can be: nothing is counted any more */
	p.run.state = RUN_READING;
	read_in_vain(&p, ERR_AUTH, 5);
	assert_int_equal(p.run.state, RUN_READING);
	read_in_vain(&p, ERR_AUTH, 1);
	assert_int_equal(p.run.outcome, RUN_DEAD);
	assert_string_equal(p.run.err.text, "it could not be read");
	finish(&p);
	begin(&p, &w, -1);
	read_in_vain(&p, ERR_NETWORK, 100);
	assert_int_equal(p.run.state, RUN_READING);
	p.now_ms = NOW_MS + 3600000;
	read_in_vain(&p, ERR_NETWORK, 1);
	assert_int_equal(p.run.outcome, RUN_DEAD);
	assert_string_equal(p.run.moved, "it expired");
	finish(&p);
	begin(&p, &w, -1);
	turn(&p); /* looks */
	turn(&p); /* sends the first */
	p.now_ms = NOW_MS + 3600000;
	read_in_vain(&p, ERR_AUTH, 100);
	assert_int_equal(p.run.state, RUN_READING);
	finish(&p);
}

/* What is under way goes on; the next step does not begin. */
static void test_stopped(void **state)
{
	struct world w = {.at_step = -1};
	struct process p;

	(void)state;
	begin(&p, &w, -1);
	turn(&p); /* looks */
	turn(&p); /* sends the first */
	assert_int_equal(w.done[0], 1);
	run_ask_stop(&p.run, p.now_ms);
	assert_int_equal(p.run.outcome, RUN_STOPPED);
	assert_int_equal(w.done[1], 0);
	finish(&p);
	w = (struct world){.at_step = -1};
	begin(&p, &w, -1);
	run_ask_stop(&p.run, p.now_ms);
	assert_int_equal(p.run.outcome, RUN_DEAD);
	finish(&p);
}

/* Not seen to help within its time: said, not hidden. */
static void test_does_not_help(void **state)
{
	struct world w = {.at_step = -1};
	struct process p;

	(void)state;
	begin(&p, &w, -1);
	while (p.run.state != RUN_CHECKING)
		turn(&p);
	run_checked(&p.run, false, p.now_ms);
	assert_int_equal(p.run.state, RUN_CHECKING);
	run_checked(&p.run, false, p.now_ms + 600000);
	assert_int_equal(p.run.outcome, RUN_DID_NOT_HELP);
	finish(&p);
}

/* A saved run with anything missing is none. */
static void test_rubbish(void **state)
{
	struct world w = {.at_step = -1};
	struct process p;
	struct run other;
	struct err err;
	cJSON *root;
	int n;

	(void)state;
	begin(&p, &w, -1);
	root = json_parse(strbuf_str(&p.saved), &json_wire, NULL, &err);
	n = cJSON_GetArraySize(root);
	for (int i = 0; i < n; i++) {
		cJSON *copy = cJSON_Duplicate(root, true);
		const char *name = cJSON_GetArrayItem(copy, i)->string;
		bool is_needed = strcmp(name, "lro") != 0 && strcmp(name, "to_stop") != 0;
		struct strbuf less;

		strbuf_init(&less, 1 << 20);
		cJSON_DeleteItemFromArray(copy, i);
		json_print(&less, copy);
		if (run_load(&other, strbuf_str(&less), &err)) {
			assert_false(is_needed);
			run_clear(&other);
		} else {
			assert_true(is_needed);
		}
		strbuf_fini(&less);
		cJSON_Delete(copy);
	}
	cJSON_Delete(root);
	finish(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_point), cmocka_unit_test(test_dead),
		cmocka_unit_test(test_stopped),	    cmocka_unit_test(test_does_not_help),
		cmocka_unit_test(test_rubbish),	    cmocka_unit_test(test_unreadable),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
