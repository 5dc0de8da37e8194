/* Agents, jobs and what makes agents, as the boards have them: one struct a row, with
 * texts borrowed from the boards. What a board does not say is unknown here too, and a
 * board that is missing is not an empty one. Thread: any (no state). */
#ifndef AZ_AGENTS_FLEET_H
#define AZ_AGENTS_FLEET_H

#include "agents/demand.h"
#include "base/vec.h"
#include "board/read.h"

enum agent_state {
	AGENT_IDLE,
	AGENT_BUSY,
	AGENT_MAINTENANCE, /* busy with the pool's own clean-up */
	AGENT_OFFLINE,
	AGENT_DISABLED,
	AGENT_AWAY,	/* its machine comes when a job needs it */
	AGENT_TEMPLATE, /* never runs, tells a scaler what its copies can */
	AGENT_ODD,
};
#define AGENT_STATES (AGENT_ODD + 1)

struct fleet_agent {
	const char *org, *pool, *name;
	int64_t id;
	enum agent_state state;
	int64_t since_ms; /* in this state of its connection; 0: unknown */
	const char *job;  /* "" none */
	int64_t job_ms;	  /* when it picked the job up; 0: unknown */
};

struct fleet_job {
	const char *key, *org, *pool, *pipeline, *run;
	int64_t pool_id;
	int64_t queued_ms, assigned_ms; /* 0: unknown, not yet */
	const char *asked;		/* JSON list of demands; "": unknown */
	const char *matched;		/* ids of agents; "" none */
	bool matches_all;
	const char *tag;   /* "Private", "Public"; "" unknown */
	const char *said;  /* by the service, "" nothing */
	const char *agent; /* it is promised to; "" none */
	bool is_waiting;
};

struct fleet_limit {
	const char *org, *tag;
	bool is_hosted;
	double total, used;    /* jobs at once; NAN unknown */
	double minutes, spent; /* a month, of the free tier; NAN: not counted */
};

/* Scale sets that Azure DevOps drives itself. */
struct fleet_elastic {
	const char *org, *pool, *state, *set, *size;
	double desired, most, spare, attempts; /* NAN unknown */
	double making, failed;		       /* machines on their way, and lost */
	int64_t making_ms;		       /* since when the first of them is */
	int64_t offline_ms;		       /* 0: it is not */
	int64_t scaled_ms;		       /* last; 0: unknown */
	const char *problem;		       /* the last error of its log; "" none */
	int64_t problem_ms;
};

/* What KEDA makes agents by. */
struct fleet_scaler {
	const char *name, *state, *message, *pool, *cluster, *namespace;
	double most, least, failures;
	int64_t active_ms; /* when it last made something; 0: unknown */
};

struct fleet_capabilities {
	const char *org;
	int64_t agent;
	const char *has; /* JSON list of {key, value}; "": unknown */
};

struct fleet_pool {
	const char *org, *name;
	int64_t id;
	bool is_hosted;
};

struct fleet {
	int64_t now_ms;
	bool has_agents, has_limits, has_elastic, has_scalers; /* the board came */
	VEC(struct fleet_agent) agents;
	VEC(struct fleet_job) jobs;
	VEC(struct fleet_pool) pools;
	VEC(struct fleet_limit) limits;
	VEC(struct fleet_elastic) elastic;
	VEC(struct fleet_scaler) scalers;
	VEC(struct fleet_capabilities) capabilities;
};

/* The boards it is made of. A rule over a fleet names them first, in this order. */
enum {
	FLEET_JOBS,
	FLEET_AGENTS,
	FLEET_POOLS,
	FLEET_CAPABILITIES,
	FLEET_LIMITS,
	FLEET_ELASTIC,
	FLEET_KEDA,
	FLEET_BOARDS
};
/* The boards outlive the fleet; NULL: unknown. */
void fleet_init(struct fleet *f, const struct board *const *boards, int64_t now_ms);
void fleet_fini(struct fleet *f);

/* NULL: unknown. Pools of two organisations may have one name. */
const struct fleet_pool *fleet_pool(const struct fleet *f, const char *org,
				    const char *name);
const struct fleet_elastic *fleet_elastic(const struct fleet *f, const char *org,
					  const char *pool);
/* By the pool's name or number, as its trigger has it. */
const struct fleet_scaler *fleet_scaler(const struct fleet *f, const char *pool,
					int64_t pool_id);
const struct fleet_limit *fleet_limit(const struct fleet *f, const char *org,
				      const char *tag, bool is_hosted);
const struct fleet_capabilities *fleet_capabilities(const struct fleet *f,
						    const char *org, int64_t agent);

#endif
