/* The chat in a terminal: lines of a question, a paste, an editor outside, the row it is
 * about. */
#include "e2e/program.h"

#define LINE_FEED "\n"
#define ALT_ENTER "\033\r"
#define CTRL_O	  "\017"
#define PASTE(s)  "\033[200~" s "\033[201~"

static void test_writes(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, "C", "a question, or / for commands");
	program_press(p, "what now" LINE_FEED "and when" ALT_ENTER "q", "and when");
	assert_true(pty_has(p, "what now"));
	/* A paste is text, whatever is in it, and sends nothing. */
	program_press(p, PASTE("\rpasted\rtwice\033]0;x\007"), "twice");
	assert_true(pty_has(p, "pasted"));
	assert_true(pty_has(p, "what now"));
	program_press_away(p, CTRL_C, "what now");
	program_press(p, "/ro" TAB, "/route");
	program_press(p, CTRL_U "/help" ENTER, "what goes out with the next question");
	/* What is read is scrolled and left. */
	program_press(p, ESCAPE, "w writes a question");
	program_press(p, "w", "a question, or / for commands");
	program_press(p, ESCAPE, "w writes a question");
	program_press_away(p, ESCAPE, "w writes a question");
}

static void test_editor(void **state)
{
	static const char *const env[] = {"VISUAL=sed -i s/dull/bright/", NULL};
	struct pty *p = *state;

	program_begin(p, 30, 100, NULL, env);
	program_wait_live(p);
	program_press(p, "C", "a question, or / for commands");
	program_press(p, "a dull one", "a dull one");
	program_press(p, CTRL_O, "a bright one");
	assert_true(pty_has(p, "Chat"));
}

static void test_row(void **state)
{
	struct pty *p = *state;

	program_start_table(p);
	program_press(p, "@", "about SQL databases:");
	program_press(p, BACKSPACE, "ask");
	program_press_away(p, ESCAPE, "a question, or / for commands");
}

/* By the guide, so that nothing depends on a model; then what enter, `i` and a judgement
 * come to. */
static void test_answer(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, "C/route guide" ENTER, "the route is guide");
	program_press(p, "what is the tier of atlas-orders?" ENTER,
		      "by rule, without a model");
	assert_true(pty_has(p, "] sql[atlas-orders].tier = BusinessCritical"));
	program_press(p, ESCAPE, "w writes a question");
	program_press(p, "-wrong" ENTER, "you said that it did not help");
	program_press(p, "/orders].tier" ENTER, "citations");
	program_press(p, ENTER, "SLEEPS AFTER");
	program_press(p, ESCAPE, "w writes a question");
	program_press(p, "wand its cpu?" ENTER, "cpu_pct");
}

/* Enter on a line that is cited: its log, where it stands. */
static void test_line(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, "C/route guide" ENTER, "the route is guide");
	program_press(p, "show me the logs of gateway" ENTER, "The newest errors");
	program_press(p, ESCAPE, "w writes a question");
	program_press(p, "/log-lines/4" ENTER, "citations");
	program_press_away(p, ENTER, "w writes a question");
	assert_true(pty_wait_text(p, "ContainerLogV2"));
	assert_true(pty_wait_text(p, "gateway"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_writes), PROGRAM_TEST(test_editor),
		PROGRAM_TEST(test_row),	   PROGRAM_TEST(test_answer),
		PROGRAM_TEST(test_line),
	};

	return cmocka_run_group_tests_name("chat", tests, NULL, NULL);
}
