/* Themes and keymaps by option and by command, and none of their colours where
 * none are wanted. What other terminals get: test_terminals.c. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>

/* Any colour at all: a code from 30 on in some "ESC [ 1 ; 38 ; 5 ; 7 m". */
static bool has_color(const struct pty *p)
{
	struct str rest = strbuf_str(&p->raw);
	ptrdiff_t at;

	while ((at = str_find(rest, STR("\033["))) >= 0) {
		bool is_color = false;
		int code = 0;
		size_t i;

		rest = str_sub(rest, (size_t)at + 2, rest.n);
		for (i = 0; i < rest.n && strchr("0123456789;", rest.p[i]); i++) {
			code = rest.p[i] == ';' ? 0 : code * 10 + (rest.p[i] - '0');
			is_color |= code >= 30;
		}
		if (is_color && i < rest.n && rest.p[i] == 'm')
			return true;
	}
	return false;
}

/* However colour is refused, none is sent. */
static void test_colorless(void **state)
{
	static const struct {
		const char *name, *args[3], *env[3];
		bool has_color;
	} cases[] = {
		{"by default", {NULL}, {NULL}, true},
		{"by option", {"--plain"}, {"COLORTERM=truecolor"}, false},
		{"by theme", {"--theme", "mono"}, {"COLORTERM=truecolor"}, false},
		{"by option over a theme", {"--plain", "--theme=nord"}, {NULL}, false},
		{"by environment", {"--theme=nord"}, {"NO_COLOR=1"}, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		program_begin(*state, 40, 120, cases[i].args, cases[i].env);
		program_wait_live(*state);
		program_press(*state, ":board sql" ENTER, "telemetry-archive");
		pty_send(*state, "?");
		pty_send(*state, "q");
		program_ends(*state, 0);
		check_case(cases[i].name, has_color(*state) == cases[i].has_color);
		pty_stop(*state);
	}
}

/* Each theme by name, in one run; the text stays what it was. */
static void test_themes(void **state)
{
	static const char *const themes[] = {"dark",	"light", "high-contrast",
					     "mono",	"nord",	 "solarized-dark",
					     "gruvbox", "ansi"};
	struct pty *p = *state;

	program_start_live(p);
	for (size_t i = 0; i < sizeof(themes) / sizeof(themes[0]); i++) {
		char line[60], says[60];

		snprintf(line, sizeof(line), ":theme %s" ENTER, themes[i]);
		snprintf(says, sizeof(says), "✓ theme %s", themes[i]);
		program_press(p, line, says);
		assert_true(pty_has(p, "telemetry-archive"));
	}
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Each keymap by option: open the databases, go down two and up one, leave. */
static void test_keymaps(void **state)
{
	static const struct {
		const char *name, *zoom, *down, *up, *last, *first, *quit;
	} cases[] = {
		{"default", "2zz", "jj", "k", "G", "g", "q"},
		{"vim", "2zz", "jj", "k", "G", "gg", "ZZ"},
		{"emacs", "2\030z\030z", "\016\016", "\020", "\033>", "\033<",
		 "\030\003"},
		{"fkeys", "2\033OS\033OS", DOWN DOWN, UP, END, HOME, "\033[21~"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const args[] = {"--keymap", cases[i].name, NULL};
		int at, of;

		program_begin(*state, 40, 120, args, NULL);
		program_wait_live(*state);
		program_press(*state, cases[i].zoom, "SQL databases");
		program_press_to(*state, HOME, 1);
		program_press_to(*state, cases[i].down, 3);
		program_press_to(*state, cases[i].up, 2);
		assert_true(program_position(*state, &at, &of));
		program_press_to(*state, cases[i].last, of);
		program_press_to(*state, cases[i].first, 1);
		program_press(*state, "\033OP", cases[i].name); /* help says which */
		pty_send(*state, cases[i].quit);
		program_ends(*state, 0);
		pty_stop(*state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_colorless),
		PROGRAM_TEST(test_themes),
		PROGRAM_TEST(test_keymaps),
	};

	return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
