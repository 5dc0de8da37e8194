/* See run.h. */
#include "act/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/rights.h"
#include "act/scope.h"
#include "base/xalloc.h"

/* After a lost answer the state may lag behind: it is looked at some times more. */
enum { MOST_LOOKS = 6, LOOK_MS = 5000, MOST_SENT = 2, MOST_PUT_OFF = 6 };
/* Timers stand still while the machine sleeps: the clock is looked at in between. */
enum { MOST_HELD_MS = 24 * 3600 * 1000, HOLD_LOOK_MS = 5 * 60 * 1000 };

static const char *const state_names[] = {
	[RUN_READING] = "reading",     [RUN_SENDING] = "sending",
	[RUN_FOLLOWING] = "following", [RUN_CHECKING] = "checking",
	[RUN_ENDED] = "ended",
};
static const struct outcome_word {
	const char *name, *help;
} outcome_words[] = {
	[RUN_GOING] = {"going", "it is under way"},
	[RUN_HELPED] = {"helped", "it is done, and what was hoped for is to be seen"},
	[RUN_DID_NOT_HELP] = {"did-not-help",
			      "it is done, but what was hoped for is not to be seen"},
	[RUN_FAILED] = {"failed", "a step failed; those before it stand"},
	[RUN_DEAD] = {"dead",
		      "nothing was sent: it was not seen to be as it was planned for"},
	[RUN_STOPPED] = {"stopped", "a person stopped it; what was done stands"},
	[RUN_UNKNOWN] = {"unknown",
			 "something was sent, and nobody can tell whether it was done"},
};
static const char *const end_names[] = {
	[STEP_OPEN] = "open",	  [STEP_DONE] = "done",	      [STEP_WAS_SO] = "was-so",
	[STEP_FAILED] = "failed", [STEP_UNKNOWN] = "unknown",
};

const char *run_state_name(enum run_state state)
{
	return state_names[state];
}

const char *run_outcome_name(enum run_outcome outcome)
{
	return outcome_words[outcome].name;
}

const char *run_outcome_help(enum run_outcome outcome)
{
	return outcome_words[outcome].help;
}

const char *step_end_name(enum step_end end)
{
	return end_names[end];
}

void run_init(struct run *run, struct plan *plan, int64_t within_ms, int64_t now_ms)
{
	*run = (struct run){.plan = plan, .started_ms = now_ms, .within_ms = within_ms};
	for (size_t i = 0; i < plan->n_requests; i++)
		run->steps[i].percent = -1;
}

static void move(int64_t *at_ms, int64_t by_ms)
{
	if (*at_ms)
		*at_ms += by_ms;
}

void run_clock_moved(struct run *run, int64_t by_ms)
{
	move(&run->started_ms, by_ms);
	move(&run->ended_ms, by_ms);
	move(&run->check_until_ms, by_ms);
	for (size_t i = 0; i < run->plan->n_requests; i++) {
		move(&run->steps[i].sent_ms, by_ms);
		move(&run->steps[i].ended_ms, by_ms);
	}
}

static int64_t last_ms(const struct run *run)
{
	int64_t last = run->started_ms;

	for (size_t i = 0; i < run->plan->n_requests; i++) {
		const struct run_step *step = &run->steps[i];

		last = step->sent_ms > last ? step->sent_ms : last;
		last = step->ended_ms > last ? step->ended_ms : last;
	}
	return last;
}

void run_goes_on(struct run *run, int64_t now_ms)
{
	if (run->state != RUN_ENDED && last_ms(run) > now_ms)
		run_clock_moved(run, now_ms - last_ms(run));
}

void run_clear(struct run *run)
{
	plan_free(run->plan);
	free(run->lro);
	*run = (struct run){0};
}

static void end(struct run *run, enum run_outcome outcome, int64_t now_ms)
{
	run->state = RUN_ENDED;
	run->outcome = outcome;
	run->ended_ms = now_ms;
	run->wait_ms = 0;
	free(run->lro);
	run->lro = NULL;
}

static struct run_step *step_of(struct run *run)
{
	return &run->steps[run->at];
}

const struct action_call *run_call(const struct run *run, const struct action *action)
{
	const char *name =
		run->at < run->plan->n_requests ? run->plan->requests[run->at].name : "";

	for (size_t i = 0; i < action->n_steps; i++) {
		if (strcmp(action->steps[i].name, name) == 0)
			return &action->steps[i];
	}
	return NULL;
}

/* The step is behind us; what comes next begins with a look. */
static void step_ends(struct run *run, enum step_end how, int64_t now_ms)
{
	struct run_step *step = step_of(run);

	step->end = how;
	step->ended_ms = now_ms;
	run->at++;
	run->looks = 0;
	run->unheard = 0;
	run->wait_ms = 0;
	free(run->lro);
	run->lro = NULL;
	err_clear(&run->err);
	if (run->is_to_stop && run->at < run->plan->n_requests) {
		end(run, RUN_STOPPED, now_ms);
		return;
	}
	run->state = RUN_READING;
	if (run->at < run->plan->n_requests)
		return;
	run->state = RUN_CHECKING;
	run->check_until_ms = now_ms + run->within_ms;
}

static bool has_sent(const struct run *run)
{
	for (size_t i = 0; i < run->plan->n_requests; i++) {
		if (run->steps[i].sent > 0)
			return true;
	}
	return false;
}

static void say_over(struct run *run, int64_t now_ms)
{
	struct err err;

	if (now_ms >= run->plan->expires_ms)
		snprintf(run->moved, sizeof(run->moved), "it expired");
	else if (!plan_refuse_over(run->plan, now_ms, &err))
		snprintf(run->moved, sizeof(run->moved), "%s", err.text);
}

static bool is_alive(struct run *run, const struct action *action, const cJSON *scope,
		     int64_t now_ms)
{
	struct strbuf moved;
	bool has_moved;

	if (plan_is_over(run->plan, now_ms)) {
		say_over(run, now_ms);
		return false;
	}
	strbuf_init(&moved, sizeof(run->moved) - 1);
	has_moved = plan_has_moved(run->plan, action, scope, now_ms, &moved);
	snprintf(run->moved, sizeof(run->moved), "%s", moved.p);
	strbuf_fini(&moved);
	return !has_moved;
}

/* The answer was lost, or this process is another one than sent it: the state says. */
static void saw_after_sending(struct run *run, const struct action_call *call,
			      int64_t now_ms)
{
	if (call->is_safe_twice && step_of(run)->sent < MOST_SENT) {
		step_of(run)->sent_ms = 0;
		return;
	}
	run->wait_ms = LOOK_MS;
	if (++run->looks < MOST_LOOKS)
		return;
	step_of(run)->end = STEP_UNKNOWN;
	err_set(&run->err, ERR_SERVICE,
		"\"%s\" was sent and not answered, and nothing shows that it was done: "
		"look "
		"at the resource before anything is sent again",
		call->title);
	end(run, RUN_UNKNOWN, now_ms);
}

/* How long the step is held back yet, so that a person can look at what the one before
 * did. */
static int64_t held_ms(const struct run *run, const struct action_call *call,
		       const cJSON *scope, int64_t now_ms)
{
	struct err ignored;
	int64_t due_ms;
	cJSON *ms;

	if (!call->hold || run->at == 0)
		return 0;
	ms = scope_value(scope, call->hold, now_ms, &ignored);
	due_ms = run->steps[run->at - 1].ended_ms;
	if (cJSON_IsNumber(ms) && ms->valuedouble > 0 && ms->valuedouble < MOST_HELD_MS)
		due_ms += (int64_t)ms->valuedouble;
	cJSON_Delete(ms);
	if (due_ms <= now_ms)
		return 0;
	return due_ms - now_ms < HOLD_LOOK_MS ? due_ms - now_ms : HOLD_LOOK_MS;
}

static void send_or_hold(struct run *run, const struct action_call *call,
			 const cJSON *scope, int64_t now_ms)
{
	run->wait_ms = held_ms(run, call, scope, now_ms);
	run->state = run->wait_ms ? RUN_READING : RUN_SENDING;
	snprintf(step_of(run)->word, sizeof(step_of(run)->word), "%s",
		 run->wait_ms ? "held back" : "");
}

void run_saw(struct run *run, const struct action *action, const cJSON *scope,
	     int64_t now_ms)
{
	const struct action_call *call = run_call(run, action);
	bool was_sent = run->state == RUN_SENDING && !run_may_send(run), is_done;

	run->wait_ms = 0;
	run->looks = was_sent ? run->looks : 0;
	err_clear(&run->err);
	if (!call) {
		err_set(&run->err, ERR_CONFIG, "the action %s has no such step any more",
			action->name);
		end(run, has_sent(run) ? RUN_UNKNOWN : RUN_DEAD, now_ms);
		return;
	}
	if (!has_sent(run) && !is_alive(run, action, scope, now_ms)) {
		end(run, RUN_DEAD, now_ms);
		return;
	}
	is_done = call->is_done && scope_holds(scope, call->is_done, now_ms, &run->err);
	if (run->err.code != ERR_NONE && !was_sent) {
		end(run, has_sent(run) ? RUN_FAILED : RUN_DEAD, now_ms);
		return;
	}
	if (is_done)
		step_ends(run, step_of(run)->sent ? STEP_DONE : STEP_WAS_SO, now_ms);
	else if (was_sent)
		saw_after_sending(run, call, now_ms);
	else
		send_or_hold(run, call, scope, now_ms);
}

/* Nobody waits for what was not begun: the sign-in that has expired, the right that was
 * taken away. What was begun is read on until it works, or a person stops it. */
static bool gives_up(struct run *run, const struct err *err, int64_t now_ms)
{
	if (has_sent(run))
		return false;
	return plan_is_over(run->plan, now_ms) ||
	       (!err_is_retryable(err->code) && ++run->looks >= MOST_LOOKS);
}

void run_saw_nothing(struct run *run, const struct err *err, int64_t now_ms)
{
	run->err = *err;
	if (gives_up(run, err, now_ms)) {
		if (plan_is_over(run->plan, now_ms))
			say_over(run, now_ms);
		end(run, RUN_DEAD, now_ms);
		return;
	}
	run->wait_ms = err->retry_after_ms > 0 ? err->retry_after_ms : LOOK_MS;
}

bool run_may_send(const struct run *run)
{
	return run->state == RUN_SENDING && run->steps[run->at].sent_ms == 0;
}

void run_leaves(struct run *run, int64_t now_ms)
{
	struct run_step *step = step_of(run);

	step->sent++;
	step->sent_ms = now_ms;
	step->status = 0;
}

void run_accepted(struct run *run, int status, int64_t now_ms)
{
	step_of(run)->status = status;
	step_ends(run, STEP_DONE, now_ms);
}

/* What is missing and whom to ask for it, in place of what the service says of who asks:
 * a policy that forbids it is no right that is missing. */
static void say_missing(struct run *run, const struct err *err)
{
	const struct plan_request *request = &run->plan->requests[run->at];
	bool is_right = str_find(str_from(err->text), STR("AuthorizationFailed")) >= 0;
	struct right right;

	if (is_right && right_of(request, &right))
		err_set(&run->err, err->code,
			"no right to %.110s on %.60s: ask for the role %s there, and "
			"plan it anew",
			right.action, run->plan->target, right_role(right.action));
	else if (request->kind != CONN_ARM)
		err_set(&run->err, err->code, "%.200s (it needs %s)", err->text,
			run->plan->permission);
}

static void step_fails(struct run *run, const struct err *err, int64_t now_ms)
{
	struct run_step *step = step_of(run);

	step->end = STEP_FAILED;
	step->status = err->http_status;
	step->ended_ms = now_ms;
	run->err = *err;
	if (err->http_status == 403)
		say_missing(run, err);
	run->err.http_status = err->http_status;
	end(run, RUN_FAILED, now_ms);
}

/* The answer says for certain that nothing was done. */
static bool is_certain(const struct err *err)
{
	return err->http_status >= 400 && err->http_status < 500 &&
	       err->http_status != 408;
}

void run_refused(struct run *run, const struct err *err, int64_t now_ms)
{
	struct run_step *step = step_of(run);

	run->err = *err;
	step->status = err->http_status;
	if (!is_certain(err)) {
		run->state = RUN_SENDING; /* and sent: the state will say */
		run->wait_ms = LOOK_MS;
		return;
	}
	if (err->http_status == 429 && step->sent < MOST_PUT_OFF) {
		step->sent_ms = 0;
		run->wait_ms = err->retry_after_ms > 0 ? err->retry_after_ms : LOOK_MS;
		return;
	}
	step_fails(run, err, now_ms);
}

/* The state is looked at anew: what one waits for may take hours. */
void run_unheard(struct run *run, const struct err *err, int64_t now_ms)
{
	struct run_step *step = step_of(run);

	step->status = err->http_status;
	if (++run->unheard >= MOST_LOOKS) {
		step_fails(run, err, now_ms);
		return;
	}
	step->sent--;
	step->sent_ms = 0;
	run->err = *err;
	run->state = RUN_READING;
	run->wait_ms = LOOK_MS;
}

static void note_progress(struct run *run, const struct lro *lro)
{
	struct run_step *step = step_of(run);
	struct strbuf text;

	step->percent = lro->percent;
	snprintf(step->word, sizeof(step->word), "%s", lro->state);
	strbuf_init(&text, 64 << 10);
	lro_save(lro, &text);
	free(run->lro);
	run->lro = xstrndup(text.p, text.n);
	strbuf_fini(&text);
}

void run_follows(struct run *run, const struct lro *lro, int64_t now_ms)
{
	switch (lro->outcome) {
	case LRO_RUNNING:
		run->state = RUN_FOLLOWING;
		run->err = lro->err;
		note_progress(run, lro);
		return;
	case LRO_SUCCEEDED:
		step_ends(run, STEP_DONE, now_ms);
		return;
	case LRO_FAILED:
	case LRO_CANCELED:
		if (lro->is_unheard)
			run_unheard(run, &lro->err, now_ms);
		else if (lro->polls == 0)
			run_refused(run, &lro->err, now_ms);
		else
			step_fails(run, &lro->err, now_ms);
		return;
	case LRO_UNKNOWN:
		run->err = lro->err;
		run->state = RUN_SENDING;
		run->wait_ms = LOOK_MS;
		return;
	}
}

void run_checked(struct run *run, bool holds, int64_t now_ms)
{
	if (holds)
		end(run, RUN_HELPED, now_ms);
	else if (now_ms >= run->check_until_ms)
		end(run, RUN_DID_NOT_HELP, now_ms);
}

void run_ask_stop(struct run *run, int64_t now_ms)
{
	run->is_to_stop = true;
	if (run->state == RUN_READING)
		end(run, has_sent(run) ? RUN_STOPPED : RUN_DEAD, now_ms);
	else if (run_may_send(run))
		end(run, has_sent(run) ? RUN_STOPPED : RUN_DEAD, now_ms);
	else if (run->state == RUN_CHECKING)
		end(run, RUN_STOPPED, now_ms);
}
