/* Every action that ships, in the deck: found at its row, filled in, planned, confirmed by
 * its name (where it needs a second person, once that one has approved), run to its end and
 * seen to have helped; then back by the plan of what undoes it. What each is tried with is
 * tests/unit/action_trials.txt; four programs take a quarter of them each. */
#include "e2e/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "act/action.h"
#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { ROWS = 60, COLS = 150, FIELDS = 6, LANES = 4, RUN_MS = 60000 };

#define SPEED  "200"
#define WORKED "it is done, and what was hoped for is to be seen"

struct trial {
	const char
		*field[FIELDS]; /* action, target, which, inputs, before, hours later */
};

static struct actions *actions;

static const struct action *action_of(const char *name)
{
	const struct action *action = actions_find(actions, str_from(name));

	if (!action)
		fail_msg("there is no action %s", name);
	return action;
}

/* Until one of the two is there, a run's own time long; false: the other. */
static bool comes(struct pty *p, const char *text, const char *other)
{
	int64_t until = clock_mono_us() + (int64_t)RUN_MS * 1000;

	while (!pty_has(p, text)) {
		if ((other && pty_has(p, other)) || clock_mono_us() > until)
			return false;
		pty_read(p, 50);
	}
	return true;
}

static void must_come(struct pty *p, const char *text)
{
	if (!comes(p, text, NULL)) {
		pty_print(p, text);
		fail_msg("it did not come: %s", text);
	}
}

/* The board with this row alone. */
static void open_row(struct pty *p, const struct trial *t, const struct action *action)
{
	char line[200];

	program_press(p, "0", "1 Cost");
	program_press(p, ":", "a command, or a board");
	snprintf(line, sizeof(line), "%s %s:/^%s$/ %s" ENTER, action->board,
		 action->target, t->field[1], t->field[2]);
	pty_send(p, line);
	must_come(p, "1 of ");
}

/* Of what can be done to the row, that one: those that are for the row stand first, so it is
 * looked for by its title. */
static void choose(struct pty *p, const struct action *action)
{
	size_t n = 0;

	program_press(p, "x", "What can be done to");
	pty_send(p, HOME);
	for (size_t i = 0; i < actions_size(actions); i++)
		n += strcmp(actions_at(actions, i)->board, action->board) == 0;
	assert_true(pty_wait_text(p, action->title));
	for (size_t i = 0; i < n && !pty_has(p, "Make the plan"); i++) {
		char title[160];

		snprintf(title, sizeof(title), "%s: ", action->title);
		pty_send(p, ENTER);
		pty_wait_quiet(p, 100);
		if (pty_has(p, "Make the plan") && !pty_has(p, title)) {
			program_press(p, ESCAPE, "What can be done to");
			pty_send(p, DOWN);
		} else if (!pty_has(p, "Make the plan")) {
			pty_send(p, DOWN);
		}
		pty_wait_quiet(p, 50);
	}
	assert_true(pty_wait_text(p, "Make the plan"));
}

static size_t place_of(const struct action *action, struct str name)
{
	for (size_t i = 0; i < action->n_inputs; i++) {
		if (str_eq(str_from(action->inputs[i].name), name))
			return i + 1;
	}
	fail_msg("%s has no input %.*s", action->name, STR_ARG(name));
	return 0;
}

/* "name=value name=value", each into its field. */
static void fill_in(struct pty *p, const struct action *action, const char *inputs)
{
	char *copy = xstrdup(inputs), *rest = copy, *word;

	while ((word = strsep(&rest, " "))) {
		char *value = strchr(word, '=');

		if (!value)
			continue;
		*value++ = '\0';
		pty_send(p, HOME);
		for (size_t i = place_of(action, str_from(word)); i > 0; i--)
			pty_send(p, DOWN);
		pty_send(p, ENTER CTRL_A CTRL_K);
		pty_send(p, value);
		program_press(p, ENTER, value);
	}
	free(copy);
	pty_send(p, HOME ENTER);
}

/* What the prompt asks for is typed. */
static void confirm(struct pty *p)
{
	struct strbuf text;
	char name[120] = "", line[140];
	const char *at;

	assert_true(pty_wait_text(p, " to RUN it"));
	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	at = strstr(text.p, " to RUN it");
	while (at > text.p && strncmp(at, "type ", 5) != 0)
		at--;
	sscanf(at, "type %119s", name);
	strbuf_fini(&text);
	snprintf(line, sizeof(line), "%s" ENTER, name);
	pty_send(p, line);
}

/* From the plan on the screen to its end. */
static void run(struct pty *p)
{
	must_come(p, "WHAT WILL BE SENT");
	if (pty_has(p, "A second person approves it")) {
		pty_send(p, "p");
		must_come(p, "may be run");
	}
	pty_send(p, "r");
	confirm(p);
	must_come(p, WORKED);
}

static void act(struct pty *p, const struct trial *t, const struct action *action,
		const char *inputs)
{
	open_row(p, t, action);
	choose(p, action);
	fill_in(p, action, inputs);
	run(p);
}

static void do_first(struct pty *p, const struct trial *t)
{
	char *copy = xstrdup(t->field[4]), *rest = copy, *name;

	while ((name = strsep(&rest, " "))) {
		if (name[0])
			act(p, t, action_of(name), "");
	}
	free(copy);
}

static void test_there_and_back(void **state)
{
	const struct trial *t = *state;
	const struct action *action = action_of(t->field[0]);
	struct pty *p;
	char at[40];
	const char *const more[] = {"--speed", SPEED, "--at", at, NULL};

	program_set_up((void **)&p);
	snprintf(at, sizeof(at), "2026-03-11T%02d:20:30Z", 10 + atoi(t->field[5]));
	program_begin(p, ROWS, COLS, more, NULL);
	assert_true(pty_wait_text(p, "1 Cost"));
	do_first(p, t);
	act(p, t, action, t->field[3]);
	if (action->undo.action) {
		program_press_away(p, "U", WORKED);
		run(p);
	}
	program_tear_down((void **)&p);
}

static size_t read_trials(struct trial *trials, size_t most)
{
	const char *dir = getenv("AZ_SRCDIR");
	struct strbuf path, text;
	struct err err;
	char *rest, *line;
	size_t n = 0;

	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&path, "%s/tests/unit/action_trials.txt", dir ? dir : ".");
	if (!file_read(path.p, &text, &err))
		fail_msg("%s", err.text);
	rest = strbuf_take(&text);
	while ((line = strsep(&rest, "\n")) && n < most) {
		if (!line[0] || line[0] == '#')
			continue;
		for (size_t i = 0; i < FIELDS; i++) {
			char *field = strsep(&line, "|");

			trials[n].field[i] = field ? field : "";
		}
		n++;
	}
	strbuf_fini(&path);
	return n;
}

int main(void)
{
	static struct trial trials[100];
	static struct CMUnitTest tests[100];
	const char *name = program_invocation_short_name;
	size_t lane = (size_t)(name[strlen(name) - 1] - '1') % LANES, n = 0;
	size_t n_trials = read_trials(trials, COUNT(trials));

	if (getenv("AZ_VARIANT")) {
		puts("1..0 # SKIP once is enough: the runs are tried under sanitizers "
		     "from outside");
		return 0;
	}
	actions = actions_new();
	for (size_t i = lane; i < n_trials; i += LANES)
		tests[n++] = (struct CMUnitTest){.name = trials[i].field[0],
						 .test_func = test_there_and_back,
						 .initial_state = &trials[i]};
	return _cmocka_run_group_tests("actions in the deck", tests, n, NULL, NULL);
}
