/* See scaling.h. The steps are asked from the queue on; the first that is behind is the
 * one to look at, because those after it have nothing to do yet. */
#include "agents/scaling.h"

#include <math.h>
#include <string.h>

#include "board/list_price.h"
#include "agents/wait.h"

static const char *const steps[] = {
#define X(id, word) [SCALING_##id] = word,
	SCALING_LIST(X)
#undef X
};

const char *scaling_step_word(enum scaling_step step)
{
	return steps[step];
}

const char *scaling_maker_word(enum scaling_maker maker)
{
	static const char *const words[] = {
		[MAKER_NOBODY] = "machines",	 [MAKER_MICROSOFT] = "Microsoft",
		[MAKER_SCALE_SET] = "scale set", [MAKER_KEDA] = "KEDA",
		[MAKER_UNSEEN] = "a scaler",
	};

	return words[maker];
}

/* Those of the queue that more agents would help. */
struct queue {
	size_t n, by_reason[WAIT_UNKNOWN + 1];
};

static void look_at_queue(struct scaling *s, struct queue *q, const struct fleet *f,
			  const struct fleet_pool *pool)
{
	const struct fleet_job *job;
	struct wait w;

	wait_init(&w);
	vec_each (job, &f->jobs) {
		if (!job->is_waiting || strcmp(job->org, pool->org) != 0 ||
		    strcmp(job->pool, pool->name) != 0)
			continue;
		wait_explain(&w, f, job);
		q->n++;
		q->by_reason[w.reason]++;
		if (job->queued_ms && (!s->oldest_ms || job->queued_ms < s->oldest_ms))
			s->oldest_ms = job->queued_ms;
	}
	wait_fini(&w);
	s->queued = (double)q->n;
}

static void count_agents(struct scaling *s, const struct fleet *f,
			 const struct fleet_pool *pool, bool *has_template)
{
	const struct fleet_agent *agent;

	vec_each (agent, &f->agents) {
		if (strcmp(agent->org, pool->org) != 0 ||
		    strcmp(agent->pool, pool->name) != 0)
			continue;
		s->idle += agent->state == AGENT_IDLE;
		s->busy +=
			agent->state == AGENT_BUSY || agent->state == AGENT_MAINTENANCE;
		s->off += agent->state == AGENT_OFFLINE;
		if (agent->state == AGENT_OFFLINE && agent->since_ms &&
		    (!s->off_ms || agent->since_ms < s->off_ms))
			s->off_ms = agent->since_ms;
		*has_template = *has_template || agent->state == AGENT_TEMPLATE;
	}
	s->online = s->idle + s->busy;
}

static bool is_word(const char *text, const char *word)
{
	return str_eq_nocase(str_from(text), str_from(word));
}

/* By its own rule: an agent for each job, within its range, while it works at all. */
static double wanted_by_keda(const struct scaling *s)
{
	const struct fleet_scaler *it = s->scaler;
	double most = isfinite(it->most) ? it->most : INFINITY;
	double least = isfinite(it->least) ? it->least : 0;

	if (is_word(it->state, "Paused") || is_word(it->state, "Not ready"))
		return s->online;
	if (!is_word(it->state, "Active") && !is_word(it->state, "Idle"))
		return NAN;
	return fmin(fmax(s->asks, least), most);
}

static void find_maker(struct scaling *s, const struct fleet *f,
		       const struct fleet_pool *pool, bool has_template)
{
	s->elastic = fleet_elastic(f, pool->org, pool->name);
	s->scaler = fleet_scaler(f, pool->name, pool->id);
	s->maker = pool->is_hosted ? MAKER_MICROSOFT
		   : s->elastic	   ? MAKER_SCALE_SET
		   : s->scaler	   ? MAKER_KEDA
		   : has_template  ? MAKER_UNSEEN
				   : MAKER_NOBODY;
	s->wanted = s->there = s->most = NAN;
	if (s->elastic) {
		s->wanted = s->elastic->desired;
		s->scaled_ms = s->elastic->scaled_ms;
		s->there = s->online +
			   (isfinite(s->elastic->making) ? s->elastic->making : 0);
		s->most = s->elastic->most;
	} else if (s->scaler) {
		s->wanted = wanted_by_keda(s);
		s->scaled_ms = s->scaler->active_ms;
		s->there = s->online;
		s->most = s->scaler->most;
	} else if (s->maker == MAKER_NOBODY) {
		s->there = s->most = s->online + s->off;
	}
}

static void read_sizes(struct map *sizes, const struct board *board)
{
	map_init(sizes);
	sizes->fold_case = true;
	for (size_t i = 0; board && i < board->n_rows; i++)
		map_put(sizes, str_from(read_text(board, i, "name")),
			(void *)(uintptr_t)read_text(board, i, "size"));
}

void scaling_machines_init(struct scaling_machines *m, const struct board *vms,
			   const struct board *sets)
{
	read_sizes(&m->vms, vms);
	read_sizes(&m->sets, sets);
}

void scaling_machines_fini(struct scaling_machines *m)
{
	map_fini(&m->vms);
	map_fini(&m->sets);
}

/* Agents that are called as their machines; the mean, if the price of each is known. */
static void price_machines(struct scaling *s, const struct fleet *f,
			   const struct fleet_pool *pool, const struct map *vms)
{
	const struct fleet_agent *agent;
	double sum = 0;
	size_t n = 0;

	vec_each (agent, &f->agents) {
		const char *size;
		double hourly;

		if (strcmp(agent->org, pool->org) != 0 ||
		    strcmp(agent->pool, pool->name) != 0)
			continue;
		size = map_find(vms, str_from(agent->name));
		hourly = size ? machine_price_hourly(size) : NAN;
		if (!isfinite(hourly))
			return;
		s->size = n == 0 || strcmp(s->size, size) == 0 ? size : "several";
		sum += hourly;
		n++;
	}
	if (n > 0)
		s->hourly = sum / (double)n;
}

static void price(struct scaling *s, const struct fleet *f, const struct fleet_pool *pool,
		  const struct scaling_machines *machines)
{
	const char *size =
		s->elastic ? map_find(&machines->sets, str_from(s->elastic->set)) : NULL;

	s->size = size ? size : "";
	s->hourly = size ? machine_price_hourly(size) : NAN;
	if (s->maker == MAKER_NOBODY)
		price_machines(s, f, pool, &machines->vms);
}

static void say(struct scaling *s, enum scaling_step step, int64_t since_ms,
		const char *evidence)
{
	s->step = step;
	s->since_ms = since_ms;
	strbuf_reset(&s->evidence);
	strbuf_puts(&s->evidence, evidence);
}

/* What no agent can end is not the scaler's fault. */
static bool is_not_of_agents(struct scaling *s, const struct queue *q)
{
	size_t special = s->idle > 0 ? q->by_reason[WAIT_BUSY] : 0;

	if (q->by_reason[WAIT_DEMAND] + special == q->n) {
		say(s, SCALING_DEMAND, s->oldest_ms,
		    special ? "what waits asks for what idle agents do not have"
			    : "what waits asks for what no agent has");
		return true;
	}
	if (q->by_reason[WAIT_PARALLEL] || q->by_reason[WAIT_MINUTES]) {
		say(s, SCALING_LICENCE, s->oldest_ms,
		    "agents may not run more jobs at once");
		return true;
	}
	return false;
}

static bool is_scaler_behind(struct scaling *s, const struct fleet *f)
{
	bool is_ill = s->scaler && !is_word(s->scaler->state, "Active") &&
		      !is_word(s->scaler->state, "Idle");

	if (is_ill) {
		say(s, SCALING_SCALER, s->oldest_ms, "");
		strbuf_printf(&s->evidence, "KEDA %s: %s", s->scaler->name,
			      *s->scaler->message ? s->scaler->message
						  : s->scaler->state);
		return true;
	}
	if (s->elastic && s->elastic->attempts > 0 && *s->elastic->problem &&
	    s->wanted > s->there) {
		say(s, SCALING_MACHINES, s->oldest_ms, "");
		strbuf_printf(&s->evidence, "%.0f wanted, %.0f there: %s", s->wanted,
			      s->there, s->elastic->problem);
		return true;
	}
	if (isfinite(s->most) && s->asks > s->most && s->wanted >= s->most) {
		say(s, SCALING_MAXIMUM, s->oldest_ms, "");
		strbuf_printf(&s->evidence,
			      "the queue asks for %.0f agents, at most %.0f may be",
			      s->asks, s->most);
		return true;
	}
	if (isfinite(s->wanted) && s->wanted < s->asks &&
	    (!s->oldest_ms || f->now_ms - s->oldest_ms > 60 * 1000)) {
		say(s, SCALING_SCALER, s->oldest_ms, "");
		strbuf_printf(&s->evidence,
			      "the queue asks for %.0f agents, it wants %.0f", s->asks,
			      s->wanted);
		return true;
	}
	return false;
}

static void find_step(struct scaling *s, const struct fleet *f, const struct queue *q)
{
	if (q->n == 0) {
		bool rests = s->busy == 0;

		say(s, rests ? SCALING_REST : SCALING_FINE, 0, "nothing waits");
	} else if (is_not_of_agents(s, q) || is_scaler_behind(s, f)) {
		return;
	} else if (s->elastic && s->elastic->making > 0) {
		say(s, SCALING_MACHINES, s->elastic->making_ms, "");
		strbuf_printf(&s->evidence, "%.0f wanted, %.0f there", s->wanted,
			      s->online);
	} else if (s->off > 0 && s->idle == 0) {
		say(s, SCALING_AGENTS, s->oldest_ms, "");
		strbuf_printf(&s->evidence, "%.0f online, %.0f offline", s->online,
			      s->off);
	} else if (s->maker == MAKER_UNSEEN) {
		say(s, SCALING_UNKNOWN, s->oldest_ms, "its scaler is not seen");
	} else if (s->maker == MAKER_NOBODY && s->idle == 0) {
		say(s, SCALING_MAXIMUM, s->oldest_ms, "all its machines work");
	} else {
		say(s, SCALING_FINE, 0, "what waits has just come");
	}
}

void scaling_init(struct scaling *s, const struct fleet *f, const struct fleet_pool *pool,
		  const struct scaling_machines *machines)
{
	struct queue q = {0};
	bool has_template = false;

	*s = (struct scaling){0};
	strbuf_init(&s->evidence, 400);
	look_at_queue(s, &q, f, pool);
	count_agents(s, f, pool, &has_template);
	s->asks = s->busy + s->queued - (double)q.by_reason[WAIT_DEMAND];
	find_maker(s, f, pool, has_template);
	price(s, f, pool, machines);
	find_step(s, f, &q);
}

void scaling_fini(struct scaling *s)
{
	strbuf_fini(&s->evidence);
}
