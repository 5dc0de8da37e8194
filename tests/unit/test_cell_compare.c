/* The order of cells: texts as people count, numbers, ages and series. */
#include "board_fixture.h"

static void test_texts(void **state)
{
	/* Each is before the next. */
	static const char *const order[] = {
		"",
		"-x",
		"1",
		"01a",
		"2",
		"10",
		"a",
		"A1",

		"a2",
		"a2b",
		"a10",
		"a10-2",
		"a10-10",
		"B",
		"b-1",
		"b0001",
		"node",
		"node9",
		"node10",
		"node10a",
		"nodes",
		"z99999999999999999999",
		"z100000000000000000000",
	};
	size_t n = sizeof(order) / sizeof(order[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			int got = text_compare(order[i], order[k]);
			int want = (i > k) - (i < k);

			if ((got > 0) - (got < 0) != want)
				fail_msg("\"%s\" and \"%s\": %d", order[i], order[k],
					 got);
		}
	}
	assert_int_equal(text_compare("Same", "same"), 0);
	assert_int_equal(text_compare("db-01", "db-1"), 0);
}

static void test_numbers(void **state)
{
	struct column number = {.type = CELL_NUMBER}, age = {.type = CELL_AGE};
	struct column series = {.type = CELL_SERIES};
	float up[] = {1, 5}, down[] = {9, 2};
	struct cell small = {.number = -2, .text = "", .series = up, .series_n = 2};
	struct cell large = {.number = 10, .text = "", .series = down, .series_n = 2};

	(void)state;
	assert_true(cell_compare(&number, &small, &large) < 0);
	assert_true(cell_compare(&number, &large, &small) > 0);
	assert_int_equal(cell_compare(&number, &large, &large), 0);
	/* The earlier moment is the greater age. */
	assert_true(cell_compare(&age, &small, &large) > 0);
	/* A series by its last point. */
	assert_true(cell_compare(&series, &small, &large) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests_name("cell_compare", tests, NULL, NULL);
}
