/* What a run did, record by record: stages, phases, jobs and tasks, each with its parent,
 * in no order, as the service gives them. A run that failed did so in one task of its
 * second stage; the third was left out. Thread: core. */
#include "sim/devops/devops_builds.h"

#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"

enum { DAY_SLOTS = 96, BUILDS_MAX = 800, JOB_TASKS = 5 };

const char *const devops_stages[] = {"build", "test", "publish"};
const size_t devops_n_stages = COUNT(devops_stages);

static const char *const stage_titles[] = {"Build", "Test", "Publish"};

/* How a pipeline fails when it does. */
static const struct failing {
	const char *pipeline, *task, *line, *warning;
} failings[] = {
	{"qodex-e2e", "Run end-to-end tests",
	 "search-suggest.spec.ts:41: Timed out 30000ms waiting for the list of "
	 "suggestions",
	 "3 flaky tests were run again"},
	{"atlas-web-ci", "Run unit tests",
	 "src/cart/total.test.ts:48: expected 1189 to be 1190", NULL},
	{"atlas-orders-ci", "dotnet test",
	 "Orders.Tests.PricingTests.RoundsOnce: expected 12.35, actual 12.34",
	 "NU1903: a package has a known high severity vulnerability"},
	{"atlas-infra-plan", "terraform plan",
	 "Error acquiring the state lock: state blob is already locked", NULL},
	{"qodex-search-ci", "Build the index image",
	 "The process '/usr/bin/docker' failed with exit code 137", NULL},
	{"platform-images", "Push images",
	 "unauthorized: the token of the registry has expired", NULL},
	{"atlas-release", "Swap the slots",
	 "Conflict (CODE: 409): another operation on the site is in progress", NULL},
	{"", "Run tests", "The process '/usr/bin/bash' failed with exit code 1", NULL},
};

static const struct failing *failing_of(const char *pipeline)
{
	size_t i = 0;

	while (i + 1 < COUNT(failings) && strcmp(failings[i].pipeline, pipeline) != 0)
		i++;
	return &failings[i];
}

enum record_type { RECORD_STAGE, RECORD_PHASE, RECORD_JOB, RECORD_TASK };

static struct guid record_id(const struct world *w, int64_t build, enum record_type type,
			     size_t at)
{
	static const char *const kinds[] = {"stage", "phase", "job", "task"};

	return guid_of(w->seed, kinds[type], (uint64_t)(build * 64) + at);
}

struct guid devops_stage_id(const struct world *w, int64_t build, size_t stage)
{
	return record_id(w, build, RECORD_STAGE, stage);
}

struct telling {
	struct strbuf *out;
	const struct world *w;
	const struct build *build;
	size_t stage;
	const char *result; /* of the stage; NULL: it has not ended */
	int64_t from_ms, to_ms;
};

static void begin(const struct telling *t, enum record_type type, size_t at,
		  const char *name, const char *result, int order)
{
	static const char *const types[] = {"Stage", "Phase", "Job", "Task"};
	struct strbuf *out = t->out;
	bool is_left_out = result && strcmp(result, "skipped") == 0;

	jw_object(out, NULL);
	jw_list(out, "previousAttempts");
	jw_list_end(out);
	jw_text(out, "id", record_id(t->w, t->build->id, type, at).text);
	if (type == RECORD_STAGE)
		jw_null(out, "parentId");
	else
		jw_text(out, "parentId",
			record_id(t->w, t->build->id, (enum record_type)(type - 1),
				  t->stage)
				.text);
	jw_text(out, "type", types[type]);
	jw_text(out, "name", name);
	if (type == RECORD_STAGE)
		jw_text(out, "identifier", devops_stages[t->stage]);
	if (is_left_out) {
		jw_null(out, "startTime");
		jw_null(out, "finishTime");
	} else {
		jw_time(out, "startTime", t->from_ms + order * 7000LL, 7);
		jw_time(out, "finishTime", t->to_ms - (JOB_TASKS - order) * 5000LL, 7);
	}
	jw_text(out, "state", result ? "completed" : "inProgress");
	jw_text(out, "result", result);
	jw_int(out, "order", order);
	jw_int(out, "attempt", 1);
}

static void put_issue(struct strbuf *out, const char *type, const char *message)
{
	if (!message)
		return;
	jw_object(out, NULL);
	jw_text(out, "type", type);
	jw_text(out, "category", "General");
	jw_text(out, "message", message);
	jw_object_end(out);
}

/* The warning comes first, and the error is not the last line that says so. */
static void put_issues(struct strbuf *out, const struct failing *failing)
{
	jw_int(out, "errorCount", failing ? 2 : 0);
	jw_int(out, "warningCount", failing && failing->warning ? 1 : 0);
	jw_list(out, "issues");
	if (failing) {
		put_issue(out, "warning", failing->warning);
		put_issue(out, "error", failing->line);
		put_issue(out, "error", "The task has failed; see its log.");
	}
	jw_list_end(out);
}

static void put_task(const struct telling *t, size_t i, const char *name,
		     const char *result, const struct failing *failing)
{
	begin(t, RECORD_TASK, t->stage * JOB_TASKS + i, name, result, (int)i + 1);
	jw_format(t->out, "workerName", "%s-1", t->build->pool->agent);
	put_issues(t->out, failing);
	jw_object_end(t->out);
}

static void put_tasks(const struct telling *t)
{
	bool has_failed = t->result && strcmp(t->result, "failed") == 0;
	const struct failing *failing = failing_of(t->build->pipeline);

	put_task(t, 4, "Finalize Job", t->result ? "succeeded" : NULL, NULL);
	put_task(t, 2, t->stage == 1 ? failing->task : stage_titles[t->stage], t->result,
		 has_failed ? failing : NULL);
	put_task(t, 3, "Publish results",
		 !t->result   ? NULL
		 : has_failed ? "skipped"
			      : "succeeded",
		 NULL);
	put_task(t, 0, "Initialize job", "succeeded", NULL);
	put_task(t, 1, "Checkout", "succeeded", NULL);
}

static void put_stage(const struct telling *t)
{
	const char *title = stage_titles[t->stage];

	begin(t, RECORD_JOB, t->stage, title, t->result, 1);
	jw_object_end(t->out);
	if (!t->result || strcmp(t->result, "skipped") != 0)
		put_tasks(t);
	begin(t, RECORD_PHASE, t->stage, title, t->result, 1);
	jw_object_end(t->out);
	begin(t, RECORD_STAGE, t->stage, title, t->result, (int)t->stage + 1);
	jw_object_end(t->out);
}

/* The second one has what the run has. */
static const char *result_of(const struct build *build, size_t stage)
{
	bool has_failed = build->result && strcmp(build->result, "succeeded") != 0;

	if (stage == 0)
		return "succeeded";
	if (!build->result || stage == 1 || !has_failed)
		return build->result;
	return "skipped";
}

static bool find(const struct world *w, const struct request *req, const char *project,
		 struct build *out)
{
	struct build builds[BUILDS_MAX];
	size_t n = devops_builds(w, project, DAY_SLOTS, builds, BUILDS_MAX);
	int64_t id;

	if (!str_to_i64(request_param(req, "build"), &id))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (builds[i].id == id) {
			*out = builds[i];
			return true;
		}
	}
	return false;
}

void devops_get_timeline(struct world *w, const struct request *req, struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	struct build build;
	int64_t to_ms, third_ms;

	if (!project)
		return;
	if (!find(w, req, project, &build)) {
		reply_devops_error(rep, 404, "BuildNotFoundException",
				   "The requested build %.*s could not be found.",
				   STR_ARG(request_param(req, "build")));
		return;
	}
	to_ms = build.finished_ms ? build.finished_ms : w->now_ms;
	third_ms = (to_ms - build.started_ms) / 3;
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "records");
	for (size_t i = devops_n_stages; build.started_ms && i-- > 0;)
		put_stage(&(struct telling){
			.out = &rep->body,
			.w = w,
			.build = &build,
			.stage = i,
			.result = result_of(&build, i),
			.from_ms = build.started_ms + (int64_t)i * third_ms,
			.to_ms = build.started_ms + (int64_t)(i + 1) * third_ms});
	jw_list_end(&rep->body);
	jw_int(&rep->body, "changeId", 41);
	jw_object_end(&rep->body);
}
