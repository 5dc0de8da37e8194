/* The order of cells. Thread: any (no state). */
#include "board/board.h"
#include "board/def.h"

static unsigned char fold(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two runs of digits by value: the longer one without its zeros is larger. */
static int compare_runs(const char **a, const char **b)
{
	const char *x = *a, *y = *b;
	size_t nx = 0, ny = 0;
	int order;

	while (*x == '0')
		x++;
	while (*y == '0')
		y++;
	while (is_digit(x[nx]))
		nx++;
	while (is_digit(y[ny]))
		ny++;
	order = nx != ny ? (nx < ny ? -1 : 1) : memcmp(x, y, nx);
	*a = x + nx;
	*b = y + ny;
	return order;
}

int text_compare(const char *a, const char *b)
{
	const char *x = a, *y = b;

	while (*x && *y) {
		int order;

		if (is_digit(*x) && is_digit(*y)) {
			order = compare_runs(&x, &y);
		} else {
			order = (int)fold((unsigned char)*x) -
				(int)fold((unsigned char)*y);
			x++;
			y++;
		}
		if (order)
			return order;
	}
	if (*x || *y)
		return *x ? 1 : -1;
	return 0;
}

static double last_point(const struct cell *cell)
{
	return cell->series_n ? (double)cell->series[cell->series_n - 1] : 0;
}

int cell_compare(const struct column *column, const struct cell *a, const struct cell *b)
{
	double x = a->number, y = b->number;

	if (column->type == CELL_TEXT || column->type == CELL_STATE)
		return text_compare(a->text, b->text);
	if (column->type == CELL_SERIES) {
		x = last_point(a);
		y = last_point(b);
	} else if (column->type == CELL_AGE) {
		/* The oldest has the largest age. */
		x = b->number;
		y = a->number;
	}
	return (x > y) - (x < y);
}
