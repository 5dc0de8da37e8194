/* Microsoft Fabric: workspaces, capacities, items and the jobs of items; as resources of
 * Azure the capacities are data, in estate/data.res. Its times have no zone, and its lists
 * go on at an absolute address. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/cadence.h"
#include "sim/data/data.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { PAGE = 2, JOBS_EACH = 5 };

static const struct capacity {
	const char *name, *sku, *state;
} capacities[] = {
	{"fabricatlas", "F64", "Active"},
	{"fabricqodex", "F16", "Inactive"},
};

static const struct workspace {
	const char *name, *type;
	int capacity; /* row; -1: a shared one, which is not named */
} workspaces[] = {
	{"My workspace", "Personal", -1},     {"Atlas Sales", "Workspace", 0},
	{"Atlas Forecast", "Workspace", 0},   {"Qodex Usage", "Workspace", 1},
	{"Contoso Sandbox", "Workspace", -1},
};

static const struct item {
	const char *workspace, *name, *type, *job;
	struct cadence cadence;
	const char *code, *message; /* when it fails */
} items[] = {
	{"Atlas Sales", "Orders lakehouse", "Lakehouse", NULL, {0}, NULL, NULL},
	{"Atlas Sales",
	 "Load orders",
	 "DataPipeline",
	 "Pipeline",
	 {"fabric load", 60, 11, 10, 0, false},
	 NULL,
	 NULL},
	{"Atlas Sales", "Sales report", "Report", NULL, {0}, NULL, NULL},
	{"Atlas Sales",
	 "Clean returns",
	 "Notebook",
	 "RunNotebook",
	 {"fabric clean", 180, 24, 20, 100, false},
	 "Job instance failed without detail error",
	 "The notebook ended: table returns_raw was not found."},
	{"Atlas Forecast",
	 "Train forecast",
	 "SparkJobDefinition",
	 "sparkjob",
	 {"fabric train", 720, 95, 60, 0, false},
	 NULL,
	 NULL},
	{"Atlas Forecast", "Forecast warehouse", "Warehouse", NULL, {0}, NULL, NULL},
	{"Qodex Usage",
	 "Aggregate usage",
	 "DataPipeline",
	 "Pipeline",
	 {"fabric usage", 240, 18, 10, 0, true},
	 NULL,
	 NULL},
};

static struct guid id_of(const struct world *w, const char *kind, const char *name)
{
	return guid_of(w->seed, kind, str_hash(str_from(name)));
}

struct guid fabric_capacity_id(const struct world *w, const char *name)
{
	return id_of(w, "capacity", name);
}

/* 2026-03-11T10:20:30.1230000, which means UTC. */
static void put_time(struct strbuf *out, const char *key, int64_t ms)
{
	struct strbuf text;

	if (!ms) {
		jw_null(out, key);
		return;
	}
	strbuf_init(&text, 64);
	time_format_iso(&text, ms, true);
	strbuf_cut(&text, text.n - 1);
	jw_format(out, key, "%s0000", text.p);
	strbuf_fini(&text);
}

void fabric_list_workspaces(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t from = 0;
	size_t to;

	str_to_i64(request_query(req, "continuationToken"), &from);
	from = from < 0 || (size_t)from > COUNT(workspaces) ? 0 : from;
	to = COUNT(workspaces) - (size_t)from < PAGE ? COUNT(workspaces)
						     : (size_t)from + PAGE;
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = (size_t)from; i < to; i++) {
		const struct workspace *ws = &workspaces[i];

		jw_object(out, NULL);
		jw_text(out, "id", id_of(w, "workspace", ws->name).text);
		jw_text(out, "displayName", ws->name);
		jw_text(out, "description", "");
		jw_text(out, "type", ws->type);
		if (ws->capacity >= 0)
			jw_text(out, "capacityId",
				fabric_capacity_id(w, capacities[ws->capacity].name)
					.text);
		jw_object_end(out);
	}
	jw_list_end(out);
	if (to < COUNT(workspaces)) {
		jw_format(out, "continuationToken", "%zu", to);
		jw_text(out, "continuationUri",
			service_page_link(req, rep->arena, "continuationToken",
					  (int64_t)to));
	}
	jw_object_end(out);
}

void fabric_list_capacities(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = 0; i < COUNT(capacities); i++) {
		jw_object(out, NULL);
		jw_text(out, "id", fabric_capacity_id(w, capacities[i].name).text);
		jw_text(out, "displayName", capacities[i].name);
		jw_text(out, "sku", capacities[i].sku);
		jw_text(out, "region", "West Europe");
		jw_text(out, "state", capacities[i].state);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static const struct workspace *workspace_asked(const struct world *w,
					       const struct request *req,
					       struct reply *rep)
{
	struct str id = request_param(req, "fabricworkspace");

	for (size_t i = 0; i < COUNT(workspaces); i++) {
		struct guid own = id_of(w, "workspace", workspaces[i].name);

		if (str_eq_nocase(id, str_from(own.text)))
			return &workspaces[i];
	}
	service_error(req, rep, 404, "WorkspaceNotFound",
		      "The requested workspace was not found.");
	return NULL;
}

void fabric_list_items(struct world *w, const struct request *req, struct reply *rep)
{
	const struct workspace *ws = workspace_asked(w, req, rep);
	struct strbuf *out = &rep->body;

	if (!ws)
		return;
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = 0; i < COUNT(items); i++) {
		if (strcmp(items[i].workspace, ws->name) != 0)
			continue;
		jw_object(out, NULL);
		jw_text(out, "id", id_of(w, "item", items[i].name).text);
		jw_text(out, "type", items[i].type);
		jw_text(out, "displayName", items[i].name);
		jw_text(out, "description", "");
		jw_text(out, "workspaceId", id_of(w, "workspace", ws->name).text);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_job(struct strbuf *out, const struct world *w, const struct item *item,
		    int back)
{
	struct occurrence o = cadence_nth(w, &item->cadence, back);

	jw_object(out, NULL);
	jw_text(out, "id", guid_of(w->seed, item->name, (uint64_t)o.number).text);
	jw_text(out, "itemId", id_of(w, "item", item->name).text);
	jw_text(out, "jobType", item->job);
	jw_text(out, "invokeType", o.number % 6 ? "Scheduled" : "Manual");
	jw_text(out, "status",
		!o.started_ms	     ? "NotStarted"
		: !o.ended_ms	     ? "InProgress"
		: o.has_failed	     ? "Failed"
		: o.number % 11 == 4 ? "Deduped"
				     : "Completed");
	jw_text(out, "rootActivityId",
		guid_of(w->seed, item->job, (uint64_t)o.number).text);
	put_time(out, "startTimeUtc", o.started_ms ? o.started_ms : o.queued_ms);
	put_time(out, "endTimeUtc", o.ended_ms);
	if (o.has_failed) {
		jw_object(out, "failureReason");
		jw_text(out, "requestId", guid_of(w->seed, item->job, 1).text);
		jw_text(out, "errorCode", item->code);
		jw_text(out, "message", item->message);
		jw_object_end(out);
	} else {
		jw_null(out, "failureReason");
	}
	jw_object_end(out);
}

void fabric_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct workspace *ws = workspace_asked(w, req, rep);
	struct str id = request_param(req, "fabricitem");

	for (size_t i = 0; ws && i < COUNT(items); i++) {
		struct guid own = id_of(w, "item", items[i].name);

		if (!str_eq_nocase(id, str_from(own.text)))
			continue;
		jw_object(&rep->body, NULL);
		jw_list(&rep->body, "value");
		for (int back = 0; items[i].job && back < JOBS_EACH; back++)
			put_job(&rep->body, w, &items[i], back);
		jw_list_end(&rep->body);
		jw_object_end(&rep->body);
		return;
	}
	if (ws)
		service_error(req, rep, 404, "ItemNotFound",
			      "The requested item was not found.");
}
