/* A board shares its rows with the one it was marked from, and finds them by key. */
#include "board_fixture.h"

static void test_remark_shares_rows(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\"}"));
	struct board *first = fixture_board(
		def, "{\"a\":{\"value\":[{\"id\":\"1\",\"v\":\"x\"},{\"id\":\"2\"}]}}");
	struct board *stale, *again;
	const struct row *rows = first->rows;

	(void)state;
	first->version = 7;
	stale = board_remark(first);
	stale->is_stale = true;
	assert_false(first->is_stale);
	board_put(first);
	again = board_remark(stale);
	board_put(stale);
	/* The rows live as long as the last board that shows them. */
	assert_ptr_equal(again->rows, rows);
	assert_true(again->is_stale);
	assert_int_equal(again->version, 7);
	assert_string_equal(again->rows[0].cells[0].text, "x");
	assert_int_equal(board_find(again, STR("2")), 1);
	board_put(again);
	board_def_put(def);
}

static void test_counts(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\"}"));
	struct board *board = board_new(def);

	(void)state;
	assert_true(board->is_loading);
	assert_int_equal(board_find(board, STR("1")), -1);
	assert_ptr_equal(board_get(board), board);
	board_put(board);
	assert_ptr_equal(board->def, def);
	board_put(board);
	board_put(NULL);
	board_def_put(def);
}

static void test_many_equal_keys(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":\"v\"}"));
	struct strbuf answers;
	struct board *board;

	(void)state;
	strbuf_init(&answers, 1 << 20);
	strbuf_puts(&answers, "{\"a\":{\"value\":[{\"id\":\"k\"}");
	for (int i = 0; i < 5000; i++)
		strbuf_puts(&answers, ",{\"id\":\"k\"}");
	strbuf_puts(&answers, "]}}");
	board = fixture_board(def, answers.p);
	assert_int_equal(board->n_rows, 5001);
	assert_int_equal(board_find(board, STR("k")), 0);
	assert_int_equal(board_find(board, STR("k#5001")), 5000);
	for (size_t i = 0; i < board->n_rows; i++)
		assert_int_equal(board_find(board, board->rows[i].key), i);
	board_put(board);
	strbuf_fini(&answers);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_remark_shares_rows),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_many_equal_keys),
	};

	return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}
