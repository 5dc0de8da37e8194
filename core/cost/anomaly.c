/* Judging days, and joining them. Thread: any (no state). */
#include "cost/anomaly.h"

#include <math.h>

#include "cost/calendar.h"

#define SIGMAS		5.0  /* of noise that are no news */
#define LEAST_PART	0.18 /* nor is less than this part of the expected */
#define NEXT_TO_NOTHING 0.05 /* of what was expected */
#define NEW_AFTER	14   /* days without cost, before which nothing is new */
#define JOIN_GAP	2    /* quiet days that do not end it */
#define SHORT_DAYS	2    /* longer, or unfinished after them, is a level */
#define LEAK_DAYS	8
#define LEAK_PART	0.65 /* of its steps upwards */
#define LEAK_BEGINS	0.6  /* of its height at most, on its first day */
#define OFF_LINES	3    /* that must rest for a day off */
#define OFF_PART	0.6  /* of those that rest at weekends */
#define RESTS_BELOW	0.85 /* of a working day */

const char *anomaly_kind_name(enum anomaly_kind kind)
{
	static const char *const names[] = {
		[ANOMALY_SPIKE] = "spike",	 [ANOMALY_DROP] = "drop",
		[ANOMALY_RISE] = "rise",	 [ANOMALY_FALL] = "fall",
		[ANOMALY_LEAK] = "slow rise",	 [ANOMALY_NEW] = "new",
		[ANOMALY_VANISHED] = "vanished",
	};

	return names[kind];
}

static void set_band(struct verdict *v, const struct baseline *b, double least)
{
	double half = v->expected * fmax(SIGMAS * b->noise, LEAST_PART);

	half = fmax(fabs(half), least);
	v->low = v->expected - half;
	v->high = v->expected + half;
}

static int way_of(const struct verdict *v, double actual)
{
	return actual > v->high ? 1 : actual < v->low ? -1 : 0;
}

struct verdict anomaly_judge(const struct baseline *b, const struct cost_series *s,
			     size_t at, const bool *is_off, double least)
{
	struct verdict v = {NAN, NAN, NAN, 0};
	double actual = s->v[at], monthly;
	int plain_way;

	if (at < COST_LEAST_DAYS || !isfinite(actual))
		return v;
	v.expected = baseline_expected(b, s, at, is_off && is_off[at]);
	if (!isfinite(v.expected))
		return v;
	set_band(&v, b, least);
	v.way = plain_way = way_of(&v, actual);
	if (v.way == 0)
		return v;
	monthly = v.expected > least ? calendar_monthly(b, s, at) : 0;
	if (monthly != 0)
		v.expected *= 1 + monthly;
	else if (fabs(v.expected) <= least && calendar_is_bill(s, at, least))
		v.expected = calendar_bill(s, at, least);
	else
		return v;
	set_band(&v, b, least);
	/* The calendar can excuse a day; it does not accuse one of the contrary. */
	v.way = way_of(&v, actual) == plain_way ? plain_way : 0;
	return v;
}

/* Nothing to speak of in the fortnight before. */
static bool was_nothing(const struct cost_series *s, size_t at, double least)
{
	if (at < NEW_AFTER)
		return false;
	for (size_t i = at - NEW_AFTER; i < at; i++)
		if (fabs(s->v[i]) > least / 4)
			return false;
	return true;
}

/* It climbed to where it is; it did not jump there. */
static bool is_leak(const struct baseline *b, const struct cost_series *s, size_t first,
		    size_t last)
{
	size_t from = last >= LEAK_DAYS ? last - LEAK_DAYS : 0, n_up = 0;
	double floor = b->levels[first];
	double height = baseline_season_free(b, s, last) - floor;
	double began = baseline_season_free(b, s, first) - floor;

	if (last - first < SHORT_DAYS || !(height > 0) || began > LEAK_BEGINS * height)
		return false;
	for (size_t i = from + 1; i <= last; i++)
		n_up += baseline_season_free(b, s, i) > baseline_season_free(b, s, i - 1);
	return (double)n_up >= LEAK_PART * (double)(last - from);
}

struct run {
	size_t first, last;
	int way;
	double delta, certainty;
	bool is_nothing; /* all its days */
	struct verdict verdict;
};

static enum anomaly_kind kind_of(const struct baseline *b, const struct cost_series *s,
				 const struct run *run, double least)
{
	bool is_long = run->last - run->first >= SHORT_DAYS;

	if (run->way < 0)
		return run->is_nothing ? ANOMALY_VANISHED
		       : is_long       ? ANOMALY_FALL
				       : ANOMALY_DROP;
	if (was_nothing(s, run->first, least))
		return ANOMALY_NEW;
	if (is_leak(b, s, run->first, run->last))
		return ANOMALY_LEAK;
	return is_long ? ANOMALY_RISE : ANOMALY_SPIKE;
}

static void add_day(struct run *run, const struct cost_series *s, size_t at,
		    const struct verdict *v)
{
	double half = (v->high - v->low) / 2, delta = s->v[at] - v->expected;

	if (run->way == 0)
		*run = (struct run){.first = at, .way = v->way, .is_nothing = true};
	run->last = at;
	run->delta += delta;
	run->certainty = fmax(run->certainty, fabs(delta) / half);
	run->is_nothing =
		run->is_nothing && fabs(s->v[at]) <= NEXT_TO_NOTHING * fabs(v->expected);
	run->verdict = *v;
}

/* The last day that is known. */
static size_t newest(const struct cost_series *s)
{
	size_t i = s->n;

	while (i > 1 && !isfinite(s->v[i - 1]))
		i--;
	return i - 1;
}

/* Whether the days behind it stayed where it went. */
static bool is_new_level(const struct baseline *b, const struct cost_series *s,
			 const struct run *run, double least)
{
	double after[COST_LEVEL_DAYS / 2], was = b->levels[run->first], is;
	size_t n = 0;

	for (size_t i = run->last + 1; i < s->n && n < COST_LEVEL_DAYS / 2; i++) {
		after[n] = baseline_season_free(b, s, i);
		n += isfinite(after[n]);
	}
	is = cost_median(after, n);
	return n > SHORT_DAYS &&
	       (is - was) * run->way > fmax(LEAST_PART * fabs(was), least);
}

static size_t give_run(const struct baseline *b, const struct cost_series *s,
		       struct run *run, double least, struct anomaly *out, size_t n)
{
	if (run->way == 0 || n == ANOMALY_MAX)
		return n;
	out[n] = (struct anomaly){
		.kind = kind_of(b, s, run, least),
		.since = s->first_day + (int64_t)run->first,
		.last = s->first_day + (int64_t)run->last,
		.actual = s->v[run->last],
		.expected = run->verdict.expected,
		.low = run->verdict.low,
		.high = run->verdict.high,
		.delta = run->delta,
		.certainty = run->certainty,
		.is_ongoing = run->last == newest(s),
		.is_level = is_new_level(b, s, run, least),
	};
	*run = (struct run){0};
	return n + 1;
}

size_t anomaly_find(const struct baseline *b, const struct cost_series *s, size_t days,
		    const bool *is_off, double least, struct anomaly *out)
{
	struct run run = {0};
	size_t n = 0;

	for (size_t i = s->n > days ? s->n - days : 0; i < s->n; i++) {
		struct verdict v = anomaly_judge(b, s, i, is_off, least);

		if (run.way != 0 && (v.way == -run.way || i - run.last > JOIN_GAP + 1))
			n = give_run(b, s, &run, least, out, n);
		if (v.way != 0)
			add_day(&run, s, i, &v);
	}
	return give_run(b, s, &run, least, out, n);
}

/* Whether a line is nearer to its Sunday than to the day it is; 0: it does not rest
 * at weekends, or it is one. */
static int rests(const struct baseline *b, const struct cost_series *s, size_t at)
{
	double today = b->weekday[cost_weekday(s->first_day + (int64_t)at)];
	double level = b->levels[at];

	if (b->weekday[0] > RESTS_BELOW * today || !(level > 0) || !isfinite(s->v[at]))
		return 0;
	return s->v[at] < level * sqrt(today * fmax(b->weekday[0], today / 100)) ? 1 : -1;
}

void anomaly_find_off(const struct baseline *b, const struct cost_series *s,
		      size_t n_series, bool *is_off)
{
	for (size_t i = 0; n_series > 0 && i < s[0].n; i++) {
		size_t n = 0, n_rest = 0;

		for (size_t k = 0; k < n_series; k++) {
			int way = rests(&b[k], &s[k], i);

			n += way != 0;
			n_rest += way > 0;
		}
		is_off[i] = n_rest >= OFF_LINES && (double)n_rest >= OFF_PART * (double)n;
	}
}
