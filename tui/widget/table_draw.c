/* The table's drawing: O(rows in sight), whatever the board holds. Thread: ui. */
#include <stdio.h>

#include "base/utf8.h"
#include "tui/widget/age.h"
#include "tui/widget/cells.h"
#include "tui/widget/mark.h"
#include "tui/widget/table.h"
#include "tui/widget/wrap.h"

#define LEFT_CELLS 3 /* cursor, mark, blank */
#define MAX_RANGES 8

static void draw_headings(const struct table *table, const struct look *look,
			  struct surface *s, const struct columns *columns)
{
	const struct view_order *order = &table->view.order;

	surface_fill(s, 0, 0, surface_w(s), 1, ROLE_HEADING);
	for (size_t i = 0; i < columns->n; i++) {
		const struct column_place *at = &columns->at[i];
		const struct column *column = &table->def->columns[at->index];
		bool is_sorted = order->column == (ptrdiff_t)at->index;
		enum role role = is_sorted ? ROLE_HEADING_SORT : ROLE_HEADING;
		char title[120];

		snprintf(title, sizeof(title), "%s%s", column->title,
			 !is_sorted		? ""
			 : order->is_descending ? look_pick(look, "▾", "v")
						: look_pick(look, "▴", "^"));
		surface_put_fit(s, at->x, 0, at->w, role, str_from(title),
				cells_is_right(column));
		if (at->index == table->column)
			surface_overlay(s, at->x, 0, at->w, 1, ROLE_SELECTED);
		hits_add(look->hits, s, (struct rect){at->x, 0, at->w + 1, 1},
			 (struct hit){.kind = HIT_HEADING, .index = (int)at->index});
	}
	if (columns->n_hidden > 0)
		surface_puts(s, surface_w(s) - 1, 0, ROLE_DIM, look_pick(look, "›", ">"));
}

static void mark_matches(const struct table *table, const struct look *look,
			 struct surface *s, int y, const struct column_place *at,
			 const struct cell *cell)
{
	const struct column *column = &table->def->columns[at->index];
	struct filter_range ranges[MAX_RANGES];
	struct strbuf text;
	size_t n;
	int x = at->x;

	strbuf_init(&text, 600);
	cells_text(&text, look, column, cell, at->w);
	n = filter_ranges(table->highlight, at->index, strbuf_str(&text), ranges,
			  MAX_RANGES);
	if (cells_is_right(column))
		x += at->w - utf8_width(strbuf_str(&text));
	for (size_t i = 0; i < n; i++) {
		int from = utf8_width(str_sub(strbuf_str(&text), 0, ranges[i].at));
		int cells =
			utf8_width(str_sub(strbuf_str(&text), ranges[i].at, ranges[i].n));

		if (x + from + cells > at->x + at->w)
			cells = at->x + at->w - x - from;
		if (cells > 0)
			surface_overlay(s, x + from, y, cells, 1, ROLE_MATCH);
	}
	strbuf_fini(&text);
}

static void draw_row(const struct table *table, const struct look *look,
		     struct surface *s, int y, size_t place,
		     const struct columns *columns)
{
	const struct row *row = &table->view.board->rows[table->view.index[place]];
	bool is_selected = place == table->view.selected;

	mark_put(look, s, 1, y, row->sev);
	for (size_t i = 0; i < columns->n; i++) {
		const struct column_place *at = &columns->at[i];

		cells_put(look, s, (struct rect){at->x, y, at->w, 1},
			  &table->def->columns[at->index], &row->cells[at->index],
			  i == 0 ? ROLE_STRONG : ROLE_TEXT);
	}
	if (is_selected && columns->n > 0)
		mark_cursor(look, s, y, columns->at[0].x, columns->at[0].w);
	for (size_t i = 0; table->highlight && i < columns->n; i++)
		mark_matches(table, look, s, y, &columns->at[i],
			     &row->cells[columns->at[i].index]);
	hits_add(look->hits, s, (struct rect){0, y, surface_w(s), 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)place});
}

static void draw_nothing(const struct table *table, const struct look *look,
			 struct surface *s)
{
	struct strbuf text;
	enum role role;

	strbuf_init(&text, 800);
	if (table->filter.n > 0 && table->view.board && table->view.board->n_rows > 0) {
		strbuf_printf(&text, "no rows match '%s'", table->filter.p);
		role = ROLE_DIM;
	} else {
		role = age_explain(&text, table->view.board,
				   "there is nothing of this kind");
		if (!table->view.board || table->view.board->is_loading)
			strbuf_puts(&text, look_pick(look, "…", "..."));
	}
	if (role == ROLE_CRIT)
		mark_put(look, s, 1, 1, SEV_CRIT);
	wrap_draw(s, LEFT_CELLS, 1, surface_w(s) - LEFT_CELLS - 1, surface_h(s) - 1, role,
		  strbuf_str(&text));
	strbuf_fini(&text);
}

/* Why the rows are old or not all, and what to do: under them, whole where there is
 * room, for what to do stands last. The lines it takes. */
static int draw_trouble(const struct table *table, const struct look *look,
			struct surface *s)
{
	const struct board *board = table->view.board;
	int w = surface_w(s) - LEFT_CELLS - 1, most = surface_h(s) / 3, n;
	struct strbuf text;

	if (!board || board->n_rows == 0 || board->err.code == ERR_NONE || most < 1)
		return 0;
	strbuf_init(&text, 600);
	strbuf_printf(&text, "%s: %s",
		      board->is_stale ? "the last good rows; failed since"
				      : "some rows are missing",
		      board->err.text);
	n = wrap_count(strbuf_str(&text), w);
	n = n < most ? n : most;
	mark_put(look, s, 1, surface_h(s) - n, SEV_WARN);
	wrap_draw(s, LEFT_CELLS, surface_h(s) - n, w, n, ROLE_STALE, strbuf_str(&text));
	strbuf_fini(&text);
	return n;
}

static void keep_in_sight(struct table *table, size_t lines)
{
	if (table->view.selected < table->top)
		table->top = table->view.selected;
	if (table->view.selected >= table->top + lines)
		table->top = table->view.selected - lines + 1;
	if (table->top + lines > table->view.n)
		table->top = table->view.n > lines ? table->view.n - lines : 0;
}

static void draw_scrollbar(const struct table *table, const struct look *look,
			   struct surface *s, int lines)
{
	size_t n = table->view.n;
	int length, from;

	if (n <= (size_t)lines || lines < 3)
		return;
	length = (int)((size_t)lines * (size_t)lines / n);
	length = length < 1 ? 1 : length;
	from = (int)(table->top * (size_t)(lines - length) / (n - (size_t)lines));
	for (int i = 0; i < length; i++)
		surface_glyph(s, surface_w(s) - 1, 1 + from + i, ROLE_BORDER,
			      look->is_ascii ? '|' : 0x2503);
}

void table_draw(struct table *table, const struct look *look, struct surface *s)
{
	struct columns columns;
	int lines = surface_h(s) - 1;

	if (!table->is_measured) {
		columns_measure(look, &table->view, table->def, table->wanted);
		table->is_measured = table->view.board != NULL;
	}
	columns_choose(table->def, table->wanted, LEFT_CELLS,
		       surface_w(s) - LEFT_CELLS - 2, table->column, &columns);
	draw_headings(table, look, s, &columns);
	if (table->view.n == 0) {
		draw_nothing(table, look, s);
		return;
	}
	lines -= draw_trouble(table, look, s);
	if (lines < 1)
		return;
	table->page = lines;
	keep_in_sight(table, (size_t)lines);
	for (int i = 0; i < lines && table->top + (size_t)i < table->view.n; i++)
		draw_row(table, look, s, i + 1, table->top + (size_t)i, &columns);
	draw_scrollbar(table, look, s, lines);
}
