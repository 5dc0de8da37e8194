/* How well a server and its databases are guarded: encryption at rest, auditing,
 * firewall rules. Thread: core. */
#include "sim/sql/sql.h"

/* One copy made from a backup of before encryption was the default. */
static bool is_encrypted(const struct sql_database *db)
{
	return strcmp(db->name, "atlas-tenant-test") != 0;
}

void sql_get_encryption(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct strbuf *out = &rep->body, id;

	(void)w;
	if (!db)
		return;
	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "state", is_encrypted(db) ? "Enabled" : "Disabled");
	jw_object_end(out);
	jw_format(out, "id", "%s/transparentDataEncryption/Current", id.p);
	jw_text(out, "name", "Current");
	jw_text(out, "type", "Microsoft.Sql/servers/databases/transparentDataEncryption");
	jw_object_end(out);
	strbuf_fini(&id);
}

void sql_get_auditing(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct strbuf *out = &rep->body, id;

	(void)w;
	if (!s)
		return;
	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_int(out, "retentionDays", 0);
	jw_list(out, "auditActionsAndGroups");
	if (s->is_audited) {
		jw_text(out, NULL, "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP");
		jw_text(out, NULL, "FAILED_DATABASE_AUTHENTICATION_GROUP");
		jw_text(out, NULL, "BATCH_COMPLETED_GROUP");
	}
	jw_list_end(out);
	jw_bool(out, "isStorageSecondaryKeyInUse", false);
	jw_bool(out, "isAzureMonitorTargetEnabled", s->is_audited);
	jw_bool(out, "isManagedIdentityInUse", false);
	jw_text(out, "state", s->is_audited ? "Enabled" : "Disabled");
	jw_text(out, "storageEndpoint", "");
	jw_text(out, "storageAccountSubscriptionId",
		"00000000-0000-0000-0000-000000000000");
	jw_object_end(out);
	jw_format(out, "id", "%s/auditingSettings/Default", id.p);
	jw_text(out, "name", "Default");
	jw_text(out, "type", "Microsoft.Sql/servers/auditingSettings");
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_rule(struct strbuf *out, const struct sql_server *s, const char *name,
		     const char *first, const char *last)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_server_id(&id, s);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "startIpAddress", first);
	jw_text(out, "endIpAddress", last);
	jw_object_end(out);
	jw_format(out, "id", "%s/firewallRules/%s", id.p, name);
	jw_text(out, "name", name);
	jw_text(out, "type", "Microsoft.Sql/servers/firewallRules");
	jw_object_end(out);
	strbuf_fini(&id);
}

void sql_list_firewall_rules(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const struct sql_server *s = sql_server_named(req, rep);
	struct page page = {0};

	(void)w;
	if (!s)
		return;
	page_begin(rep);
	if (s->is_public) {
		put_rule(&rep->body, s, "AllowAllWindowsAzureIps", "0.0.0.0", "0.0.0.0");
		put_rule(&rep->body, s, "office-amsterdam", "198.51.100.16",
			 "198.51.100.31");
	}
	if (s->is_open_to_all)
		put_rule(&rep->body, s, "temp-debug", "0.0.0.0", "255.255.255.255");
	page_end(rep, &page);
}
