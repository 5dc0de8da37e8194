/* Durations, the other half of timefmt.h: ISO 8601 and .NET forms in, the two
 * largest units out. */
#include "base/timefmt.h"

#include <math.h>

#include "base/count.h"

enum { SECOND_MS = 1000 };

static const struct {
	struct str word;
	int64_t ms;
} units[] = {
	{STR("ms"), 1},	     {STR("s"), SECOND_MS}, {STR("m"), MINUTE_MS},
	{STR("h"), HOUR_MS}, {STR("d"), DAY_MS},    {STR("w"), 7 * DAY_MS},
};

bool span_split(struct str s, int64_t *count, struct str *unit)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	*unit = str_sub(s, n, s.n - n);
	return n > 0 && n <= 9 && str_to_i64(str_sub(s, 0, n), count);
}

bool span_parse(struct str s, int64_t *ms)
{
	struct str unit;
	int64_t count;

	if (!span_split(s, &count, &unit) || count == 0)
		return false;
	for (size_t i = 0; i < COUNT(units); i++) {
		if (str_eq(units[i].word, unit)) {
			*ms = count * units[i].ms;
			return true;
		}
	}
	return false;
}

/* Cuts a decimal number off the front. */
static bool take_number(struct str *s, double *value)
{
	size_t n = 0;
	bool ok;

	while (n < s->n &&
	       ((s->p[n] >= '0' && s->p[n] <= '9') || s->p[n] == '.' || s->p[n] == ','))
		n++;
	ok = n > 0 && str_to_f64(str_sub(*s, 0, n), value);
	*s = str_sub(*s, n, s->n);
	return ok;
}

static double unit_seconds(char unit, bool is_time)
{
	switch (unit) {
	case 'Y':
		return 365.0 * 86400;
	case 'M':
		return is_time ? 60.0 : 30.0 * 86400;
	case 'W':
		return 7.0 * 86400;
	case 'D':
		return 86400.0;
	case 'H':
		return 3600.0;
	case 'S':
		return 1.0;
	default:
		return 0.0;
	}
}

static bool parse_iso(struct str s, double *seconds)
{
	bool is_time = false, has_any = false;

	while (s.n) {
		double value, unit;

		if (s.p[0] == 'T' && !is_time) {
			is_time = true;
			s = str_sub(s, 1, s.n);
			continue;
		}
		if (!take_number(&s, &value) || s.n == 0)
			return false;
		unit = unit_seconds(s.p[0], is_time);
		if (unit == 0.0)
			return false;
		*seconds += value * unit;
		s = str_sub(s, 1, s.n);
		has_any = true;
	}
	return has_any;
}

/* [d.]hh:mm:ss[.fffffff] */
static bool parse_clock(struct str s, double *seconds)
{
	double days = 0, parts[3];
	ptrdiff_t colon = str_find_char(s, ':');
	ptrdiff_t point = str_find_char(s, '.');
	struct str part;
	int n = 0;

	if (point >= 0 && point < colon) {
		if (!str_to_f64(str_sub(s, 0, (size_t)point), &days) || days < 0)
			return false;
		s = str_sub(s, (size_t)point + 1, s.n);
	}
	while (str_next(&s, ':', &part)) {
		if (n == 3 || !str_to_f64(part, &parts[n]) || parts[n] < 0)
			return false;
		n++;
	}
	if (n != 3)
		return false;
	*seconds = days * 86400 + parts[0] * 3600 + parts[1] * 60 + parts[2];
	return true;
}

bool duration_parse(struct str s, int64_t *ms)
{
	double seconds = 0;
	bool is_negative, ok;

	s = str_trim(s);
	is_negative = s.n && s.p[0] == '-';
	if (is_negative)
		s = str_sub(s, 1, s.n);
	if (s.n && s.p[0] == 'P')
		ok = parse_iso(str_sub(s, 1, s.n), &seconds);
	else
		ok = str_find_char(s, ':') > 0 && parse_clock(s, &seconds);
	if (!ok || !(seconds <= 1e12))
		return false;
	*ms = (int64_t)llround(seconds * 1000) * (is_negative ? -1 : 1);
	return true;
}

static void put_unit(struct strbuf *out, int64_t n, int min_digits, const char *unit)
{
	strbuf_put_i64(out, n, min_digits);
	strbuf_puts(out, unit);
}

static void put_two(struct strbuf *out, int64_t large, const char *large_unit,
		    int64_t small, int min_digits, const char *small_unit)
{
	put_unit(out, large, 1, large_unit);
	put_unit(out, small, min_digits, small_unit);
}

void duration_format(struct strbuf *out, int64_t ms)
{
	int64_t s;

	if (ms < 0) {
		strbuf_putc(out, '-');
		ms = ms == INT64_MIN ? INT64_MAX : -ms;
	}
	s = ms / 1000;
	if (ms < 1000)
		put_unit(out, ms, 1, "ms");
	else if (s < 60)
		put_unit(out, s, 1, "s");
	else if (s < 3600 && s % 60)
		put_two(out, s / 60, "m", s % 60, 2, "s");
	else if (s < 3600)
		put_unit(out, s / 60, 1, "m");
	else if (s < 86400)
		put_two(out, s / 3600, "h", s / 60 % 60, 2, "m");
	else if (s < 14 * 86400 && s / 3600 % 24)
		put_two(out, s / 86400, "d", s / 3600 % 24, 1, "h");
	else if (s < 60 * 86400)
		put_unit(out, s / 86400, 1, "d");
	else
		put_unit(out, s / (7 * 86400), 1, "w");
}
