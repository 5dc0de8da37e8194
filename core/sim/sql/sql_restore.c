/* What a database can be restored from: its window of any moment, and the backups
 * kept for years. Thread: core. Replicas have no backups of their own. */
#include <stdio.h>

#include "base/count.h"
#include "sim/rhythm.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_estate.h"

#define USUAL_DAYS 7

/* Who keeps something else than a week, or something for years. */
static const struct keeping {
	const char *database;
	int days;
	int years_kept_days_ago; /* of the newest long-term backup; 0: none */
} keepings[] = {
	{"atlas-orders", 35, 3},    {"atlas-billing", 35, 3}, {"atlas-catalog", 14, 0},
	{"atlas-identity", 14, 10}, {"qodex-core", 14, 47},   {"qodex-jobs", 1, 0},
};

static const struct keeping *keeping_of(const struct sql_database *db)
{
	for (size_t i = 0; i < COUNT(keepings); i++)
		if (strcmp(keepings[i].database, db->name) == 0)
			return &keepings[i];
	return NULL;
}

static bool has_backups(const struct sql_database *db)
{
	return !(db->traits & (SQL_MASTER | SQL_GEO_SECONDARY | SQL_NAMED_REPLICA));
}

void sql_list_restore_points(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct strbuf *out = &rep->body, id;
	struct page page = {0};

	if (!db)
		return;
	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	page_begin(rep);
	if (has_backups(db)) {
		const struct keeping *keeping = keeping_of(db);
		int days = keeping ? keeping->days : USUAL_DAYS;

		jw_object(out, NULL);
		jw_format(out, "id", "%s/restorepoints/ContinuousRestorePoint", id.p);
		jw_text(out, "name", "ContinuousRestorePoint");
		jw_text(out, "location",
			estate_location_title(
				estate_group(sql_server(db->server)->group)->location));
		jw_text(out, "type", "Microsoft.Sql/servers/databases/restorePoints");
		jw_object(out, "properties");
		jw_text(out, "restorePointType", "CONTINUOUS");
		jw_time(out, "earliestRestoreDate",
			w->now_ms - w->now_ms % HOUR_MS - days * DAY_MS, 0);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
	strbuf_fini(&id);
}

static void put_long_term(const struct world *w, struct strbuf *out, const char *scope,
			  const struct sql_database *db, int days_ago)
{
	int64_t made_ms = rhythm_day_start(rhythm_day(w->now_ms) - days_ago) + HOUR_MS;
	char name[96];

	snprintf(name, sizeof(name), "%s;%lld", guid_of(w->seed, db->name, 7).text,
		 (long long)(made_ms / 1000 * 10000000LL));
	jw_object(out, NULL);
	jw_format(out, "id",
		  "%s/longTermRetentionDatabases/%s/longTermRetentionBackups/%s", scope,
		  db->name, name);
	jw_text(out, "name", name);
	jw_text(out, "type",
		"Microsoft.Sql/locations/longTermRetentionServers/"
		"longTermRetentionDatabases/longTermRetentionBackups");
	jw_object(out, "properties");
	jw_text(out, "serverName", db->server);
	jw_text(out, "serverCreateTime", "2022-06-20T08:00:00Z");
	jw_text(out, "databaseName", db->name);
	jw_time(out, "backupTime", made_ms, 0);
	jw_time(out, "backupExpirationTime", made_ms + 10 * 365 * DAY_MS, 0);
	jw_text(out, "backupStorageRedundancy", "Geo");
	jw_object_end(out);
	jw_object_end(out);
}

/* One a week of each, or only the newest when that is asked for. */
void sql_list_long_term_backups(struct world *w, const struct request *req,
				struct reply *rep)
{
	const struct subscription *sub = estate_find_sub(request_param(req, "sub"));
	struct str server = request_param(req, "server");
	struct str loc = request_param(req, "loc");
	int n = str_eq_nocase(request_query(req, "onlyLatestPerDatabase"), STR("true"))
			? 1
			: 4;
	struct page page = {0};
	struct strbuf scope;

	strbuf_init(&scope, 512);
	strbuf_printf(&scope,
		      "/subscriptions/%s/providers/Microsoft.Sql/locations/%.*s/"
		      "longTermRetentionServers/%.*s",
		      sub->id, STR_ARG(loc), STR_ARG(server));
	page_begin(rep);
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];
		const struct keeping *k = keeping_of(db);

		if (!has_backups(db) || !k || !k->years_kept_days_ago ||
		    !str_eq_nocase(server, str_from(db->server)) ||
		    estate_group(sql_server(db->server)->group)->sub !=
			    estate_sub_index(sub))
			continue;
		for (int week = 0; week < n; week++)
			put_long_term(w, &rep->body, scope.p, db,
				      k->years_kept_days_ago + 7 * week);
	}
	page_end(rep, &page);
	strbuf_fini(&scope);
}
