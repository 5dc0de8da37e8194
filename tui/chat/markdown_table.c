/* Tables in the width there is: columns as wide as what is in them while they fit, else the
 * widest give way and their cells are wrapped; with less than a few cells for each, a row
 * becomes a list of its cells. See markdown.h. */
#include "base/utf8.h"
#include "tui/chat/markdown_part.h"
#include "tui/widget/wrap.h"

enum { GAP = 2, NARROWEST = 6 };

struct table {
	struct md *md;
	size_t n, rows; /* columns, rows with the head */
	int w[MD_MOST_COLUMNS];
	bool is_right[MD_MOST_COLUMNS];
	struct chat_lead lead;
	char first[MD_MOST_LEAD], rest[MD_MOST_LEAD];
};

void md_table_drop(struct md *md)
{
	for (size_t i = 0; i < md->cells.n; i++)
		rich_fini(&md->cells.p[i].text);
	md->cells.n = 0;
}

void md_table_begin(struct md *md, size_t n_columns)
{
	md_table_drop(md);
	md->n_columns = n_columns;
}

void md_table_cell(struct md *md, bool is_right)
{
	struct md_cell cell = {.text = md->in, .is_right = is_right};

	rich_init(&md->in);
	md_cite(md, &cell.text);
	vec_push(&md->cells, cell);
}

static const struct rich *cell_at(const struct table *t, size_t row, size_t column)
{
	return &t->md->cells.p[row * t->n + column].text;
}

static void measure(struct table *t)
{
	for (size_t row = 0; row < t->rows; row++) {
		for (size_t i = 0; i < t->n; i++) {
			int w = utf8_width(strbuf_str(&cell_at(t, row, i)->text));

			t->w[i] = w > t->w[i] ? w : t->w[i];
			t->is_right[i] |= t->md->cells.p[row * t->n + i].is_right;
		}
	}
}

static int sum(const struct table *t, int most)
{
	int all = 0;

	for (size_t i = 0; i < t->n; i++)
		all += t->w[i] < most ? t->w[i] : most;
	return all;
}

/* False: they would be too narrow to be read. */
static bool fit(struct table *t, int w)
{
	int most = w;

	if (w < NARROWEST)
		return false;
	while (most > 0 && sum(t, most) > w)
		most--;
	if (most < NARROWEST && sum(t, w + 1) > w)
		return false;
	for (size_t i = 0; i < t->n; i++)
		t->w[i] = t->w[i] < most ? t->w[i] : most;
	return true;
}

static void put_blanks(struct chat_lines *l, int n)
{
	static const char blanks[] = "                                ";

	for (; n > 0; n -= (int)sizeof(blanks) - 1)
		chat_lines_put(l, ROLE_TEXT, 0,
			       (struct str){blanks, n < (int)sizeof(blanks) - 1
							    ? (size_t)n
							    : sizeof(blanks) - 1});
}

static void begin_line(struct table *t, enum chat_join join)
{
	struct chat_lines *l = t->md->out;

	chat_lines_begin(l, CHAT_LINE_TABLE, join);
	chat_lines_put(l, t->lead.role, 0, t->lead.first);
	chat_lines_end_lead(l);
	t->lead.first = t->lead.rest;
}

static struct str take(struct str *rest, int w)
{
	struct str whole = *rest, part = wrap_next(rest, w);
	int used;

	if (utf8_width(part) <= w)
		return part;
	part = utf8_prefix(whole, w, &used);
	if (part.n == 0)
		part = whole; /* narrower than what is in it */
	*rest = str_sub(whole, part.n, whole.n);
	return part;
}

/* A row, in as many lines as its longest cell. */
static void put_row(struct table *t, size_t row)
{
	struct chat_lines *l = t->md->out;
	struct str rest[MD_MOST_COLUMNS];
	bool is_more = true;

	for (size_t i = 0; i < t->n; i++)
		rest[i] = strbuf_str(&cell_at(t, row, i)->text);
	while (is_more) {
		int blanks = 0;

		is_more = false;
		begin_line(t, JOIN_NEWLINE);
		for (size_t i = 0; i < t->n; i++) {
			const struct rich *r = cell_at(t, row, i);
			struct str part = str_trim(take(&rest[i], t->w[i]));
			int room = t->w[i] - utf8_width(part);

			put_blanks(l, blanks + (t->is_right[i] ? room : 0));
			if (part.n > 0)
				chat_lines_put_rich(l, r, (size_t)(part.p - r->text.p),
						    part.n);
			blanks = GAP + (t->is_right[i] ? 0 : room);
			is_more = is_more || rest[i].n > 0;
		}
	}
}

static void put_rule(struct table *t, int w)
{
	struct chat_lines *l = t->md->out;
	const char *dash = t->md->how->is_ascii ? "-" : "─";

	begin_line(t, JOIN_NEWLINE);
	for (int i = 0; i < w; i++)
		chat_lines_put(l, ROLE_BORDER, 0, str_from(dash));
}

/* "Heading: value", one below the other. */
static void put_list(struct table *t)
{
	for (size_t row = 1; row < t->rows; row++) {
		for (size_t i = 0; i < t->n; i++) {
			const struct rich *head = cell_at(t, 0, i);
			const struct rich *cell = cell_at(t, row, i);
			struct rich line;

			rich_init(&line);
			rich_put(&line, ROLE_HEADING, strbuf_str(&head->text));
			rich_puts(&line, ROLE_HEADING, ": ");
			for (size_t k = 0; k < cell->text.n; k++)
				rich_put_mark(&line, (enum role)cell->bytes.p[k].role,
					      cell->bytes.p[k].mark,
					      (struct str){cell->text.p + k, 1});
			chat_lines_flow(t->md->out, CHAT_LINE_TABLE, &t->lead, &line);
			t->lead.first = t->lead.rest;
			rich_fini(&line);
		}
		if (row + 1 < t->rows)
			begin_line(t, JOIN_NEWLINE);
	}
}

void md_table_end(struct md *md)
{
	struct table t = {.md = md, .n = md->n_columns};
	int w;

	if (t.n > 0 && t.n <= MD_MOST_COLUMNS && md->cells.n >= t.n) {
		t.rows = md->cells.n / t.n;
		md_lead(md, &t.lead, t.first, t.rest);
		w = md->out->w - utf8_width(t.lead.first) - GAP * ((int)t.n - 1);
		measure(&t);
		if (fit(&t, w)) {
			put_row(&t, 0);
			put_rule(&t, sum(&t, w + 1) + GAP * ((int)t.n - 1));
			for (size_t row = 1; row < t.rows; row++)
				put_row(&t, row);
		} else {
			put_list(&t);
		}
	}
	md_table_drop(md);
	md->n_columns = 0;
}
