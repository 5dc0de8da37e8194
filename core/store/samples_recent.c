/* See samples.h: the past of a board's rows up to a moment, one point for each look.
 * Thread: one at a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/vec.h"
#include "board/def.h"
#include "store/sample.h"
#include "store/id_map.h"
#include "store/samples_part.h"

/* Looks of the same tempo come a little early or late. */
enum { TIMES_MOST = HISTORY_POINTS, HOLE_PERCENT = 250 };

struct looks {
	enum samples_tier tier;
	size_t n;
	int64_t times[TIMES_MOST]; /* newest first */
	size_t places[TIMES_MOST]; /* of each in the history */
};

struct recent {
	struct db *db;
	struct history_seed *seed;
	struct id_map rows;
	VEC(float *) points; /* by row: as in the seed */
	VEC(float) now;	     /* by row */
};

static void list_times(struct db *db, int64_t track, int64_t before_ms, struct looks *l)
{
	struct db_query q =
		db_query(db, "SELECT at FROM sample WHERE track = ? AND tier = ? AND"
			     " at < ? ORDER BY at DESC LIMIT ?");

	l->n = 0;
	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)l->tier);
	db_put_i64(&q, before_ms);
	db_put_i64(&q, TIMES_MOST);
	while (db_next(&q)) {
		if (l->n < TIMES_MOST)
			l->times[l->n++] = db_get_i64(&q);
	}
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* What is usual between two looks; 0: nobody knows. */
static int64_t tempo_of(const struct looks *l)
{
	int64_t steps[TIMES_MOST];

	for (size_t i = 0; i + 1 < l->n; i++)
		steps[i] = l->times[i] - l->times[i + 1];
	if (l->n < 2)
		return 0;
	qsort(steps, l->n - 1, sizeof(*steps), by_size);
	return steps[(l->n - 1) / 2];
}

/* How many points on: one, but for a hole. */
static size_t points_of(int64_t passed_ms, int64_t tempo_ms)
{
	int64_t points;

	if (tempo_ms <= 0 || passed_ms * 100 <= tempo_ms * HOLE_PERCENT)
		return 1;
	points = (passed_ms + tempo_ms / 2) / tempo_ms;
	return points <= HISTORY_POINTS ? (size_t)points : HISTORY_POINTS + 1;
}

/* From the right; what is further back than a history goes is left out. */
static bool place(struct looks *l, int64_t before_ms)
{
	int64_t tempo_ms = tempo_of(l);
	size_t back = 0;

	for (size_t i = 0; i < l->n; i++) {
		int64_t later_ms = i ? l->times[i - 1] : before_ms;

		back += points_of(later_ms - l->times[i], tempo_ms);
		if (back > HISTORY_POINTS) {
			l->n = i;
			break;
		}
		l->places[i] = HISTORY_POINTS - back;
	}
	return l->n > 0;
}

/* The finest that there still is of that time. */
static bool find_looks(struct db *db, int64_t track, int64_t before_ms, struct looks *l)
{
	for (int tier = SAMPLES_FINE; tier <= SAMPLES_HOURS; tier++) {
		l->tier = (enum samples_tier)tier;
		list_times(db, track, before_ms, l);
		if (l->n)
			return place(l, before_ms);
	}
	return false;
}

static size_t row_of(struct recent *r, int64_t id)
{
	size_t row = id_map_place(&r->rows, id);

	if (row == r->points.n) {
		size_t n = r->seed->n_tracked * HISTORY_POINTS;
		float *points = arena_alloc(&r->seed->arena, n * sizeof(*points));

		for (size_t i = 0; i < n; i++)
			points[i] = NAN;
		vec_push(&r->points, points);
		vec_push(&r->now, NAN);
	}
	return row;
}

static void take(struct recent *r, struct str bytes)
{
	struct sample_reader reader;

	if (!sample_open(&reader, bytes))
		return;
	for (size_t i = 0; reader.is_whole && i < r->now.n; i++)
		r->now.p[i] = NAN;
	while (sample_next(&reader)) {
		size_t row = row_of(r, reader.id);

		r->now.p[row] = reader.value;
	}
}

/* The place of that time; HISTORY_POINTS: it only leads up to one. */
static size_t place_of(const struct looks *l, int64_t at_ms)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->times[i] == at_ms)
			return l->places[i];
	}
	return HISTORY_POINTS;
}

static void read_column(struct recent *r, const struct looks *l, int64_t track,
			size_t ring)
{
	struct db_query q =
		db_query(r->db, "SELECT at, bytes FROM sample WHERE track = ? AND tier"
				" = ? AND at >= ? AND at <= ? ORDER BY at");

	for (size_t i = 0; i < r->now.n; i++)
		r->now.p[i] = NAN;
	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)l->tier);
	db_put_i64(&q, samples_floor(l->times[l->n - 1], SAMPLES_WHOLE_MS));
	db_put_i64(&q, l->times[0]);
	while (db_next(&q)) {
		size_t at = place_of(l, db_get_i64(&q));

		take(r, db_get_bytes(&q));
		for (size_t i = 0; at < HISTORY_POINTS && i < r->now.n; i++)
			r->points.p[i][ring * HISTORY_POINTS + at] = r->now.p[i];
	}
}

static void name_rows(struct recent *r)
{
	struct history_seed *seed = r->seed;

	seed->rows = arena_calloc(&seed->arena, r->points.n + 1, sizeof(*seed->rows));
	for (size_t i = 0; i < r->points.n; i++) {
		struct str key;

		if (!name_text(r->db, r->rows.ids[i], &key))
			continue;
		seed->rows[seed->n_rows++] =
			(struct history_seed_row){.key = sanitize_to_arena(&seed->arena,
									   key),
						  .points = r->points.p[i]};
	}
}

static void read_columns(struct recent *r, const struct board_def *def, int64_t board,
			 int64_t before_ms)
{
	size_t ring = 0;

	for (size_t i = 0; i < def->n_columns; i++) {
		struct looks looks;
		int64_t track;

		if (!def->columns[i].has_history)
			continue;
		track = samples_track(r->db, board, def->columns[i].name);
		if (track && find_looks(r->db, track, before_ms, &looks)) {
			read_column(r, &looks, track, ring);
			if (looks.times[0] > r->seed->newest_ms) {
				r->seed->newest_ms = looks.times[0];
				r->seed->newest_at = looks.places[0];
			}
		}
		ring++;
	}
}

struct history_seed *samples_recent(struct db *db, const struct board_def *def,
				    int64_t before_ms)
{
	struct recent r = {.db = db, .seed = history_seed_new(def)};
	int64_t board = name_find(db, 0, str_from(def->name));

	if (board)
		read_columns(&r, def, board, before_ms);
	name_rows(&r);
	id_map_fini(&r.rows);
	vec_fini(&r.points);
	vec_fini(&r.now);
	if (r.seed->n_rows)
		return r.seed;
	history_seed_free(r.seed);
	return NULL;
}
