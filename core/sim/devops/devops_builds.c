/* See devops_builds.h: projects, pipelines and their runs. */
#include "sim/devops/devops_builds.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/rhythm.h"

enum { BUILDS_MAX = 800, DAY_SLOTS = 96, TOP = 50 };

static const char *const projects[] = {"Atlas", "Qodex"};

static const struct definition {
	const char *name, *queue_status, *path;
} definitions[] = {
	{"atlas-web-ci", "enabled", "\\Atlas"},
	{"atlas-orders-ci", "enabled", "\\Atlas"},
	{"atlas-infra-plan", "enabled", "\\Atlas\\Infrastructure"},
	{"atlas-release", "enabled", "\\Atlas"},
	{"atlas-model-train", "enabled", "\\Atlas\\Models"},
	{"atlas-installer-ci", "paused", "\\Atlas"},
	{"qodex-api-ci", "enabled", "\\Qodex"},
	{"qodex-search-ci", "enabled", "\\Qodex"},
	{"qodex-e2e", "enabled", "\\Qodex"},
	{"qodex-model-eval", "enabled", "\\Qodex\\Models"},
	{"qodex-release", "enabled", "\\Qodex"},
	{"platform-images", "enabled", "\\Platform"},
	{"qodex-legacy-import", "disabled", "\\Qodex"},
};

const char *devops_project_of(const char *pipeline)
{
	return strncmp(pipeline, "atlas", 5) == 0 ? "Atlas" : "Qodex";
}

struct guid devops_project_id(const struct world *w, const char *project)
{
	return guid_of(w->seed, "project", strcmp(project, "Atlas") == 0);
}

const char *devops_project_named(const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "project");

	for (size_t i = 0; i < COUNT(projects); i++) {
		if (str_eq_nocase(name, str_from(projects[i])))
			return projects[i];
	}
	reply_devops_error(rep, 404, "ProjectDoesNotExistWithNameException",
			   "TF200016: The following project does not exist: %.*s.",
			   STR_ARG(name));
	return NULL;
}

int64_t devops_definition_id(const char *pipeline)
{
	return (int64_t)(str_hash(str_from(pipeline)) % 900);
}

int64_t devops_build_id(int64_t number)
{
	return 600000 + number % 100000;
}

struct build_name devops_build_name(int64_t number, int64_t queued_ms)
{
	struct utc t = utc_from_ms(queued_ms);
	struct build_name name;

	snprintf(name.text, sizeof(name.text), "%04d%02d%02d.%d", t.year, t.month, t.day,
		 (int)(number % 40) + 1);
	return name;
}

void devops_begin_list(struct strbuf *out, size_t count)
{
	jw_object(out, NULL);
	jw_int(out, "count", (int64_t)count);
	jw_list(out, "value");
}

void devops_end_list(struct strbuf *out)
{
	jw_list_end(out);
	jw_object_end(out);
}

void devops_put_project(struct strbuf *out, const char *key, const struct world *w,
			const struct request *req, const char *project)
{
	struct guid id = devops_project_id(w, project);

	jw_object(out, key);
	jw_text(out, "id", id.text);
	jw_text(out, "name", project);
	jw_format(out, "url", "%.*s/_devops/contoso/_apis/projects/%s",
		  STR_ARG(req->base), id.text);
	jw_text(out, "state", "wellFormed");
	jw_int(out, "revision", 717);
	jw_text(out, "visibility", "private");
	jw_text(out, "lastUpdateTime", "2025-09-02T11:32:42.21Z");
	jw_object_end(out);
}

void devops_put_person(struct strbuf *out, const char *key, const struct world *w,
		       const char *name)
{
	jw_object(out, key);
	jw_text(out, "displayName", name);
	jw_text(out, "id", guid_of(w->seed, name, 0).text);
	jw_object_end(out);
}

void devops_list_projects(struct world *w, const struct request *req, struct reply *rep)
{
	devops_begin_list(&rep->body, COUNT(projects));
	for (size_t i = 0; i < COUNT(projects); i++)
		devops_put_project(&rep->body, NULL, w, req, projects[i]);
	devops_end_list(&rep->body);
}

static struct build build_of_job(const struct world *w, const struct agent_pool *pool,
				 const struct lane_job *job)
{
	struct build build = {.id = devops_build_id(job->number),
			      .number = job->number,
			      .queued_ms = job->queued_ms,
			      .pipeline = job->pipeline,
			      .pool = pool,
			      .pull = devops_pull_of(job->pipeline, job->number)};

	if (job->received_ms <= w->now_ms)
		build.started_ms = job->received_ms;
	if (job->finished_ms <= w->now_ms) {
		build.finished_ms = job->finished_ms;
		build.result = job->has_failed	       ? "failed"
			       : job->number % 29 == 3 ? "partiallySucceeded"
						       : "succeeded";
	}
	return build;
}

static int by_age(const void *a, const void *b)
{
	const struct build *one = a, *two = b;

	return one->queued_ms < two->queued_ms	 ? 1
	       : one->queued_ms > two->queued_ms ? -1
						 : 0;
}

struct gathering {
	const struct world *w;
	const char *project;
	struct build *out;
	size_t n, max;
};

static void gather(struct gathering *g, const struct build *build)
{
	if (g->n < g->max && build->queued_ms <= g->w->now_ms &&
	    strcmp(devops_project_of(build->pipeline), g->project) == 0)
		g->out[g->n++] = *build;
}

static void gather_slot(struct gathering *g, const struct agent_pool *pool, int64_t slot)
{
	for (size_t lane = 0; lane < pool->n_lanes; lane++) {
		struct lane_job job;
		struct build build;

		if (!devops_job_of(g->w, pool, lane, slot, &job))
			continue;
		build = build_of_job(g->w, pool, &job);
		gather(g, &build);
	}
}

size_t devops_builds(const struct world *w, const char *project, int slots,
		     struct build *out, size_t max)
{
	struct gathering g = {.w = w, .project = project, .out = out, .max = max};
	int64_t slot = devops_slot(w->now_ms);
	struct lane_job job;

	for (size_t i = 0; i < devops_n_held; i++) {
		struct build build = devops_held_build(w, &devops_held[i]);

		gather(&g, &build);
	}
	for (size_t i = 0; i < devops_n_waiting; i++) {
		if (devops_waiting(w, i, &job)) {
			struct build build =
				build_of_job(w, devops_waiting_pool(i), &job);

			gather(&g, &build);
		}
	}
	for (int64_t k = slot; k > slot - slots && g.n < max; k--) {
		for (size_t i = 0; i < devops_n_pools; i++)
			gather_slot(&g, &devops_pools[i], k);
	}
	qsort(out, g.n, sizeof(*out), by_age);
	return g.n;
}

static void put_link(struct strbuf *out, const char *key, const struct request *req,
		     const char *project, const char *path, int64_t id)
{
	jw_object(out, key);
	jw_format(out, "href", "%.*s/_devops/contoso/%s/%s%lld", STR_ARG(req->base),
		  project, path, (long long)id);
	jw_object_end(out);
}

static void put_definition_ref(struct strbuf *out, const struct world *w,
			       const struct request *req, const char *pipeline)
{
	const char *project = devops_project_of(pipeline);

	jw_object(out, "definition");
	jw_list(out, "drafts");
	jw_list_end(out);
	jw_int(out, "id", devops_definition_id(pipeline));
	jw_text(out, "name", pipeline);
	jw_text(out, "path", "\\");
	jw_text(out, "type", "build");
	jw_text(out, "queueStatus", "enabled");
	jw_int(out, "revision", 12);
	devops_put_project(out, "project", w, req, project);
	jw_object_end(out);
}

/* Why it runs and on what. */
static void put_cause(struct strbuf *out, const struct world *w,
		      const struct build *build)
{
	const struct pull *pull = build->pull < 0 ? NULL : &devops_pulls[build->pull];
	bool is_timed = strstr(build->pipeline, "e2e") != NULL;

	jw_object(out, "triggerInfo");
	if (pull) {
		jw_format(out, "pr.number", "%d", pull->id);
		jw_text(out, "pr.title", pull->title);
		jw_format(out, "pr.sourceBranch", "refs/heads/%s", pull->branch);
	} else if (!is_timed) {
		jw_text(out, "ci.message", "Merged from a pull request");
		jw_text(out, "ci.triggerRepository", build->pipeline);
	}
	jw_object_end(out);
	jw_text(out, "reason",
		pull	   ? "pullRequest"
		: is_timed ? "schedule"
			   : "individualCI");
	if (pull)
		jw_format(out, "sourceBranch", "refs/pull/%d/merge", pull->id);
	else if (build->number % 7 == 5)
		jw_text(out, "sourceBranch", "refs/heads/release/2026.1");
	else
		jw_text(out, "sourceBranch", "refs/heads/main");
	jw_format(out, "sourceVersion", "%016llx%016llx%08llx",
		  (unsigned long long)rng_mix(w->seed, (uint64_t)build->number),
		  (unsigned long long)rng_mix(2, (uint64_t)build->number),
		  (unsigned long long)(rng_mix(3, (uint64_t)build->number) >> 32));
	devops_put_person(out, "requestedFor", w,
			  pull	     ? pull->author
			  : is_timed ? "Microsoft.VisualStudio.Services.TFS"
				     : "Project Collection Build Service (contoso)");
}

static void put_queue(struct strbuf *out, const struct agent_pool *pool)
{
	jw_object(out, "queue");
	jw_int(out, "id", pool->id + 40);
	jw_text(out, "name", pool->name);
	jw_object(out, "pool");
	jw_int(out, "id", pool->id);
	jw_text(out, "name", pool->name);
	if (pool->kind == POOL_HOSTED)
		jw_bool(out, "isHosted", true);
	jw_object_end(out);
	jw_object_end(out);
}

static const char *status_of(const struct build *build)
{
	return build->finished_ms  ? "completed"
	       : build->started_ms ? "inProgress"
				   : "notStarted";
}

static void put_build(struct strbuf *out, const char *key, const struct world *w,
		      const struct request *req, const struct build *build)
{
	const char *project = devops_project_of(build->pipeline);

	jw_object(out, key);
	jw_object(out, "_links");
	put_link(out, "self", req, project, "_apis/build/Builds/", build->id);
	put_link(out, "web", req, project, "_build/results?buildId=", build->id);
	jw_object_end(out);
	jw_list(out, "tags");
	jw_list_end(out);
	jw_list(out, "validationResults");
	jw_list_end(out);
	jw_int(out, "id", build->id);
	jw_text(out, "buildNumber",
		devops_build_name(build->number, build->queued_ms).text);
	jw_text(out, "status", status_of(build));
	if (build->result)
		jw_text(out, "result", build->result);
	jw_time(out, "queueTime", build->queued_ms, 7);
	if (build->started_ms)
		jw_time(out, "startTime", build->started_ms, 7);
	if (build->finished_ms)
		jw_time(out, "finishTime", build->finished_ms, 7);
	put_definition_ref(out, w, req, build->pipeline);
	devops_put_project(out, "project", w, req, project);
	put_cause(out, w, build);
	put_queue(out, build->pool);
	jw_text(out, "priority", "normal");
	jw_bool(out, "keepForever", false);
	jw_object_end(out);
}

/* What a list asks for. */
struct wish {
	struct str statuses; /* empty: all */
	struct str results;  /* likewise */
	int64_t since_ms;    /* by the time the list is ordered by */
	bool by_end, is_ascending;
};

static struct wish wish_of(const struct request *req)
{
	struct str order = request_query(req, "queryOrder");
	struct wish wish = {.statuses = request_query(req, "statusFilter"),
			    .results = request_query(req, "resultFilter"),
			    .by_end = str_starts_nocase(order, STR("finishTime")),
			    .is_ascending = str_ends(order, STR("Ascending"))};

	if (!time_parse(request_query(req, "minTime"), &wish.since_ms))
		wish.since_ms = 0;
	if (str_eq_nocase(wish.statuses, STR("all")))
		wish.statuses = STR("");
	return wish;
}

/* An empty list has every word. */
static bool has_word(struct str list, const char *word)
{
	struct str rest = list, one;

	if (!rest.n)
		return true;
	while (word && str_next(&rest, ',', &one)) {
		if (str_eq_nocase(str_trim(one), str_from(word)))
			return true;
	}
	return false;
}

static bool is_wished(const struct build *build, const struct wish *wish)
{
	return (wish->by_end ? build->finished_ms : build->queued_ms) >= wish->since_ms &&
	       has_word(wish->statuses, status_of(build)) &&
	       has_word(wish->results, build->result);
}

static int by_end(const void *a, const void *b)
{
	const struct build *one = a, *two = b;

	return one->finished_ms < two->finished_ms   ? 1
	       : one->finished_ms > two->finished_ms ? -1
						     : 0;
}

/* Keeps what is wished for, in its order. */
static size_t choose(struct build *builds, size_t n, const struct wish *wish)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (is_wished(&builds[i], wish))
			builds[kept++] = builds[i];
	}
	if (wish->by_end)
		qsort(builds, kept, sizeof(*builds), by_end);
	for (size_t i = 0; wish->is_ascending && i < kept / 2; i++) {
		struct build swap = builds[i];

		builds[i] = builds[kept - 1 - i];
		builds[kept - 1 - i] = swap;
	}
	return kept;
}

void devops_list_builds(struct world *w, const struct request *req, struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	struct wish wish = wish_of(req);
	struct build builds[BUILDS_MAX];
	int64_t top = TOP, from = 0;
	size_t n, to;

	if (!project)
		return;
	str_to_i64(request_query(req, "$top"), &top);
	str_to_i64(request_query(req, "continuationToken"), &from);
	n = choose(builds, devops_builds(w, project, DAY_SLOTS, builds, BUILDS_MAX),
		   &wish);
	from = from < 0 || (size_t)from > n ? (int64_t)n : from;
	to = top < 1 || n - (size_t)from < (size_t)top ? n : (size_t)(from + top);
	if (to < n)
		reply_header(rep, "x-ms-continuationtoken", "%zu", to);
	devops_begin_list(&rep->body, to - (size_t)from);
	for (size_t i = (size_t)from; i < to; i++)
		put_build(&rep->body, NULL, w, req, &builds[i]);
	devops_end_list(&rep->body);
}

static const struct build *newest_of(const struct build *builds, size_t n,
				     const char *pipeline, bool is_completed)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(builds[i].pipeline, pipeline) == 0 &&
		    (!is_completed || builds[i].finished_ms))
			return &builds[i];
	}
	return NULL;
}

static void put_definition(struct strbuf *out, const struct world *w,
			   const struct request *req, const struct definition *d,
			   const struct build *builds, size_t n)
{
	const char *project = devops_project_of(d->name);
	const struct build *latest = newest_of(builds, n, d->name, false);
	const struct build *completed = newest_of(builds, n, d->name, true);

	jw_object(out, NULL);
	jw_object(out, "_links");
	put_link(out, "web", req, project,
		 "_build/definition?definitionId=", devops_definition_id(d->name));
	jw_object_end(out);
	jw_text(out, "quality", "definition");
	devops_put_person(out, "authoredBy", w, "Atlas platform team");
	if (latest)
		put_build(out, "latestBuild", w, req, latest);
	if (completed)
		put_build(out, "latestCompletedBuild", w, req, completed);
	jw_int(out, "id", devops_definition_id(d->name));
	jw_text(out, "name", d->name);
	jw_text(out, "path", d->path);
	jw_text(out, "type", "build");
	jw_text(out, "queueStatus", d->queue_status);
	jw_int(out, "revision", 12);
	jw_text(out, "createdDate", "2025-02-03T09:14:05.127Z");
	devops_put_project(out, "project", w, req, project);
	jw_object_end(out);
}

void devops_list_definitions(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	struct build builds[BUILDS_MAX];
	size_t n, count = 0;

	if (!project)
		return;
	n = devops_builds(w, project, DAY_SLOTS, builds, BUILDS_MAX);
	for (size_t i = 0; i < COUNT(definitions); i++)
		count += strcmp(devops_project_of(definitions[i].name), project) == 0;
	devops_begin_list(&rep->body, count);
	for (size_t i = 0; i < COUNT(definitions); i++) {
		if (strcmp(devops_project_of(definitions[i].name), project) == 0)
			put_definition(&rep->body, w, req, &definitions[i], builds, n);
	}
	devops_end_list(&rep->body);
}
