/* Plans of actions, as the deck and `azdeck act` ask for them, and their proposal. What
 * comes back of a plan is NEWS_PLAN, with the order's id: the plan, or err. A proposal is
 * all that can be done with one here; see changes.h. Thread: any. */
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

/* Puts a plan that this worker made, by its id, among the changes, where people approve
 * and run it. Answered once by NEWS_CHANGE with the id it returns, once it is written
 * down. A worker remembers its latest plans, some dozens. */
uint64_t worker_propose(struct worker *w, const char *plan_id);

#endif
