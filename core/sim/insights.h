/* Application Insights on the wire: what its availability tests measured.
 * Thread: core. */
#ifndef AZ_SIM_INSIGHTS_H
#define AZ_SIM_INSIGHTS_H

#include "sim/inventory.h"

struct component {
	const char *name;
	const char *group;
	bool is_tested; /* somebody made availability tests for it */
};
extern const struct component insights_components[];
extern const size_t insights_n_components;

void insights_contribute(struct inventory *inv);
void insights_metrics(struct world *w, const struct request *req, struct reply *rep);

#endif
