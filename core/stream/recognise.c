/* See recognise.h. A time at the front may have been put there by what collected the
 * line, so what follows is recognised on its own, and its own time is the better one. */
#include "stream/recognise.h"

#include "stream/format.h"

enum { WORDS_FOR_LEVEL = 6, LONGEST_SOURCE = 60 };

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Small letters make a level only where it is marked as one: "[error]", "error:",
 * "level=error"; "an error" in a sentence is none. */
static bool is_marked(struct str s, size_t at, size_t end)
{
	char before = at ? s.p[at - 1] : ' ', after = end < s.n ? s.p[end] : ' ';
	bool is_upper = s.p[at + 1] >= 'A' && s.p[at + 1] <= 'Z';

	if (is_upper && after != '_' && after != '-' && before != '-' && before != '_')
		return true;
	return (before == '[' && after == ']') || (before == '<' && after == '>') ||
	       (before == '(' && after == ')') || before == '=' ||
	       (after == ':' && (at == 0 || before == ' '));
}

size_t format_level_word(struct str s, enum line_level *level)
{
	size_t at = 0;

	for (int i = 0; i < WORDS_FOR_LEVEL && at < s.n; i++) {
		enum line_level found;
		size_t end;

		while (at < s.n && !is_word(s.p[at]))
			at++;
		for (end = at; end < s.n && is_word(s.p[end]); end++)
			;
		found = line_level_of(str_sub(s, at, end - at));
		if (found != LINE_UNKNOWN && is_marked(s, at, end)) {
			*level = found;
			return end;
		}
		at = end;
	}
	return 0;
}

/* "] - text", "| text": what stands between a time or level and what follows it. */
static struct str skip_between(struct str s)
{
	size_t at = 0;

	while (at < s.n && memchr("]>)|:-, \t", s.p[at], 9))
		at++;
	return str_sub(s, at, s.n);
}

/* The streams of containers stand between their time and the text. */
static struct str skip_stream(struct str s)
{
	static const struct str streams[] = {STR("stdout F "), STR("stderr F "),
					     STR("stdout P "), STR("stderr P ")};

	for (size_t i = 0; i < 4; i++) {
		if (str_starts(s, streams[i]))
			return str_sub(s, streams[i].n, s.n);
	}
	return s;
}

/* "[name] text", "name: text", "name[12]: text" behind a level. */
static void take_source(struct str s, struct line *line)
{
	bool is_bracketed = s.n && (s.p[0] == '[' || s.p[0] == '(');
	size_t begin = is_bracketed, n = begin;

	line->message = s;
	while (n < s.n && n < LONGEST_SOURCE && s.p[n] != ' ' && s.p[n] != ':' &&
	       s.p[n] != ']' && s.p[n] != ')' && (is_bracketed || s.p[n] != '['))
		n++;
	if (n == begin || n >= s.n || n == LONGEST_SOURCE || s.p[n] == ' ')
		return;
	if (s.p[n] == ':' && n + 1 < s.n && s.p[n + 1] != ' ')
		return;
	line->source = str_sub(s, begin, n - begin);
	if (s.p[n] == '[') {
		ptrdiff_t end = str_find_char(str_sub(s, n, LONGEST_SOURCE), ']');

		if (end < 0) {
			line->source = (struct str){0};
			return;
		}
		n += (size_t)end;
	}
	line->message = skip_between(str_sub(s, n, s.n));
}

static bool of_itself(struct str s, int64_t now_ms, struct line *line)
{
	return s.n && ((s.p[0] == '{' && format_json(s, now_ms, line)) ||
		       format_klog(s, now_ms, line) || format_syslog(s, now_ms, line) ||
		       format_logfmt(s, now_ms, line));
}

static bool iso(struct str s, int64_t now_ms, struct line *line)
{
	size_t begin = s.n && (s.p[0] == '[' || s.p[0] == '('), used, level;
	struct str rest;

	used = format_iso_time(str_sub(s, begin, s.n), &line->time_ms);
	if (used == 0)
		return false;
	line->has_time = true;
	line->format = LINE_FORMAT_ISO;
	rest = skip_stream(skip_between(str_sub(s, begin + used, s.n)));
	line->message = rest;
	if (of_itself(rest, now_ms, line))
		return true;
	level = format_level_word(rest, &line->level);
	/* A name between the time and the level is the source; else it is behind. */
	if (level)
		take_source(skip_between(str_sub(rest, level, rest.n)), line);
	else
		take_source(rest, line);
	return true;
}

void line_recognise(struct str raw, int64_t now_ms, struct line *line)
{
	struct str s;

	if (raw.n && raw.p[raw.n - 1] == '\n')
		raw.n--;
	if (raw.n && raw.p[raw.n - 1] == '\r')
		raw.n--;
	*line = (struct line){.raw = raw, .message = raw};
	s = str_sub(raw, 0, RECOGNISE_MOST_BYTES);
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_sub(s, 1, s.n);
	/* What is indented goes on with the line before. */
	if (s.n == 0 || (s.n < raw.n && s.p != raw.p && s.p[0] != '{'))
		return;
	if (iso(s, now_ms, line) || of_itself(s, now_ms, line))
		return;
	format_level_word(s, &line->level);
}
