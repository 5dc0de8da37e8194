/* See samples.h. A sample's bytes: for each row that has the figure, the distance of
 * its name from the one before, and the value. */
#include "store/samples.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "board/def.h"
#include "board/history.h"
#include "store/bytes.h"

enum { SAMPLE_MOST_BYTES = 8 << 20 };

static void put_sample(struct db *db, int64_t track, enum samples_tier tier,
		       int64_t at_ms, struct str bytes)
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

static bool next_value(struct str *from, int64_t *id, float *value)
{
	int64_t step;

	if (!bytes_get_i64(from, &step) || !bytes_get_float(from, value))
		return false;
	*id += step;
	return true;
}

static void put_value(struct strbuf *out, int64_t *last, int64_t id, float value)
{
	bytes_put_i64(out, id - *last);
	bytes_put_float(out, value);
	*last = id;
}

/* The fine samples of some time: what they add up to, by row. */
struct sum {
	int64_t id;
	double total;
	unsigned n;
};
struct sums {
	struct sum *slots; /* by number, open addressing; id 0: free */
	size_t n, cap;
};

static struct sum *sum_of(struct sums *s, int64_t id);

static void grow(struct sums *s)
{
	struct sums larger = {.cap = s->cap ? s->cap * 2 : 64};

	larger.slots = xcalloc(larger.cap, sizeof(*larger.slots));
	for (size_t i = 0; i < s->cap; i++) {
		if (s->slots[i].id)
			*sum_of(&larger, s->slots[i].id) = s->slots[i];
	}
	free(s->slots);
	larger.n = s->n;
	*s = larger;
}

static struct sum *sum_of(struct sums *s, int64_t id)
{
	size_t at;

	if (s->n * 2 >= s->cap)
		grow(s);
	at = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (s->cap - 1);
	while (s->slots[at].id && s->slots[at].id != id)
		at = (at + 1) & (s->cap - 1);
	if (!s->slots[at].id) {
		s->slots[at].id = id;
		s->n++;
	}
	return &s->slots[at];
}

static void add_up(struct sums *sums, struct str bytes)
{
	int64_t id = 0;
	float value;

	while (next_value(&bytes, &id, &value)) {
		struct sum *sum;

		if (id <= 0)
			return;
		sum = sum_of(sums, id);
		sum->total += (double)value;
		sum->n++;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* In the order of names: short to write, quick to read. Free slots go. */
static void sort(struct sums *sums)
{
	size_t n = 0;

	for (size_t i = 0; i < sums->cap; i++) {
		if (sums->slots[i].id)
			sums->slots[n++] = sums->slots[i];
	}
	if (n)
		qsort(sums->slots, n, sizeof(*sums->slots), by_id);
}

/* The fine samples of the time that has just ended become one coarse one. */
static void condense(struct db *db, int64_t track, int64_t from_ms)
{
	struct db_query q = db_query(
		db, "SELECT bytes FROM sample WHERE track = ? AND tier = 0 AND at >= ?"
		    " AND at < ?");
	struct sums sums = {0};
	struct strbuf bytes;
	int64_t last = 0;

	db_put_i64(&q, track);
	db_put_i64(&q, from_ms);
	db_put_i64(&q, from_ms + SAMPLES_COARSE_MS);
	while (db_next(&q))
		add_up(&sums, db_get_bytes(&q));
	sort(&sums);
	strbuf_init(&bytes, SAMPLE_MOST_BYTES);
	for (size_t i = 0; i < sums.n; i++) {
		const struct sum *sum = &sums.slots[i];

		put_value(&bytes, &last, sum->id, (float)(sum->total / sum->n));
	}
	if (bytes.n && !bytes.overflow)
		put_sample(db, track, SAMPLES_COARSE, from_ms, strbuf_str(&bytes));
	strbuf_fini(&bytes);
	free(sums.slots);
}

static int64_t newest(struct db *db, int64_t track, enum samples_tier tier)
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

static int64_t floor_to(int64_t at_ms, int64_t step_ms)
{
	return at_ms - at_ms % step_ms;
}

/* Columns and rows are names of one scope. */
static void put_track(struct strbuf *out, const char *column)
{
	strbuf_printf(out, "column:%s", column);
}

static void add_column(struct names *keys, struct db *db, const struct board *board,
		       size_t column, int64_t at_ms)
{
	struct strbuf bytes;
	int64_t track, before, last = 0;

	strbuf_init(&bytes, SAMPLE_MOST_BYTES);
	put_track(&bytes, board->def->columns[column].name);
	track = names_id(keys, db, strbuf_str(&bytes));
	before = newest(db, track, SAMPLES_FINE);
	strbuf_reset(&bytes);
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct cell *cell = &board->rows[i].cells[column];

		if (!cell->is_null)
			put_value(&bytes, &last, names_id(keys, db, board->rows[i].key),
				  (float)cell->number);
	}
	if (!bytes.overflow)
		put_sample(db, track, SAMPLES_FINE, at_ms, strbuf_str(&bytes));
	if (before &&
	    floor_to(before, SAMPLES_COARSE_MS) < floor_to(at_ms, SAMPLES_COARSE_MS))
		condense(db, track, floor_to(before, SAMPLES_COARSE_MS));
	strbuf_fini(&bytes);
}

void samples_add(struct names *keys, struct db *db, const struct board *board,
		 int64_t at_ms)
{
	for (size_t i = 0; i < board->def->n_columns; i++) {
		if (board->def->columns[i].has_history)
			add_column(keys, db, board, i, at_ms);
	}
}

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

static void take(struct str bytes, const int64_t *ids, size_t n_ids, uint32_t place,
		 uint32_t n, float *out)
{
	size_t row = 0;
	int64_t id = 0;
	float value;

	while (next_value(&bytes, &id, &value)) {
		size_t at = row_of(ids, n_ids, id, row);

		if (at == n_ids)
			continue;
		out[at * n + place] = value;
		row = at + 1;
	}
}

bool samples_read(struct db *db, int64_t board, const char *column,
		  const struct samples_span *span, const int64_t *ids, size_t n_ids,
		  float *out)
{
	struct strbuf name;
	struct db_query q;
	int64_t track;

	strbuf_init(&name, 256);
	put_track(&name, column);
	track = name_find(db, board, strbuf_str(&name));
	strbuf_fini(&name);
	for (size_t i = 0; i < n_ids * span->n; i++)
		out[i] = NAN;
	if (!track)
		return false;
	q = db_query(db, "SELECT at, bytes FROM sample WHERE track = ? AND tier = ?"
			 " AND at >= ? AND at < ? ORDER BY at");
	db_put_i64(&q, track);
	db_put_i64(&q, span->step_ms < SAMPLES_COARSE_MS ? SAMPLES_FINE : SAMPLES_COARSE);
	db_put_i64(&q, span->from_ms);
	db_put_i64(&q, span->from_ms + span->n * span->step_ms);
	while (db_next(&q)) {
		int64_t at = db_get_i64(&q);

		take(db_get_bytes(&q), ids, n_ids,
		     (uint32_t)((at - span->from_ms) / span->step_ms), span->n, out);
	}
	return true;
}

void samples_prune(struct db *db, int64_t fine_before_ms, int64_t before_ms)
{
	struct db_query q =
		db_query(db, "DELETE FROM sample WHERE (tier = 0 AND at < ?) OR at < ?");

	db_put_i64(&q, fine_before_ms);
	db_put_i64(&q, before_ms);
	db_run(&q);
}
