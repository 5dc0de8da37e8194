/* What people and pipelines did: the activity log and deployments. Thread: core. */
#ifndef AZ_SIM_ACTIVITY_H
#define AZ_SIM_ACTIVITY_H

#include "sim/world.h"

#define ACTIVITY_VERSIONS "2015-04-01"

void activity_list(struct world *w, const struct request *req, struct reply *rep);
void deployment_list(struct world *w, const struct request *req, struct reply *rep);
void deployment_list_group(struct world *w, const struct request *req, struct reply *rep);

#endif
