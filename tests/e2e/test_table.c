/* A board full screen: moving, sorting, filtering, a row's detail. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>

static int rows_of(struct pty *p)
{
	int at, of;

	assert_true(program_position(p, &at, &of));
	return of;
}

static void test_moves(void **state)
{
	static const struct {
		const char *keys;
		int to; /* 0: the last row */
	} steps[] = {
		{"j", 2},      {DOWN, 3},    {"k", 2},	     {UP, 1},	{"kj", 2},
		{UP UP UP, 1}, {END, 0},     {"jk", -1},     {HOME, 1}, {"G", 0},
		{"g", 1},      {"jjjjj", 6}, {"kkkkkkk", 1},
	};
	struct pty *p = *state;
	int last, page;

	program_start_table(p);
	pty_resize(p, 24, 80);
	program_press_to(p, HOME, 1);
	last = rows_of(p);
	assert_true(last > 20);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		program_press_to(p, steps[i].keys,
				 steps[i].to > 0 ? steps[i].to : last + steps[i].to);
	page = program_press_moves(p, PAGE_DOWN);
	assert_true(page > 5 && page <= 24);
	program_press_to(p, PAGE_UP, 1);
	program_press_to(p, " ", page);
	program_press_to(p, PAGE_DOWN PAGE_DOWN, last);
}

/* More keys than rows in one write: none is lost, none is too many, and not each is
 * drawn. */
static void test_flood(void **state)
{
	struct pty *p = *state;
	char keys[401];
	size_t bytes;
	int last;

	program_start_table(p);
	last = rows_of(p);
	memset(keys, 'j', 200);
	keys[200] = '\0';
	pty_wait_quiet(p, 100);
	bytes = p->bytes;
	program_press_to(p, keys, last);
	pty_wait_quiet(p, 100);
	assert_true(p->bytes - bytes <= 2048);
	memset(keys, 'k', (size_t)last - 3);
	keys[last - 3] = '\0';
	program_press_to(p, keys, 3);
}

/* A line that takes nothing for a while: keys go on, frames are left out. */
static void test_slow_line(void **state)
{
	struct pty *p = *state;
	size_t bytes;

	program_start_table(p);
	pty_wait_quiet(p, 100);
	bytes = p->bytes;
	tcflow(p->slave, TCOOFF);
	for (int i = 0; i < 20; i++) {
		pty_send(p, "j");
		pty_read(p, 5);
	}
	assert_int_equal(p->bytes - bytes, 0);
	tcflow(p->slave, TCOON);
	program_press_to(p, "", 21);
	pty_wait_quiet(p, 100);
	assert_true(p->bytes - bytes <= 1024);
}

/* Column `column` of the copied table, line by line, in order as `is_after` sees it. */
static size_t check_order(const char *table, size_t column,
			  bool (*is_after)(struct str a, struct str b))
{
	struct str rest = str_from(table), line, last = {0};
	size_t n = 0;

	assert_true(str_next(&rest, '\n', &line));
	while (str_next(&rest, '\n', &line)) {
		struct str cell = {0};

		if (line.n == 0)
			continue;
		for (size_t i = 0; i <= column; i++)
			assert_true(str_next(&line, '\t', &cell));
		if (last.p && is_after(last, cell))
			fail_msg("%.*s comes before %.*s", STR_ARG(last), STR_ARG(cell));
		last = cell;
		n++;
	}
	return n;
}

static bool is_later(struct str a, struct str b)
{
	return str_cmp(a, b) > 0;
}

static bool is_earlier(struct str a, struct str b)
{
	return str_cmp(a, b) < 0;
}

/* Figures; what is unknown stands last. */
static bool is_smaller(struct str a, struct str b)
{
	double x, y;
	bool has_x = str_to_f64(str_sub(a, 0, a.n - (str_ends(a, STR("%")) ? 1 : 0)), &x);
	bool has_y = str_to_f64(str_sub(b, 0, b.n - (str_ends(b, STR("%")) ? 1 : 0)), &y);

	return has_y && (!has_x || x < y);
}

static size_t column_of(const char *table, const char *title)
{
	struct str rest = str_from(table), line, cell;
	size_t i = 0;

	assert_true(str_next(&rest, '\n', &line));
	while (str_next(&line, '\t', &cell)) {
		if (str_eq(cell, str_from(title)))
			return i;
		i++;
	}
	fail_msg("no column %s in: %.80s", title, table);
	return 0;
}

static void test_sorts(void **state)
{
	struct pty *p = *state;
	char *table;
	size_t n;

	program_start_table(p);
	n = (size_t)rows_of(p);
	pty_send(p, "s");
	table = program_copy(p, "Y");
	assert_int_equal(check_order(table, 0, is_later), n);
	free(table);
	pty_send(p, "r");
	table = program_copy(p, "Y");
	assert_int_equal(check_order(table, 0, is_earlier), n);
	free(table);
	pty_send(p, ":sort -cpu" ENTER);
	table = program_copy(p, "Y");
	assert_int_equal(check_order(table, column_of(table, "CPU"), is_smaller), n);
	free(table);
	program_press(p, ":sort nothing" ENTER, "no column 'nothing'");
}

static void test_filters(void **state)
{
	struct pty *p = *state;
	char count[40];
	int all, at, again;

	program_start_table(p);
	all = rows_of(p);
	snprintf(count, sizeof(count), "1 of %d rows", all);
	program_press(p, "/telemetry", count); /* while it is typed */
	assert_false(pty_has(p, "qodex-core"));
	assert_true(pty_has(p, "telemetry-archive"));
	snprintf(count, sizeof(count), "1 of %d", all);
	program_press(p, ENTER, count);
	program_press(p, ESCAPE, "qodex-core"); /* all rows, and what was found */
	program_press_to(p, HOME, 1);
	at = program_press_moves(p, ":sort name" ENTER "n");
	program_press_to(p, HOME, 1);
	program_press_to(p, "n", at);

	program_press(p, "/tenant" ENTER, "qodex-tenant-a");
	program_press(p, ESCAPE, "feature-flags");
	program_press_to(p, HOME, 1);
	at = program_press_moves(p, "n");
	again = program_press_moves(p, "n");
	assert_true(again > at && at > 1);
	program_press_to(p, "N", at);
	assert_true(program_press_moves(p, "N") > again); /* round the end */

	snprintf(count, sizeof(count), "0 of %d", all);
	program_press(p, "/no-such-thing" ENTER, count);
	assert_true(pty_has(p, "no rows match"));
	program_press(p, ESCAPE, "atlas-audit");
	program_press_away(p, "/paused", "feature-flags");
	program_press(p, ESCAPE, "feature-flags"); /* left, not kept */
}

static void test_bad_filters(void **state)
{
	struct pty *p = *state;

	program_start_table(p);
	program_press(p, ":filter /(/" ENTER, "filter: /(/: ");
	assert_true(pty_has(p, "feature-flags")); /* nothing is filtered away */
	program_press(p, ":filter name:/^atlas-o/" ENTER, "atlas-orders");
	assert_true(pty_wait_gone(p, "feature-flags"));
}

static void test_detail(void **state)
{
	struct pty *p = *state;
	char *row;

	program_start_table(p);
	program_press(p, "/telemetry" ENTER, "telemetry-archive");
	assert_true(pty_wait_gone(p, "atlas-catalog"));
	program_press(p, ENTER, "About this board");
	assert_true(pty_has(p, "Inaccessible"));
	assert_true(pty_has(p, "what to do"));
	program_press(p, "v", "\"properties\": {");
	assert_true(pty_has(p, "\"status\": \"Inaccessible\""));
	row = program_copy(p, "y");
	assert_true(strstr(row, "\"telemetry-archive\"") != NULL);
	free(row);
	program_press(p, END, "Microsoft.Sql/servers/databases");
	program_press(p, "v", "About this board");
	program_press_away(p, ESCAPE, "About this board");
	program_press(p, ESCAPE, "atlas-audit");
}

/* From row to row without going back. */
static void test_detail_walks(void **state)
{
	struct pty *p = *state;

	program_start_table(p);
	program_press(p, ":sort name" ENTER HOME ENTER, "About this board");
	assert_true(pty_wait_text(p, "atlas-audit  SQL databases"));
	program_press(p, RIGHT, "atlas-billing  SQL databases");
	program_press(p, LEFT, "atlas-audit  SQL databases");
	program_press(p, "z", "feature-flags"); /* the board behind it */
	program_press(p, ESCAPE, "About this board");
	program_press(p, "0", "Disaster recovery");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_moves),     PROGRAM_TEST(test_flood),
		PROGRAM_TEST(test_slow_line), PROGRAM_TEST(test_sorts),
		PROGRAM_TEST(test_filters),   PROGRAM_TEST(test_bad_filters),
		PROGRAM_TEST(test_detail),    PROGRAM_TEST(test_detail_walks),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
