/* See markdown_text.h. Beside CommonMark it is about what GitHub and wikis read: tables,
 * addresses without marks around them, formulas. */
#include "base/markdown_text.h"

#include <string.h>

#include "base/sanitize.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c & 0x80);
}

/* "- ", "+ ", "12. ", a line of "=" or "-": only at the beginning, and no number. */
static bool is_opening(struct str text, size_t i)
{
	bool is_last = i + 1 == text.n;
	size_t digits = 0;

	if (i == 0)
		return strchr("-+=", text.p[0]) && (is_last || !is_digit(text.p[1]));
	while (digits < i && is_digit(text.p[digits]))
		digits++;
	return digits == i && strchr(".)", text.p[i]) &&
	       (is_last || text.p[i + 1] == ' ');
}

/* "https://" and "www." become links by themselves. */
static bool is_address(struct str text, size_t i)
{
	if (text.p[i] == '/')
		return i > 0 && text.p[i - 1] == ':';
	return text.p[i] == '.' && i >= 3 &&
	       str_eq_nocase(str_sub(text, i - 3, 3), STR("www"));
}

static bool is_markup(struct str text, size_t i)
{
	char c = text.p[i];

	/* An underscore within a word is one. */
	if (c == '_')
		return i == 0 || i + 1 == text.n || !is_word(text.p[i - 1]) ||
		       !is_word(text.p[i + 1]);
	return strchr("\\`*{}[]<>|~&#!$@", c) || is_opening(text, i) ||
	       is_address(text, i);
}

void markdown_put_text(struct strbuf *out, struct str text)
{
	struct strbuf clean;
	struct str line;

	strbuf_init(&clean, out->max);
	sanitize_line(&clean, text);
	line = str_trim(strbuf_str(&clean));
	for (size_t i = 0; i < line.n; i++) {
		if (is_markup(line, i))
			strbuf_putc(out, '\\');
		strbuf_putc(out, line.p[i]);
	}
	strbuf_fini(&clean);
}
