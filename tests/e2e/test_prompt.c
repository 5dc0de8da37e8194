/* The prompt: typing, completing, history, errors, pastes. */
#include "e2e/program.h"

#include <stdlib.h>

static void test_completes(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ":the" TAB, ":theme");
	program_press(p, " no" TAB, ":theme nord");
	program_press(p, ENTER, "theme nord");
	assert_true(pty_wait_gone(p, ":theme"));
	program_press(p, ":theme " TAB, ":theme ansi"); /* all of them, in turn */
	assert_true(pty_has(p, "gruvbox"));
	program_press(p, TAB, ":theme dark");
	program_press(p, SHIFT_TAB SHIFT_TAB, ":theme solarized-dark");
	program_press(p, CTRL_U "board sq" TAB, ":board sql");
	program_press(p, ENTER, "SQL databases");
	program_press(p, ":keymap v" TAB, ":keymap vim");
	program_press(p, ENTER, "keymap vim");
}

/* Two cells a character, then two characters in one cell. */
#define WIDE_AND_MARKED "日本e\xcc\x81"

static void test_edits(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ":board nothing at all", ":board nothing at all");
	program_press_away(p, CTRL_W CTRL_W, "at all");
	program_press(p, BACKSPACE BACKSPACE, ":board nothin");
	program_press(p, CTRL_A "over" CTRL_E "gs", ":overboard nothings");
	program_press(p, HOME DELETE DELETE END LEFT "X" RIGHT "Y",
		      ":erboard nothingXsY");
	program_press_away(p, HOME RIGHT CTRL_K, "erboard");
	program_press_away(p, CTRL_U WIDE_AND_MARKED "!", "board");
	assert_true(pty_wait_text(p, ":" WIDE_AND_MARKED "!"));
	program_press_away(p, LEFT BACKSPACE BACKSPACE, "本");
	assert_true(pty_has(p, ":日!"));
	program_press_away(p, ESCAPE, "日");
}

static void test_history(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ":theme light" ENTER, "theme light");
	program_press(p, ":theme mono" ENTER, "theme mono");
	program_press(p, ":wip" UP, ":theme mono");
	program_press(p, UP UP UP, ":theme light");
	program_press(p, DOWN, ":theme mono");
	program_press(p, DOWN DOWN, ":wip"); /* what was being typed */
	program_press(p, UP UP ENTER, "theme light");
}

static void test_refuses(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{":frobnicate", "there is no command 'frobnicate'"},
		{":board nowhere", "there is no board 'nowhere'"},
		{":theme nowhere", "nowhere"},
		{":keymap nowhere", "nowhere"},
		{":theme ../../etc/passwd", "passwd"},
		{":sort name", "does not work on this screen"},
		{":prompt-clear", "does not work on this screen"},
		{":p", "commands begin with 'p'"},
		{":theme", "theme needs a name"},
	};
	struct pty *p = *state;

	program_start_live(p);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pty_send(p, cases[i].line);
		program_press(p, ENTER, cases[i].says);
		program_press_away(p, ESCAPE, cases[i].says);
	}
	pty_send(p, ":" ENTER); /* nothing is nothing */
	program_press(p, ": quit " ENTER, "");
	program_ends(p, 0);
}

#define PASTE(text) "\033[200~" text "\033[201~"

static void test_pastes(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	/* Not in a prompt: no paste is ever a command. */
	pty_send(p, PASTE("q\r:quit\r"));
	/* A line feed does not run what stands before it; an escape sequence is text. */
	program_press(p, ":" PASTE("theme\r\nnord\x07\x1b[2J\x03x"), ":theme nord��x");
	assert_true(pty_has(p, "Disaster recovery"));
	assert_false(pty_has(p, "✓"));
	program_press_away(p, ESCAPE, ":theme");
	/* Cut anywhere. */
	pty_send(p, ":\033[20");
	pty_send(p, "0~the");
	pty_send(p, "me\033[2");
	program_press(p, "01~ nord", ":theme nord");
	program_press(p, ENTER, "✓ theme nord");
	/* Into a filter. */
	program_press(p, ":board sql" ENTER, "telemetry-archive");
	program_press_away(p, "/" PASTE("atlas"), "telemetry-archive");
	pty_send(p, ENTER);
	pty_send(p, "q");
	program_ends(p, 0);
}

/* A megabyte more than a prompt takes. */
static void test_huge_paste(void **state)
{
	struct pty *p = *state;
	struct strbuf text;

	program_start_live(p);
	strbuf_init(&text, 8 << 20);
	strbuf_puts(&text, ":\033[200~");
	strbuf_pad(&text, 'x', 2 << 20);
	strbuf_puts(&text, "\033[201~" CTRL_U "fine");
	program_press(p, text.p, ":fine");
	strbuf_fini(&text);
	pty_send(p, CTRL_U "quit" ENTER);
	program_ends(p, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_completes), PROGRAM_TEST(test_edits),
		PROGRAM_TEST(test_history),   PROGRAM_TEST(test_refuses),
		PROGRAM_TEST(test_pastes),    PROGRAM_TEST(test_huge_paste),
	};

	return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
