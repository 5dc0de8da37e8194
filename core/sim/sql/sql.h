/* Microsoft.Sql on the wire. Thread: core. */
#ifndef AZ_SIM_SQL_H
#define AZ_SIM_SQL_H

#include "sim/sql/sql_estate.h"
#include "sim/world.h"

#define GIB 1073741824.0

#define SQL_VERSIONS "2023-08-01 2021-11-01"

/* From the path. NULL: not there, and the 404 is written. */
const struct sql_server *sql_server_named(const struct request *req, struct reply *rep);
const struct sql_database *sql_database_named(const struct request *req,
					      struct reply *rep);
const struct sql_pool *sql_pool_named(const struct request *req, struct reply *rep);

void sql_list_servers(struct world *w, const struct request *req, struct reply *rep);
void sql_get_server(struct world *w, const struct request *req, struct reply *rep);
void sql_list_databases(struct world *w, const struct request *req, struct reply *rep);
void sql_get_database(struct world *w, const struct request *req, struct reply *rep);
void sql_put_database(const struct world *w, struct strbuf *out,
		      const struct sql_database *db);
/* Its DTUs or vCores then. */
int sql_pool_capacity(const struct sql_pool *pool, int64_t utc_ms);
void sql_list_pools(struct world *w, const struct request *req, struct reply *rep);
void sql_list_pool_databases(struct world *w, const struct request *req,
			     struct reply *rep);
void sql_list_restore_points(struct world *w, const struct request *req,
			     struct reply *rep);
void sql_list_long_term_backups(struct world *w, const struct request *req,
				struct reply *rep);
void sql_list_failover_groups(struct world *w, const struct request *req,
			      struct reply *rep);
/* How far the geo secondary of a primary is behind. */
double sql_lag_seconds(const struct sql_database *db, uint64_t seed, double log_share,
		       int64_t utc_ms);
void sql_list_links(struct world *w, const struct request *req, struct reply *rep);
void sql_list_server_links(struct world *w, const struct request *req, struct reply *rep);

void sql_get_encryption(struct world *w, const struct request *req, struct reply *rep);
void sql_get_auditing(struct world *w, const struct request *req, struct reply *rep);
void sql_list_firewall_rules(struct world *w, const struct request *req,
			     struct reply *rep);

void sql_patch_database(struct world *w, const struct request *req, struct reply *rep);
void sql_list_operations(struct world *w, const struct request *req, struct reply *rep);
void sql_async_status(struct world *w, const struct request *req, struct reply *rep);
void sql_async_result(struct world *w, const struct request *req, struct reply *rep);

#endif
