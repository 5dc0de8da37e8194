/* Which columns of a board a width has room for, and how wide they are. */
#include "unit/check.h"

#include "tui/widget/columns.h"

/* A board as most are: a long name, a state, an age, where it is; then a long text and
 * a figure that only wide screens show. */
static const struct column columns[] = {
	{.name = "name", .type = CELL_TEXT, .priority = 1},
	{.name = "state", .type = CELL_STATE, .priority = 1},
	{.name = "since", .type = CELL_AGE, .priority = 2},
	{.name = "where", .type = CELL_TEXT, .priority = 2},
	{.name = "secret", .type = CELL_TEXT, .priority = 1, .is_hidden = true},
	{.name = "why", .type = CELL_TEXT, .priority = 3},
	{.name = "count", .type = CELL_NUMBER, .priority = 4},
};
static const int wanted[COLUMNS_MAX] = {50, 9, 7, 20, 10, 60, 6};
#define N	  (sizeof(columns) / sizeof(columns[0]))
#define NO_CURSOR N

static const struct {
	const char *name;
	int room;
	size_t cursor;
	int width[N]; /* 0: not there */
} cases[] = {
	{"what belongs there fits, the rest has what is left",
	 160,
	 NO_CURSOR,
	 {50, 9, 7, 20, 0, 60, 0}},
	{"wide: nobody gets more than it wants",
	 200,
	 NO_CURSOR,
	 {50, 9, 7, 20, 0, 60, 6}},
	{"120 columns: one long text does not hide the rest",
	 116,
	 NO_CURSOR,
	 {46, 9, 7, 20, 0, 26, 0}},
	{"80 columns: a long name leaves room for where", 76, NO_CURSOR, {34, 9, 7, 20}},
	{"narrower: the last text shrinks, what is over goes to the name",
	 60,
	 NO_CURSOR,
	 {26, 9, 7, 12}},
	{"40 columns: what matters most stays", 36, NO_CURSOR, {16, 9, 7}},
	{"the first is there even if nothing fits", 5, NO_CURSOR, {12}},
	{"the column of the cursor is there", 76, 6, {20, 9, 7, 12, 0, 12, 6}},
};

static void test_choose(void **state)
{
	const struct board_def def = {.columns = columns, .n_columns = N};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct columns out;
		int x = 4, n = 0;

		columns_choose(&def, wanted, x, cases[i].room, cases[i].cursor, &out);
		for (size_t c = 0; c < N; c++) {
			const struct column_place *place = &out.at[n];

			if (cases[i].width[c] == 0)
				continue;
			check_case(cases[i].name, (size_t)n < out.n);
			check_case(cases[i].name, place->index == c);
			check_case(cases[i].name, place->w == cases[i].width[c]);
			check_case(cases[i].name, place->x == x);
			x += place->w + 2;
			n++;
		}
		check_case(cases[i].name, out.n == (size_t)n);
		check_case(cases[i].name, out.n_hidden == N - 1 - out.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choose),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
