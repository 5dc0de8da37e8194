/* See aligned.h. All cells stand in one text, one after the other. */
#include "cli/aligned.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { TEXT_MOST = 4 << 20, CELL_MOST = 100 << 10 };

struct aligned {
	const char *ways;
	size_t n;
	int *widths;
	struct strbuf text;
	VEC(size_t) ends; /* of each cell, in text */
};

struct aligned *aligned_new(const char *ways)
{
	struct aligned *c = xcalloc(1, sizeof(*c));

	c->ways = ways;
	c->n = strlen(ways);
	c->widths = xcalloc(c->n, sizeof(*c->widths));
	strbuf_init(&c->text, TEXT_MOST);
	return c;
}

static struct str cell_at(const struct aligned *c, size_t i)
{
	size_t begin = i ? c->ends.p[i - 1] : 0;

	return (struct str){c->text.p + begin, c->ends.p[i] - begin};
}

void aligned_put(struct aligned *c, const char *fmt, ...)
{
	size_t column = c->ends.n % c->n;
	struct strbuf raw;
	va_list ap;
	int width;

	strbuf_init(&raw, CELL_MOST);
	va_start(ap, fmt);
	strbuf_vprintf(&raw, fmt, ap);
	va_end(ap);
	sanitize_line(&c->text, strbuf_str(&raw));
	strbuf_fini(&raw);
	vec_push(&c->ends, c->text.n);
	width = utf8_width(cell_at(c, c->ends.n - 1));
	if (width > c->widths[column])
		c->widths[column] = width;
}

static void put_blanks(struct strbuf *out, int n)
{
	if (n > 0)
		strbuf_pad(out, ' ', (size_t)n);
}

/* How many cells of the row from `first` on hold anything, the empty ones behind left out. */
static size_t filled(const struct aligned *c, size_t first)
{
	size_t n = c->n;

	while (n > 0 && cell_at(c, first + n - 1).n == 0)
		n--;
	return n;
}

static void put_row(const struct aligned *c, size_t first, struct strbuf *out)
{
	size_t n = filled(c, first);

	for (size_t i = 0; i < n; i++) {
		struct str cell = cell_at(c, first + i);
		int pad = c->widths[i] - utf8_width(cell);

		if (i > 0)
			put_blanks(out, 2);
		if (c->ways[i] == '>')
			put_blanks(out, pad);
		strbuf_put(out, cell);
		if (c->ways[i] == '<' && i + 1 < n)
			put_blanks(out, pad);
	}
	strbuf_putc(out, '\n');
}

void aligned_end(struct aligned *c, struct strbuf *out)
{
	for (size_t first = 0; first + c->n <= c->ends.n; first += c->n)
		put_row(c, first, out);
	strbuf_fini(&c->text);
	vec_fini(&c->ends);
	free(c->widths);
	free(c);
}
