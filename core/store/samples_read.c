/* See samples.h: a figure of chosen rows over time, in places of equal length.
 * Thread: one at a time. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/sample.h"
#include "store/samples_part.h"

/* Names ascend mostly, as rows came; a search is for the rest. */
static size_t row_of(const int64_t *ids, size_t n, int64_t id, size_t guess)
{
	size_t low = 0, high = n;

	if (guess < n && ids[guess] == id)
		return guess;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (ids[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && ids[low] == id ? low : n;
}

/* Onto what the rows had before. */
static void take(struct str bytes, const int64_t *ids, size_t n_ids, float *now)
{
	struct sample_reader r;
	size_t guess = 0;

	if (!sample_open(&r, bytes))
		return;
	for (size_t i = 0; r.is_whole && i < n_ids; i++)
		now[i] = NAN;
	while (sample_next(&r)) {
		size_t row = row_of(ids, n_ids, r.id, guess);

		if (row == n_ids)
			continue;
		now[row] = r.value;
		guess = row + 1;
	}
}

/* Places come one after the other, and rows lie far from each other: a few places are
 * put together first, as many as fill a line of the processor's cache. */
enum { TILE = 16 };
struct tile {
	const struct samples_span *span;
	size_t n_ids;
	size_t first; /* its first place */
	float *out, *values;
};

static void flush(struct tile *t)
{
	size_t n = t->span->n - t->first < TILE ? t->span->n - t->first : TILE;

	for (size_t row = 0; row < t->n_ids; row++) {
		float *to = &t->out[row * t->span->n + t->first];

		for (size_t i = 0; i < n; i++)
			to[i] = t->values[i * t->n_ids + row];
	}
	for (size_t i = 0; i < TILE * t->n_ids; i++)
		t->values[i] = NAN;
}

static void put(struct tile *t, const float *now, size_t place)
{
	float *to;

	if (place >= t->first + TILE) {
		flush(t);
		t->first = place - place % TILE;
	}
	to = &t->values[(place - t->first) * t->n_ids];
	for (size_t i = 0; i < t->n_ids; i++)
		to[i] = isnan(now[i]) ? to[i] : now[i];
}

static enum samples_tier tier_of(int64_t step_ms)
{
	return step_ms < SAMPLES_COARSE_MS  ? SAMPLES_FINE
	       : step_ms < SAMPLES_HOURS_MS ? SAMPLES_COARSE
					    : SAMPLES_HOURS;
}

static void walk(struct db *db, int64_t track, const int64_t *ids, struct tile *tile)
{
	const struct samples_span *span = tile->span;
	struct db_query q =
		db_query(db, "SELECT at, bytes FROM sample WHERE track = ? AND tier = ?"
			     " AND at >= ? AND at < ? ORDER BY at");
	float *now = xcalloc(tile->n_ids + 1, sizeof(*now));

	for (size_t i = 0; i < tile->n_ids; i++)
		now[i] = NAN;
	db_put_i64(&q, track);
	db_put_i64(&q, tier_of(span->step_ms));
	db_put_i64(&q, samples_floor(span->from_ms, SAMPLES_WHOLE_MS));
	db_put_i64(&q, span->from_ms + span->n * span->step_ms);
	while (db_next(&q)) {
		int64_t at_ms = db_get_i64(&q);

		take(db_get_bytes(&q), ids, tile->n_ids, now);
		if (at_ms >= span->from_ms)
			put(tile, now, (size_t)((at_ms - span->from_ms) / span->step_ms));
	}
	free(now);
}

bool samples_read(struct db *db, int64_t board, const char *column,
		  const struct samples_span *span, const int64_t *ids, size_t n_ids,
		  float *out)
{
	int64_t track = samples_track(db, board, column);
	struct tile tile = {.span = span, .n_ids = n_ids, .out = out};

	for (size_t i = 0; i < n_ids * span->n; i++)
		out[i] = NAN;
	if (!track || span->n == 0)
		return track != 0;
	tile.values = xcalloc(TILE * n_ids + 1, sizeof(*tile.values));
	for (size_t i = 0; i < TILE * n_ids; i++)
		tile.values[i] = NAN;
	walk(db, track, ids, &tile);
	flush(&tile);
	free(tile.values);
	return true;
}
