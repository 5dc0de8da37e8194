/* Where the cursor of a table is while its rows come in and change. */
#include "board_fixture.h"

#include "tui/widget/table.h"

#define DEF                                                                              \
	"{\"title\":\"T\",\"category\":\"test\",\"about\":\"A.\",\"requests\":{\"a\":"   \
	"{\"get\":\"/a\"}},\"rows\":\"a\",\"key\":\"id\",\"columns\":[{\"name\":\"id\"," \
	"\"title\":\"ID\",\"value\":\"id\",\"severity\":{\"bad\":\"crit\",\"worse\":"    \
	"\"crit\",\"*\":\"ok\"}}],\"sort\":\"-severity\"}"

static void follow(struct table *table, const struct board_def *def, const char *answers)
{
	struct board *board = fixture_board(def, answers);

	table_follow(table, board, FIXTURE_NOW_MS);
	board_put(board);
}

static void check_at(const char *name, const struct table *table, const char *key)
{
	const struct row *row = view_row(&table->view);

	check_case(name, row != NULL);
	check_text(name, row->key, key);
}

static void test_cursor(void **state)
{
	struct board_def *def = fixture_def(DEF);
	struct table table;

	(void)state;
	table_init(&table, def);
	follow(&table, def, "{\"a\":[]}");
	check_case("nothing yet", view_row(&table.view) == NULL);
	follow(&table, def, "{\"a\":[{\"id\":\"good\"}]}");
	check_at("the first lane has answered", &table, "good");
	follow(&table, def, "{\"a\":[{\"id\":\"good\"},{\"id\":\"bad\"}]}");
	check_at("another has something worse", &table, "bad");
	table_move(&table, 0);
	follow(&table, def,
	       "{\"a\":[{\"id\":\"worse\"},{\"id\":\"good\"},{\"id\":\"bad\"}]}");
	check_at("it was put there by hand", &table, "bad");
	assert_int_equal(table.view.selected, 1);
	table_fini(&table);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cursor)};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
