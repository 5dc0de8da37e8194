/* Azure DevOps on the wire: pools, agents and the jobs that wait for them.
 * Thread: core. */
#ifndef AZ_SIM_DEVOPS_H
#define AZ_SIM_DEVOPS_H

#include "sim/world.h"

#define DEVOPS_LANES	   8
#define DEVOPS_BUILDX_LANE 3 /* of a pool of fixed machines: only it has buildx */

enum agent_trait {
	AGENT_OFFLINE = 1 << 0,
	AGENT_DISABLED = 1 << 1,
};

enum pool_kind {
	POOL_HOSTED,
	POOL_FIXED, /* machines that stay */
	POOL_KEDA,  /* an agent lives as long as its job */
	POOL_SCALE_SET,
};

/* A lane is one agent's place in the pool: it takes one job at a time. */
struct agent_pool {
	int id;
	const char *name;
	enum pool_kind kind;
	const char *agent; /* name stem */
	size_t n_lanes;
	unsigned lanes[DEVOPS_LANES]; /* traits */
	double busy;		      /* share of time at noon */
	const char *capability;	      /* beside the common ones */
};
extern const struct agent_pool devops_pools[];
extern const size_t devops_n_pools;

/* One job of a lane: where it is follows from the time. */
struct lane_job {
	int64_t number;
	int64_t queued_ms, assigned_ms, received_ms, finished_ms;
	bool has_failed;
	const char *pipeline;
};

/* The job of a lane in a slot of a quarter of an hour; false: none. */
bool devops_job_of(const struct world *w, const struct agent_pool *pool, size_t lane,
		   int64_t slot, struct lane_job *job);
int64_t devops_slot(int64_t utc_ms);
/* The job a lane is busy with now; false: idle. */
bool devops_job_now(const struct world *w, const struct agent_pool *pool, size_t lane,
		    struct lane_job *job);

/* Its agents clean up: every night for a while. */
bool devops_is_cleaning(const struct agent_pool *pool, int64_t utc_ms);
/* How many jobs run on hosted agents, or on our own. */
int devops_count_running(const struct world *w, bool is_hosted);
/* Agents that are there: those of scalers come and go. */
size_t devops_count_agents(const struct world *w, const struct agent_pool *pool);
bool devops_agent_exists(const struct world *w, const struct agent_pool *pool,
			 size_t lane);

/* Jobs that wait for something, each for a reason of its own. */
extern const size_t devops_n_waiting;
const struct agent_pool *devops_waiting_pool(size_t i);
/* False: not at this moment. */
bool devops_waiting(const struct world *w, size_t i, struct lane_job *job);
void devops_put_waiting(struct strbuf *out, const struct world *w,
			const struct request *req, size_t i, const struct lane_job *job);
/* What names a job's run: its pipeline, plan, project. */
void devops_put_origin(struct strbuf *out, const struct world *w,
		       const struct request *req, const char *pipeline, int64_t number,
		       int64_t queued_ms);
/* NULL ended. */
void devops_put_demands(struct strbuf *out, const char *const *demands);

/* NULL: not there, and the 404 is written. */
const struct agent_pool *devops_pool_named(const struct request *req, struct reply *rep);
int devops_agent_id(const struct agent_pool *pool, size_t lane);
/* {"_links":…,"id":…,"name":…} as a reference within other answers. */
void devops_put_agent_ref(struct strbuf *out, const char *key, const struct world *w,
			  const struct request *req, const struct agent_pool *pool,
			  size_t lane, const struct lane_job *job);
void devops_put_job(struct strbuf *out, const char *key, const struct world *w,
		    const struct request *req, const struct agent_pool *pool, size_t lane,
		    const struct lane_job *job);

/* The headers of a pace, when there is one to keep. */
void devops_put_pace(struct world *w, struct reply *rep);

void devops_list_pools(struct world *w, const struct request *req, struct reply *rep);
void devops_list_agents(struct world *w, const struct request *req, struct reply *rep);
void devops_list_jobs(struct world *w, const struct request *req, struct reply *rep);
void devops_list_elastic(struct world *w, const struct request *req, struct reply *rep);
void devops_list_elastic_nodes(struct world *w, const struct request *req,
			       struct reply *rep);
void devops_list_elastic_logs(struct world *w, const struct request *req,
			      struct reply *rep);
void devops_get_usage(struct world *w, const struct request *req, struct reply *rep);

#endif
