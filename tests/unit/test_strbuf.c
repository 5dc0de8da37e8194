/* The capped text, with its invariants checked after every step. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/strbuf.h"

static void check_sane(const struct strbuf *sb)
{
	assert_non_null(sb->p);
	assert_int_equal(sb->p[sb->n], '\0');
	assert_true(sb->n <= sb->max);
	assert_true(sb->cap == 0 || sb->n < sb->cap);
}

static void text_grows_to_its_ceiling(void **state)
{
	struct strbuf sb;

	(void)state;
	strbuf_init(&sb, 200);
	check_sane(&sb);
	for (int i = 0; i < 20; i++) {
		strbuf_puts(&sb, "0123456789");
		check_sane(&sb);
	}
	assert_int_equal(sb.n, 200);
	assert_false(sb.overflow);
	strbuf_putc(&sb, 'x');
	assert_true(sb.overflow);
	assert_int_equal(sb.n, 200);
	strbuf_cut(&sb, 3);
	strbuf_putc(&sb, 'x');
	assert_int_equal(sb.n, 3);
	strbuf_reset(&sb);
	check_sane(&sb);
	strbuf_puts(&sb, "again");
	check_text("after reset", strbuf_str(&sb), "again");
	strbuf_fini(&sb);
	check_sane(&sb);
	strbuf_fini(&sb);
}

static void formats_short_and_long(void **state)
{
	struct strbuf sb;

	(void)state;
	strbuf_init(&sb, 2000);
	strbuf_printf(&sb, "%s-%d", "a", 1);
	check_text("short", strbuf_str(&sb), "a-1");
	strbuf_printf(&sb, "%0900d", 7);
	check_sane(&sb);
	assert_int_equal(sb.n, 903);
	strbuf_printf(&sb, "%01500d", 7);
	assert_true(sb.overflow);
	assert_int_equal(sb.n, 903);
	strbuf_fini(&sb);
}

static void consume_take_and_pad(void **state)
{
	struct strbuf sb;
	char *text;

	(void)state;
	strbuf_init(&sb, 100);
	text = strbuf_take(&sb);
	assert_string_equal(text, "");
	free(text);
	strbuf_pad(&sb, '.', 3);
	strbuf_puts(&sb, "abc");
	strbuf_consume(&sb, 4);
	check_text("consumed", strbuf_str(&sb), "bc");
	strbuf_consume(&sb, 99);
	check_text("all", strbuf_str(&sb), "");
	strbuf_puts(&sb, "mine");
	text = strbuf_take(&sb);
	assert_string_equal(text, "mine");
	check_sane(&sb);
	assert_int_equal(sb.n, 0);
	free(text);
}

static void whole_numbers(void **state)
{
	static const struct {
		int64_t value;
		int min_digits;
		const char *want;
	} cases[] = {
		{0, 1, "0"},
		{0, 0, "0"},
		{7, 2, "07"},
		{-7, 2, "-07"},
		{1234, 2, "1234"},
		{INT64_MAX, 1, "9223372036854775807"},
		{INT64_MIN, 1, "-9223372036854775808"},
		{1, 99, "00000000000000000001"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf sb;

		strbuf_init(&sb, 100);
		strbuf_put_i64(&sb, cases[i].value, cases[i].min_digits);
		check_text(cases[i].want, strbuf_str(&sb), cases[i].want);
		strbuf_fini(&sb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_grows_to_its_ceiling),
		cmocka_unit_test(formats_short_and_long),
		cmocka_unit_test(consume_take_and_pad),
		cmocka_unit_test(whole_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
