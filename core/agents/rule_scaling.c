/* The board agent-scaling: each pool from its queue to its machines, and what those that
 * wait cost. Thread: core. */
#include <math.h>
#include <string.h>

#include "agents/price.h"
#include "agents/rules.h"
#include "agents/scaling.h"

enum { POOLS, AGENTS, JOBS, RUNS, LIMITS, ELASTIC, KEDA, CAPABILITIES, VMS, SETS };

#define DAYS_A_MONTH (730.0 / 24)

static int64_t moment(const struct board *board, size_t row, const char *column)
{
	double ms = read_number(board, row, column);

	return isfinite(ms) && ms > 0 ? (int64_t)ms : 0;
}

static bool is_of(const struct board *board, size_t row, const struct fleet_pool *pool)
{
	return strcmp(read_text(board, row, "pool"), pool->name) == 0 &&
	       strcmp(read_text(board, row, "org"), pool->org) == 0;
}

/* Since when the jobs that ended are known; 0: none is. */
static int64_t known_since(const struct board *runs, const struct fleet_pool *pool)
{
	int64_t first_ms = 0;

	for (size_t i = 0; runs && i < runs->n_rows; i++) {
		int64_t ms = is_of(runs, i, pool) ? moment(runs, i, "began") : 0;

		if (ms && (!first_ms || ms < first_ms))
			first_ms = ms;
	}
	return first_ms;
}

static void add_jobs(struct idle *idle, const struct board *runs,
		     const struct fleet_pool *pool)
{
	for (size_t i = 0; runs && i < runs->n_rows; i++) {
		int64_t began_ms = moment(runs, i, "began");
		int64_t ended_ms = moment(runs, i, "ended");

		if (is_of(runs, i, pool) && began_ms)
			idle_add_job(idle, began_ms, ended_ms ? ended_ms : INT64_MAX);
	}
}

/* Machines that stay are idle when they run nothing; of a scale set the spare ones. Pods
 * end with their job. False: that is not known. */
static bool find_idle(struct idle *idle, const struct derive *d, const struct fleet *f,
		      const struct scaling *s, const struct fleet_pool *pool)
{
	const struct fleet_agent *agent;
	int64_t since_ms = known_since(d->boards[RUNS], pool);

	if (!since_ms || (s->maker != MAKER_NOBODY && s->maker != MAKER_SCALE_SET))
		return false;
	idle_init(idle, since_ms, f->now_ms);
	if (s->maker == MAKER_SCALE_SET) {
		for (int i = 0; i < (int)s->elastic->spare; i++)
			idle_add_agent(idle, 0);
		return true;
	}
	vec_each (agent, &f->agents) {
		if (strcmp(agent->pool, pool->name) == 0 &&
		    strcmp(agent->org, pool->org) == 0 &&
		    (agent->state == AGENT_IDLE || agent->state == AGENT_BUSY))
			idle_add_agent(idle, 0); /* paid for, connected or not */
	}
	add_jobs(idle, d->boards[RUNS], pool);
	return true;
}

static void put_idle(cJSON *row, const struct idle *idle, double hourly, double factor)
{
	cJSON *hours = cJSON_AddArrayToObject(row, "idle_hours");
	double a_day = idle_hours_a_day(idle);

	for (int h = 0; h < IDLE_HOURS; h++)
		cJSON_AddItemToArray(hours, idle->covered[h] > 0
						    ? cJSON_CreateNumber(
							      fmax(idle->minutes[h], 0))
						    : cJSON_CreateNull());
	derive_put_number(row, "idle_a_day", a_day * 3600);
	derive_put_number(row, "saving", a_day * DAYS_A_MONTH * hourly * factor);
	derive_put_number(row, "known", (double)((idle->to_ms - idle->from_ms) / 1000));
}

static void put_pool(cJSON *rows, const struct derive *d, const struct fleet *f,
		     const struct fleet_pool *pool)
{
	const struct scaling_machines machines = {d->boards[VMS], d->boards[SETS]};
	double factor = d->config ? d->config->schedules.price_factor : 1;
	cJSON *row = cJSON_CreateObject();
	struct scaling s;
	struct idle idle;

	scaling_init(&s, f, pool, &machines);
	derive_put_text(row, "pool", pool->name);
	derive_put_text(row, "org", pool->org);
	derive_put_text(row, "maker", scaling_maker_word(s.maker));
	derive_put_number(row, "queued", s.queued);
	derive_put_number(row, "asks", s.asks);
	derive_put_number(row, "wanted", s.wanted);
	derive_put_number(row, "there", s.there);
	derive_put_number(row, "online", s.online);
	derive_put_number(row, "busy", s.busy);
	derive_put_number(row, "idle", s.idle);
	derive_put_number(row, "off", s.off);
	derive_put_time(row, "off_since", s.off_ms);
	derive_put_number(row, "max", s.most);
	derive_put_text(row, "step", scaling_step_word(s.step));
	derive_put_time(row, "since", s.since_ms);
	derive_put_time(row, "oldest", s.oldest_ms);
	derive_put_text(row, "evidence", s.evidence.p);
	derive_put_text(row, "size", s.size);
	derive_put_number(row, "hourly", s.hourly * factor);
	derive_put_number(row, "idle_cost", s.idle * s.hourly * factor);
	derive_put_text(row, "currency",
			d->config ? d->config->schedules.currency : "USD");
	if (find_idle(&idle, d, f, &s, pool))
		put_idle(row, &idle, s.hourly, factor);
	cJSON_AddItemToArray(rows, row);
	scaling_fini(&s);
}

static cJSON *make_rows(const struct derive *d)
{
	const struct fleet_boards boards = {
		.jobs = d->boards[JOBS],
		.agents = d->boards[AGENTS],
		.pools = d->boards[POOLS],
		.capabilities = d->boards[CAPABILITIES],
		.limits = d->boards[LIMITS],
		.elastic = d->boards[ELASTIC],
		.keda = d->boards[KEDA],
	};
	const struct fleet_pool *pool;
	cJSON *rows = cJSON_CreateArray();
	struct fleet f;

	fleet_init(&f, &boards, d->now_ms);
	vec_each (pool, &f.pools)
		put_pool(rows, d, &f, pool);
	fleet_fini(&f);
	return rows;
}

const struct derive_rule rule_agent_scaling = {
	.name = "agent-scaling",
	.from = {"agent-pools", "agents", "agent-jobs", "?agent-runs", "?parallel-jobs",
		 "?elastic-pools", "?keda", "?agent-capabilities", "?vms", "?vmss"},
	.rows = make_rows,
};
