/* Runs that wait for somebody to let them go on, and what they are asked. A run
 * is held for as long as one looks: it begins anew twice a day.
 * Thread: core. */
#include "sim/devops/devops_builds.h"

#include "base/count.h"
#include "sim/rhythm.h"

const struct held devops_held[] = {
	{"atlas-release", "prod_weu", "Atlas release managers",
	 "Check the canary's error rate before you let it go on.", 380, 24 * 60},
	{"qodex-release", "prod_neu", "Qodex on call", NULL, 24, 30 * 24 * 60},
	{"atlas-infra-plan", "apply", "Contoso platform owners",
	 "Read the plan: it replaces a network gateway.", 1130, 60 * 24},
};
const size_t devops_n_held = COUNT(devops_held);

struct build devops_held_build(const struct world *w, const struct held *held)
{
	int64_t half_day_ms = rhythm_floor_div(w->now_ms, 12 * HOUR_MS) * 12 * HOUR_MS;
	int64_t queued_ms = half_day_ms - (held->waits_minutes + 9) * MINUTE_MS;

	return (struct build){
		.number = 90000 + (held - devops_held) + queued_ms / HOUR_MS % 977 * 3,
		.id = devops_build_id(90000 + (held - devops_held) +
				      queued_ms / HOUR_MS % 977 * 3),
		.queued_ms = queued_ms,
		.started_ms = queued_ms + 21 * 1000,
		.pipeline = held->pipeline,
		.pool = &devops_pools[1],
		.pull = -1,
	};
}

static void put_steps(struct strbuf *out, const struct world *w, const struct held *held,
		      int64_t since_ms)
{
	jw_list(out, "steps");
	if (held) {
		jw_object(out, NULL);
		devops_put_person(out, "assignedApprover", w, held->approver);
		jw_text(out, "status", "pending");
		jw_text(out, "comment", "");
		jw_time(out, "initiatedOn", since_ms, 7);
		jw_int(out, "order", 1);
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_pipeline(struct strbuf *out, const struct request *req,
			 const struct build *build)
{
	const char *project = devops_project_of(build->pipeline);

	jw_object(out, "pipeline");
	jw_object(out, "owner");
	jw_object(out, "_links");
	jw_object(out, "web");
	jw_format(out, "href", "%.*s/_devops/contoso/%s/_build/results?buildId=%lld",
		  STR_ARG(req->base), project, (long long)build->id);
	jw_object_end(out);
	jw_object_end(out);
	jw_int(out, "id", build->id);
	jw_text(out, "name", devops_build_name(build->number, build->queued_ms).text);
	jw_object_end(out);
	jw_format(out, "id", "%lld", (long long)devops_definition_id(build->pipeline));
	jw_text(out, "name", build->pipeline);
	jw_object_end(out);
}

static struct guid id_of(const struct world *w, const struct build *build)
{
	return guid_of(w->seed, "approval", (uint64_t)build->number);
}

static void put_approval(struct strbuf *out, const struct world *w,
			 const struct request *req, const struct held *held,
			 bool with_steps)
{
	struct build build = devops_held_build(w, held);
	struct guid id = id_of(w, &build);
	int64_t since_ms = build.queued_ms + 9 * MINUTE_MS;

	jw_object(out, NULL);
	jw_text(out, "id", id.text);
	put_steps(out, w, with_steps ? held : NULL, since_ms);
	jw_text(out, "status", "pending");
	jw_time(out, "createdOn", since_ms, 3);
	jw_time(out, "lastModifiedOn", since_ms, 7);
	if (held->instructions)
		jw_text(out, "instructions", held->instructions);
	jw_text(out, "executionOrder", "anyOrder");
	jw_int(out, "minRequiredApprovers", 1);
	jw_list(out, "blockedApprovers");
	jw_list_end(out);
	put_pipeline(out, req, &build);
	jw_object(out, "_links");
	jw_object(out, "self");
	jw_format(out, "href", "%.*s/_devops/contoso/%s/_apis/pipelines/approvals/%s",
		  STR_ARG(req->base),
		  devops_project_id(w, devops_project_of(build.pipeline)).text, id.text);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static bool is_listed(const struct world *w, const struct held *held, const char *project,
		      const struct request *req)
{
	struct build build = devops_held_build(w, held);
	struct guid id = id_of(w, &build);
	const cJSON *answer = writes_now(&w->written, "id createdOn", str_from(id.text),
					 "status", w->now_ms);
	struct str state = request_query(req, "state");

	return strcmp(devops_project_of(held->pipeline), project) == 0 &&
	       (state.n == 0 ||
		str_eq_nocase(state, str_from(answer ? answer->valuestring : "pending")));
}

void devops_list_approvals(struct world *w, const struct request *req, struct reply *rep)
{
	const char *project = devops_project_named(req, rep);
	bool with_steps = str_eq_nocase(request_query(req, "$expand"), STR("steps"));
	size_t n = 0;

	if (!project)
		return;
	for (size_t i = 0; i < COUNT(devops_held); i++)
		n += is_listed(w, &devops_held[i], project, req);
	devops_begin_list(&rep->body, n);
	for (size_t i = 0; i < COUNT(devops_held); i++) {
		if (is_listed(w, &devops_held[i], project, req))
			put_approval(&rep->body, w, req, &devops_held[i], with_steps);
	}
	devops_end_list(&rep->body);
}
