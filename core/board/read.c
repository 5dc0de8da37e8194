/* See read.h. */
#include "board/read.h"

#include <math.h>

#include "board/def.h"

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

int64_t read_moment(const struct board *board, size_t row, const char *column)
{
	double ms = read_number(board, row, column);

	return isfinite(ms) && ms > 0 ? (int64_t)ms : 0;
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
