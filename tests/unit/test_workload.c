/* Whose row it is: by resource group, by tag, by a word. */
#include "unit/check.h"

#include "board/workload.h"
#include "unit/board_fixture.h"

static const char text[] =
	"{\"title\":\"Things\",\"category\":\"test\",\"about\":\"Things.\",\"requests\":{"
	"\"a\":{\"get\":\"/a\"}},\"rows\":\"a\",\"key\":\"k\",\"columns\":["
	"{\"name\":\"k\",\"title\":\"THING\",\"value\":\"k\"},"
	"{\"name\":\"n\",\"title\":\"N\",\"type\":\"number\",\"value\":\"n\","
	"\"severity\":"
	"[{\"when\":\"n > `1`\",\"is\":\"crit\"}]}]}";

static const struct {
	const char *name, *row;
	bool is_ours;
} cases[] = {
	{"a group",
	 "{\"k\":\"1\",\"id\":\"/subscriptions/s/resourceGroups/rg-atlas-prod/x\"}",
	 true},
	{"another case",
	 "{\"k\":\"2\",\"id\":\"/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG-ATLAS-DR\"}", true},
	{"the end of an id", "{\"k\":\"3\",\"i\":\"/resourcegroups/atlas\"}", true},
	{"more than the pattern", "{\"k\":\"4\",\"i\":\"/resourcegroups/atlas2/x\"}",
	 false},
	{"a later id",
	 "{\"k\":\"5\",\"a\":\"/resourcegroups/other/x\",\"b\":\"/resourceGroups/"
	 "rg-atlas-1/y\"}",
	 true},
	{"a tag", "{\"k\":\"6\",\"tags\":{\"Workload\":\"Orders\"}}", true},
	{"another value", "{\"k\":\"7\",\"tags\":{\"workload\":\"orders-old\"}}", false},
	{"a tag that ends so", "{\"k\":\"8\",\"tags\":{\"my-workload\":\"orders\"}}",
	 false},
	{"a word in a cell", "{\"k\":\"the Order Desk\"}", true},
	{"a word elsewhere", "{\"k\":\"9\",\"note\":\"order desk\"}", false},
	{"nothing", "{\"k\":\"10\"}", false},
};

static const struct workload orders = {
	.name = "Orders",
	.groups = (const char *const[]){"rg-atlas-*", "atlas"},
	.n_groups = 2,
	.tags = (const struct workload_tag[]){{"workload", "orders"}},
	.n_tags = 1,
	.words = (const char *const[]){"order desk"},
	.n_words = 1,
};

static struct board *board_of(const struct board_def *def, const char *row)
{
	struct strbuf answers;
	struct board *board;

	strbuf_init(&answers, 4096);
	strbuf_printf(&answers, "{\"a\":[%s]}", row);
	board = fixture_board(def, answers.p);
	strbuf_fini(&answers);
	return board;
}

static void test_rows(void **state)
{
	struct board_def *def = fixture_def(text);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct board *board = board_of(def, cases[i].row);

		check_case(cases[i].name, board->n_rows == 1);
		check_case(cases[i].name, workload_has(&orders, board, &board->rows[0]) ==
						  cases[i].is_ours);
		board_put(board);
	}
	board_def_put(def);
}

/* Its counts and its search are its own; its rows outlive the whole. */
static void test_board(void **state)
{
	struct board_def *def = fixture_def(text);
	struct board *all =
		board_of(def, "{\"k\":\"x\",\"n\":5},{\"k\":\"order desk\",\"n\":1},"
			      "{\"k\":\"order desk 2\",\"n\":3}");
	struct board *part = workload_board(&orders, all);

	(void)state;
	assert_int_equal(all->by_sev[SEV_CRIT], 2);
	board_put(all);
	assert_int_equal(part->n_rows, 2);
	assert_int_equal(part->by_sev[SEV_CRIT], 1);
	assert_int_equal(board_find(part, STR("order desk 2")), 1);
	assert_int_equal(board_find(part, STR("x")), -1);
	board_put(part);
	board_def_put(def);
}

static void test_none(void **state)
{
	struct board_def *def = fixture_def(text);
	struct board *all = board_of(def, "{\"k\":\"x\",\"n\":5}");
	struct board *part = workload_board(&orders, all);

	(void)state;
	assert_int_equal(part->n_rows, 0);
	assert_int_equal(part->worst, SEV_NONE);
	assert_int_equal(board_find(part, STR("x")), -1);
	board_put(part);
	board_put(all);
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_board),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
