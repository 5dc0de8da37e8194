/* Reading daily costs off a board, and adding them up. Thread: any; one owner. */
#include "cost/book.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/strbuf.h"
#include "board/read.h"
#include "board/workload.h"

#define GAP_DAYS   20 /* without any cost in a subscription: an answer is missing */
#define MONTH_DAYS 30

/* What a subscription has days of. */
struct scope {
	const char *id;
	bool has[COST_MAX_DAYS + 1]; /* some line cost something */
	int64_t known_from, newest;
};

struct days {
	int64_t first, last;
};

const char *cost_by_name(enum cost_by by)
{
	static const char *const names[] = {"service", "group", "workload",
					    "subscription", "all"};

	return names[by];
}

/* The days that the rows have between them, at most COST_MAX_DAYS and the partial one. */
static struct days find_days(const struct board *board)
{
	struct days days = {INT64_MAX, INT64_MIN};

	for (size_t r = 0; r < board->n_rows; r++) {
		const struct cell *cell = read_cell(board, r, "days");

		for (size_t i = 0; cell && i < cell->series_n; i++) {
			if (!(fabsf(cell->series[i]) < 1e6f))
				continue;
			int64_t day = (int64_t)cell->series[i];

			days.first = day < days.first ? day : days.first;
			days.last = day > days.last ? day : days.last;
		}
	}
	if (days.first <= days.last && days.last - days.first > COST_MAX_DAYS)
		days.first = days.last - COST_MAX_DAYS;
	return days;
}

static struct scope *scope_of(struct scope *scopes, size_t *n, const char *id)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(scopes[i].id, id) == 0)
			return &scopes[i];
	scopes[*n] = (struct scope){.id = id};
	return &scopes[(*n)++];
}

static const char *workload_of(const struct book_from *from, const struct row *row)
{
	for (size_t i = 0; i < from->n_workloads; i++)
		if (workload_has(&from->workloads[i], from->lines, row))
			return from->workloads[i].name;
	return "no workload";
}

/* Where a value belongs; -1: before all that is kept. */
static ptrdiff_t place_of(const struct days *days, float day)
{
	return day >= (float)days->first && day <= (float)days->last
		       ? (ptrdiff_t)((int64_t)day - days->first)
		       : -1;
}

/* Days that come twice, because answers overlap, count once. */
static void read_values(const struct board *board, size_t row, const struct days *days,
			double *v, struct scope *scope)
{
	const struct cell *at = read_cell(board, row, "days");
	const struct cell *cost = read_cell(board, row, "cost");

	for (size_t i = 0; at && cost && i < at->series_n && i < cost->series_n; i++) {
		ptrdiff_t place = place_of(days, at->series[i]);

		if (place < 0 || !isfinite(cost->series[i]))
			continue;
		v[place] = cost->series[i];
		scope->has[place] = true;
	}
}

static void read_line(struct book *book, const struct book_from *from, size_t row,
		      const struct days *days, struct scope *scope)
{
	struct book_line *line = &book->lines[book->n++];
	size_t n = (size_t)(days->last - days->first) + 1;

	*line = (struct book_line){
		.text = {[COST_BY_SERVICE] = read_text(from->lines, row, "service"),
			 [COST_BY_GROUP] = read_text(from->lines, row, "group"),
			 [COST_BY_WORKLOAD] = workload_of(from, &from->lines->rows[row]),
			 [COST_BY_SUBSCRIPTION] =
				 read_text(from->lines, row, "subscription"),
			 [COST_BY_ALL] = "all"},
		.scope = scope->id,
		.currency = read_text(from->lines, row, "month"),
		.v = arena_calloc(&book->arena, n, sizeof(*line->v)),
	};
	read_values(from->lines, row, days, line->v, scope);
}

/* The newest day, and where a hole in the days says that an answer is missing. */
static void judge_scope(struct scope *scope, const struct days *days)
{
	int64_t n = days->last - days->first + 1, quiet = 0;

	scope->newest = days->first - 1;
	for (int64_t i = 0; i < n; i++)
		if (scope->has[i])
			scope->newest = days->first + i;
	scope->known_from = scope->newest;
	for (int64_t i = scope->newest - days->first; i >= 0 && quiet < GAP_DAYS; i--) {
		quiet = scope->has[i] ? 0 : quiet + 1;
		if (scope->has[i])
			scope->known_from = days->first + i;
	}
}

static void blank_unknown(struct book *book, struct scope *scopes, size_t n_scopes,
			  const struct days *days)
{
	int64_t n = days->last - days->first + 1;

	for (size_t k = 0; k < book->n; k++) {
		struct book_line *line = &book->lines[k];
		const struct scope *scope = scope_of(scopes, &n_scopes, line->scope);

		line->partial = scope->newest == days->last ? line->v[n - 1] : NAN;
		for (int64_t i = 0; i < n; i++)
			if (days->first + i < scope->known_from ||
			    days->first + i >= scope->newest)
				line->v[i] = NAN;
	}
}

static int larger_first(const void *a, const void *b)
{
	const struct book_line *x = a, *y = b;
	int order = (x->month < y->month) - (x->month > y->month);

	order = order ? order : strcmp(x->scope, y->scope);
	return order ? order : strcmp(x->text[0], y->text[0]);
}

static void rank(const struct book *book, struct book_line *lines, size_t n)
{
	int64_t last = book_last_day(book);

	for (size_t i = 0; i < n; i++) {
		double month =
			book_between(book, lines[i].v, last - MONTH_DAYS + 1, last);

		lines[i].month = isfinite(month) ? month : 0;
	}
	if (n > 1)
		qsort(lines, n, sizeof(*lines), larger_first);
}

void book_init(struct book *book, const struct book_from *from)
{
	struct days days = find_days(from->lines);
	size_t n = from->lines->n_rows, n_scopes = 0;
	struct scope *scopes;

	*book = (struct book){0};
	arena_init(&book->arena);
	if (days.first >= days.last)
		return;
	scopes = arena_calloc(&book->arena, n, sizeof(*scopes));
	book->first_day = days.first;
	book->n_days = (size_t)(days.last - days.first);
	book->lines = arena_calloc(&book->arena, n, sizeof(*book->lines));
	for (size_t r = 0; r < n; r++)
		read_line(book, from, r, &days,
			  scope_of(scopes, &n_scopes,
				   read_text(from->lines, r, "scope")));
	for (size_t i = 0; i < n_scopes; i++)
		judge_scope(&scopes[i], &days);
	blank_unknown(book, scopes, n_scopes, &days);
	rank(book, book->lines, book->n);
}

void book_fini(struct book *book)
{
	arena_fini(&book->arena);
	*book = (struct book){0};
}

double book_plus(double a, double b)
{
	return isnan(a) ? b : isnan(b) ? a : a + b;
}

/* What lines of one sum have in common. */
static void put_sum_key(struct strbuf *out, const struct book_line *line, enum cost_by by,
			bool is_joined)
{
	strbuf_reset(out);
	strbuf_printf(out, "%s\n%s\n%s", line->text[by], line->currency,
		      is_joined ? "" : line->scope);
}

static void add_line(const struct book *book, struct book_line *sum,
		     const struct book_line *line)
{
	for (size_t i = 0; i < book->n_days; i++)
		sum->v[i] = book_plus(sum->v[i], line->v[i]);
	sum->partial = book_plus(sum->partial, line->partial);
	for (int by = 0; by < COST_BY_COUNT; by++)
		if (strcmp(sum->text[by], line->text[by]) != 0)
			sum->text[by] = "";
	if (strcmp(sum->scope, line->scope) != 0)
		sum->scope = "";
}

static void begin_sum(struct book *book, struct book_line *sum,
		      const struct book_line *line)
{
	*sum = *line;
	sum->fit = NULL;
	sum->v = arena_alloc(&book->arena, book->n_days * sizeof(*sum->v));
	memcpy(sum->v, line->v, book->n_days * sizeof(*sum->v));
}

size_t book_sums(struct book *book, enum cost_by by, bool is_joined,
		 struct book_line **out)
{
	struct book_line *sums = arena_calloc(&book->arena, book->n, sizeof(*sums));
	struct strbuf key;
	struct map known;
	size_t n = 0;

	map_init(&known);
	strbuf_init(&key, 4096);
	for (size_t k = 0; k < book->n; k++) {
		struct book_line *sum;

		put_sum_key(&key, &book->lines[k], by, is_joined);
		sum = map_find(&known, strbuf_str(&key));
		if (sum) {
			add_line(book, sum, &book->lines[k]);
			continue;
		}
		begin_sum(book, &sums[n], &book->lines[k]);
		map_put(&known, strbuf_str(&key), &sums[n++]);
	}
	strbuf_fini(&key);
	map_fini(&known);
	rank(book, sums, n);
	*out = sums;
	return n;
}

double book_between(const struct book *book, const double *v, int64_t from, int64_t to)
{
	double sum = NAN;

	for (int64_t day = from < book->first_day ? book->first_day : from;
	     day <= to && day <= book_last_day(book); day++)
		sum = book_plus(sum, v[day - book->first_day]);
	return sum;
}
