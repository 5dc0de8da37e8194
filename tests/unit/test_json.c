/* JSON beyond cJSON: limits, comments, places, long whole numbers, printing. */
#include "unit/check.h"

#include <math.h>

#include "base/json.h"

static void texts_parse_or_say_where(void **state)
{
	static const struct {
		const char *name, *text;
		const char *printed; /* NULL: an error */
		int line, column;
	} cases[] = {
		{"plain", "{\"a\":[1,2.5,true,null,\"x\"]}",
		 "{\"a\":[1,2.5,true,null,\"x\"]}", 0, 0},
		{"comments", "// top\n{\"a\": 1, /* b */ }", "{\"a\":1}", 0, 0},
		{"comment marks in text", "{\"a\":\"// no /* c */\"}",
		 "{\"a\":\"// no /* c */\"}", 0, 0},
		{"byte order mark", "\xef\xbb\xbf[1]", "[1]", 0, 0},
		{"long whole numbers become text",
		 "[9007199254740993,-12345678901234567]",
		 "[\"9007199254740993\",\"-12345678901234567\"]", 0, 0},
		{"15 digits stay numbers", "[123456789012345]", "[123456789012345]", 0,
		 0},
		{"digits in text stay", "[\"12345678901234567890\"]",
		 "[\"12345678901234567890\"]", 0, 0},
		{"trailing comma before a comment", "[1, // one\n]", "[1]", 0, 0},
		{"empty", "", NULL, 1, 1},
		{"blank", " \n ", NULL, 2, 2},
		{"rubbish on line 3", "{\n\"a\": 1,\n  oops\n}", NULL, 3, 4},
		{"cut", "{\"a\": [1,", NULL, 1, 9},
		{"two values", "{} {}", NULL, 1, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json_place place;
		struct strbuf out;
		struct err err;
		cJSON *tree =
			json_parse(str_from(cases[i].text), &json_file, &place, &err);

		strbuf_init(&out, 1000);
		check_case(cases[i].name, (tree != NULL) == (cases[i].printed != NULL));
		if (tree) {
			json_print(&out, tree);
			check_text(cases[i].name, strbuf_str(&out), cases[i].printed);
		} else {
			check_case(cases[i].name, err.code == ERR_PARSE);
			if (place.line != cases[i].line ||
			    place.column != cases[i].column)
				fail_msg("case \"%s\": %s", cases[i].name, err.text);
		}
		strbuf_fini(&out);
		cJSON_Delete(tree);
	}
}

static void limits_hold(void **state)
{
	const struct json_limits small = {.max_bytes = 20, .max_depth = 3};
	struct err err;
	cJSON *tree;

	(void)state;
	tree = json_parse(STR("[[[1]]]"), &small, NULL, &err);
	assert_non_null(tree);
	cJSON_Delete(tree);
	assert_null(json_parse(STR("[[[[1]]]]"), &small, NULL, &err));
	assert_non_null(strstr(err.text, "nested deeper than 3"));
	assert_null(json_parse(STR("[1,2,3,4,5,6,7,8,9,10]"), &small, NULL, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_null(json_parse(STR("[1] // no"), &small, NULL, &err));
}

/* Two bytes each in the text, forty times that as a tree. */
static void values_are_counted(void **state)
{
	struct strbuf text;
	struct err err;

	(void)state;
	strbuf_init(&text, 4 * JSON_MAX_VALUES);
	strbuf_puts(&text, "[0");
	for (size_t i = 0; i < JSON_MAX_VALUES; i++)
		strbuf_puts(&text, ",0");
	strbuf_puts(&text, "]");
	assert_null(json_parse(strbuf_str(&text), &json_wire, NULL, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_non_null(strstr(err.text, "values"));
	/* Commas and brackets of a text are none. */
	text.p[0] = text.p[text.n - 1] = '"';
	cJSON *tree = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	assert_non_null(tree);
	cJSON_Delete(tree);
	strbuf_fini(&text);
}

static void paths_are_located(void **state)
{
	static const char text[] =
		"{\n  // about\n  \"columns\": [\n    {\"title\": \"A\"},\n"
		"    {\"value\": [1, {\"x\": 2}], \"title\": \"B\"}\n  ]\n}";
	static const struct {
		const char *path;
		int line, column;
	} cases[] = {
		{"", 1, 1},
		{"columns", 3, 14},
		{"columns[1].title", 5, 39},
		{"columns[1].value[1].x", 5, 25},
		{"columns[2]", 3, 14},
		{"rows", 1, 1},
		{"columns.title", 3, 14},
		{"[0][1]", 5, 5}, /* members have numbers too */
		{"columns[1][1]", 5, 39},
		{"columns[1][2]", 5, 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json_place place = json_locate(str_from(text), cases[i].path);

		if (place.line != cases[i].line || place.column != cases[i].column)
			fail_msg("%s: %d:%d", cases[i].path, place.line, place.column);
	}
}

static void what_is_not_found_is_around_there(void **state)
{
	static const struct {
		const char *text, *path;
		int line, column;
	} cases[] = {
		{"{\n \"a\": {\"b\": [1, 2]}}", "a.b[1]", 2, 17},
		{"{\n \"a\": {\"b\": [1, 2]}}", "a.b[2]", 2, 13},
		{"{\n \"a\": {\"b\": [1, 2]}}", "a.c.d", 2, 7},
		{"{\n \"a\": {\"\\u0062\": 1}}", "a.b", 2, 7},
		{"  {\"a\": 1}", "b", 1, 3},
		{"\xef\xbb\xbf{\"a\": 1}", "a", 1, 7},
		{"\xef\xbb\xbf{\"a\": 1}", "b", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json_place place =
			json_locate(str_from(cases[i].text), cases[i].path);

		if (place.line != cases[i].line || place.column != cases[i].column)
			fail_msg("%s in %s: %d:%d", cases[i].path, cases[i].text,
				 place.line, place.column);
	}
}

static void numbers_print_shortest(void **state)
{
	static const struct {
		double value;
		const char *want;
	} cases[] = {
		{0, "0"},
		{-0.0, "0"},
		{42, "42"},
		{0.1, "0.1"},
		{1.0 / 3, "0.3333333333333333"},
		{1e300, "1e+300"},
		{123456789012, "123456789012"},
		{-2.5, "-2.5"},
		{5e-324, "5e-324"},
		{NAN, "null"},
		{INFINITY, "null"},
	};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 100);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_reset(&out);
		json_print_number(&out, cases[i].value);
		check_text(cases[i].want, strbuf_str(&out), cases[i].want);
	}
	strbuf_fini(&out);
}

static void texts_print_escaped(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 100);
	json_print_text(&out, STR("a\"b\\c\n\x01\t/\xc3\xa9"));
	check_text("escapes", strbuf_str(&out), "\"a\\\"b\\\\c\\n\\u0001\\t/\xc3\xa9\"");
	strbuf_reset(&out);
	json_print_text(&out, STR("\x7f\xc2\x9b\xc2\xa0\xc2"));
	check_text("terminal controls", strbuf_str(&out),
		   "\"\\u007f\\u009b\xc2\xa0\xc2\"");
	strbuf_fini(&out);
}

static void members_are_typed(void **state)
{
	struct err err;
	cJSON *tree = json_parse(STR("{\"n\":\"12.5\",\"m\":3,\"t\":\"x\",\"b\":true}"),
				 &json_wire, NULL, &err);
	double value = 0;

	(void)state;
	assert_non_null(tree);
	assert_true(json_number(tree, "n", &value) && value == 12.5);
	assert_true(json_number(tree, "m", &value) && value == 3);
	assert_false(json_number(tree, "t", &value));
	assert_false(json_number(tree, "none", &value));
	assert_string_equal(json_text(tree, "t"), "x");
	assert_null(json_text(tree, "m"));
	assert_true(json_bool(tree, "b", false));
	assert_true(json_bool(tree, "none", true));
	assert_null(json_member(NULL, "x"));
	cJSON_Delete(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_parse_or_say_where),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(values_are_counted),
		cmocka_unit_test(paths_are_located),
		cmocka_unit_test(what_is_not_found_is_around_there),
		cmocka_unit_test(numbers_print_shortest),
		cmocka_unit_test(texts_print_escaped),
		cmocka_unit_test(members_are_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
