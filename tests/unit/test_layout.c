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

static void test_share(void **state)
{
	static const struct {
		const char *name;
		int needs[4], left, right; /* lines of the upper panes of 58 */
	} rows[] = {
		{"nothing known: halves", {-1, -1, -1, -1}, 29, 29},
		{"all fit: halves", {20, 29, 29, 12}, 29, 29},
		{"none fits: halves", {40, 50, 30, 31}, 29, 29},
		{"the lower one has lines to spare", {37, 60, 21, 25}, 37, 33},
		{"so has the upper one", {10, 29, 40, 29}, 20, 29},
		{"never less than a third", {90, 1, 1, 90}, 38, 20},
	};
	struct rect area = {.w = 200, .h = 58};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct layout layout = layout_panes(area, 4, 0);
		struct layout_split split = {0};

		layout_share(&layout, area, rows[i].needs, 4, &split);
		check_case(rows[i].name, layout.at[0].h == rows[i].left);
		check_case(rows[i].name, layout.at[1].h == rows[i].right);
		check_shown(rows[i].name, &layout, area.w, area.h, 0);
	}
}

/* Rows come and go by ones and twos: the line between the panes stays. */
static void test_share_stays(void **state)
{
	static const struct {
		const char *name;
		int needs[4], upper, h;
	} steps[] = {
		{"a split", {37, 29, 15, 29}, 37, 58},
		{"some rows less", {34, 29, 15, 29}, 37, 58},
		{"a board is fetched anew", {-1, 29, 15, 29}, 37, 58},
		{"many less", {30, 29, 15, 29}, 30, 58},
		{"another size begins anew", {34, 29, 15, 29}, 23, 38},
	};
	struct layout_split split = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct rect area = {.w = 200, .h = steps[i].h};
		struct layout layout = layout_panes(area, 4, 0);

		layout_share(&layout, area, steps[i].needs, 4, &split);
		check_case(steps[i].name, layout.at[0].h == steps[i].upper);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_share_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
