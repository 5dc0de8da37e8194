/* Functions that order: sort, min, max and their _by forms. Keys are all numbers
 * or all strings; strings compare by code point. Sorting is stable. */
#include <string.h>

#include "query/function.h"

struct keyed {
	struct query_value key, item;
};

static int compare(const struct query_value *a, const struct query_value *b)
{
	if (a->type == QUERY_STRING)
		return str_cmp(a->text, b->text);
	return (a->number > b->number) - (a->number < b->number);
}

/* Merges the halves of p through `spare`. */
static void merge(struct keyed *p, size_t n, struct keyed *spare)
{
	size_t half = n / 2, a = 0, b = half, at = 0;

	memcpy(spare, p, half * sizeof(*p));
	while (a < half && b < n) {
		if (compare(&spare[a].key, &p[b].key) <= 0)
			p[at++] = spare[a++];
		else
			p[at++] = p[b++];
	}
	memcpy(p + at, spare + a, (half - a) * sizeof(*p));
}

/* Recurses log2(n) deep. */
static void merge_sort(struct keyed *p, size_t n, struct keyed *spare)
{
	if (n < 2)
		return;
	merge_sort(p, n / 2, spare);
	merge_sort(p + n / 2, n - n / 2, spare);
	if (compare(&p[n / 2 - 1].key, &p[n / 2].key) > 0)
		merge(p, n, spare);
}

/* The items with their keys: the items themselves without a reference. */
static bool take_keys(const struct call *call, const struct node *reference,
		      struct keyed **keyed, size_t *n)
{
	struct query_iter it = query_iter(&call->args[0]);
	struct query_value item;
	struct keyed *k;

	*n = query_array_size(&call->args[0]);
	*keyed = k = eval_alloc(call->ev, *n, sizeof(*k), call->node);
	if (!k || !eval_spend(call->ev, *n * 20, call->node))
		return false;
	while (query_iter_next(&it, &item)) {
		k->item = k->key = item;
		if (reference && !eval_node(call->ev, reference->left, &item, &k->key))
			return false;
		if (k->key.type != QUERY_NUMBER && k->key.type != QUERY_STRING)
			return function_fail_type(call, "numbers or strings to compare",
						  &k->key);
		if (k->key.type != (*keyed)->key.type)
			return function_fail_type(call,
						  "all numbers or all strings to compare",
						  &k->key);
		if (k->key.type == QUERY_STRING &&
		    !eval_spend(call->ev, eval_text_steps(k->key.text) * 20, call->node))
			return false;
		k++;
	}
	return true;
}

static bool sort(const struct call *call, const struct node *reference,
		 struct query_value *out)
{
	size_t mark = eval_mark(call->ev), n;
	struct keyed *keyed, *spare;

	if (!take_keys(call, reference, &keyed, &n))
		return false;
	spare = eval_alloc(call->ev, n / 2, sizeof(*spare), call->node);
	if (!spare)
		return false;
	merge_sort(keyed, n, spare);
	for (size_t i = 0; i < n; i++)
		eval_push(call->ev, keyed[i].item);
	return eval_array(call->ev, mark, call->node, out);
}

/* The first of the best. direction: 1 for the largest. */
static bool best(const struct call *call, const struct node *reference, int direction,
		 struct query_value *out)
{
	struct keyed *keyed;
	size_t n, top = 0;

	if (!take_keys(call, reference, &keyed, &n))
		return false;
	for (size_t i = 1; i < n; i++) {
		if (compare(&keyed[i].key, &keyed[top].key) * direction > 0)
			top = i;
	}
	if (n)
		*out = keyed[top].item;
	return true;
}

FUNCTION(sort)
{
	return sort(call, NULL, out);
}

FUNCTION(sort_by)
{
	return sort(call, call->node->list.items[1], out);
}

FUNCTION(max)
{
	return best(call, NULL, 1, out);
}

FUNCTION(max_by)
{
	return best(call, call->node->list.items[1], 1, out);
}

FUNCTION(min)
{
	return best(call, NULL, -1, out);
}

FUNCTION(min_by)
{
	return best(call, call->node->list.items[1], -1, out);
}
