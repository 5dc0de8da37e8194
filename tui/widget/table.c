/* The table's state: order, filter, cursor. Thread: ui. */
#include "tui/widget/table.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/widget/cells.h"

#define MAX_FILTER_BYTES 512

static size_t first_column(const struct board_def *def)
{
	size_t column = 0;

	while (column + 1 < def->n_columns && def->columns[column].is_hidden)
		column++;
	return column;
}

void table_init(struct table *table, const struct board_def *def)
{
	*table = (struct table){.def = board_def_get(def)};
	view_init(&table->view);
	strbuf_init(&table->filter, MAX_FILTER_BYTES);
	strbuf_init(&table->search, MAX_FILTER_BYTES);
	table->column = first_column(def);
}

void table_fini(struct table *table)
{
	board_def_put(table->def);
	view_fini(&table->view);
	strbuf_fini(&table->filter);
	strbuf_fini(&table->search);
	filter_free(table->highlight);
}

static void set_text(struct strbuf *sb, struct str text)
{
	char *copy = xstrndup(text.p ? text.p : "", text.n); /* may be sb's own text */

	strbuf_reset(sb);
	strbuf_puts(sb, copy);
	free(copy);
}

/* The board's file was edited: what was kept by column is by other columns now. */
static void redefine(struct table *table, const struct board_def *def)
{
	struct err ignored;

	board_def_put(table->def);
	table->def = board_def_get(def);
	table->column = first_column(def);
	filter_free(table->highlight);
	table->highlight = table->search.n > 0 ? filter_parse(strbuf_str(&table->search),
							      def, &ignored)
					       : NULL;
}

void table_follow(struct table *table, struct board *board, int64_t now_ms)
{
	bool is_first = table->view.board == NULL;
	struct err err = {0};

	if (!board || board == table->view.board)
		return;
	if (board->def != table->def) {
		redefine(table, board->def);
		is_first = true;
	}
	view_set_board(&table->view, board, now_ms);
	table->is_measured = false;
	if (is_first && table->filter.n > 0 &&
	    !view_set_filter(&table->view, strbuf_str(&table->filter), &err))
		strbuf_reset(&table->filter);
}

bool table_filter(struct table *table, struct str text, struct err *err)
{
	struct filter *highlight = NULL;

	if (text.n > 0) {
		highlight = filter_parse(text, table->def, err);
		if (!highlight)
			return false;
	}
	/* What the cursor stands on now is what it stays on. */
	if (table->view.n > 0)
		view_select(&table->view, table->view.selected);
	if (table->view.board && !view_set_filter(&table->view, text, err)) {
		filter_free(highlight);
		return false;
	}
	if (text.n > 0) {
		filter_free(table->highlight);
		table->highlight = highlight;
		set_text(&table->search, text);
	}
	set_text(&table->filter, text);
	return true;
}

void table_move(struct table *table, ptrdiff_t step)
{
	ptrdiff_t at = (ptrdiff_t)table->view.selected,
		  last = (ptrdiff_t)table->view.n - 1;

	if (last < 0)
		return;
	at = step > last ? last : step < -last ? 0 : at + step;
	view_select(&table->view, at < 0 ? 0 : at > last ? (size_t)last : (size_t)at);
}

void table_select_key(struct table *table, struct str key)
{
	ptrdiff_t row = table->view.board ? board_find(table->view.board, key) : -1;

	for (size_t i = 0; row >= 0 && i < table->view.n; i++) {
		if (table->view.index[i] == (uint32_t)row) {
			view_select(&table->view, i);
			return;
		}
	}
}

static size_t beside(const struct table *table, size_t column, int step)
{
	size_t n = table->def->n_columns, at = column;

	do {
		at = (at + n + (size_t)(ptrdiff_t)step) % n;
	} while (at != column && table->def->columns[at].is_hidden);
	return at;
}

void table_move_column(struct table *table, int step)
{
	size_t next = beside(table, table->column, step);

	/* The ends are ends: the cursor does not jump round. */
	if ((step > 0) == (next > table->column))
		table->column = next;
}

static void set_order(struct table *table, ptrdiff_t column, bool is_descending)
{
	view_set_order(&table->view, (struct view_order){.column = column,
							 .is_descending = is_descending});
}

/* Figures are looked at from the largest down, texts from A. */
static bool starts_descending(const struct column *column)
{
	return column->type != CELL_TEXT && column->type != CELL_STATE;
}

void table_sort(struct table *table, size_t column)
{
	const struct view_order *order = &table->view.order;

	table->column = column;
	if (order->column == (ptrdiff_t)column && !order->severity_first)
		set_order(table, (ptrdiff_t)column, !order->is_descending);
	else
		set_order(table, (ptrdiff_t)column,
			  starts_descending(&table->def->columns[column]));
}

void table_sort_step(struct table *table, int step)
{
	ptrdiff_t now = table->view.order.column;
	size_t next = now < 0 ? (step > 0 ? beside(table, table->def->n_columns - 1, 1)
					  : beside(table, 0, -1))
			      : beside(table, (size_t)now, step);

	table->column = next;
	set_order(table, (ptrdiff_t)next, starts_descending(&table->def->columns[next]));
}

bool table_sort_named(struct table *table, struct str name)
{
	bool is_descending = str_starts(name, STR("-"));
	ptrdiff_t column;

	if (is_descending)
		name = str_sub(name, 1, name.n - 1);
	if (str_eq_nocase(name, STR("severity"))) {
		set_order(table, VIEW_BY_SEVERITY, !is_descending);
		return true;
	}
	column = board_def_column(table->def, name);
	if (column < 0)
		return false;
	table->column = (size_t)column;
	set_order(table, column, is_descending);
	return true;
}

/* Rows of the board that the last filter keeps. The view does the work: filtered
 * for a moment, then as it was. */
static bool *matching_rows(struct table *table)
{
	bool *is_match = xcalloc(table->view.board->n_rows + 1, sizeof(*is_match));
	size_t selected = table->view.selected;
	struct err err = {0};

	if (view_set_filter(&table->view, strbuf_str(&table->search), &err)) {
		for (size_t i = 0; i < table->view.n; i++)
			is_match[table->view.index[i]] = true;
		if (!view_set_filter(&table->view, strbuf_str(&table->filter), &err))
			strbuf_reset(&table->filter);
	}
	view_select(&table->view, selected);
	return is_match;
}

bool table_match(struct table *table, int step)
{
	size_t n = table->view.n, at = table->view.selected;
	bool *is_match, is_found = false;

	if (table->search.n == 0 || n == 0)
		return false;
	is_match = matching_rows(table);
	for (size_t i = 0; i < n && !is_found; i++) {
		at = (at + n + (size_t)(ptrdiff_t)step) % n;
		is_found = is_match[table->view.index[at]];
	}
	if (is_found)
		view_select(&table->view, at);
	free(is_match);
	return is_found;
}

static void put_cell(struct strbuf *out, const struct table *table,
		     const struct look *look, const struct row *row, size_t column)
{
	cells_text(out, look, &table->def->columns[column], &row->cells[column], 0);
}

void table_copy_cell(const struct table *table, const struct look *look,
		     struct strbuf *out)
{
	const struct row *row = view_row(&table->view);

	if (row)
		put_cell(out, table, look, row, table->column);
}

void table_copy(const struct table *table, const struct look *look, struct strbuf *out)
{
	for (size_t c = 0; c < table->def->n_columns; c++) {
		if (!table->def->columns[c].is_hidden)
			strbuf_printf(out, "%s%s", out->n > 0 ? "\t" : "",
				      table->def->columns[c].title);
	}
	strbuf_putc(out, '\n');
	for (size_t i = 0; i < table->view.n; i++) {
		const struct row *row = &table->view.board->rows[table->view.index[i]];
		bool is_first = true;

		for (size_t c = 0; c < table->def->n_columns; c++) {
			if (table->def->columns[c].is_hidden)
				continue;
			if (!is_first)
				strbuf_putc(out, '\t');
			put_cell(out, table, look, row, c);
			is_first = false;
		}
		strbuf_putc(out, '\n');
	}
}
