/* Clicks, wheel, the switch; and what is copied to the clipboard. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>

enum { LEFT_BUTTON = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };

/* As xterm says it (mode 1006); x and y count from 0. */
static void mouse(struct pty *p, int button, int x, int y)
{
	char bytes[64];

	snprintf(bytes, sizeof(bytes), "\033[<%d;%d;%dM\033[<%d;%d;%dm", button, x + 1,
		 y + 1, button, x + 1, y + 1);
	pty_send(p, bytes);
}

static void click(struct pty *p, const char *text)
{
	assert_true(pty_wait_text(p, text));
	mouse(p, LEFT_BUTTON, pty_column_of(p, text), pty_row_of(p, text));
}

static void check_chosen(struct pty *p, const char *has)
{
	char *row = program_copy(p, "y");

	if (!strstr(row, has))
		fail_msg("no %s in %s", has, row);
	free(row);
}

static void test_clicks(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	assert_int_equal(pty_mode(p, 1000), 'h');
	assert_int_equal(pty_mode(p, 1006), 'h');
	click(p, "telemetry-archive"); /* a row, and with it another pane */
	check_chosen(p, "\"telemetry-archive\"");
	click(p, "budget-qodex");
	check_chosen(p, "\"budget-qodex\"");
	click(p, "Disaster recovery"); /* a title */
	check_chosen(p, "\"verdict\"");
	click(p, "telemetry-archive");
	click(p, "telemetry-archive"); /* twice: opened */
	assert_true(pty_wait_text(p, "About this board"));
	assert_true(pty_has(p, "telemetry-archive  SQL databases"));
	program_press(p, ESCAPE, "tab next pane");
	click(p, "help"); /* the last line is made of buttons */
	assert_true(pty_wait_text(p, "keys and commands of this screen"));
}

static void check_first(struct pty *p, const char *begin)
{
	char *table = program_copy(p, "Y");
	const char *row = strchr(table, '\n');

	assert_true(row && strncmp(row + 1, begin, strlen(begin)) == 0);
	free(table);
}

static void test_table(void **state)
{
	struct pty *p = *state;
	int at, y;

	program_start_table(p);
	y = pty_row_of(p, "telemetry-archive");
	mouse(p, WHEEL_DOWN, 10, y);
	at = program_press_moves(p, "");
	assert_true(at > 1);
	mouse(p, WHEEL_DOWN, 10, y);
	at = program_press_moves(p, "");
	mouse(p, WHEEL_UP, 10, y);
	assert_true(program_press_moves(p, "") < at);
	mouse(p, WHEEL_UP, 10, y);
	program_press_to(p, "", 1);
	click(p, "DATABASE"); /* a heading sorts */
	check_first(p, "atlas-audit\t");
	click(p, "DATABASE"); /* and turns the order round */
	check_first(p, "telemetry-archive\t");
	check_chosen(p, "\"atlas-audit\""); /* the chosen row stays the same */
	click(p, "feature-flags");
	check_chosen(p, "\"feature-flags\"");
}

/* What no terminal says, and what only a broken one does. */
static void test_nonsense(void **state)
{
	static const char *const bytes[] = {
		"\033[<0;0;0M",
		"\033[<0;99999;99999M",
		"\033[<M",
		"\033[<0;5M",
		"\033[<255;5;5M",
		"\033[<35;5;5M",
		"\033[<0;1;2;3;4;5;6;7M",

		"\033[<-1;-1;-1M",
		"\033[<99999999999999999999;1;1M",
	};
	struct pty *p = *state;

	program_start_table(p);
	for (size_t i = 0; i < sizeof(bytes) / sizeof(*bytes); i++)
		pty_send(p, bytes[i]);
	program_press_to(p, HOME "j", 2);
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_switch(void **state)
{
	static const char *const off[] = {"--no-mouse", NULL};
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, "m", "mouse off");
	assert_int_equal(pty_mode(p, 1000), 'l');
	program_press(p, "m", "mouse on");
	assert_int_equal(pty_mode(p, 1000), 'h');
	pty_send(p, "q");
	program_ends(p, 0);
	pty_stop(p);

	program_begin(p, 40, 120, off, NULL);
	program_wait_live(p);
	assert_int_equal(pty_mode(p, 1000), 0);
	program_press(p, ":mouse" ENTER, "mouse on");
	assert_int_equal(pty_mode(p, 1000), 'h');
	pty_send(p, "q");
	program_ends(p, 0);
}

static void check_copy(struct pty *p, const char *keys, const char *want)
{
	char *text = program_copy(p, keys);

	assert_string_equal(text, want);
	free(text);
}

static void test_copies(void **state)
{
	struct pty *p = *state;
	char *text;

	program_start_table(p);
	program_press(p, "/telemetry" ENTER, "1 of ");
	check_copy(p, "c", "telemetry-archive");
	assert_true(pty_wait_text(p, "copied the cell (17 bytes)"));
	check_copy(p, RIGHT "c", "sql-shared-weu");
	check_copy(p, LEFT LEFT "c", "telemetry-archive");
	text = program_copy(p, "y");
	assert_int_equal(text[0], '{');
	assert_int_equal(text[strlen(text) - 1], '}');
	assert_true(strstr(text, "\"name\":\"telemetry-archive\"") != NULL);
	free(text);
	text = program_copy(p, "Y");
	assert_true(strncmp(text, "DATABASE\tSERVER\t", 16) == 0);
	assert_true(strstr(text, "\ntelemetry-archive\tsql-shared-weu\t") != NULL);
	assert_true(strstr(text, "atlas-audit") == NULL); /* only what is shown */
	free(text);
	program_press(p, "/no-such-thing" ENTER, "no rows match");
	program_press(p, "c", "nothing to copy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_clicks),   PROGRAM_TEST(test_table),
		PROGRAM_TEST(test_nonsense), PROGRAM_TEST(test_switch),
		PROGRAM_TEST(test_copies),
	};

	return cmocka_run_group_tests_name("mouse", tests, NULL, NULL);
}
