/* Days as stacked bars and a budget in one line, on a surface: what a reader makes out. */
#include "unit/check.h"

#include <math.h>

#include "tui/widget/outlook_bar.h"
#include "tui/widget/stack.h"

static const struct look fine = {0}, plain = {.is_ascii = true};

static void check_lines(const char *name, struct grid *grid, const char *want)
{
	struct strbuf got;

	strbuf_init(&got, 4096);
	grid_dump_text(grid, &got);
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void test_bars(void **state)
{
	static const struct {
		const char *name;
		const struct look *look;
		struct outlook_bar bar;
		const char *want;
	} cases[] = {
		{"half of it, on its way to 80 %",
		 &plain,
		 {50, 75, 80, 85, NULL, 0, SEV_OK},
		 "==========~~~~~::---\n"},
		{"the same, finer",
		 &fine,
		 {50, 75, 80, 85, NULL, 0, SEV_OK},
		 "━━━━━━━━━━╍╍╍╍╍░░───\n"},
		{"passed",
		 &plain,
		 {105, NAN, NAN, NAN, NULL, 0, SEV_CRIT},
		 "===================!\n"},
		{"it will pass: the scale goes on",
		 &plain,
		 {100, 125, 125, 125, NULL, 0, SEV_WARN},
		 "===============!~~~~\n"},
		{"nothing is known of what comes",
		 &plain,
		 {30, NAN, NAN, NAN, NULL, 0, SEV_OK},
		 "======--------------\n"},
		{"nothing at all",
		 &plain,
		 {NAN, NAN, NAN, NAN, NULL, 0, SEV_NONE},
		 "--------------------\n"},
		{"far out",
		 &plain,
		 {10, 900, 1000, 1100, NULL, 0, SEV_WARN},
		 "=~~~~~~~~!~~~~~~~~~~\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *grid = grid_new(20, 1);
		struct surface s = grid_surface(grid);

		outlook_bar_put(cases[i].look, &s, (struct rect){0, 0, 20, 1},
				&cases[i].bar);
		check_lines(cases[i].name, grid, cases[i].want);
		grid_free(grid);
	}
}

static void test_marks(void **state)
{
	static const float marks[] = {50, 80, 95, 100};
	struct grid *grid = grid_new(20, 2);
	struct surface s = grid_surface(grid);

	(void)state;
	outlook_bar_put(&plain, &s, (struct rect){0, 0, 20, 1},
			&(struct outlook_bar){60, NAN, NAN, NAN, marks, 4, SEV_OK});
	/* Too narrow for marks. */
	outlook_bar_put(&plain, &s, (struct rect){0, 1, 8, 1},
			&(struct outlook_bar){50, NAN, NAN, NAN, marks, 4, SEV_OK});
	check_lines("marks", grid, "=========#==---|--|-\n====----\n");
	grid_free(grid);
}

/* 2026-03-02 is a Monday. */
#define MONDAY INT64_C(20514)

static void test_stack(void **state)
{
	static const double a[] = {10, 20, 0, NAN, 20}, b[] = {10, 20, 10, -5, 0};
	static const struct stack_part parts[] = {{"a", a}, {"b", b}};
	static const struct stack_ahead ahead[] = {{10, 20, 30}, {NAN, NAN, NAN}};
	static const bool marked[] = {true, false, false, false, false};
	struct stack stack = {.first_day = MONDAY,
			      .n = 5,
			      .parts = parts,
			      .n_parts = 2,
			      .is_marked = marked,
			      .partial = 10,
			      .ahead = ahead,
			      .n_ahead = 2};
	struct grid *grid = grid_new(28, 5);
	struct surface s = grid_surface(grid);

	(void)state;
	stack_put(&plain, &s, &stack);
	check_lines("stacked, in ASCII", grid,
		    "    40    ==\n"
		    "       v  ==          ::\n"
		    "       == ##       ## --\n"
		    "       ## ## ==    ## ::\n"
		    "       2 Mar\n");
	surface_clear(&s, ROLE_TEXT);
	stack.n_parts = 1;
	stack.is_marked = NULL;
	stack.n_ahead = 0;
	stack.partial = NAN;
	stack_put(&fine, &s, &stack);
	check_lines("one part, in eighths", grid,
		    "    20     ███         ███\n"
		    "           ███         ███\n"
		    "       ███ ███         ███\n"
		    "       ███ ███         ███\n"
		    "       2 Mar\n");
	grid_free(grid);
}

/* What has no room is left out, and nothing is drawn outside. */
static void test_small(void **state)
{
	static const double a[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
				   11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
	static const struct stack_part parts[] = {{"a", a}};
	const struct stack stack = {.first_day = MONDAY,
				    .n = 20,
				    .parts = parts,
				    .n_parts = 1,
				    .partial = NAN};

	(void)state;
	for (int w = 1; w < 40; w++)
		for (int h = 1; h < 12; h++) {
			struct grid *grid = grid_new(w, h);
			struct surface s = grid_surface(grid);
			bool has_room = w >= 24 && h >= 3;

			stack_put(&fine, &s, &stack);
			/* The newest day is the highest, at the right. */
			if (has_room && w < 27)
				assert_string_equal(grid_at(grid, w - 1, 0)->bytes, "█");
			if (!has_room)
				assert_string_equal(grid_at(grid, w - 1, h - 1)->bytes,
						    "");
			grid_free(grid);
		}
	/* No days, and days of nothing. */
	for (size_t n = 0; n < 2; n++) {
		static const double none[] = {0};
		const struct stack_part part = {"none", none};
		struct grid *grid = grid_new(30, 6);
		struct surface s = grid_surface(grid);

		stack_put(&fine, &s,
			  &(struct stack){.first_day = MONDAY,
					  .n = n,
					  .parts = &part,
					  .n_parts = 1,
					  .partial = NAN});
		assert_string_equal(grid_at(grid, 10, 3)->bytes, "");
		grid_free(grid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_stack),
		cmocka_unit_test(test_small),
	};

	return cmocka_run_group_tests_name("stack", tests, NULL, NULL);
}
