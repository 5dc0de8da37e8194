/* Answers to rows: every type of value, severities, keys, joins, hostile texts. */
#include "board_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "base/sanitize.h"

/* Nothing the sanitiser would change. */
static bool is_safe(struct str text)
{
	struct strbuf clean;
	bool same;

	strbuf_init(&clean, text.n * 3 + 1);
	sanitize_line(&clean, text);
	same = str_eq(strbuf_str(&clean), text);
	strbuf_fini(&clean);
	return same;
}

/* One value through one column of a type; the cell as JSON. */
static void test_types(void **state)
{
	static const struct {
		const char *name, *column, *value, *want;
		unsigned surprises;
	} cases[] = {
		{"text", "\"type\":\"text\"", "\"abc\"", "\"abc\"", 0},
		{"number as text", "\"type\":\"text\"", "12.5", "\"12.5\"", 0},
		{"truth as text", "\"type\":\"text\"", "false", "\"false\"", 0},
		{"list as text", "\"type\":\"text\"", "[\"a\",1,null]", "\"a, 1, null\"",
		 0},
		{"object as text", "\"type\":\"text\"", "{\"a\":1}", "\"{\\\"a\\\":1}\"",
		 0},
		{"empty text", "\"type\":\"text\"", "\"\"", "\"\"", 0},
		{"no text", "\"type\":\"text\"", "null", "null", 0},
		{"number", "\"type\":\"number\"", "-7E-06", "-7e-06", 0},
		{"number in text", "\"type\":\"number\"", "\" 42 \"", "42", 0},
		{"no number", "\"type\":\"number\"", "\"many\"", "null", 0},
		{"list as number", "\"type\":\"number\"", "[1]", "null", 1},
		{"truth as number", "\"type\":\"number\"", "true", "1", 0},
		{"null is not 0", "\"type\":\"number\"", "null", "null", 0},
		{"not finite", "\"type\":\"number\"", "\"nan\"", "null", 0},
		{"bytes", "\"type\":\"bytes\"", "1024", "1024", 0},
		{"percent", "\"type\":\"percent\"", "\"12.5\"", "12.5", 0},
		{"time", "\"type\":\"time\"", "\"2017-06-07T04:41:33.937Z\"",
		 "\"2017-06-07T04:41:33.937Z\"", 0},
		{"time without zone", "\"type\":\"time\"", "\"2019-10-24T01:16:34.35\"",
		 "\"2019-10-24T01:16:34.350Z\"", 0},
		{"time with zone", "\"type\":\"time\"", "\"2026-11-21T04:05:06+03:00\"",
		 "\"2026-11-21T01:05:06Z\"", 0},
		{"day as number", "\"type\":\"time\"", "20200401",
		 "\"2020-04-01T00:00:00Z\"", 0},
		{"unix", "\"type\":\"time\"", "1795233906", "\"2026-11-21T04:05:06Z\"",
		 0},
		{"unix ms", "\"type\":\"time\"", "1795233906500",
		 "\"2026-11-21T04:05:06.500Z\"", 0},
		{"not set", "\"type\":\"age\"", "\"0001-01-01T00:00:00Z\"", "null", 0},
		{"not set either", "\"type\":\"age\"", "\"1753-01-01T00:00:00\"", "null",
		 0},
		{"object as time", "\"type\":\"age\"", "{\"a\":1}", "null", 1},
		{"duration", "\"type\":\"duration\"", "\"PT1M30S\"", "90", 0},
		{"clock duration", "\"type\":\"duration\"", "\"00:01:30.5\"", "90.5", 0},
		{"bare seconds", "\"type\":\"duration\"", "90", "90", 0},
		{"bare minutes", "\"type\":\"duration\",\"unit\":\"min\"", "1.5", "90",
		 0},
		{"state", "\"type\":\"state\"", "\"Online\"", "\"Online\"", 0},
		{"no word", "\"type\":\"state\"", "\"\"", "null", 0},
		{"series", "\"type\":\"series\"", "[1,\"2\",null,4]", "[1,2,null,4]", 0},
		{"no series", "\"type\":\"series\"", "[]", "null", 0},
		{"text as series", "\"type\":\"series\"", "\"x\"", "null", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf text, answers, out, want;
		struct board_def *def;
		struct board *board;

		strbuf_init(&text, 4096);
		strbuf_init(&answers, 4096);
		strbuf_init(&out, 4096);
		strbuf_init(&want, 4096);
		strbuf_printf(
			&text,
			FIXTURE_DEF(
				"{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\",%s}"),
			cases[i].column);
		strbuf_printf(&answers, "{\"a\":{\"value\":[{\"id\":\"1\",\"v\":%s}]}}",
			      cases[i].value);
		strbuf_printf(&want, "[{\"v\":%s,\"severity\":\"none\"}]", cases[i].want);
		def = fixture_def(text.p);
		board = fixture_board(def, answers.p);
		board_rows_json(board, &out);
		check_text(cases[i].name, strbuf_str(&out), want.p);
		check_case(cases[i].name, board->surprises == cases[i].surprises);
		board_put(board);
		board_def_put(def);
		strbuf_fini(&text);
		strbuf_fini(&answers);
		strbuf_fini(&out);
		strbuf_fini(&want);
	}
}

static const char two_columns[] =
	FIXTURE_DEF("{\"name\":\"st\",\"title\":\"S\",\"type\":\"state\",\"value\":"
		    "\"st\",\"severity\":"
		    "{\"Online\":\"ok\",\"Scaling\":\"warn\",\"null\":\"info\"}},"
		    "{\"name\":\"cpu\",\"title\":\"C\",\"type\":\"percent\",\"value\":"
		    "\"cpu\",\"severity\":"
		    "[{\"when\":\"cpu >= `90` && st != 'Paused'\",\"is\":\"crit\"},"
		    "{\"when\":\"cpu >= `75`\",\"is\":\"warn\"}]}");

static void test_severities(void **state)
{
	static const struct {
		const char *name, *row;
		enum severity st, cpu, all;
	} cases[] = {
		{"fine", "{\"st\":\"Online\",\"cpu\":5}", SEV_OK, SEV_NONE, SEV_OK},
		{"no case", "{\"st\":\"ONLINE\",\"cpu\":5}", SEV_OK, SEV_NONE, SEV_OK},
		{"unlisted word", "{\"st\":\"Molten\",\"cpu\":5}", SEV_UNKNOWN, SEV_NONE,
		 SEV_UNKNOWN},
		{"no word", "{\"cpu\":5}", SEV_INFO, SEV_NONE, SEV_INFO},
		{"first rule", "{\"st\":\"Online\",\"cpu\":95}", SEV_OK, SEV_CRIT,
		 SEV_CRIT},
		{"second rule", "{\"st\":\"Online\",\"cpu\":80}", SEV_OK, SEV_WARN,
		 SEV_WARN},
		{"rules see other cells", "{\"st\":\"Paused\",\"cpu\":95}", SEV_UNKNOWN,
		 SEV_WARN, SEV_WARN},
		{"null is below nothing", "{\"st\":\"Scaling\"}", SEV_WARN, SEV_NONE,
		 SEV_WARN},
	};
	struct board_def *def = fixture_def(two_columns);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf answers;
		struct board *board;

		strbuf_init(&answers, 4096);
		strbuf_printf(&answers, "{\"a\":{\"value\":[%s]}}", cases[i].row);
		board = fixture_board(def, answers.p);
		assert_int_equal(board->n_rows, 1);
		check_case(cases[i].name, board->rows[0].cells[0].sev == cases[i].st);
		check_case(cases[i].name, board->rows[0].cells[1].sev == cases[i].cpu);
		check_case(cases[i].name, board->rows[0].sev == cases[i].all);
		check_case(cases[i].name, board->worst == cases[i].all);
		check_case(cases[i].name, board->by_sev[cases[i].all] == 1);
		board_put(board);
		strbuf_fini(&answers);
	}
	board_def_put(def);
}

static void test_keys(void **state)
{
	struct board_def *def = fixture_def(two_columns);
	struct board *board = fixture_board(
		def, "{\"a\":{\"value\":[{\"id\":\"x\"},{\"id\":\"y\"},{\"id\":\"x\"},"
		     "{\"id\":\"x#2\"},{\"id\":null},{\"id\":\"x\"},{\"id\":7}]}}");
	static const char *const want[] = {"x", "y", "x#2", "x#2#2", "5", "x#3", "7"};

	(void)state;
	assert_int_equal(board->n_rows, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < board->n_rows; i++) {
		check_text(want[i], board->rows[i].key, want[i]);
		assert_int_equal(board_find(board, str_from(want[i])), i);
	}
	assert_int_equal(board_find(board, STR("z")), -1);
	assert_int_equal(board_find(board, STR("")), -1);
	board_put(board);
	board_def_put(def);
}

/* Loops, tables, where: the shape of a real board. */
static void test_joined(void **state)
{
	static const char text[] =
		"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
		"\"servers\":{\"get\":\"/s\"},"
		"\"dbs\":{\"for_each\":\"servers.value\",\"as\":\"s\",\"get\":\"{s.id}/"
		"d\"},"
		"\"cost\":{\"get\":\"/c\",\"optional\":true}},"
		"\"tables\":{\"cost\":{\"rows\":\"cost.rows\",\"key\":\"[0]\"}},"
		"\"rows\":\"dbs[].answer.value[]\",\"where\":\"name != 'master'\","
		"\"key\":\"id\",\"columns\":["
		"{\"name\":\"name\",\"title\":\"N\",\"value\":\"name\"},"
		"{\"name\":\"cost\",\"title\":\"C\",\"type\":\"money\","
		"\"value\":\"lookup('cost', id)[1]\",\"currency\":\"lookup('cost', "
		"id)[2]\"}]}";
	static const char answers[] =
		"{\"servers\":{\"value\":[{\"id\":\"/1\"},{\"id\":\"/2\"}]},"
		"\"dbs\":[{\"item\":{\"id\":\"/1\"},\"answer\":{\"value\":["
		"{\"id\":\"/1/m\",\"name\":\"master\"},{\"id\":\"/1/"
		"a\",\"name\":\"a\"}]}},"
		"{\"item\":{\"id\":\"/2\"},\"answer\":null},"
		"{\"item\":{\"id\":\"/2\"},\"answer\":{\"value\":[{\"id\":\"/2/"
		"b\",\"name\":"
		"\"b\"}]}}],"
		"\"cost\":{\"rows\":[[\"/1/a\",12.5,\"EUR\"],[\"/1/a\",99,\"USD\"]]}}";
	struct board_def *def = fixture_def(text);
	struct board *board = fixture_board(def, answers);
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 4096);
	board_rows_json(board, &out);
	check_text(
		"rows", strbuf_str(&out),
		"[{\"name\":\"a\",\"cost\":12.5,\"cost_currency\":\"EUR\",\"severity\":"
		"\"none\"},{\"name\":\"b\",\"cost\":null,\"cost_currency\":null,"
		"\"severity\":"
		"\"none\"}]");
	check_text("raw", board->rows[1].raw, "{\"id\":\"/2/b\",\"name\":\"b\"}");
	assert_int_equal(board->surprises, 0);
	strbuf_fini(&out);
	board_put(board);
	/* Without the optional answer, and without any. */
	board = fixture_board(def,
			      "{\"dbs\":[{\"answer\":{\"value\":[{\"id\":\"x\",\"name\":"
			      "\"x\"}]}}]}");
	assert_int_equal(board->n_rows, 1);
	assert_true(board->rows[0].cells[1].is_null);
	board_put(board);
	board = fixture_board(def, "{}");
	assert_int_equal(board->n_rows, 0);
	assert_int_equal(board_find(board, STR("x")), -1);
	board_put(board);
	board_def_put(def);
}

/* Nothing that could steer a terminal gets into a cell, a key or the raw text. */
static void test_hostile_text(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\"}"));
	struct board *board = fixture_board(
		def,
		"{\"a\":{\"value\":[{\"id\":\"k\\u001b[2J\",\"v\":\"a\\u001b]0;x\\u0007"
		"b\\nc\\u202ed\\u009b1m\"}]}}");

	(void)state;
	assert_true(is_safe(str_from(board->rows[0].cells[0].text)));
	assert_true(is_safe(board->rows[0].key));
	assert_true(is_safe(board->rows[0].raw));
	assert_null(strchr(board->rows[0].cells[0].text, '\n'));
	board_put(board);
	board_def_put(def);
}

static void test_long_text(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\"}"));
	struct strbuf answers;
	struct board *board;

	(void)state;
	strbuf_init(&answers, 1 << 20);
	strbuf_puts(&answers, "{\"a\":{\"value\":[{\"id\":\"1\",\"v\":\"x");
	for (int i = 0; i < 100000; i++)
		strbuf_puts(&answers, "ä");
	strbuf_puts(&answers, "\"}]}}");
	board = fixture_board(def, answers.p);
	assert_true(strlen(board->rows[0].cells[0].text) <= 1024);
	assert_true(is_safe(str_from(board->rows[0].cells[0].text)));
	assert_int_equal(board->rows[0].raw.n, 0); /* longer than is kept */
	board_put(board);
	strbuf_fini(&answers);
	board_def_put(def);
}

static void test_wrong_shapes(void **state)
{
	static const char *const answers[] = {
		"{\"a\":null}",
		"{\"a\":[]}",
		"{\"a\":{\"value\":null}}",
		"{\"a\":{\"value\":[]}}",
	};
	struct board_def *def = fixture_def(two_columns);
	struct board *board;

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		board = fixture_board(def, answers[i]);
		check_case(answers[i], board->n_rows == 0 && board->worst == SEV_NONE);
		board_put(board);
	}
	/* One object is one row; rows that are no objects have null cells. */
	board = fixture_board(def, "{\"a\":{\"value\":{\"id\":\"1\",\"cpu\":1}}}");
	assert_int_equal(board->n_rows, 1);
	board_put(board);
	board = fixture_board(def, "{\"a\":{\"value\":[1,\"x\",null,[]]}}");
	for (size_t i = 0; i < board->n_rows; i++)
		assert_true(board->rows[i].cells[1].is_null);
	board_put(board);
	board_def_put(def);
}

static void test_rows_are_counted(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"n\",\"title\":\"N\",\"value\":\"n\"}"));
	struct strbuf answers;
	struct board *board;

	(void)state;
	strbuf_init(&answers, 4 << 20);
	strbuf_puts(&answers, "{\"a\":{\"value\":[0");
	for (int i = 0; i < DECODE_MOST_ROWS; i++)
		strbuf_puts(&answers, ",0");
	strbuf_puts(&answers, "]}}");
	board = fixture_board(def, answers.p);
	assert_int_equal(board->n_rows, DECODE_MOST_ROWS);
	assert_true(board->is_partial);
	assert_int_equal(board->err.code, ERR_TOO_LARGE);
	board_put(board);
	strbuf_fini(&answers);
	board_def_put(def);
}

static void test_rows_that_fail(void **state)
{
	struct board_def *def = fixture_def(
		"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{\"a\":"
		"{\"get\":"
		"\"/"
		"a\"}},\"rows\":\"keys(a)\",\"key\":\"id\",\"columns\":[{\"name\":\"n\","
		"\"title\":\"N\",\"value\":\"length(n)\"}]}");
	cJSON *answers = cJSON_Parse("{\"a\":3}");
	struct err err = {0};
	struct board *board = NULL;

	(void)state;
	assert_false(board_decode(def, answers, 0, &board, &err));
	assert_int_equal(err.code, ERR_PARSE);
	assert_true(str_starts(str_from(err.text), STR("board test: rows: ")));
	cJSON_Delete(answers);
	/* A column that fails is null and counted; the row stands. */
	board = fixture_board(def, "{\"a\":{\"x\":1}}");
	assert_int_equal(board->n_rows, 1);
	assert_true(board->rows[0].cells[0].is_null);
	assert_true(board->surprises > 0);
	board_put(board);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_severities),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_hostile_text),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_wrong_shapes),
		cmocka_unit_test(test_rows_are_counted),
		cmocka_unit_test(test_rows_that_fail),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
