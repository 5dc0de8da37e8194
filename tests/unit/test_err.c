/* Error values: the table, the texts, and their limits. */
#include "unit/check.h"

#include <errno.h>

#include "base/err.h"
#include "base/utf8.h"

static void every_code_has_a_name_and_an_exit_code(void **state)
{
	(void)state;
	for (int code = 0; code < ERR_COUNT; code++) {
		assert_true(strlen(err_name((enum err_code)code)) > 1);
		assert_in_range(err_exit_code((enum err_code)code), code ? 2 : 0, 6);
	}
	assert_string_equal(err_name((enum err_code)999), "internal");
	assert_int_equal(err_exit_code((enum err_code) - 1), 5);
	assert_true(err_is_retryable(ERR_THROTTLED));
	assert_false(err_is_retryable(ERR_FORBIDDEN));
}

static void set_says_false_and_wrap_puts_context_in_front(void **state)
{
	struct err err;

	(void)state;
	assert_false(err_set(&err, ERR_NOT_FOUND, "no board \"%s\"", "x"));
	assert_int_equal(err.retry_after_ms, -1);
	assert_false(err_wrap(&err, "show"));
	assert_string_equal(err.text, "show: no board \"x\"");
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void a_cut_never_splits_a_character(void **state)
{
	/* One byte to four: whatever the cut meets, the text stays whole. */
	static const char *const characters[] = {"a", "\u00e9", "\u20ac", "\U0001F600"};
	char text[1000];
	struct err err;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		size_t each = strlen(characters[i]);

		for (size_t shift = 0; shift < 5; shift++) {
			size_t n = shift;

			memset(text, 'x', shift);
			while (n + each < sizeof(text)) {
				memcpy(text + n, characters[i], each);
				n += each;
			}
			text[n] = '\0';
			err_set(&err, ERR_IO, "%s", text);
			assert_true(utf8_is_valid(str_from(err.text)));
			assert_true(strlen(err.text) + each >= sizeof(err.text));
			err_wrap(&err, "y");
			assert_true(utf8_is_valid(str_from(err.text)));
			assert_true(strlen(err.text) + each >= sizeof(err.text));
		}
	}
}

static void long_texts_are_cut_not_overrun(void **state)
{
	char text[1000];
	struct err err;

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	err_set(&err, ERR_IO, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	err_wrap(&err, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

static void no_text_moves_the_cursor(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_CONFIG, "no key \"%s\"",
		"\033]0;owned\a\xc2\x9b"
		"2Jx\ny\xff");
	assert_string_equal(err.text, "no key \"x y\xef\xbf\xbd\"");
	err_wrap(&err, "\033[31m%s", "file\rname");
	assert_string_equal(err.text, "filename: no key \"x y\xef\xbf\xbd\"");
	err_errno(&err, ERR_IO, ENOENT, "cannot open \033[2J%s", "f");
	assert_string_equal(err.text, "cannot open f: No such file or directory");
}

static void errno_is_spelled_out(void **state)
{
	struct err err;

	(void)state;
	assert_false(err_errno(&err, ERR_IO, ENOENT, "cannot open %s", "f"));
	assert_string_equal(err.text, "cannot open f: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_name_and_an_exit_code),
		cmocka_unit_test(set_says_false_and_wrap_puts_context_in_front),
		cmocka_unit_test(long_texts_are_cut_not_overrun),
		cmocka_unit_test(a_cut_never_splits_a_character),
		cmocka_unit_test(no_text_moves_the_cursor),
		cmocka_unit_test(errno_is_spelled_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
