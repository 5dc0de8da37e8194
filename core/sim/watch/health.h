/* Microsoft.ResourceHealth on the wire. Thread: core. */
#ifndef AZ_SIM_HEALTH_H
#define AZ_SIM_HEALTH_H

#include "sim/world.h"

#define HEALTH_VERSIONS "2024-02-01 2023-07-01-preview 2022-10-01"

/* What was said of one resource, newest first. */
void health_history(struct world *w, const struct request *req, struct reply *rep);
void health_list(struct world *w, const struct request *req, struct reply *rep);

#endif
