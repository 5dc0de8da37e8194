/* Alerts that fired. Thread: core. Each comes at its own pace and stays for a while;
 * those with no pace stay. Somebody takes note of the loud ones. */
#include "sim/watch/fired.h"

#include "base/count.h"
#include "sim/rhythm.h"

#define NOTED_MS (25 * MINUTE_MS)

static const struct fired {
	const char *group, *type, *name;
	const char *rule, *what;
	int severity;
	const char *signal, *service;
	int every_min, at_min, for_min; /* every 0: for days */
} alerts[] = {
	{"rg-qodex-prod-weu", "microsoft.sql/servers/databases",
	 "sql-qodex-prod-weu/databases/qodex-search", "sql-replication-suspended",
	 "Replication of qodex-search to North Europe is suspended", 1, "Log",
	 "Log Analytics", 0, 0, 0},
	{"rg-atlas-prod-weu", "microsoft.sql/servers/databases",
	 "sql-atlas-prod-weu/databases/atlas-audit", "sql-storage-95",
	 "storage_percent is above 95", 2, "Metric", "Platform", 0, 190, 0},
	{"rg-qodex-prod-weu", "microsoft.sql/servers/databases",
	 "sql-qodex-prod-weu/databases/qodex-search", "sql-cpu-95",
	 "cpu_percent was above 95 for 15 minutes", 1, "Metric", "Platform", 360, 40, 75},
	{"rg-qodex-prod-weu", "microsoft.insights/components", "appi-qodex-prod",
	 "failed-requests", "More than 5 % of requests failed", 2, "Metric",
	 "Application Insights", 360, 55, 50},
	{"rg-shared-monitor-weu", "microsoft.operationalinsights/workspaces",
	 "log-contoso", "ingestion-jump", "A table took in twice its usual amount", 3,
	 "Log", "Log Analytics", 2880, 600, 700},
	{"rg-atlas-prod-weu", "microsoft.containerservice/managedclusters",
	 "aks-atlas-prod", "pods-restart",
	 "Pods of namespace web restart again and again", 2, "Log", "Log Analytics", 510,
	 220, 35},
	{"rg-atlas-test-weu", "microsoft.compute/virtualmachines", "vm-atlas-test-01",
	 "vm-heartbeat", "No heartbeat for 10 minutes", 3, "Log", "VM Insights", 1440,
	 1085, 700},
};

static void put_essentials(const struct world *w, struct strbuf *out,
			   const struct fired *f, int64_t began_ms)
{
	const struct group *group = estate_group(f->group);
	int64_t ends_ms = began_ms + f->for_min * MINUTE_MS;
	bool is_over = f->every_min && w->now_ms >= ends_ms;
	bool is_noted = f->severity <= 2 && w->now_ms - began_ms > NOTED_MS;
	const char *slash = strrchr(f->name, '/');

	jw_object(out, "essentials");
	jw_format(out, "severity", "Sev%d", f->severity);
	jw_text(out, "signalType", f->signal);
	jw_text(out, "alertState",
		is_over	   ? "Closed"
		: is_noted ? "Acknowledged"
			   : "New");
	jw_text(out, "monitorCondition", is_over ? "Resolved" : "Fired");
	jw_text(out, "monitorService", f->service);
	jw_format(out, "targetResource",
		  "/subscriptions/%s/resourcegroups/%s/providers/%s/%s",
		  estate_sub_id(group), group->name,
		  slash ? "microsoft.sql/servers" : f->type, f->name);
	jw_text(out, "targetResourceName", slash ? slash + 1 : f->name);
	jw_text(out, "targetResourceGroup", group->name);
	jw_text(out, "targetResourceType", f->type);
	jw_text(out, "sourceCreatedId",
		guid_of(w->seed, f->rule, (uint64_t)began_ms).text);
	jw_format(out, "alertRule",
		  "/subscriptions/%s/resourceGroups/rg-shared-monitor-weu/providers/"
		  "microsoft.insights/metricAlerts/%s",
		  estate_subs[SUB_SHARED].id, f->rule);
	jw_time(out, "startDateTime", began_ms, 7);
	jw_time(out, "lastModifiedDateTime", is_over ? ends_ms : began_ms, 7);
	jw_text(out, "lastModifiedUserName", is_noted ? "oncall@contoso.com" : "System");
	if (is_over)
		jw_time(out, "monitorConditionResolvedDateTime", ends_ms, 7);
	jw_object(out, "actionStatus");
	jw_bool(out, "isSuppressed", false);
	jw_object_end(out);
	jw_text(out, "description", f->what);
	jw_object_end(out);
}

static void put_alert(const struct world *w, struct strbuf *out, const struct fired *f,
		      int64_t began_ms)
{
	struct guid id = guid_of(w->seed, f->what, (uint64_t)began_ms);

	jw_object(out, NULL);
	jw_object(out, "properties");
	put_essentials(w, out, f, began_ms);
	jw_object_end(out);
	jw_format(out, "id",
		  "/subscriptions/%s/providers/Microsoft.AlertsManagement/alerts/%s",
		  estate_sub_id(estate_group(f->group)), id.text);
	jw_text(out, "type", "Microsoft.AlertsManagement/alerts");
	jw_text(out, "name", id.text);
	jw_object_end(out);
}

/* When the newest round began; one that stays began before this spell of five days. */
static int64_t began(const struct world *w, const struct fired *f)
{
	int64_t offset = f->at_min * MINUTE_MS, period = f->every_min * MINUTE_MS;
	int64_t spell = rhythm_floor_div(rhythm_day(w->now_ms), 5) * 5;

	if (!period)
		return rhythm_day_start(spell) - 21 * HOUR_MS + offset;
	return rhythm_floor_div(w->now_ms - offset, period) * period + offset;
}

/* timeRange counts from when an alert fired last. */
static int64_t range_ms(struct str range)
{
	static const struct {
		const char *name;
		int64_t ms;
	} ranges[] = {{"1h", HOUR_MS},
		      {"1d", DAY_MS},
		      {"7d", 7 * DAY_MS},
		      {"30d", 30 * DAY_MS}};

	for (size_t i = 0; i < COUNT(ranges); i++)
		if (str_eq_nocase(range, str_from(ranges[i].name)))
			return ranges[i].ms;
	return DAY_MS;
}

void fired_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	int64_t range = range_ms(request_query(req, "timeRange"));

	page_begin(rep);
	for (size_t i = 0; i < COUNT(alerts); i++)
		if (estate_group(alerts[i].group)->sub == sub &&
		    w->now_ms - began(w, &alerts[i]) <= range)
			put_alert(w, &rep->body, &alerts[i], began(w, &alerts[i]));
	page_end(rep, &(struct page){0});
}
