/* Makes a plan, as JSON that is then read like one from elsewhere, so that there is one
 * place that says what stands in it. See plan.h. Thread: any (no state). */
#include "act/plan.h"

#include "act/plan_part.h"
#include "act/scope.h"
#include "base/json.h"

struct making {
	const struct action *action;
	const cJSON *scope;
	const struct plan_about *about;
	cJSON *root;
	struct err *err;
};

static bool put_value(struct making *m, cJSON *object, const char *name,
		      const struct query *query)
{
	cJSON *value = scope_value(m->scope, query, m->about->now_ms, m->err);

	if (value)
		cJSON_AddItemToObject(object, name, value);
	return value != NULL;
}

static bool put_text(struct making *m, cJSON *object, const char *name,
		     const struct query *query)
{
	struct strbuf text;
	bool ok;

	strbuf_init(&text, 4000);
	ok = scope_text(m->scope, query, m->about->now_ms, &text, m->err);
	cJSON_AddStringToObject(object, name, text.p);
	strbuf_fini(&text);
	return ok;
}

static cJSON *add_object(cJSON *list)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddItemToArray(list, object);
	return object;
}

static bool put_facts(struct making *m)
{
	cJSON *list = cJSON_AddArrayToObject(m->root, "facts");

	for (size_t i = 0; i < m->action->n_facts; i++) {
		const struct action_fact *fact = &m->action->facts[i];
		cJSON *object = add_object(list);

		cJSON_AddStringToObject(object, "name", fact->name);
		cJSON_AddStringToObject(object, "title", fact->title);
		if (!put_value(m, object, "value", fact->value))
			return false;
	}
	return true;
}

static bool put_shows(struct making *m)
{
	cJSON *list = cJSON_AddArrayToObject(m->root, "shows");

	for (size_t i = 0; i < m->action->n_shows; i++) {
		const struct action_show *show = &m->action->shows[i];
		cJSON *object = add_object(list);

		cJSON_AddStringToObject(object, "title", show->title);
		if (!put_text(m, object, "before", show->before) ||
		    !put_text(m, object, "after", show->after))
			return false;
	}
	return true;
}

static bool put_expanded(struct making *m, cJSON *object, const char *name,
			 const struct param_text *text)
{
	struct strbuf out;
	bool ok = true;

	strbuf_init(&out, 64 << 10);
	if (text)
		ok = param_expand(text, m->scope, m->about->now_ms, &out, m->err);
	cJSON_AddStringToObject(object, name, out.p);
	strbuf_fini(&out);
	return ok;
}

static bool put_request(struct making *m, cJSON *object, const struct action_call *call)
{
	cJSON_AddStringToObject(object, "name", call->name);
	cJSON_AddStringToObject(object, "title", call->title);
	cJSON_AddStringToObject(object, "kind", conn_kind_name(call->kind));
	cJSON_AddStringToObject(object, "method", plan_method_name(call->method));
	if (!put_expanded(m, object, "path", call->path_params) ||
	    !put_expanded(m, object, "body", call->body_params))
		return err_wrap(m->err, "%s", call->name);
	if (cJSON_GetObjectItemCaseSensitive(object, "path")->valuestring[0] != '/')
		return err_set(m->err, ERR_REFUSED,
			       "%s: the path does not begin with '/'", call->name);
	if (call->if_match)
		return put_text(m, object, "if_match", call->if_match);
	cJSON_AddStringToObject(object, "if_match", "");
	return true;
}

static bool put_requests(struct making *m)
{
	cJSON *list = cJSON_AddArrayToObject(m->root, "requests");

	for (size_t i = 0; i < m->action->n_steps; i++) {
		const struct action_call *call = &m->action->steps[i];

		err_clear(m->err);
		if (call->when &&
		    !scope_holds(m->scope, call->when, m->about->now_ms, m->err)) {
			if (m->err->code != ERR_NONE)
				return false;
			continue;
		}
		if (!put_request(m, add_object(list), call))
			return false;
	}
	return true;
}

static bool put_warnings(struct making *m)
{
	cJSON *list = cJSON_AddArrayToObject(m->root, "warnings");

	for (size_t i = 0; i < m->about->n_warnings; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(m->about->warnings[i]));
	for (size_t i = 0; i < m->action->n_warnings; i++) {
		const struct action_warning *warning = &m->action->warnings[i];

		err_clear(m->err);
		if (scope_holds(m->scope, warning->when, m->about->now_ms, m->err))
			cJSON_AddItemToArray(list, cJSON_CreateString(warning->text));
		else if (m->err->code != ERR_NONE)
			return false;
	}
	return true;
}

static bool put_cost(struct making *m)
{
	cJSON *cost = cJSON_AddObjectToObject(m->root, "cost");
	const struct action *a = m->action;

	if (!a->cost_before || !a->cost_after)
		return true;
	return put_value(m, cost, "before", a->cost_before) &&
	       put_value(m, cost, "after", a->cost_after);
}

static bool put_undo(struct making *m)
{
	const struct action_undo *undo = &m->action->undo;
	struct strbuf text;
	bool ok = true;

	strbuf_init(&text, 4000);
	strbuf_puts(&text, undo->action ? undo->action : undo->why);
	for (size_t i = 0; ok && i < undo->n; i++) {
		strbuf_printf(&text, " %s=", undo->names[i]);
		ok = scope_text(m->scope, undo->values[i], m->about->now_ms, &text,
				m->err);
	}
	cJSON_AddStringToObject(m->root, "undo", text.p);
	strbuf_fini(&text);
	return ok;
}

static void put_head(struct making *m)
{
	const struct plan_about *about = m->about;
	cJSON *touches;

	cJSON_AddNumberToObject(m->root, "v", PLAN_VERSION);
	cJSON_AddStringToObject(m->root, "action", m->action->name);
	cJSON_AddStringToObject(m->root, "title", m->action->title);
	cJSON_AddStringToObject(m->root, "risk", action_risk_name(m->action->risk));
	cJSON_AddStringToObject(m->root, "permission", m->action->permission);
	cJSON_AddStringToObject(m->root, "board", about->board);
	cJSON_AddStringToObject(m->root, "key", about->key);
	cJSON_AddStringToObject(m->root, "target", about->target);
	cJSON_AddStringToObject(m->root, "connection", about->connection);
	cJSON_AddStringToObject(m->root, "by", about->by);
	cJSON_AddStringToObject(m->root, "by_key", about->by_key ? about->by_key : "");
	cJSON_AddNumberToObject(m->root, "made", (double)about->now_ms);
	cJSON_AddNumberToObject(m->root, "expires", (double)about->expires_ms);
	cJSON_AddItemToObject(m->root, "inputs",
			      cJSON_Duplicate(json_member(m->scope, "input"), true));
	touches = cJSON_AddArrayToObject(m->root, "touches");
	for (size_t i = 0; i < about->n_touches; i++)
		cJSON_AddItemToArray(touches, cJSON_CreateString(about->touches[i]));
}

struct plan *plan_make(const struct action *action, const cJSON *scope,
		       const struct plan_about *about, struct err *err)
{
	struct making m = {.action = action,
			   .scope = scope,
			   .about = about,
			   .root = cJSON_CreateObject(),
			   .err = err};
	struct plan *plan = NULL;

	put_head(&m);
	if (put_facts(&m) && put_shows(&m) && put_requests(&m) && put_warnings(&m) &&
	    put_cost(&m) && put_undo(&m))
		plan = plan_from_json(m.root, err);
	else
		err_wrap(err, "%s", action->name);
	cJSON_Delete(m.root);
	return plan;
}
