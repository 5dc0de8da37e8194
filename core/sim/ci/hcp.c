/* HCP Terraform: workspaces and their runs, in JSON:API. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/cadence.h"
#include "sim/ci/ci.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { RUNS_EACH = 6, PAGE_SIZE = 20, WORKSPACES_PER_PAGE = 3 };

static const struct workspace {
	const char *name, *version, *message;
	struct cadence cadence;
	const char *held; /* the status the newest run stays in, or NULL */
	int resources;
	bool is_locked;
} workspaces[] = {
	{"atlas-network-prod",
	 "1.9.8",
	 "Peer the new hub",
	 {"hcp net", 700, 9, 8, 0, false},
	 "planned",
	 84,
	 false},
	{"atlas-data-prod",
	 "1.9.8",
	 "Bigger pool for the order databases",
	 {"hcp data", 1300, 12, 8, 100, false},
	 NULL,
	 41,
	 true},
	{"atlas-edge",
	 "1.10.5",
	 "Rotate the origin certificate",
	 {"hcp edge", 320, 6, 8, 6, false},
	 NULL,
	 27,
	 false},
	{"qodex-cluster-prod",
	 "1.10.5",
	 "Kubernetes 1.31",
	 {"hcp aks", 500, 25, 8, 8, false},
	 "policy_override",
	 66,
	 false},
	{"qodex-sandbox",
	 "1.5.7",
	 "Triggered via API",
	 {"hcp sandbox", 95, 5, 8, 15, false},
	 NULL,
	 12,
	 false},
};

static void finish(struct reply *rep)
{
	reply_header(rep, "Content-Type", "application/vnd.api+json; charset=utf-8");
	reply_header(rep, "x-ratelimit-limit", "30");
	reply_header(rep, "x-ratelimit-remaining", "29");
	reply_header(rep, "x-ratelimit-reset", "0.0");
}

static struct service_page page_of(const struct request *req, size_t size, size_t total)
{
	struct service_page page = {.total = total, .size = size, .number = 1};

	if (str_to_i64(request_query(req, "page[number]"), &page.number) &&
	    page.number < 1)
		page.number = 1;
	page.from = (size_t)(page.number - 1) * size;
	page.from = page.from > total ? total : page.from;
	page.to = total - page.from < size ? total : page.from + size;
	page.next = page.to < total ? page.number + 1 : 0;
	return page;
}

static void put_meta(struct strbuf *out, const struct service_page *page)
{
	jw_object(out, "meta");
	jw_object(out, "pagination");
	jw_int(out, "current-page", page->number);
	jw_int(out, "page-size", (int64_t)page->size);
	if (page->number > 1)
		jw_int(out, "prev-page", page->number - 1);
	else
		jw_null(out, "prev-page");
	if (page->next)
		jw_int(out, "next-page", page->next);
	else
		jw_null(out, "next-page");
	jw_int(out, "total-pages",
	       (int64_t)((page->total + page->size - 1) / page->size));
	jw_int(out, "total-count", (int64_t)page->total);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_id(struct strbuf *out, const struct world *w, const char *kind,
		   const char *what, uint64_t number)
{
	jw_format(out, "id", "%s-%.8s%.8s", kind, guid_of(w->seed, what, number).text,
		  guid_of(w->seed, what, number + 7).text);
}

static void put_workspace(struct strbuf *out, const struct world *w,
			  const struct workspace *ws)
{
	jw_object(out, NULL);
	jw_format(out, "id", "ws-%s", ws->name);
	jw_text(out, "type", "workspaces");
	jw_object(out, "attributes");
	jw_text(out, "name", ws->name);
	jw_bool(out, "auto-apply", false);
	jw_text(out, "execution-mode", "remote");
	jw_bool(out, "locked", ws->is_locked);
	jw_int(out, "resource-count", ws->resources);
	jw_text(out, "terraform-version", ws->version);
	jw_time(out, "latest-change-at", cadence_nth(w, &ws->cadence, 0).queued_ms, 3);
	jw_object_end(out);
	jw_object_end(out);
}

void hcp_list_workspaces(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page = page_of(req, WORKSPACES_PER_PAGE, COUNT(workspaces));

	if (!str_eq_nocase(request_param(req, "organization"), STR("contoso"))) {
		service_error(req, rep, 404, "NotFound", "not found");
		return;
	}
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "data");
	for (size_t i = page.from; i < page.to; i++)
		put_workspace(&rep->body, w, &workspaces[i]);
	jw_list_end(&rep->body);
	put_meta(&rep->body, &page);
	jw_object_end(&rep->body);
	finish(rep);
}

static const char *status_of(const struct workspace *ws, const struct occurrence *o,
			     bool is_newest)
{
	if (is_newest && ws->held && o->ended_ms)
		return ws->held;
	if (!o->started_ms)
		return "pending";
	if (!o->ended_ms)
		return "planning";
	return o->has_failed	    ? "errored"
	       : o->number % 3 == 0 ? "planned_and_finished"
				    : "applied";
}

static void put_run(struct strbuf *out, const struct world *w, const struct workspace *ws,
		    int back)
{
	struct occurrence o = cadence_nth(w, &ws->cadence, back);
	const char *status = status_of(ws, &o, back == 0);
	bool is_planned = strcmp(status, "planned") == 0;

	jw_object(out, NULL);
	put_id(out, w, "run", ws->name, (uint64_t)o.number);
	jw_text(out, "type", "runs");
	jw_object(out, "attributes");
	jw_object(out, "actions");
	jw_bool(out, "is-cancelable", !o.ended_ms);
	jw_bool(out, "is-confirmable", is_planned);
	jw_bool(out, "is-discardable", is_planned);
	jw_bool(out, "is-force-cancelable", false);
	jw_object_end(out);
	jw_bool(out, "auto-apply", false);
	jw_time(out, "created-at", o.queued_ms, 3);
	jw_bool(out, "has-changes", strcmp(status, "planned_and_finished") != 0);
	jw_bool(out, "is-destroy", false);
	jw_text(out, "message", ws->message);
	jw_bool(out, "plan-only", false);
	jw_text(out, "source", o.number % 2 ? "tfe-api" : "tfe-configuration-version");
	jw_object(out, "status-timestamps");
	if (o.started_ms)
		jw_time(out, "planning-at", o.started_ms, 0);
	if (o.ended_ms)
		jw_time(out, "planned-at", o.ended_ms, 0);
	if (o.ended_ms && o.has_failed)
		jw_time(out, "errored-at", o.ended_ms, 0);
	jw_object_end(out);
	jw_text(out, "status", status);
	jw_text(out, "trigger-reason", "manual");
	jw_object_end(out);
	jw_object(out, "relationships");
	jw_object(out, "workspace");
	jw_object(out, "data");
	jw_format(out, "id", "ws-%s", ws->name);
	jw_text(out, "type", "workspaces");
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

void hcp_list_runs(struct world *w, const struct request *req, struct reply *rep)
{
	struct str id = request_param(req, "workspace");
	struct service_page page = page_of(req, PAGE_SIZE, RUNS_EACH);

	for (size_t i = 0; i < COUNT(workspaces); i++) {
		if (!str_starts(id, STR("ws-")) ||
		    !str_eq(str_sub(id, 3, id.n), str_from(workspaces[i].name)))
			continue;
		jw_object(&rep->body, NULL);
		jw_list(&rep->body, "data");
		for (size_t k = page.from; k < page.to; k++)
			put_run(&rep->body, w, &workspaces[i], (int)k);
		jw_list_end(&rep->body);
		put_meta(&rep->body, &page);
		jw_object_end(&rep->body);
		finish(rep);
		return;
	}
	service_error(req, rep, 404, "NotFound", "not found");
}
