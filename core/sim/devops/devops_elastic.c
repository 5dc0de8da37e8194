/* The scale set that Azure DevOps drives, and how many jobs may run at once. By day the
 * scale set is asked for one machine more than the quota has. Thread: core. */
#include <string.h>

#include "base/rng.h"
#include "sim/devops/devops_builds.h"
#include "sim/rhythm.h"

enum {
	CAPACITY = 6,
	LINGERS_MINUTES = 30,
	SIZING_MS = 5 * 60 * 1000,  /* how often it looks */
	COMING_MS = 20 * 60 * 1000, /* after opening: then the quota is found out */
	OWN_JOBS = 22,
	OWN_BOUGHT = 9,
	PUBLIC_JOBS = 10,
};

static const struct agent_pool *elastic_pool(void)
{
	for (size_t i = 0; i < devops_n_pools; i++) {
		if (devops_pools[i].kind == POOL_SCALE_SET)
			return &devops_pools[i];
	}
	return NULL;
}

/* How long the offices have been open; -1: they are not. */
static int64_t open_for(int64_t now_ms)
{
	bool opens;
	int64_t edge_ms = rhythm_last_edge(now_ms, &opens);

	return rhythm_is_open(now_ms) ? now_ms - edge_ms : -1;
}

/* One machine is on its way in the first minutes of the day. */
static bool is_coming(int64_t now_ms)
{
	int64_t open_ms = open_for(now_ms);

	return open_ms >= 0 && open_ms < COMING_MS;
}

static bool is_refused(int64_t now_ms)
{
	return open_for(now_ms) >= COMING_MS;
}

static int desired_size(const struct world *w, const struct agent_pool *pool)
{
	int there = (int)devops_count_agents(w, pool);

	return there + (open_for(w->now_ms) >= 0);
}

void devops_list_elastic(struct world *w, const struct request *req, struct reply *rep)
{
	const struct agent_pool *pool = elastic_pool();
	const struct group *group = estate_group("rg-shared-ci-weu");
	struct strbuf *out = &rep->body;
	bool is_stuck = is_refused(w->now_ms);

	(void)req;
	devops_begin_list(out, 1);
	jw_object(out, NULL);
	jw_int(out, "poolId", pool->id);
	jw_text(out, "serviceEndpointId", guid_of(w->seed, "endpoint", 0).text);
	jw_text(out, "serviceEndpointScope", guid_of(w->seed, "project", 1).text);
	jw_format(out, "azureId",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/"
		  "virtualMachineScaleSets/vmss-build-agents",
		  estate_sub_id(group), group->name);
	jw_int(out, "maxCapacity", CAPACITY);
	jw_int(out, "desiredIdle", 1);
	jw_int(out, "desiredSize", desired_size(w, pool));
	jw_bool(out, "recycleAfterEachUse", false);
	jw_int(out, "maxSavedNodeCount", 0);
	jw_text(out, "osType", "linux");
	jw_text(out, "state", "online");
	jw_null(out, "offlineSince");
	jw_int(out, "sizingAttempts",
	       is_stuck ? 1 + (open_for(w->now_ms) - COMING_MS) / SIZING_MS % 12 : 0);
	jw_bool(out, "agentInteractiveUI", false);
	jw_int(out, "timeToLiveMinutes", LINGERS_MINUTES);
	jw_bool(out, "preserveAgentInFailure", false);
	jw_text(out, "orchestrationType", "uniform");
	jw_object_end(out);
	devops_end_list(out);
}

/* False: there is no such pool, and the 404 is written. */
static bool is_asked_for(const struct request *req, struct reply *rep)
{
	const struct agent_pool *pool = devops_pool_named(req, rep);

	if (pool && pool->kind != POOL_SCALE_SET)
		reply_devops_error(rep, 404, "ElasticPoolDoesNotExistException",
				   "Elastic pool %d does not exist.", pool->id);
	return pool && pool->kind == POOL_SCALE_SET;
}

struct node {
	size_t lane;
	const char *state, *agent_state, *compute_state;
	int64_t since_ms;
	int64_t job; /* 0: none */
};

static void put_node(struct strbuf *out, const struct agent_pool *pool,
		     const struct node *node)
{
	jw_object(out, NULL);
	jw_int(out, "poolId", pool->id);
	jw_int(out, "id", pool->id * 1000 + (int64_t)node->lane);
	jw_format(out, "name", "%s%06zu", pool->agent, node->lane + 1);
	jw_text(out, "state", node->state);
	jw_time(out, "stateChangedOn", node->since_ms, 3);
	jw_text(out, "desiredState", "none");
	jw_int(out, "agentId",
	       strcmp(node->agent_state, "enabled, online") == 0
		       ? devops_agent_id(pool, node->lane)
		       : 0);
	jw_text(out, "agentState", node->agent_state);
	jw_format(out, "computeId", "%zu", node->lane);
	jw_text(out, "computeState", node->compute_state);
	if (node->job)
		jw_int(out, "requestId", node->job);
	else
		jw_null(out, "requestId");
	jw_object_end(out);
}

void devops_list_elastic_nodes(struct world *w, const struct request *req,
			       struct reply *rep)
{
	const struct agent_pool *pool = elastic_pool();
	struct lane_job job;
	bool is_making = is_coming(w->now_ms);

	if (!is_asked_for(req, rep))
		return;
	devops_begin_list(&rep->body, devops_count_agents(w, pool) + is_making);
	for (size_t lane = 0; lane < pool->n_lanes; lane++) {
		bool is_busy = devops_job_now(w, pool, lane, &job);

		if (!devops_agent_exists(w, pool, lane))
			continue;
		put_node(&rep->body, pool,
			 &(struct node){lane, is_busy ? "assigned" : "idle",
					"enabled, online", "healthy",
					is_busy ? job.assigned_ms
						: devops_slot(w->now_ms) * 15 * MINUTE_MS,
					is_busy ? job.number : 0});
	}
	if (is_making)
		put_node(&rep->body, pool,
			 &(struct node){pool->n_lanes, "creatingCompute", "none",
					"creating", w->now_ms - open_for(w->now_ms) / 2,
					0});
	devops_end_list(&rep->body);
}

static void put_log(struct strbuf *out, const struct agent_pool *pool, int64_t id,
		    int64_t at_ms, const char *level, const char *operation,
		    const char *message)
{
	jw_object(out, NULL);
	jw_int(out, "id", id);
	jw_int(out, "poolId", pool->id);
	jw_text(out, "level", level);
	jw_text(out, "operation", operation);
	jw_text(out, "message", message);
	jw_time(out, "timestamp", at_ms, 3);
	jw_object_end(out);
}

#define QUOTA                                                                            \
	"Operation could not be completed as it results in exceeding approved "          \
	"standardDSv5Family Cores quota. Current Limit: 32, Current Usage: 32, "         \
	"Additional Required: 8"

void devops_list_elastic_logs(struct world *w, const struct request *req,
			      struct reply *rep)
{
	const struct agent_pool *pool = elastic_pool();
	int64_t top = 20;
	int64_t look_ms = rhythm_floor_div(w->now_ms, SIZING_MS) * SIZING_MS;

	if (!is_asked_for(req, rep))
		return;
	str_to_i64(request_query(req, "$top"), &top);
	top = top < 1 ? 1 : top > 100 ? 100 : top;
	devops_begin_list(&rep->body, (size_t)top);
	for (int64_t i = 0; i < top; i++) {
		int64_t at_ms = look_ms - i * SIZING_MS;
		bool was_refused = is_refused(at_ms - 2290);

		put_log(&rep->body, pool, at_ms / SIZING_MS, at_ms - 2290,
			was_refused ? "error" : "info",
			was_refused ? "increaseCapacity" : "sizingJob",
			was_refused ? QUOTA
				    : "Successfully ran the sizing job: no change.");
	}
	devops_end_list(&rep->body);
}

int devops_count_running(const struct world *w, bool is_hosted)
{
	struct lane_job job;
	int n = 0;

	for (size_t i = 0; i < devops_n_pools; i++) {
		const struct agent_pool *pool = &devops_pools[i];

		for (size_t lane = 0; lane < pool->n_lanes; lane++)
			n += (pool->kind == POOL_HOSTED) == is_hosted &&
			     devops_job_now(w, pool, lane, &job);
	}
	return n;
}

/* Figures within the data are texts. */
static void put_limit(struct strbuf *out, const struct world *w, const char *tag,
		      bool is_hosted, int total, int bought)
{
	jw_object(out, "resourceLimit");
	jw_object(out, "resourceLimitsData");
	jw_format(out, "FreeCount", "%d", total - bought);
	jw_format(out, "PurchasedCount", "%d", bought);
	jw_object_end(out);
	jw_text(out, "hostId", guid_of(w->seed, "organisation", 0).text);
	jw_text(out, "parallelismTag", tag);
	jw_bool(out, "isHosted", is_hosted);
	jw_int(out, "totalCount", total);
	jw_bool(out, "isPremium", bought > 0);
	jw_object_end(out);
}

void devops_get_usage(struct world *w, const struct request *req, struct reply *rep)
{
	bool is_hosted = str_eq_nocase(request_query(req, "poolIsHosted"), STR("true"));
	bool is_public =
		str_eq_nocase(request_query(req, "parallelismTag"), STR("Public"));
	int hosted_jobs = (int)devops_pools[0].n_lanes;
	struct strbuf *out = &rep->body;

	jw_object(out, NULL);
	if (is_public)
		put_limit(out, w, "Public", is_hosted, PUBLIC_JOBS, 0);
	else
		put_limit(out, w, "Private", is_hosted,
			  is_hosted ? hosted_jobs : OWN_JOBS,
			  is_hosted ? hosted_jobs : OWN_BOUGHT);
	jw_int(out, "usedCount", is_public ? 0 : devops_count_running(w, is_hosted));
	jw_list(out, "runningRequests");
	jw_list_end(out);
	jw_object_end(out);
}
