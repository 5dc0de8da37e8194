/* See samples.h: the series of a board as it was. Thread: one at a time. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "board/def.h"
#include "board/history.h"
#include "store/samples.h"

enum { FINE_STEP_MS = 60 * 1000 };

struct named_row {
	int64_t id;
	size_t row;
};

static int by_id(const void *a, const void *b)
{
	const struct named_row *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

struct giver {
	struct db *db;
	struct board *board;
	struct named_row *rows;
	int64_t *ids;
	float *values;
	struct samples_span span;
};

static bool knows_any(const float *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!isnan(values[i]))
			return true;
	}
	return false;
}

/* A series begins where it is known first. */
static void give_cell(struct giver *g, const float *values, struct cell *cell)
{
	uint32_t first = 0;
	float *series;

	while (first < g->span.n && isnan(values[first]))
		first++;
	if (first == g->span.n)
		return;
	cell->series_n = g->span.n - first;
	series = arena_alloc(&g->board->arena, cell->series_n * sizeof(*series));
	for (uint32_t i = 0; i < cell->series_n; i++)
		series[i] = values[first + i];
	cell->series = series;
}

static void give_column(struct giver *g, int64_t board, size_t column, int64_t at_ms)
{
	static const int64_t steps[] = {FINE_STEP_MS, SAMPLES_COARSE_MS};
	size_t n = g->board->n_rows;
	bool any = false;

	for (size_t i = 0; i < 2 && !any; i++) {
		g->span = (struct samples_span){
			.from_ms = at_ms - (HISTORY_POINTS - 1) * steps[i],
			.step_ms = steps[i],
			.n = HISTORY_POINTS,
		};
		any = samples_read(g->db, board, g->board->def->columns[column].name,
				   &g->span, g->ids, n, g->values) &&
		      knows_any(g->values, n * HISTORY_POINTS);
	}
	for (size_t i = 0; any && i < n; i++)
		give_cell(g, &g->values[i * HISTORY_POINTS],
			  &g->board->rows[g->rows[i].row].cells[column]);
}

static void find_rows(struct giver *g, int64_t board)
{
	size_t n = g->board->n_rows;

	for (size_t i = 0; i < n; i++)
		g->rows[i] = (struct named_row){.id = name_find(g->db, board,
								g->board->rows[i].key),
						.row = i};
	qsort(g->rows, n, sizeof(*g->rows), by_id);
	for (size_t i = 0; i < n; i++)
		g->ids[i] = g->rows[i].id;
}

void samples_give(struct db *db, struct board *board, int64_t at_ms)
{
	struct giver g = {.db = db, .board = board};
	int64_t name = name_find(db, 0, str_from(board->def->name));
	size_t n = board->n_rows;

	g.rows = xcalloc(n + 1, sizeof(*g.rows));
	g.ids = xcalloc(n + 1, sizeof(*g.ids));
	g.values = xcalloc(n * HISTORY_POINTS + 1, sizeof(*g.values));
	find_rows(&g, name);
	for (size_t i = 0; i < board->def->n_columns; i++) {
		if (board->def->columns[i].has_history)
			give_column(&g, name, i, at_ms);
	}
	history_borrow(board);
	free(g.rows);
	free(g.ids);
	free(g.values);
}
