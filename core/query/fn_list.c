/* Functions of arrays and objects that do not order anything. */
#include <string.h>

#include "query/function.h"

FUNCTION(length)
{
	const struct query_value *v = &call->args[0];

	*out = value_number(v->type == QUERY_STRING
				    ? (double)function_text_length(v->text)
				    : (double)query_array_size(v));
	return true;
}

FUNCTION(type)
{
	*out = value_text(str_from(query_type_name(call->args[0].type)));
	return true;
}

FUNCTION(to_array)
{
	size_t mark = eval_mark(call->ev);

	*out = call->args[0];
	if (out->type == QUERY_ARRAY)
		return true;
	eval_push(call->ev, call->args[0]);
	return eval_array(call->ev, mark, call->node, out);
}

FUNCTION(contains)
{
	struct query_iter it = query_iter(&call->args[0]);
	const struct query_value *wanted = &call->args[1];
	struct query_value item;
	bool found = false;

	if (call->args[0].type == QUERY_STRING)
		found = wanted->type == QUERY_STRING &&
			str_find(call->args[0].text, wanted->text) >= 0;
	while (!found && query_iter_next(&it, &item)) {
		if (!eval_equal(call->ev, &item, wanted, call->node, &found))
			return false;
	}
	*out = value_bool(found);
	return true;
}

static bool members(const struct call *call, bool want_names, struct query_value *out)
{
	struct member_iter it = member_iter(&call->args[0]);
	size_t mark = eval_mark(call->ev);
	struct query_value value;
	struct str name;

	while (member_iter_next(&it, &name, &value))
		eval_push(call->ev, want_names ? value_text(name) : value);
	return eval_spend(call->ev, eval_mark(call->ev) - mark, call->node) &&
	       eval_array(call->ev, mark, call->node, out);
}

FUNCTION(keys)
{
	return members(call, true, out);
}

FUNCTION(values)
{
	return members(call, false, out);
}

/* Each member as a list of its name and its value. */
FUNCTION(items)
{
	struct member_iter it = member_iter(&call->args[0]);
	size_t mark = eval_mark(call->ev);
	struct query_value value, pair;
	struct str name;

	while (member_iter_next(&it, &name, &value)) {
		size_t inner = eval_mark(call->ev);

		eval_push(call->ev, value_text(name));
		eval_push(call->ev, value);
		if (!eval_array(call->ev, inner, call->node, &pair) ||
		    !eval_spend(call->ev, 1, call->node))
			return false;
		eval_push(call->ev, pair);
	}
	return eval_array(call->ev, mark, call->node, out);
}

/* Later values win in the place of the earlier ones. */
static bool merge_one(const struct call *call, const struct query_value *from,
		      struct str *names, struct query_value *values, size_t *n)
{
	struct member_iter it = member_iter(from);
	struct query_value value;
	struct str name;

	while (member_iter_next(&it, &name, &value)) {
		size_t i = 0;

		while (i < *n && !str_eq(names[i], name))
			i++;
		if (!eval_spend(call->ev, i + 1, call->node))
			return false;
		*n += i == *n;
		names[i] = name;
		values[i] = value;
	}
	return true;
}

FUNCTION(merge)
{
	struct query_object *object;
	struct query_value *values;
	struct str *names;
	size_t most = 0, n = 0;

	for (size_t i = 0; i < call->n; i++)
		most += query_array_size(&call->args[i]);
	object = eval_alloc(call->ev, 1, sizeof(*object), call->node);
	values = object ? eval_alloc(call->ev, most, sizeof(*values), call->node) : NULL;
	names = values ? eval_alloc(call->ev, most, sizeof(*names), call->node) : NULL;
	if (!names)
		return false;
	for (size_t i = 0; i < call->n; i++) {
		if (!merge_one(call, &call->args[i], names, values, &n))
			return false;
	}
	*object = (struct query_object){.n = n, .names = names, .values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

/* The other way round than items(): of pairs that are none nothing comes, and the last
 * of one name wins. */
FUNCTION(from_items)
{
	size_t n = 0, most = query_array_size(&call->args[0]);
	struct query_object *object =
		eval_alloc(call->ev, 1, sizeof(*object), call->node);
	struct query_value *values, pair;
	struct query_iter it = query_iter(&call->args[0]);
	struct str *names;

	values = object ? eval_alloc(call->ev, most, sizeof(*values), call->node) : NULL;
	names = values ? eval_alloc(call->ev, most, sizeof(*names), call->node) : NULL;
	if (!names)
		return false;
	while (query_iter_next(&it, &pair)) {
		struct query_iter parts = query_iter(&pair);
		struct query_value name, value;
		size_t i = 0;

		if (pair.type != QUERY_ARRAY || !query_iter_next(&parts, &name) ||
		    name.type != QUERY_STRING || !query_iter_next(&parts, &value))
			continue;
		while (i < n && !str_eq(names[i], name.text))
			i++;
		names[i] = name.text;
		values[i] = value;
		n += i == n;
		if (!eval_spend(call->ev, n, call->node))
			return false;
	}
	*object = (struct query_object){.n = n, .names = names, .values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

FUNCTION(reverse)
{
	struct query_array items;
	size_t mark = eval_mark(call->ev);

	if (call->args[0].type == QUERY_STRING)
		return function_text_reverse(call, out);
	if (!eval_items(call->ev, &call->args[0], call->node, &items))
		return false;
	for (size_t i = items.n; i > 0; i--)
		eval_push(call->ev, items.items[i - 1]);
	return eval_spend(call->ev, items.n, call->node) &&
	       eval_array(call->ev, mark, call->node, out);
}

/* Nulls stay, unlike in a projection. */
FUNCTION(map)
{
	struct query_iter it = query_iter(&call->args[1]);
	size_t mark = eval_mark(call->ev);
	struct query_value item, v;

	while (query_iter_next(&it, &item)) {
		if (!eval_node(call->ev, call->node->list.items[0]->left, &item, &v))
			return false;
		eval_push(call->ev, v);
	}
	return eval_array(call->ev, mark, call->node, out);
}

static bool eval_argument(const struct call *call, size_t i, struct query_value *out)
{
	if (call->node->list.items[i]->kind == NODE_REFERENCE)
		return function_fail_type(call, "values", NULL);
	return eval_node(call->ev, call->node->list.items[i], call->cur, out);
}

/* Also coalesce(). What comes after the first value is not evaluated. */
FUNCTION(not_null)
{
	for (size_t i = 0; i < call->n && out->type == QUERY_NULL; i++) {
		if (!eval_argument(call, i, out))
			return false;
	}
	return true;
}

FUNCTION(when)
{
	struct query_value cond;

	if (!eval_argument(call, 0, &cond))
		return false;
	if (query_is_true(&cond))
		return eval_argument(call, 1, out);
	return call->n < 3 || eval_argument(call, 2, out);
}

/* lookup('table', key) asks whoever evaluates; lookup(list, 'field', value)
 * takes the first item whose field is the value. */
FUNCTION(lookup)
{
	const struct query_env *env = call->ev->env;
	struct query_iter it = query_iter(&call->args[0]);
	struct query_value item, field;
	bool found = false;

	if (call->n == 2) {
		if (call->args[0].type != QUERY_STRING)
			return function_fail_type(call, "the name of a table",
						  &call->args[0]);
		if (call->args[1].type != QUERY_STRING)
			return function_fail_type(call, "a key of text", &call->args[1]);
		if (env->lookup && !env->lookup(env->lookup_ctx, call->args[0].text,
						call->args[1].text, out))
			*out = value_null();
		return true;
	}
	if (call->args[0].type != QUERY_ARRAY || call->args[1].type != QUERY_STRING)
		return function_fail_type(call, "(list, 'field', value)", &call->args[0]);
	while (!found && query_iter_next(&it, &item)) {
		field = query_member(&item, call->args[1].text);
		if (!eval_equal(call->ev, &field, &call->args[2], call->node, &found))
			return false;
		if (found)
			*out = item;
	}
	return eval_spend(call->ev, it.index, call->node);
}
