/* Azure DevOps: how many machines a scale set of agents has, runs that are let go on,
 * stages that are run again. Thread: core. */
#include "sim/write/write_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/devops/devops_builds.h"
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

static void run_again(struct write *wr, int64_t build, size_t stage)
{
	struct guid id = devops_stage_id(wr->w, build, stage);
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
	size_t stage = 0;

	while (stage < devops_n_stages && !str_is(name, devops_stages[stage]))
		stage++;
	if (stage == devops_n_stages)
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
