/* The simulated Azure without its socket: requests in, answers out. What it says
 * is a function of the seed, the time, and the writes it took. Thread: one at a time: core,
 * and the pool with a world of its own. */
#ifndef AZ_SIM_WORLD_H
#define AZ_SIM_WORLD_H

#include <stdint.h>

#include "base/clock.h"
#include "base/log.h"
#include "sim/bucket.h"
#include "sim/writes.h"
#include "sim/estate.h"
#include "sim/fault/faults.h"
#include "sim/guid.h"
#include "sim/qpu.h"
#include "sim/reply.h"
#include "sim/request.h"
#include "sim/sql/sql_change.h"
#include "sim/tenant/token.h"

/* Queries of Resource Graph: so many in a window, for one user. */
#define GRAPH_QUERIES	15
#define GRAPH_WINDOW_MS 5000
struct graph_quota {
	int64_t began_ms;
	int used;
};

/* Calls of Azure DevOps in five minutes. */
struct devops_use {
	int64_t began_ms;
	int calls;
};

/* Deployments of Azure OpenAI that have a limit; see openai.h. */
enum { WORLD_MODELS = 16 };

struct sim_model;
struct world {
	/* fixed after init */
	uint64_t seed;
	const struct clock *clock;
	struct token_key key;
	const struct sim_model *model; /* who speaks; NULL: nobody */
	struct log *log; /* has a line of each request; NULL: nobody wants to know */
	const char *as;	 /* whose rights all have who ask; NULL: each has their own */
	/* moving */
	int64_t now_ms; /* of the request being answered: one moment for all of it */
	uint64_t n_requests;
	struct bucket reads[SUB_COUNT];
	struct bucket writes[SUB_COUNT];
	struct sql_changes sql;
	struct writes written;
	struct qpu qpu;
	struct graph_quota graph;
	struct devops_use devops;
	struct bucket models[WORLD_MODELS]; /* size 0: not asked yet */
	struct faults faults;		    /* the caller adds to them before it serves */
};

void world_init(struct world *w, uint64_t seed, const struct clock *clock);
void world_fini(struct world *w);
void world_answer(struct world *w, struct request *req, struct reply *rep);
/* What a GET of that address (path and query) by the same caller would be answered now,
 * without its token and what it uses up. The caller's; NULL: not 200. */
cJSON *world_read(struct world *w, const struct request *as, const char *target);

#endif
