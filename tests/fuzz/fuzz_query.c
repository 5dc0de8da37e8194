/* The first line is an expression, the rest a document (a small estate without
 * one). No crash; an error has a class, a text and a place inside the
 * expression; a result is the same a second time, and its text reads back as
 * the same text. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "query/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char estate[] =
	"{\"id\":\"/subscriptions/s1/resourceGroups/atlas/providers/A.B/c/d\",\"n\":7,"
	"\"nil\":null,\"made\":\"2026-11-20T00:00:00Z\",\"text\":\"a,b\",\"yes\":true,"
	"\"o\":{\"k\":1,\"l\":[1]},\"rows\":[{\"name\":\"b\",\"v\":2,\"z\":[]},"
	"{\"name\":\"a\",\"v\":1,\"z\":[\"1\"]}],\"t\":{\"columns\":[{\"name\":\"c\"}],"
	"\"rows\":[[1],[]]}}";

enum { LARGEST_TEXT = 256 << 10 };

static void check_error(const struct query_error *qe, struct str expression)
{
	if (qe->class == QUERY_OK || !qe->text[0] || qe->offset > expression.n)
		abort();
}

/* Into `out`: the result as text; false after an error. */
static bool evaluate(const struct query *q, const struct query_value *document,
		     struct strbuf *out)
{
	struct arena arena;
	struct query_env env = {.now_ms = INT64_C(1795219200000), .arena = &arena};
	struct query_error qe;
	struct query_value v;
	bool ok;

	arena_init(&arena);
	ok = query_eval_value(q, document, &env, &v, &qe);
	if (ok)
		query_print(out, &v);
	else
		check_error(&qe, query_source(q));
	arena_fini(&arena);
	return ok;
}

static void check_text(struct str text)
{
	struct strbuf again;
	struct arena arena;
	struct query_value v;
	struct err err;

	arena_init(&arena);
	strbuf_init(&again, LARGEST_TEXT * 2);
	if (query_read(text, &json_wire, &arena, &v, &err)) {
		query_print(&again, &v);
		if (!str_eq(strbuf_str(&again), text))
			abort();
	} else if (!strstr(err.text, "too deep")) {
		/* Deeper than a document may be is what an expression can make. */
		abort();
	}
	strbuf_fini(&again);
	arena_fini(&arena);
}

/* An error is not asked for again: the limits take their time here. */
static bool run(const struct query *q, const struct query_value *document)
{
	struct strbuf first, second;
	bool ok;

	strbuf_init(&first, LARGEST_TEXT);
	strbuf_init(&second, LARGEST_TEXT);
	ok = evaluate(q, document, &first);
	if (ok && (!evaluate(q, document, &second) ||
		   !str_eq(strbuf_str(&first), strbuf_str(&second))))
		abort();
	if (ok && !first.overflow)
		check_text(strbuf_str(&first));
	strbuf_fini(&first);
	strbuf_fini(&second);
	return ok;
}

/* The same document as a tree of cJSON: no crash there either. It differs where
 * a name comes twice or a text has a NUL. */
static void run_on_tree(const struct query *q, struct str text)
{
	struct query_value document;
	struct strbuf out;
	struct err err;
	cJSON *tree = json_parse(text, &json_wire, NULL, &err);

	document = query_from_json(tree);
	strbuf_init(&out, LARGEST_TEXT);
	evaluate(q, &document, &out);
	strbuf_fini(&out);
	cJSON_Delete(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, expression;
	struct query_error qe;
	struct query_value document;
	struct arena arena;
	struct err err;
	struct query *q;

	if (!str_next(&rest, '\n', &expression))
		return 0;
	q = query_compile(expression, &qe);
	if (!q) {
		check_error(&qe, expression);
		return 0;
	}
	rest = rest.n ? rest : str_from(estate);
	arena_init(&arena);
	if (!query_read(rest, &json_wire, &arena, &document, &err) || run(q, &document))
		run_on_tree(q, rest);
	arena_fini(&arena);
	query_free(q);
	return 0;
}
