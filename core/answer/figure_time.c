/* A moment is put together word by word: a day, a clock, a zone. Without a zone it is
 * UTC, as all that azdeck shows is. */
#include "answer/figure_time.h"

#include "base/count.h"
#include "base/timefmt.h"

struct parts {
	int year, month, day; /* 0: not said */
	int64_t clock_ms;     /* -1: not said */
	int64_t step_ms;      /* what the clock is exact to */
	int zone_min;
};

static struct str word_text(struct str text, const struct prose_word *word)
{
	return str_sub(text, word->begin, word->end - word->begin);
}

static bool to_int(struct str s, int least, int most, int *out)
{
	int64_t n;

	if (s.n > 4 || !str_to_i64(s, &n) || n < least || n > most)
		return false;
	*out = (int)n;
	return true;
}

static int month_of(struct str word)
{
	static const char *const rest[] = {"uary",   "ruary", "ch",    "il",
					   "",	     "e",     "y",     "ust",
					   "tember", "ober",  "ember", "ember"};

	for (int month = 1; month <= 12; month++) {
		struct str name = str_from(month_name(month));
		struct str tail = str_sub(word, 3, word.n);

		if (str_eq_nocase(str_sub(word, 0, 3), name) &&
		    (!tail.n || str_eq_nocase(tail, str_from(rest[month - 1]))))
			return month;
	}
	return 0;
}

/* "10:20", "10:20:30", "10:20Z" */
static bool take_clock(struct str word, struct parts *out)
{
	struct str rest = word, part;
	int hour, minute, second = 0;

	if (rest.n > 1 && (rest.p[rest.n - 1] == 'Z' || rest.p[rest.n - 1] == 'z'))
		rest.n--;
	if (!str_next(&rest, ':', &part) || !rest.p || part.n > 2 ||
	    !to_int(part, 0, 24, &hour) || !str_next(&rest, ':', &part) || part.n != 2 ||
	    !to_int(part, 0, 59, &minute))
		return false;
	out->step_ms = rest.p ? 1000 : MINUTE_MS;
	if (rest.p && (rest.n != 2 || !to_int(rest, 0, 60, &second)))
		return false;
	out->clock_ms = (hour * 60 + minute) * MINUTE_MS + second * 1000LL;
	return true;
}

static bool take_iso_day(struct str word, struct parts *out)
{
	struct str rest = word, part;

	return word.n == 10 && str_next(&rest, '-', &part) &&
	       to_int(part, 1900, 2999, &out->year) && str_next(&rest, '-', &part) &&
	       to_int(part, 1, 12, &out->month) && to_int(rest, 1, 31, &out->day);
}

static bool take_zone(struct str word, struct parts *out)
{
	static const struct {
		const char *name;
		int minutes;
	} zones[] = {
		{"UTC", 0},    {"GMT", 0},    {"Z", 0},	     {"WET", 0},    {"WEST", 60},
		{"CET", 60},   {"CEST", 120}, {"BST", 60},   {"EET", 120},  {"EEST", 180},
		{"IST", 330},  {"SGT", 480},  {"JST", 540},  {"AEST", 600}, {"AEDT", 660},
		{"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300}, {"MST", -420},
		{"MDT", -360}, {"PST", -480}, {"PDT", -420},
	};

	for (size_t i = 0; i < COUNT(zones); i++)
		if (str_is(word, zones[i].name)) {
			out->zone_min = zones[i].minutes;
			return true;
		}
	return false;
}

/* The next word, when only blanks and a comma are between. */
static bool next_near(struct str text, const struct prose_word *word,
		      struct prose_word *out)
{
	if (!word_next(text, word->end, out) || out->begin > word->end + 2)
		return false;
	for (size_t i = word->end; i < out->begin; i++)
		if (text.p[i] != ' ' && text.p[i] != ',')
			return false;
	return true;
}

static bool take_day_first(struct str text, struct prose_word *word, struct parts *out)
{
	struct prose_word next;
	int day;

	if (!to_int(word_text(text, word), 1, 31, &day) ||
	    !next_near(text, word, &next) || !month_of(word_text(text, &next)))
		return false;
	out->day = day;
	out->month = month_of(word_text(text, &next));
	*word = next;
	return true;
}

static bool take_month_first(struct str text, struct prose_word *word, struct parts *out)
{
	struct prose_word next;
	int month = month_of(word_text(text, word));

	if (!month || !next_near(text, word, &next) ||
	    !to_int(word_text(text, &next), 1, 31, &out->day))
		return false;
	out->month = month;
	*word = next;
	return true;
}

static void finish(const struct parts *parts, int64_t now_ms, struct scan *out)
{
	struct utc day = {.year = parts->year, .month = parts->month, .day = parts->day};

	out->kind = SCAN_MOMENT;
	out->is_any_day = !parts->day;
	out->is_any_year = parts->day && !parts->year;
	if (out->is_any_year)
		day.year = utc_from_ms(now_ms).year;
	out->at_ms = parts->day ? utc_to_ms(&day) : 0;
	if (parts->clock_ms >= 0)
		out->at_ms += parts->clock_ms - parts->zone_min * MINUTE_MS;
	out->until_ms = out->at_ms + (parts->clock_ms >= 0 ? parts->step_ms : DAY_MS);
}

/* "2026-03-11T10:20:30Z" and its like, in one word. */
static bool take_whole(struct str text, const struct prose_word *word, struct scan *out)
{
	struct str self = word_text(text, word);
	size_t colons = 0;

	for (size_t i = 0; i < self.n; i++)
		colons += self.p[i] == ':';
	if (self.n < 16 || (self.p[10] != 'T' && self.p[10] != 't') ||
	    !time_parse(self, &out->at_ms))
		return false;
	out->kind = SCAN_MOMENT;
	out->until_ms = out->at_ms + (colons > 1 ? 1000 : MINUTE_MS);
	out->end = word->end;
	return true;
}

bool figure_time(struct str text, const struct prose_word *word, int64_t now_ms,
		 struct scan *out)
{
	struct parts parts = {.clock_ms = -1};
	struct prose_word at = *word, next;
	bool has_day;

	out->begin = word->begin;
	if (take_whole(text, word, out))
		return true;
	has_day = take_iso_day(word_text(text, &at), &parts) ||
		  take_day_first(text, &at, &parts) ||
		  take_month_first(text, &at, &parts);
	if (!has_day && !take_clock(word_text(text, &at), &parts))
		return false;
	if (has_day && !parts.year && next_near(text, &at, &next) &&
	    to_int(word_text(text, &next), 1900, 2999, &parts.year))
		at = next;
	if (has_day && next_near(text, &at, &next) &&
	    take_clock(word_text(text, &next), &parts))
		at = next;
	if (parts.clock_ms >= 0 && next_near(text, &at, &next) &&
	    take_zone(word_text(text, &next), &parts))
		at = next;
	out->end = at.end;
	finish(&parts, now_ms, out);
	return true;
}
