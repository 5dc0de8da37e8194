/* The board of days: what all of it cost a day, what was expected, and what the rest of
 * the month is expected to cost; each currency by itself. Thread: core. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "cost/anomaly.h"
#include "cost/budget_scope.h"
#include "cost/outlook.h"
#include "cost/rules.h"

#define DAYS 45

enum { FROM_LINES, FROM_AMORTISED };

struct sheet {
	struct book book, amortised;
	const struct book_line *all;	       /* of one currency */
	const struct book_line *amortised_all; /* NULL: not asked */
	struct baseline fit;
	cJSON *rows;
};

/* The line with most cost on that day; NULL: nothing cost anything. */
static const struct book_line *largest(const struct sheet *s,
				       const struct book_line *services, size_t n,
				       size_t at)
{
	const struct book_line *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (strcmp(services[i].currency, s->all->currency) == 0 &&
		    services[i].v[at] > (best ? best->v[at] : 0))
			best = &services[i];
	return best;
}

static cJSON *begin_row(struct sheet *s, int64_t day, const char *state)
{
	static const char *const names[] = {"Sun", "Mon", "Tue", "Wed",
					    "Thu", "Fri", "Sat"};
	cJSON *row = cJSON_CreateObject();

	cost_put_day(row, "day", day);
	derive_put_text(row, "weekday", names[cost_weekday(day)]);
	derive_put_text(row, "state", state);
	cost_put_marks(row, &s->book, s->all->currency);
	cJSON_AddItemToArray(s->rows, row);
	return row;
}

static double amortised_on(const struct sheet *s, int64_t day)
{
	const struct book_line *all = s->amortised_all;

	return all ? book_between(&s->amortised, all->v, day, day) : NAN;
}

static void put_known(struct sheet *s, const struct cost_series *usual,
		      const double *bills)
{
	size_t from = s->book.n_days > DAYS ? s->book.n_days - DAYS : 0;
	struct book_line *services;
	size_t n = book_sums(&s->book, COST_BY_SERVICE, true, &services);

	for (size_t i = from; i < s->book.n_days; i++) {
		int64_t day = s->book.first_day + (int64_t)i;
		const struct book_line *top = largest(s, services, n, i);
		struct verdict v =
			anomaly_judge(&s->fit, usual, i, NULL, cost_least(s->all->v[i]));
		cJSON *row = begin_row(s, day,
				       v.way > 0   ? "more"
				       : v.way < 0 ? "less"
						   : "as usual");

		derive_put_number(row, "cost", s->all->v[i]);
		derive_put_number(row, "amortised", amortised_on(s, day));
		derive_put_number(row, "expected", v.expected + bills[i]);
		derive_put_number(row, "low", v.low + bills[i]);
		derive_put_number(row, "high", v.high + bills[i]);
		derive_put_text(row, "top", top ? top->text[COST_BY_SERVICE] : NULL);
		derive_put_number(row, "top_cost", top ? top->v[i] : NAN);
	}
}

/* The day that is not whole, and those to come, each with the band of one day. */
static void put_ahead(struct sheet *s, const struct outlook *o)
{
	for (size_t i = 0; i < o->n; i++) {
		bool is_partial = i == 0 && isfinite(s->all->partial);
		double had = is_partial ? s->all->partial : 0;
		double mid = had + o->a_day[i], half = outlook_half(o, o->a_day[i]);
		cJSON *row = begin_row(s, o->first_day + (int64_t)i,
				       is_partial ? "partial" : "ahead");

		derive_put_number(row, "cost", is_partial ? had : NAN);
		derive_put_number(row, "expected", mid);
		derive_put_number(row, "low", fmax(had, mid - half));
		derive_put_number(row, "high", mid + half);
	}
}

static void put_sheet(struct sheet *s, struct outlook *o, int64_t today)
{
	struct period period = budget_period("Monthly", 0, today);
	struct book_line **lines = xcalloc(s->book.n, sizeof(*lines));
	struct outlook_from from = {.book = &s->book,
				    .lines = lines,
				    .first_day = period.first_day,
				    .last_day = period.last_day};
	struct cost_series usual;
	double *bills;

	for (size_t i = 0; i < s->book.n; i++)
		if (strcmp(s->book.lines[i].currency, s->all->currency) == 0)
			lines[from.n++] = &s->book.lines[i];
	usual = book_series(&s->book, outlook_usual(&from, &bills));
	baseline_fit(&s->fit, &usual);
	put_known(s, &usual, bills);
	outlook_fit(o, &from);
	put_ahead(s, o);
	free(lines);
}

static const struct book_line *same_currency(const struct book_line *lines, size_t n,
					     const char *currency)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lines[i].currency, currency) == 0)
			return &lines[i];
	return NULL;
}

static cJSON *day_rows(const struct derive *d)
{
	struct sheet *s = xcalloc(1, sizeof(*s));
	struct outlook *o = xmalloc(sizeof(*o));
	struct book_line *all, *amortised = NULL;
	size_t n, n_amortised = 0;
	cJSON *rows;

	s->rows = rows = cJSON_CreateArray();
	cost_rule_book(d, &s->book);
	if (d->boards[FROM_AMORTISED]) {
		book_init(&s->amortised,
			  &(struct book_from){.lines = d->boards[FROM_AMORTISED]});
		n_amortised = book_sums(&s->amortised, COST_BY_ALL, true, &amortised);
	}
	n = book_sums(&s->book, COST_BY_ALL, true, &all);
	for (size_t i = 0; i < n; i++) {
		s->all = &all[i];
		s->amortised_all = same_currency(amortised, n_amortised, all[i].currency);
		put_sheet(s, o, d->now_ms / DAY_MS);
	}
	book_fini(&s->amortised);
	book_fini(&s->book);
	free(o);
	free(s);
	return rows;
}

const struct derive_rule cost_days_rule = {
	.name = "cost-days",
	.from = {"cost-lines", "?cost-amortised"},
	.rows = day_rows,
};
