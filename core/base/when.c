/* See when.h. */
#include "base/when.h"

#include "base/timefmt.h"

enum { DISTANCE_MOST = 1000000 };

static int64_t unit_ms(char unit)
{
	switch (unit) {
	case 's':
		return 1000;
	case 'm':
		return MINUTE_MS;
	case 'h':
		return HOUR_MS;
	case 'd':
		return DAY_MS;
	case 'w':
		return 7 * DAY_MS;
	default:
		return 0;
	}
}

/* "2h", "1d12h". */
static bool distance(struct str text, int64_t *out)
{
	int64_t total = 0, n = 0;
	bool has_digit = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= '0' && c <= '9' && n < DISTANCE_MOST) {
			n = n * 10 + (c - '0');
			has_digit = true;
			continue;
		}
		if (!has_digit || unit_ms(c) == 0)
			return false;
		total += n * unit_ms(c);
		n = 0;
		has_digit = false;
	}
	*out = total;
	return text.n > 0 && !has_digit;
}

static bool two_digits(struct str text, int most, int *out)
{
	int64_t value;

	if (text.n == 0 || text.n > 2 || !str_to_i64(text, &value) || value < 0 ||
	    value > most)
		return false;
	*out = (int)value;
	return true;
}

/* Milliseconds since midnight. */
static bool clock_time(struct str text, int64_t *out)
{
	struct str rest = text, part;
	int n[3] = {0};
	size_t i = 0;

	while (str_next(&rest, ':', &part)) {
		if (i == 3 || !two_digits(part, i == 0 ? 23 : 59, &n[i]))
			return false;
		i++;
	}
	*out = n[0] * HOUR_MS + n[1] * MINUTE_MS + n[2] * INT64_C(1000);
	return i >= 2;
}

static bool cut_word(struct str *text, struct str word)
{
	if (!str_starts_nocase(*text, word))
		return false;
	*text = str_trim(str_sub(*text, word.n, text->n));
	return true;
}

/* A clock's time of today, unless it is still to come: then of yesterday. */
static bool day_time(struct str text, int64_t now_ms, int64_t *out)
{
	int64_t midnight = now_ms - now_ms % DAY_MS, time = 0;
	bool is_yesterday = cut_word(&text, STR("yesterday"));
	bool is_today = !is_yesterday && cut_word(&text, STR("today"));

	if (text.n ? !clock_time(text, &time) : !is_yesterday && !is_today)
		return false;
	*out = midnight + time;
	if (is_yesterday || (!is_today && *out > now_ms))
		*out -= DAY_MS;
	return true;
}

bool when_parse(struct str text, int64_t now_ms, int64_t base_ms, int64_t *out)
{
	int64_t by;

	text = str_trim(text);
	if (str_eq_nocase(text, STR("now"))) {
		*out = now_ms;
		return true;
	}
	if (text.n > 1 && (text.p[0] == '-' || text.p[0] == '+')) {
		if (!distance(str_sub(text, 1, text.n), &by))
			return false;
		*out = text.p[0] == '-' ? base_ms - by : base_ms + by;
		return true;
	}
	return day_time(text, now_ms, out) || (text.n >= 8 && time_parse(text, out));
}
