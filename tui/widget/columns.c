/* Which columns fit. Thread: any (no state). */
#include "tui/widget/columns.h"

#include "base/utf8.h"
#include "tui/widget/cells.h"

#define SAMPLES	   200
#define MAX_TEXT   48
#define LEAST_TEXT 12
#define GAP	   2
#define VITAL	   2  /* priorities up to this one belong on every screen */
#define COSY	   44 /* what a text may take before the others are looked at */

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

/* No text takes more than two fifths from the other columns that belong on every screen. */
static int fair(const struct column *column, int wanted, int room)
{
	int share = room * 2 / 5, w = least(column, wanted);

	return w < share ? (wanted < share ? wanted : share) : w;
}

/* The columns of one priority, as far as they fit; returns the cells used by now. */
static int choose_of(const struct board_def *def, const int *wanted, int room,
		     int priority, int used, int *width)
{
	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		const struct column *column = &def->columns[c];
		int gap = used > 0 ? GAP : 0, w = wanted[c];

		if (column->is_hidden || column->priority != priority)
			continue;
		if (priority <= VITAL)
			w = fair(column, w, room);
		if (used + gap + w > room)
			w = least(column, wanted[c]);
		if (used > 0 && used + gap + w > room)
			continue;
		width[c] = w;
		used += gap + w;
	}
	return used;
}

/* Lets the columns that were chosen grow to what they want, but not over `limit`, the
 * first ones first. */
static int grow(const struct board_def *def, const int *wanted, int room, int limit,
		int used, int *width)
{
	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX && used < room; c++) {
		int most = wanted[c] < limit ? wanted[c] : limit;
		int more = width[c] > 0 ? most - width[c] : 0;

		more = more > room - used ? room - used : more;
		if (more > 0) {
			width[c] += more;
			used += more;
		}
	}
	return used;
}

/* Fills in the widths of the columns that fit, 0 for the others; returns the cells
 * they need. Those that belong on every screen get what they want, within reason,
 * before the others are looked at. */
static int choose_by_priority(const struct board_def *def, const int *wanted, int room,
			      int *width)
{
	int used = 0, highest = VITAL, share = room * 2 / 5;

	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++)
		highest = def->columns[c].priority > highest ? def->columns[c].priority
							     : highest;
	for (int priority = 0; priority <= highest; priority++) {
		used = choose_of(def, wanted, room, priority, used, width);
		if (priority >= VITAL)
			used = grow(def, wanted, room, share > COSY ? share : COSY, used,
				    width);
	}
	return used;
}

/* The first column stays, then the columns that end with the cursor's. */
static int choose_around(const struct board_def *def, const int *wanted, int room,
			 size_t cursor, int *width)
{
	int used = 0;

	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		width[c] = 0;
		if (used == 0 && !def->columns[c].is_hidden)
			used = width[c] = least(&def->columns[c], wanted[c]);
	}
	for (size_t c = cursor + 1; c > 0; c--) {
		int w = least(&def->columns[c - 1], wanted[c - 1]);

		if (width[c - 1] > 0 || def->columns[c - 1].is_hidden)
			continue;
		if (c - 1 != cursor && used + GAP + w > room)
			break;
		width[c - 1] = w;
		used += GAP + w;
	}
	return used;
}

void columns_choose(const struct board_def *def, const int wanted[COLUMNS_MAX], int x,
		    int w, size_t cursor, struct columns *out)
{
	int width[COLUMNS_MAX] = {0}, used = choose_by_priority(def, wanted, w, width);

	if (cursor < def->n_columns && width[cursor] == 0 &&
	    !def->columns[cursor].is_hidden)
		used = choose_around(def, wanted, w, cursor, width);
	grow(def, wanted, w, w, used, width);
	*out = (struct columns){0};
	for (size_t c = 0; c < def->n_columns && c < COLUMNS_MAX; c++) {
		if (width[c] == 0) {
			out->n_hidden += !def->columns[c].is_hidden;
			continue;
		}
		out->at[out->n++] =
			(struct column_place){.index = c, .x = x, .w = width[c]};
		x += width[c] + GAP;
	}
}
