/* Log Analytics: workspaces, their tables, and the two questions that are understood:
 * about their use, and about availability tests. Thread: core. */
#ifndef AZ_SIM_LOGS_H
#define AZ_SIM_LOGS_H

#include "sim/world.h"

#define LOGS_VERSIONS  "2023-09-01 2022-10-01"
#define QUERY_VERSIONS "2020-08-01"

/* Of the workspace that the clusters write to. */
#define LOGS_CUSTOMER "4f2b8c1d-9a37-4e60-b5d2-7c81e03fa964"

struct log_workspace {
	const char *group, *name;
	const char *customer; /* the id it is asked by */
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

/* POST /v1/workspaces/{customer}/query, and /search. */
void logs_query_rows(struct world *w, const struct request *req, struct reply *rep);

#endif
