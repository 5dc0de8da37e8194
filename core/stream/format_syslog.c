/* Syslog, both forms: RFC 5424 ("<165>1 TIME HOST APP PROC ID DATA TEXT") and what came
 * before it, RFC 3164 ("<34>Oct 11 22:14:15 host app[12]: text"), the mark often left
 * out in files. */
#include "base/timefmt.h"
#include "stream/format.h"

/* "<165>": its severity; the bytes it takes. */
static size_t mark(struct str s, enum line_level *level)
{
	static const enum line_level levels[8] = {LINE_CRITICAL, LINE_CRITICAL,
						  LINE_CRITICAL, LINE_ERROR,
						  LINE_WARNING,	 LINE_INFO,
						  LINE_INFO,	 LINE_DEBUG};
	ptrdiff_t end = str_find_char(str_sub(s, 0, 5), '>');
	int64_t n;

	if (s.n < 3 || s.p[0] != '<' || end < 2 ||
	    !str_to_i64(str_sub(s, 1, (size_t)end - 1), &n) || n < 0 || n > 191)
		return 0;
	*level = levels[n % 8];
	return (size_t)end + 1;
}

static struct str next_word(struct str *rest)
{
	struct str word = {.p = rest->p};

	while (word.n < rest->n && rest->p[word.n] != ' ')
		word.n++;
	*rest = str_sub(*rest, word.n + (word.n < rest->n), rest->n);
	return word;
}

/* "-" or [id name="value"]..., and the blank behind it. */
static bool skip_data(struct str *rest)
{
	size_t at = 0;

	if (rest->n && rest->p[0] == '-') {
		next_word(rest);
		return true;
	}
	while (at < rest->n && rest->p[at] == '[') {
		bool is_quoted = false;

		for (at++; at < rest->n && (is_quoted || rest->p[at] != ']'); at++) {
			if (rest->p[at] == '"')
				is_quoted = !is_quoted;
			else if (rest->p[at] == '\\')
				at++;
		}
		at++;
	}
	if (at == 0 || at > rest->n)
		return false;
	*rest = str_trim(str_sub(*rest, at, rest->n));
	return true;
}

static bool new_form(struct str s, struct line *line)
{
	struct str rest = str_sub(s, 2, s.n), time, app;
	int64_t time_ms = 0;
	bool has_time;

	if (s.n < 4 || s.p[0] != '1' || s.p[1] != ' ')
		return false;
	time = next_word(&rest);
	has_time = format_iso_time(time, &time_ms) > 0;
	if (!has_time && !str_eq(time, STR("-")))
		return false;
	next_word(&rest);
	app = next_word(&rest);
	next_word(&rest);
	next_word(&rest);
	if (!skip_data(&rest))
		return false;
	if (str_starts(rest, STR("\xef\xbb\xbf")))
		rest = str_sub(rest, 3, rest.n);
	line->has_time = has_time;
	line->time_ms = time_ms;
	line->source = str_eq(app, STR("-")) ? (struct str){0} : app;
	line->message = rest;
	return true;
}

static int month_of(struct str s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; i < 12; i++) {
		if (memcmp(names + 3 * i, s.p, 3) == 0)
			return i + 1;
	}
	return 0;
}

/* "app[12]: text" gives both. */
static void take_app(struct str rest, struct line *line)
{
	size_t n = 0;

	while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != ':' && rest.p[n] != '[')
		n++;
	line->message = rest;
	if (n == 0 || n >= rest.n || rest.p[n] == ' ')
		return;
	line->source = str_sub(rest, 0, n);
	if (rest.p[n] == '[') {
		while (n < rest.n && rest.p[n] != ']' && rest.p[n] != ' ')
			n++;
		n += n < rest.n && rest.p[n] == ']';
	}
	n += n < rest.n && rest.p[n] == ':';
	line->message = str_trim(str_sub(rest, n, rest.n));
}

static bool old_form(struct str s, int64_t now_ms, struct line *line)
{
	int month, day, hour, minute, second;
	struct str rest;

	if (s.n < 17 || s.p[3] != ' ' || s.p[6] != ' ' || s.p[9] != ':' ||
	    s.p[12] != ':' || s.p[15] != ' ')
		return false;
	month = month_of(s);
	if (month == 0)
		return false;
	day = s.p[4] == ' ' && s.p[5] >= '1' && s.p[5] <= '9' ? s.p[5] - '0'
							      : format_two(s, 4);
	hour = format_two(s, 7);
	minute = format_two(s, 10);
	second = format_two(s, 13);
	if (day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
	    second < 0 || second > 60)
		return false;
	rest = str_sub(s, 16, s.n);
	next_word(&rest);
	line->has_time = true;
	line->time_ms = format_without_year(month, day,
					    hour * HOUR_MS + minute * MINUTE_MS +
						    second * INT64_C(1000),
					    now_ms);
	take_app(rest, line);
	return true;
}

bool format_syslog(struct str s, int64_t now_ms, struct line *line)
{
	enum line_level level = LINE_UNKNOWN;
	size_t used = mark(s, &level);
	struct str rest = str_sub(s, used, s.n);

	if (!(used && new_form(rest, line)) && !old_form(rest, now_ms, line))
		return false;
	line->level = level;
	if (level == LINE_UNKNOWN)
		format_level_word(line->message, &line->level);
	line->format = LINE_FORMAT_SYSLOG;
	return true;
}
