/* JSON lines: the members of the outermost object, read in one pass without a tree. What
 * is within other objects is left out; a value that is one is a text as it stands. */
#include "stream/format.h"

enum { MOST_MEMBERS = 200 };

struct cursor {
	struct str s;
	size_t at;
};

static void skip_blanks(struct cursor *c)
{
	while (c->at < c->s.n && (c->s.p[c->at] == ' ' || c->s.p[c->at] == '\t'))
		c->at++;
}

static bool eat(struct cursor *c, char wanted)
{
	skip_blanks(c);
	if (c->at >= c->s.n || c->s.p[c->at] != wanted)
		return false;
	c->at++;
	return true;
}

/* A quote that ends a text: not one behind a backslash, unless that is behind one. */
static bool is_end(const char *begin, const char *quote)
{
	const char *p = quote;

	while (p > begin && p[-1] == '\\')
		p--;
	return (quote - p) % 2 == 0;
}

/* Behind an opening quote: what stands up to the closing one. */
static bool quoted(struct cursor *c, struct str *out)
{
	const char *begin = c->s.p + c->at, *end = c->s.p + c->s.n, *at = begin;

	while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
		if (is_end(begin, at)) {
			*out = (struct str){.p = begin, .n = (size_t)(at - begin)};
			c->at = (size_t)(at + 1 - c->s.p);
			return true;
		}
		at++;
	}
	c->at = c->s.n;
	return false;
}

/* An object, array, number or word, up to what ends it at this depth. */
static bool other_value(struct cursor *c, struct str *out)
{
	size_t begin = c->at;
	int depth = 0;

	for (; c->at < c->s.n; c->at++) {
		char ch = c->s.p[c->at];
		struct str text;

		if (ch == '"') {
			c->at++;
			if (!quoted(c, &text))
				return false;
			c->at--;
		} else if (ch == '{' || ch == '[') {
			depth++;
		} else if (depth == 0 && (ch == ',' || ch == '}')) {
			break;
		} else if (ch == '}' || ch == ']') {
			depth--;
		}
	}
	*out = str_trim(str_sub(c->s, begin, c->at - begin));
	return out->n > 0 && c->at < c->s.n;
}

/* A line that was cut off in the middle has what came before. */
bool format_json(struct str s, int64_t now_ms, struct line *line)
{
	struct cursor c = {.s = s};
	struct fields fields = {0};
	struct str name, value;

	(void)now_ms;
	if (!eat(&c, '{'))
		return false;
	while (fields.n < MOST_MEMBERS && eat(&c, '"') && quoted(&c, &name) &&
	       eat(&c, ':')) {
		bool is_quoted = eat(&c, '"');

		if (!(is_quoted ? quoted(&c, &value) : other_value(&c, &value)))
			break;
		fields_add(&fields, name, value, is_quoted);
		if (!eat(&c, ','))
			break;
	}
	if (!fields_fill(&fields, line))
		return false;
	line->format = LINE_FORMAT_JSON;
	return true;
}
