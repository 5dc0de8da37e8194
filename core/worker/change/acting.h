/* Plans of actions: finds the row somebody means, reads the live state, asks the policy
 * and makes the plan. Nothing is changed here. Thread: core. */
#ifndef AZ_WORKER_ACTING_H
#define AZ_WORKER_ACTING_H

#include "act/plan.h"
#include "act/scope.h"
#include "base/log.h"
#include "board/poller.h"
#include "config/config.h"
#include "worker/connect.h"

struct acting;

/* What came of an order. Plan and scope are the receiver's. */
struct planned {
	uint64_t id;
	const char *action, *target; /* as they were ordered */
	struct plan *plan;	     /* NULL: err */
	cJSON *scope;		     /* what it was made of */
	bool needs_second;
	struct err err;
};

struct acting_options {
	struct loop *loop;
	struct api *api;
	const struct connections *connections;
	const struct config *config;
	const struct actions *actions;
	struct zones *zones; /* of the policy's hours */
	/* Each order once. */
	void (*planned)(void *ctx, const struct planned *planned);
	void *ctx;
};

struct acting *acting_new(const struct acting_options *options);
void acting_free(struct acting *a);

/* A board was published: actions are for its rows. */
void acting_saw(struct acting *a, struct board *board);

struct acting_order {
	uint64_t id;
	const char *action;
	/* A row's key; else what its name is; else a filter that leaves one row. */
	const char *target;
	const char *const *inputs; /* "NAME=VALUE" */
	size_t n_inputs;
	const char *why;    /* a warning that the plan begins with; NULL: none */
	const char *by;	    /* who asks; outlives the acting */
	const char *by_key; /* the name of that one's key; NULL: has none; likewise */
};
/* Waits for the board when it has not come yet. Everything is copied. */
void acting_plan(struct acting *a, const struct acting_order *order);

#endif
