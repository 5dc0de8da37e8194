/* See rows.h. */
#include "cli/rows.h"

#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "board/def.h"
#include "cli/cli.h"
#include "cli/query.h"
#include "config/env.h"

enum { OUTPUT_MAX = 256 << 20 };

/* Told the way `azdeck query` tells it. */
static int fail_query(const char *command, const char *text, const struct query_error *qe)
{
	char what[40];

	snprintf(what, sizeof(what), "%s: --query", command);
	return cli_fail_query(what, text, qe);
}

bool rows_set_format(const char *value, struct err *err, void *to)
{
	(void)err;
	return print_format_find(str_from(value), to);
}

int rows_compile(struct rows *r)
{
	struct query_error qe;

	if (!r->expression)
		return 0;
	r->query = query_compile(str_from(r->expression), &qe);
	return r->query ? 0 : fail_query(r->command, r->expression, &qe);
}

/* With --query: the expression over the rows, as JSON. */
static int put_query(const struct rows *r, const struct board *board, struct strbuf *out)
{
	struct json_limits limits = json_wire;
	struct query_env env = {.now_ms = clock_wall_ms(r->clock)};
	struct query_value value;
	struct query_error qe;
	struct strbuf rows;
	struct arena arena;
	struct err err;
	cJSON *root;
	int code = 0;

	strbuf_init(&rows, OUTPUT_MAX);
	board_rows_json(board, &rows);
	limits.max_bytes = OUTPUT_MAX;
	root = json_parse(strbuf_str(&rows), &limits, NULL, &err);
	strbuf_fini(&rows);
	if (!root)
		return cli_fail(&err);
	arena_init(&arena);
	env.arena = &arena;
	if (query_eval(r->query, root, &env, &value, &qe)) {
		query_print_pretty(out, &value);
		strbuf_putc(out, '\n');
	} else {
		code = fail_query(r->command, r->expression, &qe);
	}
	arena_fini(&arena);
	cJSON_Delete(root);
	return code;
}

int rows_print(struct rows *r, const struct board *board)
{
	struct strbuf out;
	int code = 0;

	if (board->is_stale && board->n_rows == 0) {
		r->is_over = true;
		return cli_fail(&board->err);
	}
	strbuf_init(&out, OUTPUT_MAX);
	if (r->query)
		code = put_query(r, board, &out);
	else
		print_board(&out, board, r->format, clock_wall_ms(r->clock),
			    isatty(STDOUT_FILENO) && !env_get("NO_COLOR"));
	r->is_over = code != 0 || !cli_write(&out, &code);
	strbuf_fini(&out);
	if (board->is_stale || board->is_partial)
		fprintf(stderr, "azdeck: %s: %s: %s\n", board->def->name,
			board->is_stale ? "stale" : "partial", board->err.text);
	if (board->note && board->n_rows == 0)
		fprintf(stderr, "azdeck: %s: %s\n", board->def->name, board->note);
	if (code == 0 && r->is_check && board->worst == SEV_CRIT)
		code = 1;
	return code;
}
