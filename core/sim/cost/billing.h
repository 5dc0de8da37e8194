/* What lies above subscriptions: billing accounts and profiles, credits, allocations
 * by purpose, and reservations. Thread: core. */
#ifndef AZ_SIM_BILLING_H
#define AZ_SIM_BILLING_H

#include "sim/world.h"

#define BILLING_VERSIONS     "2020-05-01"
#define CONSUMPTION_VERSIONS "2024-08-01 2023-05-01"
#define CAPACITY_VERSIONS    "2022-11-01"
#define BILLING_ACCOUNT                                                                  \
	"c0b7a1d2-5e0f-4c7b-9a11-83f0d7a6e9b4:5a3d9c1e-27f4-4b65-8e02-91ac6f40d7b8_"     \
	"2019-05-31"
#define BILLING_PROFILE "CNTS-PROD-BG7-PGB"

void billing_list_accounts(struct world *w, const struct request *req, struct reply *rep);
void billing_list_profiles(struct world *w, const struct request *req, struct reply *rep);
void billing_list_lots(struct world *w, const struct request *req, struct reply *rep);
void billing_list_budgets(struct world *w, const struct request *req, struct reply *rep);
void billing_list_reservations(struct world *w, const struct request *req,
			       struct reply *rep);

#endif
