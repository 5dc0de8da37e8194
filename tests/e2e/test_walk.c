/* From one board to the next by their links: a plan, its drills, its machines, and
 * what those could be restored from. */
#include "e2e/program.h"

static void test_recovery(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ":board dr-plans" ENTER, "rp-qodex");
	program_press(p, "/qodex" ENTER, "1 of 3");
	program_press(p, ENTER, "About this board");
	assert_true(pty_has(p, "Too slow"));
	/* Its machines come first: the one that is worst leads. */
	program_press_away(p, ENTER, "Too slow");
	assert_true(pty_wait_text(p, "Replicated machines"));
	assert_true(pty_wait_text(p, "vm-qodex-index-01"));
	assert_true(pty_has(p, "3 of 8"));
	assert_false(pty_has(p, "vm-atlas-app-01"));
	/* And back, to its drills. */
	program_press(p, ESCAPE, "its drills and failovers");
	program_press(p, TAB ENTER, "did not start within an hour");
	assert_true(pty_has(p, "Recovery jobs"));
	assert_true(pty_has(p, "5 of 27"));
	/* A job leads to the machines of its plan. */
	program_press(p, ENTER, "the machines");
	program_press(p, TAB ENTER, "vm-qodex-web-01");
	assert_true(pty_has(p, "3 of 8"));
}

static void test_backups(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ":board backups vm-atlas-files-01" ENTER, "Failing");
	program_press(p, ENTER, "its jobs");
	program_press(p, ENTER, "The snapshot of the machine");
	assert_true(pty_has(p, "Backup jobs"));
	assert_true(pty_has(p, "1 of 8"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_recovery),
		PROGRAM_TEST(test_backups),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
