/* Agent pools, and the agents in them. Thread: core. Lists of pools page by a
 * header, not by a link. */
#include "sim/devops/devops_builds.h"

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

#define POOLS_PER_PAGE 3
#define CREATED_MS     1648800000847LL /* 2022-04-01 */
#define OFF	       AGENT_OFFLINE
#define DIS	       AGENT_DISABLED

const struct agent_pool devops_pools[] = {
	{1, "Azure Pipelines", POOL_HOSTED, "Hosted Agent", 5, {0}, .55, "ubuntu-22.04"},
	{10,
	 "atlas-linux",
	 POOL_FIXED,
	 "atlas-build",
	 6,
	 {0, 0, 0, 0, OFF, DIS},
	 .80,
	 "docker"},
	{12, "qodex-keda", POOL_KEDA, "qodex-keda", 8, {0}, .60, "dotnet8"},
	{14, "qodex-scaleset", POOL_SCALE_SET, "vmssagent", 4, {0}, .95, "cmake"},
	{17, "atlas-windows", POOL_FIXED, "atlas-win", 2, {OFF, OFF}, 0, "VisualStudio"},
	{19, "qodex-gpu", POOL_KEDA, "qodex-gpu", 1, {0}, 0, "gpu"},
};
const size_t devops_n_pools = COUNT(devops_pools);

const struct agent_pool *devops_pool_named(const struct request *req, struct reply *rep)
{
	struct str text = request_param(req, "pool");
	int64_t id;

	if (str_to_i64(text, &id))
		for (size_t i = 0; i < devops_n_pools; i++)
			if (devops_pools[i].id == id)
				return &devops_pools[i];
	reply_devops_error(rep, 404, "TaskAgentPoolNotFoundException",
			   "Agent pool %.*s does not exist.", STR_ARG(text));
	return NULL;
}

int devops_agent_id(const struct agent_pool *pool, size_t lane)
{
	return pool->id * 100 + (int)lane + 1;
}

/* Ephemeral ones are called after their job. */
static void put_agent_name(struct strbuf *out, const struct world *w,
			   const struct agent_pool *pool, size_t lane,
			   const struct lane_job *job)
{
	switch (pool->kind) {
	case POOL_HOSTED:
		strbuf_printf(out, "%s %zu", pool->agent, lane + 1);
		break;
	case POOL_FIXED:
		strbuf_printf(out, "%s-%02zu", pool->agent, lane + 1);
		break;
	case POOL_KEDA:
		if (lane == 0 && !job)
			strbuf_printf(out, "%s-template", pool->agent);
		else
			strbuf_printf(out, "%s-scaledjob-%.5s", pool->agent,
				      guid_of(w->seed, pool->name,
					      job ? (uint64_t)job->number : lane)
					      .text);
		break;
	case POOL_SCALE_SET:
		strbuf_printf(out, "%s%06zu", pool->agent, lane + 1);
		break;
	}
}

/* There now: fixed machines always, the others while they work. */
bool devops_agent_exists(const struct world *w, const struct agent_pool *pool,
			 size_t lane)
{
	struct lane_job job;

	if (pool->kind == POOL_FIXED || pool->kind == POOL_HOSTED)
		return true;
	/* The template a scaler copies, and the one idle machine of a scale set. */
	return lane == 0 || devops_job_now(w, pool, lane, &job);
}

static void put_agent_links(struct strbuf *out, const struct request *req,
			    const struct agent_pool *pool, size_t lane)
{
	jw_object(out, "_links");
	jw_object(out, "self");
	jw_format(out, "href",
		  "%.*s/_devops/contoso/_apis/distributedtask/pools/%d/agents/%d",
		  STR_ARG(req->base), pool->id, devops_agent_id(pool, lane));
	jw_object_end(out);
	jw_object(out, "web");
	jw_format(out, "href",
		  "%.*s/_devops/contoso/_settings/"
		  "agentpools?view=jobs&poolId=%d&agentId=%d",
		  STR_ARG(req->base), pool->id, devops_agent_id(pool, lane));
	jw_object_end(out);
	jw_object_end(out);
}

/* A scaler's template is never online: it only says what a copy could do. */
static bool is_online(const struct agent_pool *pool, size_t lane,
		      const struct lane_job *job)
{
	if (pool->kind == POOL_KEDA)
		return job != NULL;
	return !(pool->lanes[lane] & AGENT_OFFLINE);
}

static void put_agent_fields(struct strbuf *out, const struct world *w,
			     const struct request *req, const struct agent_pool *pool,
			     size_t lane, const struct lane_job *job)
{
	struct strbuf name;

	strbuf_init(&name, 128);
	put_agent_name(&name, w, pool, lane, job);
	put_agent_links(out, req, pool, lane);
	jw_int(out, "id", devops_agent_id(pool, lane));
	jw_str(out, "name", strbuf_str(&name));
	jw_text(out, "version", "4.248.0");
	jw_text(out, "osDescription",
		pool->id == 17 ? "Microsoft Windows 10.0.20348"
			       : "Linux 6.8.0-1017-azure #20-Ubuntu SMP");
	jw_bool(out, "enabled", !(pool->lanes[lane] & AGENT_DISABLED));
	jw_text(out, "status", is_online(pool, lane, job) ? "online" : "offline");
	jw_text(out, "provisioningState", "Provisioned");
	jw_text(out, "accessPoint", "CodexAccessMapping");
	strbuf_fini(&name);
}

void devops_put_agent_ref(struct strbuf *out, const char *key, const struct world *w,
			  const struct request *req, const struct agent_pool *pool,
			  size_t lane, const struct lane_job *job)
{
	jw_object(out, key);
	put_agent_fields(out, w, req, pool, lane, job);
	jw_object_end(out);
}

static void put_capabilities(struct strbuf *out, const struct agent_pool *pool,
			     size_t lane)
{
	bool is_windows = pool->id == 17;

	jw_object(out, "systemCapabilities");
	jw_text(out, "Agent.OS", is_windows ? "Windows_NT" : "Linux");
	jw_text(out, "Agent.OSArchitecture", "X64");
	jw_text(out, "Agent.Version", "4.248.0");
	jw_text(out, "git", is_windows ? "C:\\Program Files\\Git" : "/usr/bin/git");
	if (!is_windows) {
		jw_text(out, "kubectl", "/usr/local/bin/kubectl");
		jw_text(out, "java", "/usr/bin/java");
		jw_text(out, "node", lane ? "18.19.1" : "18.20.4");
	}
	jw_text(out, pool->capability, "1");
	jw_object_end(out);
	jw_object(out, "userCapabilities");
	if (pool->lanes[lane] & AGENT_DISABLED)
		jw_text(out, "signing", "hsm");
	if (pool->kind == POOL_FIXED && lane == DEVOPS_BUILDX_LANE)
		jw_text(out, "buildx", "0.17.1");
	jw_object_end(out);
}

static bool is_asked(const struct request *req, const char *name)
{
	return str_eq_nocase(request_query(req, name), STR("true"));
}

/* The pool's own job: it has no definition, and its plan is of another kind. */
static void put_cleaning(struct strbuf *out, const struct world *w,
			 const struct agent_pool *pool, size_t lane)
{
	int64_t began_ms = rhythm_floor_div(w->now_ms, HOUR_MS) * HOUR_MS;

	jw_object(out, "assignedRequest");
	jw_int(out, "requestId", devops_slot(began_ms) * 16 + (int64_t)lane);
	jw_time(out, "queueTime", began_ms, 7);
	jw_time(out, "assignTime", began_ms + 900, 7);
	jw_time(out, "receiveTime", began_ms + 3450, 7);
	jw_text(out, "planType", "PoolMaintenance");
	jw_text(out, "jobId", guid_of(w->seed, pool->name, lane).text);
	jw_int(out, "poolId", pool->id);
	jw_bool(out, "matchesAllAgentsInPool", false);
	jw_object_end(out);
}

static void put_agent(struct strbuf *out, const struct world *w,
		      const struct request *req, const struct agent_pool *pool,
		      size_t lane)
{
	struct lane_job job, last;
	bool is_busy = devops_job_now(w, pool, lane, &job);
	int64_t slot = devops_slot(w->now_ms);
	unsigned traits = pool->lanes[lane];
	int64_t changed_ms = w->now_ms - w->now_ms % (6 * HOUR_MS) - 5 * HOUR_MS;

	jw_object(out, NULL);
	put_agent_fields(out, w, req, pool, lane, is_busy ? &job : NULL);
	jw_int(out, "maxParallelism", 1);
	jw_time(out, "createdOn", CREATED_MS + (int64_t)lane * 61 * MINUTE_MS, 3);
	jw_time(out, "statusChangedOn",
		traits & AGENT_OFFLINE ? changed_ms - 19 * HOUR_MS : changed_ms, 7);
	if (is_asked(req, "includeCapabilities"))
		put_capabilities(out, pool, lane);
	if (is_busy && is_asked(req, "includeAssignedRequest"))
		devops_put_job(out, "assignedRequest", w, req, pool, lane, &job);
	if (devops_is_cleaning(pool, w->now_ms) && !traits &&
	    is_asked(req, "includeAssignedRequest"))
		put_cleaning(out, w, pool, lane);
	if (is_asked(req, "includeLastCompletedRequest"))
		for (int64_t k = slot; k > slot - 8; k--)
			if (devops_job_of(w, pool, lane, k, &last) &&
			    last.finished_ms <= w->now_ms) {
				devops_put_job(out, "lastCompletedRequest", w, req, pool,
					       lane, &last);
				break;
			}
	jw_object_end(out);
}

size_t devops_count_agents(const struct world *w, const struct agent_pool *pool)
{
	size_t n = 0;

	for (size_t lane = 0; lane < pool->n_lanes; lane++)
		n += devops_agent_exists(w, pool, lane);
	return n;
}

void devops_list_agents(struct world *w, const struct request *req, struct reply *rep)
{
	const struct agent_pool *pool = devops_pool_named(req, rep);

	if (!pool)
		return;
	devops_begin_list(&rep->body, devops_count_agents(w, pool));
	for (size_t lane = 0; lane < pool->n_lanes; lane++)
		if (devops_agent_exists(w, pool, lane))
			put_agent(&rep->body, w, req, pool, lane);
	devops_end_list(&rep->body);
}

static void put_identity(struct strbuf *out, const char *key)
{
	jw_object(out, key);
	jw_text(out, "displayName", "Project Collection Service");
	jw_text(out, "id", "00000002-0000-8888-8000-000000000000");
	jw_object_end(out);
}

static void put_pool(struct strbuf *out, const struct world *w,
		     const struct agent_pool *pool)
{
	bool is_hosted = pool->kind == POOL_HOSTED;

	jw_object(out, NULL);
	jw_time(out, "createdOn", CREATED_MS + pool->id * DAY_MS, 3);
	jw_bool(out, "autoProvision", true);
	jw_bool(out, "autoUpdate", true);
	jw_bool(out, "autoSize", is_hosted);
	if (pool->kind == POOL_SCALE_SET)
		jw_int(out, "targetSize", (int64_t)pool->n_lanes);
	else
		jw_null(out, "targetSize");
	jw_null(out, "agentCloudId");
	put_identity(out, "createdBy");
	put_identity(out, "owner");
	jw_int(out, "id", pool->id);
	jw_text(out, "scope", guid_of(w->seed, "organisation", 0).text);
	jw_text(out, "name", pool->name);
	jw_bool(out, "isHosted", is_hosted);
	jw_text(out, "poolType", "automation");
	jw_int(out, "size", (int64_t)devops_count_agents(w, pool));
	jw_bool(out, "isLegacy", false);
	jw_text(out, "options", pool->kind == POOL_SCALE_SET ? "elasticPool" : "none");
	jw_object_end(out);
}

void devops_list_pools(struct world *w, const struct request *req, struct reply *rep)
{
	int64_t from = 0;
	size_t to;

	if (request_has_query(req, "continuationToken") &&
	    (!str_to_i64(request_query(req, "continuationToken"), &from) || from < 0 ||
	     (size_t)from > devops_n_pools)) {
		reply_devops_error(rep, 400, "InvalidContinuationTokenException",
				   "The continuation token is not valid.");
		return;
	}
	to = devops_n_pools - (size_t)from < POOLS_PER_PAGE
		     ? devops_n_pools
		     : (size_t)from + POOLS_PER_PAGE;
	if (to < devops_n_pools)
		reply_header(rep, "x-ms-continuationtoken", "%zu", to);
	devops_begin_list(&rep->body, to - (size_t)from);
	for (size_t i = (size_t)from; i < to; i++)
		put_pool(&rep->body, w, &devops_pools[i]);
	devops_end_list(&rep->body);
}
