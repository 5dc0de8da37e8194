/* Reading a board by column names. Thread: ui. */
#include "tui/pane/read.h"

#include <math.h>
#include <stdio.h>

#include "tui/widget/cells.h"

const struct cell *read_cell(const struct board *board, size_t row, const char *column)
{
	ptrdiff_t index;

	if (!board || row >= board->n_rows)
		return NULL;
	index = board_def_column(board->def, str_from(column));
	return index < 0 ? NULL : &board->rows[row].cells[index];
}

const char *read_text(const struct board *board, size_t row, const char *column)
{
	const struct cell *cell = read_cell(board, row, column);

	return cell && !cell->is_null && cell->text ? cell->text : "";
}

double read_number(const struct board *board, size_t row, const char *column)
{
	const struct cell *cell = read_cell(board, row, column);

	return cell && !cell->is_null ? cell->number : NAN;
}

double read_sum(const struct board *board, const char *column)
{
	double sum = NAN;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		double value = read_number(board, i, column);

		if (isfinite(value))
			sum = isnan(sum) ? value : sum + value;
	}
	return sum;
}

/* Row holding the largest known value, or -1. */
static ptrdiff_t max_row(const struct board *board, const char *column)
{
	ptrdiff_t best = -1;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		double value = read_number(board, i, column);

		if (isfinite(value) &&
		    (best < 0 || value > read_number(board, (size_t)best, column)))
			best = (ptrdiff_t)i;
	}
	return best;
}

double read_max(const struct board *board, const char *column)
{
	ptrdiff_t row = max_row(board, column);

	return row < 0 ? NAN : read_number(board, (size_t)row, column);
}

unsigned read_count(const struct board *board, const char *column, const char *word)
{
	unsigned n = 0;

	for (size_t i = 0; board && i < board->n_rows; i++)
		n += str_eq_nocase(str_from(read_text(board, i, column)), str_from(word));
	return n;
}

size_t figure_add(struct figure *out, size_t n, size_t max, const struct look *look,
		  const struct board *board, const char *column, double value,
		  const char *label)
{
	ptrdiff_t index = board ? board_def_column(board->def, str_from(column)) : -1;
	struct cell cell = {.number = value, .text = "", .sev = SEV_NONE};
	struct strbuf text;

	if (index < 0 || !isfinite(value) || n >= max)
		return n;
	if (board->n_rows > 0 && board->def->columns[index].type == CELL_MONEY)
		cell.text = read_text(board, 0, column);
	strbuf_init(&text, sizeof(out[n].value) - 1);
	cells_text(&text, look, &board->def->columns[index], &cell, 16);
	out[n] = (struct figure){.label = label};
	snprintf(out[n].value, sizeof(out[n].value), "%s", text.p);
	strbuf_fini(&text);
	return n + 1;
}

size_t figure_count(struct figure *out, size_t n, size_t max, unsigned count,
		    const char *label, enum severity sev)
{
	if (count == 0 || n >= max)
		return n;
	out[n] = (struct figure){.label = label, .sev = sev};
	snprintf(out[n].value, sizeof(out[n].value), "%u", count);
	return n + 1;
}
