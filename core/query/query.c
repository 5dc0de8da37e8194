/* The entry points: compile, evaluate, and the names of errors. */
#include "query/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "query/eval.h"
#include "query/pattern.h"

const char *query_error_name(enum query_error_class class)
{
	static const char *const names[] = {
		[QUERY_OK] = "ok",
		[QUERY_SYNTAX] = "syntax",
		[QUERY_INVALID_TYPE] = "invalid-type",
		[QUERY_INVALID_VALUE] = "invalid-value",
		[QUERY_INVALID_ARITY] = "invalid-arity",
		[QUERY_UNKNOWN_FUNCTION] = "unknown-function",
	};

	return names[class];
}

bool query_fail(struct query_error *qe, enum query_error_class class, size_t offset,
		const char *fmt, ...)
{
	va_list ap;

	qe->class = class;
	qe->offset = offset;
	va_start(ap, fmt);
	vsnprintf(qe->text, sizeof(qe->text), fmt, ap);
	va_end(ap);
	return false;
}

static bool check_text(struct str text, struct query_error *qe)
{
	if (text.n > QUERY_MAX_TEXT)
		return query_fail(qe, QUERY_SYNTAX, 0,
				  "the expression is longer than %u bytes",
				  QUERY_MAX_TEXT);
	if (!utf8_is_valid(text))
		return query_fail(qe, QUERY_SYNTAX, 0, "the expression is not UTF-8");
	if (str_find_char(text, '\0') >= 0)
		return query_fail(qe, QUERY_SYNTAX, (size_t)str_find_char(text, '\0'),
				  "the expression has a NUL");
	return true;
}

static struct query *compile(struct query *q, struct str text, struct query_error *qe)
{
	q->text = arena_str(q->arena, text);
	if (parser_run(q, qe))
		return q;
	query_free(q);
	return NULL;
}

struct query *query_compile(struct str text, struct query_error *qe)
{
	struct query *q;

	*qe = (struct query_error){0};
	if (!check_text(text, qe))
		return NULL;
	q = xcalloc(1, sizeof(*q));
	arena_init(&q->own);
	q->arena = &q->own;
	return compile(q, text, qe);
}

struct query *query_compile_in(struct arena *arena, struct str text,
			       struct query_error *qe)
{
	struct query *q;

	*qe = (struct query_error){0};
	if (!check_text(text, qe))
		return NULL;
	q = arena_calloc(arena, 1, sizeof(*q));
	q->arena = arena;
	return compile(q, text, qe);
}

void query_free(struct query *q)
{
	if (!q)
		return;
	for (size_t i = 0; i < q->patterns.n; i++)
		pattern_free(q->patterns.p[i]);
	vec_fini(&q->patterns);
	if (q->arena != &q->own)
		return;
	arena_fini(&q->own);
	free(q);
}

struct str query_source(const struct query *q)
{
	return q->text;
}

bool query_eval_value(const struct query *q, const struct query_value *root,
		      const struct query_env *env, struct query_value *out,
		      struct query_error *qe)
{
	size_t fields = q->fields < EVAL_HINTS ? q->fields : EVAL_HINTS;
	struct eval_hint hints[EVAL_HINTS];
	struct eval ev = {.env = env,
			  .qe = qe,
			  .arena_start = env->arena->bytes,
			  .hints = hints};
	bool ok;

	/* Only those in use: a column is evaluated once for each row. */
	memset(hints, 0, fields * sizeof(*hints));
	*qe = (struct query_error){0};
	ok = eval_node(&ev, q->root, root, out);
	if (!ok)
		*out = value_null();
	vec_fini(&ev.stack);
	pattern_free(ev.pattern);
	return ok;
}

bool query_eval(const struct query *q, const cJSON *root, const struct query_env *env,
		struct query_value *out, struct query_error *qe)
{
	struct query_value v = query_from_json(root);

	return query_eval_value(q, &v, env, out, qe);
}
