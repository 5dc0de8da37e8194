/* See print.h. */
#include "cli/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "board/def.h"
#include "board/view.h"

bool print_format_find(struct str name, enum print_format *out)
{
	static const char *const names[] = {"table", "json", "csv", "tsv"};

	for (size_t i = 0; i < COUNT(names); i++) {
		if (str_eq(name, str_from(names[i]))) {
			*out = (enum print_format)i;
			return true;
		}
	}
	return false;
}

static bool is_printed(const struct column *c)
{
	return !c->is_hidden && c->type != CELL_SERIES;
}

/* Row numbers in the board's own order. */
static uint32_t *ordered(const struct board *board)
{
	uint32_t *rows = xcalloc(board->n_rows, sizeof(*rows));

	for (size_t i = 0; i < board->n_rows; i++)
		rows[i] = (uint32_t)i;
	view_sort(board, view_order_of(board->def), rows, board->n_rows);
	return rows;
}

static void put_padded(struct strbuf *out, struct str text, int width, bool to_right,
		       bool is_last)
{
	int pad = width - utf8_width(text);

	if (to_right && pad > 0)
		strbuf_pad(out, ' ', (size_t)pad);
	strbuf_put(out, text);
	if (!to_right && pad > 0 && !is_last)
		strbuf_pad(out, ' ', (size_t)pad);
}

/* The widest text of each column, headings included. */
static void measure(const struct board *board, int64_t now_ms, int *widths)
{
	struct strbuf text;

	strbuf_init(&text, 65536);
	for (size_t c = 0; c < board->def->n_columns; c++) {
		const struct column *column = &board->def->columns[c];

		widths[c] = utf8_width(str_from(column->title));
		for (size_t i = 0; i < board->n_rows && is_printed(column); i++) {
			int w;

			strbuf_reset(&text);
			cell_format(&text, column, &board->rows[i].cells[c], now_ms, 0);
			w = utf8_width(strbuf_str(&text));
			widths[c] = w > widths[c] ? w : widths[c];
		}
	}
	strbuf_fini(&text);
}

static const char *colour_of(enum severity sev)
{
	switch (sev) {
	case SEV_CRIT:
		return "\033[1;31m";
	case SEV_WARN:
		return "\033[33m";
	case SEV_UNKNOWN:
	case SEV_INFO:
	case SEV_OK:
	case SEV_NONE:
		break;
	}
	return NULL;
}

static void put_row(struct strbuf *out, const struct board *board, const struct row *row,
		    const int *widths, int64_t now_ms, bool has_colour)
{
	const struct board_def *def = board->def;
	size_t last = def->n_columns;
	struct strbuf text;

	strbuf_init(&text, 65536);
	while (last > 0 && !is_printed(&def->columns[last - 1]))
		last--;
	for (size_t c = 0; c < last; c++) {
		const struct column *column = &def->columns[c];
		const char *colour = row && has_colour
					     ? colour_of((enum severity)row->cells[c].sev)
					     : NULL;

		if (!is_printed(column))
			continue;
		strbuf_reset(&text);
		if (row)
			cell_format(&text, column, &row->cells[c], now_ms, 0);
		else
			strbuf_puts(&text, column->title);
		if (colour)
			strbuf_puts(out, colour);
		put_padded(out, strbuf_str(&text), widths[c],
			   column->align == ALIGN_RIGHT, c + 1 == last);
		if (colour)
			strbuf_puts(out, "\033[m");
		strbuf_puts(out, c + 1 < last ? "  " : "\n");
	}
	strbuf_fini(&text);
}

/* Aligned columns with a heading, worst rows first when the board says so. */
static void put_table(struct strbuf *out, const struct board *board, int64_t now_ms,
		      bool has_colour)
{
	int *widths = xcalloc(board->def->n_columns, sizeof(*widths));
	uint32_t *rows = ordered(board);

	measure(board, now_ms, widths);
	put_row(out, board, NULL, widths, now_ms, false);
	for (size_t i = 0; i < board->n_rows; i++)
		put_row(out, board, &board->rows[rows[i]], widths, now_ms, has_colour);
	free(rows);
	free(widths);
}

static void put_raw(struct strbuf *out, const struct column *column,
		    const struct cell *cell)
{
	if (cell->is_null)
		return;
	switch (column->type) {
	case CELL_TEXT:
	case CELL_STATE:
		strbuf_puts(out, cell->text);
		break;
	case CELL_TIME:
	case CELL_AGE:
		time_format_iso(out, (int64_t)cell->number, false);
		break;
	case CELL_DURATION:
		json_print_number(out, cell->number / 1000);
		break;
	case CELL_NUMBER:
	case CELL_BYTES:
	case CELL_MONEY:
	case CELL_PERCENT:
	case CELL_SERIES:
		json_print_number(out, cell->number);
		break;
	}
}

/* A spreadsheet computes a text that begins so, and names come from whoever may
 * make a resource. A number is only a number. */
static bool is_formula(struct str text)
{
	double number;

	return text.n && strchr("=+-@", text.p[0]) && !str_to_f64(text, &number);
}

/* CSV is what spreadsheets open; TSV is for scripts, to the letter. */
static void put_field(struct strbuf *out, struct str text, char separator)
{
	bool is_hidden = separator == ',' && is_formula(text);
	bool needs_quotes = separator == ',' && (str_find_char(text, ',') >= 0 ||
						 str_find_char(text, '"') >= 0);

	if (needs_quotes)
		strbuf_putc(out, '"');
	if (is_hidden)
		strbuf_putc(out, '\'');
	if (!needs_quotes) {
		for (size_t i = 0; i < text.n; i++)
			strbuf_putc(out, text.p[i] == '\t' ? ' ' : text.p[i]);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			strbuf_putc(out, '"');
		strbuf_putc(out, text.p[i]);
	}
	strbuf_putc(out, '"');
}

/* A column's fields behind their separators: a heading without a row. Money is
 * followed by its currency, as in JSON: rows may differ in it. */
static void put_column(struct strbuf *out, const struct column *column,
		       const struct cell *cell, char separator)
{
	struct strbuf text;

	strbuf_init(&text, 65536);
	if (cell)
		put_raw(&text, column, cell);
	else
		strbuf_puts(&text, column->name);
	strbuf_putc(out, separator);
	put_field(out, strbuf_str(&text), separator);
	if (column->type == CELL_MONEY && column->currency) {
		strbuf_reset(&text);
		if (cell)
			strbuf_puts(&text, cell->text);
		else
			strbuf_printf(&text, "%s_currency", column->name);
		strbuf_putc(out, separator);
		put_field(out, strbuf_str(&text), separator);
	}
	strbuf_fini(&text);
}

/* RFC 4180, or tab-separated with blanks for tabs; raw values, a heading line. */
static void put_separated(struct strbuf *out, const struct board *board, char separator)
{
	const struct board_def *def = board->def;
	uint32_t *rows = ordered(board);

	for (size_t line = 0; line <= board->n_rows; line++) {
		const struct row *row = line ? &board->rows[rows[line - 1]] : NULL;

		strbuf_puts(out, row ? severity_name(row->sev) : "severity");
		for (size_t c = 0; c < def->n_columns; c++) {
			if (def->columns[c].type != CELL_SERIES)
				put_column(out, &def->columns[c],
					   row ? &row->cells[c] : NULL, separator);
		}
		strbuf_puts(out, separator == ',' ? "\r\n" : "\n");
	}
	free(rows);
}

/* {"schema": "azdeck.show/1", ..., "rows": [...]} */
static void put_json(struct strbuf *out, const struct board *board)
{
	strbuf_puts(out, "{\"schema\":\"azdeck.show/1\",\"board\":");
	json_print_text(out, str_from(board->def->name));
	strbuf_puts(out, ",\"as_of\":");
	if (board->fetched_ms) {
		strbuf_putc(out, '"');
		time_format_iso(out, board->fetched_ms, false);
		strbuf_putc(out, '"');
	} else {
		strbuf_puts(out, "null");
	}
	strbuf_printf(out, ",\"stale\":%s,\"partial\":%s,\"error\":",
		      board->is_stale ? "true" : "false",
		      board->is_partial ? "true" : "false");
	if (board->err.code != ERR_NONE)
		json_print_text(out, str_from(board->err.text));
	else
		strbuf_puts(out, "null");
	strbuf_puts(out, ",\"note\":");
	if (board->note)
		json_print_text(out, str_from(board->note));
	else
		strbuf_puts(out, "null");
	strbuf_puts(out, ",\"rows\":");
	board_rows_json(board, out);
	strbuf_puts(out, "}\n");
}

void print_board(struct strbuf *out, const struct board *board, enum print_format format,
		 int64_t now_ms, bool has_colour)
{
	switch (format) {
	case PRINT_TABLE:
		put_table(out, board, now_ms, has_colour);
		break;
	case PRINT_JSON:
		put_json(out, board);
		break;
	case PRINT_CSV:
		put_separated(out, board, ',');
		break;
	case PRINT_TSV:
		put_separated(out, board, '\t');
		break;
	}
}
