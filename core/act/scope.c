/* See scope.h. */
#include "act/scope.h"

#include <math.h>

#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "board/cell_json.h"
#include "board/def.h"
#include "board/list_price.h"

static cJSON *row_json(const struct board *board, const struct row *row, struct str key)
{
	struct row_object o;
	cJSON *copy;

	row_object_init(&o, board->def, true);
	row_object_set(&o, row->cells);
	copy = cJSON_Duplicate(o.json, true);
	row_object_fini(&o);
	cJSON_DeleteItemFromObjectCaseSensitive(copy, "key");
	cJSON_AddStringToObject(copy, "key", key.n ? key.p : "");
	return copy;
}

cJSON *scope_new(const struct board *board, const struct row *row, struct str key)
{
	cJSON *scope = cJSON_CreateObject(), *source = NULL;
	struct err ignored;

	cJSON_AddItemToObject(scope, "row", row_json(board, row, key));
	if (row->raw.n)
		source = json_parse(row->raw, &json_wire, NULL, &ignored);
	cJSON_AddItemToObject(scope, "source", source ? source : cJSON_CreateNull());
	cJSON_AddItemToObject(scope, "input", cJSON_CreateObject());
	return scope;
}

/* lookup('machine_price', size), 'objective_price', 'capacity_price': USD an hour by the
 * public list. False: it is not on it. */
static bool find_price(void *ctx, struct str table, struct str key,
		       struct query_value *out)
{
	static const struct {
		const char *table;
		enum list_price_of of;
	} lists[] = {
		{"machine_price", LIST_PRICE_MACHINE},
		{"objective_price", LIST_PRICE_OBJECTIVE},
		{"capacity_price", LIST_PRICE_CAPACITY},
	};
	double hourly = NAN;

	(void)ctx;
	for (size_t i = 0; i < COUNT(lists); i++) {
		if (str_eq(table, str_from(lists[i].table)))
			hourly = list_price_hourly(lists[i].of, key);
	}
	if (isnan(hourly))
		return false;
	*out = (struct query_value){.type = QUERY_NUMBER, .number = hourly};
	return true;
}

static bool eval(const cJSON *scope, const struct query *query, int64_t now_ms,
		 struct arena *arena, struct query_value *out, struct err *err)
{
	struct query_env env = {.now_ms = now_ms, .arena = arena, .lookup = find_price};
	struct query_error qe;
	struct str source = query_source(query);

	if (query_eval(query, scope, &env, out, &qe))
		return true;
	return err_set(err, ERR_CONFIG, "%.80s: %s", source.p, qe.text);
}

cJSON *scope_value(const cJSON *scope, const struct query *query, int64_t now_ms,
		   struct err *err)
{
	struct query_value value;
	struct arena arena;
	cJSON *json = NULL;

	arena_init(&arena);
	if (eval(scope, query, now_ms, &arena, &value, err))
		json = query_to_json(&value);
	arena_fini(&arena);
	return json;
}

bool scope_holds(const cJSON *scope, const struct query *query, int64_t now_ms,
		 struct err *err)
{
	struct query_value value;
	struct arena arena;
	bool holds;

	arena_init(&arena);
	holds = eval(scope, query, now_ms, &arena, &value, err) && query_is_true(&value);
	arena_fini(&arena);
	return holds;
}

bool scope_text(const cJSON *scope, const struct query *query, int64_t now_ms,
		struct strbuf *out, struct err *err)
{
	cJSON *value = scope_value(scope, query, now_ms, err);
	struct strbuf text;

	if (!value)
		return false;
	strbuf_init(&text, 4000);
	if (cJSON_IsString(value))
		strbuf_puts(&text, value->valuestring);
	else if (cJSON_IsNull(value))
		strbuf_puts(&text, "-");
	else
		json_print(&text, value);
	sanitize_line(out, strbuf_str(&text));
	strbuf_fini(&text);
	cJSON_Delete(value);
	return true;
}

static const struct chosen_input *chosen_of(const struct chosen_input *chosen, size_t n,
					    const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(chosen[i].name, str_from(name)))
			return &chosen[i];
	}
	return NULL;
}

/* Taken as it was typed; what it may be is looked at afterwards. */
static cJSON *typed(const struct action_input *in, struct str value, struct err *err)
{
	struct strbuf text;
	double number;
	cJSON *json;

	if (in->is_number && !str_to_f64(value, &number)) {
		err_set(err, ERR_USAGE, "%s: \"%.*s\" is no number", in->name,
			STR_ARG(str_sub(value, 0, 60)));
		return NULL;
	}
	if (in->is_number)
		return cJSON_CreateNumber(number);
	strbuf_init(&text, 4000);
	sanitize_line(&text, value);
	json = cJSON_CreateString(text.p);
	strbuf_fini(&text);
	return json;
}

static bool is_listed(const cJSON *list, const cJSON *value)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, list) {
		if (cJSON_Compare(at, value, true))
			return true;
	}
	return false;
}

static bool is_allowed(const cJSON *scope, const struct action_input *in,
		       const cJSON *value, int64_t now_ms, struct err *err)
{
	struct strbuf may;
	cJSON *list;
	bool ok;

	if (in->is_number && (!cJSON_IsNumber(value) || value->valuedouble < in->least ||
			      value->valuedouble > in->most))
		return err_set(err, ERR_USAGE, "%s: a number from %g to %g", in->name,
			       in->least, in->most);
	if (!in->is_number && (!cJSON_IsString(value) || !value->valuestring[0]))
		return err_set(err, ERR_USAGE, "%s: must be given (%s)", in->name,
			       in->title);
	if (!in->values)
		return true;
	list = scope_value(scope, in->values, now_ms, err);
	if (!list)
		return false;
	ok = is_listed(list, value);
	strbuf_init(&may, 400);
	json_print(&may, list);
	if (!ok)
		err_set(err, ERR_USAGE, "%s: one of %s", in->name, may.p);
	strbuf_fini(&may);
	cJSON_Delete(list);
	return ok;
}

static bool choose(cJSON *scope, const struct action_input *in,
		   const struct chosen_input *chosen, int64_t now_ms, struct err *err)
{
	cJSON *inputs = cJSON_GetObjectItemCaseSensitive(scope, "input"), *value;

	if (chosen)
		value = typed(in, chosen->value, err);
	else if (in->initial)
		value = scope_value(scope, in->initial, now_ms, err);
	else
		return err_set(err, ERR_USAGE, "%s: must be given (%s)", in->name,
			       in->title);
	if (!value)
		return false;
	if (!is_allowed(scope, in, value, now_ms, err)) {
		cJSON_Delete(value);
		return false;
	}
	cJSON_DeleteItemFromObjectCaseSensitive(inputs, in->name);
	cJSON_AddItemToObject(inputs, in->name, value);
	return true;
}

bool scope_choose(cJSON *scope, const struct action *action,
		  const struct chosen_input *chosen, size_t n, int64_t now_ms,
		  struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		bool is_known = false;

		for (size_t k = 0; k < action->n_inputs; k++)
			is_known = is_known || str_eq(chosen[i].name,
						      str_from(action->inputs[k].name));
		if (!is_known)
			return err_set(err, ERR_USAGE, "%s takes no \"%.*s\"",
				       action->name,
				       STR_ARG(str_sub(chosen[i].name, 0, 60)));
		for (size_t k = 0; k < i; k++) {
			if (str_eq(chosen[i].name, chosen[k].name))
				return err_set(err, ERR_USAGE, "%.*s: given twice",
					       STR_ARG(str_sub(chosen[i].name, 0, 60)));
		}
	}
	for (size_t k = 0; k < action->n_inputs; k++) {
		const struct action_input *in = &action->inputs[k];

		if (!choose(scope, in, chosen_of(chosen, n, in->name), now_ms, err))
			return false;
	}
	return true;
}
