/* Terraform's state as a blob: what was made by it, and what it believes of it.
 * Thread: core. */
#ifndef AZ_SIM_TFSTATE_H
#define AZ_SIM_TFSTATE_H

#include "sim/world.h"

void tfstate_get(struct world *w, const struct request *req, struct reply *rep);

#endif
