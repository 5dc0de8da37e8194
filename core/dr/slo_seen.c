/* See slo_seen.h. Most things are up whenever somebody looks: what does not differ from
 * that is not drawn line by line. */
#include "dr/slo_seen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "board/read.h"
#include "board/workload.h"

/* A thing in one state, or, without a thing, somebody looking. */
struct seen_row {
	const char *on, *part, *thing;
	int64_t from_ms, to_ms;
	double up; /* NAN: nobody can tell */
};

struct reading {
	const struct slo_seen *seen;
	VEC(struct seen_row) rows, watches; /* by board, part and thing, oldest first */
	struct slo_line one;		    /* of the thing that is read, see draw */
};

static int by_thing(const void *a, const void *b)
{
	const struct seen_row *x = a, *y = b;
	int order = strcmp(x->on, y->on);

	order = order ? order : strcmp(x->part, y->part);
	order = order ? order : strcmp(x->thing, y->thing);
	return order ? order : x->from_ms < y->from_ms ? -1 : x->from_ms > y->from_ms;
}

static double up_of(const char *is)
{
	return strcmp(is, "up") == 0 ? 1 : strcmp(is, "down") == 0 ? 0 : NAN;
}

static void collect_row(struct reading *r, size_t i, const char *kind)
{
	const struct slo_seen *seen = r->seen;
	const struct board *board = seen->board;
	const char *what = read_text(board, i, "kind");
	struct seen_row row = {.on = read_text(board, i, "on"),
			       .part = read_text(board, i, "part"),
			       .thing = read_text(board, i, "row"),
			       .from_ms = read_moment(board, i, "from"),
			       .to_ms = read_moment(board, i, "to"),
			       .up = up_of(read_text(board, i, "is"))};

	if (strcmp(what, "watch") == 0)
		vec_push(&r->watches, row);
	else if (strcmp(what, kind) == 0 &&
		 workload_has(seen->workload, board, &board->rows[i]) &&
		 workload_recovers(seen->workload,
				   str_from(read_text(board, i, "group"))))
		vec_push(&r->rows, row);
}

static void reading_init(struct reading *r, const struct slo_seen *seen, const char *kind)
{
	*r = (struct reading){.seen = seen};
	slo_line_init(&r->one, seen->arena, seen->from_ms, seen->to_ms);
	for (size_t i = 0; seen->board && i < seen->board->n_rows; i++)
		collect_row(r, i, kind);
	if (r->rows.n)
		qsort(r->rows.p, r->rows.n, sizeof(*r->rows.p), by_thing);
	if (r->watches.n)
		qsort(r->watches.p, r->watches.n, sizeof(*r->watches.p), by_thing);
}

static void reading_fini(struct reading *r)
{
	vec_fini(&r->rows);
	vec_fini(&r->watches);
}

static bool is_same(const struct seen_row *a, const struct seen_row *b, bool of_part)
{
	return strcmp(a->on, b->on) == 0 && strcmp(a->part, b->part) == 0 &&
	       (of_part || strcmp(a->thing, b->thing) == 0);
}

/* Behind the last row of the same thing, or part. */
static size_t end_of(const struct reading *r, size_t from, bool of_part)
{
	size_t end = from + 1;

	while (end < r->rows.n && is_same(&r->rows.p[from], &r->rows.p[end], of_part))
		end++;
	return end;
}

/* When somebody looked, it was so. */
static void put(struct reading *r, struct slo_line *line, const struct seen_row *row)
{
	const struct seen_row *w;

	vec_each (w, &r->watches) {
		int64_t from_ms = w->from_ms > row->from_ms ? w->from_ms : row->from_ms;
		int64_t to_ms = w->to_ms < row->to_ms ? w->to_ms : row->to_ms;

		if (from_ms < to_ms && strcmp(w->on, row->on) == 0)
			slo_line_put(line, from_ms, to_ms, row->up);
	}
}

/* The same line every time, emptied: one for each thing would not stay in the
 * processor's memory. */
static const struct slo_line *draw(struct reading *r, size_t from, size_t end)
{
	memset(r->one.bins, 0, r->one.n * sizeof(*r->one.bins));
	for (size_t i = from; i < end; i++)
		put(r, &r->one, &r->rows.p[i]);
	return &r->one;
}

void slo_seen_probes(const struct slo_seen *seen, struct slo_line *out, int *n)
{
	struct slo_line part;
	struct reading r;

	reading_init(&r, seen, "probe");
	slo_line_init(&part, seen->arena, seen->from_ms, seen->to_ms);
	for (size_t i = 0, end; i < r.rows.n; i = end) {
		end = end_of(&r, i, true);
		memset(part.bins, 0, part.n * sizeof(*part.bins));
		for (size_t k = i, next; k < end; k = next) {
			next = end_of(&r, k, false);
			slo_line_any(&part, draw(&r, k, next));
		}
		slo_line_all(out, &part);
		++*n;
	}
	reading_fini(&r);
}

/* Whether the row is all there is of its thing, up from the first look to the last. */
static bool is_well(const struct reading *r, size_t i, size_t end)
{
	const struct seen_row *row = &r->rows.p[i], *w;

	if (end != i + 1 || !(row->up > 0))
		return false;
	vec_each (w, &r->watches) {
		if (strcmp(w->on, row->on) == 0 &&
		    (w->from_ms < row->from_ms || w->to_ms > row->to_ms))
			return false;
	}
	return true;
}

static void add(struct slo_line *out, const struct slo_line *line, float times)
{
	for (size_t b = 0; b < out->n; b++) {
		out->bins[b].known += line->bins[b].known * times;
		out->bins[b].lost += line->bins[b].lost * times;
	}
}

void slo_seen_health(const struct slo_seen *seen, struct slo_line *out, int *n)
{
	size_t well = 0, n_well = 0;
	struct reading r;

	reading_init(&r, seen, "health");
	for (size_t i = 0, end; i < r.rows.n; i = end) {
		end = end_of(&r, i, false);
		++*n;
		if (is_well(&r, i, end)) {
			well = i;
			n_well++;
		} else {
			add(out, draw(&r, i, end), 1);
		}
	}
	if (n_well)
		add(out, draw(&r, well, well + 1), (float)n_well);
	reading_fini(&r);
	if (*n == 0)
		return;
	for (size_t b = 0; b < out->n; b++) {
		out->bins[b].known /= (float)*n;
		out->bins[b].lost /= (float)*n;
	}
}
