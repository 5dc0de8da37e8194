/* Defender for Cloud: the score, its controls, and alerts. Thread: core. */
#include "base/count.h"
#include "base/rng.h"
#include "sim/posture/posture.h"
#include "sim/rhythm.h"

/* Share of the points each subscription has of a control. */
static const struct control {
	const char *id, *title;
	int max;
	double share[SUB_COUNT];
	int resources;
} controls[] = {
	{"enable-mfa", "Enable MFA", 10, {1, 1, 1}, 3},
	{"secure-management-ports", "Secure management ports", 8, {1, 0.5, 1}, 6},
	{"apply-system-updates", "Apply system updates", 6, {0.75, 0.6, 1}, 9},
	{"remediate-vulnerabilities",
	 "Remediate vulnerabilities",
	 6,
	 {0.4, 0.2, 0.7},
	 14},
	{"enable-encryption-at-rest", "Enable encryption at rest", 4, {1, 0.8, 1}, 22},
	{"restrict-access",
	 "Restrict unauthorized network access",
	 4,
	 {0.9, 0.3, 0.8},
	 12},
	{"manage-access", "Manage access and permissions", 4, {0.5, 0.5, 1}, 5},
	{"encrypt-in-transit", "Encrypt data in transit", 4, {1, 0.6, 1}, 11},
	{"enable-auditing", "Enable auditing and logging", 1, {0.7, 0.4, 1}, 10},
};

static double points(const struct control *c, enum sub sub)
{
	return c->max * c->share[sub];
}

static void put_score(struct strbuf *out, int max, double current)
{
	jw_object(out, "score");
	jw_int(out, "max", max);
	jw_number(out, "current", current, 2);
	jw_number(out, "percentage", current / max, 4);
	jw_object_end(out);
}

void score_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct strbuf *out = &rep->body;
	double current = 0;
	int max = 0;

	(void)w;
	for (size_t i = 0; i < COUNT(controls); i++) {
		current += points(&controls[i], sub);
		max += controls[i].max;
	}
	page_begin(rep);
	jw_object(out, NULL);
	jw_format(out, "id",
		  "/subscriptions/%s/providers/Microsoft.Security/secureScores/ascScore",
		  estate_subs[sub].id);
	jw_text(out, "name", "ascScore");
	jw_text(out, "type", "Microsoft.Security/secureScores");
	jw_object(out, "properties");
	jw_text(out, "displayName", "ASC score");
	put_score(out, max, current);
	jw_int(out, "weight", 67);
	jw_object_end(out);
	jw_object_end(out);
	page_end(rep, &(struct page){0});
}

void score_list_controls(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct strbuf *out = &rep->body;
	struct page page;

	(void)w;
	if (!page_init(&page, req, rep, COUNT(controls), 5, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++) {
		const struct control *c = &controls[i];
		int bad = (int)(c->resources * (1 - c->share[sub]) + 0.99);

		jw_object(out, NULL);
		jw_format(out, "id",
			  "/subscriptions/%s/providers/Microsoft.Security/secureScores/"
			  "ascScore/secureScoreControls/%s",
			  estate_subs[sub].id, guid_of(0, c->id, 0).text);
		jw_text(out, "name", guid_of(0, c->id, 0).text);
		jw_text(out, "type",
			"Microsoft.Security/secureScores/secureScoreControls");
		jw_object(out, "properties");
		jw_text(out, "displayName", c->title);
		put_score(out, c->max, points(c, sub));
		jw_int(out, "healthyResourceCount", c->resources - bad);
		jw_int(out, "unhealthyResourceCount", bad);
		jw_int(out, "notApplicableResourceCount", 0);
		jw_int(out, "weight", c->resources);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

/* They come again every few days; each stays until somebody deals with it. */
static const struct alert {
	const char *group, *resource, *type;
	const char *title, *description, *severity, *intent;
	const char *step;
	int every_h, since_h; /* how long ago at least the newest one was */
	const char *status;
} alerts[] = {
	{"rg-atlas-test-weu", "sql-test-weu", "Microsoft.Sql/servers",
	 "Attempted logon by a potentially harmful application",
	 "A potentially harmful application tried to sign in to SQL server sql-test-weu.",
	 "High", "PreAttack",
	 "Close the firewall rule that lets every address in, then change the passwords.",
	 72, 3, "Active"},
	{"rg-atlas-prod-weu", "stcontosoatlasweu", "Microsoft.Storage/storageAccounts",
	 "Access from an unusual location to a storage account",
	 "Somebody read blobs of stcontosoatlasweu from a place where nobody did before.",
	 "Medium", "InitialAccess", "Ask who it was; rotate the keys if nobody says.",
	 120, 20, "InProgress"},
	{"rg-atlas-prod-weu", "aks-atlas-prod",
	 "Microsoft.ContainerService/managedClusters",
	 "Container with a sensitive volume mount detected",
	 "A new container in namespace web mounts the node's root.", "Low",
	 "PrivilegeEscalation", "Check the deployment, and forbid host paths by policy.",
	 240, 40, "Active"},
	{"rg-qodex-prod-weu", "kv-qodex-prod-weu", "Microsoft.KeyVault/vaults",
	 "Unusual operation pattern in a key vault",
	 "A user read secrets that this user had not read before.", "Medium",
	 "CredentialAccess", "Ask who it was.", 200, 90, "Resolved"},
};

static void put_alert(const struct world *w, struct strbuf *out, const struct alert *a)
{
	const struct group *group = estate_group(a->group);
	int64_t period = a->every_h * HOUR_MS;
	int64_t latest = w->now_ms - a->since_h * HOUR_MS;
	int64_t round = rhythm_floor_div(latest, period), at = round * period;
	struct guid id = guid_of(w->seed, a->title, (uint64_t)round);

	jw_object(out, NULL);
	jw_format(out, "id",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Security/"
		  "locations/%s/alerts/%s",
		  estate_sub_id(group), group->name, group->location, id.text);
	jw_text(out, "name", id.text);
	jw_text(out, "type", "Microsoft.Security/Locations/alerts");
	jw_object(out, "properties");
	jw_text(out, "version", "2022-01-01");
	jw_text(out, "alertType", "SIMULATED");
	jw_text(out, "systemAlertId", id.text);
	jw_text(out, "alertDisplayName", a->title);
	jw_text(out, "description", a->description);
	jw_text(out, "severity", a->severity);
	jw_text(out, "intent", a->intent);
	jw_time(out, "startTimeUtc", at, 7);
	jw_time(out, "endTimeUtc", at, 7);
	jw_list(out, "resourceIdentifiers");
	jw_object(out, NULL);
	jw_format(out, "azureResourceId",
		  "/subscriptions/%s/resourceGroups/%s/providers/%s/%s",
		  estate_sub_id(group), group->name, a->type, a->resource);
	jw_text(out, "type", "AzureResource");
	jw_object_end(out);
	jw_list_end(out);
	jw_list(out, "remediationSteps");
	jw_text(out, NULL, a->step);
	jw_list_end(out);
	jw_text(out, "vendorName", "Microsoft");
	jw_text(out, "status", a->status);
	jw_time(out, "timeGeneratedUtc", at + 4 * MINUTE_MS, 7);
	jw_text(out, "productName", "Microsoft Defender for Cloud");
	jw_time(out, "processingEndTimeUtc", at + 4 * MINUTE_MS + 900, 7);
	jw_list(out, "entities");
	jw_list_end(out);
	jw_bool(out, "isIncident", false);
	jw_text(out, "compromisedEntity", a->resource);
	jw_object_end(out);
	jw_object_end(out);
}

void security_list_alerts(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < COUNT(alerts); i++)
		if (estate_group(alerts[i].group)->sub == sub)
			put_alert(w, &rep->body, &alerts[i]);
	page_end(rep, &(struct page){0});
}
