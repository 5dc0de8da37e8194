/* SQL servers and databases on the wire. Thread: core. Fields that a tier does
 * not have are left out, as Azure does; a reader must not expect them. */
#include "sim/sql/sql.h"

#include "base/rng.h"
#include "sim/rhythm.h"
#include "sim/sql/sql_state.h"

#define SERVERS_PER_PAGE   3
#define DATABASES_PER_PAGE 6
#define CREATED_MS	   1547632419790LL /* 2019-01-16 */

/* Only with $expand: who administers it, and whether a password opens it too. */
static void put_administrators(struct strbuf *out, const struct sql_server *s)
{
	jw_object(out, "administrators");
	jw_text(out, "administratorType", "ActiveDirectory");
	jw_text(out, "principalType", "Group");
	jw_text(out, "login", "sg-sql-admins");
	jw_text(out, "sid", "3f0c7c52-9d7e-4b1b-8a57-6e2f9a41c0de");
	jw_text(out, "tenantId", ESTATE_TENANT);
	jw_bool(out, "azureADOnlyAuthentication", s->is_entra_only);
	jw_object_end(out);
}

static void put_server(struct strbuf *out, const struct sql_server *s,
		       bool has_administrators)
{
	const struct group *group = estate_group(s->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	jw_object(out, NULL);
	jw_text(out, "kind", "v12.0");
	jw_object(out, "properties");
	jw_text(out, "administratorLogin", "sqladmin");
	jw_text(out, "version", "12.0");
	jw_text(out, "state", "Ready");
	jw_format(out, "fullyQualifiedDomainName", "%s.database.windows.net", s->name);
	jw_list(out, "privateEndpointConnections");
	jw_list_end(out);
	jw_text(out, "minimalTlsVersion", s->least_tls);
	jw_text(out, "publicNetworkAccess", s->is_public ? "Enabled" : "Disabled");
	if (has_administrators)
		put_administrators(out, s);
	jw_text(out, "restrictOutboundNetworkAccess", "Disabled");
	jw_object_end(out);
	jw_text(out, "location", group->location);
	estate_put_tags(out, group, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", s->name);
	jw_text(out, "type", "Microsoft.Sql/servers");
	jw_object_end(out);
	strbuf_fini(&id);
}

static bool is_expanded(const struct request *req)
{
	return str_eq_nocase(request_query(req, "$expand"),
			     STR("administrators/activedirectory"));
}

void sql_list_servers(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	const struct sql_server *own[16];
	struct page page;
	size_t n = 0;

	(void)w;
	for (size_t i = 0; i < sql_n_servers; i++)
		if (estate_group(sql_servers[i].group)->sub == sub)
			own[n++] = &sql_servers[i];
	if (!page_init(&page, req, rep, n, SERVERS_PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_server(&rep->body, own[i], is_expanded(req));
	page_end(rep, &page);
}

void sql_get_server(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);

	(void)w;
	if (s)
		put_server(&rep->body, s, is_expanded(req));
}

static void put_sku(struct strbuf *out, const char *key, const struct slo *slo,
		    const struct sql_database *db)
{
	jw_object(out, key);
	jw_text(out, "name", slo->sku);
	if (db->pool && strcmp(db->pool, "pool-test") == 0)
		jw_text(out, "tier", "GeneralPurpose");
	else
		jw_text(out, "tier", slo->tier);
	if (slo->family)
		jw_text(out, "family", slo->family);
	jw_int(out, "capacity", slo->capacity);
	jw_object_end(out);
}

static const char *kind_of(const struct sql_database *db, const struct slo *slo)
{
	if (db->traits & SQL_MASTER)
		return "v12.0,system";
	if (db->traits & SQL_POOLED)
		return "v12.0,user,pool";
	if (db->traits & SQL_WAREHOUSE)
		return "v12.0,user,datawarehouse";
	if (db->traits & SQL_SERVERLESS)
		return "v12.0,user,vcore,serverless";
	if (db->traits & SQL_HYPERSCALE)
		return "v12.0,user,vcore,hyperscale";
	return slo->family ? "v12.0,user,vcore" : "v12.0,user";
}

static void put_serverless(struct strbuf *out, const struct sql_database *db,
			   const struct sql_state *state)
{
	if (!(db->traits & SQL_SERVERLESS))
		return;
	jw_int(out, "autoPauseDelay", 60);
	jw_number(out, "minCapacity", 0.5, 2);
	if (state->paused_ms)
		jw_time(out, "pausedDate", state->paused_ms, 3);
	if (state->resumed_ms)
		jw_time(out, "resumedDate", state->resumed_ms, 3);
}

static void put_relations(struct strbuf *out, const struct sql_database *db)
{
	const struct sql_failover_group *group = sql_group_of(db);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, sql_server(db->server));
	if (db->pool)
		jw_format(out, "elasticPoolId", "%s/elasticPools/%s", id.p, db->pool);
	if (group)
		jw_format(out, "failoverGroupId", "%s/failoverGroups/%s", id.p,
			  group->name);
	strbuf_fini(&id);
	if (db->traits & SQL_GEO_SECONDARY)
		jw_text(out, "secondaryType", "Geo");
	if (db->traits & SQL_NAMED_REPLICA)
		jw_text(out, "secondaryType", "Named");
}

static void put_properties(const struct world *w, struct strbuf *out,
			   const struct sql_database *db, const struct sql_state *state)
{
	const struct slo *slo = state->current;
	uint64_t seed = rng_mix(w->seed, sql_index(db));
	int64_t created_ms = CREATED_MS + (int64_t)(rng_at(seed, 1) * 1500) * DAY_MS;
	bool is_vcore = slo->family != NULL;
	bool is_west = strcmp(estate_group(sql_server(db->server)->group)->location,
			      "westeurope") == 0;

	jw_object(out, "properties");
	jw_text(out, "collation", "SQL_Latin1_General_CP1_CI_AS");
	jw_int(out, "maxSizeBytes", db->max_gb < 0 ? -1 : (int64_t)(db->max_gb * GIB));
	jw_text(out, "status", state->status);
	jw_text(out, "databaseId", guid_of(w->seed, "database", sql_index(db)).text);
	jw_time(out, "creationDate", created_ms, 3);
	jw_text(out, "currentServiceObjectiveName", slo->name);
	jw_text(out, "requestedServiceObjectiveName", state->requested->name);
	jw_text(out, "defaultSecondaryLocation", is_west ? "northeurope" : "westeurope");
	jw_text(out, "catalogCollation", "SQL_Latin1_General_CP1_CI_AS");
	if (is_vcore)
		jw_text(out, "licenseType", "LicenseIncluded");
	if (!(db->traits & SQL_MASTER))
		jw_int(out, "maxLogSizeBytes", 193273528320);
	jw_bool(out, "zoneRedundant", strcmp(slo->tier, "BusinessCritical") == 0);
	jw_text(out, "readScale", db->traits & SQL_READ_SCALE ? "Enabled" : "Disabled");
	if (db->traits & SQL_HYPERSCALE)
		jw_int(out, "highAvailabilityReplicaCount",
		       db->traits & SQL_NAMED_REPLICA ? 0 : 1);
	if (!(db->traits & (SQL_MASTER | SQL_INACCESSIBLE)))
		jw_time(out, "earliestRestoreDate", w->now_ms - 7 * DAY_MS, 7);
	put_relations(out, db);
	put_serverless(out, db, state);
	put_sku(out, "currentSku", slo, db);
	jw_text(out, "currentBackupStorageRedundancy", "Geo");
	jw_text(out, "requestedBackupStorageRedundancy", "Geo");
	jw_format(out, "maintenanceConfigurationId",
		  "/subscriptions/%s/providers/Microsoft.Maintenance/"
		  "publicMaintenanceConfigurations/SQL_Default",
		  estate_sub_id(estate_group(sql_server(db->server)->group)));
	jw_bool(out, "isLedgerOn", false);
	jw_bool(out, "isInfraEncryptionEnabled", false);
	jw_object_end(out);
}

/* When it is to be which size. */
static void put_tags(struct strbuf *out, const struct group *group,
		     const struct sql_database *db)
{
	struct strbuf hours;

	if (!db->night) {
		estate_put_tags(out, group,
				db->traits & SQL_ODD_HOURS  ? "Mon-Fri 07:00-19:00"
				: db->traits & SQL_WORKDAYS ? RHYTHM_SCHEDULE
							    : NULL);
		return;
	}
	strbuf_init(&hours, 256);
	strbuf_printf(&hours, "%s;size=%s/%s%s",
		      db->traits & SQL_WEST ? RHYTHM_SCHEDULE_WEST : RHYTHM_SCHEDULE,
		      sql_tagged(db), db->night,
		      db->traits & SQL_STAYS_AT_CHRISTMAS
			      ? ";skip-days=(2026-12-25,2027-12-25)"
			      : "");
	estate_put_tags(out, group, hours.p);
	strbuf_fini(&hours);
}

void sql_put_database(const struct world *w, struct strbuf *out,
		      const struct sql_database *db)
{
	struct sql_state state = sql_state_now(w, db);
	const struct sql_server *server = sql_server(db->server);
	const struct group *group = estate_group(server->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	jw_object(out, NULL);
	put_sku(out, "sku", state.requested, db);
	jw_text(out, "kind", kind_of(db, state.current));
	if (db->traits & SQL_MASTER) {
		sql_put_server_id(&id, server);
		jw_str(out, "managedBy", strbuf_str(&id));
		strbuf_reset(&id);
	}
	put_properties(w, out, db, &state);
	jw_text(out, "location", group->location);
	if (!(db->traits & SQL_MASTER))
		put_tags(out, group, db);
	sql_put_database_id(&id, db);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", db->name);
	jw_text(out, "type", "Microsoft.Sql/servers/databases");
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_some(struct world *w, const struct request *req, struct reply *rep,
		     const struct sql_server *s, const struct sql_pool *pool)
{
	const struct sql_database *own[SQL_N_DATABASES];
	struct page page;
	size_t n = 0;

	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];

		if (strcmp(db->server, s->name) != 0)
			continue;
		if (!pool || (db->pool && strcmp(db->pool, pool->name) == 0))
			own[n++] = db;
	}
	if (!page_init(&page, req, rep, n, DATABASES_PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		sql_put_database(w, &rep->body, own[i]);
	page_end(rep, &page);
}

void sql_list_databases(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);

	if (s)
		put_some(w, req, rep, s, NULL);
}

void sql_list_pool_databases(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const struct sql_pool *pool = sql_pool_named(req, rep);

	if (pool)
		put_some(w, req, rep, sql_server(pool->server), pool);
}

void sql_get_database(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);

	if (db)
		sql_put_database(w, &rep->body, db);
}
