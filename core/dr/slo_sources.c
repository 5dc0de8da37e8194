/* See slo_sources.h. */
#include "dr/slo_sources.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/timefmt.h"
#include "base/vec.h"
#include "board/def.h"
#include "board/read.h"
#include "board/workload.h"
#include "dr/slo_seen.h"

static const struct {
	const char *word, *board;
} sources[] = {
#define X(id, word, board) [SLO_##id] = {word, board},
	SLO_SOURCE_LIST(X)
#undef X
};

const char *slo_source_word(enum slo_source source)
{
	return sources[source].word;
}

const char *slo_source_board(enum slo_source source)
{
	return sources[source].board;
}

#define BIN_MINUTES ((double)(SLO_BIN_MS / MINUTE_MS))

struct reader {
	struct arena *arena;
	const struct workload *workload;
	int64_t from_ms, now_ms;
	struct slo_line one; /* of the row that is read, see empty_line */
};

static struct slo_line new_line(const struct reader *r)
{
	struct slo_line line;

	slo_line_init(&line, r->arena, r->from_ms, r->now_ms);
	return line;
}

/* The same line every time, emptied: one for each resource would not stay in the
 * processor's memory. */
static struct slo_line *empty_line(struct reader *r)
{
	memset(r->one.bins, 0, r->one.n * sizeof(*r->one.bins));
	return &r->one;
}

/* Of the workload, and of what has to come back: a test environment may be down. */
static bool is_of(const struct reader *r, const struct board *board, size_t row,
		  const char *group)
{
	return workload_has(r->workload, board, &board->rows[row]) &&
	       workload_recovers(r->workload,
				 group ? str_from(read_text(board, row, group))
				       : str_from(""));
}

/* A column's series, whose last figure is of the step that begins at the moment in
 * another column. False: there is none. */
static bool put_series(const struct reader *r, struct slo_line *line,
		       const struct board *board, size_t row, const char *column,
		       const char *last, int64_t step_ms)
{
	const struct cell *cell = read_cell(board, row, column);
	double last_ms = read_number(board, row, last);

	if (!cell || cell->series_n == 0 || isnan(last_ms))
		return false;
	slo_line_series(line, cell->series, cell->series_n, (int64_t)last_ms, step_ms,
			step_ms < HOUR_MS ? r->now_ms : board->fetched_ms);
	return true;
}

static void read_metric(struct reader *r, const struct board *board, struct slo_line *out,
			int *n)
{
	for (size_t i = 0; board && i < board->n_rows; i++) {
		struct slo_line *one;
		bool has_hours, has_now;

		if (!is_of(r, board, i, "resource_group"))
			continue;
		one = empty_line(r);
		has_hours = put_series(r, one, board, i, "hours", "hours_last", HOUR_MS);
		has_now = put_series(r, one, board, i, "now", "now_last", 5 * MINUTE_MS);
		if (has_hours || has_now) {
			slo_line_all(out, one);
			++*n;
		}
	}
}

struct component {
	const char *name;
	bool is_of; /* the workload's: asked once, for there is a row an hour */
	struct slo_line line;
};

/* The columns of a row that are read. */
struct test_columns {
	ptrdiff_t component, began, good, count;
};

static bool find_columns(const struct board *board, struct test_columns *c)
{
	*c = (struct test_columns){board_def_column(board->def, STR("component")),
				   board_def_column(board->def, STR("began")),
				   board_def_column(board->def, STR("good")),
				   board_def_column(board->def, STR("count"))};
	return c->component >= 0 && c->began >= 0 && c->good >= 0 && c->count >= 0;
}

static double figure(const struct row *row, ptrdiff_t column)
{
	return row->cells[column].is_null ? NAN : row->cells[column].number;
}

/* A row is what the tests of one component saw in one hour. */
static void read_tests(const struct reader *r, const struct board *board,
		       struct slo_line *out, int *n)
{
	VEC(struct component) all = {0};
	const struct component *c;
	struct test_columns at;

	if (!board || !find_columns(board, &at))
		return;
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct row *row = &board->rows[i];
		const char *name = row->cells[at.component].text;
		double from = figure(row, at.began), good = figure(row, at.good);
		double count = figure(row, at.count);
		size_t k = 0;

		while (k < all.n && strcmp(all.p[k].name, name) != 0)
			k++;
		if (k == all.n) {
			bool is_own = is_of(r, board, i, "group");

			vec_push(&all, (struct component){name, is_own,
							  is_own ? new_line(r)
								 : (struct slo_line){0}});
		}
		if (!all.p[k].is_of || !(count > 0) || isnan(from) || isnan(good))
			continue;
		slo_line_put(&all.p[k].line, (int64_t)from,
			     (int64_t)fmin(from + (double)HOUR_MS,
					   (double)board->fetched_ms),
			     good / count);
	}
	vec_each (c, &all) {
		slo_line_all(out, &c->line);
		*n += c->is_of;
	}
	vec_fini(&all);
}

/* One origin that answers is enough for its group; every group has to have one. */
static void read_door(struct reader *r, const struct board *board, struct slo_line *out,
		      int *n)
{
	VEC(struct component) pools = {0};
	const struct component *c;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		const char *pool = read_text(board, i, "pool");
		struct slo_line *one;
		size_t k = 0;

		if (!*pool || strcmp(read_text(board, i, "is"), "origin") != 0 ||
		    !is_of(r, board, i, NULL))
			continue;
		one = empty_line(r);
		put_series(r, one, board, i, "hours", "hours_last", HOUR_MS);
		put_series(r, one, board, i, "health", "health_last", 5 * MINUTE_MS);
		while (k < pools.n && strcmp(pools.p[k].name, pool) != 0)
			k++;
		if (k == pools.n)
			vec_push(&pools, (struct component){pool, true, new_line(r)});
		slo_line_any(&pools.p[k].line, one);
	}
	vec_each (c, &pools)
		slo_line_all(out, &c->line);
	*n += (int)pools.n;
	vec_fini(&pools);
}

struct change {
	const char *resource; /* its id */
	int64_t from_ms;
	double up; /* NAN: nobody knows, or it was our own doing */
};

static int by_resource(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int order = strcmp(x->resource, y->resource);

	return order ? order : x->from_ms < y->from_ms ? -1 : x->from_ms > y->from_ms;
}

static double up_of(const struct board *board, size_t row)
{
	const char *state = read_text(board, row, "state");

	if (strcmp(read_text(board, row, "doing"), "ours") == 0)
		return NAN;
	if (strcmp(state, "Available") == 0 || strcmp(state, "Degraded") == 0)
		return 1;
	return strcmp(state, "Unavailable") == 0 ? 0 : NAN;
}

/* Sums over resources become their mean; those that were well add what there is. */
static void share_out(struct slo_line *out, int n_well, int n, const struct board *board)
{
	for (size_t b = 0; b < out->n && n > 0; b++) {
		int64_t from_ms = out->from_ms + (int64_t)b * SLO_BIN_MS;
		double there = (double)(board->fetched_ms - from_ms) / (double)MINUTE_MS;

		there = there < 0 ? 0 : there > BIN_MINUTES ? BIN_MINUTES : there;
		out->bins[b].known =
			(out->bins[b].known + (float)n_well * (float)there) / (float)n;
		out->bins[b].lost /= (float)n;
	}
}

/* The changes of one resource; `end` is behind the last of them. */
static void add_resource(struct reader *r, const struct change *from,
			 const struct change *end, int64_t known_ms, struct slo_line *out)
{
	struct slo_line *one = empty_line(r);

	for (; from < end; from++)
		slo_line_set(one, from->from_ms,
			     from + 1 == end ? known_ms : from[1].from_ms, from->up);
	for (size_t b = 0; b < out->n; b++) {
		out->bins[b].known += one->bins[b].known;
		out->bins[b].lost += one->bins[b].lost;
	}
}

/* A state lasts until the next of the same resource; all resources weigh the same. */
static void read_platform(struct reader *r, const struct board *board,
			  struct slo_line *out, int *n)
{
	VEC(struct change) all = {0};
	int n_well = 0;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		double from = read_number(board, i, "from");

		if (isfinite(from) && is_of(r, board, i, "group"))
			vec_push(&all, (struct change){read_text(board, i, "id"),
						       (int64_t)from, up_of(board, i)});
	}
	if (all.n)
		qsort(all.p, all.n, sizeof(*all.p), by_resource);
	for (size_t i = 0, end; i < all.n; i = end) {
		const struct change *c = &all.p[i];

		for (end = i + 1; end < all.n; end++) {
			if (strcmp(all.p[end].resource, c->resource) != 0)
				break;
		}
		++*n;
		/* Well all the time: most are, and need no line of their own. */
		if (end == i + 1 && c->from_ms <= out->from_ms && c->up >= 1)
			n_well++;
		else
			add_resource(r, c, all.p + end, board->fetched_ms, out);
	}
	share_out(out, n_well, *n, board);
	vec_fini(&all);
}

void slo_read(struct slo_lines *out, struct arena *arena, const struct workload *workload,
	      const struct slo_boards *boards, int64_t window_ms, int64_t now_ms)
{
	struct reader r = {.arena = arena,
			   .workload = workload,
			   .from_ms = now_ms - window_ms,
			   .now_ms = now_ms};
	const struct slo_seen seen = {.arena = arena,
				      .workload = workload,
				      .board = boards->seen,
				      .from_ms = r.from_ms,
				      .to_ms = now_ms};
	struct slo_line *all = &out->of[SLO_COMBINED];

	*out = (struct slo_lines){0};
	r.one = new_line(&r);
	for (int i = 0; i < SLO_SOURCES; i++)
		out->of[i] = new_line(&r);
	read_tests(&r, boards->tests, &out->of[SLO_TESTS], &out->n[SLO_TESTS]);
	read_metric(&r, boards->availability, &out->of[SLO_METRIC], &out->n[SLO_METRIC]);
	read_door(&r, boards->frontdoor, &out->of[SLO_DOOR], &out->n[SLO_DOOR]);
	read_platform(&r, boards->health, &out->of[SLO_PLATFORM], &out->n[SLO_PLATFORM]);
	slo_seen_probes(&seen, &out->of[SLO_SEEN_PROBES], &out->n[SLO_SEEN_PROBES]);
	slo_seen_health(&seen, &out->of[SLO_SEEN_HEALTH], &out->n[SLO_SEEN_HEALTH]);
	slo_line_all(all, &out->of[SLO_METRIC]);
	slo_line_worse(all, &out->of[SLO_TESTS]);
	slo_line_fill(all, &out->of[SLO_DOOR]);
	slo_line_fill(all, &out->of[SLO_SEEN_PROBES]);
	slo_line_fill_lost(all, &out->of[SLO_PLATFORM]);
	slo_line_fill_lost(all, &out->of[SLO_SEEN_HEALTH]);
	for (int i = SLO_TESTS; i < SLO_SOURCES; i++)
		out->n[SLO_COMBINED] += out->n[i] > 0;
}
