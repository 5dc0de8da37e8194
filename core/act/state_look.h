/* Looks at the live state: every read of an action, one after the other, into its scope.
 * Thread: core. */
#ifndef AZ_ACT_STATE_LOOK_H
#define AZ_ACT_STATE_LOOK_H

#include "act/action.h"
#include "azure/api.h"

struct state_look;

struct state_look_options {
	struct api *api;
	struct loop *loop;
	/* Of a kind of request: the target's own where it is of that kind. */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind);
	void *ctx;
};

/* err ERR_NONE: all of it is in the scope. Later, once. */
typedef void (*state_look_fn)(const struct err *err, void *ctx);

/* The scope is borrowed until then; what an earlier look put there is replaced. */
struct state_look *state_look_start(const struct state_look_options *options,
				    const struct action *action, cJSON *scope,
				    state_look_fn done, void *ctx);
/* `done` does not come. Accepts NULL. */
void state_look_stop(struct state_look *look);

#endif
