/* The words for severities and cell types read back. */
#include "check.h"

#include "board/board.h"

static void test_names_read_back(void **state)
{
	(void)state;
	for (int i = SEV_NONE; i <= SEV_CRIT; i++) {
		enum severity sev = SEV_NONE;

		assert_true(
			severity_find(str_from(severity_name((enum severity)i)), &sev));
		assert_int_equal(sev, i);
	}
	for (int i = CELL_TEXT; i <= CELL_SERIES; i++) {
		enum cell_type type = CELL_TEXT;

		assert_true(cell_type_find(str_from(cell_type_name((enum cell_type)i)),
					   &type));
		assert_int_equal(type, i);
	}
}

static void test_others_are_refused(void **state)
{
	enum severity sev = SEV_WARN;
	enum cell_type type = CELL_MONEY;

	(void)state;
	assert_false(severity_find(STR("critical"), &sev));
	assert_false(severity_find(STR(""), &sev));
	assert_false(cell_type_find(STR("Text"), &type));
	assert_int_equal(sev, SEV_WARN);
	assert_int_equal(type, CELL_MONEY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_read_back),
		cmocka_unit_test(test_others_are_refused),
	};

	return cmocka_run_group_tests_name("severity", tests, NULL, NULL);
}
