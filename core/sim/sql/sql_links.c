/* Geo-replication on the wire: failover groups and links, which both ends tell
 * with the roles swapped. Thread: core. */
#include <math.h>

#include "sim/rhythm.h"
#include "sim/sql/sql.h"

#define LINKED_SINCE_MS 1655799106907LL /* 2022-06-21 */

static void put_group_databases(struct strbuf *out,
				const struct sql_failover_group *group,
				const struct sql_server *s)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	jw_list(out, "databases");
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];

		if (strcmp(db->server, s->name) != 0 || sql_group_of(db) != group)
			continue;
		strbuf_reset(&id);
		sql_put_database_id(&id, db);
		jw_str(out, NULL, strbuf_str(&id));
	}
	jw_list_end(out);
	strbuf_fini(&id);
}

static void put_partner(struct strbuf *out, const struct sql_failover_group *group,
			bool is_primary)
{
	const struct sql_server *partner =
		sql_server(is_primary ? group->secondary : group->primary);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, partner);
	jw_list(out, "partnerServers");
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "location",
		estate_location_title(estate_group(partner->group)->location));
	jw_text(out, "replicationRole", is_primary ? "Secondary" : "Primary");
	jw_object_end(out);
	jw_list_end(out);
	strbuf_fini(&id);
}

static void put_group(struct strbuf *out, const struct sql_failover_group *group,
		      const struct sql_server *s)
{
	bool is_primary = strcmp(s->name, group->primary) == 0;
	const struct group *rg = estate_group(s->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	jw_object(out, NULL);
	jw_text(out, "location", estate_location_title(rg->location));
	estate_put_tags(out, rg, NULL);
	jw_object(out, "properties");
	jw_object(out, "readWriteEndpoint");
	jw_text(out, "failoverPolicy", group->grace_minutes < 0 ? "Manual" : "Automatic");
	if (group->grace_minutes >= 0)
		jw_int(out, "failoverWithDataLossGracePeriodMinutes",
		       group->grace_minutes);
	jw_object_end(out);
	jw_object(out, "readOnlyEndpoint");
	jw_text(out, "failoverPolicy", "Disabled");
	jw_object_end(out);
	jw_text(out, "replicationRole", is_primary ? "Primary" : "Secondary");
	jw_text(out, "replicationState", group->state);
	put_partner(out, group, is_primary);
	put_group_databases(out, group, s);
	jw_object_end(out);
	jw_format(out, "id", "%s/failoverGroups/%s", id.p, group->name);
	jw_text(out, "name", group->name);
	jw_text(out, "type", "Microsoft.Sql/servers/failoverGroups");
	jw_object_end(out);
	strbuf_fini(&id);
}

void sql_list_failover_groups(struct world *w, const struct request *req,
			      struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct page page = {0};

	(void)w;
	if (!s)
		return;
	page_begin(rep);
	for (size_t i = 0; i < sql_n_failover_groups; i++) {
		const struct sql_failover_group *group = &sql_failover_groups[i];

		if (strcmp(group->primary, s->name) == 0 ||
		    strcmp(group->secondary, s->name) == 0)
			put_group(&rep->body, group, s);
	}
	page_end(rep, &page);
}

/* The search copy has been stuck since its region's storage filled, for one to six
 * days. */
static bool is_stuck(const struct sql_database *db)
{
	return strcmp(db->name, "qodex-search") == 0;
}

static const char *link_state(const struct sql_database *db)
{
	return is_stuck(db) ? "SUSPENDED" : "CATCH_UP";
}

double sql_lag_seconds(const struct sql_database *db, uint64_t seed, double log_share,
		       int64_t utc_ms)
{
	int64_t spell = rhythm_floor_div(rhythm_day(utc_ms), 5) * 5;
	int64_t stuck_ms = rhythm_day_start(spell) - 22 * HOUR_MS;

	if (is_stuck(db))
		return floor((double)(utc_ms - stuck_ms) / 1000);
	return floor(1.5 + 9 * log_share +
		     2 * rhythm_noise(seed + 6, utc_ms, 7 * MINUTE_MS));
}

static void put_link(const struct world *w, struct strbuf *out,
		     const struct sql_database *db)
{
	const struct sql_database *partner = sql_partner_of(db);
	bool is_secondary = (db->traits & SQL_GEO_SECONDARY) != 0;
	const struct sql_database *primary = is_secondary ? partner : db;
	struct guid name = guid_of(w->seed, "link", sql_index(primary));
	const struct sql_server *other = sql_server(partner->server);
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "partnerServer", partner->server);
	jw_text(out, "partnerDatabase", partner->name);
	jw_text(out, "partnerLocation",
		estate_location_title(estate_group(other->group)->location));
	jw_text(out, "role", is_secondary ? "Secondary" : "Primary");
	jw_text(out, "partnerRole", is_secondary ? "Primary" : "Secondary");
	jw_text(out, "replicationMode", "ASYNC");
	jw_time(out, "startTime",
		LINKED_SINCE_MS + (int64_t)sql_index(primary) * 3 * HOUR_MS, 3);
	jw_int(out, "percentComplete", 100);
	jw_text(out, "replicationState", link_state(db));
	jw_bool(out, "isTerminationAllowed", true);
	jw_text(out, "linkType", "GEO");
	jw_object_end(out);
	jw_format(out, "id", "%s/replicationLinks/%s", id.p, name.text);
	jw_text(out, "name", name.text);
	jw_text(out, "type", "Microsoft.Sql/servers/databases/replicationLinks");
	jw_object_end(out);
	strbuf_fini(&id);
}

void sql_list_links(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct page page = {0};

	if (!db)
		return;
	page_begin(rep);
	if (sql_partner_of(db))
		put_link(w, &rep->body, db);
	page_end(rep, &page);
}

void sql_list_server_links(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct page page = {0};

	if (!s)
		return;
	page_begin(rep);
	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		if (strcmp(sql_databases[i].server, s->name) == 0 &&
		    sql_partner_of(&sql_databases[i]))
			put_link(w, &rep->body, &sql_databases[i]);
	page_end(rep, &page);
}
