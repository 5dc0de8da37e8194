/* Acting in the deck, on the embedded Azure: a database is scaled and scaled back, each
 * planned, confirmed by its name, run to its end and watched until it helped; a failover
 * waits for its second person. Simulated minutes pass in seconds. */
#include "e2e/program.h"

#include <stdio.h>

#include "unit/scratch.h"

static void start_as(struct pty *p, const char *speed, const char *who)
{
	const char *const more[] = {"--speed", speed, who ? "--as" : NULL, who, NULL};

	program_begin(p, 30, 110, more, NULL);
	assert_true(pty_wait_text(p, "1 Cost"));
}

static void start(struct pty *p, const char *speed)
{
	start_as(p, speed, NULL);
}

/* The board with one row, what can be done to it, and of that the first. */
static void open_form(struct pty *p, const char *board, const char *title)
{
	program_press(p, "0", "1 Cost");
	program_press(p, ":", "a command, or a board");
	pty_send(p, board);
	pty_send(p, ENTER);
	assert_true(pty_wait_text(p, "1 of "));
	program_press(p, "x", "What can be done to");
	program_press(p, ENTER, title);
}

static void scale(struct pty *p, const char *size, const char *diff)
{
	open_form(p, "sql atlas-audit", "service objective");
	pty_send(p, ENTER);
	pty_send(p, size);
	program_press(p, ENTER, size);
	program_press(p, ENTER, diff);
	assert_true(pty_wait_text(p, "WHAT WILL BE SENT"));
	program_press(p, ENTER ENTER "r", "type atlas-audit to RUN it");
	pty_send(p, "atlas-audit");
	program_press(p, ENTER, "approved by");
	assert_true(pty_wait_text(p, "it is done, and what was hoped for is to be seen"));
}

static void test_there_and_back(void **state)
{
	struct pty *p = *state;

	start(p, "60");
	scale(p, "S3", "S2 → S3");
	scale(p, "S2", "S3 → S2");
	program_press(p, "P", "Proposals and runs");
	assert_true(pty_wait_text(p, "size S3 → S2"));
	assert_true(pty_wait_text(p, "size S2 → S3"));
	program_press(p, "H", "Hand-over");
	pty_send(p, "q");
	program_ends(p, 0);
}

/* A form of two: each is asked for, and goes into the plan. */
static void test_two_inputs(void **state)
{
	struct pty *p = *state;

	start(p, "60");
	open_form(p, "resources name:atlas-app-01_Data", "Set a tag");
	program_press(p, UP ENTER, "must be given");
	pty_send(p, ENTER "owner");
	program_press(p, ENTER, "owner");
	pty_send(p, ENTER "atlas-team");
	program_press(p, ENTER, "atlas-team");
	program_press(p, ENTER, "WHAT WILL BE SENT");
	program_press(p, "r", "_Data_0 to RUN it");
	pty_send(p, "vm-atlas-app-01_Data_0");
	program_press(p, ENTER, "approved by");
	assert_true(pty_wait_text(p, "it is done, and what was hoped for is to be seen"));
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Who asked is not who approves: the deck waits, and the name comes last. */
static void test_second_person(void **state)
{
	struct pty *p = *state;

	start(p, "60");
	open_form(p, "dr-groups fog-atlas", "Fail the group over");
	program_press(p, ENTER, "A second person approves it: azdeck act approve");
	program_press(p, "r", "a second person approves it first");
	program_press(p, "p", "1 waits");
	assert_true(pty_wait_text(p, "approved by"));
	program_press(p, "r", "type fog-atlas to RUN it");
	pty_send(p, "\033[200~fog-atlas\033[201~");
	program_press(p, ENTER, "type it: what was pasted");
	assert_true(pty_wait_text(p, "may be run"));
	program_press(p, "r", "type fog-atlas to RUN it");
	pty_send(p, "fog-atlas");
	program_press(p, ENTER, "It runs for");
	assert_true(pty_wait_text(p, "it is done, and what was hoped for is to be seen"));
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Who may only look sees it in the plan, and is refused by the service. */
static void test_no_right(void **state)
{
	struct pty *p = *state;

	start_as(p, "60", "sg-oncall");
	open_form(p, "sql atlas-audit", "service objective");
	pty_send(p, ENTER "S3");
	program_press(p, ENTER, "S3");
	program_press(p, ENTER,
		      "you have no right to Microsoft.Sql/servers/databases/write");
	program_press(p, ENTER ENTER "r", "type atlas-audit to RUN it");
	pty_send(p, "atlas-audit");
	program_press(p, ENTER, "ask for the role SQL DB Contributor");
	pty_send(p, "q");
	program_ends(p, 0);
}

/* What the configuration forbids is said where it is planned, and there is nothing to
 * run; what needs a second person cannot be run alone. */
static void test_rules(void **state)
{
	static const struct {
		const char *name, *actions, *says;
	} cases[] = {
		{"above the ceiling",
		 "\"rules\":[{\"actions\":[\"sql-*\"],\"limits\":{\"size\":[\"S0\"]}}]",
		 "not among the values"},
		{"outside of its window",
		 "\"rules\":[{\"actions\":[\"sql-*\"],\"window\":"
		 "\"off=(m-f,9);on=(m-f,7);tz=UTC\"}]",
		 "outside of its window"},
		{"frozen",
		 "\"freezes\":[{\"from\":\"2026-01-01\",\"to\":\"2099-12-31\",\"why\":"
		 "\"the year is closed\"}]",
		 "the year is closed"},
		{"for others",
		 "\"rules\":[{\"actions\":[\"sql-*\"],\"people\":[\"bob\"]}]",
		 "is not among those"},
		{"denied", "\"rules\":[{\"deny\":true,\"why\":\"never on a Wednesday\"}]",
		 "never on a Wednesday"},
	};
	struct pty *p = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *more[] = {"--speed", "60", "--config", NULL, NULL};
		char text[400];

		snprintf(text, sizeof(text), "{\"actions\":{%s}}", cases[i].actions);
		more[3] = scratch_write("config.json", str_from(text), 0600);
		program_begin(p, 30, 110, more, NULL);
		assert_true(pty_wait_text(p, "1 Cost"));
		open_form(p, "sql atlas-audit", "service objective");
		pty_send(p, ENTER "S3");
		program_press(p, ENTER, "S3");
		pty_send(p, ENTER);
		check_case(cases[i].name, pty_wait_text(p, cases[i].says));
		program_press(p, "r", "there is no plan yet");
		pty_send(p, "q");
		program_ends(p, 0);
		pty_stop(p);
	}
}

/* Where actions are switched off the deck only looks. */
static void test_off(void **state)
{
	const char *more[] = {"--speed", "60", "--config", NULL, NULL};
	struct pty *p = *state;

	more[3] = scratch_write("config.json", STR("{\"actions\":{\"off\":true}}"), 0600);
	program_begin(p, 30, 110, more, NULL);
	assert_true(pty_wait_text(p, "1 Cost"));
	program_press(p, ":sql atlas-audit" ENTER, "1 of ");
	program_press(p, "x", "this azdeck is read-only");
	pty_send(p, "q");
	program_ends(p, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_there_and_back), PROGRAM_TEST(test_two_inputs),
		PROGRAM_TEST(test_second_person),  PROGRAM_TEST(test_no_right),
		PROGRAM_TEST(test_rules),	   PROGRAM_TEST(test_off),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
