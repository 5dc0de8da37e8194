/* See timefmt.h. Civil-date arithmetic by days since 1970, so nothing depends on
 * the machine's time zone or its library. */
#include "base/timefmt.h"

#include <string.h>

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
				     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

const char *month_name(int month)
{
	return months[month - 1];
}

/* Days since 1970-01-01 of a proleptic Gregorian date; years count from March,
 * so that the leap day is the last day of a year. */
static int64_t days_from_civil(int64_t y, int m, int d)
{
	int64_t era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int64_t utc_to_ms(const struct utc *u)
{
	return days_from_civil(u->year, u->month, u->day) * DAY_MS +
	       ((int64_t)u->hour * 3600 + u->minute * 60 + u->second) * 1000 + u->ms;
}

struct utc utc_from_ms(int64_t utc_ms)
{
	int64_t days = utc_ms / DAY_MS, rest = utc_ms % DAY_MS;
	int64_t era, doe, yoe, doy, mp, year;
	struct utc u;

	if (rest < 0) {
		rest += DAY_MS;
		days--;
	}
	u.weekday = (int)(((days + 4) % 7 + 7) % 7);
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	u.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	u.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	year = yoe + era * 400 + (u.month <= 2);
	u.year = (int)year;
	u.yday = (int)(days - 719468 - days_from_civil(year, 1, 1));
	u.hour = (int)(rest / HOUR_MS);
	u.minute = (int)(rest / MINUTE_MS % 60);
	u.second = (int)(rest / 1000 % 60);
	u.ms = (int)(rest % 1000);
	return u;
}

/* A reader over the slice: each step takes what it names or fails for good. */
struct reader {
	struct str s;
	bool ok;
};

static int digits(struct reader *r, size_t n)
{
	int value = 0;

	if (!r->ok || r->s.n < n) {
		r->ok = false;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned char)r->s.p[i] - '0';

		if (digit > 9)
			r->ok = false;
		value = value * 10 + (int)digit;
	}
	r->s = str_sub(r->s, n, r->s.n);
	return r->ok ? value : 0;
}

static bool skip(struct reader *r, const char *any)
{
	if (r->s.n == 0 || r->s.p[0] == '\0' || !strchr(any, r->s.p[0]))
		return false;
	r->s = str_sub(r->s, 1, r->s.n);
	return true;
}

static void expect(struct reader *r, const char *any)
{
	r->ok = skip(r, any) && r->ok;
}

static int fraction_ms(struct reader *r)
{
	int ms = 0, scale = 100;

	while (r->s.n && r->s.p[0] >= '0' && r->s.p[0] <= '9') {
		ms += (r->s.p[0] - '0') * scale;
		scale /= 10;
		r->s = str_sub(r->s, 1, r->s.n);
	}
	return ms;
}

/* Z, +hh:mm, +hhmm, -hh, or nothing; minutes east of UTC. */
static int offset_minutes(struct reader *r)
{
	int sign, minutes;

	if (r->s.n == 0 || skip(r, "Zz"))
		return 0;
	sign = r->s.p[0] == '-' ? -1 : 1;
	expect(r, "+-");
	minutes = digits(r, 2) * 60;
	if (skip(r, ":") || r->s.n)
		minutes += digits(r, 2);
	return sign * minutes;
}

static int days_of_month(int year, int month)
{
	int next_year = month == 12 ? year + 1 : year, next = month % 12 + 1;

	return (int)(days_from_civil(next_year, next, 1) -
		     days_from_civil(year, month, 1));
}

static bool in_range(const struct utc *u)
{
	return u->month >= 1 && u->month <= 12 && u->day >= 1 &&
	       u->day <= days_of_month(u->year, u->month) && u->hour <= 24 &&
	       u->minute <= 59 && u->second <= 60;
}

/* Services say "none" with the first moments of their calendars. */
static bool is_set(const struct utc *u)
{
	return u->year > 1753;
}

static bool parse_iso(struct str s, int64_t *out)
{
	struct reader r = {.s = s, .ok = true};
	struct utc u = {0};
	int offset = 0;

	u.year = digits(&r, 4);
	expect(&r, "-");
	u.month = digits(&r, 2);
	expect(&r, "-");
	u.day = digits(&r, 2);
	if (r.s.n) {
		expect(&r, "Tt ");
		u.hour = digits(&r, 2);
		expect(&r, ":");
		u.minute = digits(&r, 2);
		if (skip(&r, ":"))
			u.second = digits(&r, 2);
		if (skip(&r, ".,"))
			u.ms = fraction_ms(&r);
		skip(&r, " ");
		offset = offset_minutes(&r);
	}
	if (!r.ok || r.s.n || !in_range(&u) || !is_set(&u))
		return false;
	*out = utc_to_ms(&u) - offset * MINUTE_MS;
	return true;
}

/* "Sat, 21 Nov 2026 04:05:06 GMT" */
static bool parse_rfc1123(struct str s, int64_t *out)
{
	struct reader r = {.s = str_sub(s, 5, s.n), .ok = s.n >= 29};
	struct utc u = {0};

	if (!r.ok)
		return false;
	u.day = digits(&r, 2);
	expect(&r, " ");
	for (int m = 0; m < 12; m++) {
		if (r.ok && str_starts_nocase(r.s, (struct str){months[m], 3}))
			u.month = m + 1;
	}
	r.s = str_sub(r.s, 3, r.s.n);
	expect(&r, " ");
	u.year = digits(&r, 4);
	expect(&r, " ");
	u.hour = digits(&r, 2);
	expect(&r, ":");
	u.minute = digits(&r, 2);
	expect(&r, ":");
	u.second = digits(&r, 2);
	if (!r.ok || !in_range(&u) || !is_set(&u))
		return false;
	*out = utc_to_ms(&u);
	return true;
}

/* 20200401, or Unix seconds with an optional fraction. */
static bool parse_number(struct str s, int64_t *out)
{
	double value;

	if (!str_to_f64(s, &value))
		return false;
	if (s.n == 8 && value >= 19000101 && value <= 29991231) {
		struct reader r = {.s = s, .ok = true};
		struct utc u = {0};

		u.year = digits(&r, 4);
		u.month = digits(&r, 2);
		u.day = digits(&r, 2);
		if (!r.ok || !in_range(&u))
			return false;
		*out = utc_to_ms(&u);
		return true;
	}
	if (value <= 0 || value > 1e11)
		return false;
	*out = (int64_t)(value * 1000.0 + 0.5);
	return true;
}

bool time_parse(struct str s, int64_t *utc_ms)
{
	s = str_trim(s);
	if (s.n < 6)
		return false;
	if (s.n > 4 && s.p[4] == '-')
		return parse_iso(s, utc_ms);
	if (s.n > 4 && s.p[3] == ',')
		return parse_rfc1123(s, utc_ms);
	return parse_number(s, utc_ms);
}

void time_format_iso(struct strbuf *out, int64_t utc_ms, bool with_ms)
{
	struct utc u = utc_from_ms(utc_ms);

	strbuf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", u.year, u.month, u.day,
		      u.hour, u.minute, u.second);
	if (with_ms)
		strbuf_printf(out, ".%03d", u.ms);
	strbuf_putc(out, 'Z');
}

void time_format_rfc1123(struct strbuf *out, int64_t utc_ms)
{
	struct utc u = utc_from_ms(utc_ms);

	strbuf_printf(out, "%s, %02d %s %04d %02d:%02d:%02d GMT", weekdays[u.weekday],
		      u.day, month_name(u.month), u.year, u.hour, u.minute, u.second);
}
