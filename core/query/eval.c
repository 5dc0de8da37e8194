/* The evaluator's switch. A value is 24 bytes that borrow from the document, so
 * passing one on costs nothing; only arrays and objects that the expression
 * makes take memory, from the caller's arena. */
#include "query/eval.h"

#include <string.h>

bool eval_spend(struct eval *ev, size_t steps, const struct node *n)
{
	if (steps < QUERY_MAX_STEPS - ev->steps) {
		ev->steps += (unsigned)steps;
		return true;
	}
	return query_fail(ev->qe, QUERY_INVALID_VALUE, n->offset,
			  "this takes more than %u steps on this document",
			  QUERY_MAX_STEPS);
}

void *eval_alloc(struct eval *ev, size_t count, size_t size, const struct node *n)
{
	size_t used = ev->env->arena->bytes - ev->arena_start;

	if (used < QUERY_MAX_BYTES &&
	    (!count || size <= (QUERY_MAX_BYTES - used) / count))
		return arena_alloc(ev->env->arena, count * size);
	query_fail(ev->qe, QUERY_INVALID_VALUE, n->offset,
		   "the result grows past %u MiB on this document",
		   QUERY_MAX_BYTES >> 20);
	return NULL;
}

bool eval_array(struct eval *ev, size_t mark, const struct node *n,
		struct query_value *out)
{
	struct query_array *array = eval_alloc(ev, 1, sizeof(*array), n);
	size_t count = ev->stack.n - mark;
	struct query_value *items;

	if (!array || !(items = eval_alloc(ev, count, sizeof(*items), n)))
		return false;
	if (count)
		memcpy(items, ev->stack.p + mark, count * sizeof(*items));
	ev->stack.n = mark;
	*array = (struct query_array){.n = count, .items = items};
	*out = (struct query_value){.type = QUERY_ARRAY, .node = array};
	return true;
}

bool eval_text(struct eval *ev, struct strbuf *sb, const struct node *n,
	       struct query_value *out)
{
	char *copy = NULL;

	if (sb->overflow)
		query_fail(ev->qe, QUERY_INVALID_VALUE, n->offset,
			   "the text grows past %zu bytes", sb->max);
	else
		copy = eval_alloc(ev, sb->n + 1, 1, n);
	if (copy) {
		memcpy(copy, sb->p, sb->n + 1);
		*out = value_text((struct str){.p = copy, .n = sb->n});
	}
	strbuf_fini(sb);
	return copy != NULL;
}

static void field_of_shape(struct eval *ev, const struct node *n,
			   const struct query_object *o, struct query_value *out)
{
	bool has_hint = n->field.id < EVAL_HINTS;
	size_t i = 0;

	if (has_hint && o->n && ev->hints[n->field.id].names == o->names) {
		i = ev->hints[n->field.id].at;
	} else {
		while (i < o->n && !str_eq(o->names[i], n->field.name))
			i++;
		if (has_hint) {
			ev->hints[n->field.id].names = o->names;
			ev->hints[n->field.id].at = i;
		}
	}
	*out = i < o->n ? o->values[i] : value_null();
}

/* The member at the hinted place, else a search. With a name that occurs twice
 * in one object either place may answer. */
static void field_of_tree(struct eval *ev, const struct node *n, const cJSON *object,
			  struct query_value *out)
{
	bool has_hint = n->field.id < EVAL_HINTS;
	size_t hint = has_hint ? ev->hints[n->field.id].at : 0, i = 0;
	const cJSON *at = object->child;

	while (has_hint && at && i < hint) {
		at = at->next;
		i++;
	}
	if (!at || strcmp(at->string, n->field.name.p) != 0) {
		for (at = object->child, i = 0; at; at = at->next, i++) {
			if (*at->string == *n->field.name.p &&
			    strcmp(at->string, n->field.name.p) == 0)
				break;
		}
		if (has_hint && at) {
			ev->hints[n->field.id].names = NULL;
			ev->hints[n->field.id].at = i;
		}
	}
	*out = query_from_json(at);
}

static void eval_field(struct eval *ev, const struct node *n,
		       const struct query_value *object, struct query_value *out)
{
	if (object->type != QUERY_OBJECT)
		*out = value_null();
	else if (object->is_json)
		field_of_tree(ev, n, object->node, out);
	else
		field_of_shape(ev, n, object->node, out);
}

static void eval_index(const struct query_value *list, int64_t index,
		       struct query_value *out)
{
	*out = value_null();
	if (list->type != QUERY_ARRAY)
		return;
	if (!list->is_json) {
		const struct query_array *array = list->node;

		index += index < 0 ? (int64_t)array->n : 0;
		if (index >= 0 && index < (int64_t)array->n)
			*out = array->items[index];
		return;
	}
	const cJSON *at = ((const cJSON *)list->node)->child;

	if (index < 0)
		index += (int64_t)query_array_size(list);
	if (index < 0)
		return;
	while (at && index-- > 0)
		at = at->next;
	*out = query_from_json(at);
}

static bool eval_compare(struct eval *ev, const struct node *n,
			 const struct query_value *cur, struct query_value *out)
{
	struct query_value a, b;
	bool equal;
	int order;

	if (!eval_node(ev, n->left, cur, &a) || !eval_node(ev, n->right, cur, &b))
		return false;
	if (n->op == TOKEN_EQ || n->op == TOKEN_NE) {
		if (!eval_equal(ev, &a, &b, n, &equal))
			return false;
		*out = value_bool(equal == (n->op == TOKEN_EQ));
		return true;
	}
	*out = value_null();
	if (a.type != b.type || (a.type != QUERY_NUMBER && a.type != QUERY_STRING))
		return true;
	if (a.type == QUERY_STRING && !eval_spend(ev, eval_text_steps(a.text), n))
		return false;
	order = a.type == QUERY_STRING ? str_cmp(a.text, b.text)
				       : (a.number > b.number) - (a.number < b.number);
	*out = value_bool(n->op == TOKEN_LT   ? order < 0
			  : n->op == TOKEN_LE ? order <= 0
			  : n->op == TOKEN_GT ? order > 0
					      : order >= 0);
	return true;
}

static bool eval_list(struct eval *ev, const struct node *n,
		      const struct query_value *cur, struct query_value *out)
{
	struct query_value *items;
	struct query_array *array;

	*out = value_null();
	if (cur->type == QUERY_NULL)
		return true;
	array = eval_alloc(ev, 1, sizeof(*array), n);
	items = array ? eval_alloc(ev, n->list.n, sizeof(*items), n) : NULL;
	if (!items)
		return false;
	for (size_t i = 0; i < n->list.n; i++) {
		if (!eval_node(ev, n->list.items[i], cur, &items[i]))
			return false;
	}
	*array = (struct query_array){.n = n->list.n, .items = items};
	*out = (struct query_value){.type = QUERY_ARRAY, .node = array};
	return true;
}

static bool eval_hash(struct eval *ev, const struct node *n,
		      const struct query_value *cur, struct query_value *out)
{
	struct query_object *object;
	struct query_value *values;

	*out = value_null();
	if (cur->type == QUERY_NULL)
		return true;
	object = eval_alloc(ev, 1, sizeof(*object), n);
	values = object ? eval_alloc(ev, n->list.n, sizeof(*values), n) : NULL;
	if (!values)
		return false;
	for (size_t i = 0; i < n->list.n; i++) {
		if (!eval_node(ev, n->list.items[i], cur, &values[i]))
			return false;
	}
	*object = (struct query_object){.n = n->list.n,
					.names = n->list.names,
					.values = values};
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
	return true;
}

/* What a node works on: its left side, or the current value without one. */
static bool eval_left(struct eval *ev, const struct node *n,
		      const struct query_value *cur, struct query_value *out)
{
	if (n->left)
		return eval_node(ev, n->left, cur, out);
	*out = *cur;
	return true;
}

/* The depth of the tree was bounded when it was made, and so is this recursion. */
bool eval_node(struct eval *ev, const struct node *n, const struct query_value *cur,
	       struct query_value *out)
{
	struct query_value left;

	if (!eval_spend(ev, 1, n))
		return false;
	switch (n->kind) {
	case NODE_CURRENT:
		*out = *cur;
		return true;
	case NODE_LITERAL:
		*out = n->literal;
		return true;
	case NODE_FIELD:
		eval_field(ev, n, cur, out);
		return true;
	case NODE_CHAIN:
		return eval_node(ev, n->left, cur, &left) &&
		       eval_node(ev, n->right, &left, out);
	case NODE_OR:
	case NODE_AND:
		if (!eval_node(ev, n->left, cur, out))
			return false;
		return query_is_true(out) == (n->kind == NODE_OR) ||
		       eval_node(ev, n->right, cur, out);
	case NODE_NOT:
		if (!eval_node(ev, n->left, cur, &left))
			return false;
		*out = value_bool(!query_is_true(&left));
		return true;
	case NODE_COMPARE:
		return eval_compare(ev, n, cur, out);
	case NODE_INDEX:
		if (!eval_left(ev, n, cur, &left))
			return false;
		eval_index(&left, n->index, out);
		return true;
	case NODE_SLICE:
		return eval_left(ev, n, cur, &left) && eval_slice(ev, n, &left, out);
	case NODE_FLATTEN:
	case NODE_PROJECT:
	case NODE_PROJECT_VALUES:
	case NODE_FILTER:
		return eval_left(ev, n, cur, &left) && eval_project(ev, n, &left, out);
	case NODE_LIST:
		return eval_list(ev, n, cur, out);
	case NODE_HASH:
		return eval_hash(ev, n, cur, out);
	case NODE_CALL:
		return eval_call(ev, n, cur, out);
	case NODE_REFERENCE:
		break;
	}
	return query_fail(ev->qe, QUERY_INVALID_TYPE, n->offset,
			  "&expression is only an argument");
}
