/* Jobs of agent pools. Thread: core. Each lane has at most one job in each quarter
 * of an hour, so who does what at any moment follows from the time alone. Beside
 * them stand jobs nobody can take, which wait for as long as one looks. */
#include "base/count.h"
#include "base/rng.h"
#include "sim/devops_builds.h"
#include "sim/rhythm.h"

#define SLOT_MS	      (15 * MINUTE_MS)
#define FIRST_SLOT    1800000
#define HISTORY_SLOTS 6
static const char *const pipelines[] = {
	"atlas-web-ci",	   "atlas-orders-ci", "atlas-infra-plan", "qodex-api-ci",
	"qodex-search-ci", "qodex-e2e",	      "platform-images",  "atlas-release",
};

/* qodex-e2e: it has been broken for a while. */
#define BROKEN_PIPELINE 5

/* Jobs without an agent that could take them. */
static const struct stuck {
	int pool;
	const char *pipeline;
	const char *demand;
	bool has_matches; /* agents that could, and are offline */
	int waits_minutes;
} stuck_jobs[] = {
	{10, "atlas-model-train", "gpu", false, 47},
	{17, "atlas-installer-ci", "VisualStudio", true, 83},
};

int64_t devops_slot(int64_t utc_ms)
{
	return rhythm_floor_div(utc_ms, SLOT_MS);
}

bool devops_job_of(const struct world *w, const struct agent_pool *pool, size_t lane,
		   int64_t slot, struct lane_job *job)
{
	uint64_t seed = rng_mix(rng_mix(w->seed, (uint64_t)devops_agent_id(pool, lane)),
				(uint64_t)slot);
	int64_t start_ms = slot * SLOT_MS;
	double chance = pool->busy * (0.3 + 0.7 * rhythm_load(start_ms));
	size_t pipeline = (size_t)(rng_at(seed, 5) * COUNT(pipelines));

	if (pool->lanes[lane] & (AGENT_OFFLINE | AGENT_DISABLED) ||
	    rng_at(seed, 0) >= chance)
		return false;
	*job = (struct lane_job){
		.number = (slot - FIRST_SLOT) * 64 + pool->id % 8 * 8 + (int64_t)lane,
		.queued_ms = start_ms + (int64_t)(rng_at(seed, 1) * 2.5 * MINUTE_MS),
		.has_failed = rng_at(seed, 4) < 0.11 || pipeline == BROKEN_PIPELINE,
		.pipeline = pipelines[pipeline],
	};
	job->assigned_ms = job->queued_ms + 4000 + (int64_t)(rng_at(seed, 2) * 150000);
	job->received_ms = job->assigned_ms + 2549;
	job->finished_ms =
		job->received_ms + (int64_t)((2.5 + 7 * rng_at(seed, 3)) * MINUTE_MS);
	return true;
}

bool devops_job_now(const struct world *w, const struct agent_pool *pool, size_t lane,
		    struct lane_job *job)
{
	return devops_job_of(w, pool, lane, devops_slot(w->now_ms), job) &&
	       job->received_ms <= w->now_ms && w->now_ms < job->finished_ms;
}

static void put_reference(struct strbuf *out, const char *key, const struct request *req,
			  const char *project, int64_t id, const char *name,
			  const char *page)
{
	jw_object(out, key);
	jw_object(out, "_links");
	jw_object(out, "web");
	jw_format(out, "href", "%.*s/_devops/contoso/%s/_build/%s=%lld",
		  STR_ARG(req->base), project, page, (long long)id);
	jw_object_end(out);
	jw_object_end(out);
	jw_int(out, "id", id);
	jw_text(out, "name", name);
	jw_object_end(out);
}

static void put_origin(struct strbuf *out, const struct world *w,
		       const struct request *req, const char *pipeline, int64_t number,
		       int64_t queued_ms)
{
	const char *project = devops_project_of(pipeline);

	jw_text(out, "scopeId", devops_project_id(w, project).text);
	jw_text(out, "planType", "Build");
	jw_text(out, "planId", guid_of(w->seed, "plan", (uint64_t)number).text);
	jw_text(out, "jobId", guid_of(w->seed, "job", (uint64_t)number).text);
	put_reference(out, "definition", req, project, devops_definition_id(pipeline),
		      pipeline, "definition?definitionId");
	put_reference(out, "owner", req, project, devops_build_id(number),
		      devops_build_name(number, queued_ms).text, "results?buildId");
	jw_object(out, "data");
	jw_text(out, "ParallelismTag", "Private");
	jw_text(out, "IsScheduledKey", "False");
	jw_object_end(out);
	jw_int(out, "priority", 0);
}

static void put_demands(struct strbuf *out, const char *demand)
{
	jw_list(out, "demands");
	if (demand)
		jw_text(out, NULL, demand);
	jw_text(out, NULL, "Agent.Version -gtVersion 2.182.1");
	jw_list_end(out);
}

void devops_put_job(struct strbuf *out, const char *key, const struct world *w,
		    const struct request *req, const struct agent_pool *pool, size_t lane,
		    const struct lane_job *job)
{
	bool is_assigned = job->assigned_ms <= w->now_ms;
	bool is_received = job->received_ms <= w->now_ms;
	bool is_finished = job->finished_ms <= w->now_ms;

	jw_object(out, key);
	jw_int(out, "requestId", job->number);
	jw_time(out, "queueTime", job->queued_ms, 7);
	if (is_assigned)
		jw_time(out, "assignTime", job->assigned_ms, 7);
	if (is_received)
		jw_time(out, "receiveTime", job->received_ms, 7);
	if (is_finished) {
		jw_time(out, "finishTime", job->finished_ms, 7);
		jw_text(out, "result", job->has_failed ? "failed" : "succeeded");
	}
	if (is_received)
		jw_time(out, "lockedUntil", job->received_ms + 10 * MINUTE_MS, 7);
	put_origin(out, w, req, job->pipeline, job->number, job->queued_ms);
	put_demands(out, pool->kind == POOL_HOSTED ? NULL : pool->capability);
	if (is_assigned)
		devops_put_agent_ref(out, "reservedAgent", w, req, pool, lane,
				     is_finished ? NULL : job);
	if (!is_received) {
		jw_list(out, "matchedAgents");
		devops_put_agent_ref(out, NULL, w, req, pool, lane, NULL);
		jw_list_end(out);
	}
	jw_bool(out, "matchesAllAgentsInPool", pool->kind == POOL_HOSTED);
	jw_int(out, "poolId", pool->id);
	jw_int(out, "queueId", pool->id + 40);
	jw_object_end(out);
}

static const struct stuck *stuck_of(const struct agent_pool *pool)
{
	for (size_t i = 0; i < COUNT(stuck_jobs); i++) {
		if (stuck_jobs[i].pool == pool->id)
			return &stuck_jobs[i];
	}
	return NULL;
}

bool devops_job_stuck(const struct world *w, const struct agent_pool *pool,
		      struct lane_job *job)
{
	int64_t half_day_ms = rhythm_floor_div(w->now_ms, 12 * HOUR_MS) * 12 * HOUR_MS;
	const struct stuck *stuck = stuck_of(pool);
	int64_t queued_ms;

	if (!stuck)
		return false;
	queued_ms = half_day_ms - stuck->waits_minutes * MINUTE_MS;
	*job = (struct lane_job){
		.number = (devops_slot(queued_ms) - FIRST_SLOT) * 64 + 60 + pool->id % 4,
		.queued_ms = queued_ms,
		.assigned_ms = INT64_MAX,
		.received_ms = INT64_MAX,
		.finished_ms = INT64_MAX,
		.pipeline = stuck->pipeline,
	};
	return true;
}

static void put_stuck(struct strbuf *out, const struct world *w,
		      const struct request *req, const struct agent_pool *pool,
		      const struct lane_job *job)
{
	const struct stuck *stuck = stuck_of(pool);

	jw_object(out, NULL);
	jw_int(out, "requestId", job->number);
	jw_time(out, "queueTime", job->queued_ms, 7);
	put_origin(out, w, req, job->pipeline, job->number, job->queued_ms);
	put_demands(out, stuck->demand);
	jw_list(out, "matchedAgents");
	for (size_t lane = 0; stuck->has_matches && lane < pool->n_lanes; lane++)
		devops_put_agent_ref(out, NULL, w, req, pool, lane, NULL);
	jw_list_end(out);
	jw_bool(out, "matchesAllAgentsInPool", false);
	jw_int(out, "poolId", pool->id);
	jw_int(out, "queueId", pool->id + 40);
	jw_object_end(out);
}

struct writer {
	struct strbuf *out; /* NULL: only count */
	int64_t n_finished; /* how many more finished ones are wanted */
	size_t n;
};

static void write_jobs(struct writer *wr, const struct world *w,
		       const struct request *req, const struct agent_pool *pool)
{
	int64_t slot = devops_slot(w->now_ms);
	struct lane_job stuck;

	if (devops_job_stuck(w, pool, &stuck)) {
		if (wr->out)
			put_stuck(wr->out, w, req, pool, &stuck);
		wr->n++;
	}
	for (int64_t k = slot; k > slot - HISTORY_SLOTS; k--)
		for (size_t lane = 0; lane < pool->n_lanes; lane++) {
			struct lane_job job;

			if (!devops_job_of(w, pool, lane, k, &job) ||
			    job.queued_ms > w->now_ms)
				continue;
			if (job.finished_ms <= w->now_ms) {
				if (wr->n_finished <= 0)
					continue;
				wr->n_finished--;
			}
			if (wr->out)
				devops_put_job(wr->out, NULL, w, req, pool, lane, &job);
			wr->n++;
		}
}

void devops_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct agent_pool *pool = devops_pool_named(req, rep);
	int64_t n_finished = 50;
	struct writer count = {0}, write = {.out = &rep->body};

	if (!pool)
		return;
	str_to_i64(request_query(req, "completedRequestCount"), &n_finished);
	count.n_finished = write.n_finished = n_finished;
	write_jobs(&count, w, req, pool);
	jw_object(&rep->body, NULL);
	jw_int(&rep->body, "count", (int64_t)count.n);
	jw_list(&rep->body, "value");
	write_jobs(&write, w, req, pool);
	jw_list_end(&rep->body);
	jw_object_end(&rep->body);
}
