/* See shorthand.h. Only what stands alone between blanks is shorthand: "rn" is, "rn-01" is a
 * name. */
#include "guide/shorthand.h"

#include <ctype.h>
#include <string.h>

#include "base/count.h"

/* In order of what is typed. */
static const struct {
	const char *typed, *meant;
} rows[] = {
	{"aint", "is not"},
	{"arent", "are not"},
	{"asap", "now"},
	{"atm", "at the moment"},
	{"b/c", "because"},
	{"b4", "before"},
	{"bc", "because"},
	{"btw", ""},
	{"cant", "can not"},
	{"couldnt", "could not"},
	{"cuz", "because"},
	{"dbs", "databases"},
	{"deps", "dependencies"},
	{"didnt", "did not"},
	{"doesnt", "does not"},
	{"dont", "do not"},
	{"eod", "end of day"},
	{"eta", "when will"},
	{"fyi", ""},
	{"gonna", "going to"},
	{"hasnt", "has not"},
	{"havent", "have not"},
	{"hows", "how is"},
	{"idk", ""},
	{"isnt", "is not"},
	{"k8", "k8s"},
	{"lmk", "tell me"},
	{"lol", ""},
	{"nite", "night"},
	{"nvm", ""},
	{"omg", ""},
	{"prolly", "probably"},
	{"pw", "password"},
	{"pwd", "password"},
	{"rn", "right now"},
	{"shouldnt", "should not"},
	{"smth", "something"},
	{"sth", "something"},
	{"svc", "service"},
	{"svcs", "services"},
	{"thats", "that is"},
	{"thru", "through"},
	{"tmrw", "tomorrow"},
	{"tonite", "tonight"},
	{"u", "you"},
	{"ur", "your"},
	{"w/", "with"},
	{"w/o", "without"},
	{"wasnt", "was not"},
	{"whats", "what is"},
	{"wheres", "where is"},
	{"whos", "who is"},
	{"wont", "will not"},
	{"wouldnt", "would not"},
	{"wth", ""},
	{"wtf", ""},
	{"yday", "yesterday"},
};

static bool is_blank(char c)
{
	return isspace((unsigned char)c) != 0;
}

/* NULL: it is none. */
static const char *meant_by(struct str word)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (str_eq_nocase(word, str_from(rows[i].typed)))
			return rows[i].meant;
	return NULL;
}

/* Without the marks behind it; an apostrophe in it counts for nothing: "what's". */
static struct str bare(struct str chunk, char buffer[16])
{
	size_t n = 0;

	while (chunk.n && strchr("?!.,;:)", chunk.p[chunk.n - 1]))
		chunk.n--;
	if (chunk.n >= 16)
		return chunk;
	for (size_t i = 0; i < chunk.n; i++)
		if (chunk.p[i] != '\'' || i == 0 || i + 1 == chunk.n)
			buffer[n++] = chunk.p[i];
	return (struct str){.p = buffer, .n = n};
}

void shorthand_expand(struct str text, struct strbuf *out)
{
	while (text.n) {
		char buffer[16];
		size_t blanks = 0, n = 0, end;
		const char *meant;
		struct str chunk;

		while (blanks < text.n && is_blank(text.p[blanks]))
			blanks++;
		strbuf_put(out, str_sub(text, 0, blanks));
		text = str_sub(text, blanks, text.n);
		while (n < text.n && !is_blank(text.p[n]))
			n++;
		chunk = str_sub(text, 0, n);
		end = n;
		while (end && strchr("?!.,;:)", chunk.p[end - 1]))
			end--;
		meant = meant_by(bare(chunk, buffer));
		if (meant) {
			strbuf_puts(out, meant);
			strbuf_put(out, str_sub(chunk, end, n));
		} else {
			strbuf_put(out, chunk);
		}
		text = str_sub(text, n, text.n);
	}
}
