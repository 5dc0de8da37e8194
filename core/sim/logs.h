/* Log Analytics: workspaces, their tables, and the one question about their use that
 * is understood. Thread: core. */
#ifndef AZ_SIM_LOGS_H
#define AZ_SIM_LOGS_H

#include "sim/world.h"

#define LOGS_VERSIONS  "2023-09-01 2022-10-01"
#define QUERY_VERSIONS "2020-08-01"

struct log_workspace {
	const char *group, *name;
	int retention_days;
	double cap_gb; /* a day; 0: none */
	double share;  /* of what a table brings in the large one */
};
extern const struct log_workspace log_workspaces[];
extern const size_t log_n_workspaces;

void logs_list_workspaces(struct world *w, const struct request *req, struct reply *rep);
void logs_list_tables(struct world *w, const struct request *req, struct reply *rep);
/* POST .../api/query */
void logs_query(struct world *w, const struct request *req, struct reply *rep);

#endif
