/* records(): the columns-and-rows tables of cost and log answers as the list of
 * objects they mean, so that a column is found by its name: its place is not
 * promised. */
#include "query/function.h"

/* Names of the columns; false past the caps. */
static bool column_names(const struct call *call, const struct query_value *columns,
			 struct str **names, size_t *n)
{
	struct query_array list;

	if (!eval_items(call->ev, columns, call->node, &list))
		return false;
	*n = list.n;
	*names = eval_alloc(call->ev, list.n + 1, sizeof(**names), call->node);
	if (!*names)
		return false;
	for (size_t i = 0; i < list.n; i++) {
		struct query_value name = list.items[i];

		if (name.type == QUERY_OBJECT)
			name = query_member(&name, STR("name"));
		(*names)[i] = name.type == QUERY_STRING ? name.text : STR("");
	}
	return true;
}

/* One row: a value for every column, null where the row is short. */
static bool record(const struct call *call, const struct query_value *row,
		   const struct str *names, size_t n, struct query_value *out)
{
	struct query_object *object =
		eval_alloc(call->ev, 1, sizeof(*object), call->node);
	struct query_value *values =
		eval_alloc(call->ev, n + 1, sizeof(*values), call->node);
	struct query_array cells;

	if (!object || !values || !eval_items(call->ev, row, call->node, &cells))
		return false;
	for (size_t i = 0; i < n; i++)
		values[i] = i < cells.n ? cells.items[i] : value_null();
	*object = (struct query_object){.n = n, .names = names, .values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

FUNCTION(records)
{
	struct query_value columns = query_member(&call->args[0], STR("columns"));
	struct query_value rows = query_member(&call->args[0], STR("rows"));
	size_t mark = eval_mark(call->ev), n;
	struct query_array list;
	struct str *names;

	if (columns.type != QUERY_ARRAY || rows.type != QUERY_ARRAY)
		return true;
	if (!column_names(call, &columns, &names, &n) ||
	    !eval_items(call->ev, &rows, call->node, &list))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		struct query_value one;

		if (list.items[i].type != QUERY_ARRAY)
			continue;
		if (!record(call, &list.items[i], names, n, &one))
			return false;
		eval_push(call->ev, one);
	}
	return eval_array(call->ev, mark, call->node, out);
}
