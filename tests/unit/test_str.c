/* Slices: finding, cutting, comparing and numbers. */
#include "unit/check.h"

static void numbers(void **state)
{
	static const struct {
		const char *text;
		bool is_whole, is_real;
		int64_t whole;
		double real;
	} cases[] = {
		{"0", true, true, 0, 0},
		{"-12", true, true, -12, -12},
		{"+7", true, true, 7, 7},
		{"9223372036854775807", true, true, INT64_MAX, 9223372036854775807.0},
		{"-9223372036854775808", true, true, INT64_MIN, -9223372036854775808.0},
		{"9223372036854775808", false, true, 0, 9223372036854775808.0},
		{"1.5", false, true, 0, 1.5},
		{"7E-06", false, true, 0, 7e-6},
		{"", false, false, 0, 0},
		{"-", false, false, 0, 0},
		{" 1", false, false, 0, 0},
		{"1 ", false, false, 0, 0},
		{"0x10", false, false, 0, 0},
		{"nan", false, false, 0, 0},
		{"1e999", false, false, 0, 0},
		{"12a", false, false, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s = str_from(cases[i].text);
		int64_t whole = 0;
		double real = 0;

		check_case(cases[i].text, str_to_i64(s, &whole) == cases[i].is_whole);
		check_case(cases[i].text, whole == cases[i].whole);
		check_case(cases[i].text, str_to_f64(s, &real) == cases[i].is_real);
		check_case(cases[i].text, real == cases[i].real);
	}
}

static void parts_come_one_by_one(void **state)
{
	struct str rest = STR("a,,b,"), part;
	static const char *const want[] = {"a", "", "b", ""};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_true(str_next(&rest, ',', &part));
		check_text("part", part, want[i]);
	}
	assert_false(str_next(&rest, ',', &part));
}

static void finding_and_cutting(void **state)
{
	struct str s = STR("resourceGroups/rg-atlas");

	(void)state;
	assert_int_equal(str_find(s, STR("rg-")), 15);
	assert_int_equal(str_find(s, STR("none")), -1);
	assert_int_equal(str_find(s, STR("")), 0);
	assert_int_equal(str_find((struct str){0}, STR("x")), -1);
	assert_int_equal(str_find_char(s, '/'), 14);
	assert_true(str_starts(s, STR("resource")));
	assert_false(str_starts(STR("re"), STR("resource")));
	assert_true(str_starts_nocase(s, STR("RESOURCEgroups")));
	assert_true(str_ends(s, STR("atlas")));
	assert_true(str_eq_nocase(STR("Atlas"), STR("aTLAS")));
	assert_false(str_eq(STR("Atlas"), STR("atlas")));
	check_text("sub past the end", str_sub(s, 100, 5), "");
	check_text("sub clipped", str_sub(s, 15, 100), "rg-atlas");
	check_text("trim", str_trim(STR(" \t a b \r\n")), "a b");
	check_text("trim blank", str_trim(STR("   ")), "");
}

static void order_is_by_bytes_then_length(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_int_equal(str_cmp((struct str){0}, STR("")), 0);
	assert_true(str_hash(STR("")) == 14695981039346656037u);
	assert_true(str_hash(STR("a")) == 0xaf63dc4c8601ec8cu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(parts_come_one_by_one),
		cmocka_unit_test(finding_and_cutting),
		cmocka_unit_test(order_is_by_bytes_then_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
