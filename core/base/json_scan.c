/* See json_scan.h. The scan does not judge the grammar, which is cJSON's work:
 * it only has to know what is inside a string. */
#include "base/json_scan.h"

#include <string.h>

struct scan {
	struct str text;
	size_t at;
	size_t copied; /* everything before it is in `clean`, once that is used */
	struct strbuf *clean;
	int depth;
	size_t n_values; /* at least as many as there are */
};

struct json_place json_place_at(struct str text, size_t offset)
{
	struct json_place place = {.line = 1, .column = 1, .offset = offset};

	if (offset > text.n)
		place.offset = offset = text.n;
	for (size_t i = 0; i < offset; i++) {
		if (text.p[i] == '\n') {
			place.line++;
			place.column = 1;
		} else if (((unsigned char)text.p[i] & 0xc0) != 0x80) {
			place.column++;
		}
	}
	return place;
}

/* Everything up to `end` goes over unchanged. */
static void copy_until(struct scan *s, size_t end)
{
	strbuf_put(s->clean, str_sub(s->text, s->copied, end - s->copied));
	s->copied = end;
}

static void blank(struct scan *s, size_t from, size_t to)
{
	copy_until(s, from);
	for (size_t i = from; i < to; i++)
		strbuf_putc(s->clean, s->text.p[i] == '\n' ? '\n' : ' ');
	s->copied = to;
}

static void skip_string(struct scan *s)
{
	const char *p = s->text.p;
	size_t i = s->at + 1, n = s->text.n;

	while (i < n && p[i] != '"')
		i += p[i] == '\\' ? 2 : 1;
	s->at = i < n ? i + 1 : n;
}

static bool is_number_char(char c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' ||
	       c == '-';
}

bool json_is_exact(struct str digits)
{
	static const struct str last = {.p = "9007199254740992", .n = 16};

	return digits.n < last.n || (digits.n == last.n && str_cmp(digits, last) <= 0);
}

static void skip_number(struct scan *s)
{
	size_t from = s->at, sign = s->text.p[from] == '-';
	bool is_whole = true;

	while (s->at < s->text.n && is_number_char(s->text.p[s->at])) {
		char c = s->text.p[s->at++];

		if ((c < '0' || c > '9') && c != '-')
			is_whole = false;
	}
	if (!is_whole ||
	    json_is_exact(str_sub(s->text, from + sign, s->at - from - sign)))
		return;
	copy_until(s, from);
	strbuf_putc(s->clean, '"');
	copy_until(s, s->at);
	strbuf_putc(s->clean, '"');
}

static bool skip_comment(struct scan *s)
{
	struct str rest = str_sub(s->text, s->at, s->text.n);
	ptrdiff_t end;

	if (str_starts(rest, STR("//"))) {
		end = str_find_char(rest, '\n');
		end = end < 0 ? (ptrdiff_t)rest.n : end;
	} else if (str_starts(rest, STR("/*"))) {
		end = str_find(str_sub(rest, 2, rest.n), STR("*/"));
		end = end < 0 ? (ptrdiff_t)rest.n : end + 4;
	} else {
		return false;
	}
	blank(s, s->at, s->at + (size_t)end);
	s->at += (size_t)end;
	return true;
}

/* A comma with only blanks and comments before the closing bracket. */
static bool is_trailing_comma(const struct scan *s)
{
	struct scan ahead = *s;
	struct strbuf ignored;

	strbuf_init(&ignored, 0);
	ahead.clean = &ignored;
	ahead.at++;
	while (ahead.at < ahead.text.n) {
		char c = ahead.text.p[ahead.at];

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			ahead.at++;
		else if (c != '/' || !skip_comment(&ahead))
			return c == ']' || c == '}';
	}
	return false;
}

static bool step(struct scan *s, const struct json_limits *limits)
{
	char c = s->text.p[s->at];

	switch (c) {
	case '"':
		skip_string(s);
		return true;
	case '{':
	case '[':
		s->n_values++;
		s->at++;
		return ++s->depth <= limits->max_depth;
	case '}':
	case ']':
		s->depth--;
		s->at++;
		return true;
	case ',':
		s->n_values++;
		if (limits->allow_comments && is_trailing_comma(s))
			blank(s, s->at, s->at + 1);
		s->at++;
		return true;
	case '/':
		if (!limits->allow_comments || !skip_comment(s))
			s->at++;
		return true;
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			skip_number(s);
		else
			s->at++;
		return true;
	}
}

bool json_scan(struct str text, const struct json_limits *limits, struct strbuf *clean,
	       struct json_place *place, struct err *err)
{
	struct scan s = {.text = text, .clean = clean};

	if (text.n > limits->max_bytes)
		return err_set(err, ERR_TOO_LARGE,
			       "JSON of %zu bytes is over the limit of %zu", text.n,
			       limits->max_bytes);
	while (s.at < text.n) {
		if (step(&s, limits) && s.n_values <= JSON_MAX_VALUES)
			continue;
		if (s.n_values > JSON_MAX_VALUES)
			return err_set(err, ERR_TOO_LARGE,
				       "JSON of more than %d values is over the limit",
				       JSON_MAX_VALUES);
		*place = json_place_at(text, s.at - 1);
		return err_set(err, ERR_PARSE,
			       "line %d, column %d: nested deeper than %d", place->line,
			       place->column, limits->max_depth);
	}
	if (s.copied)
		copy_until(&s, text.n);
	if (clean->overflow)
		return err_set(err, ERR_TOO_LARGE, "JSON of %zu bytes is too large",
			       text.n);
	return true;
}
