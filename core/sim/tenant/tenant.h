/* What lies above the resources: tokens, the cloud's addresses, subscriptions,
 * groups and the list of everything. Thread: core. */
#ifndef AZ_SIM_TENANT_H
#define AZ_SIM_TENANT_H

#include "sim/world.h"

void tenant_token(struct world *w, const struct request *req, struct reply *rep);
void tenant_endpoints(struct world *w, const struct request *req, struct reply *rep);
void tenant_list_tenants(struct world *w, const struct request *req, struct reply *rep);
void tenant_list_subs(struct world *w, const struct request *req, struct reply *rep);
void tenant_get_sub(struct world *w, const struct request *req, struct reply *rep);
void tenant_list_groups(struct world *w, const struct request *req, struct reply *rep);
void tenant_list_tags(struct world *w, const struct request *req, struct reply *rep);
void tenant_get_group(struct world *w, const struct request *req, struct reply *rep);

#endif
