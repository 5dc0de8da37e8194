/* What SQL databases and pools measure. Thread: core. */
#ifndef AZ_SIM_SQL_METRICS_H
#define AZ_SIM_SQL_METRICS_H

#include "sim/watch/metrics.h"

void sql_server_metrics(struct world *w, const struct request *req, struct reply *rep);
void sql_database_metrics(struct world *w, const struct request *req, struct reply *rep);
void sql_pool_metrics(struct world *w, const struct request *req, struct reply *rep);

#endif
