/* Models in Azure: accounts of Cognitive Services with their deployments, models, quota
 * and metrics, and the online endpoints of Machine Learning. Thread: core. */
#ifndef AZ_SIM_OPENAI_H
#define AZ_SIM_OPENAI_H

#include "sim/inventory.h"

#define COGNITIVE_VERSIONS "2024-10-01 2023-05-01"
#define ML_VERSIONS	   "2024-10-01 2024-04-01"

struct ai_account {
	const char *name, *group, *location;
};
extern const struct ai_account ai_accounts[];
extern const size_t ai_n_accounts;

struct ai_deployment {
	const char *account, *name;
	const char *model, *version;
	const char *sku;
	int capacity; /* thousands of tokens a minute, or provisioned units */
	const char *upgrade, *state;
	double use; /* of what it may, at the height of the day; over 1: refused */
};
extern const struct ai_deployment ai_deployments[];
extern const size_t ai_n_deployments;

struct ai_workspace {
	const char *name, *group;
};
extern const struct ai_workspace ai_workspaces[];
extern const size_t ai_n_workspaces;
struct ai_endpoint {
	const char *workspace, *name, *state;
	const char *blue, *green; /* states of its deployments; NULL: it has none */
	int to_blue, to_green;	  /* percent of the traffic */
};
extern const struct ai_endpoint ai_endpoints[];
extern const size_t ai_n_endpoints;

void ai_contribute(struct inventory *inv);

void openai_list_accounts(struct world *w, const struct request *req, struct reply *rep);
void openai_list_deployments(struct world *w, const struct request *req,
			     struct reply *rep);
void openai_list_models(struct world *w, const struct request *req, struct reply *rep);
void openai_list_usages(struct world *w, const struct request *req, struct reply *rep);
void openai_metrics(struct world *w, const struct request *req, struct reply *rep);

/* Chat completions of a deployment, at both addresses; see openai_model.h for who speaks. */
void openai_chat(struct world *w, const struct request *req, struct reply *rep);
void openai_chat_classic(struct world *w, const struct request *req, struct reply *rep);
/* Likewise vectors of texts. */
void openai_embed(struct world *w, const struct request *req, struct reply *rep);
void openai_responses(struct world *w, const struct request *req, struct reply *rep);
void openai_embed_classic(struct world *w, const struct request *req, struct reply *rep);

void ml_list_workspaces(struct world *w, const struct request *req, struct reply *rep);
void ml_list_endpoints(struct world *w, const struct request *req, struct reply *rep);
void ml_list_deployments(struct world *w, const struct request *req, struct reply *rep);

#endif
