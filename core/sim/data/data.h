/* Data platforms on the wire: Data Factory, Fabric, Purview, PostgreSQL, Supabase,
 * MongoDB Atlas. Thread: core. */
#ifndef AZ_SIM_DATA_H
#define AZ_SIM_DATA_H

#include "sim/world.h"

#define ADF_VERSIONS "2018-06-01"

void adf_query_runs(struct world *w, const struct request *req, struct reply *rep);
void postgres_metrics(struct world *w, const struct request *req, struct reply *rep);

void fabric_list_workspaces(struct world *w, const struct request *req,
			    struct reply *rep);
void fabric_list_capacities(struct world *w, const struct request *req,
			    struct reply *rep);
/* By which it is known to Fabric. */
struct guid fabric_capacity_id(const struct world *w, const char *name);
void fabric_list_items(struct world *w, const struct request *req, struct reply *rep);
void fabric_list_jobs(struct world *w, const struct request *req, struct reply *rep);

void purview_list_sources(struct world *w, const struct request *req, struct reply *rep);
void purview_list_scans(struct world *w, const struct request *req, struct reply *rep);
void purview_list_runs(struct world *w, const struct request *req, struct reply *rep);

void supabase_list_projects(struct world *w, const struct request *req,
			    struct reply *rep);
void supabase_health(struct world *w, const struct request *req, struct reply *rep);

void atlas_list_orgs(struct world *w, const struct request *req, struct reply *rep);
void atlas_list_groups(struct world *w, const struct request *req, struct reply *rep);
void atlas_list_clusters(struct world *w, const struct request *req, struct reply *rep);
void atlas_list_invoices(struct world *w, const struct request *req, struct reply *rep);

#endif
