/* A query's operators, one after the other, and which columns each leaves behind.
 * Thread: any. */
#include "base/count.h"
#include "sim/kql/kql_parser.h"

void kql_advance(struct kql_parser *p)
{
	if (!p->failed)
		p->at = kql_lexer_next(&p->lexer);
}

void kql_fail_at(struct kql_parser *p, enum kql_problem problem, struct str token,
		 const char *expected)
{
	if (p->failed)
		return;
	p->failed = true;
	*p->error = (struct kql_error){.problem = problem,
				       .token = token,
				       .expected = expected};
	kql_lexer_place(p->lexer.all, token.p, &p->error->line, &p->error->column);
}

void kql_fail(struct kql_parser *p, enum kql_problem problem, const char *expected)
{
	kql_fail_at(p, problem, p->at.raw, expected);
}

bool kql_is(const struct kql_parser *p, const char *word_or_sign)
{
	return !p->failed && (p->at.kind == KQL_WORD || p->at.kind == KQL_SIGN) &&
	       str_eq(p->at.raw, str_from(word_or_sign));
}

bool kql_took(struct kql_parser *p, const char *word_or_sign)
{
	if (!kql_is(p, word_or_sign))
		return false;
	kql_advance(p);
	return true;
}

void kql_expect(struct kql_parser *p, const char *word_or_sign)
{
	if (!kql_took(p, word_or_sign))
		kql_fail(p, KQL_SYNTAX, word_or_sign);
}

bool kql_has_column(const struct kql_parser *p, struct str name)
{
	for (size_t i = 0; i < p->n_columns; i++)
		if (str_eq(p->columns[i], name))
			return true;
	return false;
}

static void add_column(struct kql_parser *p, struct str name)
{
	if (kql_has_column(p, name))
		return;
	if (p->n_columns == KQL_MAX_COLUMNS)
		kql_fail(p, KQL_SYNTAX, NULL);
	else
		p->columns[p->n_columns++] = name;
}

static void set_columns(struct kql_parser *p, const struct kql_stage *stage)
{
	p->n_columns = 0;
	for (size_t i = 0; i < stage->n_terms; i++)
		add_column(p, stage->terms[i].name);
}

static struct kql_term *add_term(struct kql_parser *p, struct kql_stage *stage)
{
	static _Thread_local struct kql_term spare;

	if (stage->n_terms == KQL_MAX_ARGS) {
		kql_fail(p, KQL_SYNTAX, NULL);
		return &spare;
	}
	return &stage->terms[stage->n_terms++];
}

/* "name = " when it stands there. */
static struct str parse_name(struct kql_parser *p)
{
	struct kql_lexer mark = p->lexer;
	struct kql_token word = p->at;

	if (word.kind != KQL_WORD)
		return STR("");
	kql_advance(p);
	if (kql_took(p, "="))
		return word.raw;
	p->lexer = mark;
	p->at = word;
	return STR("");
}

static void parse_term(struct kql_parser *p, struct kql_stage *stage)
{
	struct kql_term term = {.name = parse_name(p)};

	term.expr = kql_parse_expr(p);
	if (!term.name.n)
		term.name = kql_name_of(p, term.expr);
	if (!term.name.n)
		kql_fail(p, KQL_SYNTAX, "=");
	*add_term(p, stage) = term;
}

static void parse_terms(struct kql_parser *p, struct kql_stage *stage)
{
	do
		parse_term(p, stage);
	while (!p->failed && kql_took(p, ","));
}

static void parse_where(struct kql_parser *p, struct kql_stage *stage)
{
	stage->where = kql_parse_expr(p);
}

static void parse_extend(struct kql_parser *p, struct kql_stage *stage)
{
	parse_terms(p, stage);
	for (size_t i = 0; i < stage->n_terms; i++)
		add_column(p, stage->terms[i].name);
}

static void parse_project(struct kql_parser *p, struct kql_stage *stage)
{
	parse_terms(p, stage);
	set_columns(p, stage);
}

static void parse_project_away(struct kql_parser *p, struct kql_stage *stage)
{
	do {
		add_term(p, stage)->name = p->at.raw;
		if (!kql_has_column(p, p->at.raw))
			kql_fail(p, KQL_NAME, NULL);
		for (size_t i = 0; i < p->n_columns; i++)
			if (str_eq(p->columns[i], p->at.raw))
				p->columns[i] = p->columns[--p->n_columns];
		kql_advance(p);
	} while (!p->failed && kql_took(p, ","));
}

static void parse_keys(struct kql_parser *p, struct kql_stage *stage)
{
	kql_expect(p, "by");
	do {
		struct kql_term *term = add_term(p, stage);

		term->expr = kql_parse_expr(p);
		term->is_ascending = kql_took(p, "asc");
		if (!term->is_ascending)
			kql_took(p, "desc");
	} while (!p->failed && kql_took(p, ","));
}

static void parse_count(struct kql_parser *p, size_t *count)
{
	int64_t n = 0;

	if (p->at.kind != KQL_DIGITS || !str_to_i64(p->at.raw, &n) || n < 0)
		kql_fail(p, KQL_SYNTAX, NULL);
	*count = (size_t)n;
	kql_advance(p);
}

static void parse_take(struct kql_parser *p, struct kql_stage *stage)
{
	parse_count(p, &stage->take);
}

static void parse_top(struct kql_parser *p, struct kql_stage *stage)
{
	parse_count(p, &stage->take);
	parse_keys(p, stage);
}

static void parse_distinct(struct kql_parser *p, struct kql_stage *stage)
{
	parse_terms(p, stage);
	set_columns(p, stage);
}

static void parse_count_all(struct kql_parser *p, struct kql_stage *stage)
{
	add_term(p, stage)->name = STR("Count");
	set_columns(p, stage);
}

static struct str aggregate_name(struct kql_parser *p, const struct kql_term *term)
{
	struct str base = str_from(kql_aggregate_name(term->aggregate));
	struct str of = term->expr ? kql_name_of(p, term->expr) : STR("");
	char *name = arena_alloc(p->arena, base.n + of.n + 2);

	memcpy(name, base.p, base.n);
	name[base.n] = '_';
	if (of.n)
		memcpy(name + base.n + 1, of.p, of.n);
	return (struct str){.p = name, .n = base.n + 1 + of.n};
}

static void parse_aggregate(struct kql_parser *p, struct kql_stage *stage)
{
	struct kql_term term = {.name = parse_name(p)};
	struct str fn = p->at.raw;
	size_t n_args = 0;

	kql_advance(p);
	kql_expect(p, "(");
	if (!kql_is(p, ")")) {
		term.expr = kql_parse_expr(p);
		n_args = 1;
	}
	kql_expect(p, ")");
	term.aggregate = kql_aggregate(fn, n_args);
	if (!term.aggregate)
		kql_fail_at(p, KQL_NAME, fn, NULL);
	if (!p->failed && !term.name.n)
		term.name = aggregate_name(p, &term);
	*add_term(p, stage) = term;
}

static void parse_summarize(struct kql_parser *p, struct kql_stage *stage)
{
	do
		parse_aggregate(p, stage);
	while (!p->failed && kql_took(p, ","));
	stage->n_aggregates = stage->n_terms;
	if (kql_took(p, "by"))
		parse_terms(p, stage);
	set_columns(p, stage);
}

static void parse_mv_expand(struct kql_parser *p, struct kql_stage *stage)
{
	/* The service allows three, and so many rows out of each. */
	if (++p->n_expands > 3)
		kql_fail(p, KQL_UNKNOWN, NULL);
	parse_term(p, stage);
	if (!p->failed)
		add_column(p, stage->terms[0].name);
}

static const struct verb {
	const char *word;
	enum kql_verb verb;
	void (*parse)(struct kql_parser *p, struct kql_stage *stage);
} verbs[] = {
	{"where", KQL_WHERE, parse_where},
	{"filter", KQL_WHERE, parse_where},
	{"extend", KQL_EXTEND, parse_extend},
	{"project", KQL_PROJECT, parse_project},
	{"project-away", KQL_PROJECT_AWAY, parse_project_away},
	{"order", KQL_ORDER, parse_keys},
	{"sort", KQL_ORDER, parse_keys},
	{"take", KQL_TAKE, parse_take},
	{"limit", KQL_TAKE, parse_take},
	{"top", KQL_TAKE, parse_top},
	{"distinct", KQL_DISTINCT, parse_distinct},
	{"count", KQL_COUNT, parse_count_all},
	{"summarize", KQL_SUMMARIZE, parse_summarize},
	{"mv-expand", KQL_MV_EXPAND, parse_mv_expand},
};

static void parse_stage(struct kql_parser *p, struct kql *q)
{
	struct kql_stage *stage = &q->stages[q->n_stages];

	for (size_t i = 0; i < COUNT(verbs); i++) {
		if (!kql_took(p, verbs[i].word))
			continue;
		stage->verb = verbs[i].verb;
		q->n_stages++;
		verbs[i].parse(p, stage);
		return;
	}
	kql_fail(p, p->at.kind == KQL_WORD ? KQL_UNKNOWN : KQL_SYNTAX, NULL);
}

static void parse_table(struct kql_parser *p, struct kql *q,
			const struct kql_table *tables, size_t n_tables)
{
	struct str columns, name;

	for (size_t i = 0; i < n_tables; i++)
		if (p->at.kind == KQL_WORD &&
		    str_eq_nocase(p->at.raw, str_from(tables[i].name)))
			q->table = &tables[i];
	if (!q->table) {
		kql_fail(p, p->at.kind == KQL_WORD ? KQL_TABLE : KQL_SYNTAX, NULL);
		return;
	}
	columns = str_from(q->table->columns);
	while (str_next(&columns, ' ', &name))
		add_column(p, name);
	kql_advance(p);
}

const struct kql *kql_parse(struct arena *arena, struct str text,
			    const struct kql_table *tables, size_t n_tables,
			    struct kql_error *error)
{
	struct kql *q = arena_calloc(arena, 1, sizeof(*q));
	struct kql_parser p = {.lexer = {.all = text, .arena = arena},
			       .arena = arena,
			       .error = error};

	kql_advance(&p);
	parse_table(&p, q, tables, n_tables);
	while (!p.failed && kql_took(&p, "|")) {
		if (q->n_stages == KQL_MAX_STAGES)
			kql_fail(&p, KQL_SYNTAX, "<EOF>");
		else
			parse_stage(&p, q);
	}
	kql_took(&p, ";");
	if (!p.failed && p.at.kind != KQL_END)
		kql_fail(&p, KQL_SYNTAX, "<EOF>");
	return p.failed ? NULL : q;
}

const struct kql_table *kql_table(const struct kql *q)
{
	return q->table;
}

bool kql_is_pageable(const struct kql *q)
{
	for (size_t i = 0; i < q->n_stages; i++)
		if (q->stages[i].verb == KQL_TAKE)
			return false;
	return true;
}
