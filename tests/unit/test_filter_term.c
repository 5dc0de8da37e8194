/* A regex that costs too much costs it once: what comes after a text that was given
 * up gets less, and what is cheap is still found. */
#include "board_fixture.h"

#include "board/filter_term.h"

static void test_a_hard_text_is_paid_once(void **state)
{
	static const char middling[] = "aaaaaaaaaaaaaaaa ab";
	static const char hard[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"n\",\"title\":\"N\",\"value\":\"n\"}"));
	struct str text = STR("/(a|aa)+[bc]/");
	struct filter_range range;
	struct filter_term term;
	struct err err;

	(void)state;
	assert_true(filter_term_parse(&term, &text, def, &err));
	assert_true(filter_term_find(&term, STR(middling), 0, &range));
	assert_int_equal(range.at, 17);
	assert_false(filter_term_find(&term, STR(hard), 0, &range));
	assert_false(filter_term_find(&term, STR(middling), 0, &range));
	assert_true(filter_term_find(&term, STR("ab"), 0, &range));
	filter_term_fini(&term);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_hard_text_is_paid_once),
	};

	return cmocka_run_group_tests_name("filter_term", tests, NULL, NULL);
}
