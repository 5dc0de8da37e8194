/* Which row is meant by words, and what a person is told to type instead of words that
 * mean several: typed as told, they mean that row. */
#include "unit/board_fixture.h"

#include <stdlib.h>

#include "base/count.h"
#include "worker/row_meant.h"

static const char def_text[] = FIXTURE_DEF(
	"{\"name\": \"name\", \"title\": \"NAME\", \"value\": \"name\"},"
	"{\"name\": \"group\", \"title\": \"GROUP\", \"value\": \"group\"},"
	"{\"name\": \"server\", \"title\": \"SERVER\", \"value\": \"server\"}");

/* `twin` can be told apart by nothing but their keys. */
static const char rows_text[] =
	"{\"a\": {\"value\": ["
	"{\"id\": \"/k/0\", \"name\": \"orders\", \"group\": \"rg\", \"server\": "
	"\"weu\"},"
	"{\"id\": \"/k/1\", \"name\": \"orders\", \"group\": \"rg\", \"server\": "
	"\"neu\"},"
	"{\"id\": \"/k/2\", \"name\": \"orders-test\", \"group\": \"rg\", \"server\": "
	"\"weu\"},"
	"{\"id\": \"/k/3\", \"name\": \"twin\", \"group\": \"g\", \"server\": \"s\"},"
	"{\"id\": \"/k/4\", \"name\": \"twin\", \"group\": \"g\", \"server\": \"s\"}]}}";

static void test_words(void **state)
{
	static const struct {
		const char *name, *words;
		int row; /* -1: none */
		const char *says;
	} cases[] = {
		{"a key", "/k/1", 1, ""},
		{"a name", "orders-test", 2, ""},
		{"a name in capitals", "ORDERS-TEST", 2, ""},
		{"a filter", "server:neu", 1, ""},
		{"a name, then a filter", "orders server:weu", 0, ""},
		{"part of a name", "rders-t", 2, ""},
		{"two of a name", "orders", -1,
		 "2 rows of test are meant by \"orders\"; say which: \"orders "
		 "server:weu\", \"orders server:neu\""},
		{"part of three names", "rder", -1,
		 "\"orders server:neu\", \"orders-test\""},
		{"two that are alike", "twin", -1, "or give a key"},
		{"none", "nothing", -1, "no row of test is \"nothing\""},
		{"no words", "", -1, "rows of test are meant"},
		{"no filter", "/(/", -1, "filter: "},
	};
	struct board_def *def = fixture_def(def_text);
	struct board *board = fixture_board(def, rows_text);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = {0};
		size_t row = 99;
		bool ok = row_meant(board, "name", cases[i].words, FIXTURE_NOW_MS, &row,
				    &err);

		if (ok != (cases[i].row >= 0) || (ok && (int)row != cases[i].row) ||
		    !strstr(err.text, cases[i].says))
			fail_msg("%s: %zu, %s", cases[i].name, row, err.text);
	}
	board_put(board);
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
