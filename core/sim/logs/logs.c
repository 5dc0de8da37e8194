/* See logs.h. How much a table takes in is a function of the table, the day and the
 * seed; somebody leaves debug logging on now and then. */
#include "sim/logs/logs.h"

#include <math.h>

#include "base/count.h"
#include "base/json.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/logs/insights.h"
#include "sim/rhythm.h"

#define MB_PER_GB	1000.0
#define APPROACHES_FROM 0.8
#define QUERY_DAYS	7

const struct log_workspace log_workspaces[] = {
	{"rg-shared-monitor-weu", "log-contoso", LOGS_CUSTOMER, 90, 0, 1},
	{"rg-atlas-test-weu", "log-nonprod", "a86d5e07-13cf-4b92-8f74-d20c9be71535", 30,
	 2.5, 0.21},
};
const size_t log_n_workspaces = COUNT(log_workspaces);

/* retention 0: as the workspace has it. */
static const struct log_table {
	const char *name, *plan, *type;
	int retention_days, total_days;
	double gb_a_day; /* billed, on a working day; 0: empty or free */
	bool is_people;	 /* less at weekends */
	bool may_jump;
} tables[] = {
	{"ContainerLogV2", "Analytics", "Microsoft", 30, 30, 5.9, true, false},
	{"AppTraces", "Analytics", "Microsoft", 0, 90, 1.9, true, true},
	{"AzureDiagnostics", "Analytics", "Microsoft", 0, 365, 1.75, true, false},
	{"AppDependencies", "Analytics", "Microsoft", 0, 90, 1.3, true, false},
	{"AppRequests", "Analytics", "Microsoft", 0, 90, 0.95, true, false},
	{"Perf", "Analytics", "Microsoft", 0, 90, 0.72, false, false},
	{"InsightsMetrics", "Analytics", "Microsoft", 0, 90, 0.55, false, false},
	{"AtlasAudit_CL", "Analytics", "CustomLog", 180, 2556, 0.41, true, false},
	{"KubePodInventory", "Analytics", "Microsoft", 0, 90, 0.33, false, false},
	{"QodexEvents_CL", "Basic", "CustomLog", 30, 30, 0.28, true, true},
	{"SigninLogs", "Analytics", "Microsoft", 0, 365, 0.06, true, false},
	{"AzureActivity", "Analytics", "Microsoft", 90, 90, 0, true, false},
	{"Heartbeat", "Analytics", "Microsoft", 0, 90, 0, false, false},
	{"Syslog", "Analytics", "Microsoft", 0, 90, 0, false, false},
	{"SecurityEvent", "Analytics", "Microsoft", 0, 90, 0, false, false},
};

static double whole_day_gb(const struct world *w, const struct log_workspace *ws,
			   const struct log_table *t, int64_t day)
{
	uint64_t seed = rng_mix(w->seed, 0x6c6f67u + (uint64_t)(t - tables) * 8 +
						 (uint64_t)(ws - log_workspaces));
	int weekday = rhythm_weekday(day);
	double gb = t->gb_a_day * ws->share * (0.94 + 0.12 * rng_at(seed, (uint64_t)day));

	if (t->is_people && (weekday == 0 || weekday == 6))
		gb *= 0.55;
	/* Three days of every nine, until somebody looks. */
	if (t->may_jump && ws == log_workspaces && (day + (t - tables)) % 9 < 3)
		gb *= 2.3;
	return gb;
}

static int64_t today_of(const struct world *w)
{
	return rhythm_floor_div(w->now_ms, DAY_MS);
}

static double workspace_gb(const struct world *w, const struct log_workspace *ws,
			   int64_t day)
{
	double gb = 0;

	for (size_t i = 0; i < COUNT(tables); i++)
		gb += whole_day_gb(w, ws, &tables[i], day);
	return gb;
}

/* What has come by now; a cap stops the day, in the middle of it. */
static double booked_share(const struct world *w, const struct log_workspace *ws,
			   int64_t day)
{
	double share = 1, whole = workspace_gb(w, ws, day);

	if (day == today_of(w))
		share = (double)(w->now_ms - day * DAY_MS) / (double)DAY_MS;
	if (ws->cap_gb > 0 && whole * share > ws->cap_gb)
		share = ws->cap_gb / whole;
	return share;
}

static const char *status_of(const struct world *w, const struct log_workspace *ws)
{
	int64_t today = today_of(w);
	double gb = workspace_gb(w, ws, today) * booked_share(w, ws, today);

	if (ws->cap_gb <= 0 || gb < ws->cap_gb * APPROACHES_FROM)
		return "RespectQuota";
	return gb < ws->cap_gb ? "ApproachingQuota" : "OverQuota";
}

/* This provider writes its ids in small letters. */
static void put_id(struct strbuf *out, const struct log_workspace *ws)
{
	const struct group *group = estate_group(ws->group);

	strbuf_printf(out,
		      "/subscriptions/%s/resourcegroups/%s/providers/"
		      "microsoft.operationalinsights/workspaces/%s",
		      estate_sub_id(group), group->name, ws->name);
}

static void put_workspace(const struct world *w, struct strbuf *out,
			  const struct log_workspace *ws)
{
	const struct group *group = estate_group(ws->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	put_id(&id, ws);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "customerId", ws->customer);
	jw_text(out, "provisioningState", "Succeeded");
	jw_object(out, "sku");
	jw_text(out, "name", "PerGB2018");
	jw_text(out, "lastSkuUpdate", "2024-02-07T09:12:33.1Z");
	jw_object_end(out);
	jw_int(out, "retentionInDays", ws->retention_days);
	jw_object(out, "features");
	jw_bool(out, "enableLogAccessUsingOnlyResourcePermissions", true);
	jw_object_end(out);
	jw_object(out, "workspaceCapping");
	jw_number(out, "dailyQuotaGb", ws->cap_gb > 0 ? ws->cap_gb : -1, 3);
	jw_time(out, "quotaNextResetTime", (today_of(w) + 1) * DAY_MS, 0);
	jw_text(out, "dataIngestionStatus", status_of(w, ws));
	jw_object_end(out);
	jw_text(out, "publicNetworkAccessForIngestion", "Enabled");
	jw_text(out, "publicNetworkAccessForQuery", "Enabled");
	jw_text(out, "createdDate", "2024-02-07T09:12:33.1Z");
	jw_text(out, "modifiedDate", "2025-11-03T15:40:02.7Z");
	jw_object_end(out);
	jw_text(out, "location", group->location);
	estate_put_tags(out, group, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", ws->name);
	jw_text(out, "type", "Microsoft.OperationalInsights/workspaces");
	jw_object_end(out);
	strbuf_fini(&id);
}

void logs_list_workspaces(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < log_n_workspaces; i++)
		if (estate_group(log_workspaces[i].group)->sub == sub)
			put_workspace(w, &rep->body, &log_workspaces[i]);
	page_end(rep, &(struct page){0});
}

static const struct log_workspace *workspace_named(const struct request *req,
						   struct reply *rep)
{
	struct str group = request_param(req, "rg"), name = request_param(req, "ws");

	for (size_t i = 0; i < log_n_workspaces; i++)
		if (str_eq_nocase(name, str_from(log_workspaces[i].name)) &&
		    str_eq_nocase(group, str_from(log_workspaces[i].group)))
			return &log_workspaces[i];
	reply_error(
		rep, 404, "ResourceNotFound",
		"The Resource 'Microsoft.OperationalInsights/workspaces/%.*s' was not "
		"found.",
		STR_ARG(name));
	return NULL;
}

static void put_schema(struct strbuf *out, const struct log_table *t)
{
	bool is_custom = strcmp(t->type, "CustomLog") == 0;

	jw_object(out, "schema");
	jw_text(out, "name", t->name);
	jw_text(out, "tableType", t->type);
	jw_text(out, "tableSubType", is_custom ? "DataCollectionRuleBased" : "Any");
	jw_list(out, "standardColumns");
	jw_object(out, NULL);
	jw_text(out, "name", "TimeGenerated");
	jw_text(out, "type", "dateTime");
	jw_bool(out, "isDefaultDisplay", true);
	jw_bool(out, "isHidden", false);
	jw_object_end(out);
	jw_list_end(out);
	jw_list(out, "solutions");
	jw_text(out, NULL, "LogManagement");
	jw_list_end(out);
	jw_object_end(out);
}

static void put_table(struct strbuf *out, const struct log_workspace *ws,
		      const struct log_table *t)
{
	int days = t->retention_days ? t->retention_days : ws->retention_days;
	int total = t->total_days > days ? t->total_days : days;
	struct strbuf id;

	strbuf_init(&id, 512);
	put_id(&id, ws);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_int(out, "totalRetentionInDays", total);
	jw_int(out, "archiveRetentionInDays", total - days);
	jw_text(out, "plan", t->plan);
	jw_bool(out, "retentionInDaysAsDefault", t->retention_days == 0);
	jw_bool(out, "totalRetentionInDaysAsDefault", total == days);
	put_schema(out, t);
	jw_text(out, "provisioningState", "Succeeded");
	jw_int(out, "retentionInDays", days);
	jw_object_end(out);
	jw_format(out, "id", "%s/tables/%s", id.p, t->name);
	jw_text(out, "name", t->name);
	jw_object_end(out);
	strbuf_fini(&id);
}

void logs_list_tables(struct world *w, const struct request *req, struct reply *rep)
{
	const struct log_workspace *ws = workspace_named(req, rep);

	(void)w;
	if (!ws)
		return;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(tables); i++)
		put_table(&rep->body, ws, &tables[i]);
	page_end(rep, &(struct page){0});
}

static void put_column(struct strbuf *out, const char *name, const char *type)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_text(out, "type", type);
	jw_object_end(out);
}

static void put_usage(const struct world *w, struct strbuf *out,
		      const struct log_workspace *ws)
{
	int64_t today = today_of(w);

	for (size_t i = 0; i < COUNT(tables); i++)
		for (int64_t day = today - QUERY_DAYS; day <= today; day++) {
			double gb = whole_day_gb(w, ws, &tables[i], day) *
				    booked_share(w, ws, day);

			if (gb <= 0)
				continue;
			jw_list(out, NULL);
			jw_text(out, NULL, tables[i].name);
			jw_time(out, NULL, day * DAY_MS, 0);
			jw_number(out, NULL, gb * MB_PER_GB, 6);
			jw_list_end(out);
		}
}

static void refuse_query(struct reply *rep)
{
	struct strbuf *out = &rep->body;

	rep->status = 400;
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "code", "BadArgumentError");
	jw_text(out, "message", "The request had some invalid properties");
	jw_object(out, "innererror");
	jw_text(out, "code", "SemanticError");
	jw_text(out, "message", "A semantic error occurred.");
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_use(const struct world *w, struct strbuf *out,
		    const struct log_workspace *ws)
{
	jw_list(out, "columns");
	put_column(out, "DataType", "string");
	put_column(out, "Day", "datetime");
	put_column(out, "MB", "real");
	jw_list_end(out);
	jw_list(out, "rows");
	put_usage(w, out, ws);
	jw_list_end(out);
}

/* The questions that boards ask, by the table they begin with. */
void logs_query(struct world *w, const struct request *req, struct reply *rep)
{
	const struct log_workspace *ws = workspace_named(req, rep);
	struct strbuf *out = &rep->body;
	bool is_use, is_tests;
	struct err ignored;
	struct str query;
	cJSON *body;

	if (!ws)
		return;
	body = json_parse(req->body, &json_wire, NULL, &ignored);
	query = str_from(json_text(body, "query"));
	is_use = str_starts(query, STR("Usage |"));
	is_tests = str_starts(query, STR("AppAvailabilityResults |"));
	cJSON_Delete(body);
	if (!is_use && !is_tests) {
		refuse_query(rep);
		return;
	}
	jw_object(out, NULL);
	jw_list(out, "tables");
	jw_object(out, NULL);
	jw_text(out, "name", "PrimaryResult");
	if (is_use)
		put_use(w, out, ws);
	else
		insights_put_results(w, out, ws->name);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}
