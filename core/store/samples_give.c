/* See samples.h: the series of a board as it was. Thread: one at a time. */
#include <math.h>
#include <string.h>

#include "board/def.h"
#include "store/samples.h"

/* A series begins where it is known first. */
static void give_cell(struct board *board, const float *points, struct cell *cell)
{
	uint32_t first = 0;
	float *series;

	while (first < HISTORY_POINTS && isnan(points[first]))
		first++;
	if (first == HISTORY_POINTS)
		return;
	cell->series_n = HISTORY_POINTS - first;
	series = arena_alloc(&board->arena, cell->series_n * sizeof(*series));
	memcpy(series, points + first, cell->series_n * sizeof(*series));
	cell->series = series;
}

static void give_row(struct board *board, const struct history_seed_row *from,
		     struct row *row)
{
	size_t ring = 0;

	for (size_t i = 0; i < board->def->n_columns; i++) {
		if (board->def->columns[i].has_history)
			give_cell(board, from->points + HISTORY_POINTS * ring++,
				  &row->cells[i]);
	}
}

void samples_give(struct db *db, struct board *board, int64_t at_ms)
{
	struct history_seed *seed = samples_recent(db, board->def, at_ms + 1);

	for (size_t i = 0; seed && i < seed->n_rows; i++) {
		ptrdiff_t row = board_find(board, seed->rows[i].key);

		if (row >= 0)
			give_row(board, &seed->rows[i], &board->rows[row]);
	}
	history_borrow(board);
	history_seed_free(seed);
}
