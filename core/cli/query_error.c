/* An error of an expression as a person reads it: what, the line of the expression
 * that is meant, and a mark under the place. The expression may come from anywhere,
 * so none of its control characters is written, and a long line is cut around the
 * place. Thread: the main thread. */
#include <stdio.h>

#include "base/err.h"
#include "base/sanitize.h"
#include "base/utf8.h"
#include "cli/query.h"

/* Cells of the line before the mark and in all. */
enum { MOST_BEFORE = 60, MOST_CELLS = 96 };

/* The last `cells` cells of a text. */
static struct str tail(struct str s, int cells)
{
	int width = utf8_width(s), taken;
	size_t n;

	while (width > cells && (n = utf8_cluster(s, &taken)) > 0) {
		s = str_sub(s, n, s.n);
		width -= taken;
	}
	return s;
}

/* The line with the place, cut in two there. */
static void halves(struct str text, size_t at, struct strbuf *before,
		   struct strbuf *after)
{
	size_t from = at, to = at;

	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	while (to < text.n && text.p[to] != '\n')
		to++;
	strbuf_init(before, QUERY_MAX_TEXT * 4);
	strbuf_init(after, QUERY_MAX_TEXT * 4);
	sanitize_line(before, str_sub(text, from, at - from));
	sanitize_line(after, str_sub(text, at, to - at));
}

int cli_fail_query(const char *where, const char *expression,
		   const struct query_error *qe)
{
	struct str text = str_from(expression), left, right;
	struct strbuf before, after;
	const char *dots = "";
	int cells, used;

	halves(text, qe->offset < text.n ? qe->offset : text.n, &before, &after);
	left = strbuf_str(&before);
	if (utf8_width(left) > MOST_BEFORE) {
		left = tail(left, MOST_BEFORE - 3);
		dots = "...";
	}
	cells = utf8_width(left) + (int)strlen(dots);
	right = utf8_prefix(strbuf_str(&after), MOST_CELLS - cells, &used);
	fprintf(stderr, "azdeck: %s: %s: %s\n  %s%.*s%.*s%s\n  %*s^\n", where,
		query_error_name(qe->class), qe->text, dots, STR_ARG(left),
		STR_ARG(right), right.n < after.n ? "..." : "", cells, "");
	strbuf_fini(&before);
	strbuf_fini(&after);
	return err_exit_code(ERR_USAGE);
}
