/* `azdeck keys` and `azdeck themes`, run as scripts run them. */
#include "unit/check.h"

#include "base/json.h"
#include "cli/run.h"

static cJSON *run_json(const char *const *args)
{
	struct run r = {.args = args};
	struct err err;
	cJSON *root;

	run_expect(&r, 0);
	root = json_parse(strbuf_str(&r.out), &json_wire, NULL, &err);
	if (!root)
		fail_msg("%s: %s", args[0], err.text);
	run_fini(&r);
	return root;
}

static void check_prints(const char *name, const char *const *args, const char *text)
{
	struct run r = {.args = args};

	run_expect(&r, 0);
	if (str_find(strbuf_str(&r.out), str_from(text)) < 0)
		fail_msg("case \"%s\": no \"%s\" in: %s", name, text, r.out.p);
	run_fini(&r);
}

static void check_fails(const char *name, const char *const *args, int code,
			const char *text)
{
	struct run r = {.args = args};

	run_expect(&r, code);
	if (str_find(strbuf_str(&r.err), str_from(text)) < 0)
		fail_msg("case \"%s\": got %s", name, r.err.p);
	check_case(name, !strchr(r.err.p, '\033'));
	run_fini(&r);
}

static void test_tables(void **state)
{
	static const struct {
		const char *name, *args[5], *text;
	} cases[] = {
		{"the default", {"keys"}, "keymap default\n\nglobal: everywhere\n"},
		{"several keys", {"keys"}, "  q, ctrl-c                quit "},
		{"without a key", {"keys"}, "  -                        theme THEME "},
		{"chords", {"keys", "vim"}, "  g g"},
		{"arguments", {"keys", "fkeys"}, "pane PANE "},
		{"every keymap", {"keys", "--list"}, "default\nemacs\nfkeys\nvim\n"},
		{"every theme",
		 {"themes"},
		 "ansi\ndark\ngruvbox\nhigh-contrast\nlight\n"},
		{"also when asked", {"themes", "--list"}, "mono\nnord\nsolarized-dark\n"},
		{"a theme", {"themes", "mono"}, "mono: no colour at all"},
		{"a role",
		 {"themes", "ansi"},
		 "  crit            ansi:9   default  bold            critical\n"},
		{"what falls back",
		 {"themes", "mono"},
		 "  quote           default  default  -  "},
		{"a table when asked", {"keys", "-o", "table"}, "keymap default\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_prints(cases[i].name, cases[i].args, cases[i].text);
}

static void test_keys_json(void **state)
{
	cJSON *root = run_json(RUN_ARGS("keys", "vim", "-o", "json"));
	const cJSON *bindings = json_member(root, "bindings"), *row;
	bool has_top = false, has_pane = false;

	(void)state;
	assert_string_equal(json_text(root, "schema"), "azdeck.keys/1");
	assert_string_equal(json_text(root, "keymap"), "vim");
	cJSON_ArrayForEach (row, bindings) {
		const char *argument = json_text(row, "argument");

		assert_non_null(json_text(row, "context"));
		assert_non_null(json_text(row, "help"));
		assert_non_null(json_member(row, "argument"));
		has_top |= strcmp(json_text(row, "keys"), "g g") == 0 &&
			   strcmp(json_text(row, "command"), "top") == 0 && !argument;
		has_pane |= strcmp(json_text(row, "keys"), "2") == 0 && argument &&
			    strcmp(argument, "sql") == 0;
	}
	assert_true(has_top);
	assert_true(has_pane);
	cJSON_Delete(root);
}

static void test_themes_json(void **state)
{
	cJSON *root = run_json(RUN_ARGS("themes", "dark", "--output=json"));
	const cJSON *roles = json_member(root, "roles"), *row;
	int n = 0;

	(void)state;
	assert_string_equal(json_text(root, "schema"), "azdeck.theme/1");
	assert_string_equal(json_text(root, "theme"), "dark");
	cJSON_ArrayForEach (row, roles) {
		n++;
		if (strcmp(json_text(row, "role"), "crit") != 0)
			continue;
		assert_int_equal(json_text(row, "fg")[0], '#');
		assert_string_equal(json_text(row, "bg"), "default");
		assert_string_equal(json_text(row, "attributes"), "bold");
	}
	assert_true(n > 30);
	cJSON_Delete(root);
	root = run_json(RUN_ARGS("themes", "-o", "json"));
	assert_string_equal(json_text(root, "schema"), "azdeck.themes/1");
	row = cJSON_GetArrayItem(json_member(root, "themes"), 0);
	assert_string_equal(json_text(row, "name"), "ansi");
	assert_string_equal(json_text(row, "source"), "built-in");
	cJSON_Delete(root);
}

/* The user's own files: listed, loaded before ours, and checked. */
static void test_own(void **state)
{
	const char *path;

	(void)state;
	run_write_config("themes/mine.json",
			 "{\"description\": \"my \\u001b[31mown\", \"roles\": {}}");
	path = run_write_config("keymaps/mine.json",
				"{\"bindings\": {\"table\": {\n\"g\": \"top\",\n"
				"\"g g\": \"bottom\"}}}");
	check_prints("a theme is listed", RUN_ARGS("themes"), "mine  (");
	check_prints("a theme is loaded", RUN_ARGS("themes", "mine"), "mine: my own\n");
	check_prints("a keymap is listed", RUN_ARGS("keys", "--list"), "mine  (");
	check_fails("a conflict", RUN_ARGS("keys", "mine"), 3,
		    "mine.json: line 3, column 8: bindings.table.g g: conflicts with "
		    "\"g\" (top) in line 2");
	check_fails("by its path", RUN_ARGS("keys", path), 3, "line 3, column 8");
	run_write_config("keymaps/default.json", "{\"bindings\": {}}");
	check_prints("before ours", RUN_ARGS("keys"), "  -                        quit ");
	run_write_config("themes/dark.json", "{\"roles\": {\"okk\": {}}}");
	check_fails("a broken one is not hidden", RUN_ARGS("themes", "dark"), 3,
		    "dark.json: line 1, column 19: roles.okk: there is no such role");
	run_clear_config();
}

static void test_errors(void **state)
{
	static const struct {
		const char *name, *args[5];
		int code;
		const char *text;
	} cases[] = {
		{"no such keymap", {"keys", "nope"}, 6, "there is no keymap \"nope\""},
		{"no such theme", {"themes", "nope"}, 6, "there is no theme \"nope\""},
		{"no such file", {"keys", "./nope.json"}, 6, "./nope.json"},
		{"a name that is none", {"themes", ".."}, 2, "no name of a theme"},
		{"an escape", {"keys", "\033[31m"}, 2, "no name of a keymap"},
		{"two names", {"keys", "vim", "emacs"}, 2, "not also \"emacs\""},
		{"an escape too many", {"keys", "vim", "\033[31mx"}, 2, "not also \"x\""},
		{"no such option", {"themes", "--colour"}, 2, "\"--colour\""},
		{"no such format", {"keys", "-o", "yaml"}, 2, "\"yaml\""},
		{"no format", {"themes", "-o"}, 2, "a value is missing"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_fails(cases[i].name, cases[i].args, cases[i].code, cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),	    cmocka_unit_test(test_keys_json),
		cmocka_unit_test(test_themes_json), cmocka_unit_test(test_own),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
