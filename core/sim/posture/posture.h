/* What the cloud's own guards say: policy, secure score, security alerts.
 * Thread: core. */
#ifndef AZ_SIM_POSTURE_H
#define AZ_SIM_POSTURE_H

#include "sim/world.h"

#define POLICY_STATE_VERSIONS "2024-10-01 2019-10-01"
#define ASSIGNMENT_VERSIONS   "2022-06-01"
#define SCORE_VERSIONS	      "2020-01-01"
#define SECURITY_VERSIONS     "2022-01-01 2021-11-01"

void policy_summarize(struct world *w, const struct request *req, struct reply *rep);
void policy_list_assignments(struct world *w, const struct request *req,
			     struct reply *rep);
void score_list(struct world *w, const struct request *req, struct reply *rep);
void score_list_controls(struct world *w, const struct request *req, struct reply *rep);
void security_list_alerts(struct world *w, const struct request *req, struct reply *rep);

#endif
