/* The weekly profile, the level and the noise of a series. Thread: any (no state). */
#include "cost/baseline.h"

#include <math.h>

#define WEEK		7
#define LEAST_A_WEEKDAY 3    /* ratios before a weekday has a factor of its own */
#define LEAST_FACTOR	0.05 /* below it a day says nothing of the level */
#define LEAST_KNOWN	5    /* days that a level needs */
#define LEAST_ERRORS	10
#define NOISE_UNKNOWN	0.15
#define MOST_BIAS	0.08
#define SIGMA_OF_MAD	1.4826
#define TINY		1e-6

int cost_weekday(int64_t day)
{
	return (int)(((day + 4) % WEEK + WEEK) % WEEK);
}

/* Series are short: sorting them in place beats anything cleverer. */
double cost_median(double *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		double x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
	if (n == 0)
		return NAN;
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The mean of the week around a day; NAN where it is not whole. */
static double week_around(const struct cost_series *s, size_t at)
{
	double sum = 0;

	if (at < WEEK / 2 || at + WEEK / 2 >= s->n)
		return NAN;
	for (size_t i = at - WEEK / 2; i <= at + WEEK / 2; i++)
		sum += s->v[i];
	return sum / WEEK;
}

static void fit_week(struct baseline *b, const struct cost_series *s)
{
	double ratios[WEEK][COST_MAX_DAYS / WEEK + 1], sum = 0;
	size_t n[WEEK] = {0};
	size_t n_weeks = 0, n_known = 0;
	bool is_enough;

	for (size_t i = 0; i < s->n; i++) {
		double mean = week_around(s, i);
		int day = cost_weekday(s->first_day + (int64_t)i);

		n_known += isfinite(mean);
		n_weeks += mean > TINY;
		if (mean > TINY)
			ratios[day][n[day]++] = s->v[i] / mean;
	}
	/* A bill a month is no weekly profile, though it falls on some weekday. */
	is_enough = n_weeks * 2 >= n_known;
	for (int day = 0; day < WEEK; day++) {
		is_enough = is_enough && n[day] >= LEAST_A_WEEKDAY;
		b->weekday[day] = fmax(0, cost_median(ratios[day], n[day]));
		sum += b->weekday[day];
	}
	for (int day = 0; day < WEEK; day++)
		b->weekday[day] = is_enough && sum > 0 ? b->weekday[day] * WEEK / sum : 1;
}

static double factor_of(const struct baseline *b, const struct cost_series *s, size_t at)
{
	return b->weekday[cost_weekday(s->first_day + (int64_t)at)];
}

double baseline_season_free(const struct baseline *b, const struct cost_series *s,
			    size_t at)
{
	double factor = factor_of(b, s, at);

	return factor > LEAST_FACTOR ? s->v[at] / factor : NAN;
}

/* The last days in order of size, so that their median is at hand. */
struct window {
	double v[COST_LEVEL_DAYS + 1];
	size_t n;
};

static void window_add(struct window *w, double x)
{
	size_t i = w->n++;

	for (; i > 0 && w->v[i - 1] > x; i--)
		w->v[i] = w->v[i - 1];
	w->v[i] = x;
}

static void window_drop(struct window *w, double x)
{
	size_t i = 0;

	while (i < w->n && w->v[i] != x)
		i++;
	for (w->n--; i < w->n; i++)
		w->v[i] = w->v[i + 1];
}

static double window_median(const struct window *w)
{
	return w->n < LEAST_KNOWN ? NAN
	       : w->n % 2	  ? w->v[w->n / 2]
				  : (w->v[w->n / 2 - 1] + w->v[w->n / 2]) / 2;
}

static void fit_levels(struct baseline *b, const struct cost_series *s)
{
	double free_of[COST_MAX_DAYS];
	struct window w = {.n = 0};

	for (size_t i = 0; i < s->n; i++) {
		free_of[i] = baseline_season_free(b, s, i);
		b->levels[i] = window_median(&w);
		if (isfinite(free_of[i]))
			window_add(&w, free_of[i]);
		if (i >= COST_LEVEL_DAYS && isfinite(free_of[i - COST_LEVEL_DAYS]))
			window_drop(&w, free_of[i - COST_LEVEL_DAYS]);
	}
	b->next = window_median(&w);
}

static void fit_noise(struct baseline *b, const struct cost_series *s)
{
	double v[COST_MAX_DAYS];
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		double expected = b->levels[i] * factor_of(b, s, i);

		b->errors[i] = expected > TINY ? s->v[i] / expected - 1 : NAN;
		if (isfinite(b->errors[i]))
			v[n++] = b->errors[i];
	}
	if (n < LEAST_ERRORS)
		return;
	b->bias = fmin(fmax(cost_median(v, n), -MOST_BIAS), MOST_BIAS);
	for (size_t i = 0; i < n; i++)
		v[i] = fabs(v[i] - b->bias);
	b->noise = SIGMA_OF_MAD * cost_median(v, n);
}

void baseline_fit(struct baseline *b, const struct cost_series *s)
{
	b->noise = NOISE_UNKNOWN;
	b->bias = 0;
	fit_week(b, s);
	fit_levels(b, s);
	fit_noise(b, s);
}

double baseline_expected(const struct baseline *b, const struct cost_series *s, size_t at,
			 bool is_off)
{
	double factor =
		is_off ? fmin(b->weekday[0], factor_of(b, s, at)) : factor_of(b, s, at);

	return b->levels[at] * factor * (1 + b->bias);
}
