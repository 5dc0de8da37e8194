/* A board as text for pipes: quoting, empty fields, order, alignment. */
#include "board_fixture.h"

#include "cli/print.h"

static const char def_text[] = FIXTURE_DEF(
	"{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"name\"},"
	"{\"name\":\"n\",\"title\":\"N\",\"type\":\"number\",\"value\":\"n\"},"
	"{\"name\":\"cost\",\"title\":\"COST\",\"type\":\"money\",\"value\":\"cost\","
	"\"currency\":\"'EUR'\"},"
	"{\"name\":\"since\",\"title\":\"SINCE\",\"type\":\"time\",\"value\":\"since\"},"
	"{\"name\":\"took\",\"title\":\"TOOK\",\"type\":\"duration\",\"value\":\"took\","
	"\"hidden\":true},"
	"{\"name\":\"trend\",\"title\":\"TREND\",\"type\":\"series\",\"value\":\"trend\"}"
	","
	"{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\",\"value\":\"state\","
	"\"severity\":{\"bad\":\"crit\",\"good\":\"ok\"}}");

struct print_case {
	const char *name;
	enum print_format format;
	const char *rows; /* of the answer */
	const char *want;
};

#define CSV_HEAD "severity,name,n,cost,cost_currency,since,took,state\r\n"
#define TSV_HEAD "severity\tname\tn\tcost\tcost_currency\tsince\ttook\tstate\n"

static const struct print_case cases[] = {
	{"csv: no rows", PRINT_CSV, "", CSV_HEAD},
	{"csv: nulls are empty, not 0", PRINT_CSV, "{\"id\":1}",
	 CSV_HEAD "none,,,,,,,\r\n"},
	{"csv: zero is 0", PRINT_CSV, "{\"id\":1,\"n\":0}", CSV_HEAD "none,,0,,,,,\r\n"},
	{"csv: comma", PRINT_CSV, "{\"id\":1,\"name\":\"a, b\"}",
	 CSV_HEAD "none,\"a, b\",,,,,,\r\n"},
	{"csv: quote", PRINT_CSV, "{\"id\":1,\"name\":\"say \\\"hi\\\"\"}",
	 CSV_HEAD "none,\"say \"\"hi\"\"\",,,,,,\r\n"},
	{"csv: only a quote", PRINT_CSV, "{\"id\":1,\"name\":\"\\\"\"}",
	 CSV_HEAD "none,\"\"\"\",,,,,,\r\n"},
	{"csv: a line end becomes a blank", PRINT_CSV, "{\"id\":1,\"name\":\"a\\r\\nb\"}",
	 CSV_HEAD "none,a b,,,,,,\r\n"},
	{"csv: a formula is a text", PRINT_CSV,
	 "{\"id\":1,\"name\":\"=HYPERLINK(\\\"http://x\\\",1)\",\"state\":\"@a\"}",
	 CSV_HEAD "unknown,\"'=HYPERLINK(\"\"http://x\"\",1)\",,,,,,'@a\r\n"},
	{"csv: a number is no formula", PRINT_CSV, "{\"id\":1,\"name\":\"-5\",\"n\":-7}",
	 CSV_HEAD "none,-5,-7,,,,,\r\n"},
	{"tsv: to the letter", PRINT_TSV, "{\"id\":1,\"name\":\"=1+1\"}",
	 TSV_HEAD "none\t=1+1\t\t\t\t\t\t\n"},
	{"csv: wide text", PRINT_CSV, "{\"id\":1,\"name\":\"caf\\u00e9 \\u6771\"}",
	 CSV_HEAD "none,café 東,,,,,,\r\n"},
	{"csv: an escape sequence is gone", PRINT_CSV,
	 "{\"id\":1,\"name\":\"a\\u001b[31mb\"}", CSV_HEAD "none,ab,,,,,,\r\n"},
	{"csv: figures are raw", PRINT_CSV,
	 "{\"id\":1,\"n\":1234567.5,\"cost\":0.1,\"since\":\"2026-11-21T04:05:06Z\","
	 "\"took\":1.5,\"trend\":[1,2],\"state\":\"bad\"}",
	 CSV_HEAD "crit,,1234567.5,0.1,EUR,2026-11-21T04:05:06Z,1.5,bad\r\n"},
	{"tsv: a tab becomes a blank", PRINT_TSV, "{\"id\":1,\"name\":\"a\\tb\"}",
	 TSV_HEAD "none\ta b\t\t\t\t\t\t\n"},
	{"tsv: no quotes", PRINT_TSV, "{\"id\":1,\"name\":\"a, \\\"b\\\"\"}",
	 TSV_HEAD "none\ta, \"b\"\t\t\t\t\t\t\n"},
	{"table: aligned, wide characters too", PRINT_TABLE,
	 "{\"id\":1,\"name\":\"\\u6771\\u4eac\",\"n\":7},"
	 "{\"id\":2,\"name\":\"abc\",\"n\":1000}",
	 "NAME      N  COST  SINCE  STATE\n"
	 "東京      7     –  –      –\n"
	 "abc   1,000     –  –      –\n"},
	{"table: no rows", PRINT_TABLE, "", "NAME  N  COST  SINCE  STATE\n"},
	{"json", PRINT_JSON, "{\"id\":1,\"name\":\"a\\\"b\",\"n\":2,\"state\":\"good\"}",
	 "{\"schema\":\"azdeck.show/"
	 "1\",\"board\":\"test\",\"as_of\":null,\"stale\":false,"
	 "\"partial\":false,\"error\":null,\"note\":null,\"rows\":[{\"name\":\"a\\\"b\","
	 "\"n\":2,"
	 "\"cost\":null,\"cost_currency\":null,\"since\":null,\"took\":null,"
	 "\"trend\":null,\"state\":\"good\",\"severity\":\"ok\"}]}\n"},
};

static void test_formats(void **state)
{
	struct board_def *def = fixture_def(def_text);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf answers, got;
		struct board *board;

		strbuf_init(&answers, 4096);
		strbuf_init(&got, 65536);
		strbuf_printf(&answers, "{\"a\":{\"value\":[%s]}}", cases[i].rows);
		board = fixture_board(def, answers.p);
		print_board(&got, board, cases[i].format, FIXTURE_NOW_MS, false);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		board_put(board);
		strbuf_fini(&answers);
		strbuf_fini(&got);
	}
	board_def_put(def);
}

static void test_marks_in_json(void **state)
{
	struct board_def *def = fixture_def(def_text);
	struct board *board = board_new(def);
	struct strbuf got;

	(void)state;
	strbuf_init(&got, 4096);
	board->fetched_ms = FIXTURE_NOW_MS;
	board->is_stale = board->is_partial = true;
	err_set(&board->err, ERR_NETWORK, "dbs: \"refused\"");
	board->note = "KEDA is not installed";
	print_board(&got, board, PRINT_JSON, FIXTURE_NOW_MS, false);
	check_text("marks", strbuf_str(&got),
		   "{\"schema\":\"azdeck.show/1\",\"board\":\"test\","
		   "\"as_of\":\"2026-11-21T04:05:06Z\",\"stale\":true,\"partial\":true,"
		   "\"error\":\"dbs: \\\"refused\\\"\",\"note\":\"KEDA is not "
		   "installed\",\"rows\":[]}\n");
	strbuf_fini(&got);
	board_put(board);
	board_def_put(def);
}

/* Colour is by severity, and never spoils the columns. */
static void test_colour(void **state)
{
	struct board_def *def = fixture_def(def_text);
	struct board *board = fixture_board(
		def, "{\"a\":{\"value\":[{\"id\":1,\"name\":\"x\",\"state\":\"bad\"}]}}");
	struct strbuf got;

	(void)state;
	strbuf_init(&got, 4096);
	print_board(&got, board, PRINT_TABLE, FIXTURE_NOW_MS, true);
	check_text("colour", strbuf_str(&got),
		   "NAME  N  COST  SINCE  STATE\n"
		   "x     –     –  –      \033[1;31mbad\033[m\n");
	strbuf_fini(&got);
	board_put(board);
	board_def_put(def);
}

static void test_names(void **state)
{
	enum print_format format;

	(void)state;
	assert_true(print_format_find(STR("table"), &format) && format == PRINT_TABLE);
	assert_true(print_format_find(STR("json"), &format) && format == PRINT_JSON);
	assert_true(print_format_find(STR("csv"), &format) && format == PRINT_CSV);
	assert_true(print_format_find(STR("tsv"), &format) && format == PRINT_TSV);
	assert_false(print_format_find(STR("JSON"), &format));
	assert_false(print_format_find(STR(""), &format));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_marks_in_json),
		cmocka_unit_test(test_colour),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
