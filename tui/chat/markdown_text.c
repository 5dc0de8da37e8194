/* Texts of a leaf: entities, code, line ends, citations. See markdown.h. */
#include <md4c.h>
#include <stdio.h>

#include "base/count.h"
#include "base/sanitize.h"
#include "base/utf8.h"
#include "tui/chat/markdown_part.h"

/* As core/answer/ground.h writes it. */
#define UNCHECKED "(unchecked)"

static const struct {
	const char *name, *text;
} entities[] = {
	{"&amp;", "&"},	   {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""},
	{"&apos;", "'"},   {"&nbsp;", " "},  {"&ndash;", "–"}, {"&mdash;", "—"},
	{"&hellip;", "…"}, {"&rarr;", "→"},  {"&larr;", "←"},  {"&deg;", "°"},
	{"&euro;", "€"},   {"&times;", "×"}, {"&le;", "≤"},    {"&ge;", "≥"},
};

/* Tabs in code stand for columns. */
static void put_code(struct strbuf *out, struct str text)
{
	struct str part;
	bool is_first = true;

	while (str_next(&text, '\t', &part)) {
		if (!is_first)
			strbuf_puts(out, "    ");
		is_first = false;
		sanitize_text(out, part);
	}
}

/* What a number names may be anything, a control character too. */
static void put_number(struct strbuf *out, struct str digits)
{
	uint32_t cp = 0;
	bool is_hex = digits.n > 0 && (digits.p[0] == 'x' || digits.p[0] == 'X');
	char bytes[4];

	for (size_t i = is_hex ? 1 : 0; i < digits.n && cp < 0x110000; i++) {
		char c = digits.p[i];
		uint32_t digit =
			c <= '9' ? (uint32_t)(c - '0') : ((uint32_t)c | 32) - 'a' + 10;

		cp = cp * (is_hex ? 16 : 10) + digit;
	}
	if (cp == 0 || cp >= 0x110000 || (cp >= 0xD800 && cp < 0xE000))
		cp = UTF8_REPLACEMENT;
	sanitize_line(out, (struct str){bytes, utf8_encode(cp, bytes)});
}

static void put_entity(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < COUNT(entities); i++) {
		if (str_is(text, entities[i].name)) {
			strbuf_puts(out, entities[i].text);
			return;
		}
	}
	if (text.n > 3 && text.p[1] == '#')
		put_number(out, str_sub(text, 2, text.n - 3));
	else
		sanitize_line(out, text);
}

static void put(struct strbuf *out, const struct md *md, int type, struct str text)
{
	switch (type) {
	case MD_TEXT_NULLCHAR:
		strbuf_puts(out, "\xEF\xBF\xBD");
		break;
	case MD_TEXT_BR:
		strbuf_putc(out, md->n_columns ? ' ' : '\n');
		break;
	case MD_TEXT_SOFTBR:
		strbuf_putc(out, ' ');
		break;
	case MD_TEXT_ENTITY:
		put_entity(out, text);
		break;
	case MD_TEXT_CODE:
		if (md->is_code)
			put_code(out, text);
		else
			sanitize_line(out, text);
		break;
	default:
		sanitize_line(out, text);
		break;
	}
}

bool md_text(struct md *md, int type, struct str text)
{
	struct strbuf clean;
	bool is_within;

	strbuf_init(&clean, text.n * 4 + 16);
	put(&clean, md, type, text);
	is_within = clean.n <= md->left && md->in.text.n + clean.n < RICH_MOST;
	if (is_within) {
		md->left -= clean.n;
		rich_put(&md->in,
			 md->is_code && !md->how->is_unchecked ? ROLE_INFO : md_role(md),
			 strbuf_str(&clean));
	}
	strbuf_fini(&clean);
	return is_within;
}

void md_put_target(struct strbuf *out, struct str href)
{
	sanitize_line(out, str_sub(href, 0, 500));
}

/* "[12" or "[12]" at the front: its number and bytes; 0: it is none. */
static size_t read_number(struct str text, size_t *bytes)
{
	size_t number = 0, i = 1;

	if (text.n < 3 || text.p[0] != '[')
		return 0;
	for (; i < text.n && i < 5 && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		number = number * 10 + (size_t)(text.p[i] - '0');
	if (i == 1 || i == text.n || text.p[i] != ']')
		return 0;
	*bytes = i + 1;
	return number;
}

static void put_citation(struct rich *out, const struct citation *citation, size_t number)
{
	char text[48];

	snprintf(text, sizeof(text), citation->note[0] ? "[%zu:%.20s]" : "[%zu]", number,
		 citation->note);
	rich_put_mark(out, citation->role, mark_make(MARK_CLAIM, number - 1),
		      str_from(text));
}

/* Where a figure stood that nothing vouches for. */
static void warn(struct rich *r)
{
	struct str rest = strbuf_str(&r->text);
	ptrdiff_t at;

	while ((at = str_find(rest, STR(UNCHECKED))) >= 0) {
		size_t from = (size_t)(rest.p - r->text.p) + (size_t)at;

		for (size_t i = 0; i < sizeof(UNCHECKED) - 1; i++)
			r->bytes.p[from + i].role = ROLE_WARN;
		rest = str_sub(rest, (size_t)at + sizeof(UNCHECKED) - 1, rest.n);
	}
}

void md_cite(struct md *md, struct rich *r)
{
	struct str text = strbuf_str(&r->text);
	struct citation citation = {.note = ""};
	struct rich out;
	size_t done = 0;

	if (!md->how->cite || md->how->is_unchecked)
		return;
	warn(r);
	if (str_find_char(text, '[') < 0)
		return;
	rich_init(&out);
	for (size_t i = 0; i < text.n; i++) {
		size_t bytes = 0, number;

		if (text.p[i] != '[')
			continue;
		number = read_number(str_sub(text, i, text.n), &bytes);
		if (number == 0 || !md->how->cite(md->how->ctx, number, &citation))
			continue;
		for (; done < i; done++)
			rich_put(&out, (enum role)r->bytes.p[done].role,
				 (struct str){text.p + done, 1});
		put_citation(&out, &citation, number);
		done = i + bytes;
		i = done - 1;
	}
	for (; done < text.n; done++)
		rich_put(&out, (enum role)r->bytes.p[done].role,
			 (struct str){text.p + done, 1});
	rich_fini(r);
	*r = out;
}
