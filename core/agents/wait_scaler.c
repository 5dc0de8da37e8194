/* What keeps a scaler from making the agent a job waits for: a scale set that Azure
 * DevOps drives, or KEDA in a cluster. Thread: any (no state). */
#include <math.h>
#include <string.h>

#include "agents/wait.h"
#include "base/timefmt.h"

enum {
	MINUTE = 60 * 1000,
	ELASTIC_LOOKS_MS = 6 * MINUTE, /* it sizes a pool about every five */
	KEDA_LOOKS_MS = 2 * MINUTE,    /* twice its polling interval and a pod's start */
	MAKING_MS = 15 * MINUTE,       /* a machine is there by then */
	PROBLEM_MS = 60 * MINUTE,      /* an older error is no evidence */
};

static int64_t waited(const struct fleet *f, const struct fleet_job *job)
{
	return job->queued_ms ? f->now_ms - job->queued_ms : 0;
}

static bool has_recent_problem(const struct fleet *f, const struct fleet_elastic *it)
{
	return *it->problem && it->problem_ms && f->now_ms - it->problem_ms < PROBLEM_MS;
}

static void put_problem(struct strbuf *out, const struct fleet *f,
			const struct fleet_elastic *it)
{
	if (!has_recent_problem(f, it))
		return;
	strbuf_puts(out, "; ");
	wait_put_since(out, f->now_ms, it->problem_ms);
	strbuf_printf(out, " ago: %s", it->problem);
}

static bool is_word(const char *text, const char *word)
{
	return str_eq_nocase(str_from(text), str_from(word));
}

/* Why it cannot, if it says so. */
static bool is_elastic_stuck(struct wait *w, const struct fleet *f,
			     const struct fleet_elastic *it)
{
	if (is_word(it->state, "offline") || is_word(it->state, "unhealthy")) {
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence, "scale set %s is %s", it->set, it->state);
		if (it->offline_ms) {
			strbuf_puts(&w->evidence, " since ");
			wait_put_since(&w->evidence, f->now_ms, it->offline_ms);
		}
		strbuf_puts(&w->todo, "Look at the pool's Diagnostics: often its service "
				      "connection or the scale set");
		return true;
	}
	if (it->attempts > 0 && has_recent_problem(f, it)) {
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence,
			      "scale set %s wants %.0f machines, tried %.0f "
			      "time%s",
			      it->set, it->desired, it->attempts,
			      it->attempts > 1 ? "s" : "");
		strbuf_puts(&w->todo,
			    "Raise the quota, or take another size: its log has "
			    "the cause");
		return true;
	}
	if (it->desired >= it->most) {
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence, "scale set %s is at its maximum of %.0f",
			      it->set, it->most);
		strbuf_puts(&w->todo, "Raise the pool's maximum number of machines");
		return true;
	}
	return false;
}

static void say_quiet(struct wait *w, bool is_fresh, const char *who)
{
	wait_set(w, is_fresh ? WAIT_QUEUED : WAIT_UNKNOWN);
	strbuf_printf(&w->evidence, "%s", who);
	strbuf_puts(&w->todo, is_fresh ? "Nothing: it looks again within minutes"
				       : "Look at the log of what makes the agents");
}

void wait_explain_elastic(struct wait *w, const struct fleet *f,
			  const struct fleet_job *job, const struct fleet_elastic *it)
{
	if (is_elastic_stuck(w, f, it)) {
		put_problem(&w->evidence, f, it);
		return;
	}
	if (it->making > 0) {
		bool is_late = it->making_ms && f->now_ms - it->making_ms > MAKING_MS;

		wait_set(w, is_late ? WAIT_SCALER : WAIT_COMING);
		strbuf_printf(&w->evidence,
			      "scale set %s: %.0f machine%s on the way, the "
			      "first for ",
			      it->set, it->making, it->making == 1 ? "" : "s");
		wait_put_since(&w->evidence, f->now_ms, it->making_ms);
		strbuf_puts(&w->todo, is_late ? "Look at the machine: its agent does not "
						"start"
					      : "Nothing: it comes within minutes");
		return;
	}
	say_quiet(w, waited(f, job) < ELASTIC_LOOKS_MS,
		  "its scale set has room and has not been sized for it");
}

/* Agents of the pool that were made and are there. */
static size_t count_made(const struct fleet *f, const struct fleet_job *job)
{
	const struct fleet_agent *agent;
	size_t n = 0;

	vec_each (agent, &f->agents) {
		if (strcmp(agent->org, job->org) == 0 &&
		    strcmp(agent->pool, job->pool) == 0)
			n += agent->state == AGENT_BUSY || agent->state == AGENT_IDLE;
	}
	return n;
}

static const struct {
	const char *state, *evidence, *todo;
} keda_states[] = {
	{"Paused", "is paused",
	 "Ask who paused it; take the annotation "
	 "autoscaling.keda.sh/paused away"},
	{"Not ready", "is not ready", "See keda: its MESSAGE has the cause"},
	{"Fallback", "is in fallback: it cannot read the queue",
	 "Look at its trigger: the access token it reads the queue with may have "
	 "expired"},
	{"Partly", "has a trigger that fails",
	 "Look at its trigger: the access token it reads the queue with may have "
	 "expired"},
};

static bool is_scaler_stuck(struct wait *w, const struct fleet_scaler *it, size_t made)
{
	for (size_t i = 0; i < sizeof(keda_states) / sizeof(keda_states[0]); i++) {
		if (!is_word(it->state, keda_states[i].state))
			continue;
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence, "KEDA %s/%s %s", it->namespace, it->name,
			      keda_states[i].evidence);
		if (*it->message)
			strbuf_printf(&w->evidence, ": %s", it->message);
		strbuf_puts(&w->todo, keda_states[i].todo);
		return true;
	}
	if (it->failures > 0) {
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence,
			      "KEDA %s/%s failed %.0f times to read the queue",
			      it->namespace, it->name, it->failures);
		strbuf_puts(&w->todo, "Look at its trigger: the access token may have "
				      "expired");
		return true;
	}
	if (isfinite(it->most) && (double)made >= it->most) {
		wait_set(w, WAIT_SCALER);
		strbuf_printf(&w->evidence, "KEDA %s/%s is at its maximum of %.0f",
			      it->namespace, it->name, it->most);
		strbuf_puts(&w->todo, "Raise maxReplicaCount, if nodes have room");
		return true;
	}
	return false;
}

void wait_explain_scaler(struct wait *w, const struct fleet *f,
			 const struct fleet_job *job, const struct fleet_scaler *it)
{
	size_t made = count_made(f, job);
	struct strbuf who;

	if (is_scaler_stuck(w, it, made))
		return;
	if (is_word(it->state, "Active") && waited(f, job) < KEDA_LOOKS_MS) {
		wait_set(w, WAIT_COMING);
		strbuf_printf(&w->evidence, "KEDA %s/%s makes a pod for it",
			      it->namespace, it->name);
		strbuf_puts(&w->todo, "Nothing: it comes within a minute");
		return;
	}
	strbuf_init(&who, 200);
	strbuf_printf(&who, "KEDA %s/%s is %s, with %zu of at most %.0f agents",
		      it->namespace, it->name,
		      *it->state ? it->state : "in no known state", made, it->most);
	say_quiet(w, waited(f, job) < KEDA_LOOKS_MS, who.p);
	strbuf_fini(&who);
}
