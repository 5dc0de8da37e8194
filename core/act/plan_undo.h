/* What a plan says undoes it, taken apart: another action on the same row. Thread: any
 * (no state). */
#ifndef AZ_ACT_PLAN_UNDO_H
#define AZ_ACT_PLAN_UNDO_H

#include "act/action.h"
#include "act/plan.h"
#include "base/vec.h"

struct plan_undo {
	const struct action *action; /* borrowed from the list */
	VEC(char *) inputs;	     /* "NAME=VALUE" */
};

/* False: nothing does, and plan->undo says why. */
bool plan_undo_read(const struct plan *plan, const struct actions *actions,
		    struct plan_undo *out);
void plan_undo_fini(struct plan_undo *undo);

#endif
