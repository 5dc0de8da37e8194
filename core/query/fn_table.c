/* entries(): an object as a list, so that an expression can see its names beside its
 * values. records(): the columns-and-rows tables of cost and log answers as the list of
 * objects they mean, so that a column is found by its name: its place is not
 * promised. A second column of one name is left out, as names are unique. */
#include "query/function.h"

/* The columns that become members: those with a name, and the first of a name. */
struct columns {
	struct str *names;
	size_t *places; /* in a row */
	size_t n;
};

static bool is_new(const struct columns *c, struct str name)
{
	for (size_t i = 0; i < c->n; i++) {
		if (str_eq(c->names[i], name))
			return false;
	}
	return true;
}

static bool take_columns(const struct call *call, const struct query_value *columns,
			 struct columns *c)
{
	struct query_array list;

	if (!eval_items(call->ev, columns, call->node, &list))
		return false;
	*c = (struct columns){0};
	c->names = eval_alloc(call->ev, list.n + 1, sizeof(*c->names), call->node);
	c->places = eval_alloc(call->ev, list.n + 1, sizeof(*c->places), call->node);
	if (!c->names || !c->places)
		return false;
	for (size_t i = 0; i < list.n; i++) {
		struct query_value name = list.items[i];

		if (name.type == QUERY_OBJECT)
			name = query_member(&name, STR("name"));
		if (!eval_spend(call->ev, c->n + 1, call->node))
			return false;
		if (name.type != QUERY_STRING || !is_new(c, name.text))
			continue;
		c->names[c->n] = name.text;
		c->places[c->n++] = i;
	}
	return true;
}

/* One row: a value for every column, null where the row is short. */
static bool record(const struct call *call, const struct query_value *row,
		   const struct columns *c, struct query_value *out)
{
	struct query_object *object =
		eval_alloc(call->ev, 1, sizeof(*object), call->node);
	struct query_value *values =
		eval_alloc(call->ev, c->n + 1, sizeof(*values), call->node);
	struct query_array cells;

	if (!object || !values || !eval_items(call->ev, row, call->node, &cells) ||
	    !eval_spend(call->ev, c->n, call->node))
		return false;
	for (size_t i = 0; i < c->n; i++)
		values[i] =
			c->places[i] < cells.n ? cells.items[c->places[i]] : value_null();
	*object = (struct query_object){.n = c->n, .names = c->names, .values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

FUNCTION(records)
{
	struct query_value columns = query_member(&call->args[0], STR("columns"));
	struct query_value rows = query_member(&call->args[0], STR("rows"));
	size_t mark = eval_mark(call->ev);
	struct query_array list;
	struct columns c;

	if (columns.type != QUERY_ARRAY || rows.type != QUERY_ARRAY)
		return true;
	if (!take_columns(call, &columns, &c) ||
	    !eval_items(call->ev, &rows, call->node, &list))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		struct query_value one;

		if (list.items[i].type != QUERY_ARRAY)
			continue;
		if (!record(call, &list.items[i], &c, &one))
			return false;
		eval_push(call->ev, one);
	}
	return eval_array(call->ev, mark, call->node, out);
}

FUNCTION(entries)
{
	static const struct str names[] = {{.p = "key", .n = 3}, {.p = "value", .n = 5}};
	struct member_iter it = member_iter(&call->args[0]);
	size_t mark = eval_mark(call->ev);
	struct query_value value;
	struct str name;

	while (member_iter_next(&it, &name, &value)) {
		struct query_object *object =
			eval_alloc(call->ev, 1, sizeof(*object), call->node);
		struct query_value *values =
			eval_alloc(call->ev, 2, sizeof(*values), call->node);

		if (!object || !values || !eval_spend(call->ev, 2, call->node))
			return false;
		values[0] = value_text(name);
		values[1] = value;
		*object = (struct query_object){.n = 2, .names = names, .values = values};
		eval_push(call->ev,
			  (struct query_value){.type = QUERY_OBJECT, .node = object});
	}
	return eval_array(call->ev, mark, call->node, out);
}
