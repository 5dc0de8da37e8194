/* The board agent-scaling: each pool from its queue to its machines, and what those that
 * wait cost. Thread: core. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "board/list_price.h"
#include "agents/rules.h"
#include "agents/scaling.h"
#include "base/map.h"
#include "base/xalloc.h"

enum { RUNS = FLEET_BOARDS, VMS, SETS };

#define DAYS_A_MONTH (LIST_PRICE_MONTH_H / 24)

struct run {
	int64_t began_ms, ended_ms;
};

/* The jobs of one pool that ended or run. */
struct runs {
	int64_t first_ms; /* since when they are known */
	VEC(struct run) all;
};

struct history {
	struct map pools; /* by "organisation/pool": struct runs */
};

static void put_name(struct strbuf *out, const char *org, const char *pool)
{
	strbuf_reset(out);
	strbuf_printf(out, "%s/%s", org, pool);
}

static void history_init(struct history *h, const struct board *board)
{
	struct strbuf name;

	map_init(&h->pools);
	strbuf_init(&name, 1024);
	for (size_t i = 0; board && i < board->n_rows; i++) {
		int64_t began_ms = read_moment(board, i, "began");
		int64_t ended_ms = read_moment(board, i, "ended");
		struct runs *runs;

		if (!began_ms)
			continue;
		put_name(&name, read_text(board, i, "org"), read_text(board, i, "pool"));
		runs = map_find(&h->pools, strbuf_str(&name));
		if (!runs) {
			runs = xcalloc(1, sizeof(*runs));
			runs->first_ms = began_ms;
			map_put(&h->pools, strbuf_str(&name), runs);
		}
		if (began_ms < runs->first_ms)
			runs->first_ms = began_ms;
		vec_push(&runs->all,
			 (struct run){.began_ms = began_ms,
				      .ended_ms = ended_ms ? ended_ms : INT64_MAX});
	}
	strbuf_fini(&name);
}

static void history_fini(struct history *h)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&h->pools, &at, &slot)) {
		struct runs *runs = slot->value;

		vec_fini(&runs->all);
		free(runs);
	}
	map_fini(&h->pools);
}

static const struct runs *history_of(const struct history *h,
				     const struct fleet_pool *pool)
{
	const struct runs *runs;
	struct strbuf name;

	strbuf_init(&name, 1024);
	put_name(&name, pool->org, pool->name);
	runs = map_find(&h->pools, strbuf_str(&name));
	strbuf_fini(&name);
	return runs;
}

/* Machines that stay are idle when they run nothing; of a scale set the spare ones. Pods
 * end with their job. False: that is not known. */
static bool find_idle(struct idle *idle, const struct runs *runs, const struct fleet *f,
		      const struct scaling *s, const struct fleet_pool *pool)
{
	const struct fleet_agent *agent;

	if (!runs || (s->maker != MAKER_NOBODY && s->maker != MAKER_SCALE_SET))
		return false;
	idle_init(idle, runs->first_ms, f->now_ms);
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
	for (size_t i = 0; i < runs->all.n; i++)
		idle_add_job(idle, runs->all.p[i].began_ms, runs->all.p[i].ended_ms);
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

/* What is read once for all pools. */
struct known {
	const struct derive *d;
	struct fleet fleet;
	struct history history;
	struct scaling_machines machines;
};

static void put_pool(cJSON *rows, const struct known *k, const struct fleet_pool *pool)
{
	const struct derive *d = k->d;
	double factor = d->config ? d->config->schedules.price_factor : 1;
	cJSON *row = cJSON_CreateObject();
	struct scaling s;
	struct idle idle;

	scaling_init(&s, &k->fleet, pool, &k->machines);
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
	derive_put_time(row, "scaled", s.scaled_ms);
	derive_put_text(row, "step", scaling_step_word(s.step));
	derive_put_time(row, "since", s.since_ms);
	derive_put_time(row, "oldest", s.oldest_ms);
	derive_put_text(row, "evidence", s.evidence.p);
	derive_put_text(row, "size", s.size);
	derive_put_number(row, "hourly", s.hourly * factor);
	derive_put_number(row, "idle_cost", s.idle * s.hourly * factor);
	derive_put_text(row, "currency",
			d->config ? d->config->schedules.currency : "USD");
	if (find_idle(&idle, history_of(&k->history, pool), &k->fleet, &s, pool))
		put_idle(row, &idle, s.hourly, factor);
	cJSON_AddItemToArray(rows, row);
	scaling_fini(&s);
}

static cJSON *make_rows(const struct derive *d)
{
	const struct fleet_pool *pool;
	cJSON *rows = cJSON_CreateArray();
	struct known k = {.d = d};

	fleet_init(&k.fleet, d->boards, d->now_ms);
	history_init(&k.history, d->boards[RUNS]);
	scaling_machines_init(&k.machines, d->boards[VMS], d->boards[SETS]);
	vec_each (pool, &k.fleet.pools)
		put_pool(rows, &k, pool);
	scaling_machines_fini(&k.machines);
	history_fini(&k.history);
	fleet_fini(&k.fleet);
	return rows;
}

const struct derive_rule rule_agent_scaling = {
	.name = "agent-scaling",
	.from = {[FLEET_JOBS] = "agent-jobs",
		 [FLEET_AGENTS] = "agents",
		 [FLEET_POOLS] = "agent-pools",
		 [FLEET_CAPABILITIES] = "?agent-capabilities",
		 [FLEET_LIMITS] = "?parallel-jobs",
		 [FLEET_ELASTIC] = "?elastic-pools",
		 [FLEET_KEDA] = "?keda",
		 [RUNS] = "?agent-runs",
		 [VMS] = "?vms",
		 [SETS] = "?vmss"},
	.rows = make_rows,
};
