/* A query as it is sent, over three rows: it is refused with its place in the text,
 * or answered with a list, the same when it is asked again; and what its first
 * conditions leave out is not in the answer of a query that is nothing but them. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "sim/kql/kql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define NOW_MS INT64_C(1773224430000)

static const char rows_text[] =
	"[{\"id\":\"/a\",\"name\":\"vm-web-01\",\"n\":3,\"on\":true,\"p\":{\"state\":"
	"\"Running\",\"list\":[{\"k\":1},{\"k\":\"two\"}],\"at\":\"2026-03-10\"}},"
	"{\"id\":\"/b\",\"name\":\"DB\",\"n\":null,\"on\":false,\"p\":{\"list\":[]}},"
	"{\"id\":\"/c\",\"name\":\"\",\"n\":-1.5,\"on\":null,\"p\":null}]";

static const struct kql_table tables[] = {{"rows", "id name n on p"}};

static void must(bool held)
{
	if (!held)
		abort();
}

static void answer(const struct kql *q, struct strbuf *out)
{
	struct err err;
	cJSON *rows = json_parse(STR(rows_text), &json_wire, NULL, &err);
	const cJSON *row;

	cJSON_ArrayForEach (row, rows)
		(void)kql_keeps(q, row, NOW_MS);
	rows = kql_run(q, rows, NOW_MS);
	must(cJSON_IsArray(rows));
	json_print(out, rows);
	cJSON_Delete(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};
	struct kql_error error = {0};
	struct strbuf one, two;
	struct arena arena;
	const struct kql *q;

	if (n > 4096)
		return 0;
	arena_init(&arena);
	q = kql_parse(&arena, text, tables, 1, &error);
	if (!q) {
		must(error.line >= 1 && error.column >= 0);
		must((size_t)error.column <= n && error.token.n <= n);
	} else {
		strbuf_init(&one, 1 << 24);
		strbuf_init(&two, 1 << 24);
		answer(q, &one);
		answer(q, &two);
		must(str_eq(strbuf_str(&one), strbuf_str(&two)));
		must(kql_table(q) == tables);
		strbuf_fini(&one);
		strbuf_fini(&two);
	}
	arena_fini(&arena);
	return 0;
}
