/* GitLab: projects, their pipelines, and the jobs of a pipeline. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/cadence.h"
#include "sim/ci/ci.h"
#include "sim/rhythm.h"
#include "sim/service.h"

#define HOST "https://gitlab.contoso.example"
enum { RUNS_EACH = 10, PER_PAGE = 20 };

static const struct project {
	int id;
	const char *path;
	struct {
		const char *ref, *source;
		struct cadence cadence;
		const char *stage, *job, *reason; /* where it fails */
	} lines[3];
} projects[] = {
	{41,
	 "contoso/atlas-etl",
	 {{"main",
	   "push",
	   {"gitlab etl", 75, 9, 10, 6, false},
	   "test",
	   "dbt-test",
	   "script_failure"},
	  {"nightly",
	   "schedule",
	   {"gitlab etl nightly", 1440, 95, 10, 100, false},
	   "load",
	   "load-orders",
	   "runner_system_failure"}}},
	{42,
	 "contoso/qodex/indexer",
	 {{"main",
	   "push",
	   {"gitlab indexer", 110, 17, 25, 10, false},
	   "build",
	   "image",
	   "script_failure"},
	  {"faster-trie",
	   "merge_request_event",
	   {"gitlab trie", 55, 12, 10, 35, false},
	   "test",
	   "bench",
	   "script_failure"}}},
	{57,
	 "contoso/qodex/evals",
	 {{"main",
	   "api",
	   {"gitlab evals", 480, 60, 30, 0, true},
	   "run",
	   "gpu-eval",
	   "stuck_or_timeout_failure"}}},
};

static void put_limits(const struct world *w, struct reply *rep)
{
	int64_t minute_s = w->now_ms / MINUTE_MS * 60;

	reply_header(rep, "RateLimit-Limit", "2000");
	reply_header(rep, "RateLimit-Name", "throttle_authenticated_api");
	reply_header(rep, "RateLimit-Observed", "%d", (int)(w->n_requests % 90) + 1);
	reply_header(rep, "RateLimit-Remaining", "%d", 1999 - (int)(w->n_requests % 90));
	reply_header(rep, "RateLimit-Reset", "%lld", (long long)(minute_s + 60));
}

static void put_pages(const struct request *req, struct reply *rep,
		      const struct service_page *page)
{
	service_put_link(req, rep, page);
	reply_header(rep, "X-Page", "%lld", (long long)page->number);
	reply_header(rep, "X-Per-Page", "%zu", page->size);
	if (page->next)
		reply_header(rep, "X-Next-Page", "%lld", (long long)page->next);
	else
		reply_header(rep, "X-Next-Page", "%s", "");
	reply_header(rep, "X-Total", "%zu", page->total);
}

void gitlab_list_projects(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page =
		service_page_of(req, "per_page", PER_PAGE, COUNT(projects));

	put_pages(req, rep, &page);
	put_limits(w, rep);
	strbuf_putc(&rep->body, '[');
	for (size_t i = page.from; i < page.to; i++) {
		const char *name = strrchr(projects[i].path, '/') + 1;

		jw_object(&rep->body, NULL);
		jw_int(&rep->body, "id", projects[i].id);
		jw_text(&rep->body, "name", name);
		jw_text(&rep->body, "path", name);
		jw_text(&rep->body, "path_with_namespace", projects[i].path);
		jw_text(&rep->body, "default_branch", "main");
		jw_format(&rep->body, "web_url", HOST "/%s", projects[i].path);
		jw_time(&rep->body, "last_activity_at", w->now_ms - 11 * MINUTE_MS, 3);
		jw_object_end(&rep->body);
	}
	strbuf_putc(&rep->body, ']');
}

static const struct project *project_asked(const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "gitlab");
	int64_t id = 0;

	str_to_i64(name, &id);
	for (size_t i = 0; i < COUNT(projects); i++) {
		if (projects[i].id == id || str_eq(name, str_from(projects[i].path)))
			return &projects[i];
	}
	service_error(req, rep, 404, "NotFound", "404 Project Not Found");
	return NULL;
}

static size_t lines_of(const struct project *p)
{
	size_t n = 0;

	while (n < COUNT(p->lines) && p->lines[n].ref)
		n++;
	return n;
}

static int64_t pipeline_id(const struct project *p, size_t line,
			   const struct occurrence *o)
{
	return 700000 + p->id * 100 + (int64_t)line + o->number % 9000 * 10000;
}

static const char *status_of(const struct occurrence *o)
{
	return !o->started_ms  ? "pending"
	       : !o->ended_ms  ? "running"
	       : o->has_failed ? "failed"
			       : "success";
}

void gitlab_list_pipelines(struct world *w, const struct request *req, struct reply *rep)
{
	const struct project *p = project_asked(req, rep);
	struct strbuf *out = &rep->body;
	struct service_page page;
	size_t n;

	if (!p)
		return;
	n = lines_of(p);
	page = service_page_of(req, "per_page", PER_PAGE, n * RUNS_EACH);
	put_pages(req, rep, &page);
	put_limits(w, rep);
	strbuf_putc(out, '[');
	for (size_t i = page.from; i < page.to; i++) {
		size_t line = i % n;
		struct occurrence o =
			cadence_nth(w, &p->lines[line].cadence, (int)(i / n));

		jw_object(out, NULL);
		jw_int(out, "id", pipeline_id(p, line, &o));
		jw_int(out, "iid", o.number % 4000);
		jw_int(out, "project_id", p->id);
		jw_format(out, "sha", "%016llx%016llx%08x", (unsigned long long)o.seed,
			  (unsigned long long)(o.seed * 7), (unsigned)(o.seed >> 32));
		jw_text(out, "ref", p->lines[line].ref);
		jw_text(out, "status", status_of(&o));
		jw_text(out, "source", p->lines[line].source);
		jw_time(out, "created_at", o.queued_ms, 3);
		jw_time(out, "updated_at",
			o.ended_ms     ? o.ended_ms
			: o.started_ms ? o.started_ms
				       : o.queued_ms,
			3);
		jw_format(out, "web_url", HOST "/%s/-/pipelines/%lld", p->path,
			  (long long)pipeline_id(p, line, &o));
		jw_null(out, "name");
		jw_object_end(out);
	}
	strbuf_putc(out, ']');
}

static void put_job(struct strbuf *out, const struct project *p, size_t line,
		    const struct occurrence *o)
{
	int64_t id = pipeline_id(p, line, o);

	jw_object(out, NULL);
	jw_int(out, "id", id * 2 + 1);
	jw_text(out, "status", status_of(o));
	jw_text(out, "stage", p->lines[line].stage);
	jw_text(out, "name", p->lines[line].job);
	jw_text(out, "ref", p->lines[line].ref);
	jw_bool(out, "tag", false);
	jw_bool(out, "allow_failure", false);
	jw_time(out, "created_at", o->queued_ms, 3);
	if (o->started_ms)
		jw_time(out, "started_at", o->started_ms, 3);
	else
		jw_null(out, "started_at");
	if (o->ended_ms)
		jw_time(out, "finished_at", o->ended_ms, 3);
	else
		jw_null(out, "finished_at");
	if (o->has_failed)
		jw_text(out, "failure_reason", p->lines[line].reason);
	if (o->ended_ms)
		jw_number(out, "duration", (double)(o->ended_ms - o->started_ms) / 1000,
			  3);
	else
		jw_null(out, "duration");
	jw_object(out, "pipeline");
	jw_int(out, "id", id);
	jw_int(out, "project_id", p->id);
	jw_text(out, "status", status_of(o));
	jw_object_end(out);
	jw_format(out, "web_url", HOST "/%s/-/jobs/%lld", p->path, (long long)id * 2 + 1);
	if (o->started_ms) {
		jw_object(out, "runner");
		jw_int(out, "id", 31);
		jw_text(out, "description", "aks-runner-weu");
		jw_object_end(out);
	} else {
		jw_null(out, "runner");
	}
	jw_object_end(out);
}

void gitlab_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct project *p = project_asked(req, rep);
	int64_t id = 0;

	if (!p)
		return;
	str_to_i64(request_param(req, "run"), &id);
	for (size_t i = 0; i < lines_of(p) * RUNS_EACH; i++) {
		size_t line = i % lines_of(p);
		struct occurrence o =
			cadence_nth(w, &p->lines[line].cadence, (int)(i / lines_of(p)));

		if (pipeline_id(p, line, &o) != id)
			continue;
		put_limits(w, rep);
		strbuf_putc(&rep->body, '[');
		put_job(&rep->body, p, line, &o);
		strbuf_putc(&rep->body, ']');
		return;
	}
	service_error(req, rep, 404, "NotFound", "404 Not found");
}

int64_t gitlab_newest_run(const struct world *w)
{
	struct occurrence o = cadence_nth(w, &projects[0].lines[0].cadence, 0);

	return pipeline_id(&projects[0], 0, &o);
}
