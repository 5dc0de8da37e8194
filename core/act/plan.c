/* Reads a plan: everything is there and of its type, or it is none. See plan.h.
 * Thread: any (no state). */
#include "act/plan.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "act/plan_part.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"

static const char *const methods[] = {[HTTP_GET] = "GET",
				      [HTTP_POST] = "POST",
				      [HTTP_PUT] = "PUT",
				      [HTTP_PATCH] = "PATCH",
				      [HTTP_DELETE] = "DELETE"};

const char *plan_method_name(enum http_method method)
{
	return methods[method];
}

void plan_put_inputs(const cJSON *inputs, struct strbuf *out)
{
	const char *between = "";
	const cJSON *at;

	cJSON_ArrayForEach (at, inputs) {
		strbuf_printf(out, "%s%s=", between, at->string);
		if (cJSON_IsString(at))
			strbuf_puts(out, at->valuestring);
		else
			json_print(out, at);
		between = ", ";
	}
}

struct reading {
	struct plan *plan;
	struct err *err;
};

static bool fail(struct reading *r, const char *name)
{
	return r->err->code != ERR_NONE ||
	       err_set(r->err, ERR_PARSE, "this is no plan: \"%s\" is missing or wrong",
		       name);
}

static const char *text_of(struct reading *r, const cJSON *object, const char *name)
{
	const char *text = json_text(object, name);

	if (!text)
		fail(r, name);
	return text ? text : "";
}

static double number_of(struct reading *r, const cJSON *object, const char *name)
{
	const cJSON *value = json_member(object, name);

	if (!cJSON_IsNumber(value) || !isfinite(value->valuedouble))
		fail(r, name);
	return cJSON_IsNumber(value) ? value->valuedouble : 0;
}

static const cJSON *list_of(struct reading *r, const char *name)
{
	const cJSON *list = json_member(r->plan->root, name);

	if (cJSON_IsArray(list) && cJSON_GetArraySize(list) <= PLAN_MOST)
		return list;
	fail(r, name);
	return NULL;
}

static void read_texts(struct reading *r, const char *name, const char **out, size_t *n)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, list_of(r, name)) {
		if (!cJSON_IsString(at))
			fail(r, name);
		out[(*n)++] = cJSON_IsString(at) ? at->valuestring : "";
	}
}

static void read_facts(struct reading *r)
{
	struct plan *p = r->plan;
	struct strbuf value;
	const cJSON *at;

	strbuf_init(&value, 64 << 10);
	cJSON_ArrayForEach (at, list_of(r, "facts")) {
		const cJSON *now = json_member(at, "value");

		strbuf_reset(&value);
		if (now)
			json_print(&value, now);
		else
			fail(r, "value");
		p->facts[p->n_facts++] = (struct plan_fact){
			.name = text_of(r, at, "name"),
			.title = text_of(r, at, "title"),
			.value = arena_strdup(&p->arena, strbuf_str(&value)),
		};
	}
	strbuf_fini(&value);
}

static void read_shows(struct reading *r)
{
	struct plan *p = r->plan;
	const cJSON *at;

	cJSON_ArrayForEach (at, list_of(r, "shows"))
		p->shows[p->n_shows++] =
			(struct plan_show){.title = text_of(r, at, "title"),
					   .before = text_of(r, at, "before"),
					   .after = text_of(r, at, "after")};
}

static enum http_method method_of(struct reading *r, const char *word)
{
	for (size_t i = 0; i < COUNT(methods); i++) {
		if (i != HTTP_GET && strcmp(methods[i], word) == 0)
			return (enum http_method)i;
	}
	fail(r, "method");
	return HTTP_POST;
}

static void read_requests(struct reading *r)
{
	struct plan *p = r->plan;
	const cJSON *at;

	cJSON_ArrayForEach (at, list_of(r, "requests")) {
		struct plan_request *request = &p->requests[p->n_requests++];

		*request = (struct plan_request){
			.name = text_of(r, at, "name"),
			.title = text_of(r, at, "title"),
			.method = method_of(r, text_of(r, at, "method")),
			.path = text_of(r, at, "path"),
			.body = text_of(r, at, "body"),
			.if_match = text_of(r, at, "if_match"),
		};
		if (!conn_kind_find(str_from(text_of(r, at, "kind")), &request->kind))
			fail(r, "kind");
		if (request->path[0] != '/')
			fail(r, "path");
	}
}

static void read_cost(struct reading *r)
{
	const cJSON *cost = json_member(r->plan->root, "cost");
	double before = NAN, after = NAN;

	if (!cJSON_IsObject(cost))
		fail(r, "cost");
	json_number(cost, "before", &before);
	json_number(cost, "after", &after);
	r->plan->cost_before = before;
	r->plan->cost_after = after;
}

static void read_head(struct reading *r)
{
	struct plan *p = r->plan;
	const cJSON *root = p->root;

	if (number_of(r, root, "v") != PLAN_VERSION)
		fail(r, "v");
	p->action = text_of(r, root, "action");
	p->title = text_of(r, root, "title");
	p->permission = text_of(r, root, "permission");
	p->board = text_of(r, root, "board");
	p->key = text_of(r, root, "key");
	p->target = text_of(r, root, "target");
	p->connection = text_of(r, root, "connection");
	p->by = text_of(r, root, "by");
	p->by_key = text_of(r, root, "by_key");
	p->undo = text_of(r, root, "undo");
	p->made_ms = (int64_t)number_of(r, root, "made");
	p->expires_ms = (int64_t)number_of(r, root, "expires");
	p->inputs = json_member(root, "inputs");
	if (!cJSON_IsObject(p->inputs))
		fail(r, "inputs");
	p->risk = RISK_HIGH;
	if (strcmp(text_of(r, root, "risk"), action_risk_name(RISK_LOW)) == 0)
		p->risk = RISK_LOW;
}

static void digest(struct plan *p)
{
	struct strbuf text;
	char hex[2 * PLAN_DIGEST_BYTES + 1];

	strbuf_init(&text, PLAN_TEXT_MAX);
	json_print(&text, p->root);
	crypto_generichash(p->digest, sizeof(p->digest), (const unsigned char *)text.p,
			   text.n, NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), p->digest, sizeof(p->digest));
	memcpy(p->id, hex, PLAN_ID_BYTES);
	strbuf_fini(&text);
}

struct plan *plan_parse(struct str text, struct err *err)
{
	static const struct json_limits limits = {.max_bytes = PLAN_TEXT_MAX,
						  .max_depth = 32};
	cJSON *root = json_parse(text, &limits, NULL, err);
	struct reading r = {.err = err};

	if (!root)
		return NULL;
	err_clear(err);
	r.plan = xcalloc(1, sizeof(*r.plan));
	r.plan->root = root;
	ref_init(&r.plan->ref);
	arena_init(&r.plan->arena);
	read_head(&r);
	read_facts(&r);
	read_shows(&r);
	read_requests(&r);
	read_texts(&r, "warnings", r.plan->warnings, &r.plan->n_warnings);
	read_texts(&r, "touches", r.plan->touches, &r.plan->n_touches);
	read_cost(&r);
	if (err->code != ERR_NONE) {
		plan_free(r.plan);
		return NULL;
	}
	digest(r.plan);
	return r.plan;
}

struct plan *plan_from_json(const cJSON *json, struct err *err)
{
	struct strbuf text;
	struct plan *plan;

	strbuf_init(&text, PLAN_TEXT_MAX);
	json_print(&text, json);
	plan = plan_parse(strbuf_str(&text), err);
	strbuf_fini(&text);
	return plan;
}

struct plan *plan_get(const struct plan *plan)
{
	struct plan *held = (struct plan *)(uintptr_t)plan;

	ref_get(&held->ref);
	return held;
}

void plan_free(struct plan *plan)
{
	if (!plan || !ref_put(&plan->ref))
		return;
	cJSON_Delete(plan->root);
	arena_fini(&plan->arena);
	free(plan);
}

void plan_print(const struct plan *plan, struct strbuf *out)
{
	json_print(out, plan->root);
}

cJSON *plan_json(const struct plan *plan)
{
	return cJSON_Duplicate(plan->root, true);
}

static const struct action_fact *fact_of(const struct action *action, const char *name)
{
	for (size_t i = 0; i < action->n_facts; i++) {
		if (strcmp(action->facts[i].name, name) == 0)
			return &action->facts[i];
	}
	return NULL;
}

bool plan_is_over(const struct plan *plan, int64_t now_ms)
{
	return now_ms >= plan->expires_ms || now_ms < plan->made_ms - PLAN_SKEW_MS;
}

bool plan_refuse_over(const struct plan *plan, int64_t now_ms, struct err *err)
{
	return err_set(err, ERR_REFUSED, "the plan %s %s: plan it anew", plan->id,
		       now_ms >= plan->expires_ms
			       ? "has expired"
			       : "is from later than this machine's clock says it is");
}

bool plan_has_moved(const struct plan *plan, const struct action *action,
		    const cJSON *scope, int64_t now_ms, struct strbuf *out)
{
	bool has_moved = false;

	for (size_t i = 0; i < plan->n_facts; i++) {
		const struct plan_fact *was = &plan->facts[i];
		const struct action_fact *fact = fact_of(action, was->name);
		struct strbuf is;
		struct err err;
		cJSON *value =
			fact ? scope_value(scope, fact->value, now_ms, &err) : NULL;

		strbuf_init(&is, 64 << 10);
		if (value)
			json_print(&is, value);
		if (!value || strcmp(is.p, was->value) != 0) {
			strbuf_printf(out, "%s was %s, %s%s\n", was->title, was->value,
				      value ? "is now " : "cannot be told now",
				      value ? is.p : "");
			has_moved = true;
		}
		strbuf_fini(&is);
		cJSON_Delete(value);
	}
	return has_moved;
}
