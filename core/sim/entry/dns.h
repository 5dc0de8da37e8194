/* Record sets of public DNS zones. Thread: core. */
#ifndef AZ_SIM_DNS_H
#define AZ_SIM_DNS_H

#include "sim/world.h"

#define DNS_VERSIONS "2018-05-01"

void dns_list_records(struct world *w, const struct request *req, struct reply *rep);

#endif
