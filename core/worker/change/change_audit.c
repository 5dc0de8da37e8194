/* See change_audit.h. */
#include "worker/change/change_audit.h"

#include <stdio.h>
#include <string.h>

/* An entry takes 64 KiB, and a plan up to 32 requests: the rest of a long body is in the
 * plan, whose digest is signed. */
enum { BODY_SHOWN = 700, PATH_SHOWN = 500 };

static void put_cut(cJSON *object, const char *name, const char *text, size_t most)
{
	struct strbuf cut;

	strbuf_init(&cut, most + 40);
	strbuf_put(&cut, str_sub(str_from(text), 0, most));
	if (strlen(text) > most)
		strbuf_printf(&cut, " (%zu bytes more)", strlen(text) - most);
	cJSON_AddStringToObject(object, name, cut.p);
	strbuf_fini(&cut);
}

static void put_request(cJSON *object, const struct plan_request *request)
{
	cJSON_AddStringToObject(object, "step", request->name);
	cJSON_AddStringToObject(object, "method", plan_method_name(request->method));
	put_cut(object, "path", request->path, PATH_SHOWN);
	if (request->body[0])
		put_cut(object, "body", request->body, BODY_SHOWN);
}

static cJSON *about_plan(const struct plan *plan)
{
	cJSON *about = cJSON_CreateObject();

	cJSON_AddStringToObject(about, "change", plan->id);
	cJSON_AddStringToObject(about, "action", plan->action);
	cJSON_AddStringToObject(about, "target", plan->target);
	return about;
}

void audit_plan(struct ledger_page *page, const struct plan *plan, bool needs_second)
{
	cJSON *about = about_plan(plan), *list;

	cJSON_AddStringToObject(about, "board", plan->board);
	put_cut(about, "resource", plan->key, PATH_SHOWN);
	cJSON_AddStringToObject(about, "connection", plan->connection);
	cJSON_AddStringToObject(about, "by", plan->by);
	cJSON_AddStringToObject(about, "by_key", plan->by_key);
	cJSON_AddBoolToObject(about, "needs_second", needs_second);
	cJSON_AddItemToObject(about, "inputs", cJSON_Duplicate(plan->inputs, true));
	list = cJSON_AddArrayToObject(about, "requests");
	for (size_t i = 0; i < plan->n_requests; i++) {
		cJSON *request = cJSON_CreateObject();

		put_request(request, &plan->requests[i]);
		cJSON_AddItemToArray(list, request);
	}
	ledger_page_add(page, AUDIT_PLAN, about);
}

void audit_approval(struct ledger_page *page, const struct plan *plan,
		    const struct approval *approval, const char *who, const char *how)
{
	cJSON *about = about_plan(plan);

	cJSON_AddStringToObject(about, "who", who);
	cJSON_AddStringToObject(about, "key", approval->key.p);
	cJSON_AddStringToObject(about, "how", how);
	ledger_page_add(page, AUDIT_APPROVAL, about);
}

void audit_refusal(struct ledger_page *page, const struct plan *plan, const char *what,
		   const char *why)
{
	cJSON *about = about_plan(plan);

	cJSON_AddStringToObject(about, "refused", what);
	cJSON_AddStringToObject(about, "why", why);
	ledger_page_add(page, AUDIT_REFUSAL, about);
}

void audit_no_plan(struct ledger_page *page, const char *action, const char *target,
		   const char *why)
{
	cJSON *about = cJSON_CreateObject();

	cJSON_AddStringToObject(about, "action", action);
	cJSON_AddStringToObject(about, "target", target);
	cJSON_AddStringToObject(about, "refused", "plan");
	cJSON_AddStringToObject(about, "why", why);
	ledger_page_add(page, AUDIT_REFUSAL, about);
}

void audit_saw(struct audit_seen *seen, const struct run *run)
{
	seen->has_begun = true;
	seen->state = run->state;
	memcpy(seen->steps, run->steps, sizeof(seen->steps));
	snprintf(seen->trouble, sizeof(seen->trouble), "%s", run->err.text);
}

static void tell_step(struct ledger_page *page, const struct run *run, size_t i,
		      const struct run_step *was)
{
	const struct run_step *is = &run->steps[i];
	cJSON *about;

	if (is->sent > was->sent) {
		about = about_plan(run->plan);
		put_request(about, &run->plan->requests[i]);
		cJSON_AddNumberToObject(about, "time", is->sent);
		ledger_page_add(page, AUDIT_REQUEST, about);
	}
	if (is->status && is->status != was->status) {
		about = about_plan(run->plan);
		cJSON_AddStringToObject(about, "step", run->plan->requests[i].name);
		cJSON_AddNumberToObject(about, "status", is->status);
		if (is->status >= 400)
			cJSON_AddStringToObject(about, "error", run->err.text);
		ledger_page_add(page, AUDIT_RESULT, about);
	}
	if (is->end != was->end) {
		about = about_plan(run->plan);
		cJSON_AddStringToObject(about, "step", run->plan->requests[i].name);
		cJSON_AddStringToObject(about, "ended", step_end_name(is->end));
		ledger_page_add(page, AUDIT_STEP, about);
	}
}

static void tell_begun(struct ledger_page *page, const struct run *run)
{
	cJSON *about = about_plan(run->plan);

	cJSON_AddStringToObject(about, "run", "begins");
	ledger_page_add(page, AUDIT_STEP, about);
}

static void tell_end(struct ledger_page *page, const struct run *run)
{
	bool is_watched = run->outcome == RUN_HELPED || run->outcome == RUN_DID_NOT_HELP;
	cJSON *about;

	if (run->outcome == RUN_DEAD) {
		audit_refusal(page, run->plan, "run",
			      run->moved[0] ? run->moved : run->err.text);
		return;
	}
	if (run->outcome == RUN_FAILED && run->err.http_status == 403)
		audit_refusal(page, run->plan, "run", run->err.text);
	about = about_plan(run->plan);
	cJSON_AddStringToObject(about, "outcome", run_outcome_name(run->outcome));
	if (run->err.code != ERR_NONE)
		cJSON_AddStringToObject(about, "error", run->err.text);
	ledger_page_add(page, is_watched ? AUDIT_VERIFY : AUDIT_RESULT, about);
}

/* An answer that was lost has no status, and yet is what came of a request. */
static void tell_trouble(struct ledger_page *page, const struct run *run,
			 const struct audit_seen *seen)
{
	cJSON *about;

	if (run->err.code == ERR_NONE || run->err.http_status >= 400 ||
	    run->state == RUN_ENDED || run->at >= run->plan->n_requests ||
	    run->steps[run->at].sent == 0 || strcmp(run->err.text, seen->trouble) == 0)
		return;
	about = about_plan(run->plan);
	cJSON_AddStringToObject(about, "step", run->plan->requests[run->at].name);
	cJSON_AddStringToObject(about, "error", run->err.text);
	ledger_page_add(page, AUDIT_RESULT, about);
}

static void tell_followed(struct ledger_page *page, const struct run *run)
{
	cJSON *about = about_plan(run->plan);

	cJSON_AddStringToObject(about, "step", run->plan->requests[run->at].name);
	cJSON_AddStringToObject(about, "accepted", run->steps[run->at].word);
	ledger_page_add(page, AUDIT_RESULT, about);
}

void audit_run(struct ledger_page *page, const struct run *run, struct audit_seen *seen)
{
	if (!seen->has_begun)
		tell_begun(page, run);
	for (size_t i = 0; i < run->plan->n_requests; i++)
		tell_step(page, run, i, &seen->steps[i]);
	if (run->state == RUN_FOLLOWING && seen->state != RUN_FOLLOWING)
		tell_followed(page, run);
	tell_trouble(page, run, seen);
	if (run->state == RUN_ENDED && seen->state != RUN_ENDED)
		tell_end(page, run);
	audit_saw(seen, run);
}
