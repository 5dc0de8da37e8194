/* Elastic pools on the wire. Thread: core. */
#include "sim/rhythm.h"
#include "sim/sql/sql.h"

#define CREATED_MS 1612345678320LL /* 2021-02-03 */

int sql_pool_capacity(const struct sql_pool *pool, int64_t utc_ms)
{
	return pool->night && !rhythm_is_open(utc_ms) ? pool->night : pool->capacity;
}

static void put_pool_tags(struct strbuf *out, const struct sql_pool *pool,
			  const struct group *group)
{
	struct strbuf hours;

	strbuf_init(&hours, 256);
	if (pool->night)
		strbuf_printf(&hours, RHYTHM_SCHEDULE ";size=%s_%d/%s_%d", pool->sku,
			      pool->capacity, pool->sku, pool->night);
	estate_put_tags(out, group, hours.n ? hours.p : NULL);
	strbuf_fini(&hours);
}

static void put_pool(const struct world *w, struct strbuf *out,
		     const struct sql_pool *pool)
{
	const struct sql_server *s = sql_server(pool->server);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	jw_object(out, NULL);
	jw_object(out, "sku");
	jw_text(out, "name", pool->sku);
	jw_text(out, "tier", pool->tier);
	if (pool->family)
		jw_text(out, "family", pool->family);
	jw_int(out, "capacity", sql_pool_capacity(pool, w->now_ms));
	jw_object_end(out);
	jw_text(out, "kind", pool->family ? "vcore,pool" : "pool");
	jw_object(out, "properties");
	jw_text(out, "state", "Ready");
	jw_time(out, "creationDate", CREATED_MS, 3);
	jw_int(out, "maxSizeBytes", (int64_t)(pool->max_gb * GIB));
	jw_object(out, "perDatabaseSettings");
	jw_number(out, "minCapacity", 0, 2);
	jw_number(out, "maxCapacity", pool->per_database_max, 2);
	jw_object_end(out);
	jw_bool(out, "zoneRedundant", pool->is_zone_redundant);
	if (pool->family)
		jw_text(out, "licenseType", "LicenseIncluded");
	jw_object_end(out);
	jw_text(out, "location", estate_group(s->group)->location);
	put_pool_tags(out, pool, estate_group(s->group));
	jw_format(out, "id", "%s/elasticPools/%s", id.p, pool->name);
	jw_text(out, "name", pool->name);
	jw_text(out, "type", "Microsoft.Sql/servers/elasticPools");
	jw_object_end(out);
	strbuf_fini(&id);
}

void sql_list_pools(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct page page = {0};

	if (!s)
		return;
	page_begin(rep);
	for (size_t i = 0; i < sql_n_pools; i++)
		if (strcmp(sql_pools[i].server, s->name) == 0)
			put_pool(w, &rep->body, &sql_pools[i]);
	page_end(rep, &page);
}
