/* Functions that arrange a list anew. group_by() puts its items under the text they
 * have in common, in the order in which each text came first; an item without one
 * is left out: what is not known belongs to no group. unfold() puts each item
 * beside each of those it holds, which a projection cannot: it forgets the item. */
#include "query/function.h"

#include "base/map.h"

/* A run through all items: which group each belongs to, and how many share it. */
struct groups {
	struct query_array items;
	size_t *of;    /* by item: its group + 1; 0: none */
	size_t *sizes; /* by group */
	struct str *names;
	size_t n;
};

static bool room_for(const struct call *call, struct groups *g)
{
	size_t n = g->items.n + 1;

	g->of = eval_alloc(call->ev, n, sizeof(*g->of), call->node);
	g->sizes = g->of ? eval_alloc(call->ev, n, sizeof(*g->sizes), call->node) : NULL;
	g->names =
		g->sizes ? eval_alloc(call->ev, n, sizeof(*g->names), call->node) : NULL;
	return g->names != NULL;
}

static void enter(struct groups *g, struct map *seen, size_t item, struct str name)
{
	size_t *group = map_find(seen, name);

	if (!group) {
		group = &g->of[item];
		*group = ++g->n;
		map_put(seen, name, group);
		g->names[g->n - 1] = name;
		g->sizes[g->n - 1] = 0;
	}
	g->of[item] = *group;
	g->sizes[*group - 1]++;
}

static bool sort_out(const struct call *call, struct groups *g, struct map *seen)
{
	const struct node *by = call->node->list.items[1]->left;

	for (size_t i = 0; i < g->items.n; i++) {
		struct query_value name;

		g->of[i] = 0;
		if (!eval_node(call->ev, by, &g->items.items[i], &name))
			return false;
		if (name.type == QUERY_NULL)
			continue;
		if (name.type != QUERY_STRING)
			return function_fail_type(call, "strings to group by", &name);
		if (!eval_spend(call->ev, 1 + eval_text_steps(name.text), call->node))
			return false;
		enter(g, seen, i, name.text);
	}
	return true;
}

/* Each group's items in one piece of memory, in their order. */
static bool gather(const struct call *call, const struct groups *g,
		   struct query_value *out)
{
	struct query_object *object =
		eval_alloc(call->ev, 1, sizeof(*object), call->node);
	struct query_array *lists =
		eval_alloc(call->ev, g->n + 1, sizeof(*lists), call->node);
	struct query_value *values =
		eval_alloc(call->ev, g->n + 1, sizeof(*values), call->node);
	struct query_value *all =
		eval_alloc(call->ev, g->items.n + 1, sizeof(*all), call->node);
	size_t at = 0;

	if (!object || !lists || !values || !all)
		return false;
	for (size_t i = 0; i < g->n; i++) {
		lists[i] = (struct query_array){.items = all + at};
		values[i] = (struct query_value){.type = QUERY_ARRAY, .node = &lists[i]};
		at += g->sizes[i];
	}
	for (size_t i = 0; i < g->items.n; i++) {
		struct query_array *list = g->of[i] ? &lists[g->of[i] - 1] : NULL;

		if (list)
			all[list->items - all + (ptrdiff_t)list->n++] = g->items.items[i];
	}
	*object = (struct query_object){.n = g->n, .names = g->names, .values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

FUNCTION(group_by)
{
	struct groups g = {0};
	struct map seen;
	bool ok;

	if (!eval_items(call->ev, &call->args[0], call->node, &g.items) ||
	    !room_for(call, &g))
		return false;
	map_init(&seen);
	ok = sort_out(call, &g, &seen);
	map_fini(&seen);
	return ok && gather(call, &g, out);
}

/* An item beside one of those it holds. */
static bool pair(const struct call *call, const struct str *names,
		 const struct query_value *parent, const struct query_value *child)
{
	struct query_object *object =
		eval_alloc(call->ev, 1, sizeof(*object), call->node);
	struct query_value *values =
		object ? eval_alloc(call->ev, 2, sizeof(*values), call->node) : NULL;

	if (!values || !eval_spend(call->ev, 1, call->node))
		return false;
	values[0] = *parent;
	values[1] = *child;
	*object = (struct query_object){.n = 2, .names = names, .values = values};
	eval_push(call->ev, (struct query_value){.type = QUERY_OBJECT, .node = object});
	return true;
}

FUNCTION(unfold)
{
	static const struct str names[] = {{.p = "parent", .n = 6},
					   {.p = "child", .n = 5}};
	struct query_iter it = query_iter(&call->args[0]);
	size_t mark = eval_mark(call->ev);
	struct query_value parent, list, child;

	while (query_iter_next(&it, &parent)) {
		struct query_iter children;

		if (!eval_node(call->ev, call->node->list.items[1]->left, &parent, &list))
			return false;
		if (list.type == QUERY_NULL)
			continue;
		if (list.type != QUERY_ARRAY)
			return function_fail_type(call, "lists to unfold", &list);
		children = query_iter(&list);
		while (query_iter_next(&children, &child)) {
			if (!pair(call, names, &parent, &child))
				return false;
		}
	}
	return eval_array(call->ev, mark, call->node, out);
}
