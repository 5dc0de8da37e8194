/* Terminals that are less than one hopes for: none, unknown, dumb, one cell, few
 * colours, no UTF-8; and looks that cannot be loaded. Each gives one line and an
 * exit code, or a smaller deck that works. */
#include "e2e/program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

/* Never entered: nothing but one line, the exit code, the modes as they were. */
static void check_refused(struct pty *p, const char *name, int code, const char *line)
{
	struct strbuf text;
	int lines = 0;

	assert_true(pty_wait_exit(p));
	if (!WIFEXITED(p->status) || WEXITSTATUS(p->status) != code)
		fail_msg("case \"%s\": status %x", name, (unsigned)p->status);
	while (pty_read(p, 50))
		continue;
	if (!pty_has(p, line))
		pty_print(p, name);
	check_case(name, pty_has(p, line));
	check_case(name, !strchr(p->raw.p, '\033'));
	strbuf_init(&text, 1 << 16);
	pty_text(p, &text);
	for (const char *c = text.p; *c; c++)
		lines += *c == '\n' && c > text.p && c[-1] != '\n';
	if (lines != 1)
		fail_msg("case \"%s\": %d lines: %s", name, lines, text.p);
	strbuf_fini(&text);
}

static void test_no_such_terminal(void **state)
{
	static const struct {
		const char *term, *says;
	} cases[] = {
		{"TERM=dumb", "azdeck: the terminal type \"dumb\" cannot place text"},
		{"TERM=", "azdeck: the terminal type \"\" is not known here; set TERM"},
		{"TERM=nosuchterm",
		 "azdeck: the terminal type \"nosuchterm\" is not known"},
		{"TERM=vt52", "azdeck: the terminal type \"vt52\" cannot place text"},
		{"TERM=\033[31mx", "azdeck: the terminal type \"x\" is not known"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const env[] = {cases[i].term, NULL};

		program_begin(*state, 24, 120, NULL, env);
		check_refused(*state, cases[i].term, 2, cases[i].says);
		pty_stop(*state);
	}
}

/* A theme or keymap that cannot be used is told before the screen is taken. */
static void test_broken_looks(void **state)
{
	static const struct {
		const char *name, *option, *value, *text; /* text: of a file */
		int code;
		const char *says;
	} cases[] = {
		{"a broken theme", "--theme", NULL,
		 "{\"roles\": {\n\"ok\": {\"fg\": 1}}}", 3,
		 "line 2, column 14: roles.ok.fg: is no colour"},
		{"a theme cut short", "--theme", NULL, "{\"roles\":", 3,
		 "line 1, column"},
		{"a broken keymap", "--keymap", NULL,
		 "{\"bindings\": {\"table\": {\n\"g\": \"top\",\n\"g g\": \"up\"}}}", 3,
		 "line 3, column 8: bindings.table.g g: conflicts with \"g\" (top) in "
		 "line 2"},
		{"an unknown command", "--keymap", NULL,
		 "{\"bindings\": {\"table\": {\"g\": \"tpo\"}}}", 3,
		 "there is no command \"tpo\""},
		{"no such theme", "--theme", "nosuch", NULL, 6,
		 "there is no theme \"nosuch\"; `azdeck themes` lists them"},
		{"no such keymap", "--keymap", "nosuch", NULL, 6,
		 "there is no keymap \"nosuch\"; `azdeck keys --list` lists them"},
		{"no such file", "--theme", "./nosuch.json", NULL, 6,
		 "cannot open ./nosuch.json"},
		{"no value", "--theme", NULL, NULL, 2, "--theme needs a value"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char path[] = "/tmp/azdeck-look-XXXXXX";
		const char *more[] = {cases[i].option, cases[i].value, NULL};
		struct err err;

		if (cases[i].text) {
			close(mkstemp(path));
			assert_true(file_write(path, str_from(cases[i].text), &err));
			more[1] = path;
		}
		program_begin(*state, 24, 200, more, NULL);
		check_refused(*state, cases[i].name, cases[i].code, cases[i].says);
		pty_stop(*state);
		if (cases[i].text)
			unlink(path);
	}
}

/* A program whose input or output is no terminal. */
struct without {
	char *path;
	int fd;
};

static void run_without(void *ctx)
{
	const struct without *w = ctx;
	int null = open("/dev/null", O_RDWR);

	dup2(null, w->fd);
	execl(w->path, "azdeck", "--demo", (char *)NULL);
	_exit(127);
}

static void test_not_a_terminal(void **state)
{
	for (int fd = 0; fd <= 1; fd++) {
		struct without w = {.path = program_path("azdeck"), .fd = fd};

		assert_true(pty_start_fn(*state, 24, 120, NULL, run_without, &w));
		check_refused(*state, fd ? "stdout" : "stdin", 2,
			      "azdeck: the deck needs a terminal; for scripts there is "
			      "`azdeck show`");
		pty_stop(*state);
		free(w.path);
	}
}

static void test_one_cell(void **state)
{
	struct pty *p = *state;

	program_begin(p, 1, 1, NULL, NULL);
	assert_true(pty_wait_text(p, "a"));
	pty_send(p, "jjk\rq");
	program_ends(p, 0);
	pty_stop(p);
	program_begin(p, 1, 1, NULL, NULL);
	assert_true(pty_wait_text(p, "a"));
	pty_resize(p, 40, 120);
	program_wait_live(p);
	pty_send(p, "q");
	program_ends(p, 0);
}

/* A size that cannot be: the deck draws what could be a screen. */
static void test_absurd_size(void **state)
{
	struct pty *p = *state;

	program_begin(p, 24, 80, NULL, NULL);
	assert_true(pty_wait_text(p, "DEMO"));
	pty_resize(p, 24, 3000);
	pty_resize(p, 24, 80);
	program_wait_live(p);
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Without UTF-8 not one byte above ASCII is sent, whatever the names are. */
static void test_no_utf8(void **state)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	static const char *const ascii[] = {"--ascii", NULL};

	for (int by_option = 0; by_option <= 1; by_option++) {
		struct pty *p = *state;

		program_begin(p, 40, 120, by_option ? ascii : NULL,
			      by_option ? NULL : env);
		program_wait_live(p);
		program_press(p, "?", "Help");
		pty_send(p, ESCAPE);
		assert_true(pty_wait_gone(p, "Help"));
		program_press(p, ":board sql" ENTER, "SQL databases");
		for (size_t i = 0; i < p->raw.n; i++) {
			if ((unsigned char)p->raw.p[i] >= 0x7f)
				fail_msg("byte %02x", (unsigned char)p->raw.p[i]);
		}
		pty_send(p, "q");
		program_ends(p, 0);
		pty_stop(p);
	}
}

/* True when some "CSI ... m" has these parameters in it. */
static bool has_sgr(const struct pty *p, const char *codes)
{
	struct str rest = strbuf_str(&p->raw);
	ptrdiff_t at;

	while ((at = str_find(rest, STR("\033["))) >= 0) {
		char text[64];
		size_t n;

		rest = str_sub(rest, (size_t)at + 2, rest.n);
		n = strspn(rest.p, "0123456789;");
		if (n >= rest.n || rest.p[n] != 'm' || n + 3 > sizeof(text))
			continue;
		snprintf(text, sizeof(text), ";%.*s;", (int)n, rest.p);
		if (strstr(text, codes))
			return true;
	}
	return false;
}

/* How much colour is sent: what the terminal has, and nothing when asked so. */
static void test_depths(void **state)
{
	static const struct {
		const char *name, *env[4];
		const char *has[2], *has_not[2];
	} cases[] = {
		{"truecolor",
		 {"TERM=xterm-256color", "COLORTERM=truecolor"},
		 {";38;2;", NULL},
		 {";38;5;", NULL}},
		{"24bit",
		 {"TERM=xterm-256color", "COLORTERM=24bit"},
		 {";38;2;", NULL},
		 {";38;5;", NULL}},
		{"direct", {"TERM=xterm-direct"}, {";38;2;", NULL}, {";38;5;", NULL}},
		{"256", {"TERM=xterm-256color"}, {";38;5;", NULL}, {";38;2;", NULL}},
		{"16", {"TERM=xterm-16color"}, {";91;", NULL}, {";38;", NULL}},
		{"8", {"TERM=xterm"}, {";31;", ";33;"}, {";38;", ";91;"}},
		{"the console", {"TERM=linux"}, {";31;", ";33;"}, {";38;", ";91;"}},
		{"none", {"TERM=vt100"}, {";1;", NULL}, {";38;", ";31;"}},
		{"none, of eight", {"TERM=vt220"}, {";1;", NULL}, {";38;", ";31;"}},
		{"NO_COLOR",
		 {"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=1"},
		 {";1;", NULL},
		 {";38;", ";31;"}},
		{"one that is not described here",
		 {"TERM=xterm-nosuch"},
		 {";38;5;", NULL},
		 {";38;2;", NULL}},
		{"NO_COLOR, but empty",
		 {"TERM=xterm-256color", "NO_COLOR="},
		 {";38;5;", NULL},
		 {NULL, NULL}},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pty *p = *state;

		program_begin(p, 40, 120, NULL, cases[i].env);
		program_wait_live(p);
		for (int k = 0; k < 2; k++) {
			const char *has = cases[i].has[k], *not = cases[i].has_not[k];

			if (has && !has_sgr(p, has))
				fail_msg("%s: no %s", cases[i].name, has);
			if (not &&has_sgr(p, not ))
				fail_msg("%s: %s", cases[i].name, not );
		}
		/* Padding for serial lines is not for the screen. */
		check_case(cases[i].name, !strstr(p->raw.p, "$<"));
		pty_send(p, "q");
		assert_true(pty_wait_exit(p));
		assert_true(WIFEXITED(p->status) && WEXITSTATUS(p->status) == 0);
		check_case(cases[i].name, p->is_cursor_visible && !p->is_alt_screen);
		pty_stop(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_no_such_terminal), PROGRAM_TEST(test_broken_looks),
		PROGRAM_TEST(test_not_a_terminal),   PROGRAM_TEST(test_one_cell),
		PROGRAM_TEST(test_absurd_size),	     PROGRAM_TEST(test_no_utf8),
		PROGRAM_TEST(test_depths),
	};

	return cmocka_run_group_tests_name("terminals", tests, NULL, NULL);
}
