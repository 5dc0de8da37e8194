/* The numbers of Entra: each has one row, in order, and a thing to do. */
#include "unit/check.h"

#include "auth/explain.h"
#include "auth/token.h"
#include "base/strbuf.h"

static void test_rows(void **state)
{
	const struct explain_row *row;
	int before = 0;

	(void)state;
	for (size_t i = 0; (row = explain_at(i)); i++) {
		check_case(row->what, row->number > before);
		check_case(row->what, explain_find(row->number) == row);
		/* Behind the endpoint's own line, in an error's one line. */
		check_case(row->what, strlen(row->todo) >= 10 && strlen(row->todo) <= 90);
		check_case(row->what, row->todo[strlen(row->todo) - 1] != '.');
		before = row->number;
	}
	assert_null(explain_find(1));
}

/* Those that a person meets most. */
static void test_known(void **state)
{
	static const int numbers[] = {
		7000215, 7000222, 700016, 70011,  500011, 65001, 50076,
		50079,	 53003,	  700027, 700024, 70016,  70043, 700082,
		90002,	 50034,	  70021,  700213, 50199,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		assert_non_null(explain_find(numbers[i]));
}

static void test_number(void **state)
{
	static const struct {
		const char *text;
		int number;
	} rows[] = {
		{"AADSTS50076: Due to a configuration change", 50076},
		{"error: AADSTS7000215: x", 7000215},
		{"AADSTS: x", 0},
		{"AADSTS", 0},
		{"AADSTS99999999999999999999", 999999999},
		{"", 0},
		{"no number", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_case(rows[i].text,
			   explain_number(str_from(rows[i].text)) == rows[i].number);
}

/* Whatever the endpoint says, the line fits, and what to do is in it. */
static void test_long_lines_keep_what_to_do(void **state)
{
	const struct explain_row *row;
	struct err err;
	struct strbuf body;

	(void)state;
	strbuf_init(&body, 4096);
	for (size_t i = 0; (row = explain_at(i)); i++) {
		strbuf_reset(&body);
		strbuf_printf(&body, "{\"error_description\":\"AADSTS%d: ", row->number);
		strbuf_pad(&body, 'x', 400);
		strbuf_puts(&body, "\\r\\nTrace ID: 1\"}");
		token_error(400, strbuf_str(&body), &err);
		check_case(row->what, str_ends(str_from(err.text), str_from(row->todo)));
	}
	strbuf_fini(&body);
}

static void test_words(void **state)
{
	char word[16];

	(void)state;
	token_error_word(STR("{\"error\":\"slow_down\"}"), word, sizeof(word));
	assert_string_equal(word, "slow_down");
	token_error_word(STR("{\"error\":\"authorization_pending\"}"), word,
			 sizeof(word));
	assert_string_equal(word, "authorization_p");
	token_error_word(STR("{\"error\":{}}"), word, sizeof(word));
	assert_string_equal(word, "");
	token_error_word(STR("<html>"), word, sizeof(word));
	assert_string_equal(word, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_long_lines_keep_what_to_do),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
