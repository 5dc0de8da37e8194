/* Figures of caches, web apps and API gateways over time. Thread: core. */
#ifndef AZ_SIM_SERVICE_METRICS_H
#define AZ_SIM_SERVICE_METRICS_H

#include "sim/watch/metrics.h"

void redis_metrics(struct world *w, const struct request *req, struct reply *rep);
void site_metrics(struct world *w, const struct request *req, struct reply *rep);
void apim_metrics(struct world *w, const struct request *req, struct reply *rep);

#endif
