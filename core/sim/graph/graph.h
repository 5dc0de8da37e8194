/* Azure Resource Graph: queries over everything there is. Thread: core. */
#ifndef AZ_SIM_GRAPH_H
#define AZ_SIM_GRAPH_H

#include "sim/kql/kql.h"
#include "sim/world.h"

#define GRAPH_VERSIONS "2024-04-01 2022-10-01 2021-03-01"

void graph_query(struct world *w, const struct request *req, struct reply *rep);

/* Which subscriptions a question is about. */
struct graph_scope {
	bool has[SUB_COUNT];
};

/* A table: makes its rows that the query's first conditions keep. */
struct graph_source {
	struct kql_table table;
	void (*add)(const struct world *w, const struct graph_scope *scope,
		    const struct kql *q, cJSON *rows);
};
/* Every table; a new one is a row here. */
extern const struct graph_source graph_sources[];
extern const size_t graph_n_sources;

/* The row of the resource with that id, whatever its case: the caller's. NULL: there is
 * none. What was written to it is not in it yet. */
cJSON *graph_resource(const struct world *w, struct str id);

#endif
