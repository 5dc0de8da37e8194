/* Jobs that wait, each for a reason of its own: a demand no agent has, agents that are
 * off, a full licence, a scaler that does nothing. Each comes again and again, some only
 * at certain hours, so that every reason is to be seen on a day. Thread: core. */
#include "base/count.h"
#include "sim/devops/devops_builds.h"
#include "sim/rhythm.h"

/* Which agents could take it. */
enum matches {
	MATCHES_NONE,
	MATCHES_ALL,	   /* of the pool, as hosted ones */
	MATCHES_LANE,	   /* the one that has it */
	MATCHES_BUSY_LANE, /* likewise: the job is there while that one works */
	MATCHES_OFFLINE,
	MATCHES_TEMPLATE,
	MATCHES_THERE, /* those that are there now */
	MATCHES_OPEN,  /* likewise, while the offices are open */
};

static const struct waiting {
	int pool;
	const char *pipeline;
	const char *demands[3]; /* NULL ended */
	enum matches matches;
	size_t lane;
	int period;	  /* minutes, from one to the next */
	int early;	  /* minutes it was queued before its period began */
	int lasts;	  /* minutes of the period it is there */
	int from_h, to_h; /* hours of the day, UTC; 0, 24: any */
} waiting[] = {
	{10, "atlas-model-train", {"gpu"}, MATCHES_NONE, 0, 720, 47, 720, 0, 24},
	{10,
	 "atlas-web-ci",
	 {"docker", "node -gtVersion 20.0"},
	 MATCHES_NONE,
	 0,
	 180,
	 11,
	 180,
	 0,
	 24},
	{17,
	 "atlas-installer-ci",
	 {"VisualStudio"},
	 MATCHES_OFFLINE,
	 0,
	 720,
	 83,
	 720,
	 0,
	 24},
	{1, "qodex-api-ci", {NULL}, MATCHES_ALL, 0, 50, 6, 50, 0, 24},
	{1, "atlas-orders-ci", {NULL}, MATCHES_ALL, 0, 40, 2, 40, 0, 24},
	{19, "qodex-model-eval", {"gpu"}, MATCHES_TEMPLATE, 0, 720, 130, 720, 0, 24},
	{14, "qodex-search-ci", {"cmake"}, MATCHES_OPEN, 0, 120, 0, 120, 0, 24},
	{10,
	 "platform-images",
	 {"docker", "buildx"},
	 MATCHES_BUSY_LANE,
	 DEVOPS_BUILDX_LANE,
	 30,
	 0,
	 28,
	 7,
	 18},
	{10,
	 "atlas-release",
	 {"signing -equals HSM"},
	 MATCHES_LANE,
	 5,
	 60,
	 0,
	 55,
	 13,
	 16},
	{10, "atlas-infra-plan", {"docker"}, MATCHES_THERE, 0, 60, -6, 39, 1, 2},
};
const size_t devops_n_waiting = COUNT(waiting);

const struct agent_pool *devops_waiting_pool(size_t i)
{
	for (size_t k = 0; k < devops_n_pools; k++) {
		if (devops_pools[k].id == waiting[i].pool)
			return &devops_pools[k];
	}
	return NULL;
}

/* What the job waits for is there to wait for. */
static bool holds(const struct world *w, size_t i)
{
	const struct agent_pool *pool = devops_waiting_pool(i);
	struct lane_job job;

	if (waiting[i].matches == MATCHES_OPEN)
		return rhythm_is_open(w->now_ms);
	return waiting[i].matches != MATCHES_BUSY_LANE ||
	       devops_job_now(w, pool, waiting[i].lane, &job);
}

bool devops_waiting(const struct world *w, size_t i, struct lane_job *job)
{
	const struct waiting *it = &waiting[i];
	int64_t period_ms = it->period * MINUTE_MS;
	int64_t began_ms = rhythm_floor_div(w->now_ms, period_ms) * period_ms;
	int64_t queued_ms = began_ms - it->early * MINUTE_MS;
	int hour = utc_from_ms(w->now_ms).hour;

	if (hour < it->from_h || hour >= it->to_h || queued_ms > w->now_ms ||
	    w->now_ms - began_ms >= it->lasts * MINUTE_MS || !holds(w, i))
		return false;
	*job = (struct lane_job){
		.number = devops_slot(queued_ms) * 64 % 100000000 + 48 + (int64_t)i,
		.queued_ms = queued_ms,
		.assigned_ms = INT64_MAX,
		.received_ms = INT64_MAX,
		.finished_ms = INT64_MAX,
		.pipeline = it->pipeline,
	};
	return true;
}

static bool is_match(const struct world *w, const struct waiting *it,
		     const struct agent_pool *pool, size_t lane)
{
	switch (it->matches) {
	case MATCHES_NONE:
	case MATCHES_ALL:
		return false;
	case MATCHES_LANE:
	case MATCHES_BUSY_LANE:
		return lane == it->lane;
	case MATCHES_OFFLINE:
		return pool->lanes[lane] & AGENT_OFFLINE;
	case MATCHES_TEMPLATE:
		return lane == 0;
	case MATCHES_THERE:
	case MATCHES_OPEN:
		return !pool->lanes[lane] && devops_agent_exists(w, pool, lane);
	}
	return false;
}

static void put_match(struct strbuf *out, const struct world *w,
		      const struct request *req, const struct agent_pool *pool,
		      size_t lane)
{
	struct lane_job job;
	bool is_busy = devops_job_now(w, pool, lane, &job);

	devops_put_agent_ref(out, NULL, w, req, pool, lane, is_busy ? &job : NULL);
}

void devops_put_waiting(struct strbuf *out, const struct world *w,
			const struct request *req, size_t i, const struct lane_job *job)
{
	const struct waiting *it = &waiting[i];
	const struct agent_pool *pool = devops_waiting_pool(i);
	bool has_list = it->matches != MATCHES_NONE && it->matches != MATCHES_ALL;

	jw_object(out, NULL);
	jw_int(out, "requestId", job->number);
	jw_time(out, "queueTime", job->queued_ms, 7);
	devops_put_origin(out, w, req, job->pipeline, job->number, job->queued_ms);
	devops_put_demands(out, it->demands);
	if (has_list) {
		jw_list(out, "matchedAgents");
		for (size_t lane = 0; lane < pool->n_lanes; lane++) {
			if (is_match(w, it, pool, lane))
				put_match(out, w, req, pool, lane);
		}
		jw_list_end(out);
	}
	jw_bool(out, "matchesAllAgentsInPool", it->matches == MATCHES_ALL);
	jw_int(out, "poolId", pool->id);
	jw_int(out, "queueId", pool->id + 40);
	jw_object_end(out);
}
