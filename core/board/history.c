/* See history.h. */
#include "board/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "base/xalloc.h"

/* A row's points: one ring a tracked column, all with the same start. */
struct track {
	uint64_t seen; /* the last round it was in the board */
	unsigned n, start;
	float points[]; /* n_tracked rings of HISTORY_POINTS */
};

void history_init(struct history *h, const struct board_def *def)
{
	*h = (struct history){.def = def};
	map_init(&h->tracks);
	for (size_t c = 0; c < def->n_columns; c++) {
		h->n_tracked += def->columns[c].has_history;
		h->has_borrowers |= def->columns[c].history_of != NULL;
	}
}

void history_fini(struct history *h)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&h->tracks, &at, &slot))
		free(slot->value);
	map_fini(&h->tracks);
}

/* NULL when there are too many rows to keep the past of one more. */
static struct track *track_of(struct history *h, struct str key)
{
	struct track *t = map_find(&h->tracks, key);

	if (!t && h->tracks.n < HISTORY_MOST_ROWS) {
		t = xcalloc(1,
			    sizeof(*t) + h->n_tracked * HISTORY_POINTS * sizeof(float));
		map_put(&h->tracks, key, t);
	}
	return t;
}

/* Room for one more point in every ring; returns its place. */
static unsigned advance(struct track *t)
{
	if (t->n < HISTORY_POINTS)
		return t->n++;
	t->start = (t->start + 1) % HISTORY_POINTS;
	return (t->start + HISTORY_POINTS - 1) % HISTORY_POINTS;
}

static void give_series(struct board *board, const struct track *t, size_t ring,
			struct cell *cell)
{
	float *series = arena_alloc(&board->arena, t->n * sizeof(*series));

	for (unsigned i = 0; i < t->n; i++)
		series[i] = t->points[ring * HISTORY_POINTS +
				      (t->start + i) % HISTORY_POINTS];
	cell->series = series;
	cell->series_n = t->n;
}

static void add_row(struct history *h, struct board *board, struct row *row)
{
	struct track *t = track_of(h, row->key);
	size_t ring = 0;
	unsigned at;

	if (!t)
		return;
	at = advance(t);
	t->seen = h->round;
	for (size_t c = 0; c < h->def->n_columns; c++) {
		struct cell *cell = &row->cells[c];

		if (!h->def->columns[c].has_history)
			continue;
		t->points[ring * HISTORY_POINTS + at] =
			cell->is_null ? NAN : (float)cell->number;
		give_series(board, t, ring, cell);
		ring++;
	}
}

/* A column that draws the history of another one borrows its series. */
static void borrow_series(const struct board_def *def, struct row *row)
{
	for (size_t c = 0; c < def->n_columns; c++) {
		ptrdiff_t of;

		if (!def->columns[c].history_of)
			continue;
		of = board_def_column(def, str_from(def->columns[c].history_of));
		if (of < 0)
			continue;
		row->cells[c].series = row->cells[of].series;
		row->cells[c].series_n = row->cells[of].series_n;
		row->cells[c].is_null = row->cells[of].series_n == 0;
	}
}

void history_borrow(struct board *board)
{
	for (size_t i = 0; i < board->n_rows; i++)
		borrow_series(board->def, &board->rows[i]);
}

static void forget_gone(struct history *h)
{
	VEC(char *) gone = {0};
	const struct map_slot *slot;
	size_t at = 0;
	char **key;

	while (map_next(&h->tracks, &at, &slot)) {
		const struct track *t = slot->value;

		if (h->round - t->seen > HISTORY_POINTS)
			vec_push(&gone, xstrndup(slot->key, slot->key_n));
	}
	vec_each (key, &gone) {
		free(map_take(&h->tracks, str_from(*key)));
		free(*key);
	}
	vec_fini(&gone);
}

void history_add(struct history *h, struct board *board)
{
	if (h->n_tracked == 0 && !h->has_borrowers)
		return;
	h->round++;
	for (size_t i = 0; i < board->n_rows; i++) {
		if (h->n_tracked)
			add_row(h, board, &board->rows[i]);
		borrow_series(h->def, &board->rows[i]);
	}
	if (h->round % HISTORY_POINTS == 0 || h->tracks.n >= HISTORY_MOST_ROWS)
		forget_gone(h);
}
