/* YAML of others, as JSON: what kubectl and az write, and what is refused. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "config/yaml.h"

static void check(const char *name, struct str text, const char *want)
{
	struct err err;
	cJSON *root;
	struct strbuf got;

	err_clear(&err);
	root = yaml_parse(text, &err);
	strbuf_init(&got, 1 << 16);
	if (root)
		json_print(&got, root);
	else
		strbuf_printf(&got, "!%s", err.text);
	check_text(name, strbuf_str(&got), want);
	assert_true(root || err.code != ERR_NONE);
	strbuf_fini(&got);
	cJSON_Delete(root);
}

static void test_documents(void **state)
{
	static const struct {
		const char *name, *text, *want; /* "!": the error */
	} cases[] = {
		{"map", "a: 1\nb: two\n", "{\"a\":\"1\",\"b\":\"two\"}"},
		{"list of maps", "- name: x\n  y: [1, z]\n- {}\n",
		 "[{\"name\":\"x\",\"y\":[\"1\",\"z\"]},{}]"},
		{"words", "a: true\nb: false\nc: null\nd: ~\ne:\n",
		 "{\"a\":true,\"b\":false,\"c\":null,\"d\":null,\"e\":null}"},
		{"quoted words stay texts", "a: \"true\"\nb: 'null'\nc: \"\"\n",
		 "{\"a\":\"true\",\"b\":\"null\",\"c\":\"\"}"},
		{"yes is no truth value", "a: yes\n", "{\"a\":\"yes\"}"},
		{"numbers stay texts", "a: 0123\nb: 1e3\n",
		 "{\"a\":\"0123\",\"b\":\"1e3\"}"},
		{"block", "pem: |\n  one\n  two\n", "{\"pem\":\"one\\ntwo\\n\"}"},
		{"folded", "t: >-\n  one\n  two\n", "{\"t\":\"one two\"}"},
		{"escapes", "a: \"\\u00e9\\n\"\n", "{\"a\":\"\xc3\xa9\\n\"}"},
		{"comment", "# c\na: b # d\n", "{\"a\":\"b\"}"},
		{"JSON is YAML", "{\"a\": [1, {\"b\": null}]}",
		 "{\"a\":[\"1\",{\"b\":null}]}"},
		{"marks of a document", "---\na: b\n...\n", "{\"a\":\"b\"}"},
		{"nothing", "", "!line 1, column 1: there is nothing in it"},
		{"twice", "a: 1\na: 2\n",
		 "!line 2, column 1: this key stands there twice"},
		{"two documents", "a: 1\n---\nb: 2\n",
		 "!line 2, column 1: one document is read, not more"},
		{"alias", "a: &x [1]\nb: *x\n",
		 "!line 2, column 4: aliases are not read"},
		{"key that is a list", "? [a]\n: b\n",
		 "!line 1, column 3: a key must be a text"},
		{"open quote", "a: 'b\n",
		 "!line 2, column 1: found unexpected end of "
		 "stream"},
		{"tab", "a:\n\tb: c\n",
		 "!line 2, column 1: found character that cannot start any token"},
		{"open bracket", "a: [1, 2\n",
		 "!line 2, column 1: did not find expected ',' or ']'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cases[i].name, str_from(cases[i].text), cases[i].want);
	check("zero byte", STR("a: \"b\\0c\"\n"),
	      "!line 1, column 4: a text with a zero byte");
}

static void test_bounds(void **state)
{
	struct strbuf text;

	(void)state;
	strbuf_init(&text, 2 * YAML_MAX_BYTES);
	for (int i = 0; i < YAML_MAX_DEPTH; i++)
		strbuf_putc(&text, '[');
	for (int i = 0; i < YAML_MAX_DEPTH; i++)
		strbuf_putc(&text, ']');
	check("as deep as may be", strbuf_str(&text),
	      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
	strbuf_reset(&text);
	for (int i = 0; i <= YAML_MAX_DEPTH; i++)
		strbuf_putc(&text, '[');
	check("deeper", strbuf_str(&text), "!line 1, column 33: nested too deep");
	strbuf_reset(&text);
	for (int i = 0; i < YAML_MAX_NODES; i++)
		strbuf_puts(&text, "- a\n");
	check("more than may be", strbuf_str(&text),
	      "!line 20000, column 3: more than it may hold");
	strbuf_reset(&text);
	while (text.n <= YAML_MAX_BYTES)
		strbuf_puts(&text, "# nothing\n");
	check("larger", strbuf_str(&text), "!more than 1048576 bytes");
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
