/* Changes as a hand-over tells of them. Thread: any. */
#ifndef AZ_WORKER_HANDED_H
#define AZ_WORKER_HANDED_H

#include "handover/handover.h"
#include "worker/change/changes.h"

/* The newest `most` of them; returns how many. Texts are borrowed from the list, which may
 * be NULL. */
size_t changes_handed(const struct changes *changes, struct handover_change *out,
		      size_t most);

#endif
