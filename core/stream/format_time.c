/* See format.h: times at the front of lines. */
#include "base/timefmt.h"
#include "stream/format.h"

int format_two(struct str s, size_t at)
{
	if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' ||
	    s.p[at + 1] > '9')
		return -1;
	return (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
}

/* +01:00, +0100, +01 or Z at `at`; the bytes it takes. */
static size_t zone(struct str s, size_t at, int64_t *offset_ms)
{
	int hours, minutes;
	size_t used = 3;

	*offset_ms = 0;
	if (at < s.n && s.p[at] == 'Z')
		return 1;
	if (at >= s.n || (s.p[at] != '+' && s.p[at] != '-'))
		return 0;
	hours = format_two(s, at + 1);
	if (hours < 0 || hours > 15)
		return 0;
	if (at + used < s.n && s.p[at + used] == ':')
		used++;
	minutes = format_two(s, at + used);
	if (minutes >= 0 && minutes < 60)
		used += 2;
	else
		minutes = 0, used = 3;
	*offset_ms = hours * HOUR_MS + minutes * MINUTE_MS;
	if (s.p[at] == '-')
		*offset_ms = -*offset_ms;
	return used;
}

/* A point or comma and digits; the bytes they take. */
static size_t fraction(struct str s, size_t at, int *ms)
{
	size_t used = 1;
	int scale = 100;

	*ms = 0;
	if (at + 1 >= s.n || (s.p[at] != '.' && s.p[at] != ','))
		return 0;
	for (; at + used < s.n && s.p[at + used] >= '0' && s.p[at + used] <= '9';
	     used++) {
		*ms += scale * (s.p[at + used] - '0');
		scale /= 10;
	}
	return used > 1 ? used : 0;
}

static bool is_form(struct str s)
{
	char dash;

	if (s.n < 19)
		return false;
	dash = s.p[4];
	return (dash == '-' || dash == '/') && s.p[7] == dash &&
	       (s.p[10] == 'T' || s.p[10] == ' ' || s.p[10] == 't') && s.p[13] == ':' &&
	       s.p[16] == ':';
}

size_t format_iso_time(struct str s, int64_t *utc_ms)
{
	struct utc u = {0};
	int64_t offset_ms;
	size_t used = 19;
	int century;

	if (!is_form(s))
		return 0;
	century = format_two(s, 0);
	u.year = format_two(s, 2);
	u.month = format_two(s, 5);
	u.day = format_two(s, 8);
	u.hour = format_two(s, 11);
	u.minute = format_two(s, 14);
	u.second = format_two(s, 17);
	if (century < 19 || u.year < 0 || u.month < 1 || u.month > 12 || u.day < 1 ||
	    u.day > 31 || u.hour < 0 || u.hour > 23 || u.minute < 0 || u.minute > 59 ||
	    u.second < 0 || u.second > 60)
		return 0;
	u.year += century * 100;
	used += fraction(s, used, &u.ms);
	used += zone(s, used, &offset_ms);
	*utc_ms = utc_to_ms(&u) - offset_ms;
	return used;
}

int64_t format_without_year(int month, int day, int64_t of_day_ms, int64_t now_ms)
{
	struct utc u = {.year = utc_from_ms(now_ms).year + 1, .month = month, .day = day};
	int64_t ms = utc_to_ms(&u) + of_day_ms;

	for (int i = 0; i < 2 && ms > now_ms + DAY_MS; i++) {
		u.year--;
		ms = utc_to_ms(&u) + of_day_ms;
	}
	return ms;
}
