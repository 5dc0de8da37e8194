/* Names of keys, read and written. */
#include "unit/check.h"

#include "tui/keymap.h"

/* What is written comes back, except where two names mean one byte. */
static void test_names(void **state)
{
	static const struct {
		const char *text, *want; /* want NULL: the same */
		uint32_t code;
		uint8_t mods;
	} cases[] = {
		{"a", NULL, 'a', 0},
		{"G", NULL, 'G', 0},
		{"?", NULL, '?', 0},
		{"-", NULL, '-', 0},
		{"\"", NULL, '"', 0},
		{"space", NULL, ' ', 0},
		{"tab", NULL, KEYCODE_TAB, 0},
		{"shift-tab", NULL, KEYCODE_TAB, MOD_SHIFT},
		{"enter", NULL, KEYCODE_ENTER, 0},
		{"alt-enter", NULL, KEYCODE_ENTER, MOD_ALT},
		{"esc", NULL, KEYCODE_ESCAPE, 0},
		{"backspace", NULL, KEYCODE_BACKSPACE, 0},
		{"page-down", NULL, KEYCODE_PAGE_DOWN, 0},
		{"ctrl-page-up", NULL, KEYCODE_PAGE_UP, MOD_CTRL},
		{"ctrl-alt-shift-up", NULL, KEYCODE_UP, MOD_CTRL | MOD_ALT | MOD_SHIFT},
		{"shift-ctrl-up", "ctrl-shift-up", KEYCODE_UP, MOD_CTRL | MOD_SHIFT},
		{"f1", NULL, KEYCODE_F1, 0},
		{"f12", NULL, KEYCODE_F12, 0},
		{"shift-f5", NULL, KEYCODE_F1 + 4, MOD_SHIFT},
		{"ctrl-r", NULL, 'r', MOD_CTRL},
		{"ctrl-R", "ctrl-r", 'r', MOD_CTRL},
		{"ctrl--", NULL, '-', MOD_CTRL},
		{"ctrl-alt-x", NULL, 'x', MOD_CTRL | MOD_ALT},
		{"alt-X", NULL, 'X', MOD_ALT},
		{"ctrl-space", NULL, ' ', MOD_CTRL},
		{"ctrl-\\", NULL, '\\', MOD_CTRL},
		{"ctrl-h", NULL, 'h', MOD_CTRL},
		{"ctrl-i", "tab", KEYCODE_TAB, 0},
		{"ctrl-I", "tab", KEYCODE_TAB, 0},
		{"ctrl-m", "enter", KEYCODE_ENTER, 0},
		{"ctrl-[", "esc", KEYCODE_ESCAPE, 0},
		{"ctrl-@", "ctrl-space", ' ', MOD_CTRL},
		{"ctrl-?", "backspace", KEYCODE_BACKSPACE, 0},
		{"ctrl-/", "ctrl-_", '_', MOD_CTRL},
		{"alt-ctrl-m", "alt-enter", KEYCODE_ENTER, MOD_ALT},
		{"\xc3\xa9", NULL, 0xe9, 0},
		{"\xe6\x97\xa5", NULL, 0x65e5, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *want = cases[i].want ? cases[i].want : cases[i].text;
		struct key key = {0}, again = {0};
		struct strbuf text;

		check_case(cases[i].text, key_parse(str_from(cases[i].text), &key));
		check_case(cases[i].text, key.code == cases[i].code);
		check_case(cases[i].text, key.mods == cases[i].mods);
		strbuf_init(&text, 100);
		key_format(&text, key);
		check_text(cases[i].text, strbuf_str(&text), want);
		check_case(cases[i].text, key_parse(strbuf_str(&text), &again));
		check_case(cases[i].text,
			   again.code == key.code && again.mods == key.mods);
		strbuf_fini(&text);
	}
}

static void test_no_keys(void **state)
{
	static const char *const cases[] = {
		"",
		" ",
		"\t",
		"\x7f",
		"ab",
		"f13",
		"f0",
		"ctrl-",
		"ctrl-ab",
		"Enter",
		"shift-a",
		"shift-A",
		"ctrl-shift-",
		"\xc2\x85",
		"\xff",
		"\xc3",
		"\xc3\xa9\xc3",
		"page",
		"ctrl",
		"\xcc\x81",
		"\xe2\x80\xae",
		"super-a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct key key = {.code = 7};

		check_case(cases[i], !key_parse(str_from(cases[i]), &key));
		check_case(cases[i], key.code == 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_no_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
