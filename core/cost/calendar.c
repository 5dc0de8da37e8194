/* What repeats with the months. Thread: any (no state). */
#include "cost/calendar.h"

#include <math.h>

#include "base/timefmt.h"

#define MONTH_TAIL 3   /* days counted from a month's end */
#define ALIKE	   0.5 /* as much of a deviation the months before must show */
#define AHEAD_FROM 0.1 /* what a place of the month adds is worth a word */
#define BILL_ALIKE 0.3 /* how far a bill may be from the last */
#define TINY	   1e-6

enum { MONTHS_BACK = COST_MAX_DAYS / 28 };

/* The last day of the month before the one that `day` is in. */
static int64_t end_before(int64_t day)
{
	return day - utc_from_ms(day * DAY_MS).day;
}

/* The same place in the months before, newest first: so many days from the first, or,
 * of a month's last days, from its end. Only days that the series has. */
static size_t same_places(const struct cost_series *s, int64_t day,
			  size_t out[MONTHS_BACK])
{
	int in_month = utc_from_ms(day * DAY_MS).day;
	int64_t end = end_before(day);
	int left =
		(int)(end_before(end + 40) - day); /* 40: some day of the month after */
	size_t n = 0;

	for (int back = 0; back < MONTHS_BACK; back++) {
		int length = utc_from_ms(end * DAY_MS).day;
		int64_t then = left < MONTH_TAIL ? end - left : end - length + in_month;
		int64_t at = then - s->first_day;

		if ((left < MONTH_TAIL || in_month + MONTH_TAIL <= length) && at >= 0 &&
		    at < (int64_t)s->n)
			out[n++] = (size_t)at;
		end -= length;
	}
	return n;
}

double calendar_monthly(const struct baseline *b, const struct cost_series *s, size_t at)
{
	double error = s->v[at] / baseline_expected(b, s, at, false) - 1, sum = 0;
	size_t places[MONTHS_BACK], n = 0, n_alike = 0;
	size_t n_places = same_places(s, s->first_day + (int64_t)at, places);

	for (size_t i = 0; i < n_places; i++) {
		double before = b->errors[places[i]];

		if (!isfinite(before))
			continue;
		n++;
		if (before * error > ALIKE * error * error) {
			sum += before;
			n_alike++;
		}
	}
	return n_alike > 0 && n_alike * 2 >= n ? sum / (double)n_alike : 0;
}

/* The place in the series of the same day of the month before; s->n: it has none. */
static size_t month_before(const struct cost_series *s, int64_t day)
{
	int64_t end = end_before(day), then;
	int length = utc_from_ms(end * DAY_MS).day;

	if (day - end > length)
		return s->n;
	then = day - length - s->first_day;
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

/* Nothing on the day before it, nor on the one after. */
static bool is_alone(const struct cost_series *s, size_t at, double least)
{
	return fabs(s->v[at]) > least && (at == 0 || !(fabs(s->v[at - 1]) > least)) &&
	       (at + 1 == s->n || !(fabs(s->v[at + 1]) > least));
}

bool calendar_is_bill(const struct cost_series *s, size_t at, double least)
{
	double before;

	if (!is_alone(s, at, least))
		return false;
	before = calendar_bill(s, at, least);
	return fabs(before) > least &&
	       fabs(s->v[at] - before) <= BILL_ALIKE * fabs(before);
}

/* What the months so far agree on for this place of theirs. */
static double monthly_ahead(const struct baseline *b, const struct cost_series *s,
			    int64_t day)
{
	double sum = 0, least = 1, sign = 0;
	size_t places[MONTHS_BACK], n_places = same_places(s, day, places), n = 0;

	for (size_t i = 0; i < n_places; i++) {
		double error = b->errors[places[i]];

		if (!isfinite(error))
			continue;
		if (n > 0 && error * sign <= 0)
			return 0;
		sign = error;
		least = fmin(least, fabs(error));
		sum += error;
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
