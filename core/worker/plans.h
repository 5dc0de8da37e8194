/* Plans of actions, as the deck and `azdeck act` ask for them. What comes back is
 * NEWS_PLAN, with the order's id: the plan, or err. Thread: any. */
#ifndef AZ_WORKER_PLANS_H
#define AZ_WORKER_PLANS_H

#include "act/plan.h"
#include "worker/worker.h"

/* `target` is a row of the action's board: its key, its name, or a filter that leaves it
 * alone; the board must be wanted. `inputs` are "NAME=VALUE". Returns the id. */
uint64_t worker_plan(struct worker *w, const char *action, const char *target,
		     const char *const *inputs, size_t n);
/* The caller's. */
struct plan *news_take_plan(struct news *news);

#endif
