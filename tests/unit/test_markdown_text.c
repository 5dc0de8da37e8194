/* Whatever a name, a tag or an answer says: in Markdown it is that text and nothing else.
 * A reader of GitHub's dialect, with everything switched on, is the judge. */
#include "unit/check.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/markdown_text.h"
#include "base/rng.h"
#include "base/sanitize.h"

enum { PAGE_BYTES = 8192, PIECES = 14, ROUNDS = 20000 };

/* Where a text stands on a page of ours; \1 is it. */
static const char *const pages[] = {
	"# A report: \1\n\n- Why: \1\n",
	"- \1\n- **\1** on \1\n",
	"| What | \1 |\n|---|---|\n| \1 | \1 |\n",
	"\1\n",
};

static const char *const pieces[] = {
	"a",	    "B7",
	" ",	    "  ",
	"_",	    "*",
	"**",	    "`",
	"```",	    "[",
	"]",	    "(",
	")",	    "](",
	"![",	    "<",
	">",	    "<b>",
	"<!--",	    "|",
	"\\",	    "\\|",
	"#",	    "# ",
	"- ",	    "+ ",
	"1. ",	    "12) ",
	"7.",	    "-7",
	"---",	    "===",
	"~~",	    "&amp;",
	"&#10;",    "$",
	"$$",	    "\n",
	"\n\n",	    "\r\n",
	"\t",	    "    ",
	"://",	    "https://a.b",
	"www.a.b",  "WWW.a.b",
	"a@b.c",    "mailto:a@b.c",
	"[ ] ",	    "[[a]]",
	"{",	    "}",
	"\033[2J",  "\xe2\x80\xae",
	"\xc3\xa9", "\xff",
	":a:",	    "javascript:a",
};

/* What a reader makes of a page: what it is made of, and its text. */
struct reading {
	struct strbuf shape, text;
};

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	(void)detail;
	strbuf_printf(&((struct reading *)ctx)->shape, "(%d ", (int)type);
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct reading *r = ctx;

	(void)detail;
	strbuf_printf(&r->shape, "%d) ", (int)type);
	strbuf_putc(&r->text, '\n');
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	(void)detail;
	strbuf_printf(&((struct reading *)ctx)->shape, "[%d ", (int)type);
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	(void)detail;
	strbuf_printf(&((struct reading *)ctx)->shape, "%d] ", (int)type);
	return 0;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *ctx)
{
	struct reading *r = ctx;

	if (type != MD_TEXT_NORMAL)
		strbuf_printf(&r->shape, "text %d ", (int)type);
	strbuf_put(&r->text, (struct str){p, n});
	return 0;
}

static void read_page(struct reading *r, const char *page)
{
	const MD_PARSER parser = {
		.flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS | MD_FLAG_WIKILINKS |
			 MD_FLAG_UNDERLINE,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = take_text,
	};

	strbuf_init(&r->shape, PAGE_BYTES);
	strbuf_init(&r->text, PAGE_BYTES);
	assert_int_equal(md_parse(page, (MD_SIZE)strlen(page), &parser, r), 0);
	assert_false(r->shape.overflow || r->text.overflow);
}

static void reading_fini(struct reading *r)
{
	strbuf_fini(&r->shape);
	strbuf_fini(&r->text);
}

static void fill(struct strbuf *out, const char *page, struct str text)
{
	for (; *page; page++) {
		if (*page == '\1')
			strbuf_put(out, text);
		else
			strbuf_putc(out, *page);
	}
}

/* As a reader sees the page: blanks around a text are not its own. */
static void squeeze(struct strbuf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->n; i++) {
		if (text->p[i] == ' ' &&
		    (n == 0 || text->p[n - 1] == ' ' || text->p[n - 1] == '\n'))
			continue;
		if (text->p[i] == '\n' && n && text->p[n - 1] == ' ')
			n--;
		text->p[n++] = text->p[i];
	}
	strbuf_cut(text, n);
}

/* The page is what it would be around a word, and says what the text says. */
static void check_page(const char *page, struct str text)
{
	struct strbuf own, written, plain, clean;
	struct reading got, want;

	strbuf_init(&own, PAGE_BYTES);
	strbuf_init(&written, PAGE_BYTES);
	strbuf_init(&plain, PAGE_BYTES);
	strbuf_init(&clean, PAGE_BYTES);
	sanitize_line(&clean, text);
	markdown_put_text(&own, text);
	fill(&written, page, strbuf_str(&own));
	fill(&plain, page, STR("word"));
	read_page(&got, written.p);
	read_page(&want, plain.p);
	check_text(written.p, strbuf_str(&got.shape), want.shape.p);
	strbuf_reset(&plain);
	/* In place of each word, the text. */
	for (struct str rest = strbuf_str(&want.text); rest.n;) {
		bool is_word = str_starts(rest, STR("word"));

		strbuf_put(&plain,
			   is_word ? str_trim(strbuf_str(&clean)) : str_sub(rest, 0, 1));
		rest = str_sub(rest, is_word ? 4 : 1, rest.n);
	}
	squeeze(&plain);
	squeeze(&got.text);
	check_text(written.p, strbuf_str(&got.text), plain.p);
	reading_fini(&got);
	reading_fini(&want);
	strbuf_fini(&own);
	strbuf_fini(&written);
	strbuf_fini(&plain);
	strbuf_fini(&clean);
}

static void test_pieces(void **state)
{
	uint64_t seed = 7;
	int rounds = getenv("AZ_VARIANT") ? ROUNDS / 20 : ROUNDS;

	(void)state;
	for (int i = 0; i < rounds; i++) {
		struct strbuf text;
		size_t n = 1 + (size_t)(rng_at(seed, (uint64_t)i * 100) * PIECES);

		strbuf_init(&text, 400);
		strbuf_putc(&text, "xX.9-"[i % 5]);
		for (size_t k = 1; k <= n; k++) {
			double at = rng_at(seed, (uint64_t)i * 100 + k);

			strbuf_puts(&text, pieces[(size_t)(at * COUNT(pieces))]);
		}
		check_page(pages[i % (int)COUNT(pages)], strbuf_str(&text));
		strbuf_fini(&text);
	}
}

static void test_words(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"a name", "vm-atlas-app_01", "vm-atlas-app_01"},
		{"two lines", "a\n# b", "a \\# b"},
		{"an address", "see https://a.b", "see https:\\//a.b"},
		{"a person", "ann@contoso.com", "ann\\@contoso.com"},
		{"a list", "- a", "\\- a"},
		{"a figure", "2026. A year", "2026\\. A year"},
		{"a number", "3.5 GiB", "3.5 GiB"},
		{"a loss", "-321.3 min", "-321.3 min"},
		{"a row", "a|b", "a\\|b"},
		{"backwards",
		 "a\xe2\x80\xae"
		 "b",
		 "ab"},
		{"nothing", "  \n", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf out;

		strbuf_init(&out, 400);
		markdown_put_text(&out, str_from(cases[i].text));
		check_text(cases[i].name, strbuf_str(&out), cases[i].want);
		strbuf_fini(&out);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests_name("markdown_text", tests, NULL, NULL);
}
