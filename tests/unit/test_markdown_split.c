/* Markdown pages taken apart: each section as "LEVEL LINE-LAST #ANCHOR PATH | TEXT". */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "knowledge/markdown_split.h"

static void print(struct strbuf *out, const struct markdown *page)
{
	const struct md_section *s;

	vec_each (s, &page->sections)
		strbuf_printf(out, "%d %d-%d #%.*s %.*s | %.*s\n", s->level, s->line,
			      s->last_line, STR_ARG(s->anchor), STR_ARG(s->path),
			      STR_ARG(s->text));
}

static void check(const char *name, struct str text, const char *want)
{
	struct markdown page;
	struct strbuf got;
	struct err err;

	strbuf_init(&got, 1 << 20);
	if (markdown_split(text, 1, &page, &err)) {
		print(&got, &page);
		markdown_fini(&page);
	} else {
		strbuf_printf(&got, "!%s", err.text);
	}
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void sections_begin_at_headings(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"nothing", "", ""},
		{"blank", "\n \n", ""},
		{"no heading", "one\ntwo\n", "0 1-2 #  | one\ntwo\n"},
		{"one", "# A\n\nx\n", "1 1-3 #a A | x\n"},
		{"before the first", "x\n# A\ny", "0 1-1 #  | x\n1 2-3 #a A | y\n"},
		{"path", "# A\n## B\nx\n### C\ny\n## D\nz\n",
		 "1 1-1 #a A | \n2 2-3 #b A > B | x\n3 4-5 #c A > B > C | y\n"
		 "2 6-7 #d A > D | z\n"},
		{"a level left out", "# A\n### C\nx",
		 "1 1-1 #a A | \n3 2-3 #c A > C | x\n"},
		{"marks", "## `az` **now** ##\nx", "2 1-2 #az-now az now | x\n"},
		{"of the same name", "# A\nx\n# A\ny\n# A\nz",
		 "1 1-2 #a A | x\n1 3-4 #a-1 A | y\n1 5-6 #a-2 A | z\n"},
		{"underlined", "Title\n=====\nx\nSub\n---\ny\n",
		 "1 1-3 #title Title | x\n2 4-6 #sub Title > Sub | y\n"},
		{"a rule is no heading", "# A\nx\n\n---\ny",
		 "1 1-5 #a A | x\n\n---\ny\n"},
		{"a list is none", "# A\n- x\n---\n", "1 1-3 #a A | - x\n---\n"},
		{"no blank", "#A\n", "0 1-1 #  | #A\n"},
		{"seven", "####### A\n", "0 1-1 #  | ####### A\n"},
		{"in a fence", "# A\n```sh\n# no\n```\n# B\n",
		 "1 1-4 #a A | ```sh\n# no\n```\n1 5-5 #b B | \n"},
		{"another fence inside", "~~~\n# a\n```\n# b\n~~~\n# C\n",
		 "0 1-5 #  | ~~~\n# a\n```\n# b\n~~~\n1 6-6 #c C | \n"},
		{"a fence left open", "# A\n```\n# b\n", "1 1-3 #a A | ```\n# b\n"},
		{"indented", "# A\n    # b\n", "1 1-2 #a A | # b\n"},
		{"carriage returns", "# A\r\nx\r\ny\r\n", "1 1-3 #a A | x\ny\n"},
		{"punctuation", "# Let's go: 50% (now)!\n",
		 "1 1-1 #lets-go-50-now Let's go: 50% (now)! | \n"},
		{"other letters", "# Größe ändern\n",
		 "1 1-1 #größe-ändern Größe ändern | \n"},
		{"an escape", "# A\x1b[31mB\nx\x1b]52;c;eA==\x07y\n",
		 "1 1-2 #ab AB | xy\n"},
		{"not UTF-8", "# A\n\xff\n", "!it is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(cases[i].name, str_from(cases[i].text), cases[i].want);
}

static void much_is_refused_or_goes_on(void **state)
{
	struct strbuf text;
	struct markdown page;
	struct err err;

	(void)state;
	strbuf_init(&text, 1 << 20);
	for (int i = 0; i < MARKDOWN_MAX_SECTIONS + 1; i++)
		strbuf_puts(&text, "# a\n");
	assert_false(markdown_split(strbuf_str(&text), 1, &page, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);

	strbuf_reset(&text);
	strbuf_pad(&text, 'x', MARKDOWN_MAX_BYTES + 1);
	assert_false(markdown_split(strbuf_str(&text), 1, &page, &err));

	strbuf_reset(&text);
	strbuf_puts(&text, "# A\n");
	for (int i = 0; i < 300; i++)
		strbuf_puts(&text, "a line of some length, which is there again\n");
	assert_true(markdown_split(strbuf_str(&text), 1, &page, &err));
	assert_int_equal(page.sections.n, 3);
	assert_int_equal(page.sections.p[1].line, page.sections.p[0].last_line + 1);
	assert_true(str_eq(page.sections.p[2].anchor, STR("a")));
	assert_int_equal(page.sections.p[2].last_line, 301);
	markdown_fini(&page);
	strbuf_fini(&text);
}

static void a_long_heading_is_cut_between_characters(void **state)
{
	struct strbuf text;
	struct markdown page;
	struct err err;

	(void)state;
	strbuf_init(&text, 4096);
	strbuf_puts(&text, "# a");
	for (int i = 0; i < 500; i++)
		strbuf_puts(&text, "é");
	assert_true(markdown_split(strbuf_str(&text), 1, &page, &err));
	assert_int_equal(page.sections.p[0].heading.n, 199);
	assert_true(utf8_is_valid(page.sections.p[0].heading));
	markdown_fini(&page);
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_begin_at_headings),
		cmocka_unit_test(much_is_refused_or_goes_on),
		cmocka_unit_test(a_long_heading_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
