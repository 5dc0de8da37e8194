/* plain(): what a reader sees of HTML, in one line. Services put announcements and
 * messages into it. It is no parser: what looks like a tag goes, what is no tag
 * stays, and of broken HTML a part may stay as it was written. */
#include "query/function.h"

#include "base/count.h"
#include "base/utf8.h"

enum { LONGEST_ENTITY = 10 };

/* A run over the text from front to back. */
struct stripping {
	struct str rest;
	struct strbuf out;
	bool is_parted;	 /* a blank is due before the next character */
	bool has_no_end; /* there is no further '>' */
};

static void part(struct stripping *s)
{
	s->is_parted = s->out.n > 0;
}

static void put(struct stripping *s, struct str text)
{
	if (s->is_parted)
		strbuf_putc(&s->out, ' ');
	s->is_parted = false;
	strbuf_put(&s->out, text);
}

static void skip(struct stripping *s, size_t n)
{
	s->rest = str_sub(s->rest, n, s->rest.n);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Tags within a word or sentence: all others part what they stand between. */
static bool is_inline(struct str tag)
{
	static const char *const names[] = {"a",    "b",   "i",	    "u",     "em",
					    "span", "sub", "sup",   "code",  "font",
					    "mark", "s",   "small", "strong"};
	size_t n = 0;

	if (tag.n && tag.p[0] == '/')
		tag = str_sub(tag, 1, tag.n);
	while (n < tag.n && is_letter(tag.p[n]))
		n++;
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq_nocase(str_sub(tag, 0, n), str_from(names[i])))
			return true;
	return false;
}

/* Past the end of what is not text between its tags. */
static void skip_element(struct stripping *s, struct str tag)
{
	static const struct {
		struct str name, end;
	} silent[] = {
		{{"script", 6}, {"</script", 8}},
		{{"style", 5}, {"</style", 7}},
		{{"!--", 3}, {"-->", 3}},
	};

	for (size_t i = 0; i < COUNT(silent); i++) {
		size_t at = 0;

		if (!str_starts_nocase(tag, silent[i].name))
			continue;
		while (at < s->rest.n &&
		       !str_starts_nocase(str_sub(s->rest, at, s->rest.n), silent[i].end))
			at++;
		skip(s, at);
		return;
	}
}

/* False: a '<' that begins no tag. */
static bool take_tag(struct stripping *s)
{
	char next = s->rest.n > 1 ? s->rest.p[1] : ' ';
	ptrdiff_t end;
	struct str tag;

	if (s->has_no_end || (!is_letter(next) && next != '/' && next != '!'))
		return false;
	end = str_find_char(s->rest, '>');
	if (end < 0) {
		s->has_no_end = true;
		return false;
	}
	tag = str_sub(s->rest, 1, (size_t)end - 1);
	if (!is_inline(tag))
		part(s);
	/* A comment may hold a '>' of its own, and an element its text. */
	skip(s, str_starts(tag, STR("!--")) ? 4 : (size_t)end + 1);
	skip_element(s, tag);
	if (str_starts(s->rest, STR("-->")))
		skip(s, 3);
	return true;
}

/* What stands between '&' and ';'; 0: nothing known. */
static uint32_t entity(struct str name)
{
	static const struct {
		const char *name;
		uint32_t cp;
	} known[] = {{"amp", '&'},	{"lt", '<'},	   {"gt", '>'},
		     {"quot", '"'},	{"apos", '\''},	   {"nbsp", ' '},
		     {"ndash", 0x2013}, {"mdash", 0x2014}, {"rsquo", 0x2019},
		     {"lsquo", 0x2018}, {"ldquo", 0x201c}, {"rdquo", 0x201d},
		     {"hellip", 0x2026}};
	bool is_hex = name.n > 2 && (name.p[1] == 'x' || name.p[1] == 'X');
	uint32_t cp = 0;

	for (size_t i = 0; i < COUNT(known); i++)
		if (str_is(name, known[i].name))
			return known[i].cp;
	if (name.n < 2 || name.p[0] != '#')
		return 0;
	for (size_t i = is_hex ? 2 : 1; i < name.n; i++) {
		char c = name.p[i];
		unsigned digit =
			c >= '0' && c <= '9'		 ? (unsigned)(c - '0')
			: is_hex && c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
			: is_hex && c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
							 : 16;

		if (digit >= (is_hex ? 16u : 10u))
			return 0;
		cp = cp * (is_hex ? 16 : 10) + digit;
	}
	if (cp == 0xa0)
		return ' ';
	return cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000)
		       ? UTF8_REPLACEMENT
		       : cp;
}

/* False: a '&' that is one. */
static bool take_entity(struct stripping *s)
{
	ptrdiff_t end = str_find_char(str_sub(s->rest, 0, LONGEST_ENTITY + 2), ';');
	uint32_t cp = end > 0 ? entity(str_sub(s->rest, 1, (size_t)end - 1)) : 0;
	char bytes[4];

	if (cp == 0)
		return false;
	skip(s, (size_t)end + 1);
	if (cp == ' ')
		part(s);
	else
		put(s, (struct str){.p = bytes, .n = utf8_encode(cp, bytes)});
	return true;
}

static void take_character(struct stripping *s)
{
	char c = s->rest.p[0];

	if (c == ' ' || (c >= '\t' && c <= '\r'))
		part(s);
	else
		put(s, str_sub(s->rest, 0, 1));
	skip(s, 1);
}

FUNCTION(plain)
{
	struct stripping s = {.rest = call->args[0].text};

	function_text(&s.out);
	while (s.rest.n) {
		if (s.rest.p[0] == '<' && take_tag(&s))
			continue;
		if (s.rest.p[0] == '&' && take_entity(&s))
			continue;
		take_character(&s);
	}
	return eval_text(call->ev, &s.out, call->node, out);
}
