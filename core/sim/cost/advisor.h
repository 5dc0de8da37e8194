/* Microsoft.Advisor on the wire. Thread: core. */
#ifndef AZ_SIM_ADVISOR_H
#define AZ_SIM_ADVISOR_H

#include "sim/world.h"

#define ADVISOR_VERSIONS "2023-01-01 2020-01-01"

void advisor_list(struct world *w, const struct request *req, struct reply *rep);

#endif
