/* See wait.h. The order of the questions is the answer: what no agent could ever do comes
 * before agents that are not there, and a full licence before busy agents, because more
 * agents do not help against it. */
#include "agents/wait.h"

#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"

enum {
	NAMED = 3,		      /* agents that an evidence names */
	FRESH_MS = 60 * 1000,	      /* how long the service may take to hand it out */
	PICKED_UP_MS = 2 * 60 * 1000, /* and the agent to begin */
	TEXT_MAX = 400,
};

static const struct {
	const char *word;
	bool is_stuck;
} reasons[] = {
#define X(id, word, is_stuck) [WAIT_##id] = {word, is_stuck},
	WAIT_LIST(X)
#undef X
};

const char *wait_reason_word(enum wait_reason reason)
{
	return reasons[reason].word;
}

bool wait_reason_is_stuck(enum wait_reason reason)
{
	return reasons[reason].is_stuck;
}

void wait_init(struct wait *w)
{
	w->reason = WAIT_UNKNOWN;
	strbuf_init(&w->evidence, TEXT_MAX);
	strbuf_init(&w->todo, TEXT_MAX);
}

void wait_fini(struct wait *w)
{
	strbuf_fini(&w->evidence);
	strbuf_fini(&w->todo);
}

void wait_set(struct wait *w, enum wait_reason reason)
{
	w->reason = reason;
	strbuf_reset(&w->evidence);
	strbuf_reset(&w->todo);
}

void wait_put_since(struct strbuf *out, int64_t now_ms, int64_t then_ms)
{
	if (then_ms > 0) /* clocks differ: what is said to come has just been */
		duration_format(out, then_ms < now_ms ? now_ms - then_ms : 0);
	else
		strbuf_putc(out, '?');
}

/* The agents that match a job, by what they do now. */
struct matches {
	size_t n, by_state[AGENT_STATES];
	size_t unseen; /* ids that the agents' board does not have */
};

static bool is_of_pool(const struct fleet_agent *agent, const struct fleet_job *job)
{
	return strcmp(agent->org, job->org) == 0 && strcmp(agent->pool, job->pool) == 0;
}

static bool has_id(const char *ids, int64_t id)
{
	struct str rest = str_from(ids), part;
	int64_t value;

	while (str_next(&rest, ' ', &part)) {
		if (str_to_i64(part, &value) && value == id)
			return true;
	}
	return false;
}

static bool is_match(const struct fleet_agent *agent, const struct fleet_job *job)
{
	return is_of_pool(agent, job) &&
	       (job->matches_all || has_id(job->matched, agent->id));
}

static size_t count_ids(const char *ids)
{
	struct str rest = str_from(ids), part;
	size_t n = 0;

	while (str_next(&rest, ' ', &part))
		n += part.n > 0;
	return n;
}

static struct matches match(const struct fleet *f, const struct fleet_job *job)
{
	const struct fleet_agent *agent;
	size_t told = job->matches_all ? 0 : count_ids(job->matched);
	struct matches m = {0};

	vec_each (agent, &f->agents) {
		if (!is_match(agent, job))
			continue;
		m.n++;
		m.by_state[agent->state]++;
	}
	m.unseen = told > m.n ? told - m.n : 0;
	return m;
}

/* "a, b and 3 more" of those in the state; with what they do, if they work. */
static void put_names(struct strbuf *out, const struct fleet *f,
		      const struct fleet_job *job, enum agent_state state)
{
	const struct fleet_agent *agent;
	size_t n = 0;

	vec_each (agent, &f->agents) {
		if (agent->state != state || !is_match(agent, job))
			continue;
		if (n++ >= NAMED)
			continue;
		strbuf_printf(out, "%s%s", n > 1 ? ", " : "", agent->name);
		if (state == AGENT_BUSY || state == AGENT_MAINTENANCE) {
			if (state == AGENT_MAINTENANCE)
				strbuf_puts(out, " cleans up for ");
			else
				strbuf_printf(out, " runs %s for ",
					      *agent->job ? agent->job : "a job");
			wait_put_since(out, f->now_ms, agent->job_ms);
		} else {
			strbuf_puts(out, " since ");
			wait_put_since(out, f->now_ms, agent->since_ms);
		}
	}
	if (n > NAMED)
		strbuf_printf(out, " and %zu more", n - NAMED);
}

static int64_t waited(const struct fleet *f, const struct fleet_job *job)
{
	return job->queued_ms ? f->now_ms - job->queued_ms : 0;
}

/* "4 agents match: " */
static void put_count(struct strbuf *out, size_t n, const char *what)
{
	strbuf_printf(out, "%zu agent%s %s", n, n == 1 ? "" : "s", what);
}

static void say_starting(struct wait *w, const struct fleet *f,
			 const struct fleet_job *job)
{
	int64_t since = f->now_ms - job->assigned_ms;

	wait_set(w, WAIT_STARTING);
	strbuf_printf(&w->evidence, "promised to %s since ",
		      *job->agent ? job->agent : "an agent");
	duration_format(&w->evidence, since > 0 ? since : 0);
	if (since > PICKED_UP_MS)
		strbuf_puts(
			&w->todo,
			"The agent does not take it: look at its service and its log");
	else
		strbuf_puts(&w->todo, "Nothing: it begins in a moment");
}

/* None of those that match is online. */
static void say_absent(struct wait *w, const struct fleet *f, const struct fleet_job *job,
		       const struct matches *m)
{
	bool is_off = m->by_state[AGENT_OFFLINE] > 0;

	wait_set(w, is_off ? WAIT_OFFLINE : WAIT_DISABLED);
	if (is_off) {
		strbuf_puts(&w->evidence, "offline: ");
		put_names(&w->evidence, f, job, AGENT_OFFLINE);
	}
	if (m->by_state[AGENT_DISABLED]) {
		strbuf_puts(&w->evidence, is_off ? "; disabled: " : "disabled: ");
		put_names(&w->evidence, f, job, AGENT_DISABLED);
	}
	if (is_off)
		strbuf_printf(
			&w->todo,
			"Start the agent's service, or its machine: see agents of %s",
			job->pool);
	else
		strbuf_puts(&w->todo, "Ask who disabled them, then enable them again");
}

static void say_busy(struct wait *w, const struct fleet *f, const struct fleet_job *job,
		     const struct matches *m)
{
	size_t online = m->by_state[AGENT_BUSY] + m->by_state[AGENT_MAINTENANCE];

	wait_set(w, m->by_state[AGENT_BUSY] ? WAIT_BUSY : WAIT_MAINTENANCE);
	put_count(&w->evidence, online, "could: ");
	put_names(&w->evidence, f, job,
		  w->reason == WAIT_BUSY ? AGENT_BUSY : AGENT_MAINTENANCE);
	if (m->by_state[AGENT_OFFLINE])
		strbuf_printf(&w->evidence, "; %zu offline", m->by_state[AGENT_OFFLINE]);
	if (m->by_state[AGENT_DISABLED])
		strbuf_printf(&w->evidence, "; %zu disabled",
			      m->by_state[AGENT_DISABLED]);
	if (w->reason == WAIT_MAINTENANCE)
		strbuf_puts(&w->todo, "Wait for the pool's clean-up, or move its hour");
	else
		strbuf_puts(&w->todo, m->by_state[AGENT_OFFLINE]
					      ? "Bring the offline ones back, or wait"
					      : "Wait, or add agents to the pool");
}

/* Who holds the licence: the longest running jobs of that kind of pool. */
static void put_holder(struct strbuf *out, const struct fleet *f, const char *org,
		       bool is_hosted)
{
	const struct fleet_agent *agent, *longest = NULL;

	vec_each (agent, &f->agents) {
		const struct fleet_pool *pool = fleet_pool(f, agent->org, agent->pool);

		if (agent->state != AGENT_BUSY || !agent->job_ms || !pool ||
		    pool->is_hosted != is_hosted || strcmp(agent->org, org) != 0)
			continue;
		if (!longest || agent->job_ms < longest->job_ms)
			longest = agent;
	}
	if (!longest)
		return;
	strbuf_printf(out, "; the longest is %s for ", longest->job);
	wait_put_since(out, f->now_ms, longest->job_ms);
}

/* True: a licence is what it waits for. *is_known: whether that could be judged. */
static bool say_limit(struct wait *w, const struct fleet *f, const struct fleet_job *job,
		      bool *is_known)
{
	const struct fleet_pool *pool = fleet_pool(f, job->org, job->pool);
	const struct fleet_limit *limit =
		pool ? fleet_limit(f, job->org, *job->tag ? job->tag : "Private",
				   pool->is_hosted)
		     : NULL;
	const char *where =
		limit && limit->is_hosted ? "Microsoft-hosted" : "self-hosted";

	*is_known = limit && isfinite(limit->total) && isfinite(limit->used);
	if (limit && isfinite(limit->minutes) && limit->spent >= limit->minutes) {
		wait_set(w, WAIT_MINUTES);
		strbuf_printf(&w->evidence, "%.0f of %.0f free minutes of this month",
			      limit->spent, limit->minutes);
		strbuf_puts(&w->todo,
			    "Buy a hosted parallel job, or use a pool of our own");
		return true;
	}
	if (!*is_known || limit->used < limit->total)
		return false;
	wait_set(w, WAIT_PARALLEL);
	strbuf_printf(&w->evidence, "%.0f of %.0f %s parallel jobs run", limit->used,
		      limit->total, where);
	put_holder(&w->evidence, f, job->org, pool->is_hosted);
	strbuf_puts(&w->todo, "Wait, cancel a run, or buy parallel jobs (Organization "
			      "settings, Billing)");
	return true;
}

/* An agent is free, and yet it waits. */
static void say_free(struct wait *w, const struct fleet *f, const struct fleet_job *job,
		     bool knows_limit)
{
	bool is_fresh = waited(f, job) < FRESH_MS;

	wait_set(w, is_fresh ? WAIT_QUEUED : WAIT_UNKNOWN);
	strbuf_puts(&w->evidence, "idle: ");
	put_names(&w->evidence, f, job, AGENT_IDLE);
	if (is_fresh) {
		strbuf_puts(&w->todo, "Nothing: it is handed out within a minute");
	} else if (!knows_limit) {
		strbuf_puts(&w->evidence, "; the parallel jobs are not known");
		strbuf_puts(&w->todo, "See parallel-jobs: it says why it has no answer");
	} else {
		strbuf_puts(&w->evidence, ", and parallel jobs are free");
		strbuf_puts(&w->todo, "Look at the run: a check, an exclusive lock or a "
				      "paused pipeline may hold it");
	}
}

/* What the agents' board has shows none that could: a scaler makes them, or nobody. */
static bool say_scaled(struct wait *w, const struct fleet *f, const struct fleet_job *job,
		       const struct matches *m)
{
	const struct fleet_elastic *elastic = fleet_elastic(f, job->org, job->pool);
	const struct fleet_scaler *scaler = fleet_scaler(f, job->pool, job->pool_id);

	if (elastic) {
		wait_explain_elastic(w, f, job, elastic);
		return true;
	}
	if (scaler) {
		wait_explain_scaler(w, f, job, scaler);
		return true;
	}
	if (!m->by_state[AGENT_TEMPLATE])
		return false;
	wait_set(w, WAIT_UNKNOWN);
	strbuf_puts(&w->evidence,
		    f->has_scalers ? "its agents are made by a scaler that no "
				     "connected cluster has"
				   : "its agents are made by a scaler, and the board "
				     "keda has not come");
	strbuf_puts(&w->todo, "Connect the cluster that makes the agents");
	return true;
}

static void say_unmatched(struct wait *w, const struct fleet *f,
			  const struct fleet_job *job)
{
	const struct fleet_agent *agent;
	struct matches all = {0};

	vec_each (agent, &f->agents) {
		if (is_of_pool(agent, job)) {
			all.n++;
			all.by_state[agent->state]++;
		}
	}
	if (fleet_elastic(f, job->org, job->pool) && say_scaled(w, f, job, &all))
		return;
	if (all.n > 0) {
		wait_explain_demand(w, f, job);
		return;
	}
	if (say_scaled(w, f, job, &all))
		return;
	wait_set(w, WAIT_EMPTY);
	strbuf_printf(&w->evidence, "the pool %s has no agent", job->pool);
	strbuf_puts(&w->todo, "Add an agent to the pool, or name another pool");
}

static void say_unknown(struct wait *w, const char *evidence, const char *todo)
{
	wait_set(w, WAIT_UNKNOWN);
	strbuf_puts(&w->evidence, evidence);
	strbuf_puts(&w->todo, todo);
}

/* All that could are machines that stay, and none of them is there. */
static bool are_absent(const struct fleet *f, const struct fleet_job *job,
		       const struct matches *m)
{
	size_t absent = m->by_state[AGENT_OFFLINE] + m->by_state[AGENT_DISABLED];

	return absent == m->n && m->unseen == 0 &&
	       !fleet_elastic(f, job->org, job->pool) &&
	       !fleet_scaler(f, job->pool, job->pool_id);
}

static void say_matched(struct wait *w, const struct fleet *f,
			const struct fleet_job *job, const struct matches *m)
{
	bool knows_limit;

	if (are_absent(f, job, m)) {
		say_absent(w, f, job, m);
		return;
	}
	if (say_limit(w, f, job, &knows_limit))
		return;
	if (m->by_state[AGENT_IDLE])
		say_free(w, f, job, knows_limit);
	else if (say_scaled(w, f, job, m))
		return;
	else if (m->unseen)
		say_unknown(w,
			    "it could run on agents that the board agents does not have",
			    "Wait for the next poll of agents");
	else if (m->by_state[AGENT_BUSY] || m->by_state[AGENT_MAINTENANCE])
		say_busy(w, f, job, m);
	else
		say_unknown(w, "the state of the agents that could is not known",
			    "Look at the pool's agents in Azure DevOps");
}

void wait_explain(struct wait *w, const struct fleet *f, const struct fleet_job *job)
{
	struct matches m = match(f, job);
	const struct fleet_pool *pool = fleet_pool(f, job->org, job->pool);
	bool is_known;

	if (job->assigned_ms) {
		say_starting(w, f, job);
	} else if (!*job->pool) {
		say_unknown(w, "its pool is not known",
			    "Look at the run in Azure DevOps");
	} else if (!f->has_agents) {
		say_unknown(w, "the board agents has not come",
			    "`azdeck show agents` says why");
	} else if (m.n > 0 || m.unseen > 0) {
		say_matched(w, f, job, &m);
	} else if (job->matches_all || (pool && pool->is_hosted)) {
		if (!say_limit(w, f, job, &is_known))
			say_unknown(
				w,
				is_known
					? "no agent is listed, and parallel jobs are free"
					: "no agent is listed, and the parallel jobs "
					  "are not known",
				"Look at the run in Azure DevOps");
	} else {
		say_unmatched(w, f, job);
	}
	if (*job->said)
		strbuf_printf(&w->evidence, "; Azure DevOps says: %s", job->said);
}
