/* Runs of Data Factory's pipelines: asked by POST, paged by a token in the body.
 * Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "sim/cadence.h"
#include "sim/data/data.h"
#include "sim/resource.h"
#include "sim/rhythm.h"

enum { PAGE = 20, RUNS_MOST = 400 };

static const struct pipeline {
	const char *factory, *name, *trigger, *message;
	struct cadence cadence;
} pipelines[] = {
	{"adf-atlas-prod",
	 "load-orders",
	 "hourly",
	 "",
	 {"adf load-orders", 60, 14, 10, 3, false}},
	{"adf-atlas-prod",
	 "load-stock",
	 "hourly",
	 "Operation on target copy-stock failed: ErrorCode=SqlOperationFailed,'Type="
	 "Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=A "
	 "database "
	 "operation failed. Login failed for the factory's identity.,Source=Copy'",
	 {"adf load-stock", 60, 6, 10, 100, false}},
	{"adf-atlas-prod",
	 "month-end",
	 "nightly",
	 "",
	 {"adf month-end", 1440, 190, 10, 0, false}},
	{"adf-qodex-prod",
	 "crawl-repositories",
	 "every-two-hours",
	 "Activity timed out.",
	 {"adf crawl", 120, 50, 40, 12, false}},
	{"adf-qodex-prod",
	 "build-embeddings",
	 "nightly",
	 "",
	 {"adf embeddings", 720, 300, 60, 0, true}},
};

struct run {
	const struct pipeline *pipeline;
	struct occurrence o;
};

static int64_t updated_ms(const struct run *run)
{
	return run->o.ended_ms	   ? run->o.ended_ms
	       : run->o.started_ms ? run->o.started_ms
				   : run->o.queued_ms;
}

static size_t gather(const struct world *w, struct str factory, int64_t after_ms,
		     struct run *runs)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(pipelines); i++) {
		if (!str_eq_nocase(factory, str_from(pipelines[i].factory)))
			continue;
		for (int back = 0; n < RUNS_MOST; back++) {
			struct run run = {&pipelines[i],
					  cadence_nth(w, &pipelines[i].cadence, back)};

			if (updated_ms(&run) < after_ms)
				break;
			runs[n++] = run;
		}
	}
	return n;
}

static void put_run(struct strbuf *out, const struct world *w, const struct run *run)
{
	const struct occurrence *o = &run->o;
	struct guid id = guid_of(w->seed, run->pipeline->name, (uint64_t)o->number);

	jw_object(out, NULL);
	jw_text(out, "runId", id.text);
	jw_text(out, "runGroupId", id.text);
	jw_bool(out, "isLatest", true);
	jw_text(out, "pipelineName", run->pipeline->name);
	jw_object(out, "parameters");
	jw_object_end(out);
	jw_object(out, "invokedBy");
	jw_text(out, "name", run->pipeline->trigger);
	jw_text(out, "id", guid_of(w->seed, run->pipeline->trigger, 1).text);
	jw_text(out, "invokedByType", "ScheduleTrigger");
	jw_object_end(out);
	jw_time(out, "runStart", o->started_ms ? o->started_ms : o->queued_ms, 7);
	if (o->ended_ms)
		jw_time(out, "runEnd", o->ended_ms, 7);
	else
		jw_null(out, "runEnd");
	if (o->ended_ms)
		jw_int(out, "durationInMs", o->ended_ms - o->started_ms);
	else
		jw_null(out, "durationInMs");
	jw_text(out, "status",
		!o->started_ms	? "Queued"
		: !o->ended_ms	? "InProgress"
		: o->has_failed ? "Failed"
				: "Succeeded");
	jw_text(out, "message", o->has_failed ? run->pipeline->message : "");
	jw_time(out, "lastUpdated", updated_ms(run), 7);
	jw_object(out, "runDimension");
	jw_object_end(out);
	jw_object_end(out);
}

static void put_page(struct world *w, struct str factory, const cJSON *body,
		     struct reply *rep)
{
	const char *after = json_text(body, "lastUpdatedAfter"),
		   *token = json_text(body, "continuationToken");
	struct run runs[RUNS_MOST];
	int64_t after_ms = 0, from = 0;
	size_t n, to;

	if (!after || !time_parse(str_from(after), &after_ms)) {
		reply_error(
			rep, 400, "BadRequest",
			"The filter must have lastUpdatedAfter and lastUpdatedBefore.");
		return;
	}
	if (token)
		str_to_i64(str_from(token), &from);
	n = gather(w, factory, after_ms, runs);
	from = from < 0 || (size_t)from > n ? (int64_t)n : from;
	to = n - (size_t)from < PAGE ? n : (size_t)from + PAGE;
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "value");
	for (size_t i = (size_t)from; i < to; i++)
		put_run(&rep->body, w, &runs[i]);
	jw_list_end(&rep->body);
	if (to < n)
		jw_format(&rep->body, "continuationToken", "%zu", to);
	jw_object_end(&rep->body);
}

void adf_query_runs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str factory = request_param(req, "factory");
	struct err err;
	cJSON *body;

	if (!resource_find(group, "Microsoft.DataFactory/factories", factory)) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource 'Microsoft.DataFactory/factories/%.*s' under "
			    "resource group '%s' was not found.",
			    STR_ARG(factory), group->name);
		return;
	}
	body = json_parse(req->body, &json_wire, NULL, &err);
	if (body)
		put_page(w, factory, body, rep);
	else
		reply_error(rep, 400, "BadRequest", "The body is no JSON.");
	cJSON_Delete(body);
}
