/* What yields a list out of a list: projections, filters, flattening, slices.
 * Null results are left out of a projection; a left side of the wrong type makes
 * the whole of it null. */
#include "query/eval.h"

/* One item through the filter and the right side, onto the stack. */
static bool project_one(struct eval *ev, const struct node *n,
			const struct query_value *item)
{
	struct query_value v;

	if (n->kind == NODE_FILTER) {
		if (!eval_node(ev, n->cond, item, &v))
			return false;
		if (!query_is_true(&v))
			return true;
	}
	if (!n->right) {
		if (!eval_spend(ev, 1, n))
			return false;
		v = *item;
	} else if (!eval_node(ev, n->right, item, &v)) {
		return false;
	}
	if (v.type != QUERY_NULL)
		eval_push(ev, v);
	return true;
}

static bool project_values(struct eval *ev, const struct node *n,
			   const struct query_value *object, struct query_value *out)
{
	struct member_iter it = member_iter(object);
	size_t mark = eval_mark(ev);
	struct query_value value;
	struct str name;

	while (member_iter_next(&it, &name, &value)) {
		if (!project_one(ev, n, &value))
			return false;
	}
	return eval_array(ev, mark, n, out);
}

static bool flatten(struct eval *ev, const struct query_value *list, const struct node *n,
		    struct query_value *out)
{
	struct query_iter outer = query_iter(list);
	struct query_value item, nested;
	size_t mark = eval_mark(ev);

	while (query_iter_next(&outer, &item)) {
		struct query_iter inner = query_iter(&item);

		if (!eval_spend(ev, 1, n))
			return false;
		if (item.type != QUERY_ARRAY)
			eval_push(ev, item);
		while (query_iter_next(&inner, &nested)) {
			if (!eval_spend(ev, 1, n))
				return false;
			eval_push(ev, nested);
		}
	}
	return eval_array(ev, mark, n, out);
}

bool eval_project(struct eval *ev, const struct node *n, const struct query_value *left,
		  struct query_value *out)
{
	enum query_type want =
		n->kind == NODE_PROJECT_VALUES ? QUERY_OBJECT : QUERY_ARRAY;
	struct query_iter it = query_iter(left);
	size_t mark = eval_mark(ev);
	struct query_value item;

	*out = value_null();
	if (left->type != want)
		return true;
	if (n->kind == NODE_FLATTEN)
		return flatten(ev, left, n, out);
	if (n->kind == NODE_PROJECT_VALUES)
		return project_values(ev, n, left, out);
	if (!left->is_json)
		vec_reserve(&ev->stack, mark + query_array_size(left));
	while (query_iter_next(&it, &item)) {
		if (!project_one(ev, n, &item))
			return false;
	}
	return eval_array(ev, mark, n, out);
}

bool eval_items(struct eval *ev, const struct query_value *array, const struct node *n,
		struct query_array *out)
{
	struct query_iter it = query_iter(array);
	struct query_value *items;
	size_t count;

	if (!array->is_json) {
		*out = *(const struct query_array *)array->node;
		return true;
	}
	count = query_array_size(array);
	items = eval_alloc(ev, count, sizeof(*items), n);
	if (!items || !eval_spend(ev, count, n))
		return false;
	*out = (struct query_array){.n = count, .items = items};
	while (query_iter_next(&it, items))
		items++;
	return true;
}

/* A position that may count from the end, kept within [low, high]. */
static int64_t clip(int64_t at, int64_t n, int64_t low, int64_t high)
{
	if (at < 0)
		at += n;
	return at < low ? low : at > high ? high : at;
}

bool eval_slice(struct eval *ev, const struct node *n, const struct query_value *list,
		struct query_value *out)
{
	int64_t step = n->slice.step, start = n->slice.start, stop = n->slice.stop;
	struct query_array items;
	size_t mark = eval_mark(ev);
	int64_t low, high;

	*out = value_null();
	if (list->type != QUERY_ARRAY)
		return true;
	if (!eval_items(ev, list, n, &items) || !eval_spend(ev, items.n, n))
		return false;
	low = step > 0 ? 0 : -1;
	high = (int64_t)items.n + low;
	if (start == SLICE_NONE)
		start = step > 0 ? low : high;
	else
		start = clip(start, (int64_t)items.n, low, high);
	if (stop == SLICE_NONE)
		stop = step > 0 ? high : low;
	else
		stop = clip(stop, (int64_t)items.n, low, high);
	for (int64_t i = start; step > 0 ? i < stop : i > stop; i += step)
		eval_push(ev, items.items[i]);
	return eval_array(ev, mark, n, out);
}
