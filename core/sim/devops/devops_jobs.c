/* Jobs of agent pools. Thread: core. Each lane has at most one job in each quarter
 * of an hour, so who does what at any moment follows from the time alone. Beside
 * them stand those of devops_waits.c, which wait. */
#include "base/count.h"
#include "base/rng.h"
#include "sim/devops/devops_builds.h"
#include "sim/rhythm.h"

#define SLOT_MS	      (15 * MINUTE_MS)
#define FIRST_SLOT    1800000
#define HISTORY_SLOTS 6
#define DAY_SLOTS     96 /* for one who asks for many */
#define MANY	      50
static const char *const pipelines[] = {
	"atlas-web-ci",	   "atlas-orders-ci", "atlas-infra-plan", "qodex-api-ci",
	"qodex-search-ci", "qodex-e2e",	      "platform-images",  "atlas-release",
};

/* qodex-e2e: it has been broken for a while. */
#define BROKEN_PIPELINE 5

int64_t devops_slot(int64_t utc_ms)
{
	return rhythm_floor_div(utc_ms, SLOT_MS);
}

/* Some are never without work: the hosted ones, because they are few, and the scale set
 * by day. A lane of theirs takes the next job as soon as one ends. */
static bool is_full(const struct agent_pool *pool, int64_t start_ms)
{
	return pool->kind == POOL_HOSTED ||
	       (pool->kind == POOL_SCALE_SET && rhythm_is_open(start_ms));
}

bool devops_is_cleaning(const struct agent_pool *pool, int64_t utc_ms)
{
	int64_t of_day_ms = utc_ms - rhythm_floor_div(utc_ms, DAY_MS) * DAY_MS;

	return pool->kind == POOL_FIXED && of_day_ms >= HOUR_MS &&
	       of_day_ms < HOUR_MS + 3 * SLOT_MS;
}

/* Whether it takes jobs at all. */
static bool is_working(const struct agent_pool *pool, size_t lane, int64_t start_ms)
{
	bool is_template = pool->kind == POOL_KEDA && lane == 0;

	return !is_template && !devops_is_cleaning(pool, start_ms) &&
	       !(pool->lanes[lane] & (AGENT_OFFLINE | AGENT_DISABLED));
}

/* How long a job is in the queue at most: pods and machines have to be made first. */
static double patience_ms(const struct agent_pool *pool)
{
	return pool->kind == POOL_KEDA	      ? 90000
	       : pool->kind == POOL_SCALE_SET ? 150000
					      : 25000;
}

static void fill_slot(struct lane_job *job, int64_t start_ms, uint64_t seed)
{
	job->queued_ms = start_ms - 2000 - (int64_t)(rng_at(seed, 1) * 90000);
	job->assigned_ms = start_ms - 900;
	job->received_ms = start_ms;
	job->finished_ms = start_ms + SLOT_MS;
}

bool devops_job_of(const struct world *w, const struct agent_pool *pool, size_t lane,
		   int64_t slot, struct lane_job *job)
{
	uint64_t seed = rng_mix(rng_mix(w->seed, (uint64_t)devops_agent_id(pool, lane)),
				(uint64_t)slot);
	int64_t start_ms = slot * SLOT_MS;
	double chance = pool->busy * (0.3 + 0.7 * rhythm_load(start_ms));
	size_t pipeline = (size_t)(rng_at(seed, 5) * COUNT(pipelines));

	if (!is_working(pool, lane, start_ms) ||
	    (rng_at(seed, 0) >= chance && !is_full(pool, start_ms)))
		return false;
	*job = (struct lane_job){
		.number = (slot - FIRST_SLOT) * 64 + pool->id % 8 * 8 + (int64_t)lane,
		.queued_ms = start_ms + (int64_t)(rng_at(seed, 1) * 2.5 * MINUTE_MS),
		.has_failed = rng_at(seed, 4) < 0.11 || pipeline == BROKEN_PIPELINE,
		.pipeline = pipelines[pipeline],
	};
	if (is_full(pool, start_ms)) {
		fill_slot(job, start_ms, seed);
		return true;
	}
	job->assigned_ms =
		job->queued_ms + 4000 + (int64_t)(rng_at(seed, 2) * patience_ms(pool));
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

void devops_put_origin(struct strbuf *out, const struct world *w,
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

void devops_put_demands(struct strbuf *out, const char *const *demands)
{
	jw_list(out, "demands");
	for (; *demands; demands++)
		jw_text(out, NULL, *demands);
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
	devops_put_origin(out, w, req, job->pipeline, job->number, job->queued_ms);
	devops_put_demands(out, (const char *const[]){pool->kind == POOL_HOSTED
							      ? NULL
							      : pool->capability,
						      NULL});
	if (is_assigned)
		devops_put_agent_ref(out, "reservedAgent", w, req, pool, lane,
				     is_finished ? NULL : job);
	if (!is_received) {
		jw_list(out, "matchedAgents");
		devops_put_agent_ref(out, NULL, w, req, pool,
				     pool->kind == POOL_KEDA ? 0 : lane, NULL);
		jw_list_end(out);
	}
	jw_bool(out, "matchesAllAgentsInPool", pool->kind == POOL_HOSTED);
	jw_int(out, "poolId", pool->id);
	jw_int(out, "queueId", pool->id + 40);
	jw_object_end(out);
}

struct writer {
	struct strbuf *out; /* NULL: only count */
	int64_t n_finished; /* how many more finished ones are wanted */
	int64_t n_slots;    /* how far back */
	size_t n;
};

static void write_jobs(struct writer *wr, const struct world *w,
		       const struct request *req, const struct agent_pool *pool)
{
	int64_t slot = devops_slot(w->now_ms);

	for (size_t i = 0; i < devops_n_waiting; i++) {
		struct lane_job waiting;

		if (devops_waiting_pool(i) != pool || !devops_waiting(w, i, &waiting))
			continue;
		if (wr->out)
			devops_put_waiting(wr->out, w, req, i, &waiting);
		wr->n++;
	}
	for (int64_t k = slot; k > slot - wr->n_slots; k--)
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
	count.n_slots = write.n_slots = n_finished > MANY ? DAY_SLOTS : HISTORY_SLOTS;
	write_jobs(&count, w, req, pool);
	jw_object(&rep->body, NULL);
	jw_int(&rep->body, "count", (int64_t)count.n);
	jw_list(&rep->body, "value");
	write_jobs(&write, w, req, pool);
	jw_list_end(&rep->body);
	jw_object_end(&rep->body);
}
