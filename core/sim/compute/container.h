/* Container groups as they run, and how full registries are. Thread: core. */
#ifndef AZ_SIM_CONTAINER_H
#define AZ_SIM_CONTAINER_H

#include "sim/world.h"

#define ACI_VERSIONS "2023-05-01 2022-09-01"
#define ACR_VERSIONS "2023-07-01 2022-12-01"

void aci_get_group(struct world *w, const struct request *req, struct reply *rep);
void acr_list_usages(struct world *w, const struct request *req, struct reply *rep);

#endif
