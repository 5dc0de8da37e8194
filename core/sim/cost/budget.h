/* Microsoft.Consumption/budgets on the wire. Thread: core. */
#ifndef AZ_SIM_BUDGET_H
#define AZ_SIM_BUDGET_H

#include "sim/world.h"

#define BUDGET_VERSIONS "2024-08-01 2023-11-01 2023-05-01"

void budget_list(struct world *w, const struct request *req, struct reply *rep);

#endif
