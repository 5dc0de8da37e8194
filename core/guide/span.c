/* See span.h. */
#include "guide/span.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/strbuf.h"
#include "base/timefmt.h"

enum { MOST_TOKENS = 120 };

struct tokens {
	struct str all[MOST_TOKENS];
	size_t n;
};

static const struct str nothing = {.p = "", .n = 0};

static void cut(struct str text, struct tokens *t)
{
	t->n = 0;
	while (t->n < MOST_TOKENS) {
		size_t n = 0;

		while (text.n && strchr(" \t\n?!,;()\"", text.p[0]))
			text = str_sub(text, 1, text.n);
		while (n < text.n && !strchr(" \t\n?!,;()\"", text.p[n]))
			n++;
		if (!n)
			return;
		t->all[t->n++] = str_sub(text, 0, n);
		text = str_sub(text, n, text.n);
	}
}

static struct str at(const struct tokens *t, size_t i)
{
	return i < t->n ? t->all[i] : nothing;
}

static bool is(struct str s, const char *word)
{
	return str_eq_nocase(s, str_from(word));
}

static int64_t day_of(int64_t ms)
{
	return ms - ms % DAY_MS;
}

static bool unit_ms(struct str s, int64_t *ms)
{
	static const struct {
		const char *word;
		int64_t ms;
	} units[] = {
		{"m", MINUTE_MS},      {"min", MINUTE_MS},     {"mins", MINUTE_MS},
		{"minute", MINUTE_MS}, {"minutes", MINUTE_MS}, {"h", HOUR_MS},
		{"hr", HOUR_MS},       {"hrs", HOUR_MS},       {"hour", HOUR_MS},
		{"hours", HOUR_MS},    {"d", DAY_MS},	       {"day", DAY_MS},
		{"days", DAY_MS},      {"w", 7 * DAY_MS},      {"week", 7 * DAY_MS},
		{"weeks", 7 * DAY_MS}, {"month", 30 * DAY_MS}, {"shift", 8 * HOUR_MS},
	};

	for (size_t i = 0; i < COUNT(units); i++)
		if (is(s, units[i].word)) {
			*ms = units[i].ms;
			return true;
		}
	return false;
}

/* "3", "three" or "a". */
static bool small_number(struct str s, int64_t *n)
{
	static const char *const words[] = {"a",     "one",  "two", "three",
					    "four",  "five", "six", "seven",
					    "eight", "nine", "ten", "couple"};

	for (size_t i = 0; i < COUNT(words); i++)
		if (is(s, words[i])) {
			*n = i ? (int64_t)i : 1;
			if (i == COUNT(words) - 1)
				*n = 2;
			return true;
		}
	return s.n <= 4 && str_to_i64(s, n) && *n > 0;
}

/* "24h" or "24 hours" at i; how many tokens it takes, 0: none. */
static size_t length_at(const struct tokens *t, size_t i, int64_t *ms)
{
	struct str s = at(t, i);
	size_t digits = 0;
	int64_t n, unit;

	while (digits < s.n && isdigit((unsigned char)s.p[digits]))
		digits++;
	if (digits && digits <= 4 && digits < s.n &&
	    str_to_i64(str_sub(s, 0, digits), &n) &&
	    unit_ms(str_sub(s, digits, s.n), &unit)) {
		*ms = n * unit;
		return 1;
	}
	if (small_number(s, &n) && unit_ms(at(t, i + 1), &unit)) {
		*ms = n * unit;
		return 2;
	}
	if (unit_ms(s, &unit) && s.n > 2) {
		*ms = unit;
		return 1;
	}
	return 0;
}

/* "9", "9:30", "09:30Z", "9am", "9pm", "noon": minutes of the day. */
static bool time_of_day(struct str s, int *minutes)
{
	bool is_pm = str_ends_nocase(s, STR("pm"));
	int64_t hour, minute = 0;
	ptrdiff_t colon;

	if (is(s, "noon") || is(s, "midnight")) {
		*minutes = is(s, "noon") ? 12 * 60 : 0;
		return true;
	}
	if (is_pm || str_ends_nocase(s, STR("am")))
		s.n -= 2;
	else if (str_ends_nocase(s, STR("z")) || str_ends_nocase(s, STR("h")))
		s.n -= 1;
	colon = str_find_char(s, ':');
	if (colon >= 0 && !str_to_i64(str_sub(s, (size_t)colon + 1, s.n), &minute))
		return false;
	if (!str_to_i64(str_sub(s, 0, colon >= 0 ? (size_t)colon : s.n), &hour))
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*minutes = (int)hour * 60 + (int)minute;
	if (is_pm && hour < 12)
		*minutes += 12 * 60;
	return true;
}

/* The last time that a clock showed it, or on that day. */
static int64_t moment(int minutes, int64_t now_ms, int64_t day_ms)
{
	int64_t ms = (day_ms ? day_ms : day_of(now_ms)) + minutes * MINUTE_MS;

	return !day_ms && ms > now_ms ? ms - DAY_MS : ms;
}

/* A day at i: "yesterday", "monday", "2026-03-10". */
static bool day_at(const struct tokens *t, size_t i, int64_t now_ms, int64_t *day)
{
	static const char *const weekdays[] = {"sunday",    "monday",	"tuesday",
					       "wednesday", "thursday", "friday",
					       "saturday"};
	struct str s = at(t, i);

	if (is(s, "yesterday") || is(s, "today")) {
		*day = day_of(now_ms) - (is(s, "yesterday") ? DAY_MS : 0);
		return true;
	}
	for (int w = 0; w < (int)COUNT(weekdays); w++)
		if (is(s, weekdays[w])) {
			int back = (utc_from_ms(now_ms).weekday - w + 7) % 7;

			*day = day_of(now_ms) - back * DAY_MS;
			return true;
		}
	return s.n == 10 && s.p[4] == '-' && time_parse(s, day);
}

/* "9", "yesterday", "yesterday 9:30", "this morning" at i. */
static bool moment_at(const struct tokens *t, size_t i, int64_t now_ms, int64_t *ms)
{
	int64_t day = 0;
	int minutes = 0;

	if (is(at(t, i), "this") || is(at(t, i), "last"))
		i++;
	if (is(at(t, i), "morning") || is(at(t, i), "midnight")) {
		*ms = day_of(now_ms);
		return true;
	}
	if (is(at(t, i), "night") || is(at(t, i), "evening")) {
		*ms = day_of(now_ms) - 6 * HOUR_MS;
		return true;
	}
	if (day_at(t, i, now_ms, &day)) {
		if (is(at(t, i + 1), "at"))
			i++;
		*ms = time_of_day(at(t, i + 1), &minutes) ? moment(minutes, now_ms, day)
							  : day;
		return true;
	}
	if (!time_of_day(at(t, i), &minutes))
		return false;
	if (is(at(t, i + 1), "pm") && minutes < 12 * 60)
		minutes += 12 * 60;
	*ms = moment(minutes, now_ms, 0);
	return true;
}

static bool since_at(const struct tokens *t, size_t i, int64_t now_ms, int64_t *from,
		     int64_t *to)
{
	int64_t ms;

	if (!is(at(t, i), "since") && !is(at(t, i), "after") && !is(at(t, i), "from") &&
	    !is(at(t, i), "between"))
		return false;
	if (!moment_at(t, i + 1, now_ms, from))
		return false;
	*to = now_ms;
	for (size_t k = i + 2; k < t->n && k < i + 5; k++)
		if ((is(at(t, k), "and") || is(at(t, k), "to") || is(at(t, k), "until") ||
		     is(at(t, k), "till")) &&
		    moment_at(t, k + 1, now_ms, &ms) && ms >= *from)
			*to = ms;
	return true;
}

static bool last_at(const struct tokens *t, size_t i, int64_t now_ms, int64_t *from,
		    int64_t *to)
{
	int64_t length;
	size_t n;

	*to = now_ms;
	if (is(at(t, i), "last") || is(at(t, i), "past") || is(at(t, i), "previous")) {
		if (is(at(t, i + 1), "night")) {
			*from = day_of(now_ms) - 6 * HOUR_MS;
			*to = day_of(now_ms) + 6 * HOUR_MS;
			*to = *to > now_ms ? now_ms : *to;
			return true;
		}
		if (!length_at(t, i + 1, &length))
			return false;
		*from = now_ms - length;
		return true;
	}
	n = length_at(t, i, &length);
	if (n && is(at(t, i + n), "ago")) {
		*from = now_ms - length;
		return true;
	}
	/* "-2h" */
	if (at(t, i).n > 2 && at(t, i).p[0] == '-' &&
	    span_parse(str_sub(at(t, i), 1, at(t, i).n), &length)) {
		*from = now_ms - length;
		return true;
	}
	return false;
}

static bool day_alone_at(const struct tokens *t, size_t i, int64_t now_ms, int64_t *from,
			 int64_t *to)
{
	struct utc u = utc_from_ms(now_ms);

	*to = now_ms;
	if (is(at(t, i), "overnight")) {
		*from = day_of(now_ms) - 6 * HOUR_MS;
		return true;
	}
	if (is(at(t, i), "this") && is(at(t, i + 1), "week")) {
		*from = day_of(now_ms) - ((u.weekday + 6) % 7) * DAY_MS;
		return true;
	}
	if (is(at(t, i), "this") && is(at(t, i + 1), "month")) {
		*from = day_of(now_ms) - (u.day - 1) * DAY_MS;
		return true;
	}
	if (is(at(t, i), "this") && is(at(t, i + 1), "morning")) {
		*from = day_of(now_ms);
		return true;
	}
	if (!day_at(t, i, now_ms, from))
		return false;
	*to = *from + DAY_MS < now_ms ? *from + DAY_MS : now_ms;
	return true;
}

bool span_of(struct str question, int64_t now_ms, int64_t *from_ms, int64_t *to_ms)
{
	static bool (*const ways[])(const struct tokens *, size_t, int64_t, int64_t *,
				    int64_t *) = {since_at, last_at, day_alone_at};
	struct tokens t;

	cut(question, &t);
	for (size_t w = 0; w < COUNT(ways); w++)
		for (size_t i = 0; i < t.n; i++)
			if (ways[w](&t, i, now_ms, from_ms, to_ms))
				return true;
	return false;
}
