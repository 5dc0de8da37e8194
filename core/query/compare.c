/* Equality as JSON knows it. The work is counted, because a result that repeats
 * one part often is small in memory and vast to compare. */
#include "query/eval.h"

struct comparison {
	unsigned left; /* values still allowed */
};

static bool equal(struct comparison *c, const struct query_value *a,
		  const struct query_value *b);

static void charge(struct comparison *c, size_t steps)
{
	c->left = c->left > steps ? c->left - (unsigned)steps : 0;
}

static bool equal_arrays(struct comparison *c, const struct query_value *a,
			 const struct query_value *b)
{
	struct query_iter ia = query_iter(a), ib = query_iter(b);
	struct query_value va, vb;

	while (query_iter_next(&ia, &va)) {
		if (!query_iter_next(&ib, &vb) || !equal(c, &va, &vb))
			return false;
	}
	return !query_iter_next(&ib, &vb);
}

static bool equal_objects(struct comparison *c, const struct query_value *a,
			  const struct query_value *b)
{
	struct member_iter it = member_iter(a);
	size_t size = query_array_size(a);
	struct query_value va, vb;
	struct str name;

	if (size != query_array_size(b))
		return false;
	while (member_iter_next(&it, &name, &va)) {
		charge(c, size); /* the search */
		if (!value_find(b, name, &vb) || !equal(c, &va, &vb))
			return false;
	}
	return true;
}

static bool equal(struct comparison *c, const struct query_value *a,
		  const struct query_value *b)
{
	if (c->left == 0 || a->type != b->type)
		return false;
	c->left--;
	switch (a->type) {
	case QUERY_NULL:
		return true;
	case QUERY_BOOL:
		return a->boolean == b->boolean;
	case QUERY_NUMBER:
		return a->number == b->number;
	case QUERY_STRING:
		charge(c, a->text.n == b->text.n ? eval_text_steps(a->text) : 0);
		return str_eq(a->text, b->text);
	case QUERY_ARRAY:
		return equal_arrays(c, a, b);
	case QUERY_OBJECT:
		return equal_objects(c, a, b);
	}
	return false;
}

bool query_equal(const struct query_value *a, const struct query_value *b)
{
	struct comparison c = {.left = QUERY_MAX_STEPS};

	return equal(&c, a, b);
}

bool eval_equal(struct eval *ev, const struct query_value *a, const struct query_value *b,
		const struct node *n, bool *is_equal)
{
	struct comparison c = {.left = QUERY_MAX_STEPS - ev->steps};
	unsigned before = c.left;

	*is_equal = equal(&c, a, b);
	return eval_spend(ev, before - c.left, n);
}
