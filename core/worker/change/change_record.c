/* See change_record.h. */
#include "worker/change/change_record.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

enum { RECORD_VERSION = 1 };

static const struct json_limits limits = {.max_bytes = CHANGE_TEXT_MAX,
					  .max_depth = JSON_MAX_DEPTH};

/* What is read of the live state is read anew by whoever runs it. */
static cJSON *without_reads(cJSON *scope)
{
	static const char *const kept[] = {"row", "source", "input"};
	cJSON *out = cJSON_CreateObject();

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(scope, kept[i]);

		cJSON_AddItemToObject(out, kept[i], item ? item : cJSON_CreateNull());
	}
	cJSON_Delete(scope);
	return out;
}

void change_record_init(struct change_record *r, const struct plan *plan, cJSON *scope,
			bool needs_second)
{
	*r = (struct change_record){
		.plan = plan_get(plan),
		.scope = without_reads(scope),
		.needs_second = needs_second,
	};
}

void change_record_fini(struct change_record *r)
{
	if (r->has_run)
		run_clear(&r->run);
	cJSON_Delete(r->scope);
	plan_free(r->plan);
	*r = (struct change_record){0};
}

bool change_record_is_open(const struct change_record *r, int64_t now_ms)
{
	return !r->has_run && !r->rejected_ms && !plan_is_over(r->plan, now_ms);
}

bool change_record_is_over(const struct change_record *r, int64_t now_ms)
{
	if (r->has_run)
		return r->run.state == RUN_ENDED;
	return !change_record_is_open(r, now_ms);
}

enum change_state change_record_state(const struct change_record *r,
				      const struct run *run, bool is_approved,
				      int64_t now_ms)
{
	static const enum change_state of_run[] = {
		[RUN_READING] = CHANGE_RUNNING,	    [RUN_SENDING] = CHANGE_RUNNING,
		[RUN_FOLLOWING] = CHANGE_FOLLOWING, [RUN_CHECKING] = CHANGE_CHECKING,
		[RUN_ENDED] = CHANGE_ENDED,
	};

	if (run)
		return of_run[run->state];
	if (r->rejected_ms)
		return CHANGE_REJECTED;
	if (plan_is_over(r->plan, now_ms))
		return CHANGE_EXPIRED;
	return is_approved ? CHANGE_APPROVED : CHANGE_PROPOSED;
}

static cJSON *run_json(const struct run *run)
{
	struct strbuf text;
	struct err ignored;
	cJSON *json;

	strbuf_init(&text, CHANGE_TEXT_MAX);
	run_save(run, &text);
	json = json_parse(strbuf_str(&text), &limits, NULL, &ignored);
	strbuf_fini(&text);
	return json ? json : cJSON_CreateNull();
}

static void put_approvals(cJSON *root, const struct change_record *r)
{
	cJSON *list = cJSON_AddArrayToObject(root, "approvals");

	for (size_t i = 0; i < r->n_approvals; i++) {
		struct strbuf code;

		strbuf_init(&code, 400);
		approval_format(&code, &r->approvals[i]);
		cJSON_AddItemToArray(list, cJSON_CreateString(code.p));
		strbuf_fini(&code);
	}
}

bool change_record_save(const struct change_record *r, const struct run *run,
			struct strbuf *out, struct err *err)
{
	cJSON *root = cJSON_CreateObject();

	cJSON_AddNumberToObject(root, "v", RECORD_VERSION);
	cJSON_AddBoolToObject(root, "second", r->needs_second);
	put_approvals(root, r);
	cJSON_AddNumberToObject(root, "rejected", (double)r->rejected_ms);
	cJSON_AddStringToObject(root, "rejected_by", r->rejected_by);
	cJSON_AddStringToObject(root, "why", r->why);
	cJSON_AddItemReferenceToObject(root, "scope", r->scope);
	cJSON_AddItemToObject(root, "plan", plan_json(r->plan));
	cJSON_AddItemToObject(root, "run", run ? run_json(run) : cJSON_CreateNull());
	json_print(out, root);
	cJSON_Delete(root);
	return (!out->overflow && out->n <= CHANGE_TEXT_MAX) ||
	       err_set(err, ERR_TOO_LARGE, "the change %s is too large to be kept",
		       r->plan->id);
}

struct loading {
	struct change_record *r;
	const cJSON *root;
	struct err *err;
};

static bool fail(struct loading *l, const char *name)
{
	return err_set(l->err, ERR_PARSE, "this is no change: \"%s\" is missing or wrong",
		       name);
}

static bool read_text(struct loading *l, const char *name, char *out, size_t size)
{
	const char *text = json_text(l->root, name);

	if (!text || strlen(text) >= size)
		return fail(l, name);
	snprintf(out, size, "%s", text);
	return true;
}

static bool read_plan(struct loading *l)
{
	const cJSON *plan = json_member(l->root, "plan");

	if (!cJSON_IsObject(plan))
		return fail(l, "plan");
	l->r->plan = plan_from_json(plan, l->err);
	return l->r->plan != NULL;
}

static bool read_scope(struct loading *l)
{
	const cJSON *scope = json_member(l->root, "scope");

	if (!cJSON_IsObject(json_member(scope, "row")) ||
	    !cJSON_IsObject(json_member(scope, "input")))
		return fail(l, "scope");
	l->r->scope = without_reads(cJSON_Duplicate(scope, true));
	return true;
}

static bool read_approvals(struct loading *l)
{
	const cJSON *list = json_member(l->root, "approvals"), *at;

	if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > CHANGE_MOST_APPROVALS)
		return fail(l, "approvals");
	cJSON_ArrayForEach (at, list) {
		if (!cJSON_IsString(at))
			return fail(l, "approvals");
		if (!approval_parse(str_from(at->valuestring),
				    &l->r->approvals[l->r->n_approvals], l->err))
			return false;
		l->r->n_approvals++;
	}
	return true;
}

/* The run holds its plan once more, which has to be this one to the letter. */
static bool read_run(struct loading *l)
{
	const cJSON *run = json_member(l->root, "run");
	struct strbuf text;

	if (cJSON_IsNull(run))
		return true;
	if (!cJSON_IsObject(run))
		return fail(l, "run");
	strbuf_init(&text, CHANGE_TEXT_MAX);
	json_print(&text, run);
	l->r->has_run = run_load(&l->r->run, strbuf_str(&text), l->err);
	strbuf_fini(&text);
	if (!l->r->has_run)
		return false;
	return memcmp(l->r->run.plan->digest, l->r->plan->digest, PLAN_DIGEST_BYTES) ==
		       0 ||
	       fail(l, "run");
}

static bool read_root(struct loading *l)
{
	struct change_record *r = l->r;
	double version = 0, rejected = -1;

	if (!json_number(l->root, "v", &version) || version != RECORD_VERSION)
		return fail(l, "v");
	if (!json_number(l->root, "rejected", &rejected) || !(rejected >= 0) ||
	    rejected > 1e15)
		return fail(l, "rejected");
	r->rejected_ms = (int64_t)rejected;
	if (!cJSON_IsBool(json_member(l->root, "second")))
		return fail(l, "second");
	r->needs_second = json_bool(l->root, "second", true);
	return read_text(l, "rejected_by", r->rejected_by, sizeof(r->rejected_by)) &&
	       read_text(l, "why", r->why, sizeof(r->why)) && read_plan(l) &&
	       read_scope(l) && read_approvals(l) && read_run(l);
}

bool change_record_load(struct change_record *r, struct str text, struct err *err)
{
	cJSON *root = json_parse(text, &limits, NULL, err);
	struct loading l = {.r = r, .root = root, .err = err};
	bool ok;

	*r = (struct change_record){0};
	if (!root)
		return false;
	err_clear(err);
	ok = read_root(&l);
	cJSON_Delete(root);
	if (!ok)
		change_record_fini(r);
	return ok;
}
