/* The days to come. Thread: any (no state). */
#include "cost/outlook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "cost/anomaly.h"
#include "cost/calendar.h"

#define Z80	     1.2816 /* a band that holds four times of five */
#define TRIALS	     6	    /* forecasts of the past, a week apart */
#define TRIAL_DAYS   14
#define TRIAL_APART  7
#define LEAST_SPREAD 0.015
#define LEAST_MONEY  2.0
#define MOST_LINES   150 /* looked at one by one: the largest */
#define RUN_DAYS     3	 /* that a change must last to be the new level */

/* A change that goes on is what the days to come are like. */
static void follow_change(struct baseline *b, const struct cost_series *s)
{
	struct anomaly found[ANOMALY_MAX];
	size_t n = anomaly_find(b, s, COST_LEVEL_DAYS, NULL, LEAST_MONEY, found), m = 0;
	double v[COST_LEVEL_DAYS];

	if (n == 0 || !found[n - 1].is_ongoing ||
	    found[n - 1].last - found[n - 1].since + 1 < RUN_DAYS)
		return;
	for (int64_t day = found[n - 1].since; day <= found[n - 1].last; day++) {
		double x = baseline_season_free(b, s, (size_t)(day - s->first_day));

		if (isfinite(x) && m < COST_LEVEL_DAYS)
			v[m++] = x;
	}
	if (m >= RUN_DAYS)
		b->next = cost_median(v, m);
}

/* A line is part of several outlooks: a budget's, its subscription's, of all. */
static const struct baseline *fit_of(const struct outlook_from *from,
				     struct book_line *line)
{
	struct cost_series s = book_series(from->book, line->v);

	if (!line->fit) {
		line->fit = arena_alloc(&from->book->arena, sizeof(*line->fit));
		baseline_fit(line->fit, &s);
		follow_change(line->fit, &s);
	}
	return line->fit;
}

static void add_line(struct outlook *o, const struct outlook_from *from,
		     struct book_line *line)
{
	struct cost_series s = book_series(from->book, line->v);
	double past = book_between(from->book, line->v, from->first_day, from->last_day);
	const struct baseline *b = fit_of(from, line);

	if (isfinite(past))
		o->spent += past;
	if (isfinite(line->partial) && o->first_day >= from->first_day)
		o->spent += line->partial;
	for (size_t i = 0; i < o->n; i++) {
		double x = calendar_ahead(b, &s, o->first_day + (int64_t)i);

		if (i == 0 && isfinite(line->partial)) /* what is left of it */
			x = isfinite(x) ? fmax(x - line->partial, 0) : 0;
		if (isfinite(x))
			o->a_day[i] += x;
	}
}

/* Of thousands of lines the small ones are looked at as one. */
static void add_small(struct outlook *o, const struct outlook_from *from)
{
	struct book *book = from->book;
	struct book_line all = {.partial = NAN};

	if (from->n <= MOST_LINES)
		return;
	all.v = arena_alloc(&book->arena, (book->n_days + 1) * sizeof(*all.v));
	for (size_t i = 0; i < book->n_days; i++) {
		all.v[i] = NAN;
		for (size_t k = MOST_LINES; k < from->n; k++)
			all.v[i] = book_plus(all.v[i], from->lines[k]->v[i]);
	}
	for (size_t k = MOST_LINES; k < from->n; k++)
		all.partial = book_plus(all.partial, from->lines[k]->partial);
	add_line(o, from, &all);
}

double *outlook_usual(const struct outlook_from *from, double **bills)
{
	struct book *book = from->book;
	double *v = arena_alloc(&book->arena, (book->n_days + 1) * sizeof(*v));
	double *out = arena_calloc(&book->arena, book->n_days + 1, sizeof(*out));

	for (size_t i = 0; i < book->n_days; i++) {
		v[i] = NAN;
		for (size_t k = 0; k < from->n; k++) {
			struct cost_series s = book_series(book, from->lines[k]->v);
			double x = s.v[i];

			if (!isfinite(x))
				continue;
			if (calendar_is_bill(&s, i, LEAST_MONEY))
				out[i] += x;
			else
				v[i] = book_plus(v[i], x);
		}
	}
	if (bills)
		*bills = out;
	return v;
}

/* How far a fortnight's sum was from what had been expected of it: the root of the mean
 * square, because what went wrong once can go wrong again. */
static double usual_error(const struct baseline *b, const struct cost_series *s)
{
	double squares = 0;
	size_t n = 0;

	for (size_t k = 0; k < TRIALS; k++) {
		size_t back = TRIAL_DAYS + k * TRIAL_APART;
		double is = 0, was = 0;

		if (s->n < back + COST_LEAST_DAYS)
			break;
		for (size_t i = s->n - back; i < s->n - back + TRIAL_DAYS; i++) {
			int day = cost_weekday(s->first_day + (int64_t)i);

			is += s->v[i];
			was += b->levels[s->n - back] * b->weekday[day] * (1 + b->bias);
		}
		if (!(was > 0 && isfinite(is)))
			continue;
		squares += (is / was - 1) * (is / was - 1);
		n++;
	}
	return n > 1 ? fmax(sqrt(squares / (double)n), LEAST_SPREAD)
		     : fmax(b->noise, LEAST_SPREAD * 4);
}

double outlook_half(const struct outlook *o, double a_day)
{
	return Z80 * a_day * hypot(o->day_error, o->level_error);
}

static void put_paths(struct outlook *o)
{
	double sum = 0, squares = 0;

	o->low = o->mid = o->high = o->spent;
	for (size_t i = 0; i < o->n; i++) {
		double half;

		sum += o->a_day[i];
		squares += o->a_day[i] * o->a_day[i];
		half = Z80 * hypot(o->day_error * sqrt(squares), o->level_error * sum);
		o->path_mid[i] = o->mid = o->spent + sum;
		o->path_low[i] = o->low = fmax(o->spent, o->mid - half);
		o->path_high[i] = o->high = o->mid + half;
	}
}

void outlook_fit(struct outlook *o, const struct outlook_from *from)
{
	struct baseline *b = xmalloc(sizeof(*b));
	int64_t next = book_last_day(from->book) + 1;
	struct cost_series total = book_series(from->book, outlook_usual(from, NULL));
	int64_t n;

	o->first_day = next < from->first_day ? from->first_day : next;
	n = from->last_day - o->first_day + 1;
	o->n = n < 0 ? 0 : n > OUTLOOK_MAX_DAYS ? OUTLOOK_MAX_DAYS : (size_t)n;
	o->spent = from->spent;
	memset(o->a_day, 0, sizeof(o->a_day));
	for (size_t k = 0; k < from->n && k < MOST_LINES; k++)
		add_line(o, from, from->lines[k]);
	add_small(o, from);
	baseline_fit(b, &total);
	o->level_error = usual_error(b, &total);
	o->day_error = b->noise;
	put_paths(o);
	if (from->n == 0 || from->book->n_days < COST_LEAST_DAYS)
		o->low = o->mid = o->high = NAN;
	free(b);
}

int64_t outlook_reaches(const struct outlook *o, const double *path, double amount)
{
	for (size_t i = 0; i < o->n; i++)
		if (path[i] >= amount)
			return o->first_day + (int64_t)i;
	return 0;
}

int64_t outlook_reached(const struct outlook_from *from, double amount)
{
	double sum = from->spent, partial = 0;

	for (int64_t day = from->first_day; day <= book_last_day(from->book); day++) {
		for (size_t k = 0; k < from->n; k++) {
			double x = book_between(from->book, from->lines[k]->v, day, day);

			sum += isfinite(x) ? x : 0;
		}
		if (sum >= amount && day >= from->book->first_day)
			return day;
	}
	for (size_t k = 0; k < from->n; k++)
		partial +=
			isfinite(from->lines[k]->partial) ? from->lines[k]->partial : 0;
	return from->n > 0 && sum + partial >= amount ? book_last_day(from->book) + 1 : 0;
}
