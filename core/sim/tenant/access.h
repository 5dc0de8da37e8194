/* Who may do what: role assignments and the roles' names. Thread: core. */
#ifndef AZ_SIM_ACCESS_H
#define AZ_SIM_ACCESS_H

#include "sim/world.h"

#define ACCESS_VERSIONS "2022-04-01"

void access_list_assignments(struct world *w, const struct request *req,
			     struct reply *rep);
void access_list_roles(struct world *w, const struct request *req, struct reply *rep);

#endif
