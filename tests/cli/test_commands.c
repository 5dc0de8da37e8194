/* The other headless commands: boards, decode, query, help, version, keys, themes;
 * and what holds for all of them when nobody reads, or the disk is full. Thread:
 * the test's. */
#include <stdio.h>

#include <cjson/cJSON.h>

#include "board/def.h"
#include "cli/run.h"
#include "unit/check.h"

enum { MOST_ARGS = 10 };

struct text_case {
	const char *name;
	const char *args[MOST_ARGS];
	int code;
	const char *input;
	const char *says; /* on stdout after a success, else on stderr */
};

static void check_cases(const struct text_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct run r = {.args = cases[i].args, .input = cases[i].input};
		const char *got;

		run_expect(&r, cases[i].code);
		got = cases[i].code == 0 ? r.out.p : r.err.p;
		if (!strstr(got, cases[i].says))
			fail_msg("case \"%s\": got %s", cases[i].name, got);
		run_fini(&r);
	}
}

#define N(array) (sizeof(array) / sizeof(*(array)))

static void test_help(void **state)
{
	static const struct text_case cases[] = {
		{"help", {"help"}, 0, NULL, "usage: azdeck [OPTION...]"},
		{"--help", {"--help"}, 0, NULL, "usage: azdeck [OPTION...]"},
		{"-h", {"-h"}, 0, NULL, "usage: azdeck [OPTION...]"},
		{"of a command", {"help", "show"}, 0, NULL, "--check"},
		{"behind a command",
		 {"show", "--help"},
		 0,
		 NULL,
		 "usage: azdeck show BOARD"},
		{"of the deck's commands",
		 {"help", "keys"},
		 0,
		 NULL,
		 "usage: azdeck keys"},
		{"unknown", {"help", "shew"}, 2, NULL, "did you mean \"show\"?"},
		{"no such command", {"bords"}, 2, NULL, "did you mean \"boards\"?"},
		{"far from all", {"qqqqqqqq"}, 2, NULL, "`azdeck help` lists them"},
		{"no such option",
		 {"--demmo"},
		 2,
		 NULL,
		 "there is no option \"--demmo\""},
		{"version", {"version"}, 0, NULL, "azdeck "},
		{"--version", {"--version"}, 0, NULL, "azdeck "},
		{"keys", {"keys"}, 0, NULL, "keymap default"},
		{"keymaps", {"keys", "--list"}, 0, NULL, "vim\n"},
		{"no such keymap", {"keys", "nope"}, 6, NULL, "nope"},
		{"themes", {"themes"}, 0, NULL, "high-contrast\n"},
		{"roles", {"themes", "dark"}, 0, NULL, "dark: "},
		{"no such theme", {"themes", "nope"}, 6, NULL, "nope"},
	};

	(void)state;
	check_cases(cases, N(cases));
}

/* Each command that help names has a help of its own, with its usage. */
static void test_help_is_complete(void **state)
{
	struct run all = {.args = RUN_ARGS("help")};
	struct str rest, line;
	size_t n = 0;

	(void)state;
	run_expect(&all, 0);
	rest = strbuf_str(&all.out);
	while (str_next(&rest, '\n', &line) && !str_starts(line, STR("the deck's"))) {
		char name[32], usage[64];
		struct run one = {.args = RUN_ARGS("help", name)};

		if (!str_starts(line, STR("  ")) ||
		    sscanf(line.p, "  %31[a-z] ", name) != 1 || line.p[2] == ' ' ||
		    str_starts(line, STR("  help")))
			continue;
		snprintf(usage, sizeof(usage), "usage: azdeck %s", name);
		run_expect(&one, 0);
		check_case(name, strstr(one.out.p, usage) == one.out.p);
		run_fini(&one);
		n++;
	}
	assert_true(n >= 8);
	run_fini(&all);
}

static const char own_board[] =
	"{\"title\": \"Mine\", \"category\": \"platform\", \"about\": \"A.\",\n"
	" \"requests\": {\"a\": {\"get\": \"/a\"}, \"b\": {\"kind\": \"devops\",\n"
	"  \"get\": \"/b\"}},\n"
	" \"rows\": \"a.value\", \"key\": \"id\", \"columns\": [\n"
	"  {\"name\": \"id\", \"title\": \"ID\", \"type\": \"number\", \"value\": "
	"\"id\"}]}";
static const char one_connection[] =
	"{\"connections\": [\n"
	" {\"name\": \"azure\", \"kind\": \"arm\", \"credential\": \"none\"}]}";

static const cJSON *board_in(const cJSON *root, const char *name)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, cJSON_GetObjectItemCaseSensitive(root, "boards")) {
		const cJSON *have = cJSON_GetObjectItemCaseSensitive(at, "name");

		if (have && strcmp(have->valuestring, name) == 0)
			return at;
	}
	return NULL;
}

static void check_member(const cJSON *board, const char *name, const char *want)
{
	const cJSON *got = cJSON_GetObjectItemCaseSensitive(board, name);

	check_case(name, cJSON_IsString(got));
	assert_string_equal(got->valuestring, want);
}

/* What it prints can be used as it is: the boards say that nothing is connected. */
static void test_config(void **state)
{
	struct run printed = {.args = RUN_ARGS("config")};
	struct run r = {.args = RUN_ARGS("boards")};

	(void)state;
	run_expect(&printed, 0);
	assert_non_null(strstr(printed.out.p, "\"connections\": ["));
	run_write_config("config.json", printed.out.p);
	run_expect(&r, 0);
	run_fini(&r);
	run_fini(&printed);
	run_clear_config();
	r = (struct run){.args = RUN_ARGS("config", "new")};
	run_expect(&r, 2);
	run_fini(&r);
}

static void test_boards_json(void **state)
{
	struct run r = {.args = RUN_ARGS("boards", "-o", "json")};
	struct library *library = library_new(NULL, NULL, NULL);
	cJSON *root;

	(void)state;
	run_write_config("boards/mine.json", own_board);
	run_write_config("config.json", one_connection);
	run_expect(&r, 0);
	root = cJSON_Parse(r.out.p);
	assert_non_null(root);
	check_member(root, "schema", "azdeck.boards/1");
	for (size_t i = 0; i < library_size(library); i++) {
		const char *name = library_at(library, i)->name;

		check_case(name, board_in(root, name) != NULL);
	}
	check_member(board_in(root, "sql"), "needs", "arm");
	check_member(board_in(root, "sql"), "state", "ready");
	check_member(board_in(root, "agents"), "state", "not connected");
	check_member(board_in(root, "mine"), "needs", "arm, devops");
	check_member(board_in(root, "mine"), "state", "not connected");
	cJSON_Delete(root);
	run_fini(&r);
	library_free(library);
	run_clear_config();
}

/* What people start from is a board that works, and never over one of theirs. */
static void test_boards_new(void **state)
{
	struct run r = {.args = RUN_ARGS("boards", "--new", "groups")};
	struct run list = {.args = RUN_ARGS("boards", "-o", "json")};
	struct run again = {.args = RUN_ARGS("boards", "--new", "groups")};
	struct run odd = {.args = RUN_ARGS("boards", "--new", "../groups")};
	cJSON *root;

	(void)state;
	run_write_config("config.json", one_connection);
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "boards/groups.json\n"));
	run_expect(&list, 0);
	root = cJSON_Parse(list.out.p);
	check_member(board_in(root, "groups"), "state", "ready");
	cJSON_Delete(root);
	run_expect(&again, 3);
	assert_non_null(strstr(again.err.p, "is there already"));
	run_expect(&odd, 2);
	run_fini(&odd);
	run_fini(&again);
	run_fini(&list);
	run_fini(&r);
	run_clear_config();
}

/* Boards from the folder that the configuration names, and from no other. */
static void test_boards_dir(void **state)
{
	struct run r = {.args = RUN_ARGS("boards", "-o", "json")};
	cJSON *root;

	(void)state;
	run_write_config("boards/left.json", own_board);
	run_write_config("team/mine.json", own_board);
	run_write_config("config.json", "{\"boards_dir\": \"team\"}");
	run_expect(&r, 0);
	root = cJSON_Parse(r.out.p);
	assert_non_null(board_in(root, "mine"));
	assert_null(board_in(root, "left"));
	cJSON_Delete(root);
	run_fini(&r);
	run_clear_config();
}

static void test_boards(void **state)
{
	static const struct text_case cases[] = {
		{"table", {"boards"}, 0, NULL, "BOARD "},
		{"no configuration", {"boards"}, 0, NULL, "not connected"},
		{"a word", {"boards", "sql"}, 2, NULL, "\"sql\""},
		{"csv", {"boards", "-o", "csv"}, 2, NULL, "\"csv\""},
	};

	(void)state;
	check_cases(cases, N(cases));
}

/* Without connections there is still something to list. */
static void test_boards_without_configuration(void **state)
{
	struct run r = {.args = RUN_ARGS("boards", "--config", "/nowhere/c.json")};

	(void)state;
	run_now(&r);
	assert_int_equal(r.code, 6);
	assert_non_null(strstr(r.err.p, "/nowhere/c.json"));
	assert_non_null(strstr(r.out.p, "\nsql "));
	run_fini(&r);
}

/* A broken file of the user's is told with its place; the others stay. */
static void test_boards_broken(void **state)
{
	struct run r = {.args = RUN_ARGS("boards")};

	(void)state;
	run_write_config("boards/mine.json", "{\n  \"title\": 7\n}");
	run_now(&r);
	assert_int_equal(r.code, 3);
	assert_non_null(strstr(r.err.p, "mine.json"));
	assert_non_null(strstr(r.err.p, "line "));
	assert_non_null(strstr(r.out.p, "\nsql "));
	run_fini(&r);
	run_clear_config();
}

static void test_decode(void **state)
{
	static const struct text_case cases[] = {
		{"the user's board",
		 {"decode", "mine", "-"},
		 0,
		 "{\"value\":[{\"id\":7},{\"id\":8}]}",
		 "[{\"id\":7,\"severity\":\"none\"},{\"id\":8,\"severity\":\"none\"}]\n"},
		{"a built-in one",
		 {"decode", "subscriptions", "-"},
		 0,
		 "{\"value\":[{\"subscriptionId\":\"s\",\"displayName\":\"Atlas\","
		 "\"state\":\"Enabled\"}]}",
		 "\"name\":\"Atlas\""},
		{"a recording",
		 {"decode", "mine", "--request", "a", "-"},
		 0,
		 "{\"request\":{},\"response\":{\"status\":200,\"body\":{\"value\":[{"
		 "\"id\":"
		 "1}]}}}",
		 "[{\"id\":1,"},
		{"a recorded failure",
		 {"decode", "mine", "-"},
		 5,
		 "{\"request\":{},\"response\":{\"status\":429,\"body\":{}}}",
		 "status 429"},
		{"unknown board",
		 {"decode", "min", "-"},
		 6,
		 "{}",
		 "did you mean \"mine\"?"},
		{"unknown request",
		 {"decode", "mine", "--request", "x", "-"},
		 2,
		 "{}",
		 "no request \"x\""},
		{"option before the board",
		 {"decode", "--request", "a", "mine"},
		 2,
		 "{}",
		 "belongs after the board"},
		{"unknown option",
		 {"decode", "mine", "--nope"},
		 2,
		 "{}",
		 "there is no option \"--nope\""},
		{"no file", {"decode", "mine"}, 2, NULL, "needs a board and a file"},
		{"no such file", {"decode", "mine", "/nowhere"}, 6, NULL, "/nowhere"},
		{"no JSON", {"decode", "mine", "-"}, 5, "{\"value\":", "line 1"},
		{"broken item",
		 {"decode", "mine", "--item", "{", "-"},
		 5,
		 "{}",
		 "--item"},
	};

	(void)state;
	run_write_config("boards/mine.json", own_board);
	check_cases(cases, N(cases));
	run_clear_config();
}

static void test_query(void **state)
{
	static const struct text_case cases[] = {
		{"stdin",
		 {"query", "a.b"},
		 0,
		 "{\"a\":{\"b\":[1,2]}}",
		 "[\n  1,\n  2\n]\n"},
		{"compact",
		 {"query", "a.b", "-c"},
		 0,
		 "{\"a\":{\"b\":[1,2]}}",
		 "[1,2]\n"},
		{"raw", {"query", "-r", "a"}, 0, "{\"a\":\"x\"}", "x\n"},
		{"a file", {"query", "a", "-"}, 0, "{\"a\":1}", "1\n"},
		{"syntax", {"query", "a["}, 2, "{}", "azdeck: query: syntax: "},
		{"type", {"query", "abs('x')"}, 2, "{}", "azdeck: query: invalid-type: "},
		{"arity", {"query", "abs()"}, 2, "{}", "azdeck: query: invalid-arity: "},
		{"function",
		 {"query", "nope(@)"},
		 2,
		 "{}",
		 "azdeck: query: unknown-function: "},
		{"value", {"query", "a[::0]"}, 2, "{}", "azdeck: query: invalid-value: "},
		{"no expression", {"query"}, 2, "{}", "EXPR is missing"},
		{"unknown option", {"query", "a", "--nope"}, 2, "{}", "\"--nope\""},
		{"no JSON", {"query", "a"}, 5, "{", "line 1"},
	};

	(void)state;
	check_cases(cases, N(cases));
}

/* What every command that prints does when it cannot. */
static void test_output(void **state)
{
	static const struct {
		const char *name;
		const char *args[MOST_ARGS];
		const char *input;
	} cases[] = {
		{"boards", {"boards"}, NULL},
		{"boards as JSON", {"boards", "-o", "json"}, NULL},
		{"decode", {"decode", "subscriptions", "-"}, "{\"value\":[]}"},
		{"query", {"query", "@"}, "[1,2,3]"},
		{"show", {"show", "sql", "--demo"}, NULL},
		{"show as JSON", {"show", "sql", "--demo", "-o", "json"}, NULL},
		{"show a query", {"show", "sql", "--demo", "--query", "[].name"}, NULL},
		{"keys", {"keys"}, NULL},
		{"themes", {"themes"}, NULL},
		{"version", {"version"}, NULL},
		{"help", {"help"}, NULL},
		{"help of one", {"help", "show"}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		struct run full = {.args = cases[i].args,
				   .input = cases[i].input,
				   .to = RUN_FULL};
		struct run closed = {.args = cases[i].args,
				     .input = cases[i].input,
				     .to = RUN_CLOSED};

		run_expect(&full, 3);
		check_text(cases[i].name, strbuf_str(&full.err),
			   "azdeck: cannot write the output: No space left on device\n");
		run_expect(&closed, 0);
		run_fini(&full);
		run_fini(&closed);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_help_is_complete),
		cmocka_unit_test(test_boards),
		cmocka_unit_test(test_boards_without_configuration),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_boards_json),
		cmocka_unit_test(test_boards_dir),
		cmocka_unit_test(test_boards_new),
		cmocka_unit_test(test_boards_broken),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_output),
	};

	return cmocka_run_group_tests_name("commands", tests, run_setup, run_teardown);
}
