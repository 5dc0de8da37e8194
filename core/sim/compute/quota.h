/* What a subscription may use of a region. Thread: core. */
#ifndef AZ_SIM_QUOTA_H
#define AZ_SIM_QUOTA_H

#include "sim/world.h"

#define COMPUTE_USAGE_VERSIONS "2024-07-01 2023-07-01 2022-08-01"

void quota_list_compute(struct world *w, const struct request *req, struct reply *rep);

#endif
