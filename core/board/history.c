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

/* The answer that an earlier run had last is on disk sometimes: it is that look. */
static void drop_seeded(struct history *h)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&h->tracks, &at, &slot)) {
		struct track *t = slot->value;

		t->n -= t->n < h->seeded ? t->n : (unsigned)h->seeded;
	}
}

void history_add(struct history *h, struct board *board, int64_t fetched_ms)
{
	if (h->n_tracked == 0 && !h->has_borrowers)
		return;
	if (h->seeded_ms && fetched_ms <= h->seeded_ms)
		drop_seeded(h);
	h->seeded_ms = 0;
	if (h->round++ == 0)
		h->first_ms = fetched_ms;
	for (size_t i = 0; i < board->n_rows; i++) {
		if (h->n_tracked)
			add_row(h, board, &board->rows[i]);
		borrow_series(h->def, &board->rows[i]);
	}
	if (h->round % HISTORY_POINTS == 0 || h->tracks.n >= HISTORY_MOST_ROWS)
		forget_gone(h);
}

static void renew_row(const struct history *h, struct board *board, struct row *row)
{
	const struct track *t = map_find(&h->tracks, row->key);
	size_t bytes = h->def->n_columns * sizeof(*row->cells), ring = 0;
	struct cell *cells = arena_alloc(&board->arena, bytes);

	memcpy(cells, row->cells, bytes);
	row->cells = cells;
	for (size_t c = 0; t && c < h->def->n_columns; c++) {
		if (h->def->columns[c].has_history)
			give_series(board, t, ring++, &cells[c]);
	}
	borrow_series(h->def, row);
}

struct board *history_renew(const struct history *h, struct board *of)
{
	struct board *board = board_remark(of);

	board->rows = arena_alloc(&board->arena, (of->n_rows + 1) * sizeof(*board->rows));
	if (of->n_rows)
		memcpy(board->rows, of->rows, of->n_rows * sizeof(*board->rows));
	for (size_t i = 0; i < board->n_rows; i++)
		renew_row(h, board, &board->rows[i]);
	board->version++;
	return board;
}

struct history_seed *history_seed_new(const struct board_def *def)
{
	struct history_seed *seed = xcalloc(1, sizeof(*seed));

	arena_init(&seed->arena);
	for (size_t c = 0; c < def->n_columns; c++)
		seed->n_tracked += def->columns[c].has_history;
	return seed;
}

void history_seed_free(struct history_seed *seed)
{
	if (!seed)
		return;
	arena_fini(&seed->arena);
	free(seed);
}

static bool is_known(const struct history_seed *seed, const float *points, size_t at)
{
	for (size_t ring = 0; ring < seed->n_tracked; ring++) {
		if (!isnan(points[ring * HISTORY_POINTS + at]))
			return true;
	}
	return false;
}

/* What is older than the ring takes goes, and so does what begins before the row did. */
static void prepend(const struct history_seed *seed, const float *points,
		    size_t before_at, struct track *t)
{
	float(*rings)[HISTORY_POINTS] = xcalloc(seed->n_tracked + 1, sizeof(*rings));
	size_t room = HISTORY_POINTS - t->n, n;
	size_t from = before_at > room ? before_at - room : 0;

	while (from < before_at && !is_known(seed, points, from))
		from++;
	n = before_at - from;
	for (size_t ring = 0; ring < seed->n_tracked; ring++) {
		float *to = &t->points[ring * HISTORY_POINTS];

		memcpy(rings[ring], points + ring * HISTORY_POINTS + from,
		       n * sizeof(float));
		for (size_t i = 0; i < t->n; i++)
			rings[ring][n + i] = to[(t->start + i) % HISTORY_POINTS];
		memcpy(to, rings[ring], sizeof(rings[ring]));
	}
	t->start = 0;
	t->n += (unsigned)n;
	free(rings);
}

void history_take_seed(struct history *h, const struct history_seed *seed,
		       struct str prefix)
{
	bool is_that_look = h->round > 0 && h->first_ms <= seed->newest_ms;

	if (seed->n_tracked != h->n_tracked)
		return;
	for (size_t i = 0; i < seed->n_rows; i++) {
		struct str key = seed->rows[i].key;
		struct track *t;

		if (!str_starts(key, prefix))
			continue;
		key.p += prefix.n;
		key.n -= prefix.n;
		t = track_of(h, key);
		if (!t)
			return;
		prepend(seed, seed->rows[i].points,
			is_that_look ? seed->newest_at : HISTORY_POINTS, t);
	}
	if (h->round == 0) {
		h->seeded_ms = seed->newest_ms;
		h->seeded = HISTORY_POINTS - seed->newest_at;
	}
}
