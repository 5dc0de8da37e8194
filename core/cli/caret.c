/* See caret.h. */
#include "cli/caret.h"

#include "base/sanitize.h"
#include "base/utf8.h"

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
	strbuf_init(before, text.n * 4 + 4);
	strbuf_init(after, text.n * 4 + 4);
	sanitize_line(before, str_sub(text, from, at - from));
	sanitize_line(after, str_sub(text, at, to - at));
}

void cli_put_caret(struct strbuf *out, struct str text, size_t offset)
{
	struct strbuf before, after;
	const char *dots = "";
	struct str left, right;
	int cells, used;

	halves(text, offset < text.n ? offset : text.n, &before, &after);
	left = strbuf_str(&before);
	if (utf8_width(left) > MOST_BEFORE) {
		left = tail(left, MOST_BEFORE - 3);
		dots = "...";
	}
	cells = utf8_width(left) + (int)strlen(dots);
	right = utf8_prefix(strbuf_str(&after), MOST_CELLS - cells, &used);
	strbuf_printf(out, "  %s%.*s%.*s%s\n  %*s^\n", dots, STR_ARG(left),
		      STR_ARG(right), right.n < after.n ? "..." : "", cells, "");
	strbuf_fini(&before);
	strbuf_fini(&after);
}
