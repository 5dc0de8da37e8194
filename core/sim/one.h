/* One thing, out of the list that has it. Thread: core. */
#ifndef AZ_SIM_ONE_H
#define AZ_SIM_ONE_H

#include <cjson/cJSON.h>

#include "sim/world.h"

/* The member of a list (ARM's, Kubernetes', a bare one) whose `member` ("name",
 * "metadata.name") is that, detached: the caller's. Every page is read. NULL: none is. */
cJSON *one_of(struct world *w, const struct request *as, const char *target,
	      const char *member, struct str value);

/* Answers a GET of "{list}/{name}" out of the list before it. */
void one_by_name(struct world *w, const struct request *req, struct reply *rep);
/* Of the inventory, by its whole id, as Resource Graph has it. */
void one_resource(struct world *w, const struct request *req, struct reply *rep);
/* In Kubernetes' list; with its kind. */
void one_object(struct world *w, const struct request *req, struct reply *rep);
/* Of Azure DevOps: the list's "id", or "poolId". */
void one_of_devops(struct world *w, const struct request *req, struct reply *rep);

#endif
