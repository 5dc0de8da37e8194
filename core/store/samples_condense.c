/* See samples_part.h: many samples become the mean of them. What a sample does not say
 * of a row is as the sample before said. Thread: one at a time. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/sample.h"
#include "store/id_map.h"
#include "store/samples_part.h"

enum { CONDENSED_MOST_BYTES = 8 << 20 };

/* A row: what its figure is, what it has added up to, and what was written of it last. */
struct sum {
	int64_t id;
	double total;
	float value, written;
	unsigned n;
};
struct sums {
	struct id_map rows;
	struct sum *list; /* by place */
	size_t cap;
};

static struct sum *sum_of(struct sums *s, int64_t id)
{
	size_t known = s->rows.n, place = id_map_place(&s->rows, id);

	if (s->rows.n > s->cap) {
		s->cap = s->rows.n * 2;
		s->list = xreallocarray(s->list, s->cap, sizeof(*s->list));
	}
	if (s->rows.n > known)
		s->list[place] = (struct sum){.id = id, .value = NAN, .written = NAN};
	return &s->list[place];
}

/* Onto the figures that the rows have. */
static void take(struct sums *s, struct str bytes)
{
	struct sample_reader r;

	if (!sample_open(&r, bytes))
		return;
	for (size_t i = 0; r.is_whole && i < s->rows.n; i++)
		s->list[i].value = NAN;
	while (sample_next(&r))
		sum_of(s, r.id)->value = r.value;
}

static void count(struct sums *s)
{
	for (size_t i = 0; i < s->rows.n; i++) {
		struct sum *sum = &s->list[i];

		if (isnan(sum->value))
			continue;
		sum->total += (double)sum->value;
		sum->n++;
	}
}

static struct db_query ask(struct db *db, int64_t track, enum samples_tier tier,
			   int64_t from_ms, int64_t to_ms)
{
	struct db_query q =
		db_query(db, "SELECT at, bytes FROM sample WHERE track = ? AND tier = ?"
			     " AND at >= ? AND at < ? ORDER BY at");

	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)tier);
	db_put_i64(&q, from_ms);
	db_put_i64(&q, to_ms);
	return q;
}

/* What the rows are written to be. False: nothing since a reader began. */
static bool find_written(struct sums *s, struct db *db, int64_t track,
			 enum samples_tier tier, int64_t from_ms)
{
	struct db_query q =
		ask(db, track, tier, samples_floor(from_ms, SAMPLES_WHOLE_MS), from_ms);
	bool any = false;

	while (db_next(&q)) {
		db_get_i64(&q);
		take(s, db_get_bytes(&q));
		any = true;
	}
	for (size_t i = 0; i < s->rows.n; i++) {
		s->list[i].written = s->list[i].value;
		s->list[i].value = NAN;
	}
	return any;
}

static int by_id(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void put_means(struct sums *s, bool is_whole, struct strbuf *out)
{
	struct sample_writer w;

	sample_begin(&w, out, is_whole);
	qsort(s->list, s->rows.n, sizeof(*s->list), by_id);
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct sum *sum = &s->list[i];
		float mean = sum->n ? sample_round(sum->total / sum->n) : NAN;

		if (mean == sum->written || (isnan(mean) && isnan(sum->written)))
			continue;
		sample_put(&w, sum->id, mean);
	}
}

void samples_condense(struct db *db, int64_t track, enum samples_tier tier,
		      int64_t from_ms, int64_t step_ms)
{
	struct sums sums = {0};
	bool is_whole = !find_written(&sums, db, track, tier + 1, from_ms);
	struct db_query q = ask(db, track, tier, samples_floor(from_ms, SAMPLES_WHOLE_MS),
				from_ms + step_ms);
	struct strbuf bytes;
	bool any = false;

	while (db_next(&q)) {
		int64_t at_ms = db_get_i64(&q);

		take(&sums, db_get_bytes(&q));
		if (at_ms < from_ms)
			continue;
		count(&sums);
		any = true;
	}
	strbuf_init(&bytes, CONDENSED_MOST_BYTES);
	if (any && sums.rows.n)
		put_means(&sums, is_whole, &bytes);
	if (bytes.n && !bytes.overflow)
		samples_put(db, track, tier + 1, from_ms, strbuf_str(&bytes));
	strbuf_fini(&bytes);
	id_map_fini(&sums.rows);
	free(sums.list);
}
