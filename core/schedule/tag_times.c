/* See tag_times.h. */
#include "schedule/tag_times.h"

#include "base/timefmt.h"

const struct schedule_figures no_figures = {.count = -1};

static const struct {
	const char *name;
	enum tag_figure kind;
} figure_names[] = {
	{"tier", FIGURE_TIER},
	{"size", FIGURE_SIZE},
	{"count", FIGURE_COUNT},
};

/* The number of a day, Monday first, or -1. */
static int day_of(char c)
{
	static const char days[] = "mtwhfsu";
	const char *at = c ? strchr(days, c) : NULL;

	return at ? (int)(at - days) : -1;
}

static bool read_day(struct tag_reader *r, int *out)
{
	*out = day_of(tag_peek(r));
	if (*out < 0)
		return tag_fail(r, r->at,
				"a day is wanted here: m, t, w, h (Thursday), f, s or u "
				"(Sunday), or a range such as m-f");
	r->at++;
	return true;
}

/* f-m goes over the weekend. */
static bool read_days(struct tag_reader *r, uint8_t *out)
{
	int from, to;

	if (!read_day(r, &from))
		return false;
	to = from;
	if (tag_skip(r, '-') && !read_day(r, &to))
		return false;
	*out = 0;
	for (int day = from;; day = (day + 1) % 7) {
		*out |= (uint8_t)(1 << day);
		if (day == to)
			return true;
	}
}

static bool read_clock(struct tag_reader *r, uint16_t *out)
{
	int hour, minute = 0;
	size_t at;

	if (!tag_skip(r, ','))
		return tag_fail(r, r->at,
				"a comma and a time are wanted after the day or the "
				"range of days, as in (m-f,19)");
	tag_peek(r);
	at = r->at;
	if (!tag_number(r, 2, &hour) || hour > 23)
		return tag_fail(r, at, "an hour is 0 to 23; minutes go as in 19:30");
	if (tag_skip(r, ':')) {
		at = r->at;
		if (!tag_number(r, 2, &minute) || minute > 59 || r->at - at != 2)
			return tag_fail(r, at, "minutes are two digits, 00 to 59");
	}
	*out = (uint16_t)(hour * 60 + minute);
	return true;
}

static bool read_name(struct tag_reader *r, size_t at, char *out)
{
	struct str word = tag_word(r);

	if (word.n == 0 || word.n > SCHEDULE_WORD_MAX)
		return tag_fail(r, at,
				"a name is wanted here, of letters, digits, _ . or -, "
				"%d at most",
				SCHEDULE_WORD_MAX);
	memcpy(out, word.p, word.n);
	out[word.n] = '\0';
	return true;
}

bool tag_read_figure(struct tag_reader *r, enum tag_figure kind, bool is_on,
		     struct schedule_figures *out)
{
	int least = is_on ? 1 : 0;
	size_t at;

	tag_peek(r);
	at = r->at;
	if (kind == FIGURE_TIER)
		return read_name(r, at, out->tier);
	if (kind == FIGURE_SIZE)
		return read_name(r, at, out->size);
	if (!tag_number(r, 4, &out->count) || out->count < least ||
	    out->count > SCHEDULE_COUNT_MAX)
		return tag_fail(r, at, "a count is %d to %d when %s", least,
				SCHEDULE_COUNT_MAX, is_on ? "on" : "off");
	return true;
}

/* ",size=S3", of which there may be several. */
static bool read_own_figures(struct tag_reader *r, bool is_on,
			     struct schedule_figures *out)
{
	while (tag_peek(r) == ',') {
		struct tag_reader ahead = *r;
		struct str name;
		size_t at, i;

		tag_skip(&ahead, ',');
		if (tag_peek(&ahead) == '(')
			return true;
		at = ahead.at;
		name = tag_word(&ahead);
		for (i = 0; i < 3; i++) {
			if (str_eq_nocase(name, str_from(figure_names[i].name)))
				break;
		}
		if (i == 3 || !tag_skip(&ahead, '='))
			return tag_fail(r, at,
					"after days and time only tier=, size= and "
					"count= may follow; further times stand in "
					"brackets of their own, as in "
					"[(m-f,19),(s,12)]");
		if (!tag_read_figure(&ahead, figure_names[i].kind, is_on, out))
			return false;
		*r = ahead;
	}
	return true;
}

static bool read_one(struct tag_reader *r, struct schedule_time *time)
{
	bool has_bracket = tag_skip(r, '(');

	time->figures = no_figures;
	if (!read_days(r, &time->days) || !read_clock(r, &time->minute) ||
	    !read_own_figures(r, time->is_on, &time->figures))
		return false;
	if (has_bracket && !tag_skip(r, ')'))
		return tag_fail(r, r->at, "the bracket is not closed: ) is wanted");
	return true;
}

bool tag_read_times(struct tag_reader *r, bool is_on, struct tag_times *out)
{
	bool has_bracket = tag_skip(r, '[');
	size_t first = out->n;

	do {
		struct schedule_time time = {.is_on = is_on};

		tag_peek(r);
		if (out->n == SCHEDULE_MAX_TIMES)
			return tag_fail(r, r->at, "these are more than %d times",
					SCHEDULE_MAX_TIMES);
		out->places[out->n] = r->at;
		if (out->n > first && tag_peek(r) != '(')
			return tag_fail(r, r->at,
					"a further time stands in round brackets, as in "
					"[(m-f,19),(s,12)]");
		if (!read_one(r, &time))
			return false;
		out->times[out->n++] = time;
	} while (tag_skip(r, ','));
	if (has_bracket && !tag_skip(r, ']'))
		return tag_fail(r, r->at, "the bracket is not closed: ] is wanted");
	return true;
}

static bool read_date(struct tag_reader *r, int32_t *day)
{
	struct str word;
	int64_t ms;
	size_t at;

	tag_peek(r);
	at = r->at;
	word = tag_word(r);
	if (word.n != 10 || word.p[4] != '-' || !time_parse(word, &ms))
		return tag_fail(r, at, "a date is wanted here, as in 2026-12-25");
	*day = (int32_t)(ms / 86400000);
	return true;
}

bool tag_read_skips(struct tag_reader *r, struct schedule *out)
{
	char close = tag_skip(r, '[') ? ']' : tag_skip(r, '(') ? ')' : 0;

	do {
		tag_peek(r);
		if (out->n_skips == SCHEDULE_MAX_SKIPS)
			return tag_fail(r, r->at, "these are more than %d days to skip",
					SCHEDULE_MAX_SKIPS);
		if (!read_date(r, &out->skips[out->n_skips]))
			return false;
		out->n_skips++;
	} while (tag_skip(r, ','));
	if (close && !tag_skip(r, close))
		return tag_fail(r, r->at, "the bracket is not closed: %c is wanted",
				close);
	return true;
}
