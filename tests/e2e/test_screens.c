/* The overview, what it opens, and help over all of it. Which row is chosen is asked
 * by copying it. */
#include "e2e/program.h"

#include <stdlib.h>

static char *chosen(struct pty *p)
{
	return program_copy(p, "y");
}

static void check_chosen(struct pty *p, const char *keys, const char *has)
{
	char *row;

	pty_send(p, keys);
	row = chosen(p);
	if (!strstr(row, has))
		fail_msg("after %s: no %s in %s", keys, has, row);
	free(row);
}

/* True when the keys choose another row than the one before. */
static bool is_other(struct pty *p, const char *keys)
{
	char *before = chosen(p), *after;
	bool is_same;

	pty_send(p, keys);
	after = chosen(p);
	is_same = strcmp(before, after) == 0;
	free(before);
	free(after);
	return !is_same;
}

static void test_overview(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	check_chosen(p, "", "\"budget-qodex\"");
	assert_true(is_other(p, "j"));
	assert_true(is_other(p, DOWN));
	assert_false(is_other(p, "jk"));
	assert_true(is_other(p, UP));
	check_chosen(p, HOME, "\"budget-qodex\"");
	check_chosen(p, "kkk", "\"budget-qodex\"");
	assert_true(is_other(p, END));
	assert_false(is_other(p, "jj" PAGE_DOWN));
	check_chosen(p, PAGE_UP PAGE_UP PAGE_UP PAGE_UP, "\"budget-qodex\"");
	check_chosen(p, TAB HOME, "Microsoft.Sql/servers");
	check_chosen(p, TAB HOME, "\"verdict\"");
	check_chosen(p, SHIFT_TAB, "Microsoft.Sql/servers");
	check_chosen(p, LEFT, "\"budget-qodex\"");
	check_chosen(p, RIGHT, "Microsoft.Sql/servers");
	check_chosen(p, "3", "\"verdict\"");
	check_chosen(p, "1", "\"budget-qodex\"");
	check_chosen(p, ":pane sql" ENTER, "Microsoft.Sql/servers");
	program_press(p, ":pane nowhere" ENTER, "no pane is called 'nowhere'");
}

static void test_opens(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, ENTER, "Related");
	assert_true(pty_has(p, "budget-qodex  Cost outlook"));
	program_press(p, ESCAPE, "Disaster recovery");
	program_press_away(p, "2zz", "Disaster recovery");
	assert_true(pty_wait_text(p, "SQL databases"));
	assert_true(pty_wait_text(p, "telemetry-archive"));
	program_press(p, ESCAPE, "DATABASE");
	assert_false(pty_has(p, "Disaster recovery")); /* the pane alone */
	program_press(p, ESCAPE, "Disaster recovery");
	program_press_away(p, "!", "Disaster recovery"); /* the worst there is */
	assert_true(pty_wait_text(p, "Related"));
	program_press(p, "0", "Disaster recovery");
	program_press_away(p, "b", "Disaster recovery"); /* all boards */
	assert_true(pty_wait_text(p, "Cost by subscription"));
	assert_true(pty_wait_text(p, "Budgets"));
	program_press(p, "0", "Disaster recovery");
}

/* Screens upon screens, and out again one by one. */
static void test_deep(void **state)
{
	struct pty *p = *state;

	program_start_table(p);
	for (int i = 0; i < 40; i++)
		pty_send(p, ":board sql" ENTER);
	program_press(p, ":board budgets" ENTER, "budget-nonproduction");
	program_press(p, ESCAPE, "SQL databases");
	program_press(p, "0", "Disaster recovery");
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_help(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	program_press(p, "?", "keys and commands of this screen");
	assert_true(pty_has(p, "focus-next"));
	assert_true(pty_has(p, "next pane"));
	assert_false(pty_has(p, "sort-reverse")); /* of another screen */
	program_press_away(p, END, "focus-next");
	program_press(p, HOME, "focus-next");
	program_press_away(p, "/copy", "focus-next");
	assert_true(pty_has(p, "copy-row"));
	program_press(p, ENTER ESCAPE, "focus-next");
	program_press_away(p, ESCAPE, "keys and commands of this screen");
	program_press(p, "2zz?", "sort-reverse");
	assert_false(pty_has(p, "focus-next"));
	program_press(p, "/no-such-key" ENTER, "nothing here is about 'no-such-key'");
	program_press(p, ESCAPE, "sort-reverse");
	program_press_away(p, ESCAPE, "sort-reverse");
	program_press(p, "\033OP", "sort-reverse"); /* f1 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_overview),
		PROGRAM_TEST(test_opens),
		PROGRAM_TEST(test_deep),
		PROGRAM_TEST(test_help),
	};

	return cmocka_run_group_tests_name("screens", tests, NULL, NULL);
}
