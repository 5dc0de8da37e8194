/* Filters, orders, highlights, and the selection that follows its row. */
#include "board_fixture.h"

#include <stdlib.h>

#include "board/view.h"

static const char def_text[] = FIXTURE_DEF(
	"{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"name\"},"
	"{\"name\":\"st\",\"title\":\"STATUS\",\"type\":\"state\",\"value\":\"st\","
	"\"severity\":"
	"{\"Online\":\"ok\",\"Scaling\":\"warn\",\"Failed\":\"crit\"}},"
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"value\":\"cpu\"},"
	"{\"name\":\"size\",\"title\":\"SIZE\",\"type\":\"bytes\",\"value\":\"size\"},"
	"{\"name\":\"note\",\"title\":\"NOTE\",\"value\":\"note\",\"hidden\":true}");
static const char answers[] =
	"{\"a\":{\"value\":["
	"{\"id\":\"a\",\"name\":\"db-10\",\"st\":\"Online\",\"cpu\":5,\"size\":2048,"
	"\"note\":\"x\"},"
	"{\"id\":\"b\",\"name\":\"db-9\",\"st\":\"Failed\",\"cpu\":null,\"size\":1,"
	"\"note\":"
	"\"secret\"},"
	"{\"id\":\"c\",\"name\":\"Orders Prod\",\"st\":\"Scaling\",\"cpu\":90.5},"
	"{\"id\":\"d\",\"name\":\"db-1\",\"st\":\"Online\",\"cpu\":-1}]}}";

/* The keys of the rows in order, one letter each. */
static void keys(const struct board_view *v, char *out)
{
	for (size_t i = 0; i < v->n; i++)
		*out++ = v->board->rows[v->index[i]].key.p[0];
	*out = '\0';
}

struct fixture {
	struct board_def *def;
	struct board *board;
	struct board_view view;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->def = fixture_def(def_text);
	f->board = fixture_board(f->def, answers);
	view_init(&f->view);
	view_set_board(&f->view, f->board, FIXTURE_NOW_MS);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	view_fini(&f->view);
	board_put(f->board);
	board_def_put(f->def);
	free(f);
	return 0;
}

static void test_filters(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", "abcd"},		{"   ", "abcd"},
		{"db", "abd"},		{"DB", ""},
		{"orders", "c"},	{"Orders", "c"},
		{"oRders", ""},		{"db online", "ad"},
		{"!online", "bc"},	{"!", "abcd"},
		{"status:fail", "b"},	{"st:fail", "b"},
		{"status:db", ""},	{"STATUS:", "abcd"},
		{"!st:online db", "b"}, {"name:Online", ""},
		{"nothing:db", ""},	{"secret", ""},
		{"note:secret", "b"},	{"\"orders prod\"", "c"},
		{"\"orders pr", "c"},	{"/^db-\\d$/", "bd"},
		{"/^db-\\d", "abd"},	{"!/^db/", "c"},
		{"name:/9$/", "b"},	{"/ONLINE/", ""},
		{"/\\Snline/", "ad"},	{"90.5%", "c"},
		{"kib", "a"},		{"KiB", "a"},
		{"severity:crit", "b"}, {"!severity:ok", "bc"},
		{"cpu:–", "b"},		{"/(a+)+$/", ""},
		{"cpu>5", "c"},		{"cpu>=5", "ac"},
		{"cpu<5", "d"},		{"CPU<=5%", "ad"},
		{"!cpu>5", "abd"},	{"cpu>", "abcd"},
		{"cpu>4 db", "a"},	{"size>1k", "a"},
		{"size<=1", "b"},	{"name>5", ""},
		{"nothing>5", ""},	{"db -", "abd"},
		{"/", "abcd"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = {0};
		char got[8];

		if (!view_set_filter(&f->view, str_from(cases[i].text), &err))
			fail_msg("case \"%s\": %s", cases[i].text, err.text);
		keys(&f->view, got);
		check_text(cases[i].text, str_from(got), cases[i].want);
	}
}

static void test_broken_filters(void **state)
{
	struct fixture *f = *state;
	struct err err = {0};
	struct strbuf text;

	assert_true(view_set_filter(&f->view, STR("orders"), &err));
	assert_false(view_set_filter(&f->view, STR("/[/"), &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(view_set_filter(&f->view, STR("cpu>high"), &err));
	assert_string_equal(err.text, "filter: high is no bound for CPU: 80, 1.5k");
	/* What was there stays. */
	assert_int_equal(f->view.n, 1);
	strbuf_init(&text, 1000);
	strbuf_pad(&text, 'x', 300);
	assert_false(view_set_filter(&f->view, strbuf_str(&text), &err));
	strbuf_reset(&text);
	for (int i = 0; i < 17; i++)
		strbuf_puts(&text, "a ");
	assert_false(view_set_filter(&f->view, strbuf_str(&text), &err));
	strbuf_fini(&text);
}

static void test_orders(void **state)
{
	static const struct {
		const char *name;
		struct view_order order;
		const char *want;
	} cases[] = {
		{"as given", {.column = VIEW_AS_GIVEN}, "abcd"},
		{"names as people count", {.column = 0}, "dbac"},
		{"names backwards", {.column = 0, .is_descending = true}, "cabd"},
		{"unknown last", {.column = 2}, "dacb"},
		{"unknown last backwards", {.column = 2, .is_descending = true}, "cadb"},
		{"worst", {.column = VIEW_BY_SEVERITY, .is_descending = true}, "bcad"},
		{"best", {.column = VIEW_BY_SEVERITY}, "adcb"},
		{"severity then name", {.column = 0, .severity_first = true}, "bcda"},
		{"severity alone",
		 {.column = VIEW_AS_GIVEN, .severity_first = true},
		 "bcad"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char got[8];

		view_set_order(&f->view, cases[i].order);
		keys(&f->view, got);
		check_text(cases[i].name, str_from(got), cases[i].want);
	}
}

static void test_selection_follows_its_row(void **state)
{
	struct fixture *f = *state;
	struct err err = {0};
	struct board *next;

	view_select(&f->view, 2);
	check_text("selected", view_row(&f->view)->key, "c");
	view_set_order(&f->view, (struct view_order){.column = 2, .is_descending = true});
	assert_int_equal(f->view.selected, 0);
	/* Filtered away: another row, and back with the filter gone. */
	assert_true(view_set_filter(&f->view, STR("db"), &err));
	assert_non_null(view_row(&f->view));
	assert_true(view_set_filter(&f->view, STR(""), &err));
	check_text("back", view_row(&f->view)->key, "c");
	/* A new version with the row elsewhere, then without it. */
	next = fixture_board(f->def, "{\"a\":{\"value\":[{\"id\":\"c\",\"cpu\":1},"
				     "{\"id\":\"x\",\"cpu\":50}]}}");
	view_set_board(&f->view, next, FIXTURE_NOW_MS);
	board_put(next);
	check_text("moved", view_row(&f->view)->key, "c");
	assert_int_equal(f->view.selected, 1);
	next = fixture_board(f->def, "{\"a\":{\"value\":[{\"id\":\"x\",\"cpu\":50}]}}");
	view_set_board(&f->view, next, FIXTURE_NOW_MS);
	board_put(next);
	check_text("gone", view_row(&f->view)->key, "x");
	next = fixture_board(f->def, "{}");
	view_set_board(&f->view, next, FIXTURE_NOW_MS);
	board_put(next);
	assert_null(view_row(&f->view));
	view_select(&f->view, 5);
	assert_int_equal(f->view.selected, 0);
}

static void test_new_marks_change_nothing(void **state)
{
	struct fixture *f = *state;
	struct err err = {0};
	struct board *marked;
	char got[8];

	assert_true(view_set_filter(&f->view, STR("db"), &err));
	marked = board_remark(f->board);
	view_set_board(&f->view, marked, FIXTURE_NOW_MS);
	assert_ptr_equal(f->view.board, marked);
	board_put(marked);
	keys(&f->view, got);
	assert_string_equal(got, "abd");
}

static void test_ranges(void **state)
{
	static const struct {
		const char *filter;
		size_t column;
		const char *text, *want;
	} cases[] = {
		{"or", 0, "Orders or", "[Or]ders [or]"},
		{"ord rder", 0, "Orders", "[Order]s"},
		{"er Ord", 0, "Orders", "[Order]s"},
		{"st:on", 1, "Online", "[On]line"},
		{"st:on", 0, "Online", "Online"},
		{"!on", 1, "Online", "Online"},
		{"/\\d+/", 0, "db-10-7", "db-[10]-[7]"},
		{"/x*/", 0, "axxb", "a[xx]b"},
		{"aa", 0, "aaaa", "[aaaa]"},
		{"a b c", 0, "abc", "[abc]"},
		{"c a", 0, "abc", "[a]b[c]"},
		{"zz", 0, "abc", "abc"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str text = str_from(cases[i].text);
		struct filter_range ranges[8];
		struct err err = {0};
		struct strbuf got;
		size_t n, at = 0;

		assert_true(view_set_filter(&f->view, str_from(cases[i].filter), &err));
		n = filter_ranges(f->view.filter, cases[i].column, text, ranges, 8);
		strbuf_init(&got, 256);
		for (size_t k = 0; k < n; k++) {
			strbuf_put(&got, str_sub(text, at, ranges[k].at - at));
			strbuf_putc(&got, '[');
			strbuf_put(&got, str_sub(text, ranges[k].at, ranges[k].n));
			strbuf_putc(&got, ']');
			at = ranges[k].at + ranges[k].n;
		}
		strbuf_put(&got, str_sub(text, at, text.n));
		check_text(cases[i].filter, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
	}
	assert_int_equal(filter_ranges(NULL, 0, STR("x"), NULL, 0), 0);
}

/* The quick order of rows must be the one cell_compare gives. */
static void test_sort_agrees_with_compare(void **state)
{
	static const char *const parts[] = {"db", "DB", "-", "1", "01",
					    "10", "9",	"a", "ä", ""};
	struct fixture *f = *state;
	struct strbuf text;
	struct board *board;
	unsigned seed = 12345;

	strbuf_init(&text, 1 << 20);
	strbuf_puts(&text, "{\"a\":{\"value\":[{\"id\":\"0\"}");
	for (int i = 1; i < 400; i++) {
		strbuf_printf(&text, ",{\"id\":\"%d\",\"name\":\"db-", i);
		for (int k = 0; k < 6; k++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_puts(&text, parts[seed >> 16 & 7]);
		}
		strbuf_puts(&text, "\"}");
	}
	strbuf_puts(&text, "]}}");
	board = fixture_board(f->def, text.p);
	view_set_board(&f->view, board, FIXTURE_NOW_MS);
	for (int down = 0; down < 2; down++) {
		view_set_order(&f->view,
			       (struct view_order){.column = 0, .is_descending = down});
		for (size_t i = 1; i < f->view.n; i++) {
			const struct row *a = &board->rows[f->view.index[i - 1]];
			const struct row *b = &board->rows[f->view.index[i]];
			int order = cell_compare(&f->def->columns[0], a->cells, b->cells);

			if (b->cells[0].is_null)
				continue;
			assert_false(a->cells[0].is_null);
			assert_true(down ? order >= 0 : order <= 0);
		}
		assert_true(board->rows[f->view.index[f->view.n - 1]].cells[0].is_null);
	}
	board_put(board);
	strbuf_fini(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_filters),
		TEST(test_broken_filters),
		TEST(test_orders),
		TEST(test_selection_follows_its_row),
		TEST(test_new_marks_change_nothing),
		TEST(test_ranges),
		TEST(test_sort_agrees_with_compare),
	};

	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
