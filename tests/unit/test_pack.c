/* Fields with their length in front: what is written is read, and what is cut or
 * lies about its length is seen. */
#include "unit/check.h"

#include "auth/pack.h"

static size_t write_sample(char *into)
{
	struct pack_writer w = {.p = into};

	pack_u32(&w, 0xfedcba98);
	pack_text(&w, STR("name"));
	pack_i64(&w, INT64_MIN + 7);
	pack_text(&w, STR(""));
	pack_text(&w, STR("a\0b"));
	return w.n;
}

static void what_is_written_is_read(void **state)
{
	struct pack_reader r;
	char bytes[64];
	size_t n = write_sample(NULL);

	(void)state;
	assert_int_equal(n, 4 + 8 + 8 + 4 + 7);
	assert_int_equal(write_sample(bytes), n);
	r = (struct pack_reader){.rest = {bytes, n}};
	assert_int_equal(unpack_u32(&r), 0xfedcba98);
	check_text("name", unpack_text(&r, 4), "name");
	assert_true(unpack_i64(&r) == INT64_MIN + 7);
	check_text("empty", unpack_text(&r, 4), "");
	assert_true(str_eq(unpack_text(&r, 4), STR("a\0b")));
	assert_false(r.is_bad);
	assert_int_equal(r.rest.n, 0);
}

static void numbers_begin_with_the_low_byte(void **state)
{
	char bytes[4];
	struct pack_writer w = {.p = bytes};

	(void)state;
	pack_u32(&w, 0x04030201);
	assert_memory_equal(bytes, "\1\2\3\4", 4);
}

/* Reads the sample's fields from its first n bytes. */
static bool reads(const char *bytes, size_t n, size_t max)
{
	struct pack_reader r = {.rest = {bytes, n}};

	unpack_u32(&r);
	unpack_text(&r, max);
	unpack_i64(&r);
	unpack_text(&r, max);
	if (unpack_text(&r, max).n && r.is_bad)
		fail_msg("something came out of %zu bytes", n);
	return !r.is_bad;
}

static void what_is_cut_or_too_long_is_bad_for_good(void **state)
{
	char bytes[64];
	size_t n = write_sample(bytes);

	(void)state;
	for (size_t i = 0; i < n; i++)
		assert_false(reads(bytes, i, 4));
	assert_true(reads(bytes, n, 4));
	assert_false(reads(bytes, n, 3));
	bytes[7] = '\x7f';
	assert_false(reads(bytes, n, SIZE_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(numbers_begin_with_the_low_byte),
		cmocka_unit_test(what_is_cut_or_too_long_is_bad_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
