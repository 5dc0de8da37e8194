/* What repeats with the months. Thread: any (no state). */
#include "cost/calendar.h"

#include <math.h>

#include "base/timefmt.h"

#define MONTH_TAIL 3   /* days counted from a month's end */
#define ALIKE	   0.5 /* as much of a deviation the months before must show */
#define AHEAD_FROM 0.1 /* what a place of the month adds is worth a word */
#define BILL_ALIKE 0.3 /* how far a bill may be from the last */
#define TINY	   1e-6

static int month_length(const struct utc *t)
{
	struct utc next = {.year = t->year + t->month / 12,
			   .month = t->month % 12 + 1,
			   .day = 1};
	struct utc first = {.year = t->year, .month = t->month, .day = 1};

	return (int)((utc_to_ms(&next) - utc_to_ms(&first)) / DAY_MS);
}

/* Days from the first of a month, or behind its last: the position that repeats. */
static int month_place(int64_t day)
{
	struct utc t = utc_from_ms(day * DAY_MS);
	int left = month_length(&t) - t.day;

	return left < MONTH_TAIL ? -1 - left : t.day;
}

double calendar_monthly(const struct baseline *b, const struct cost_series *s, size_t at)
{
	int place = month_place(s->first_day + (int64_t)at);
	double error = s->v[at] / baseline_expected(b, s, at, false) - 1;
	double sum = 0;
	size_t n = 0, n_alike = 0;

	for (size_t i = 0; i + COST_LEVEL_DAYS < at; i++) {
		if (month_place(s->first_day + (int64_t)i) != place ||
		    !isfinite(b->errors[i]))
			continue;
		n++;
		if (b->errors[i] * error > ALIKE * error * error) {
			sum += b->errors[i];
			n_alike++;
		}
	}
	return n_alike > 0 && n_alike * 2 >= n ? sum / (double)n_alike : 0;
}

/* The place in the series of the same day of the month before; s->n: it has none. */
static size_t month_before(const struct cost_series *s, int64_t day)
{
	struct utc t = utc_from_ms(day * DAY_MS), before;
	int64_t then;

	before = utc_from_ms((day - t.day) * DAY_MS); /* the last of that month */
	if (t.day > before.day)
		return s->n;
	then = day - before.day - s->first_day;
	return then > 0 && then + 1 < (int64_t)s->n ? (size_t)then : s->n;
}

static double bill_before(const struct cost_series *s, int64_t day, double least)
{
	size_t then = month_before(s, day);

	if (then == s->n || fabs(s->v[then - 1]) > least || fabs(s->v[then + 1]) > least)
		return NAN;
	return s->v[then];
}

double calendar_bill(const struct cost_series *s, size_t at, double least)
{
	return bill_before(s, s->first_day + (int64_t)at, least);
}

bool calendar_is_bill(const struct cost_series *s, size_t at, double least)
{
	double before = calendar_bill(s, at, least);

	return fabs(before) > least &&
	       fabs(s->v[at] - before) <= BILL_ALIKE * fabs(before);
}

/* What the months so far agree on for this place of theirs. */
static double monthly_ahead(const struct baseline *b, const struct cost_series *s,
			    int64_t day)
{
	int place = month_place(day);
	double sum = 0, least = 1, sign = 0;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (month_place(s->first_day + (int64_t)i) != place ||
		    !isfinite(b->errors[i]))
			continue;
		if (n > 0 && b->errors[i] * sign <= 0)
			return 0;
		sign = b->errors[i];
		least = fmin(least, fabs(b->errors[i]));
		sum += b->errors[i];
		n++;
	}
	return n >= 2 && least > AHEAD_FROM ? sum / (double)n : 0;
}

double calendar_ahead(const struct baseline *b, const struct cost_series *s, int64_t day)
{
	double usual = b->next * b->weekday[cost_weekday(day)] * (1 + b->bias);
	double bill;

	if (!isfinite(usual))
		return NAN;
	if (fabs(usual) > TINY)
		return usual * (1 + monthly_ahead(b, s, day));
	bill = bill_before(s, day, TINY);
	return isfinite(bill) ? bill : 0;
}
