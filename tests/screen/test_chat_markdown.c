/* Markdown as lines: one document at three widths, what citations look like, and that what
 * is settled is the same in one piece and in many. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "screen/stage.h"
#include "tui/chat/markdown.h"

static bool cite(void *ctx, size_t number, struct citation *out)
{
	(void)ctx;
	*out = (struct citation){.note = "", .role = ROLE_LINK};
	if (number == 2)
		*out = (struct citation){.note = "stale", .role = ROLE_STALE};
	if (number == 3)
		*out = (struct citation){.note = "unknown", .role = ROLE_UNKNOWN};
	return number <= 3;
}

static void render(struct chat_lines *l, struct str text, int w, bool is_ascii)
{
	chat_lines_reset(l, w);
	markdown_render(
		l, &(struct markdown){.is_ascii = is_ascii, .indent = 2, .cite = cite},
		text);
}

static void put_text(const struct chat_lines *l, struct strbuf *out)
{
	for (size_t i = 0; i < l->lines.n; i++) {
		strbuf_put(out, chat_lines_text(l, i));
		strbuf_putc(out, '\n');
	}
}

static void read_document(struct strbuf *out)
{
	struct strbuf path;
	struct err err;

	strbuf_init(out, 1 << 20);
	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/tests/screen/chat.md", getenv("AZ_SRCDIR"));
	if (!file_read(path.p, out, &err))
		fail_msg("%s", err.text);
	strbuf_fini(&path);
}

static void check_golden(struct str text, int w, bool is_ascii, const char *name)
{
	struct chat_lines l = {.w = 0};
	struct grid *grid;
	struct surface s;
	struct strbuf now;

	render(&l, text, w, is_ascii);
	grid = grid_new(w, (int)l.lines.n);
	s = grid_surface(grid);
	surface_clear(&s, ROLE_TEXT);
	for (size_t i = 0; i < l.lines.n; i++) {
		assert_true(utf8_width(chat_lines_text(&l, i)) <= w);
		chat_lines_draw(&l, i, &s, 0, (int)i);
	}
	strbuf_init(&now, 1 << 20);
	grid_dump_text(grid, &now);
	strbuf_puts(&now, "--\n");
	grid_dump_roles(grid, &now);
	golden_check(name, &now);
	strbuf_fini(&now);
	grid_free(grid);
	chat_lines_fini(&l);
}

static void test_looks(void **state)
{
	struct strbuf text;

	(void)state;
	read_document(&text);
	check_golden(strbuf_str(&text), 38, false, "markdown-38");
	check_golden(strbuf_str(&text), 78, false, "markdown-78");
	check_golden(strbuf_str(&text), 118, false, "markdown-118");
	check_golden(strbuf_str(&text), 78, true, "markdown-ascii");
	strbuf_fini(&text);
}

static void test_cases(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"nothing", "", ""},
		{"blanks", "\n\n \n", ""},
		{"a paragraph", "one two", "  one two\n"},
		{"wrapped", "one two three four five", "  one two three four\n  five\n"},
		{"two paragraphs", "a\n\nb", "  a\n\n  b\n"},
		{"a heading heads", "# a\n\nb", "  a\n  b\n"},
		{"a citation", "x [1].", "  x [1].\n"},
		{"one that is stale", "x [2].", "  x [2:stale].\n"},
		{"one that is not there", "x [7].", "  x [7].\n"},
		{"a citation as a link", "[1](http://evil)", "  [1]\n"},
		{"a link says where it goes", "[a](b)", "  a (b)\n"},
		{"one whose words are its target", "<http://a>", "  http://a\n"},
		{"an image", "![a](b)", "  a (b)\n"},
		{"an entity that is a control", "a&#27;b&#x9b;c&#1;d",
		 "  abc\xEF\xBF\xBD"
		 "d\n"},
		{"one that is no character", "&#x110000;", "  \xEF\xBF\xBD\n"},
		{"one that nobody knows", "&bogus;", "  &bogus;\n"},
		{"HTML", "<b>x</b>", "  <b>x</b>\n"},
		{"a list", "- a\n- b", "  • a\n  • b\n"},
		{"numbers go on", "7. a\n8. b", "  7. a\n  8. b\n"},
		{"a list in a list", "- a\n  - b", "  • a\n    • b\n"},
		{"a quote", "> a\n> b", "  │ a b\n"},
		{"code keeps its blanks", "```\na  b\n\n c\n```", "  a  b\n  \n   c\n"},
		{"code that is not closed", "```\na", "  a\n"},
		{"a table", "|a|b|\n|---|---|\n|1|2|", "  a  b\n  ────\n  1  2\n"},
		{"one without rows", "|a|\n|---|", "  a\n  ─\n"},
		{"deep quotes end", ">>>>>>>>>>>> a", "  │ │ │ │ │ │ │ │ a\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct chat_lines l = {.w = 0};
		struct strbuf got;

		strbuf_init(&got, 1 << 16);
		render(&l, str_from(cases[i].text), 20, false);
		put_text(&l, &got);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		chat_lines_fini(&l);
	}
}

/* Cut at blank lines, as an answer settles, it is what it is in one piece. */
static void test_pieces(void **state)
{
	struct chat_lines whole = {.w = 0}, pieces = {.w = 0};
	struct strbuf text, a, b;
	struct str rest;

	(void)state;
	read_document(&text);
	strbuf_cut(&text, (size_t)str_find(strbuf_str(&text), STR("    indented")));
	strbuf_init(&a, 1 << 20);
	strbuf_init(&b, 1 << 20);
	render(&whole, strbuf_str(&text), 60, false);
	chat_lines_reset(&pieces, 60);
	rest = strbuf_str(&text);
	while (rest.n > 0) {
		ptrdiff_t cut = str_find(rest, STR("\n\n"));
		size_t n = cut < 0 ? rest.n : (size_t)cut + 2;

		/* A paragraph of an item goes with it, and a code block is not cut. */
		while (cut >= 0 && n < rest.n &&
		       (rest.p[n] == ' ' || rest.p[n] == '-' || rest.p[n] == '3')) {
			cut = str_find(str_sub(rest, n, rest.n), STR("\n\n"));
			n = cut < 0 ? rest.n : n + (size_t)cut + 2;
		}
		markdown_render(&pieces, &(struct markdown){.indent = 2, .cite = cite},
				str_sub(rest, 0, n));
		rest = str_sub(rest, n, rest.n);
	}
	put_text(&whole, &a);
	put_text(&pieces, &b);
	check_text("in pieces", strbuf_str(&b), a.p);
	strbuf_fini(&a);
	strbuf_fini(&b);
	strbuf_fini(&text);
	chat_lines_fini(&whole);
	chat_lines_fini(&pieces);
}

/* What was added last is gone again, and nothing of it is left. */
static void test_cut(void **state)
{
	struct chat_lines l = {.w = 0};
	struct chat_place place;
	struct strbuf before, after;

	(void)state;
	strbuf_init(&before, 1 << 16);
	strbuf_init(&after, 1 << 16);
	render(&l, STR("settled [1]"), 40, false);
	place = chat_lines_here(&l);
	put_text(&l, &before);
	for (int i = 0; i < 3; i++) {
		markdown_render(&l, &(struct markdown){.is_unchecked = true},
				STR("|a|\n|---|\n|open"));
		assert_true(l.lines.n > place.lines);
		chat_lines_cut(&l, &place);
	}
	put_text(&l, &after);
	check_text("after", strbuf_str(&after), before.p);
	assert_int_equal(l.spans.n, place.spans);
	assert_int_equal(l.text.n, place.text);
	strbuf_fini(&before);
	strbuf_fini(&after);
	chat_lines_fini(&l);
}

static void test_out_of_hand(void **state)
{
	struct chat_lines l = {.w = 0};
	struct strbuf text, got;

	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_init(&got, 1 << 20);
	for (int i = 0; i < 40; i++)
		strbuf_puts(&text, "|a");
	strbuf_puts(&text, "|\n");
	for (int i = 0; i < 40; i++)
		strbuf_puts(&text, "|---");
	strbuf_puts(&text, "|\n");
	render(&l, strbuf_str(&text), 200, false);
	put_text(&l, &got);
	check_text("as it stands", str_sub(strbuf_str(&got), 0, 8), "  |a|a|a");
	strbuf_fini(&text);
	strbuf_fini(&got);
	chat_lines_fini(&l);
}

static void test_copies(void **state)
{
	struct chat_lines l = {.w = 0};
	struct strbuf got;

	(void)state;
	strbuf_init(&got, 1 << 16);
	render(&l,
	       STR("> one two three four "
		   "five\n\n```\nabcdefghijklmnopqrstuvwxyz\nb\n```"),
	       20, false);
	chat_lines_copy(&l, 0, l.lines.n, &got);
	check_text("copied", strbuf_str(&got),
		   "one two three four five\n\nabcdefghijklmnopqrstuvwxyz\nb");
	strbuf_fini(&got);
	chat_lines_fini(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks),	    cmocka_unit_test(test_cases),
		cmocka_unit_test(test_pieces),	    cmocka_unit_test(test_cut),
		cmocka_unit_test(test_out_of_hand), cmocka_unit_test(test_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
