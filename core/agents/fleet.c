/* See fleet.h. */
#include "agents/fleet.h"

#include <math.h>
#include <string.h>

static enum agent_state state_of(const char *word)
{
	static const char *const words[] = {
		[AGENT_IDLE] = "idle",
		[AGENT_BUSY] = "busy",
		[AGENT_MAINTENANCE] = "maintenance",
		[AGENT_OFFLINE] = "offline",
		[AGENT_DISABLED] = "disabled",
		[AGENT_AWAY] = "away",
		[AGENT_TEMPLATE] = "template",
	};

	for (size_t i = 0; i < AGENT_ODD; i++) {
		if (strcmp(words[i], word) == 0)
			return (enum agent_state)i;
	}
	return AGENT_ODD;
}

static int64_t id_of(const struct board *board, size_t row, const char *column)
{
	double id = read_number(board, row, column);

	return isfinite(id) ? (int64_t)id : -1;
}

static bool is_yes(const struct board *board, size_t row, const char *column)
{
	return strcmp(read_text(board, row, column), "true") == 0;
}

static void read_agents(struct fleet *f, const struct board *b)
{
	f->has_agents = b && !b->is_loading;
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->agents, (struct fleet_agent){
					     .org = read_text(b, i, "org"),
					     .pool = read_text(b, i, "pool"),
					     .name = read_text(b, i, "name"),
					     .id = id_of(b, i, "id"),
					     .state = state_of(read_text(b, i, "state")),
					     .since_ms = read_moment(b, i, "since"),
					     .job = read_text(b, i, "job"),
					     .job_ms = read_moment(b, i, "job_since"),
				     });
}

static void read_jobs(struct fleet *f, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->jobs, (struct fleet_job){
					   .key = b->rows[i].key.p,
					   .org = read_text(b, i, "org"),
					   .pool = read_text(b, i, "pool"),
					   .pipeline = read_text(b, i, "pipeline"),
					   .run = read_text(b, i, "build"),
					   .pool_id = id_of(b, i, "pool_id"),
					   .queued_ms = read_moment(b, i, "queued"),
					   .assigned_ms = read_moment(b, i, "assigned"),
					   .asked = read_text(b, i, "asked"),
					   .matched = read_text(b, i, "matched"),
					   .matches_all = is_yes(b, i, "matches_all"),
					   .tag = read_text(b, i, "tag"),
					   .said = read_text(b, i, "said"),
					   .agent = read_text(b, i, "agent"),
					   .is_waiting = strcmp(read_text(b, i, "state"),
								"waiting") == 0,
				   });
}

static void read_pools(struct fleet *f, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->pools, (struct fleet_pool){
					    .org = read_text(b, i, "org"),
					    .name = read_text(b, i, "name"),
					    .id = id_of(b, i, "id"),
					    .is_hosted = strcmp(read_text(b, i, "hosted"),
								"by Microsoft") == 0,
				    });
}

static void read_limits(struct fleet *f, const struct board *b)
{
	f->has_limits = b && !b->is_loading;
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->limits, (struct fleet_limit){
					     .org = read_text(b, i, "org"),
					     .tag = read_text(b, i, "tag"),
					     .is_hosted = strcmp(read_text(b, i, "where"),
								 "by Microsoft") == 0,
					     .total = read_number(b, i, "total"),
					     .used = read_number(b, i, "used"),
					     .minutes = read_number(b, i, "minutes"),
					     .spent = read_number(b, i, "spent"),
				     });
}

static void read_elastic(struct fleet *f, const struct board *b)
{
	f->has_elastic = b && !b->is_loading;
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->elastic,
			 (struct fleet_elastic){
				 .org = read_text(b, i, "org"),
				 .pool = read_text(b, i, "pool"),
				 .state = read_text(b, i, "state"),
				 .set = read_text(b, i, "set"),
				 .size = read_text(b, i, "size"),
				 .desired = read_number(b, i, "desired"),
				 .most = read_number(b, i, "max"),
				 .spare = read_number(b, i, "spare"),
				 .attempts = read_number(b, i, "attempts"),
				 .making = read_number(b, i, "making"),
				 .failed = read_number(b, i, "failed"),
				 .making_ms = read_moment(b, i, "making_since"),
				 .offline_ms = read_moment(b, i, "offline_since"),
				 .scaled_ms = read_moment(b, i, "scaled"),
				 .problem = read_text(b, i, "problem"),
				 .problem_ms = read_moment(b, i, "problem_at"),
			 });
}

/* Those whose trigger is a pool of agents. */
static void read_scalers(struct fleet *f, const struct board *b)
{
	f->has_scalers = b && !b->is_loading;
	for (size_t i = 0; b && i < b->n_rows; i++) {
		const char *pool = read_text(b, i, "agent_pool");

		if (*pool)
			vec_push(&f->scalers,
				 (struct fleet_scaler){
					 .name = read_text(b, i, "name"),
					 .state = read_text(b, i, "state"),
					 .message = read_text(b, i, "message"),
					 .pool = pool,
					 .cluster = read_text(b, i, "cluster"),
					 .namespace = read_text(b, i, "namespace"),
					 .most = read_number(b, i, "max"),
					 .least = read_number(b, i, "min"),
					 .failures = read_number(b, i, "failures"),
					 .active_ms = read_moment(b, i, "active"),
				 });
	}
}

static void read_capabilities(struct fleet *f, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++)
		vec_push(&f->capabilities, (struct fleet_capabilities){
						   .org = read_text(b, i, "org"),
						   .agent = id_of(b, i, "id"),
						   .has = read_text(b, i, "has"),
					   });
}

void fleet_init(struct fleet *f, const struct board *const *boards, int64_t now_ms)
{
	*f = (struct fleet){.now_ms = now_ms};
	read_jobs(f, boards[FLEET_JOBS]);
	read_agents(f, boards[FLEET_AGENTS]);
	read_pools(f, boards[FLEET_POOLS]);
	read_capabilities(f, boards[FLEET_CAPABILITIES]);
	read_limits(f, boards[FLEET_LIMITS]);
	read_elastic(f, boards[FLEET_ELASTIC]);
	read_scalers(f, boards[FLEET_KEDA]);
}

void fleet_fini(struct fleet *f)
{
	vec_fini(&f->agents);
	vec_fini(&f->jobs);
	vec_fini(&f->pools);
	vec_fini(&f->limits);
	vec_fini(&f->elastic);
	vec_fini(&f->scalers);
	vec_fini(&f->capabilities);
}

const struct fleet_pool *fleet_pool(const struct fleet *f, const char *org,
				    const char *name)
{
	const struct fleet_pool *it;

	vec_each (it, &f->pools) {
		if (strcmp(it->org, org) == 0 && strcmp(it->name, name) == 0)
			return it;
	}
	return NULL;
}

const struct fleet_elastic *fleet_elastic(const struct fleet *f, const char *org,
					  const char *pool)
{
	const struct fleet_elastic *it;

	vec_each (it, &f->elastic) {
		if (strcmp(it->org, org) == 0 && strcmp(it->pool, pool) == 0)
			return it;
	}
	return NULL;
}

const struct fleet_scaler *fleet_scaler(const struct fleet *f, const char *pool,
					int64_t pool_id)
{
	const struct fleet_scaler *it;
	int64_t id;

	vec_each (it, &f->scalers) {
		if (strcmp(it->pool, pool) == 0 ||
		    (str_to_i64(str_from(it->pool), &id) && id == pool_id))
			return it;
	}
	return NULL;
}

const struct fleet_limit *fleet_limit(const struct fleet *f, const char *org,
				      const char *tag, bool is_hosted)
{
	const struct fleet_limit *it;

	vec_each (it, &f->limits) {
		if (it->is_hosted == is_hosted && strcmp(it->org, org) == 0 &&
		    str_eq_nocase(str_from(it->tag), str_from(tag)))
			return it;
	}
	return NULL;
}

const struct fleet_capabilities *fleet_capabilities(const struct fleet *f,
						    const char *org, int64_t agent)
{
	const struct fleet_capabilities *it;

	vec_each (it, &f->capabilities) {
		if (it->agent == agent && strcmp(it->org, org) == 0)
			return it;
	}
	return NULL;
}
