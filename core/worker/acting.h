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

struct acting_options {
	struct loop *loop;
	struct api *api;
	const struct connections *connections;
	const struct config *config;
	const char *by; /* who asks */
	/* Each order once: the plan, the receiver's, or why there is none. */
	void (*planned)(void *ctx, uint64_t id, struct plan *plan, bool needs_second,
			const struct err *err);
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
};
/* Waits for the board when it has not come yet. Everything is copied. */
void acting_plan(struct acting *a, const struct acting_order *order);

#endif
