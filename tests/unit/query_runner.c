/* See query_runner.h. */
#include "unit/query_runner.h"

#include "unit/check.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"

enum { LARGEST_FILE = 1 << 20, LARGEST_RESULT = 1 << 20 };

/* The one table there is: 'subs' with the row of key 's1'. */
static bool look_up(void *ctx, struct str table, struct str key, struct query_value *out)
{
	if (!str_eq(table, STR("subs")) || !str_eq(key, STR("s1")))
		return false;
	*out = query_from_json(ctx);
	return true;
}

static void complain(struct query_tally *tally, const char *path, const char *expression,
		     const char *got)
{
	const char *name = strrchr(path, '/');

	tally->failed++;
	fprintf(stderr, "# %s: %s: got %s\n", name ? name + 1 : path, expression, got);
}

static void judge(const char *path, const cJSON *one, bool ok,
		  const struct query_value *v, const struct query_error *qe,
		  struct query_tally *tally)
{
	const char *expression = json_text(one, "expression");
	const char *error = json_text(one, "error");
	const cJSON *at = json_member(one, "at");
	struct query_value want = query_from_json(json_member(one, "result"));
	struct strbuf out;

	strbuf_init(&out, LARGEST_RESULT);
	if (!ok) {
		strbuf_printf(&out, "%s at %zu: %s", query_error_name(qe->class),
			      qe->offset, qe->text);
		if (!error || strcmp(error, query_error_name(qe->class)) != 0 ||
		    (at && at->valueint != (int)qe->offset))
			complain(tally, path, expression, out.p);
	} else {
		query_print(&out, v);
		if (error || (!json_member(one, "bench") && !query_equal(v, &want)))
			complain(tally, path, expression, out.p);
	}
	strbuf_fini(&out);
}

static void run_one(const char *path, const struct query_value *given, const cJSON *one,
		    struct query_tally *tally)
{
	struct str text = str_from(json_text(one, "expression"));
	struct query_value v = {.type = QUERY_NULL};
	cJSON *row = cJSON_Parse("{\"displayName\": \"Contoso Production\"}");
	struct query_error qe;
	struct arena arena;
	struct query *q = query_compile(text, &qe);
	struct query_env env = {.now_ms = QUERY_CASES_NOW_MS,
				.arena = &arena,
				.lookup = look_up,
				.lookup_ctx = row};
	bool ok = q != NULL;

	arena_init(&arena);
	if (ok)
		ok = query_eval_value(q, given, &env, &v, &qe);
	judge(path, one, ok, &v, &qe, tally);
	arena_fini(&arena);
	query_free(q);
	cJSON_Delete(row);
}

/* Every case over both kinds of document: a tree, and one read from text. */
static void run_suite(const char *path, const cJSON *suite, struct query_tally *tally)
{
	const cJSON *given = json_member(suite, "given"), *one;
	struct query_value tree = query_from_json(given), document;
	struct arena arena;
	struct strbuf text;
	struct err err;

	arena_init(&arena);
	strbuf_init(&text, LARGEST_FILE);
	json_print(&text, given);
	if (!query_read(strbuf_str(&text), &json_wire, &arena, &document, &err))
		fail_msg("%s: %s", path, err.text);
	cJSON_ArrayForEach (one, json_member(suite, "cases")) {
		tally->run++;
		run_one(path, &tree, one, tally);
		run_one(path, &document, one, tally);
	}
	strbuf_fini(&text);
	arena_fini(&arena);
}

void query_run_cases(const char *path, struct query_tally *tally)
{
	const cJSON *suite;
	struct strbuf text;
	struct err err;
	cJSON *suites = NULL;

	strbuf_init(&text, LARGEST_FILE);
	if (file_read(path, &text, &err))
		suites = json_parse(strbuf_str(&text), &json_file, NULL, &err);
	strbuf_fini(&text);
	if (!suites)
		fail_msg("%s: %s", path, err.text);
	cJSON_ArrayForEach (suite, suites)
		run_suite(path, suite, tally);
	cJSON_Delete(suites);
}
