/* Which columns fit. Thread: any (no state). */
#include "tui/widget/columns.h"

#include "base/utf8.h"
#include "tui/widget/cells.h"

#define SAMPLES	   200
#define MAX_TEXT   48
#define LEAST_TEXT 12
#define GAP	   2

void columns_measure(const struct look *look, const struct board_view *view,
		     const struct board_def *def, int wanted[COLUMNS_MAX])
{
	size_t step = view->n > SAMPLES ? view->n / SAMPLES : 1;

	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		const struct column *column = &def->columns[c];
		int limit = column->max_width > 0 ? column->max_width : MAX_TEXT;
		int w = utf8_width(str_from(column->title)) + 1;

		for (size_t i = 0; !column->is_hidden && i < view->n; i += step) {
			const struct row *row = &view->board->rows[view->index[i]];
			int need = cells_width(look, column, &row->cells[c], limit);

			w = need > w ? need : w;
		}
		wanted[c] = w < column->min_width ? column->min_width : w;
	}
}

static int least(const struct column *column, int wanted)
{
	int floor = column->min_width > LEAST_TEXT ? column->min_width : LEAST_TEXT;

	if (column->type != CELL_TEXT && column->type != CELL_STATE)
		return wanted;
	return wanted < floor ? wanted : floor;
}

/* True marks in `is_in`; returns the cells they need. */
static int choose_by_priority(const struct board_def *def, const int *wanted, int room,
			      bool *is_in)
{
	int used = 0, highest = 1;

	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++)
		highest = def->columns[c].priority > highest ? def->columns[c].priority
							     : highest;
	for (int priority = 0; priority <= highest; priority++) {
		for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
			const struct column *column = &def->columns[c];
			int need = least(column, wanted[c]) + (used > 0 ? GAP : 0);

			if (column->is_hidden || column->priority != priority)
				continue;
			if (used > 0 && used + need > room)
				continue;
			is_in[c] = true;
			used += need;
		}
	}
	return used;
}

/* The first column stays, then the columns that end with the cursor's. */
static int choose_around(const struct board_def *def, const int *wanted, int room,
			 size_t cursor, bool *is_in)
{
	int used = 0;

	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		is_in[c] = false;
		if (used == 0 && !def->columns[c].is_hidden) {
			is_in[c] = true;
			used = least(&def->columns[c], wanted[c]);
		}
	}
	for (size_t c = cursor + 1; c > 0; c--) {
		int need = least(&def->columns[c - 1], wanted[c - 1]) + GAP;

		if (is_in[c - 1] || def->columns[c - 1].is_hidden)
			continue;
		if (c - 1 != cursor && used + need > room)
			break;
		is_in[c - 1] = true;
		used += need;
	}
	return used;
}

void columns_choose(const struct board_def *def, const int wanted[COLUMNS_MAX], int x,
		    int w, size_t cursor, struct columns *out)
{
	bool is_in[COLUMNS_MAX] = {false};
	int used = choose_by_priority(def, wanted, w, is_in);

	if (cursor < def->n_columns && !is_in[cursor] && !def->columns[cursor].is_hidden)
		used = choose_around(def, wanted, w, cursor, is_in);
	*out = (struct columns){0};
	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		int cells = least(&def->columns[c], wanted[c]);
		int more = wanted[c] - cells;

		if (!is_in[c]) {
			out->n_hidden += !def->columns[c].is_hidden;
			continue;
		}
		more = more > w - used ? w - used : more;
		cells += more > 0 ? more : 0;
		used += more > 0 ? more : 0;
		out->at[out->n++] = (struct column_place){.index = c, .x = x, .w = cells};
		x += cells + GAP;
	}
}
