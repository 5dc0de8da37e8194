/* The table of function.h, and the call. */
#include "query/function.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"

/* clang-format off */
#define NUM TAKES_NUMBER
#define TXT TAKES_STRING
#define ARR TAKES_ARRAY
#define OBJ TAKES_OBJECT
#define ANY TAKES_ANY
#define REF TAKES_REFERENCE
#define STD(id, least, most, ...) \
	{ .name = #id, .min = (least), .max = (most), .takes = {__VA_ARGS__}, \
	  .run = function_##id }
#define OWN(id, least, most, ...) \
	{ .name = #id, .min = (least), .max = (most), .takes = {__VA_ARGS__}, \
	  .null_is_null = true, .run = function_##id }

/* Sorted by name. */
const struct function functions[] = {
	STD(abs, 1, 1, NUM),
	OWN(add, 2, FUNCTION_MANY, NUM, NUM, NUM),
	OWN(age, 1, 1, NUM | TXT),
	STD(avg, 1, 1, ARR),
	STD(ceil, 1, 1, NUM),
	{ .name = "coalesce", .min = 1, .max = FUNCTION_MANY, .is_lazy = true,
	  .run = function_not_null },
	STD(contains, 2, 2, ARR | TXT, ANY),
	OWN(days_until, 1, 1, NUM | TXT),
	OWN(div, 2, 2, NUM, NUM),
	OWN(duration, 1, 1, TXT),
	STD(ends_with, 2, 2, TXT, TXT),
	OWN(entries, 1, 1, OBJ),
	STD(floor, 1, 1, NUM),
	OWN(from_items, 1, 1, ARR),
	OWN(group_by, 2, 2, ARR, REF),
	OWN(iso, 1, 1, NUM | TXT),
	OWN(items, 1, 1, OBJ),
	STD(join, 2, 2, TXT, ARR),
	STD(keys, 1, 1, OBJ),
	OWN(leaf, 1, 1, TXT),
	STD(length, 1, 1, TXT | ARR | OBJ),
	OWN(lookup, 2, 3, TXT | ARR, TXT | NUM, TXT | NUM | TAKES_BOOL),
	OWN(lower, 1, 1, TXT),
	STD(map, 2, 2, REF, ARR),
	{ .name = "match", .min = 2, .max = 2, .takes = {TXT, TXT}, .null_is_null = true,
	  .compiles_pattern = true, .run = function_match },
	STD(max, 1, 1, ARR),
	STD(max_by, 2, 2, ARR, REF),
	STD(merge, 0, FUNCTION_MANY, OBJ, OBJ, OBJ),
	STD(min, 1, 1, ARR),
	STD(min_by, 2, 2, ARR, REF),
	OWN(mod, 2, 2, NUM, NUM),
	OWN(mul, 2, FUNCTION_MANY, NUM, NUM, NUM),
	{ .name = "not_null", .min = 1, .max = FUNCTION_MANY, .is_lazy = true,
	  .run = function_not_null },
	STD(now, 0, 0, 0),
	OWN(plain, 1, 1, TXT),
	OWN(quantity, 1, 1, NUM | TXT),
	OWN(records, 1, 1, OBJ),
	OWN(replace, 3, 3, TXT, TXT, TXT),
	STD(reverse, 1, 1, TXT | ARR),
	OWN(rg, 1, 1, TXT),
	OWN(round, 1, 2, NUM, NUM),
	OWN(segment, 2, 2, TXT, TXT),
	STD(sort, 1, 1, ARR),
	STD(sort_by, 2, 2, ARR, REF),
	OWN(split, 2, 2, TXT, TXT),
	STD(starts_with, 2, 2, TXT, TXT),
	OWN(sub, 2, 2, NUM, NUM),
	STD(sum, 1, 1, ARR),
	OWN(time, 1, 1, NUM | TXT),
	STD(to_array, 1, 1, ANY),
	STD(to_number, 1, 1, ANY),
	STD(to_string, 1, 1, ANY),
	OWN(trim, 1, 1, TXT),
	STD(type, 1, 1, ANY),
	OWN(unfold, 2, 2, ARR, REF),
	OWN(upper, 1, 1, TXT),
	STD(values, 1, 1, OBJ),
	{ .name = "when", .min = 2, .max = 3, .is_lazy = true, .run = function_when },
	{ .name = NULL },
};
/* clang-format on */

static int by_name(const void *key, const void *row)
{
	const struct function *fn = row;

	return str_cmp(*(const struct str *)key, str_from(fn->name));
}

const struct function *function_find(struct str name)
{
	size_t n = COUNT(functions) - 1;

	return bsearch(&name, functions, n, sizeof(*functions), by_name);
}

bool function_fail_arity(const struct function *fn, const struct node *n,
			 struct query_error *qe)
{
	const char *plural = fn->min == 1 ? "" : "s";

	if (fn->max == FUNCTION_MANY && n->list.n >= fn->min)
		return query_fail(qe, QUERY_INVALID_ARITY, n->offset,
				  "%s() takes at most %d arguments", fn->name,
				  FUNCTION_MAX_ARGS);
	if (fn->max == FUNCTION_MANY)
		return query_fail(qe, QUERY_INVALID_ARITY, n->offset,
				  "%s() takes at least %d argument%s, not %zu", fn->name,
				  fn->min, plural, n->list.n);
	if (fn->max != fn->min)
		return query_fail(qe, QUERY_INVALID_ARITY, n->offset,
				  "%s() takes %d or %d arguments, not %zu", fn->name,
				  fn->min, fn->max, n->list.n);
	return query_fail(qe, QUERY_INVALID_ARITY, n->offset,
			  "%s() takes %d argument%s, not %zu", fn->name, fn->min, plural,
			  n->list.n);
}

bool function_fail_type(const struct call *call, const char *wanted,
			const struct query_value *got)
{
	return query_fail(call->ev->qe, QUERY_INVALID_TYPE, call->node->offset,
			  "%s() takes %s, not %s", call->node->list.fn->name, wanted,
			  got ? query_type_name(got->type) : "&expression");
}

void function_text(struct strbuf *sb)
{
	strbuf_init(sb, QUERY_MAX_BYTES / 4);
}

/* "number or string", from a set of types. */
static void name_types(unsigned takes, char *out, size_t size)
{
	size_t used = 0;

	if (takes & TAKES_REFERENCE) {
		snprintf(out, size, "&expression");
		return;
	}
	out[0] = '\0';
	for (int type = 0; type <= QUERY_OBJECT && used < size; type++) {
		if (takes & (1u << type))
			used += (size_t)snprintf(out + used, size - used, "%s%s",
						 used ? " or " : "",
						 query_type_name((enum query_type)type));
	}
}

static bool check_argument(const struct call *call, size_t i)
{
	const struct function *fn = call->node->list.fn;
	unsigned takes = fn->takes[i < 3 ? i : 2];
	bool is_reference = call->node->list.items[i]->kind == NODE_REFERENCE;
	unsigned is = is_reference ? TAKES_REFERENCE : 1u << call->args[i].type;
	char wanted[80];

	if ((takes & is) && call->args[i].type == QUERY_STRING)
		return eval_spend(call->ev, eval_text_steps(call->args[i].text),
				  call->node);
	if (takes & is)
		return true;
	name_types(takes, wanted, sizeof(wanted));
	return query_fail(call->ev->qe, QUERY_INVALID_TYPE,
			  call->node->list.items[i]->offset,
			  "%s() takes %s as argument %zu, not %s", fn->name, wanted,
			  i + 1,
			  is_reference ? "&expression"
				       : query_type_name(call->args[i].type));
}

bool eval_call(struct eval *ev, const struct node *n, const struct query_value *cur,
	       struct query_value *out)
{
	const struct function *fn = n->list.fn;
	struct query_value args[FUNCTION_MAX_ARGS];
	struct call call = {.ev = ev, .node = n, .cur = cur, .args = args};

	call.n = n->list.n;
	*out = value_null();
	if (fn->is_lazy)
		return fn->run(&call, out);
	for (size_t i = 0; i < call.n; i++) {
		const struct node *arg = n->list.items[i];

		args[i] = value_null();
		if (arg->kind != NODE_REFERENCE && !eval_node(ev, arg, cur, &args[i]))
			return false;
	}
	for (size_t i = 0; fn->null_is_null && i < call.n; i++) {
		if (args[i].type == QUERY_NULL &&
		    n->list.items[i]->kind != NODE_REFERENCE)
			return true;
	}
	for (size_t i = 0; i < call.n; i++) {
		if (!check_argument(&call, i))
			return false;
	}
	return fn->run(&call, out);
}
