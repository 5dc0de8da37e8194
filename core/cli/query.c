/* See query.h. Exit codes: 2 for the command line and the expression, those of
 * err.h for the document. A reader that closed the pipe has had enough: 0. */
#include "cli/query.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "query/query.h"

enum { LARGEST_DOCUMENT = 256 << 20, LARGEST_OUTPUT = 512 << 20 };

struct request {
	const char *expression, *path;
	bool is_compact, is_raw;
};

static const struct cli_option options[] = {
	{"--compact", NULL, "one line of JSON (-c)",
	 CLI_INTO(struct request, is_compact)},
	{"--raw", NULL, "a text result without its quotes (-r)",
	 CLI_INTO(struct request, is_raw)},
	{.name = NULL},
};

static bool refuse_word(const char *word, struct err *err, void *to)
{
	(void)word;
	(void)to;
	return err_set(err, ERR_USAGE, "query: one file at most");
}

static int read_arguments(int argc, char **argv, struct request *r)
{
	int code = cli_walk(&cli_query_command, argc, argv, r);
	struct err err;

	if (code != 0 || r->expression)
		return code;
	err_set(&err, ERR_USAGE, "query: EXPR is missing; `azdeck help query` says more");
	return cli_fail(&err);
}

static int print_result(const struct request *r, const struct query_value *v)
{
	struct strbuf out;
	int rc = 0;

	strbuf_init(&out, LARGEST_OUTPUT);
	if (r->is_raw && v->type == QUERY_STRING && isatty(STDOUT_FILENO))
		sanitize_text(&out, v->text);
	else if (r->is_raw && v->type == QUERY_STRING)
		strbuf_put(&out, v->text);
	else if (r->is_compact)
		query_print(&out, v);
	else
		query_print_pretty(&out, v);
	strbuf_putc(&out, '\n');
	cli_write(&out, &rc);
	strbuf_fini(&out);
	return rc;
}

static int evaluate(const struct request *r, const struct query *q,
		    const struct query_value *document, const struct clock *clock)
{
	struct query_error qe;
	struct query_value v;
	struct arena arena;
	struct query_env env = {.now_ms = clock_wall_ms(clock), .arena = &arena};
	int rc;

	arena_init(&arena);
	rc = query_eval_value(q, document, &env, &v, &qe)
		     ? print_result(r, &v)
		     : cli_fail_query("query", r->expression, &qe);
	arena_fini(&arena);
	return rc;
}

/* The value borrows from the text. */
static bool read_document(const char *path, struct strbuf *text, struct arena *arena,
			  struct query_value *out, struct err *err)
{
	struct json_limits limits = json_wire;
	bool is_input = strcmp(path, "-") == 0;

	limits.max_bytes = text->max;
	if (!file_read(path, text, err))
		return err_wrap(err, "query");
	if (!query_read(strbuf_str(text), &limits, arena, out, err))
		return err_wrap(err, "query: %s", is_input ? "standard input" : path);
	return true;
}

static int query_document(const struct request *r, const struct query *q,
			  const struct clock *clock)
{
	struct query_value document;
	struct strbuf text;
	struct arena arena;
	struct err err = {0};
	int rc;

	strbuf_init(&text, LARGEST_DOCUMENT);
	arena_init(&arena);
	if (read_document(r->path ? r->path : "-", &text, &arena, &document, &err))
		rc = evaluate(r, q, &document, clock);
	else
		rc = cli_fail(&err);
	arena_fini(&arena);
	strbuf_fini(&text);
	return rc;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct request r = {0};
	struct query_error qe;
	struct query *q;
	int rc = read_arguments(argc, argv, &r);

	if (rc != 0)
		return rc;
	q = query_compile(str_from(r.expression), &qe);
	if (!q)
		return cli_fail_query("query", r.expression, &qe);
	rc = query_document(&r, q, clock);
	query_free(q);
	return rc;
}

const struct cli_command cli_query_command = {
	.name = "query",
	.usage = "EXPR [FILE] [OPTION...]",
	.help = "evaluate JMESPath over JSON (standard input by default)",
	.options = options,
	.words = {.slots = {CLI_SLOT(struct request, expression),
			    CLI_SLOT(struct request, path)},
		  .n_slots = 2,
		  .take = refuse_word},
	.run = run,
};
