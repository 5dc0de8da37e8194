/* GitHub Actions: repositories, their workflow runs, and the jobs of a run. It says
 * with every answer what is left of the hour. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/cadence.h"
#include "sim/ci/ci.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { RUNS_EACH = 12, PER_PAGE = 30, LIMIT = 5000 };

static const struct workflow {
	const char *repo, *name, *file, *event, *branch, *title;
	struct cadence cadence;
	const char *job, *step; /* where it fails when it does */
} workflows[] = {
	{"atlas-mobile",
	 "CI",
	 "ci.yml",
	 "push",
	 "main",
	 "Show the delivery window",
	 {"github atlas-mobile ci", 47, 11, 20, 12, false},
	 "test",
	 "Run unit tests"},
	{"atlas-mobile",
	 "Release",
	 "release.yml",
	 "workflow_dispatch",
	 "main",
	 "Release to both stores",
	 {"github atlas-mobile release", 700, 34, 30, 100, false},
	 "sign",
	 "Fetch the signing certificate"},
	{"atlas-mobile",
	 "CI",
	 "ci.yml",
	 "pull_request",
	 "offline-basket",
	 "Keep the basket while offline",
	 {"github atlas-mobile pr", 65, 11, 20, 20, false},
	 "lint",
	 "Run the linters"},
	{"qodex-docs",
	 "Publish",
	 "publish.yml",
	 "push",
	 "main",
	 "Describe the new limits",
	 {"github qodex-docs publish", 130, 4, 10, 4, false},
	 "publish",
	 "Check links"},
	{"qodex-sdk",
	 "CI",
	 "ci.yml",
	 "push",
	 "main",
	 "Retry on 429",
	 {"github qodex-sdk ci", 90, 8, 15, 8, false},
	 "test (3.12)",
	 "pytest"},
	{"qodex-sdk",
	 "CodeQL",
	 "codeql.yml",
	 "schedule",
	 "main",
	 "CodeQL",
	 {"github qodex-sdk codeql", 1440, 21, 15, 0, false},
	 "analyze",
	 "Analyze"},
	{"qodex-sdk",
	 "GPU tests",
	 "gpu.yml",
	 "push",
	 "main",
	 "Retry on 429",
	 {"github qodex-sdk gpu", 300, 25, 15, 0, true},
	 "gpu",
	 "Run on a GPU"},
};
static const char *const repos[] = {"atlas-mobile", "qodex-docs", "qodex-sdk"};

static void put_limits(const struct world *w, struct reply *rep)
{
	int64_t hour_s = w->now_ms / HOUR_MS * HOUR_MS / 1000;
	int used = (int)(w->now_ms % HOUR_MS / 4000);

	reply_header(rep, "x-ratelimit-limit", "%d", LIMIT);
	reply_header(rep, "x-ratelimit-remaining", "%d", LIMIT - used);
	reply_header(rep, "x-ratelimit-used", "%d", used);
	reply_header(rep, "x-ratelimit-reset", "%lld", (long long)(hour_s + 3600));
	reply_header(rep, "x-ratelimit-resource", "core");
	reply_header(rep, "ETag", "W/\"%016llx\"",
		     (unsigned long long)str_hash(strbuf_str(&rep->body)));
}

static void put_repo(struct strbuf *out, const char *key, const char *name)
{
	jw_object(out, key);
	jw_int(out, "id", (int64_t)(str_hash(str_from(name)) % 900000000));
	jw_text(out, "name", name);
	jw_format(out, "full_name", "contoso/%s", name);
	jw_bool(out, "private", true);
	jw_format(out, "html_url", "https://github.com/contoso/%s", name);
	jw_bool(out, "fork", false);
	jw_object_end(out);
}

void github_list_repos(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page =
		service_page_of(req, "per_page", PER_PAGE, COUNT(repos));

	service_put_link(req, rep, &page);
	strbuf_putc(&rep->body, '[');
	for (size_t i = page.from; i < page.to; i++)
		put_repo(&rep->body, NULL, repos[i]);
	strbuf_putc(&rep->body, ']');
	put_limits(w, rep);
}

static int64_t run_id(const struct workflow *flow, const struct occurrence *o)
{
	return 13000000000LL + o->number % 90000 * 100 + (flow - workflows);
}

static void put_run(struct strbuf *out, const struct workflow *flow,
		    const struct occurrence *o)
{
	jw_object(out, NULL);
	jw_int(out, "id", run_id(flow, o));
	jw_text(out, "name", flow->name);
	jw_text(out, "head_branch", flow->branch);
	jw_format(out, "head_sha", "%016llx%016llx%08x", (unsigned long long)o->seed,
		  (unsigned long long)(o->seed * 31), (unsigned)(o->seed >> 32));
	jw_format(out, "path", ".github/workflows/%s", flow->file);
	jw_text(out, "display_title", flow->title);
	jw_int(out, "run_number", o->number % 5000);
	jw_text(out, "event", flow->event);
	jw_text(out, "status",
		o->ended_ms	? "completed"
		: o->started_ms ? "in_progress"
				: "queued");
	jw_text(out, "conclusion",
		!o->ended_ms	? NULL
		: o->has_failed ? "failure"
				: "success");
	jw_int(out, "workflow_id", 52000 + (flow - workflows));
	jw_format(out, "html_url", "https://github.com/contoso/%s/actions/runs/%lld",
		  flow->repo, (long long)run_id(flow, o));
	jw_list(out, "pull_requests");
	jw_list_end(out);
	jw_time(out, "created_at", o->queued_ms, 0);
	jw_time(out, "updated_at", o->ended_ms ? o->ended_ms : o->queued_ms, 0);
	jw_object(out, "actor");
	jw_text(out, "login",
		strcmp(flow->event, "schedule") == 0 ? "github-actions[bot]"
						     : "contoso-dev");
	jw_text(out, "type", "User");
	jw_object_end(out);
	jw_int(out, "run_attempt", 1);
	jw_time(out, "run_started_at", o->started_ms ? o->started_ms : o->queued_ms, 0);
	put_repo(out, "repository", flow->repo);
	jw_object_end(out);
}

static bool is_repo(const struct request *req, const char *repo)
{
	return str_eq_nocase(request_param(req, "owner"), STR("contoso")) &&
	       str_eq_nocase(request_param(req, "repo"), str_from(repo));
}

/* A slot of a repository's list; newest runs of each workflow first. */
static bool run_at(const struct world *w, const struct request *req, size_t at,
		   const struct workflow **flow, struct occurrence *o)
{
	size_t seen = 0, n = 0;

	for (size_t i = 0; i < COUNT(workflows); i++)
		n += is_repo(req, workflows[i].repo);
	for (size_t i = 0; n && i < COUNT(workflows); i++) {
		if (!is_repo(req, workflows[i].repo) || seen++ != at % n)
			continue;
		*flow = &workflows[i];
		*o = cadence_nth(w, &(*flow)->cadence, (int)(at / n));
		return at / n < RUNS_EACH;
	}
	return false;
}

void github_list_runs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct workflow *flow;
	struct service_page page;
	struct occurrence o;
	size_t n = 0;

	while (run_at(w, req, n, &flow, &o))
		n++;
	if (n == 0) {
		service_error(req, rep, 404, "NotFound", "Not Found");
		return;
	}
	page = service_page_of(req, "per_page", PER_PAGE, n);
	service_put_link(req, rep, &page);
	jw_object(&rep->body, NULL);
	jw_int(&rep->body, "total_count", (int64_t)n);
	jw_list(&rep->body, "workflow_runs");
	for (size_t i = page.from; i < page.to; i++) {
		if (run_at(w, req, i, &flow, &o))
			put_run(&rep->body, flow, &o);
	}
	jw_list_end(&rep->body);
	jw_object_end(&rep->body);
	put_limits(w, rep);
}

static void put_step(struct strbuf *out, int number, const char *name, const char *how)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_text(out, "status", how ? "completed" : "pending");
	jw_text(out, "conclusion", how);
	jw_int(out, "number", number);
	jw_object_end(out);
}

static void put_job(struct strbuf *out, const struct workflow *flow,
		    const struct occurrence *o)
{
	const char *how = !o->ended_ms ? NULL : o->has_failed ? "failure" : "success";

	jw_object(out, NULL);
	jw_int(out, "id", run_id(flow, o) * 3);
	jw_int(out, "run_id", run_id(flow, o));
	jw_text(out, "workflow_name", flow->name);
	jw_text(out, "head_branch", flow->branch);
	jw_format(out, "html_url",
		  "https://github.com/contoso/%s/actions/runs/%lld/job/%lld", flow->repo,
		  (long long)run_id(flow, o), (long long)run_id(flow, o) * 3);
	jw_text(out, "status",
		how		? "completed"
		: o->started_ms ? "in_progress"
				: "queued");
	jw_text(out, "conclusion", how);
	jw_time(out, "created_at", o->queued_ms, 0);
	jw_time(out, "started_at", o->started_ms ? o->started_ms : o->queued_ms, 0);
	if (o->ended_ms)
		jw_time(out, "completed_at", o->ended_ms, 0);
	else
		jw_null(out, "completed_at");
	jw_text(out, "name", flow->job);
	jw_list(out, "steps");
	if (o->started_ms) {
		put_step(out, 1, "Set up job", "success");
		put_step(out, 2, flow->step, how);
		put_step(out, 3, "Complete job", how ? "success" : NULL);
	}
	jw_list_end(out);
	jw_list(out, "labels");
	jw_text(out, NULL, flow->cadence.never_started ? "gpu-a10" : "ubuntu-24.04");
	jw_list_end(out);
	jw_text(out, "runner_name", o->started_ms ? "GitHub Actions 5" : NULL);
	jw_object_end(out);
}

void github_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct workflow *flow;
	struct occurrence o;
	int64_t id = 0;

	str_to_i64(request_param(req, "run"), &id);
	for (size_t i = 0; run_at(w, req, i, &flow, &o); i++) {
		if (run_id(flow, &o) != id)
			continue;
		jw_object(&rep->body, NULL);
		jw_int(&rep->body, "total_count", 1);
		jw_list(&rep->body, "jobs");
		put_job(&rep->body, flow, &o);
		jw_list_end(&rep->body);
		jw_object_end(&rep->body);
		put_limits(w, rep);
		return;
	}
	service_error(req, rep, 404, "NotFound", "Not Found");
}

int64_t github_newest_run(const struct world *w)
{
	struct occurrence o = cadence_nth(w, &workflows[0].cadence, 0);

	return run_id(&workflows[0], &o);
}
