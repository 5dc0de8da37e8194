/* Where panes go at which size. */
#include "unit/check.h"

#include "tui/layout.h"

static const struct {
	const char *name;
	int w, h;
	int columns;
	bool is_tabbed;
} cases[] = {
	{"a large terminal: a grid", 200, 58, 2, false},
	{"80x24: still a grid", 80, 22, 2, false},
	{"narrow: one above the other", 60, 18, 1, false},
	{"wide but flat: tabs", 120, 8, 1, true},
	{"the smallest: tabs", 40, 10, 1, true},
};

static void check_shown(const char *name, const struct layout *layout, int w, int h,
			size_t focus)
{
	int cells = 0;

	for (size_t i = 0; i < 4; i++) {
		const struct rect *at = &layout->at[i];

		check_case(name, at->x >= 0 && at->y >= 0);
		check_case(name, at->x + at->w <= w && at->y + at->h <= h);
		check_case(name,
			   layout->is_tabbed ? (at->w > 0) == (i == focus) : at->w > 0);
		cells += at->w * at->h;
	}
	/* Nothing is lost but the dividers and the line of tabs. */
	check_case(name, cells == w * h - (layout->columns == 2 ? h : 0) -
					  (layout->is_tabbed ? w : 0));
}

static void test_layout(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rect area = {.w = cases[i].w, .h = cases[i].h};
		struct layout layout = layout_panes(area, 4, 2);

		check_case(cases[i].name, layout.columns == cases[i].columns);
		check_case(cases[i].name, layout.is_tabbed == cases[i].is_tabbed);
		check_shown(cases[i].name, &layout, area.w, area.h, 2);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_layout)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
