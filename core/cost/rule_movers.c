/* The board of movers: a week of whole days against the week before it, by service,
 * group and workload. Thread: core. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cost/calendar.h"
#include "cost/rules.h"

#define WEEK	    7
#define MOST	    20 /* of each kind */
#define SERIES_DAYS 30
#define LEAST_PART  0.005 /* of a week's cost */

struct mover {
	const struct book_line *sum;
	double week, before;
};

static double moved(const struct mover *m)
{
	return m->week - m->before;
}

static int further_first(const void *a, const void *b)
{
	double x = fabs(moved(a)), y = fabs(moved(b));

	return (x < y) - (x > y);
}

static double known(double x)
{
	return isfinite(x) ? x : 0;
}

/* The week before must be known as well: what was not is no rise. */
static bool measure(const struct book *book, const struct book_line *sum, struct mover *m)
{
	int64_t last = book_last_day(book);
	const double *v = sum->v;

	*m = (struct mover){
		.sum = sum,
		.week = known(book_between(book, v, last - WEEK + 1, last)),
		.before = book_between(book, v, last - 2 * WEEK + 1, last - WEEK),
	};
	return book->n_days >= 2 * WEEK && isfinite(m->before) &&
	       fabs(moved(m)) >=
		       fmax(cost_least(0), LEAST_PART * fmax(m->week, m->before));
}

static const char *way_of(const struct mover *m)
{
	if (fabs(m->before) < 1)
		return "new";
	if (fabs(m->week) < 0.02 * fabs(m->before))
		return "gone";
	return moved(m) > 0 ? "up" : "down";
}

static void put_row(cJSON *rows, const struct book *book, enum cost_by by,
		    const struct mover *m)
{
	const struct book_line *line = m->sum;
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "what", line->text[by]);
	derive_put_text(row, "by", cost_by_name(by));
	derive_put_text(row, "subscription", line->text[COST_BY_SUBSCRIPTION]);
	derive_put_text(row, "scope", line->scope);
	derive_put_text(row, "way", way_of(m));
	derive_put_number(row, "week", m->week);
	derive_put_number(row, "before", m->before);
	derive_put_number(row, "change", moved(m));
	derive_put_number(row, "size", fabs(moved(m)));
	derive_put_number(row, "part", m->before >= 1 ? 100 * moved(m) / m->before : NAN);
	cost_put_series(row, "cost", book, line->v, SERIES_DAYS);
	cost_put_marks(row, book, line->currency);
	cJSON_AddItemToArray(rows, row);
}

static void put_movers(cJSON *rows, struct book *book, enum cost_by by)
{
	struct book_line *sums;
	size_t n = book_sums(book, by, by == COST_BY_WORKLOAD, &sums), m = 0;
	struct mover *movers = arena_calloc(&book->arena, n + 1, sizeof(*movers));

	for (size_t i = 0; i < n; i++)
		m += measure(book, &sums[i], &movers[m]);
	qsort(movers, m, sizeof(*movers), further_first);
	for (size_t i = 0; i < m && i < MOST; i++)
		put_row(rows, book, by, &movers[i]);
}

/* A bill that comes every month is no movement. */
static void leave_out_bills(struct book *book)
{
	for (size_t k = 0; k < book->n; k++) {
		struct cost_series s = book_series(book, book->lines[k].v);
		size_t from = book->n_days > 2 * WEEK ? book->n_days - 2 * WEEK : 0;

		for (size_t i = from; i < book->n_days; i++)
			if (calendar_is_bill(&s, i, cost_least(0)))
				book->lines[k].v[i] = 0;
	}
}

static cJSON *mover_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	struct book book;

	cost_rule_book(d, &book);
	if (book.n_days > 0) {
		leave_out_bills(&book);
		put_movers(rows, &book, COST_BY_SERVICE);
		put_movers(rows, &book, COST_BY_GROUP);
		if (d->config && d->config->n_workloads > 0)
			put_movers(rows, &book, COST_BY_WORKLOAD);
	}
	book_fini(&book);
	return rows;
}

const struct derive_rule cost_movers_rule = {
	.name = "cost-movers",
	.from = {"cost-lines"},
	.rows = mover_rows,
};
