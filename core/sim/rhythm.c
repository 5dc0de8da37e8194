/* Business hours and noise. Thread: any (what is remembered is each thread's own). */
#include "sim/rhythm.h"

#include <math.h>

#include "base/rng.h"

int64_t rhythm_floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return a % b < 0 ? q - 1 : q;
}

/* One o'clock in UTC on the last Sunday of a month of 31 days. */
static int64_t change_of(int year, int month)
{
	struct utc last = {.year = year, .month = month, .day = 31, .hour = 1};
	int64_t ms = utc_to_ms(&last);

	return ms - utc_from_ms(ms).weekday * DAY_MS;
}

/* What clocks in Amsterdam are ahead of UTC by, from one o'clock UTC to the next: when
 * they change, it is then. */
static int64_t offset_of(int64_t day)
{
	int64_t begins_ms = day * DAY_MS + HOUR_MS;
	struct utc at = utc_from_ms(begins_ms);
	bool is_summer = at.month > 3 && at.month < 10;

	if (at.month == 3 || at.month == 10)
		is_summer =
			(begins_ms >= change_of(at.year, at.month)) == (at.month == 3);
	return is_summer ? 2 * HOUR_MS : HOUR_MS;
}

/* Asked for every figure of every series, and mostly for the days of a moment before. */
static int64_t local_offset_ms(int64_t utc_ms)
{
	static _Thread_local struct {
		int64_t day, offset; /* 0: nothing has been asked yet */
	} known[4];
	int64_t day = rhythm_floor_div(utc_ms - HOUR_MS, DAY_MS);
	size_t at = (size_t)((uint64_t)day % 4);

	if (known[at].offset == 0 || known[at].day != day) {
		known[at].day = day;
		known[at].offset = offset_of(day);
	}
	return known[at].offset;
}

/* Two o'clock by standard time in Los Angeles, on the n-th Sunday of a month. */
static int64_t change_of_west(int year, int month, int nth)
{
	struct utc first = {.year = year, .month = month, .day = 1, .hour = 10};
	int64_t ms = utc_to_ms(&first);

	return ms + ((7 - utc_from_ms(ms).weekday) % 7 + 7 * (nth - 1)) * DAY_MS;
}

static int64_t west_offset_ms(int64_t utc_ms)
{
	int year = utc_from_ms(utc_ms).year;
	/* Back at two o'clock of summer time, an hour earlier. */
	bool is_summer = utc_ms >= change_of_west(year, 3, 2) &&
			 utc_ms < change_of_west(year, 11, 1) - HOUR_MS;

	return is_summer ? -7 * HOUR_MS : -8 * HOUR_MS;
}

int64_t rhythm_day(int64_t utc_ms)
{
	return rhythm_floor_div(utc_ms + local_offset_ms(utc_ms), DAY_MS);
}

int64_t rhythm_day_start(int64_t day)
{
	/* Clocks change hours after midnight, so an hour of difference does not matter. */
	return day * DAY_MS - local_offset_ms(day * DAY_MS - HOUR_MS);
}

int rhythm_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(day + 4 - rhythm_floor_div(day + 4, 7) * 7);
}

static bool is_workday(int64_t day)
{
	int weekday = rhythm_weekday(day);

	return weekday != 0 && weekday != 6;
}

int64_t rhythm_last_edge(int64_t utc_ms, bool *opens)
{
	for (int64_t day = rhythm_day(utc_ms);; day--) {
		int64_t start = rhythm_day_start(day);

		if (!is_workday(day))
			continue;
		*opens = false;
		if (utc_ms >= start + RHYTHM_CLOSES_H * HOUR_MS)
			return start + RHYTHM_CLOSES_H * HOUR_MS;
		*opens = true;
		if (utc_ms >= start + RHYTHM_OPENS_H * HOUR_MS)
			return start + RHYTHM_OPENS_H * HOUR_MS;
	}
}

int64_t rhythm_last_edge_west(int64_t utc_ms, bool *opens)
{
	int64_t day = rhythm_floor_div(utc_ms + west_offset_ms(utc_ms), DAY_MS);

	for (;; day--) {
		/* Clocks change on Sundays, when nothing opens or closes. */
		int64_t start =
			day * DAY_MS - west_offset_ms(day * DAY_MS + 12 * HOUR_MS);

		if (!is_workday(day))
			continue;
		*opens = false;
		if (utc_ms >= start + RHYTHM_CLOSES_H * HOUR_MS)
			return start + RHYTHM_CLOSES_H * HOUR_MS;
		*opens = true;
		if (utc_ms >= start + RHYTHM_OPENS_H * HOUR_MS)
			return start + RHYTHM_OPENS_H * HOUR_MS;
	}
}

bool rhythm_is_open(int64_t utc_ms)
{
	bool opens;

	rhythm_last_edge(utc_ms, &opens);
	return opens;
}

/* A bump of height 1 around `at`, `width` hours wide. */
static double bump(double hour, double at, double width)
{
	double d = (hour - at) / width;

	return exp(-d * d);
}

double rhythm_load(int64_t utc_ms)
{
	int64_t day = rhythm_day(utc_ms);
	double hour = (double)(utc_ms - rhythm_day_start(day)) / (double)HOUR_MS;
	double people = bump(hour, 10.5, 2.2) + 0.9 * bump(hour, 15, 2.4);
	double evening = 0.25 * bump(hour, 20.5, 1.8);
	double batch = 0.18 * bump(hour, 2.5, 0.8);

	if (!is_workday(day))
		people *= 0.22;
	return fmin(1, 0.10 + 0.86 * people + evening + batch);
}

double rhythm_noise(uint64_t seed, int64_t utc_ms, int64_t period_ms)
{
	int64_t step = rhythm_floor_div(utc_ms, period_ms);
	double t = (double)(utc_ms - step * period_ms) / (double)period_ms;
	double a = rng_at(seed, (uint64_t)step);
	double b = rng_at(seed, (uint64_t)step + 1);
	double s = t * t * (3 - 2 * t);

	return 2 * (a + (b - a) * s) - 1;
}
