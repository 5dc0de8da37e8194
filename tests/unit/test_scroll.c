/* Which rows have moved. A screen is written as a letter a row; '.' is a blank row. */
#include "unit/check.h"

#include "tui/scroll.h"

static struct grid *screen(const char *rows)
{
	struct grid *grid = grid_new(20, (int)strlen(rows));
	struct surface s = grid_surface(grid);

	for (int y = 0; rows[y]; y++) {
		if (rows[y] != '.')
			surface_printf(&s, 0, y, ROLE_TEXT, "row %c", rows[y]);
	}
	return grid;
}

static void test_find(void **state)
{
	static const struct {
		const char *name, *was, *now;
		int top, bottom, by; /* by 0: none */
	} cases[] = {
		{"nothing", "habcdefghs", "habcdefghs", 0, 0, 0},
		{"one up", "habcdefghs", "hbcdefghis", 1, 8, 1},
		{"one down", "hbcdefghis", "habcdefghs", 1, 8, -1},
		{"three up", "habcdefghs", "hdefghijks", 1, 8, 3},
		{"all of it", "abcdefgh", "bcdefghi", 0, 7, 1},
		{"another page", "habcdefghs", "hijklmnops", 0, 0, 0},
		{"too few to pay", "habcs", "hbcds", 0, 0, 0},
		{"one row more", "habcds", "hbcdes", 0, 0, 0},
		{"that pays", "habcdes", "hbcdefs", 1, 5, 1},
		{"rows that changed meanwhile", "habcdefghijs", "hbcXefghYjks", 1, 10, 1},
		{"a row goes, the others come up", "habcdefghijs", "habdefghij.s", 3, 10,
		 1},
		{"a row comes in", "habcdefghi.s", "habXcdefghis", 3, 10, -1},
		{"blank rows have not moved", "a........s", "b........s", 0, 0, 0},
		{"the same row over and over", "xxxxxxxxxx", "xxxxxxxxxx", 0, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *was = screen(cases[i].was), *now = screen(cases[i].now);
		struct scroll got = {0};
		bool found = scroll_find(was, now, &got);

		if (found != (cases[i].by != 0) || got.by != cases[i].by ||
		    got.top != cases[i].top || got.bottom != cases[i].bottom)
			fail_msg("case \"%s\": %d, rows %d to %d by %d", cases[i].name,
				 found, got.top, got.bottom, got.by);
		grid_free(was);
		grid_free(now);
	}
}

/* What the grid holds after the same move; what comes in is like nothing. */
static void test_grid(void **state)
{
	static const struct {
		const char *was, *want; /* '?': like nothing */
		int top, bottom, by;
	} cases[] = {
		{"abcdef", "acd?ef", 1, 3, 1},	{"abcdef", "a?bcef", 1, 3, -1},
		{"abcdef", "cdef??", 0, 5, 2},	{"abcdef", "??abcd", 0, 5, -2},
		{"abcdef", "a???ef", 1, 3, 3},	{"abcdef", "a???ef", 1, 3, 9},
		{"abcdef", "a???ef", 1, 3, -9},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *grid = screen(cases[i].was);

		grid_scroll(grid, cases[i].top, cases[i].bottom, cases[i].by);
		for (int y = 0; y < 6; y++) {
			const struct glyph *g = grid_at(grid, 4, y);

			check_case(cases[i].want,
				   cases[i].want[y] == '?'
					   ? g->flags == UINT8_MAX
					   : g->bytes[0] == cases[i].want[y]);
		}
		grid_free(grid);
	}
}

static void test_sizes(void **state)
{
	struct grid *a = grid_new(20, 10), *b = grid_new(20, 9), *c = grid_new(21, 10);
	struct grid *tall = grid_new(2, 1000), *other = grid_new(2, 1000);
	struct surface s = grid_surface(other);
	struct scroll got;

	(void)state;
	surface_fill(&s, 0, 0, 2, 1000, ROLE_CRIT);
	assert_false(scroll_find(a, b, &got));
	assert_false(scroll_find(a, c, &got));
	assert_false(scroll_find(tall, other, &got));
	grid_free(a);
	grid_free(b);
	grid_free(c);
	grid_free(tall);
	grid_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_grid),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
