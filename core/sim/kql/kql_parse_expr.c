/* Expressions of a query. Thread: any. */
#include "base/count.h"
#include "base/strbuf.h"
#include "sim/kql/kql_parser.h"

static const struct operator
{
	const char *sign;
	enum kql_op op;
	bool is_not;
}
operators[] = {
	{"==", KQL_EQ, false},
	{"!=", KQL_EQ, true},
	{"=~", KQL_EQ_NOCASE, false},
	{"!~", KQL_EQ_NOCASE, true},
	{"<", KQL_LESS, false},
	{"<=", KQL_LESS_EQ, false},
	{">", KQL_MORE, false},
	{">=", KQL_MORE_EQ, false},
	{"has", KQL_HAS, false},
	{"!has", KQL_HAS, true},
	{"contains", KQL_CONTAINS, false},
	{"!contains", KQL_CONTAINS, true},
	{"startswith", KQL_STARTS, false},
	{"!startswith", KQL_STARTS, true},
	{"endswith", KQL_ENDS, false},
	{"!endswith", KQL_ENDS, true},
};

static const struct kql_expr null_expr;

static struct kql_expr *new_expr(struct kql_parser *p, enum kql_kind kind)
{
	struct kql_expr *e = arena_calloc(p->arena, 1, sizeof(*e));

	e->kind = kind;
	return e;
}

static void add_arg(struct kql_parser *p, struct kql_expr *e, const struct kql_expr *arg)
{
	if (e->n_args == KQL_MAX_ARGS)
		kql_fail(p, KQL_SYNTAX, ")");
	else
		e->args[e->n_args++] = arg;
}

static const struct kql_expr *literal(struct kql_parser *p, struct kql_value value)
{
	struct kql_expr *e = new_expr(p, KQL_LITERAL);

	e->literal = value;
	kql_advance(p);
	return e;
}

static void add_step(struct kql_parser *p, struct kql_expr *e, struct kql_step step)
{
	if (e->n_steps == KQL_MAX_STEPS)
		kql_fail(p, KQL_SYNTAX, NULL);
	else
		e->steps[e->n_steps++] = step;
}

/* ['name'] or [0]. */
static void parse_index(struct kql_parser *p, struct kql_expr *e)
{
	int64_t index;

	if (p->at.kind == KQL_STRING)
		add_step(p, e, (struct kql_step){.name = p->at.text});
	else if (p->at.kind == KQL_DIGITS && str_to_i64(p->at.raw, &index) &&
		 index < 100000)
		add_step(p, e, (struct kql_step){.index = (int)index});
	else
		kql_fail(p, KQL_SYNTAX, "]");
	kql_advance(p);
	kql_expect(p, "]");
}

static const struct kql_expr *column(struct kql_parser *p, struct str name)
{
	struct kql_expr *e = new_expr(p, KQL_COLUMN);

	if (!kql_has_column(p, name))
		kql_fail_at(p, KQL_NAME, name, NULL);
	add_step(p, e, (struct kql_step){.name = name});
	while (!p->failed) {
		if (kql_took(p, "[")) {
			parse_index(p, e);
		} else if (kql_took(p, ".")) {
			add_step(p, e, (struct kql_step){.name = p->at.raw});
			if (p->at.kind != KQL_WORD)
				kql_fail(p, KQL_SYNTAX, NULL);
			kql_advance(p);
		} else {
			break;
		}
	}
	return e;
}

/* What follows a name and its '('. */
static const struct kql_expr *parse_call(struct kql_parser *p, struct str name)
{
	struct kql_expr *e = new_expr(p, KQL_CALL);

	while (!p->failed && !kql_is(p, ")")) {
		add_arg(p, e, kql_parse_expr(p));
		if (!kql_took(p, ","))
			break;
	}
	kql_expect(p, ")");
	e->function = kql_function(name, e->n_args);
	if (!e->function)
		kql_fail_at(p, KQL_NAME, name, NULL);
	return e;
}

static const struct kql_expr *named(struct kql_parser *p)
{
	struct str name = p->at.raw;

	kql_advance(p);
	if (str_eq(name, STR("true")) || str_eq(name, STR("false"))) {
		struct kql_expr *e = new_expr(p, KQL_LITERAL);

		e->literal =
			(struct kql_value){.type = KQL_BOOL, .boolean = name.p[0] == 't'};
		return e;
	}
	if (kql_took(p, "("))
		return parse_call(p, name);
	return column(p, name);
}

/* 12, 1.5, or a span such as 30d, which is kept as its text. */
static const struct kql_expr *number(struct kql_parser *p)
{
	struct kql_value v = {.type = KQL_NUMBER, .text = p->at.raw};
	double n;

	if (!str_to_f64(p->at.raw, &v.number)) {
		v.type = KQL_TEXT;
		if (str_find_char(STR("dhms"), p->at.raw.p[p->at.raw.n - 1]) < 0 ||
		    !str_to_f64(str_sub(p->at.raw, 0, p->at.raw.n - 1), &n))
			kql_fail(p, KQL_UNKNOWN, NULL);
	}
	return literal(p, v);
}

static const struct kql_expr *primary(struct kql_parser *p)
{
	const struct kql_expr *e = &null_expr;

	if (p->at.kind == KQL_STRING) {
		e = literal(p, (struct kql_value){.type = KQL_TEXT, .text = p->at.text});
	} else if (p->at.kind == KQL_DIGITS) {
		e = number(p);
	} else if (p->at.kind == KQL_WORD && p->at.raw.p[0] != '!') {
		e = named(p);
	} else if (kql_took(p, "(")) {
		e = kql_parse_expr(p);
		kql_expect(p, ")");
	} else {
		kql_fail(p, KQL_SYNTAX, NULL);
	}
	return e;
}

static const struct kql_expr *parse_in(struct kql_parser *p, const struct kql_expr *left)
{
	struct kql_expr *e = new_expr(p, KQL_IN);

	e->is_not = p->at.raw.p[0] == '!';
	e->op = str_ends(p->at.raw, STR("~")) ? KQL_EQ_NOCASE : KQL_EQ;
	add_arg(p, e, left);
	kql_advance(p);
	kql_expect(p, "(");
	do
		add_arg(p, e, primary(p));
	while (!p->failed && kql_took(p, ","));
	kql_expect(p, ")");
	return e;
}

static const struct kql_expr *comparison(struct kql_parser *p)
{
	const struct kql_expr *left = primary(p);
	struct kql_expr *e;

	if (kql_is(p, "in") || kql_is(p, "in~") || kql_is(p, "!in") || kql_is(p, "!in~"))
		return parse_in(p, left);
	for (size_t i = 0; i < COUNT(operators); i++) {
		if (p->at.kind == KQL_STRING || !kql_took(p, operators[i].sign))
			continue;
		e = new_expr(p, KQL_COMPARE);
		e->op = operators[i].op;
		e->is_not = operators[i].is_not;
		add_arg(p, e, left);
		add_arg(p, e, primary(p));
		return e;
	}
	return left;
}

static const struct kql_expr *conjunction(struct kql_parser *p)
{
	const struct kql_expr *left = comparison(p);
	struct kql_expr *e;

	if (!kql_is(p, "and"))
		return left;
	e = new_expr(p, KQL_AND);
	add_arg(p, e, left);
	while (!p->failed && kql_took(p, "and"))
		add_arg(p, e, comparison(p));
	return e;
}

const struct kql_expr *kql_parse_expr(struct kql_parser *p)
{
	const struct kql_expr *left;
	struct kql_expr *e;

	if (++p->depth > KQL_MAX_DEPTH) {
		kql_fail(p, KQL_SYNTAX, NULL);
		return &null_expr;
	}
	left = conjunction(p);
	if (kql_is(p, "or")) {
		e = new_expr(p, KQL_OR);
		add_arg(p, e, left);
		while (!p->failed && kql_took(p, "or"))
			add_arg(p, e, conjunction(p));
		left = e;
	}
	p->depth--;
	return left;
}

struct str kql_name_of(struct kql_parser *p, const struct kql_expr *expr)
{
	struct strbuf name;
	struct str kept;

	if (expr->kind == KQL_CALL && expr->n_args > 0)
		return kql_name_of(p, expr->args[0]);
	if (expr->kind != KQL_COLUMN)
		return STR("");
	strbuf_init(&name, 1024);
	for (size_t i = 0; i < expr->n_steps; i++) {
		strbuf_puts(&name, i ? "_" : "");
		if (expr->steps[i].name.n)
			strbuf_put(&name, expr->steps[i].name);
		else
			strbuf_put_i64(&name, expr->steps[i].index, 1);
	}
	kept = arena_str(p->arena, strbuf_str(&name));
	strbuf_fini(&name);
	return kept;
}
