/* Other terminals, themes and keymaps: colours only where they are to be had. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>

/* Kinds of colour that were written, of the foreground or the background. */
struct colors {
	int basic, bright, indexed, direct;
};

static void count_code(struct colors *c, const int *code, size_t n, size_t *i)
{
	if (code[*i] == 38 || code[*i] == 48) {
		c->indexed += *i + 1 < n && code[*i + 1] == 5;
		c->direct += *i + 1 < n && code[*i + 1] == 2;
		*i += *i + 1 < n && code[*i + 1] == 5 ? 2 : 4;
	} else if ((code[*i] >= 30 && code[*i] <= 37) ||
		   (code[*i] >= 40 && code[*i] <= 47)) {
		c->basic++;
	} else if ((code[*i] >= 90 && code[*i] <= 97) ||
		   (code[*i] >= 100 && code[*i] <= 107)) {
		c->bright++;
	}
}

/* One "ESC [ 1 ; 38 ; 5 ; 7 m"; others are passed over. */
static void count_sequence(struct colors *c, const char *at, const char *end)
{
	int code[32] = {0};
	size_t n = 1;

	for (; at < end && ((*at >= '0' && *at <= '9') || *at == ';'); at++) {
		if (*at == ';' && n < 32)
			n++;
		else if (*at != ';')
			code[n - 1] = code[n - 1] * 10 + (*at - '0');
	}
	for (size_t i = 0; at < end && *at == 'm' && i < n; i++)
		count_code(c, code, n, &i);
}

static struct colors count_colors(const struct pty *p)
{
	const char *at = p->raw.p, *end = p->raw.p + p->raw.n;
	struct colors c = {0};

	while (at && (at = memmem(at, (size_t)(end - at), "\033[", 2))) {
		at += 2;
		count_sequence(&c, at, end);
	}
	return c;
}

static void check_colors(const char *name, const struct colors *got, const char *wants)
{
	static const char letters[] = "bBid"; /* basic, bright, indexed, direct */
	const int counts[] = {got->basic, got->bright, got->indexed, got->direct};

	for (size_t i = 0; i < 4; i++) {
		bool is_wanted = strchr(wants, letters[i]) != NULL;

		if (is_wanted != (counts[i] > 0))
			fail_msg("%s: %d colours of kind %c", name, counts[i],
				 letters[i]);
	}
}

static void test_colors(void **state)
{
	static const struct {
		const char *name;
		const char *env[4];
		const char *args[4];
		const char *wants;
	} cases[] = {
		{"256 colours", {"TERM=xterm-256color"}, {0}, "i"},
		{"true colour", {"COLORTERM=truecolor"}, {0}, "d"},
		{"8 colours", {"TERM=xterm"}, {0}, "b"},
		{"console", {"TERM=linux"}, {0}, "b"},
		{"tmux", {"TERM=tmux-256color", "COLORTERM=truecolor"}, {0}, "d"},
		{"screen", {"TERM=screen-256color"}, {0}, "i"},
		{"a terminal without colours", {"TERM=vt220"}, {0}, ""},
		{"NO_COLOR", {"NO_COLOR=1"}, {0}, ""},
		{"NO_COLOR over true colour",
		 {"NO_COLOR=1", "COLORTERM=truecolor"},
		 {0},
		 ""},
		{"--plain", {0}, {"--plain"}, ""},
		{"the mono theme", {0}, {"--theme", "mono"}, ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct colors colors;

		program_start(*state, 40, 120, cases[i].args, cases[i].env);
		program_wait_live(*state);
		program_press(*state, ":board sql" ENTER, "telemetry-archive");
		pty_send(*state, "q");
		program_ends(*state, 0);
		colors = count_colors(*state);
		check_colors(cases[i].name, &colors, cases[i].wants);
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
		{"default", "2z", "jj", "k", "G", "g", "q"},
		{"vim", "2z", "jj", "k", "G", "gg", "ZZ"},
		{"emacs", "2\030z", "\016\016", "\020", "\033>", "\033<", "\030\003"},
		{"fkeys", "2\033OS", DOWN DOWN, UP, END, HOME, "\033[21~"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const args[] = {"--keymap", cases[i].name, NULL};
		int at, of;

		program_start(*state, 40, 120, args, NULL);
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

static void check_ascii(struct pty *p)
{
	program_wait_live(p);
	program_press(p, ":board sql" ENTER, "telemetry-archive");
	program_press(p, ENTER, "About this board");
	program_press(p, "?", "keys and commands");
	pty_send(p, "q");
	program_ends(p, 0);
	for (size_t i = 0; i < p->raw.n; i++) {
		if ((unsigned char)p->raw.p[i] >= 0x80)
			fail_msg("byte %zu is not ASCII: %.20s", i, p->raw.p + i);
	}
}

/* By option, and where the locale cannot show more. */
static void test_ascii(void **state)
{
	static const char *const option[] = {"--ascii", NULL};
	static const char *const locale[] = {"LC_ALL=C", NULL};
	struct pty *p = *state;

	program_start(p, 40, 120, option, NULL);
	check_ascii(p);
	pty_stop(p);
	program_start(p, 40, 120, NULL, locale);
	check_ascii(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_colors),
		PROGRAM_TEST(test_themes),
		PROGRAM_TEST(test_keymaps),
		PROGRAM_TEST(test_ascii),
	};

	return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
