/* The file of a kept answer: back as it went, and nothing else gets in. */
#include "board_fixture.h"

#include "base/json.h"
#include "board/answer_file.h"

#define KEY "azure GET /subscriptions\n\ncontoso reader\n"

static void format(struct strbuf *out, const char *json)
{
	cJSON *tree = json ? cJSON_Parse(json) : NULL;

	strbuf_init(out, ANSWER_FILE_MAX_BYTES);
	assert_true(answer_file_format(out, STR(KEY), FIXTURE_NOW_MS, tree));
	cJSON_Delete(tree);
}

static void test_comes_back(void **state)
{
	static const char *const answers[] = {NULL, "{}", "{\"value\":[1,\"\\n\",null]}",
					      "[]"};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		struct strbuf file, text;
		int64_t fetched_ms = 0;
		struct err err;
		cJSON *json;

		format(&file, answers[i]);
		strbuf_init(&text, 1000);
		assert_true(answer_file_parse(strbuf_str(&file), STR(KEY), &fetched_ms,
					      &json, &err));
		assert_int_equal(fetched_ms, FIXTURE_NOW_MS);
		assert_int_equal(json != NULL, answers[i] != NULL);
		if (json)
			json_print(&text, json);
		check_text("json", strbuf_str(&text), answers[i] ? answers[i] : "");
		cJSON_Delete(json);
		assert_false(answer_file_parse(strbuf_str(&file), STR("other"),
					       &fetched_ms, &json, &err));
		assert_int_equal(err.code, ERR_NOT_FOUND);
		cJSON_Delete(json);
		strbuf_fini(&text);
		strbuf_fini(&file);
	}
}

/* Any byte that is cut, added or changed is found. */
static void test_finds_damage(void **state)
{
	struct strbuf file;
	int64_t fetched_ms;
	struct err err;
	cJSON *json;

	(void)state;
	format(&file, "{\"value\":[12.5,13]}");
	for (size_t i = 0; i < file.n; i++) {
		check_case("cut", !answer_file_parse(str_sub(strbuf_str(&file), 0, i),
						     STR(KEY), &fetched_ms, &json, &err));
		file.p[i] ^= 1;
		check_case("changed", !answer_file_parse(strbuf_str(&file), STR(KEY),
							 &fetched_ms, &json, &err) &&
					      !json);
		file.p[i] ^= 1;
	}
	strbuf_putc(&file, '\n');
	assert_false(
		answer_file_parse(strbuf_str(&file), STR(KEY), &fetched_ms, &json, &err));
	strbuf_fini(&file);
}

static void test_names(void **state)
{
	char a[ANSWER_FILE_NAME_BYTES], b[ANSWER_FILE_NAME_BYTES];

	(void)state;
	answer_file_name(STR("one"), a);
	answer_file_name(STR("two"), b);
	assert_string_not_equal(a, b);
	answer_file_name(STR("one"), b);
	assert_string_equal(a, b);
	assert_int_equal(strspn(a, "0123456789abcdef"), 32);
	assert_string_equal(a + 32, ".answer");
}

static void test_too_large(void **state)
{
	struct strbuf text, file;
	cJSON *json;

	(void)state;
	strbuf_init(&text, ANSWER_FILE_MAX_BYTES + 10);
	strbuf_pad(&text, 'x', ANSWER_FILE_MAX_BYTES);
	json = cJSON_CreateString(text.p);
	strbuf_init(&file, ANSWER_FILE_MAX_BYTES);
	assert_false(answer_file_format(&file, STR(KEY), FIXTURE_NOW_MS, json));
	cJSON_Delete(json);
	strbuf_fini(&file);
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comes_back),
		cmocka_unit_test(test_finds_damage),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
