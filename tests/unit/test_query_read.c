/* Documents straight from text: every form of value, every mistake with its
 * place, names that come twice, rows of changing shapes; and the same values as
 * a tree of cJSON gives, on real payloads when they lie beside the source. */
#include "unit/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "query/query.h"

enum { LARGEST = 8 << 20 };

/* What is read, printed; or the error. */
static void check_read(struct str text, const char *want)
{
	struct query_value v;
	struct arena arena;
	struct strbuf out;
	struct err err;
	/* On the heap and exact, so that a sanitizer sees a read past the end. */
	char *copy = malloc(text.n ? text.n : 1);

	if (text.n)
		memcpy(copy, text.p, text.n);
	arena_init(&arena);
	strbuf_init(&out, LARGEST);
	if (query_read((struct str){.p = copy, .n = text.n}, &json_wire, &arena, &v,
		       &err))
		query_print(&out, &v);
	else
		strbuf_puts(&out, err.text);
	check_text(text.p, strbuf_str(&out), want);
	strbuf_fini(&out);
	arena_fini(&arena);
	free(copy);
}

static void values_are_read(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"null", "null"},
		{" true\r\n\t", "true"},
		{"false", "false"},
		{"[]", "[]"},
		{"{}", "{}"},
		{"[ ]", "[]"},
		{"{ }", "{}"},
		{"[[],{},[{}]]", "[[],{},[{}]]"},
		{" [ 1 , 2 ] ", "[1,2]"},
		{" { \"a\" : 1 , \"b\" : [ ] } ", "{\"a\":1,\"b\":[]}"},
		{"\xef\xbb\xbf[1]", "[1]"},
		{"0", "0"},
		{"-0", "0"},
		{"-0.0", "0"},
		{"10", "10"},
		{"-12.5", "-12.5"},
		{"1e2", "100"},
		{"1E+2", "100"},
		{"12e-1", "1.2"},
		{"0.1", "0.1"},
		{"1.10", "1.1"},
		{"0.30000000000000004", "0.30000000000000004"},
		{"123456789012345", "123456789012345"},
		{"9007199254740992", "9007199254740992"},
		{"9007199254740993", "\"9007199254740993\""},
		{"-9007199254740992", "-9007199254740992"},
		{"-9007199254740993", "\"-9007199254740993\""},
		{"-12345678901234567890", "\"-12345678901234567890\""},
		{"1234567890123456.5", "1234567890123456.5"},
		{"0.1234567890123456789", "0.12345678901234568"},
		{"1e22", "1e+22"},
		{"1e23", "1e+23"},
		{"9007199254740993e0", "9007199254740992"},
		{"9007199254740994e0", "9.007199254740994e+15"},
		{"12345678901234567e0", "1.2345678901234568e+16"},
		{"1.7976931348623157e308", "1.7976931348623157e+308"},
		{"5e-324", "5e-324"},
		{"4.35", "4.35"},
		{"1e999", "null"},
		{"-1e999", "null"},
		{"1e-999", "0"},
		{"1e99999999999999999999", "null"},
		{"1e-99999999999999999999", "0"},
		{"0e99999999999999999999", "0"},
		{"\"\"", "\"\""},
		{"\"a\"", "\"a\""},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""},
		{"\"x\\u0041y\"", "\"xAy\""},
		{"\"\\u00e9\\u00E9\"", "\"\u00e9\u00e9\""},
		{"\"\\ud83d\\ude00\"", "\"\U0001F600\""},
		{"\"a\\u0000b\"", "\"a\\u0000b\""},
		{"\"\u00e9\u65e5\U0001F600\"", "\"\u00e9\u65e5\U0001F600\""},
		{"{\"\":1}", "{\"\":1}"},
		{"{\"a\\u0062\":1}", "{\"ab\":1}"},
		{"{\"a\\u0000b\":1}", "{\"a\\u0000b\":1}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_read(str_from(cases[i].text), cases[i].want);
}

static void mistakes_have_a_place(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", "line 1, column 1: the text ends too early"},
		{" \n ", "line 2, column 2: the text ends too early"},
		{"nul", "line 1, column 1: expected a value"},
		{"True", "line 1, column 1: expected a value"},
		{"NaN", "line 1, column 1: expected a value"},
		{"'a'", "line 1, column 1: expected a value"},
		{"// no\n1", "line 1, column 1: expected a value"},
		{"1 2", "line 1, column 3: expected the end"},
		{"[1]]", "line 1, column 4: expected the end"},
		{"truex", "line 1, column 5: expected the end"},
		{"[", "line 1, column 2: the text ends too early"},
		{"[1", "line 1, column 3: the text ends too early"},
		{"[1,", "line 1, column 4: the text ends too early"},
		{"[1,]", "line 1, column 4: expected a value"},
		{"[,1]", "line 1, column 2: expected a value"},
		{"[1 2]", "line 1, column 4: expected ',' or ']'"},
		{"[1}", "line 1, column 3: expected ',' or ']'"},
		{"{", "line 1, column 2: the text ends too early"},
		{"{a:1}", "line 1, column 2: expected a name in quotes"},
		{"{1:1}", "line 1, column 2: expected a name in quotes"},
		{"{\"a\"}", "line 1, column 5: expected ':' after the name"},
		{"{\"a\" 1}", "line 1, column 6: expected ':' after the name"},
		{"{\"a\":}", "line 1, column 6: expected a value"},
		{"{\"a\":1", "line 1, column 7: the text ends too early"},
		{"{\"a\":1,}", "line 1, column 8: expected a name in quotes"},
		{"{\"a\":1]", "line 1, column 7: expected ',' or '}'"},
		{"{\"a\":1\n \"b\":2}", "line 2, column 2: expected ',' or '}'"},
		{"01", "line 1, column 1: a number does not begin with 0"},
		{"-01", "line 1, column 2: a number does not begin with 0"},
		{"-", "line 1, column 2: the text ends too early"},
		{"-a", "line 1, column 2: expected a digit"},
		{"+1", "line 1, column 1: expected a value"},
		{".5", "line 1, column 1: expected a value"},
		{"1.", "line 1, column 3: the text ends too early"},
		{"1.e1", "line 1, column 3: expected a digit"},
		{"1e", "line 1, column 3: the text ends too early"},
		{"1e+", "line 1, column 4: the text ends too early"},
		{"[1e+]", "line 1, column 5: expected a digit"},
		{"0x10", "line 1, column 2: expected the end"},
		{"\"a", "line 1, column 3: the text ends too early"},
		{"\"a\\\"", "line 1, column 5: the text ends too early"},
		{"\"a\\", "line 1, column 4: the text ends too early"},
		{"\"a\\x\"", "line 1, column 4: this is no escape"},
		{"\"\\u12\"", "line 1, column 4: expected four hexadecimal digits"},
		{"\"\\u12g4\"", "line 1, column 4: expected four hexadecimal digits"},
		{"\"\\ud83d\"", "line 1, column 4: this is half of a character"},
		{"\"\\ude00\"", "line 1, column 4: this is half of a character"},
		{"\"\\ud83d\\u0041\"", "line 1, column 4: this is half of a character"},
		{"\"a\nb\"", "line 1, column 3: a control character in a text"},
		{"[\"\u00e9\", \"a\tb\"]",
		 "line 1, column 9: a control character in a text"},
		{"\"\xff\"", "line 1, column 2: this text is not UTF-8"},
		{"\"a\\n\xc3\"", "line 1, column 2: this text is not UTF-8"},
		{"\"\xed\xa0\x80\"", "line 1, column 2: this text is not UTF-8"},
		{"{\"\xc0\x80\":1}", "line 1, column 3: this text is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_read(str_from(cases[i].text), cases[i].want);
	check_read((struct str){.p = "[1\0]", .n = 4},
		   "line 1, column 3: expected ',' or ']'");
}

/* A row is guessed to look like the one before: every way to differ. */
static void rows_of_any_shape_are_read(void **state)
{
	static const char *const same[] = {
		"[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]",
		"[{\"a\":1,\"b\":2},{\"a\":3}]",
		"[{\"a\":1},{\"a\":3,\"b\":4},{\"a\":5},{}]",
		"[{\"a\":1,\"b\":2},{\"b\":3,\"a\":4},{\"a\":5,\"b\":6}]",
		"[{\"a\":1,\"b\":2},{\"a\":3,\"c\":4},{\"a\":3,\"bb\":4},{\"\":1}]",
		"[{\"ab\":1},{\"a\":2},{\"abc\":3},{\"ab\":4}]",
		"[{},{\"a\":{}},{\"a\":{\"a\":{\"a\":1}}},{\"a\":{\"b\":1}}]",
		"[{\"a\\\\\":1},{\"a\\\\\":2},{\"a\\\"\":3},{\"a\\\"\":4}]",
		"[[{\"a\":1}],[{\"a\":2}],{\"x\":[{\"a\":3},[{\"a\":4}]]}]",
		"[{\"o\":{\"k\":1},\"p\":{\"l\":2}},{\"o\":{\"k\":3},\"p\":{\"l\":4}}]",
	};
	static const char *const twice[][2] = {
		{"{\"a\":1,\"a\":2}", "{\"a\":2}"},
		{"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"},
		{"[{\"a\":1,\"b\":2},{\"a\":1,\"a\":2},{\"a\":3,\"b\":4}]",
		 "[{\"a\":1,\"b\":2},{\"a\":2},{\"a\":3,\"b\":4}]"},
		{"[{\"a\":1,\"a\":2},{\"a\":3,\"a\":4},{\"a\":5}]",
		 "[{\"a\":2},{\"a\":4},{\"a\":5}]"},
		{"{\"a\":1,\"\\u0061\":2}", "{\"a\":2}"},
		{"[{\"a\":1},{\"\\u0061\":2}]", "[{\"a\":1},{\"a\":2}]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		check_read(str_from(same[i]), same[i]);
	for (size_t i = 0; i < sizeof(twice) / sizeof(*twice); i++)
		check_read(str_from(twice[i][0]), twice[i][1]);
}

static void limits_are_kept(void **state)
{
	struct json_limits small = {.max_bytes = 8, .max_depth = 2};
	struct query_value v;
	struct arena arena;
	struct err err;

	(void)state;
	arena_init(&arena);
	assert_true(query_read(STR("[[1,22]]"), &small, &arena, &v, &err));
	assert_false(query_read(STR("[[1,222]]"), &small, &arena, &v, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_int_equal(v.type, QUERY_NULL);
	assert_false(query_read(STR("[[[]]]"), &small, &arena, &v, &err));
	assert_int_equal(err.code, ERR_PARSE);
	assert_string_equal(err.text, "line 1, column 3: nested too deep");
	assert_int_equal(v.type, QUERY_NULL);
	arena_fini(&arena);
}

/* What a reader of a value sees, the same for both kinds of document. */
static void check_walk(const struct query_value *root)
{
	struct query_value list = query_member(root, STR("list")), item;
	struct query_value odd = query_member(root, STR("none"));
	struct query_iter it = query_iter(&list);
	double sum = 0;

	assert_int_equal(query_array_size(&list), 3);
	while (query_iter_next(&it, &item))
		sum += item.number;
	assert_int_equal((int)sum, 6);
	assert_int_equal(it.index, 3);
	assert_int_equal(odd.type, QUERY_NULL);
	assert_int_equal(query_array_size(&odd), 0);
	it = query_iter(&odd);
	assert_false(query_iter_next(&it, &item));
	item = query_member(&list, STR("list"));
	assert_int_equal(item.type, QUERY_NULL);
	assert_true(query_is_true(root) && query_is_true(&list) && !query_is_true(&odd));
}

static void both_kinds_walk_and_copy_alike(void **state)
{
	static const char text[] = "{\"list\":[1,2,3],\"empty\":{},\"text\":\"a\\\"b\","
				   "\"no\":false,\"yes\":true,\"nil\":null,\"half\":0.5}";
	struct query_value read, tree;
	cJSON *source = cJSON_Parse(text), *copy;
	struct arena arena;
	struct strbuf out;
	struct err err;

	(void)state;
	arena_init(&arena);
	assert_true(query_read(str_from(text), &json_wire, &arena, &read, &err));
	tree = query_from_json(source);
	check_walk(&read);
	check_walk(&tree);
	assert_true(query_equal(&read, &tree) && query_equal(&tree, &read));
	copy = query_to_json(&read);
	arena_fini(&arena);
	strbuf_init(&out, 1000);
	json_print(&out, copy);
	check_text("copy", strbuf_str(&out), text);
	strbuf_reset(&out);
	query_print_pretty(&out, &tree);
	assert_true(str_starts(strbuf_str(&out), STR("{\n  \"list\": [\n    1,\n")));
	strbuf_fini(&out);
	cJSON_Delete(copy);
	cJSON_Delete(source);
}

/* Both readers on one file; how a mistake is worded may differ. */
static void compare_readers(const char *path)
{
	struct strbuf text, tree_text, value_text;
	struct query_value v;
	struct arena arena;
	struct err err;
	cJSON *tree;

	strbuf_init(&text, LARGEST);
	strbuf_init(&tree_text, LARGEST * 2);
	strbuf_init(&value_text, LARGEST * 2);
	arena_init(&arena);
	assert_true(file_read(path, &text, &err));
	tree = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (query_read(strbuf_str(&text), &json_wire, &arena, &v, &err))
		query_print(&value_text, &v);
	if (tree)
		json_print(&tree_text, tree);
	check_case(path, str_eq(strbuf_str(&tree_text), strbuf_str(&value_text)));
	cJSON_Delete(tree);
	arena_fini(&arena);
	strbuf_fini(&text);
	strbuf_fini(&tree_text);
	strbuf_fini(&value_text);
}

static void compare_folder(const char *dir, unsigned *count)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		struct str name = str_from(entry->d_name);
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (str_ends(name, STR(".json")) && ++*count)
			compare_readers(path);
		else if (entry->d_type == DT_DIR && name.p[0] != '.')
			compare_folder(path, count);
	}
	if (folder)
		closedir(folder);
}

static void both_readers_agree(void **state)
{
	static const char *const folders[] = {"tests", "../shared/wire"};
	const char *source = getenv("AZ_SRCDIR");
	unsigned count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char dir[4096];

		snprintf(dir, sizeof(dir), "%s/%s", source ? source : ".", folders[i]);
		compare_folder(dir, &count);
	}
	fprintf(stderr, "# %u files read both ways\n", count);
	assert_true(count > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(mistakes_have_a_place),
		cmocka_unit_test(rows_of_any_shape_are_read),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(both_kinds_walk_and_copy_alike),
		cmocka_unit_test(both_readers_agree),
	};

	return cmocka_run_group_tests_name("query_read", tests, NULL, NULL);
}
