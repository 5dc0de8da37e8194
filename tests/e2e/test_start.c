/* The program starts: every size looks alive, too small says so, and the way back. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>

static void check_panes(struct pty *p, const char *const *texts)
{
	for (size_t i = 0; texts[i]; i++)
		assert_true(pty_wait_text(p, texts[i]));
	assert_false(pty_has(p, "loading"));
}

static void test_sizes(void **state)
{
	static const struct {
		int rows, cols;
		const char *const texts[13];
	} sizes[] = {
		{40,
		 120,
		 {"critical", "DEMO", "UTC", "Cost", "this month", "SQL", "drift",
		  "Disaster recovery", "READINESS", "Agents", "queued", "Logs"}},
		{24,
		 80,
		 {"Qodex Breached", "DEMO", "Z", "Cost", "this month", "SQL", "drift",
		  "DR", "READINESS", "Agents", "queued", "Logs"}},
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		program_begin(*state, sizes[i].rows, sizes[i].cols, NULL, NULL);
		program_wait_live(*state);
		check_panes(*state, sizes[i].texts);
		pty_stop(*state);
	}
}

/* Forty columns hold one pane at a time. */
static void test_smallest(void **state)
{
	struct pty *p = *state;

	program_begin(p, 12, 40, NULL, NULL);
	assert_true(pty_wait_text(p, "budget-qodex"));
	assert_true(pty_has(p, "DEMO"));
	program_press(p, TAB, "atlas-audit");
	assert_false(pty_has(p, "budget-qodex"));
	program_press(p, TAB, "fog-qodex");
	program_press(p, TAB, "unmet demand");
	program_press(p, TAB, "storefront");
	program_press(p, TAB, "budget-qodex");
	program_press(p, SHIFT_TAB, "storefront");
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Lines of the screen that say anything. */
static int count_lines(struct pty *p)
{
	struct strbuf text;
	struct str rest, line;
	int n = 0;

	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	rest = strbuf_str(&text);
	while (str_next(&rest, '\n', &line))
		n += str_trim(line).n > 0;
	strbuf_fini(&text);
	return n;
}

static void test_too_small(void **state)
{
	static const struct {
		int rows, cols;
		const char *says;
	} sizes[] = {
		{12, 39, "azdeck needs 40x12"},
		{11, 40, "azdeck needs 40x12"},
		{11, 120, "this is 120x11"},
		{3, 200, "azdeck needs 40x12"},
		{1, 80, "azdeck needs 40x12"},
		{40, 12, "azdeck need"},
		{1, 1, "a"},
	};
	struct pty *p = *state;

	program_start_live(p);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		pty_resize(p, sizes[i].rows, sizes[i].cols);
		assert_true(pty_wait_text(p, sizes[i].says));
		assert_true(pty_wait_gone(p, "DEMO"));
		check_case(sizes[i].says, count_lines(p) == 1);
	}
	pty_resize(p, 24, 80);
	program_wait_live(p);
	assert_false(pty_has(p, "needs"));
	pty_resize(p, 1, 1);
	pty_send(p, "q");
	program_ends(p, 0);
}

/* The frame is there before anything is known, and says so. */
static void test_first_frame(void **state)
{
	struct pty *p = *state;

	program_begin(p, 40, 120, NULL, NULL);
	assert_true(pty_wait_raw(p, "Disaster recovery"));
	assert_true(str_find(strbuf_str(&p->raw), STR("\033[?1049h")) >= 0);
	assert_true(pty_wait_raw(p, "loading"));
	program_wait_live(p);
}

/* How often the UI thread went to sleep, or was sent to. */
static int64_t count_sleeps(struct pty *p)
{
	char path[64], line[128];
	int64_t n = 0, number;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", (int)p->pid, (int)p->pid);
	status = fopen(path, "r");
	assert_non_null(status);
	while (fgets(line, sizeof(line), status)) {
		struct str name, value = str_trim(str_from(line));

		if (str_next(&value, ':', &name) &&
		    str_ends(name, STR("ctxt_switches")) &&
		    str_to_i64(str_trim(value), &number))
			n += number;
	}
	fclose(status);
	assert_true(n > 0);
	return n;
}

/* Nothing changes: nothing is written, nobody wakes up. */
static void test_idle(void **state)
{
	struct pty *p = *state;
	int64_t sleeps;
	size_t bytes;

	program_start_live(p);
	pty_wait_quiet(p, 300);
	bytes = p->bytes;
	sleeps = count_sleeps(p);
	if (pty_read(p, 500))
		pty_print(p, "something moved");
	assert_int_equal(p->bytes - bytes, 0);
	assert_int_equal(count_sleeps(p) - sleeps, 0);
}

/* A terminal that says it takes synchronized frames gets them, whole ones. */
static void test_synchronized(void **state)
{
	struct pty *p = *state;
	size_t old;

	program_begin(p, 40, 120, NULL, NULL);
	p->takes_frames = false;
	program_wait_live(p);
	assert_true(pty_wait_raw(p, "\033[?2026$p")); /* asked */
	assert_int_equal(pty_mode(p, 2026), 0);
	pty_send(p, "\033[?2026;2$y");
	old = p->raw.n;
	program_press(p, "?", "keys and commands");
	pty_wait_quiet(p, 100);
	assert_true(str_starts(str_sub(strbuf_str(&p->raw), old, 8), STR("\033[?2026h")));
	assert_true(str_ends(strbuf_str(&p->raw), STR("\033[?2026l")));
	pty_send(p, "q");
	program_ends(p, 0);
}

static bool is_later(struct pty *p, const void *ctx)
{
	return pty_has(p, "UTC") && !pty_has(p, ctx);
}

/* Hours go by: every board is fetched again and again, and drawn. */
static void test_fast_clock(void **state)
{
	/* A token's hour is half a minute then: longer than a sanitizer takes to ask. */
	static const char *const args[] = {"--speed", "120", NULL};
	struct pty *p = *state;

	program_begin(p, 40, 120, args, NULL);
	assert_true(pty_wait_text(p, "UTC"));
	for (int i = 0; i < 8; i++) {
		char *screen = program_screen(p), *time = strstr(screen, " UTC");

		assert_non_null(time);
		time[4] = '\0';
		assert_true(pty_wait(p, is_later, time - 5, "the clock stands still"));
		free(screen);
	}
	assert_true(pty_wait_text(p, "budget-qodex"));
	assert_true(pty_wait_text(p, "fog-qodex"));
	pty_send(p, "q");
	program_ends(p, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_sizes),      PROGRAM_TEST(test_smallest),
		PROGRAM_TEST(test_too_small),  PROGRAM_TEST(test_first_frame),
		PROGRAM_TEST(test_idle),       PROGRAM_TEST(test_synchronized),
		PROGRAM_TEST(test_fast_clock),
	};

	return cmocka_run_group_tests_name("start", tests, NULL, NULL);
}
