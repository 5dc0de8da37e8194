/* See tag_reader.h. */
#include "schedule/tag_reader.h"

#include <stdarg.h>
#include <stdio.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip_blanks(struct tag_reader *r)
{
	while (r->at < r->end && is_blank(r->tag->text[r->at]))
		r->at++;
}

char tag_peek(struct tag_reader *r)
{
	char c;

	skip_blanks(r);
	if (r->at >= r->end)
		return 0;
	c = r->tag->text[r->at];
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool tag_skip(struct tag_reader *r, char c)
{
	if (r->at >= r->end || tag_peek(r) != c)
		return false;
	r->at++;
	return true;
}

struct str tag_word(struct tag_reader *r)
{
	const char *text = r->tag->text;
	size_t from;

	skip_blanks(r);
	from = r->at;
	while (r->at < r->end &&
	       (is_letter(text[r->at]) || is_digit(text[r->at]) || text[r->at] == '_' ||
		text[r->at] == '.' || text[r->at] == '-'))
		r->at++;
	return (struct str){text + from, r->at - from};
}

bool tag_number(struct tag_reader *r, size_t most, int *out)
{
	size_t n = 0;

	skip_blanks(r);
	*out = 0;
	for (; r->at < r->end && is_digit(r->tag->text[r->at]); r->at++) {
		if (n++ == most)
			return false;
		*out = *out * 10 + (r->tag->text[r->at] - '0');
	}
	return n > 0;
}

struct str tag_rest(struct tag_reader *r)
{
	struct str rest;

	skip_blanks(r);
	rest = (struct str){r->tag->text + r->at, r->end - r->at};
	r->at = r->end;
	return str_trim(rest);
}

bool tag_fail(const struct tag_reader *r, size_t at, const char *fmt, ...)
{
	va_list ap;

	r->error->at = r->tag->places[at];
	va_start(ap, fmt);
	vsnprintf(r->error->text, sizeof(r->error->text), fmt, ap);
	va_end(ap);
	return false;
}
