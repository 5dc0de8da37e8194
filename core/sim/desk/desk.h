/* Systems around the estate that people and their tools write into: search, tickets,
 * paging, and models that run elsewhere. Thread: core. */
#ifndef AZ_SIM_DESK_H
#define AZ_SIM_DESK_H

#include "sim/world.h"

void elastic_health(struct world *w, const struct request *req, struct reply *rep);
void elastic_allocation(struct world *w, const struct request *req, struct reply *rep);
void elastic_indices(struct world *w, const struct request *req, struct reply *rep);
void kibana_status(struct world *w, const struct request *req, struct reply *rep);

void zendesk_search(struct world *w, const struct request *req, struct reply *rep);
void intercom_search(struct world *w, const struct request *req, struct reply *rep);

void pagerduty_list_incidents(struct world *w, const struct request *req,
			      struct reply *rep);
void pagerduty_list_oncalls(struct world *w, const struct request *req,
			    struct reply *rep);
void opsgenie_list_alerts(struct world *w, const struct request *req, struct reply *rep);

/* One address each; X-Amz-Target says what is wanted. */
void sagemaker_answer(struct world *w, const struct request *req, struct reply *rep);
void shield_answer(struct world *w, const struct request *req, struct reply *rep);

void vertex_list_endpoints(struct world *w, const struct request *req, struct reply *rep);
void ollama_tags(struct world *w, const struct request *req, struct reply *rep);
void ollama_ps(struct world *w, const struct request *req, struct reply *rep);
void ollama_version(struct world *w, const struct request *req, struct reply *rep);

#endif
