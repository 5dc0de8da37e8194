/* What outside text becomes before it is drawn. */
#include "unit/check.h"

#include "base/sanitize.h"

static void lines_come_out_harmless(void **state)
{
	static const struct {
		const char *name, *in, *want;
	} cases[] = {
		{"plain", "Atlas db-01", "Atlas db-01"},
		{"colour", "\033[1;31mred\033[0m", "red"},
		{"title", "a\033]0;owned\007b", "ab"},
		{"clipboard, ST", "a\033]52;c;aGk=\033\\b", "ab"},
		{"unterminated OSC takes the rest", "a\033]52;c;aGk=", "a"},
		{"device control", "a\033P1;2|x\033\\b", "ab"},
		{"charset", "a\033(0b", "ab"},
		{"reset", "a\033cb", "ab"},
		{"lone escape", "a\033", "a"},
		{"eight-bit CSI",
		 "a\xc2\x9b"
		 "31mb",
		 "ab"},
		{"eight-bit OSC",
		 "a\xc2\x9d"
		 "52;c;x\xc2\x9c"
		 "b",
		 "ab"},
		{"newline and tab", "a\nb\tc\r\n", "a b c "},
		{"bell and delete", "a\ab\x7f",
		 "a\xef\xbf\xbd"
		 "b\xef\xbf\xbd"},
		{"invalid bytes", "\xff\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"right-to-left override",
		 "a\xe2\x80\xae"
		 "b",
		 "ab"},
		{"zero width space",
		 "a\xe2\x80\x8b"
		 "b",
		 "ab"},
		{"accents stay", "e\xcc\x81", "e\xcc\x81"},
		{"a tower of marks is cut",
		 "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
		 "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81"},
		{"wide stays", "\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac"},
		{"joined emoji come apart",
		 "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
		 "\xf0\x9f\x91\xa8\xf0\x9f\x91\xa9"},
	};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 1000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_reset(&out);
		sanitize_line(&out, str_from(cases[i].in));
		check_text(cases[i].name, strbuf_str(&out), cases[i].want);
	}
	strbuf_fini(&out);
}

static void texts_keep_their_lines(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 100);
	sanitize_text(&out, STR("a\r\nb\033[2J\n"));
	check_text("lines", strbuf_str(&out), "a\nb\n");
	strbuf_fini(&out);
}

static void copies_in_an_arena_are_clean(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	check_text("clean", sanitize_to_arena(&a, STR("ok")), "ok");
	check_text("dirty", sanitize_to_arena(&a, STR("\xff")), "\xef\xbf\xbd");
	assert_true(sanitize_is_clean(STR("plain text ~")));
	assert_false(sanitize_is_clean(STR("caf\xc3\xa9")));
	assert_false(sanitize_is_clean(STR("a\tb")));
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_out_harmless),
		cmocka_unit_test(texts_keep_their_lines),
		cmocka_unit_test(copies_in_an_arena_are_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
