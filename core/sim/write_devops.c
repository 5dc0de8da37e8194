/* Azure DevOps: how many machines a scale set of agents has, runs that are let go on,
 * stages that are run again. Thread: core. */
#include "sim/write_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/devops_builds.h"
#include "sim/one.h"

static bool patch_elastic(struct write *wr)
{
	double most = 0, idle = 0, pool_id = 0;
	char key[32];

	json_number(wr->doc, "maxCapacity", &most);
	json_number(wr->doc, "desiredIdle", &idle);
	json_number(wr->doc, "poolId", &pool_id);
	json_number(wr->body, "maxCapacity", &most);
	json_number(wr->body, "desiredIdle", &idle);
	if (most < 1 || most > 1000 || idle < 0 || idle > most)
		return write_refuse(wr, 400, "InvalidElasticPoolException",
				    "Desired idle must be from 0 to the maximum "
				    "capacity.");
	snprintf(key, sizeof(key), "%.0f", pool_id);
	writes_patch(&wr->w->written, wr->op, "poolId maxCapacity", str_from(key), NULL,
		     write_json("{\"maxCapacity\":%.0f,\"desiredIdle\":%.0f}", most,
				idle));
	return true;
}

const struct write_rule write_elastic_pool = {.end = WRITE_DOCUMENT,
					      .needs_body = true,
					      .change = patch_elastic};

/* One of those in the request. */
static bool answer_approval(struct write *wr, const cJSON *answer)
{
	const char *id = json_text(answer, "approvalId");
	const char *status = json_text(answer, "status");
	const cJSON *list = json_member(wr->doc, "value"), *it = NULL, *at;
	struct strbuf now;

	cJSON_ArrayForEach (at, list) {
		if (id && strcmp(json_text(at, "id"), id) == 0)
			it = at;
	}
	if (!it)
		return write_refuse(wr, 404, "ApprovalNotFoundException",
				    "Approval %s does not exist.", id ? id : "");
	if (strcmp(json_text(it, "status"), "pending") != 0)
		return write_refuse(wr, 409, "ApprovalAlreadyCompletedException",
				    "Approval %s has been completed already.", id);
	if (!status ||
	    (strcmp(status, "approved") != 0 && strcmp(status, "rejected") != 0))
		return write_refuse(wr, 400, "InvalidApprovalStatusException",
				    "The status of an approval is approved or "
				    "rejected.");
	strbuf_init(&now, 64);
	time_format_iso(&now, wr->w->now_ms, true);
	writes_patch(&wr->w->written, wr->op, "id createdOn", str_from(id), NULL,
		     write_json("{\"status\":\"%s\",\"lastModifiedOn\":\"%s\"}", status,
				now.p));
	strbuf_fini(&now);
	return true;
}

static bool answer_approvals(struct write *wr)
{
	const cJSON *at;

	if (!cJSON_IsArray(wr->body) || !wr->body->child)
		return write_refuse(wr, 400, "InvalidRequestContent",
				    "A list of approvals is expected.");
	cJSON_ArrayForEach (at, wr->body) {
		if (!answer_approval(wr, at))
			return false;
	}
	return true;
}

const struct write_rule write_approvals = {.end = WRITE_DOCUMENT,
					   .needs_body = true,
					   .change = answer_approvals};

enum { AGAIN_S = 240 };

static struct guid record_id(const struct world *w, int64_t build, int stage)
{
	return guid_of(w->seed, "stage", (uint64_t)(build * 8 + stage));
}

static const struct stage {
	const char *name, *title;
} stages[] = {{"build", "Build"}, {"test", "Test"}, {"publish", "Publish"}};
enum { N_STAGES = 3 };

/* A run that failed did so in its second stage, and the third was left out. */
static void put_record(struct strbuf *out, const struct world *w, int64_t build, int i,
		       const char *result, bool is_over)
{
	bool has_failed = result && strcmp(result, "succeeded") != 0;

	jw_object(out, NULL);
	jw_text(out, "id", record_id(w, build, i).text);
	jw_text(out, "type", "Stage");
	jw_text(out, "name", stages[i].title);
	jw_text(out, "identifier", stages[i].name);
	jw_text(out, "state", is_over || i == 0 ? "completed" : "inProgress");
	if (is_over || i == 0)
		jw_text(out, "result",
			!has_failed || i == 0 ? "succeeded"
			: i == 1	      ? result
					      : "skipped");
	else
		jw_null(out, "result");
	jw_int(out, "order", i + 1);
	jw_int(out, "attempt", 1);
	jw_object_end(out);
}

/* NULL: there is none, and that is said. */
static cJSON *build_of(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf target;
	cJSON *build;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target,
		      "/_devops/contoso/%.*s/_apis/build/builds?api-version=7.1"
		      "&$top=5000",
		      STR_ARG(request_param(req, "project")));
	build = one_of(w, req, target.p, "id", request_param(req, "build"));
	strbuf_fini(&target);
	if (!build)
		reply_devops_error(rep, 404, "BuildNotFoundException",
				   "The requested build %.*s could not be found.",
				   STR_ARG(request_param(req, "build")));
	return build;
}

void devops_get_build(struct world *w, const struct request *req, struct reply *rep)
{
	cJSON *build = build_of(w, req, rep);

	if (build)
		json_print(&rep->body, build);
	cJSON_Delete(build);
}

void devops_get_timeline(struct world *w, const struct request *req, struct reply *rep)
{
	cJSON *build = build_of(w, req, rep);
	const char *result = json_text(build, "result");
	struct strbuf *out = &rep->body;
	double id = 0;

	if (!build)
		return;
	json_number(build, "id", &id);
	jw_object(out, NULL);
	jw_list(out, "records");
	for (int i = 0; i < N_STAGES; i++)
		put_record(out, w, (int64_t)id, i, result, result != NULL);
	jw_list_end(out);
	jw_int(out, "changeId", 41);
	jw_object_end(out);
	cJSON_Delete(build);
}

static void run_again(struct write *wr, int64_t build, int stage)
{
	struct guid id = record_id(wr->w, build, stage);
	char key[32];

	writes_patch(&wr->w->written, wr->op, "id identifier", str_from(id.text),
		     write_json("{\"state\":\"inProgress\",\"result\":null,"
				"\"attempt\":2}"),
		     write_json("{\"state\":\"completed\",\"result\":\"succeeded\","
				"\"attempt\":2}"));
	snprintf(key, sizeof(key), "%lld", (long long)build);
	writes_patch(&wr->w->written, wr->op, "id buildNumber", str_from(key),
		     write_json("{\"status\":\"inProgress\",\"result\":null,"
				"\"finishTime\":null}"),
		     write_json("{\"status\":\"completed\",\"result\":\"succeeded\"}"));
}

static bool change_stage(struct write *wr)
{
	const char *state = json_text(wr->body, "state");
	const char *status = json_text(wr->doc, "status");
	struct str name = request_param(wr->req, "stage");
	double id = 0;
	int stage = 0;

	while (stage < N_STAGES && !str_eq(name, str_from(stages[stage].name)))
		stage++;
	if (stage == N_STAGES)
		return write_refuse(wr, 404, "StageNotFoundException",
				    "The stage %.*s could not be found.", STR_ARG(name));
	if (!state || strcmp(state, "retry") != 0)
		return write_refuse(wr, 400, "InvalidRequestContent",
				    "The state of a stage is retry, cancel or run.");
	if (strcmp(status, "completed") != 0)
		return write_refuse(wr, 409, "StageNotRetryableException",
				    "The stage %.*s cannot be retried while the run "
				    "goes on.",
				    STR_ARG(name));
	json_number(wr->doc, "id", &id);
	/* What runs is no operation of the interface: it may be asked for again. */
	wr->op->ends_ms = wr->op->started_ms + AGAIN_S * 1000LL;
	run_again(wr, (int64_t)id, stage);
	return true;
}

const struct write_rule write_stage = {.end = WRITE_EMPTY,
				       .strip = 2,
				       .needs_body = true,
				       .change = change_stage};
