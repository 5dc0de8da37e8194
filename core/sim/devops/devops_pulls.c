/* Pull requests and what their policies say of them. The build policy is the newest
 * run that checks the request, so it goes from queued to running to a verdict.
 * Thread: core. */
#include "sim/devops/devops_builds.h"

#include "base/count.h"
#include "sim/rhythm.h"

enum { BUILDS_MAX = 800, DAY_SLOTS = 96, TOP = 101, POLICY_KINDS = 4 };

const struct pull devops_pulls[] = {
	{4711,
	 "atlas-web",
	 "atlas-web-ci",
	 "Keep the basket when the session is renewed",
	 "Atlas web team",
	 "basket-session",
	 5,
	 "succeeded",
	 false,
	 {10, 5}},
	{4698,
	 "atlas-web",
	 "atlas-web-ci",
	 "Move the shop to Node 22",
	 "Atlas web team",
	 "node-22",
	 76,
	 "conflicts",
	 false,
	 {0, 0}},
	{4713,
	 "atlas-orders",
	 "atlas-orders-ci",
	 "Retry a payment once after a timeout",
	 "Atlas orders team",
	 "payment-retry",
	 2,
	 "succeeded",
	 false,
	 {0, 0}},
	{4655,
	 "atlas-infra",
	 "atlas-infra-plan",
	 "Bigger pool for the order databases",
	 "Contoso platform team",
	 "orders-pool",
	 190,
	 "succeeded",
	 false,
	 {-5, 0}},
	{4709,
	 "qodex-api",
	 "qodex-api-ci",
	 "Answer 404 for projects that were removed",
	 "Qodex API team",
	 "removed-projects",
	 21,
	 "succeeded",
	 false,
	 {10, 0}},
	{4702,
	 "qodex-search",
	 "qodex-search-ci",
	 "Index code by symbol",
	 "Qodex search team",
	 "symbols",
	 49,
	 "rejectedByPolicy",
	 false,
	 {-10, 0}},
	{4714,
	 "qodex-search",
	 "qodex-search-ci",
	 "Try a smaller embedding model",
	 "Qodex search team",
	 "small-embedding",
	 1,
	 "queued",
	 true,
	 {0, 0}},
};
const size_t devops_n_pulls = COUNT(devops_pulls);

int devops_pull_of(const char *pipeline, int64_t number)
{
	int found[COUNT(devops_pulls)], n = 0;

	for (size_t i = 0; i < COUNT(devops_pulls); i++) {
		if (strcmp(devops_pulls[i].pipeline, pipeline) == 0)
			found[n++] = (int)i;
	}
	return n && number % 3 == 0 ? found[number / 3 % n] : -1;
}

static int64_t created_ms(const struct world *w, const struct pull *pull)
{
	return rhythm_floor_div(w->now_ms, 12 * HOUR_MS) * 12 * HOUR_MS -
	       pull->age_hours * HOUR_MS + pull->id % 47 * MINUTE_MS;
}

static void put_repository(struct strbuf *out, const struct world *w,
			   const struct request *req, const struct pull *pull)
{
	const char *project = devops_project_of(pull->pipeline);

	jw_object(out, "repository");
	jw_text(out, "id", guid_of(w->seed, pull->repository, 0).text);
	jw_text(out, "name", pull->repository);
	jw_format(out, "webUrl", "%.*s/_devops/contoso/%s/_git/%s", STR_ARG(req->base),
		  project, pull->repository);
	devops_put_project(out, "project", w, req, project);
	jw_object_end(out);
}

static void put_reviewer(struct strbuf *out, const struct world *w, const char *name,
			 int vote, bool is_required)
{
	jw_object(out, NULL);
	jw_int(out, "vote", vote);
	jw_bool(out, "hasDeclined", false);
	if (is_required)
		jw_bool(out, "isRequired", true);
	jw_bool(out, "isFlagged", false);
	jw_text(out, "displayName", name);
	jw_text(out, "id", guid_of(w->seed, name, 0).text);
	if (is_required)
		jw_bool(out, "isContainer", true);
	jw_object_end(out);
}

static void put_pull(struct strbuf *out, const struct world *w, const struct request *req,
		     const struct pull *pull)
{
	bool is_atlas = strcmp(devops_project_of(pull->pipeline), "Atlas") == 0;

	jw_object(out, NULL);
	put_repository(out, w, req, pull);
	jw_int(out, "pullRequestId", pull->id);
	jw_int(out, "codeReviewId", pull->id);
	jw_text(out, "status", "active");
	devops_put_person(out, "createdBy", w, pull->author);
	jw_time(out, "creationDate", created_ms(w, pull), 7);
	jw_text(out, "title", pull->title);
	jw_format(out, "sourceRefName", "refs/heads/%s", pull->branch);
	jw_text(out, "targetRefName", "refs/heads/main");
	jw_text(out, "mergeStatus", pull->merge_status);
	jw_bool(out, "isDraft", pull->is_draft);
	jw_list(out, "reviewers");
	put_reviewer(out, w, is_atlas ? "[Atlas]\\Code owners" : "[Qodex]\\Code owners",
		     pull->votes[0], true);
	put_reviewer(out, w, "Contoso security champions", pull->votes[1], false);
	jw_list_end(out);
	if (pull->votes[0] == 10)
		devops_put_person(out, "autoCompleteSetBy", w, pull->author);
	jw_bool(out, "supportsIterations", true);
	jw_object_end(out);
}

/* By number of rows to skip, not by a token. */
void devops_list_pulls(struct world *w, const struct request *req, struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	size_t of_project[COUNT(devops_pulls)], n = 0, to;
	int64_t top = TOP, skip = 0;

	if (!project)
		return;
	for (size_t i = 0; i < COUNT(devops_pulls); i++) {
		if (strcmp(devops_project_of(devops_pulls[i].pipeline), project) == 0)
			of_project[n++] = i;
	}
	str_to_i64(request_query(req, "$top"), &top);
	str_to_i64(request_query(req, "$skip"), &skip);
	skip = skip < 0 || (size_t)skip > n ? (int64_t)n : skip;
	to = top < 0 || n - (size_t)skip < (size_t)top ? n : (size_t)(skip + top);
	devops_begin_list(&rep->body, to - (size_t)skip);
	for (size_t i = (size_t)skip; i < to; i++)
		put_pull(&rep->body, w, req, &devops_pulls[of_project[i]]);
	devops_end_list(&rep->body);
}

static bool newest_check(const struct world *w, const struct pull *pull,
			 struct build *found)
{
	struct build builds[BUILDS_MAX];
	size_t n = devops_builds(w, devops_project_of(pull->pipeline), DAY_SLOTS, builds,
				 BUILDS_MAX);

	for (size_t i = 0; i < n; i++) {
		if (builds[i].pull < 0 || &devops_pulls[builds[i].pull] != pull)
			continue;
		*found = builds[i];
		return true;
	}
	return false;
}

static const char *verdict_of(const struct build *build)
{
	if (!build->started_ms)
		return "queued";
	if (!build->finished_ms)
		return "running";
	return strcmp(build->result, "failed") == 0 ? "rejected" : "approved";
}

static void put_context(struct strbuf *out, const struct build *build)
{
	jw_object(out, "context");
	jw_int(out, "buildId", build->id);
	jw_int(out, "buildDefinitionId", devops_definition_id(build->pipeline));
	jw_text(out, "buildDefinitionName", build->pipeline);
	jw_bool(out, "buildIsNotCurrent", false);
	jw_bool(out, "isExpired", false);
	jw_object_end(out);
}

struct policy {
	const char *name;
	const char *status;
	bool is_blocking, is_enabled;
	const struct build *build; /* that decided, or NULL */
};

static void put_evaluation(struct strbuf *out, const struct world *w,
			   const struct pull *pull, const struct policy *policy)
{
	int64_t at_ms = created_ms(w, pull);

	jw_object(out, NULL);
	jw_object(out, "configuration");
	jw_bool(out, "isEnabled", policy->is_enabled);
	jw_bool(out, "isBlocking", policy->is_blocking);
	jw_bool(out, "isDeleted", false);
	jw_object(out, "settings");
	if (policy->build) {
		jw_int(out, "buildDefinitionId",
		       devops_definition_id(policy->build->pipeline));
		jw_text(out, "displayName", policy->build->pipeline);
	}
	jw_object_end(out);
	jw_int(out, "revision", 1);
	jw_int(out, "id", (int64_t)(str_hash(str_from(policy->name)) % 200));
	jw_object(out, "type");
	jw_text(out, "id", guid_of(1, policy->name, 0).text);
	jw_text(out, "displayName", policy->name);
	jw_object_end(out);
	jw_object_end(out);
	jw_format(out, "artifactId", "vstfs:///CodeReview/CodeReviewId/%s/%d",
		  devops_project_id(w, devops_project_of(pull->pipeline)).text, pull->id);
	jw_text(out, "evaluationId",
		guid_of(w->seed, policy->name, (uint64_t)pull->id).text);
	jw_time(out, "startedDate", at_ms, 7);
	if (strcmp(policy->status, "approved") == 0)
		jw_time(out, "completedDate", at_ms + 40 * MINUTE_MS, 7);
	jw_text(out, "status", policy->status);
	if (policy->build)
		put_context(out, policy->build);
	jw_object_end(out);
}

static const struct pull *pull_asked(const struct request *req, struct reply *rep)
{
	struct str id = request_query(req, "artifactId"), part;
	int64_t number = 0;

	if (str_starts(id, STR("vstfs:///CodeReview/CodeReviewId/"))) {
		while (str_next(&id, '/', &part))
			str_to_i64(part, &number);
	}
	for (size_t i = 0; i < COUNT(devops_pulls); i++) {
		if (devops_pulls[i].id == number)
			return &devops_pulls[i];
	}
	reply_devops_error(rep, 400, "ArtifactUriInvalidException",
			   "The artifact identifier is not one of a code review.");
	return NULL;
}

void devops_list_evaluations(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	const struct pull *pull = project ? pull_asked(req, rep) : NULL;
	struct build build;
	bool has_build;

	if (!pull)
		return;
	has_build = newest_check(w, pull, &build);
	devops_begin_list(&rep->body, POLICY_KINDS);
	put_evaluation(&rep->body, w, pull,
		       &(struct policy){"Build",
					has_build ? verdict_of(&build) : "queued", true,
					true, has_build ? &build : NULL});
	put_evaluation(&rep->body, w, pull,
		       &(struct policy){"Minimum number of reviewers",
					pull->votes[0] == 10 ? "approved" : "queued",
					true, true, NULL});
	put_evaluation(&rep->body, w, pull,
		       &(struct policy){"Work item linking",
					pull->id % 2 ? "approved" : "rejected", false,
					true, NULL});
	put_evaluation(&rep->body, w, pull,
		       &(struct policy){"Comment requirements",
					pull->id == 4702 ? "rejected"
					: pull->is_draft ? "notApplicable"
							 : "approved",
					true, true, NULL});
	devops_end_list(&rep->body);
}
