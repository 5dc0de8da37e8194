/* The schedule of accidents and the days off behind the simulator's costs. */
#include "unit/check.h"

#include <math.h>

#include "base/timefmt.h"
#include "sim/cost/cost_accident.h"
#include "sim/holiday.h"

static int64_t day_of(int year, int month, int day)
{
	struct utc t = {.year = year, .month = month, .day = day};

	return utc_to_ms(&t) / DAY_MS;
}

static void test_holidays(void **state)
{
	static const struct {
		const char *name;
		int year, month, day;
		bool is_off;
	} cases[] = {
		{"new year", 2026, 1, 1, true},
		{"Good Friday 2026", 2026, 4, 3, true},
		{"Easter Monday 2026", 2026, 4, 6, true},
		{"Easter Monday 2025", 2025, 4, 21, true},
		{"Easter Monday 2027", 2027, 3, 29, true},
		{"Easter Monday 2038, the latest there is", 2038, 4, 26, true},
		{"Ascension 2026", 2026, 5, 14, true},
		{"Whit Monday 2026", 2026, 5, 25, true},
		{"a second day of Christmas", 2026, 12, 26, true},
		{"the day after", 2026, 12, 27, false},
		{"a Wednesday in March", 2026, 3, 11, false},
		{"a Tuesday after Easter", 2026, 4, 7, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(cases[i].name,
			   holiday_is(day_of(cases[i].year, cases[i].month,
					     cases[i].day)) == cases[i].is_off);
}

/* What the labels say is what the costs do, and nothing else is done to them. */
static void test_labels_are_the_truth(void **state)
{
	static bool is_labelled[64][400];
	const int64_t first = day_of(2026, 1, 1);
	unsigned kinds[ACCIDENT_VANISHED + 1] = {0};
	struct accident a;

	(void)state;
	for (uint64_t seed = 1; seed < 5; seed++) {
		memset(is_labelled, 0, sizeof(is_labelled));
		for (int64_t b = first / ACCIDENT_BLOCK_DAYS - 6;
		     b * ACCIDENT_BLOCK_DAYS < first + 400; b++) {
			if (!accident_at(seed, b, &a))
				continue;
			kinds[a.kind]++;
			assert_true(a.end > a.day);
			assert_true(a.end - a.day <= ACCIDENT_MAX_DAYS);
			assert_true(accident_can_hit(&cost_lines[a.line]));
			for (int64_t d = a.day; d < a.end; d++)
				if (d >= first && d < first + 400)
					is_labelled[a.line][d - first] = true;
		}
		for (size_t k = 0; k < cost_n_lines; k++)
			for (int i = 0; i < 400; i++) {
				bool is_guest = cost_lines[k].shape == COST_GUEST;
				double usual = is_guest ? 0 : 1;
				double factor = accident_factor(seed, k, first + i);

				assert_int_equal(factor != usual, is_labelled[k][i]);
			}
	}
	for (size_t k = 0; k <= ACCIDENT_VANISHED; k++)
		check_case(accident_kind_name((enum accident_kind)k), kinds[k] > 3);
}

static void test_costs_follow(void **state)
{
	struct world w = {.seed = 3};
	struct accident a;
	int n = 0;

	(void)state;
	for (int64_t b = 2040; b < 2080; b++) {
		if (!accident_at(w.seed, b, &a))
			continue;
		double during = 0, before = 0;
		const struct cost_line *line = &cost_lines[a.line];

		during = (double)cost_whole_day(&w, line, a.end - 1) / 1e6;
		for (int i = 1; i < 29; i++)
			before += (double)cost_whole_day(&w, line, a.day - i) / 28e6;
		if (a.kind == ACCIDENT_NEW)
			assert_true(before == 0 && during > 5);
		else if (a.kind == ACCIDENT_VANISHED)
			assert_true(before > 2 && during == 0);
		else
			assert_true(during > 0);
		n++;
	}
	assert_in_range(n, 15, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holidays),
		cmocka_unit_test(test_labels_are_the_truth),
		cmocka_unit_test(test_costs_follow),
	};

	return cmocka_run_group_tests_name("sim_accident", tests, NULL, NULL);
}
