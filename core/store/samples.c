/* See samples.h. Writing; reading is in samples_read.c. */
#include "store/samples.h"

#include <math.h>

#include "board/def.h"
#include "store/sample.h"
#include "store/samples_part.h"

enum { SAMPLE_MOST_BYTES = 8 << 20 };

int64_t samples_floor(int64_t at_ms, int64_t step_ms)
{
	return at_ms - at_ms % step_ms;
}

void samples_put(struct db *db, int64_t track, enum samples_tier tier, int64_t at_ms,
		 struct str bytes)
{
	struct db_query q =
		db_query(db,
			 "INSERT INTO sample(track, tier, at, bytes) VALUES(?, ?, ?, ?)");

	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)tier);
	db_put_i64(&q, at_ms);
	db_put_bytes(&q, bytes);
	db_run(&q);
}

int64_t samples_newest(struct db *db, int64_t track, enum samples_tier tier)
{
	struct db_query q =
		db_query(db, "SELECT at FROM sample WHERE track = ? AND tier = ?"
			     " ORDER BY at DESC LIMIT 1");
	int64_t at = 0;

	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)tier);
	while (db_next(&q))
		at = db_get_i64(&q);
	return at;
}

/* Columns and rows are names of one scope. */
static void put_track(struct strbuf *out, const char *column)
{
	strbuf_printf(out, "column:%s", column);
}

int64_t samples_track(struct db *db, int64_t board, const char *column)
{
	struct strbuf name;
	int64_t track;

	strbuf_init(&name, 256);
	put_track(&name, column);
	track = name_find(db, board, strbuf_str(&name));
	strbuf_fini(&name);
	return track;
}

static float figure_of(const struct cell *cell)
{
	return cell->is_null ? NAN : (float)cell->number;
}

static bool is_same(float a, float b)
{
	return a == b || (isnan(a) && isnan(b));
}

static void put_whole(struct db *db, const struct samples_look *look, size_t column,
		      struct strbuf *out)
{
	struct sample_writer w;

	sample_begin(&w, out, true);
	for (size_t i = 0; i < look->board->n_rows; i++) {
		float value = figure_of(&look->board->rows[i].cells[column]);

		if (!isnan(value))
			sample_put(&w,
				   pairs_id(look->pairs, look->keys, db, look->board, i),
				   value);
	}
}

static void put_gone(struct db *db, const struct samples_look *look, size_t column,
		     struct sample_writer *w)
{
	for (size_t i = 0; i < look->before->n_rows; i++) {
		const struct row *row = &look->before->rows[i];

		if (!look->pairs->stays[i] && !row->cells[column].is_null)
			sample_put(w, names_id(look->keys, db, row->key), NAN);
	}
}

static void put_changed(struct db *db, const struct samples_look *look, size_t column,
			struct strbuf *out)
{
	struct sample_writer w;

	sample_begin(&w, out, false);
	for (size_t i = 0; i < look->board->n_rows; i++) {
		float value = figure_of(&look->board->rows[i].cells[column]);
		ptrdiff_t was = look->pairs->was[i];
		float before =
			was < 0 ? NAN : figure_of(&look->before->rows[was].cells[column]);

		if (!is_same(value, before))
			sample_put(&w,
				   pairs_id(look->pairs, look->keys, db, look->board, i),
				   value);
	}
	put_gone(db, look, column, &w);
}

/* The time that has just ended becomes a mean; so does its hour. */
static void condense(struct db *db, int64_t track, int64_t before_ms, int64_t at_ms)
{
	int64_t part_ms = samples_floor(before_ms, SAMPLES_COARSE_MS);
	int64_t hour_ms = samples_floor(before_ms, SAMPLES_HOURS_MS);

	samples_condense(db, track, SAMPLES_FINE, part_ms, SAMPLES_COARSE_MS);
	if (hour_ms < samples_floor(at_ms, SAMPLES_HOURS_MS))
		samples_condense(db, track, SAMPLES_COARSE, hour_ms, SAMPLES_HOURS_MS);
}

static bool is_other(int64_t a_ms, int64_t b_ms, int64_t step_ms)
{
	return samples_floor(a_ms, step_ms) != samples_floor(b_ms, step_ms);
}

/* A reader begins with a whole one. */
static void add_column(struct db *db, const struct samples_look *look, size_t column)
{
	struct strbuf bytes;
	int64_t track, last_ms;

	strbuf_init(&bytes, SAMPLE_MOST_BYTES);
	put_track(&bytes, look->board->def->columns[column].name);
	track = names_id(look->keys, db, strbuf_str(&bytes));
	last_ms = samples_newest(db, track, SAMPLES_FINE);
	strbuf_reset(&bytes);
	if (!look->before || look->at_ms < last_ms ||
	    is_other(last_ms, look->at_ms, SAMPLES_WHOLE_MS))
		put_whole(db, look, column, &bytes);
	else
		put_changed(db, look, column, &bytes);
	if (!bytes.overflow)
		samples_put(db, track, SAMPLES_FINE, look->at_ms, strbuf_str(&bytes));
	if (last_ms && last_ms < look->at_ms &&
	    is_other(last_ms, look->at_ms, SAMPLES_COARSE_MS))
		condense(db, track, last_ms, look->at_ms);
	strbuf_fini(&bytes);
}

void samples_add(struct db *db, const struct samples_look *look)
{
	for (size_t i = 0; i < look->board->def->n_columns; i++) {
		if (look->board->def->columns[i].has_history)
			add_column(db, look, i);
	}
}

/* Of the time that a reader begins in, all goes or all stays. */
void samples_prune(struct db *db, const struct samples_ends *ends)
{
	struct db_query q = db_query(
		db, "DELETE FROM sample WHERE (tier = 0 AND at < ?) OR (tier = 1 AND at <"
		    " ?) OR (tier = 2 AND at < ?)");

	db_put_i64(&q, samples_floor(ends->fine_ms, SAMPLES_WHOLE_MS));
	db_put_i64(&q, samples_floor(ends->coarse_ms, SAMPLES_WHOLE_MS));
	db_put_i64(&q, ends->hours_ms);
	db_run(&q);
}
