/* Expressions over one row, and the functions they may call. Thread: any (no state).
 * What is missing is null, and a comparison with null is false, not an error. */
#include "base/count.h"
#include "base/timefmt.h"
#include "sim/kql/kql_tree.h"

static struct kql_value column(const cJSON *row, const struct kql_expr *expr)
{
	const cJSON *at = row;

	for (size_t i = 0; at && i < expr->n_steps; i++) {
		const struct kql_step *step = &expr->steps[i];
		const cJSON *child = NULL, *found = NULL;

		if (!step->name.n) {
			at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, step->index)
					       : NULL;
			continue;
		}
		/* Names in a row's objects compare exactly. */
		if (cJSON_IsObject(at))
			cJSON_ArrayForEach (child, at)
				if (str_eq(str_from(child->string), step->name))
					found = child;
		at = found;
	}
	return kql_of_json(at);
}

static struct kql_value boolean(bool b)
{
	return (struct kql_value){.type = KQL_BOOL, .boolean = b};
}

static struct kql_value eval_in(struct kql_eval *e, const struct kql_expr *expr)
{
	struct kql_value left = kql_eval(e, expr->args[0]);
	bool is_in = false;

	for (size_t i = 1; i < expr->n_args; i++)
		is_in |= kql_compare(expr->op, left, kql_eval(e, expr->args[i]));
	return boolean(is_in != expr->is_not);
}

static struct kql_value eval_all(struct kql_eval *e, const struct kql_expr *expr)
{
	bool is_and = expr->kind == KQL_AND;

	for (size_t i = 0; i < expr->n_args; i++)
		if (kql_is_true(kql_eval(e, expr->args[i])) != is_and)
			return boolean(!is_and);
	return boolean(is_and);
}

struct kql_value kql_eval(struct kql_eval *e, const struct kql_expr *expr)
{
	switch (expr->kind) {
	case KQL_LITERAL:
		return expr->literal;
	case KQL_COLUMN:
		return column(e->row, expr);
	case KQL_COMPARE:
		return boolean(kql_compare(expr->op, kql_eval(e, expr->args[0]),
					   kql_eval(e, expr->args[1])) != expr->is_not);
	case KQL_IN:
		return eval_in(e, expr);
	case KQL_AND:
	case KQL_OR:
		return eval_all(e, expr);
	case KQL_CALL:
		return expr->function->eval(e, expr);
	}
	return (struct kql_value){.type = KQL_NULL};
}

static struct kql_value arg(struct kql_eval *e, const struct kql_expr *call, size_t i)
{
	return kql_eval(e, call->args[i]);
}

static struct kql_value text(struct str s)
{
	return (struct kql_value){.type = KQL_TEXT, .text = s};
}

static struct kql_value fn_tostring(struct kql_eval *e, const struct kql_expr *call)
{
	return text(kql_to_text(e, arg(e, call, 0)));
}

static struct kql_value change_case(struct kql_eval *e, const struct kql_expr *call,
				    char from, char to)
{
	struct str s = kql_to_text(e, arg(e, call, 0));
	char *copy = arena_strdup(e->arena, s);

	for (size_t i = 0; i < s.n; i++)
		if (copy[i] >= from && copy[i] <= to)
			copy[i] = (char)(copy[i] ^ 0x20);
	return text((struct str){.p = copy, .n = s.n});
}

static struct kql_value fn_tolower(struct kql_eval *e, const struct kql_expr *call)
{
	return change_case(e, call, 'A', 'Z');
}

static struct kql_value fn_toupper(struct kql_eval *e, const struct kql_expr *call)
{
	return change_case(e, call, 'a', 'z');
}

static struct kql_value fn_tonumber(struct kql_eval *e, const struct kql_expr *call)
{
	struct kql_value v = arg(e, call, 0), out = {.type = KQL_NUMBER};

	if (v.type == KQL_NUMBER)
		return v;
	if (v.type == KQL_BOOL)
		out.number = v.boolean;
	else if (v.type != KQL_TEXT || !str_to_f64(v.text, &out.number))
		out.type = KQL_NULL;
	return out;
}

static struct kql_value fn_tobool(struct kql_eval *e, const struct kql_expr *call)
{
	struct kql_value v = arg(e, call, 0);

	if (v.type == KQL_BOOL)
		return v;
	if (v.type == KQL_TEXT &&
	    (str_eq_nocase(v.text, STR("true")) || str_eq_nocase(v.text, STR("false"))))
		return boolean(str_eq_nocase(v.text, STR("true")));
	return (struct kql_value){.type = KQL_NULL};
}

static bool is_empty(struct kql_value v)
{
	return v.type == KQL_NULL || (v.type == KQL_TEXT && v.text.n == 0);
}

static struct kql_value fn_isempty(struct kql_eval *e, const struct kql_expr *call)
{
	return boolean(is_empty(arg(e, call, 0)));
}

static struct kql_value fn_isnotempty(struct kql_eval *e, const struct kql_expr *call)
{
	return boolean(!is_empty(arg(e, call, 0)));
}

static struct kql_value fn_isnull(struct kql_eval *e, const struct kql_expr *call)
{
	return boolean(arg(e, call, 0).type == KQL_NULL);
}

static struct kql_value fn_isnotnull(struct kql_eval *e, const struct kql_expr *call)
{
	return boolean(arg(e, call, 0).type != KQL_NULL);
}

static struct kql_value fn_not(struct kql_eval *e, const struct kql_expr *call)
{
	return boolean(!kql_is_true(arg(e, call, 0)));
}

static struct kql_value fn_array_length(struct kql_eval *e, const struct kql_expr *call)
{
	struct kql_value v = arg(e, call, 0);

	if (v.type != KQL_NODE || !cJSON_IsArray(v.node))
		return (struct kql_value){.type = KQL_NULL};
	return (struct kql_value){.type = KQL_NUMBER,
				  .number = cJSON_GetArraySize(v.node)};
}

static struct kql_value fn_strlen(struct kql_eval *e, const struct kql_expr *call)
{
	struct str s = kql_to_text(e, arg(e, call, 0));

	return (struct kql_value){.type = KQL_NUMBER, .number = (double)s.n};
}

static struct kql_value fn_strcat(struct kql_eval *e, const struct kql_expr *call)
{
	struct strbuf out;
	struct str all;

	strbuf_init(&out, 1 << 20);
	for (size_t i = 0; i < call->n_args; i++)
		strbuf_put(&out, kql_to_text(e, arg(e, call, i)));
	all = arena_str(e->arena, strbuf_str(&out));
	strbuf_fini(&out);
	return text(all);
}

static struct kql_value fn_coalesce(struct kql_eval *e, const struct kql_expr *call)
{
	struct kql_value v = {.type = KQL_NULL};

	for (size_t i = 0; i < call->n_args && is_empty(v); i++)
		v = arg(e, call, i);
	return v;
}

static struct kql_value fn_iff(struct kql_eval *e, const struct kql_expr *call)
{
	return arg(e, call, kql_is_true(arg(e, call, 0)) ? 1 : 2);
}

static struct kql_value fn_now(struct kql_eval *e, const struct kql_expr *call)
{
	(void)call;
	return (struct kql_value){.type = KQL_NUMBER, .number = (double)e->now_ms};
}

/* 0: there is no such unit. */
static double unit_ms(char unit)
{
	switch (unit) {
	case 'd':
		return DAY_MS;
	case 'h':
		return HOUR_MS;
	case 'm':
		return MINUTE_MS;
	case 's':
		return 1000;
	default:
		return 0;
	}
}

/* A span such as 30d comes as a text. */
static struct kql_value fn_ago(struct kql_eval *e, const struct kql_expr *call)
{
	struct str span = kql_to_text(e, arg(e, call, 0));
	struct kql_value v = {.type = KQL_NULL};
	double n, unit;

	if (span.n < 2 || !str_to_f64(str_sub(span, 0, span.n - 1), &n))
		return v;
	unit = unit_ms(span.p[span.n - 1]);
	if (unit > 0) {
		v.type = KQL_NUMBER;
		v.number = (double)e->now_ms - n * unit;
	}
	return v;
}

static const struct kql_function functions[] = {
	{"ago", 1, 1, fn_ago},
	{"array_length", 1, 1, fn_array_length},
	{"coalesce", 2, KQL_MAX_ARGS, fn_coalesce},
	{"iff", 3, 3, fn_iff},
	{"isempty", 1, 1, fn_isempty},
	{"isnotempty", 1, 1, fn_isnotempty},
	{"isnotnull", 1, 1, fn_isnotnull},
	{"isnull", 1, 1, fn_isnull},
	{"not", 1, 1, fn_not},
	{"now", 0, 0, fn_now},
	{"replace_regex", 3, 3, kql_replace_regex},
	{"strcat", 1, KQL_MAX_ARGS, fn_strcat},
	{"strlen", 1, 1, fn_strlen},
	{"tobool", 1, 1, fn_tobool},
	{"todouble", 1, 1, fn_tonumber},
	{"toint", 1, 1, fn_tonumber},
	{"tolong", 1, 1, fn_tonumber},
	{"tolower", 1, 1, fn_tolower},
	{"tostring", 1, 1, fn_tostring},
	{"toupper", 1, 1, fn_toupper},
};

const struct kql_function *kql_function(struct str name, size_t n_args)
{
	for (size_t i = 0; i < COUNT(functions); i++)
		if (str_eq(name, str_from(functions[i].name)) &&
		    n_args >= functions[i].least && n_args <= functions[i].most)
			return &functions[i];
	return NULL;
}
