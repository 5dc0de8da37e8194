/* How a list of changes is made, before it is shared. Private to core/worker. Thread:
 * core. */
#ifndef AZ_WORKER_CHANGES_PART_H
#define AZ_WORKER_CHANGES_PART_H

#include "base/arena.h"
#include "worker/change/changes.h"

struct changes {
	struct act_change *list;
	size_t n;
	struct arena arena;
};

/* With room for n, all zero. */
struct changes *changes_new(size_t n);
/* Fills in the next one: the plan is held, texts and steps are copied. */
void changes_add(struct changes *changes, const struct act_change *change);
/* Newest first; then it is not changed any more. */
void changes_seal(struct changes *changes);

#endif
