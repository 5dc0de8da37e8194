/* Functions that order: sort, min, max and their _by forms. Keys are all numbers
 * or all strings; strings compare by code point. Sorting is stable. */
#include <string.h>

#include "query/function.h"

/* How often an item is compared in a long list. */
enum { MOST_COMPARED = 20 };

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

/* What an item is compared by: itself without a reference. `first` is the key of
 * the first item, or NULL. */
static bool key_of(const struct call *call, const struct node *reference,
		   const struct query_value *item, const struct query_value *first,
		   struct query_value *key)
{
	*key = *item;
	if (reference && !eval_node(call->ev, reference->left, item, key))
		return false;
	if (key->type != QUERY_NUMBER && key->type != QUERY_STRING)
		return function_fail_type(call, "numbers or strings to compare", key);
	if (first && key->type != first->type)
		return function_fail_type(call, "all numbers or all strings to compare",
					  key);
	return eval_spend(call->ev,
			  1 + (key->type == QUERY_STRING ? eval_text_steps(key->text)
							 : 0),
			  call->node);
}

/* The items with their keys, charged for being compared. */
static bool take_keys(const struct call *call, const struct node *reference,
		      struct keyed **keyed, size_t *n)
{
	struct query_iter it = query_iter(&call->args[0]);
	size_t work = *n = query_array_size(&call->args[0]);
	struct query_value item;
	struct keyed *k;

	*keyed = k = eval_alloc(call->ev, *n, sizeof(*k), call->node);
	if (!k)
		return false;
	while (query_iter_next(&it, &item)) {
		k->item = item;
		if (!key_of(call, reference, &item, k == *keyed ? NULL : &(*keyed)->key,
			    &k->key))
			return false;
		if (k->key.type == QUERY_STRING)
			work += eval_text_steps(k->key.text);
		k++;
	}
	return eval_spend(call->ev, work * MOST_COMPARED, call->node);
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
	struct query_iter it = query_iter(&call->args[0]);
	struct query_value item, key, top;
	bool is_first = true;

	while (query_iter_next(&it, &item)) {
		if (!key_of(call, reference, &item, is_first ? NULL : &top, &key))
			return false;
		if (is_first || compare(&key, &top) * direction > 0) {
			top = key;
			*out = item;
		}
		is_first = false;
	}
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
