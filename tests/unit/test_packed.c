/* board/packed.h: what was packed comes out as it was. Thread: main. */
#include "unit/check.h"

#include "base/json.h"
#include "base/strbuf.h"
#include "board/packed.h"

static void comes_back(const char *text)
{
	struct err err;
	cJSON *tree = json_parse(str_from(text), &json_wire, NULL, &err), *back;
	struct packed *packed = packed_make(tree);
	char *printed;

	assert_non_null(packed);
	back = packed_tree(packed);
	assert_non_null(back);
	assert_true(cJSON_Compare(tree, back, true));
	printed = cJSON_PrintUnformatted(back);
	assert_int_equal(packed_size(packed), strlen(printed));
	cJSON_free(printed);
	packed_free(packed);
	cJSON_Delete(tree);
	cJSON_Delete(back);
}

static void test_documents(void **state)
{
	(void)state;
	comes_back("{}");
	comes_back("[]");
	comes_back("null");
	comes_back("\"\\u00e4 \\u0000 \\n \\ud83d\\ude00\"");
	comes_back("{\"a\": [1, 2.5, -1e300, true, false, null, {\"\": \"\"}]}");
}

/* As service answers are: many of one shape. */
static void test_large(void **state)
{
	struct strbuf text;

	(void)state;
	strbuf_init(&text, 4 << 20);
	strbuf_putc(&text, '[');
	for (int i = 0; i < 5000; i++)
		strbuf_printf(&text, "%s{\"id\": \"/subscriptions/s/%d\", \"n\": %d.25}",
			      i ? "," : "", i, i * 37);
	strbuf_putc(&text, ']');
	comes_back(text.p);
	strbuf_fini(&text);
}

static void test_none(void **state)
{
	(void)state;
	packed_free(NULL);
	assert_null(packed_make(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
