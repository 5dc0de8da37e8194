/* Times in request texts: {@now-30m}, {@month:date}. UTC always, because every
 * service here counts its days in UTC. Thread: any (no state). */
#include "base/count.h"
#include "base/timefmt.h"
#include "board/params.h"

static bool parse_base(struct str word, enum time_base *out)
{
	static const struct {
		struct str word;
		enum time_base base;
	} bases[] = {
		{STR("now"), TIME_NOW},	    {STR("minute"), TIME_MINUTE},
		{STR("hour"), TIME_HOUR},   {STR("day"), TIME_DAY},
		{STR("month"), TIME_MONTH}, {STR("month_end"), TIME_MONTH_END},
	};

	for (size_t i = 0; i < COUNT(bases); i++) {
		if (str_eq(bases[i].word, word)) {
			*out = bases[i].base;
			return true;
		}
	}
	return false;
}

static bool parse_form(struct str word, enum time_form *out)
{
	if (str_eq(word, STR("iso")))
		*out = TIME_ISO;
	else if (str_eq(word, STR("date")))
		*out = TIME_DATE;
	else if (str_eq(word, STR("unix")))
		*out = TIME_UNIX;
	else
		return false;
	return true;
}

static size_t word_end(struct str s, size_t from)
{
	while (from < s.n && s.p[from] != '+' && s.p[from] != '-' && s.p[from] != ':')
		from++;
	return from;
}

bool time_param_parse(struct str s, struct time_param *out)
{
	size_t at = word_end(s, 0);

	*out = (struct time_param){.base = TIME_NOW};
	if (!s.n || s.p[0] != '@' || !parse_base(str_sub(s, 1, at - 1), &out->base))
		return false;
	while (at < s.n) {
		char mark = s.p[at];
		size_t end = word_end(s, at + 1);
		struct str word = str_sub(s, at + 1, end - at - 1), unit;
		int64_t count, ms;

		if (mark == ':')
			return end == s.n && parse_form(word, &out->form);
		if (span_split(word, &count, &unit) && str_eq(unit, STR("mo")) &&
		    count <= 1200)
			out->months += mark == '-' ? -(int)count : (int)count;
		else if (span_parse(word, &ms))
			out->offset_ms += mark == '-' ? -ms : ms;
		else
			return false;
		at = end;
	}
	return true;
}

static int64_t floor_to(int64_t ms, int64_t step)
{
	int64_t rest = ms % step;

	return ms - (rest < 0 ? rest + step : rest);
}

/* The first moment of the month `months` away from the one of ms. */
static int64_t month_start(int64_t ms, int months)
{
	struct utc u = utc_from_ms(ms);
	int count = u.year * 12 + u.month - 1 + months;
	struct utc first = {.year = count / 12, .month = count % 12 + 1, .day = 1};

	return utc_to_ms(&first);
}

int64_t time_param_ms(const struct time_param *t, int64_t now_ms)
{
	int64_t base = now_ms;

	switch (t->base) {
	case TIME_NOW:
		break;
	case TIME_MINUTE:
		base = floor_to(now_ms, MINUTE_MS);
		break;
	case TIME_HOUR:
		base = floor_to(now_ms, HOUR_MS);
		break;
	case TIME_DAY:
		base = floor_to(now_ms, DAY_MS);
		break;
	case TIME_MONTH:
		return month_start(now_ms, t->months) + t->offset_ms;
	case TIME_MONTH_END:
		return month_start(now_ms, t->months + 1) - 1000 + t->offset_ms;
	}
	if (t->months) {
		int64_t start = month_start(base, 0);
		int64_t moved = month_start(base, t->months) + (base - start);
		int64_t next = month_start(base, t->months + 1);

		/* March 31st less a month is the last day of February. */
		base = moved < next ? moved : next - DAY_MS + base % DAY_MS;
	}
	return base + t->offset_ms;
}
