/* Sizes that come and go; a screen that others drew on. What was there before is
 * there afterwards, to the cell. */
#include "e2e/program.h"

#include <signal.h>
#include <stdlib.h>

enum { STORM = 100, REST_MS = 300 };

/* A size between 1x1 and 60x200, often a small one; the same every time. */
static void resize_any(struct pty *p, unsigned *seed)
{
	int rows, cols;

	*seed = *seed * 1103515245u + 12345u;
	rows = 1 + (int)(*seed >> 16) % 60;
	*seed = *seed * 1103515245u + 12345u;
	cols = 1 + (int)(*seed >> 16) % (rows % 2 ? 200 : 50);
	pty_resize(p, rows, cols);
}

static void check_storm(struct pty *p, bool is_read)
{
	char *before = program_screen(p);
	unsigned seed = 7;

	for (int i = 0; i < STORM; i++) {
		resize_any(p, &seed);
		if (is_read)
			pty_read(p, 0);
	}
	pty_resize(p, 40, 120);
	program_wait_screen(p, before);
	free(before);
}

static void test_storm(void **state)
{
	struct pty *p = *state;
	size_t bytes;

	program_start_live(p);
	pty_wait_quiet(p, REST_MS);
	check_storm(p, false);
	check_storm(p, true);
	pty_wait_quiet(p, REST_MS);
	bytes = p->bytes; /* it came to rest: nothing more is written */
	pty_read(p, 300);
	assert_int_equal(p->bytes - bytes, 0);
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_storm_on_other_screens(void **state)
{
	static const struct {
		const char *keys, *shows;
	} screens[] = {
		{":board sql" ENTER "jjj", "4/29"},
		{ENTER, "About this board"},
		{"?", "keys and commands"},
		{":theme gru", ":theme gru"},
	};
	struct pty *p = *state;

	program_start_live(p);
	for (size_t i = 0; i < sizeof(screens) / sizeof(*screens); i++) {
		program_press(p, screens[i].keys, screens[i].shows);
		pty_wait_quiet(p, REST_MS);
		check_storm(p, true);
	}
}

/* The program may look only when the old size is back. */
static void test_there_and_back(void **state)
{
	struct pty *p = *state;
	char *before;

	program_start_live(p);
	pty_wait_quiet(p, REST_MS);
	before = program_screen(p);
	for (int i = 0; i < 20; i++) {
		pty_resize(p, 2, 10);
		pty_resize(p, 40, 120);
		program_wait_screen(p, before);
	}
	free(before);
}

static void test_redraw(void **state)
{
	struct pty *p = *state;
	char *before;

	program_start_live(p);
	pty_wait_quiet(p, REST_MS);
	before = program_screen(p);
	pty_scribble(p, "\033[2J\033[5;5Hwall: the machine goes down\033[31m");
	assert_true(pty_has(p, "goes down"));
	pty_send(p, CTRL_L);
	program_wait_screen(p, before);
	free(before);
}

/* Someone stops it from outside, uses the terminal, and lets it go on. */
static void test_stopped_by_others(void **state)
{
	struct pty *p = *state;
	char *before;

	program_start_live(p);
	pty_wait_quiet(p, REST_MS);
	before = program_screen(p);
	pty_signal(p, SIGSTOP);
	tcsetattr(p->slave, TCSANOW, &p->before);
	pty_scribble(p, "\033[?1049l\033[?25h\033[2J$ _");
	pty_signal(p, SIGCONT);
	program_wait_screen(p, before);
	assert_true(p->is_alt_screen);
	assert_false(p->is_cursor_visible);
	program_press(p, "?", "keys and commands"); /* without a line feed */
	free(before);
	pty_send(p, "q");
	program_ends(p, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_storm),
		PROGRAM_TEST(test_storm_on_other_screens),
		PROGRAM_TEST(test_there_and_back),
		PROGRAM_TEST(test_redraw),
		PROGRAM_TEST(test_stopped_by_others),
	};

	return cmocka_run_group_tests_name("resize", tests, NULL, NULL);
}
