/* See samples_part.h: many samples become the mean of them. What a sample does not say
 * of a row is as the sample before said. Thread: one at a time. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/sample.h"
#include "store/id_map.h"
#include "store/samples_part.h"

enum { CONDENSED_MOST_BYTES = 8 << 20 };

/* A row: what its figure is, and what it has added up to. */
struct sum {
	int64_t id;
	double total;
	float value;
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
		s->list[place] = (struct sum){.id = id, .value = NAN};
	return &s->list[place];
}

static void take(struct sums *s, struct str bytes)
{
	struct sample_reader r;

	if (!sample_open(&r, bytes))
		return;
	for (size_t i = 0; r.is_whole && i < s->rows.n; i++)
		s->list[i].value = NAN;
	while (sample_next(&r))
		sum_of(s, r.id)->value = r.value;
	for (size_t i = 0; i < s->rows.n; i++) {
		if (isnan(s->list[i].value))
			continue;
		s->list[i].total += (double)s->list[i].value;
		s->list[i].n++;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void put_means(struct sums *s, struct strbuf *out)
{
	struct sample_writer w;

	sample_begin(&w, out, true);
	qsort(s->list, s->rows.n, sizeof(*s->list), by_id);
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct sum *sum = &s->list[i];

		if (sum->n)
			sample_put(&w, sum->id, sample_round(sum->total / sum->n));
	}
}

void samples_condense(struct db *db, int64_t track, enum samples_tier tier,
		      int64_t from_ms, int64_t step_ms)
{
	struct db_query q = db_query(
		db, "SELECT bytes FROM sample WHERE track = ? AND tier = ? AND at >= ?"
		    " AND at < ? ORDER BY at");
	struct sums sums = {0};
	struct strbuf bytes;

	db_put_i64(&q, track);
	db_put_i64(&q, (int64_t)tier);
	db_put_i64(&q, from_ms);
	db_put_i64(&q, from_ms + step_ms);
	while (db_next(&q))
		take(&sums, db_get_bytes(&q));
	strbuf_init(&bytes, CONDENSED_MOST_BYTES);
	if (sums.rows.n)
		put_means(&sums, &bytes);
	if (bytes.n && !bytes.overflow)
		samples_put(db, track, tier + 1, from_ms, strbuf_str(&bytes));
	strbuf_fini(&bytes);
	id_map_fini(&sums.rows);
	free(sums.list);
}
