/* Finds what a path names in the SQL estate. Thread: core. */
#include "sim/sql/sql.h"

static void refuse(struct reply *rep, const char *type, struct str name)
{
	reply_error(
		rep, 404, "ResourceNotFound",
		"The Resource 'Microsoft.Sql/%s/%.*s' was not found. For more details "
		"please go to https://aka.ms/ARMResourceNotFoundFix",
		type, STR_ARG(name));
}

const struct sql_server *sql_server_named(const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	const struct sql_server *s = sql_find_server(group, request_param(req, "server"));

	if (!s)
		refuse(rep, "servers", request_param(req, "server"));
	return s;
}

const struct sql_database *sql_database_named(const struct request *req,
					      struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	const struct sql_database *db;

	if (!s)
		return NULL;
	db = sql_find_database(s, request_param(req, "db"));
	if (!db)
		refuse(rep, "servers/databases", request_param(req, "db"));
	return db;
}

const struct sql_pool *sql_pool_named(const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	const struct sql_pool *pool;

	if (!s)
		return NULL;
	pool = sql_find_pool(s, request_param(req, "pool"));
	if (!pool)
		refuse(rep, "servers/elasticPools", request_param(req, "pool"));
	return pool;
}
