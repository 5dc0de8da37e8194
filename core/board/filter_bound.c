/* See filter_bound.h. Thread: any (no state). */
#include "board/filter_bound.h"

#include <stddef.h>

bool filter_bound_fits(const struct column *column)
{
	return column->type != CELL_TEXT && column->type != CELL_STATE &&
	       column->type != CELL_SERIES && column->type != CELL_TIME;
}

enum filter_order filter_order_cut(struct str *rest)
{
	bool has_equal = rest->n > 1 && rest->p[1] == '=';
	char first = rest->n > 0 ? rest->p[0] : '\0';

	if (first != '<' && first != '>')
		return FILTER_NO_ORDER;
	*rest = str_sub(*rest, has_equal ? 2 : 1, rest->n);
	if (first == '<')
		return has_equal ? FILTER_UP_TO : FILTER_BELOW;
	return has_equal ? FILTER_FROM : FILTER_ABOVE;
}

static bool is_span(const struct column *column)
{
	return column->type == CELL_AGE || column->type == CELL_DURATION;
}

struct factor {
	const char *word;
	double by;
};

static const struct factor spans[] = {
	{"", 1e3},     {"ms", 1},    {"s", 1e3},       {"m", 60e3}, {"min", 60e3},
	{"h", 3600e3}, {"d", 864e5}, {"w", 7 * 864e5}, {NULL, 0},
};
static const struct factor sizes[] = {
	{"", 1},       {"k", 0x1p10},	{"kib", 0x1p10}, {"m", 0x1p20},	  {"mib", 0x1p20},
	{"g", 0x1p30}, {"gib", 0x1p30}, {"t", 0x1p40},	 {"tib", 0x1p40}, {NULL, 0},
};
static const struct factor plain[] = {
	{"", 1}, {"%", 1}, {"k", 1e3}, {"m", 1e6}, {NULL, 0},
};

bool filter_bound_read(struct str text, const struct column *column, double *out,
		       struct err *err)
{
	const struct factor *f = is_span(column)	      ? spans
				 : column->type == CELL_BYTES ? sizes
							      : plain;
	size_t n = 0;

	while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') ||
			      text.p[n] == '.' || text.p[n] == '-'))
		n++;
	if (str_to_f64(str_sub(text, 0, n), out)) {
		for (; f->word; f++) {
			if (str_eq_nocase(str_sub(text, n, text.n), str_from(f->word))) {
				*out *= f->by;
				return true;
			}
		}
	}
	return err_set(err, ERR_USAGE, "filter: %.*s is no bound for %s: %s",
		       STR_ARG(text), column->title,
		       is_span(column)		    ? "30s, 10m, 2h, 1d"
		       : column->type == CELL_BYTES ? "500M, 5G, 1T"
						    : "80, 1.5k");
}

bool filter_bound_holds(enum filter_order order, double bound,
			const struct column *column, const struct cell *cell,
			int64_t now_ms)
{
	double value =
		column->type == CELL_AGE ? (double)now_ms - cell->number : cell->number;

	if (cell->is_null)
		return false;
	switch (order) {
	case FILTER_BELOW:
		return value < bound;
	case FILTER_UP_TO:
		return value <= bound;
	case FILTER_FROM:
		return value >= bound;
	case FILTER_ABOVE:
		return value > bound;
	case FILTER_NO_ORDER:
		break;
	}
	return false;
}
