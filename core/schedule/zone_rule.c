/* See zone_rule.h. */
#include "schedule/zone_rule.h"

#include <string.h>

#include "base/timefmt.h"

enum { HOUR_S = 3600, DAY_S = 86400, MAX_TIME_HOURS = 167, MAX_OFFSET_HOURS = 24 };

/* What is left of the text; once something did not fit, nothing more is read. */
struct reader {
	struct str rest;
	bool ok;
};

static bool skip(struct reader *r, char c)
{
	if (!r->ok || r->rest.n == 0 || r->rest.p[0] != c)
		return false;
	r->rest = str_sub(r->rest, 1, r->rest.n);
	return true;
}

static void expect(struct reader *r, char c)
{
	r->ok = skip(r, c);
}

static int read_number(struct reader *r, int least, int most)
{
	int value = 0;
	size_t n = 0;

	while (n < r->rest.n && n < 4 && r->rest.p[n] >= '0' && r->rest.p[n] <= '9')
		value = value * 10 + (r->rest.p[n++] - '0');
	r->rest = str_sub(r->rest, n, r->rest.n);
	r->ok = r->ok && n > 0 && value >= least && value <= most;
	return r->ok ? value : least;
}

/* [+-]hh[:mm[:ss]] */
static int32_t read_time(struct reader *r, int most_hours)
{
	int sign = skip(r, '-') ? -1 : 1;
	int32_t seconds;

	if (sign > 0)
		skip(r, '+');
	seconds = read_number(r, 0, most_hours) * HOUR_S;
	if (skip(r, ':'))
		seconds += read_number(r, 0, 59) * 60;
	if (skip(r, ':'))
		seconds += read_number(r, 0, 59);
	return sign * seconds;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_quotable(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

/* Three letters or more, or more kinds of characters between < and >. */
static void read_name(struct reader *r, char out[ZONE_ABBREVIATION_MAX + 1])
{
	bool is_quoted = skip(r, '<');
	size_t n = 0;

	while (n < r->rest.n &&
	       (is_quoted ? is_quotable(r->rest.p[n]) : is_letter(r->rest.p[n])))
		n++;
	r->ok = r->ok && n >= 3 && n <= ZONE_ABBREVIATION_MAX;
	if (!r->ok)
		return;
	memcpy(out, r->rest.p, n);
	out[n] = '\0';
	r->rest = str_sub(r->rest, n, r->rest.n);
	if (is_quoted)
		expect(r, '>');
}

static struct zone_day read_day(struct reader *r)
{
	struct zone_day day = {.time_s = 2 * HOUR_S};

	expect(r, ',');
	if (skip(r, 'M')) {
		day.form = ZONE_DAY_OF_WEEK;
		day.month = read_number(r, 1, 12);
		expect(r, '.');
		day.week = read_number(r, 1, 5);
		expect(r, '.');
		day.day = read_number(r, 0, 6);
	} else if (skip(r, 'J')) {
		day.form = ZONE_DAY_OF_365;
		day.day = read_number(r, 1, 365);
	} else {
		day.form = ZONE_DAY_OF_366;
		day.day = read_number(r, 0, 365);
	}
	if (skip(r, '/'))
		day.time_s = read_time(r, MAX_TIME_HOURS);
	return day;
}

bool zone_rule_parse(struct str text, struct zone_rule *out)
{
	struct reader r = {.rest = text, .ok = true};

	*out = (struct zone_rule){.has_dst = false};
	read_name(&r, out->standard.abbreviation);
	out->standard.offset_s = -read_time(&r, MAX_OFFSET_HOURS);
	if (!r.ok || r.rest.n == 0)
		return r.ok;
	out->has_dst = true;
	read_name(&r, out->dst.abbreviation);
	out->dst.offset_s = out->standard.offset_s + HOUR_S;
	if (r.rest.n && r.rest.p[0] != ',')
		out->dst.offset_s = -read_time(&r, MAX_OFFSET_HOURS);
	out->to_dst = read_day(&r);
	out->to_standard = read_day(&r);
	return r.ok && r.rest.n == 0;
}

/* Seconds since 1970 of that midnight, were it in UTC; day 0 is the month before's
 * last. */
static int64_t midnight(int year, int month, int day)
{
	return utc_to_ms(&(struct utc){.year = year, .month = month, .day = day}) / 1000;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* That moment of the year by a clock on the wall. */
static int64_t local_in_year(const struct zone_day *day, int year)
{
	int64_t first, next;

	if (day->form != ZONE_DAY_OF_WEEK) {
		int n = day->form == ZONE_DAY_OF_366 ? day->day : day->day - 1;

		if (day->form == ZONE_DAY_OF_365 && is_leap(year) && day->day > 59)
			n++;
		return midnight(year, 1, 1) + (int64_t)n * DAY_S + day->time_s;
	}
	first = midnight(year, day->month, 1);
	next = day->month == 12 ? midnight(year + 1, 1, 1)
				: midnight(year, day->month + 1, 1);
	first += (day->day - utc_from_ms(first * 1000).weekday + 7) % 7 * (int64_t)DAY_S;
	first += (day->week - 1) * INT64_C(7) * DAY_S;
	while (first >= next)
		first -= INT64_C(7) * DAY_S;
	return first + day->time_s;
}

/* Widens or narrows the span by one change, before or after utc_s. */
static void meet(struct zone_span *span, int64_t utc_s, int64_t change_s,
		 const struct zone_kind *kind)
{
	if (change_s <= utc_s && change_s >= span->from_s) {
		span->from_s = change_s;
		span->kind = kind;
	}
	if (change_s > utc_s && change_s < span->until_s)
		span->until_s = change_s;
}

struct zone_span zone_rule_span_at(const struct zone_rule *rule, int64_t utc_s)
{
	struct zone_span span = {INT64_MIN, INT64_MAX, &rule->standard};
	int year;

	if (!rule->has_dst)
		return span;
	/* The changes of a year may lie a week outside it, so the last one may be of the
	 * year before last. */
	year = utc_from_ms(utc_s * 1000).year;
	for (int y = year - 2; y <= year + 1; y++) {
		meet(&span, utc_s,
		     local_in_year(&rule->to_standard, y) - rule->dst.offset_s,
		     &rule->standard);
		/* Second, because one that ends as it begins lasts all year. */
		meet(&span, utc_s,
		     local_in_year(&rule->to_dst, y) - rule->standard.offset_s,
		     &rule->dst);
	}
	return span;
}
