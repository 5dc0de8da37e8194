/* Daily costs off a board: days in place, what is not known, what is not whole, sums that
 * never cross currencies; and which lines and days a budget is about. */
#include "unit/board_fixture.h"

#include <math.h>

#include "base/timefmt.h"
#include "cost/book.h"
#include "cost/budget_scope.h"

static const char text[] = FIXTURE_DEF(
	"{\"name\":\"service\",\"title\":\"S\",\"value\":\"s\"},"
	"{\"name\":\"group\",\"title\":\"G\",\"value\":\"g\"},"
	"{\"name\":\"subscription\",\"title\":\"U\",\"value\":\"u\"},"
	"{\"name\":\"scope\",\"title\":\"O\",\"value\":\"join('', ['/subscriptions/', "
	"u])\"},"
	"{\"name\":\"month\",\"title\":\"M\",\"type\":\"money\",\"value\":\"`0`\","
	"\"currency\":\"c\"},"
	"{\"name\":\"cost\",\"title\":\"C\",\"type\":\"series\",\"value\":\"v\"},"
	"{\"name\":\"days\",\"title\":\"D\",\"type\":\"series\",\"value\":\"d\"}");

static struct board_def *def;

struct shelf {
	struct board *board;
	struct book book;
};

static void shelf_init(struct shelf *s, const char *rows)
{
	struct strbuf answers;

	strbuf_init(&answers, 65536);
	strbuf_printf(&answers, "{\"a\":{\"value\":%s}}", rows);
	s->board = fixture_board(def, answers.p);
	book_init(&s->book, &(struct book_from){.lines = s->board});
	strbuf_fini(&answers);
}

static void shelf_fini(struct shelf *s)
{
	book_fini(&s->book);
	board_put(s->board);
}

/* "1 0 - 4 |9": whole days, then the one that is not. */
static void put_line(struct strbuf *out, const struct book *book,
		     const struct book_line *line)
{
	for (size_t i = 0; i < book->n_days; i++)
		if (isfinite(line->v[i]))
			strbuf_printf(out, "%g ", line->v[i]);
		else
			strbuf_puts(out, "- ");
	if (isfinite(line->partial))
		strbuf_printf(out, "|%g", line->partial);
}

static void test_days(void **state)
{
	static const struct {
		const char *name, *rows, *want; /* of the first line, by name */
	} cases[] = {
		{"days without cost are 0, the newest is not whole",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[1,4,9],\"d\":[100,103,104]}]",
		 "1 0 0 4 |9"},
		{"in no order, one twice: the later one in the list counts",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[9,4,7,1],"
		 "\"d\":[104,103,100,100]}]",
		 "1 0 0 4 |9"},
		{"another line says that the newest day is later",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[1,4],\"d\":[100,102]},"
		 "{\"id\":2,\"s\":\"b\",\"u\":\"x\",\"v\":[0.5],\"d\":[104]}]",
		 "1 0 4 0 |0"},
		{"a subscription that is late has its own newest day",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[1,4],\"d\":[100,102]},"
		 "{\"id\":2,\"s\":\"b\",\"u\":\"y\",\"v\":[3,0.5],\"d\":[100,104]}]",
		 "1 0 - - "},
		{"a refund is negative",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[-2,1],\"d\":[100,101]}]",
		 "-2 |1"},
		{"a day alone is not whole, and there is nothing else",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[5],\"d\":[100]}]", ""},
		{"nothing", "[]", ""},
		{"days that are none",
		 "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[5,6],\"d\":[null,1e30]}]",
		 ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf got;
		struct shelf s;

		shelf_init(&s, cases[i].rows);
		strbuf_init(&got, 400);
		for (size_t k = 0; k < s.book.n && s.book.n_days; k++)
			if (strcmp(s.book.lines[k].text[COST_BY_SERVICE], "a") == 0)
				put_line(&got, &s.book, &s.book.lines[k]);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		shelf_fini(&s);
	}
}

/* Three weeks without any cost at all: an answer is missing, and what lies behind the
 * hole would make everything look new. */
static void test_hole(void **state)
{
	struct shelf s;

	(void)state;
	shelf_init(&s, "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[1,1,1,1],"
		       "\"d\":[100,101,130,131]}]");
	assert_int_equal(s.book.n_days, 31);
	assert_true(isnan(s.book.lines[0].v[0]) && isnan(s.book.lines[0].v[29]));
	assert_true(s.book.lines[0].v[30] == 1);
	shelf_fini(&s);
	shelf_init(&s, "[{\"id\":1,\"s\":\"a\",\"u\":\"x\",\"v\":[1,1,1],"
		       "\"d\":[100,110,111]}]");
	assert_true(s.book.lines[0].v[0] == 1 && s.book.lines[0].v[5] == 0);
	shelf_fini(&s);
}

static void test_sums(void **state)
{
	static const char rows[] =
		"[{\"id\":1,\"s\":\"sql\",\"g\":\"a\",\"u\":\"x\",\"c\":\"EUR\","
		"\"v\":[1,2,1],\"d\":[100,101,102]},"
		"{\"id\":2,\"s\":\"sql\",\"g\":\"b\",\"u\":\"x\",\"c\":\"EUR\","
		"\"v\":[10,20,5],\"d\":[100,101,102]},"
		"{\"id\":3,\"s\":\"sql\",\"g\":\"a\",\"u\":\"y\",\"c\":\"EUR\","
		"\"v\":[100,200,7],\"d\":[100,101,102]},"
		"{\"id\":4,\"s\":\"sql\",\"g\":\"a\",\"u\":\"x\",\"c\":\"USD\","
		"\"v\":[3,3,3],\"d\":[100,101,102]}]";
	struct book_line *sums;
	struct shelf s;

	(void)state;
	shelf_init(&s, rows);
	assert_int_equal(book_sums(&s.book, COST_BY_SERVICE, true, &sums), 2);
	assert_true(sums[0].v[0] == 111 && sums[0].partial == 13); /* the largest first */
	assert_string_equal(sums[0].currency, "EUR");
	assert_string_equal(sums[0].text[COST_BY_GROUP], "");
	assert_string_equal(sums[1].currency, "USD");
	assert_string_equal(sums[1].text[COST_BY_GROUP], "a");
	assert_int_equal(book_sums(&s.book, COST_BY_SERVICE, false, &sums), 3);
	assert_true(sums[1].v[1] == 22);
	assert_int_equal(book_sums(&s.book, COST_BY_GROUP, true, &sums), 3);
	assert_int_equal(book_sums(&s.book, COST_BY_ALL, true, &sums), 2);
	assert_true(book_between(&s.book, sums[0].v, 100, 101) == 333);
	assert_true(book_between(&s.book, sums[0].v, 101, 400) == 222);
	assert_true(isnan(book_between(&s.book, sums[0].v, 300, 400)));
	shelf_fini(&s);
}

static void test_budget_lines(void **state)
{
	static const char rows[] =
		"[{\"id\":1,\"s\":\"Storage\",\"g\":\"rg-a\",\"u\":\"x\",\"v\":[4,1],"
		"\"d\":[100,101]},"
		"{\"id\":2,\"s\":\"SQL Database\",\"g\":\"rg-a\",\"u\":\"x\",\"v\":[3,1],"
		"\"d\":[100,101]},"
		"{\"id\":3,\"s\":\"Storage\",\"g\":\"rg-ab\",\"u\":\"x\",\"v\":[2,1],"
		"\"d\":[100,101]},"
		"{\"id\":4,\"s\":\"Storage\",\"g\":\"rg-a\",\"u\":\"xy\",\"v\":[1,1],"
		"\"d\":[100,101]}]";
	static const struct {
		const char *name, *scope, *filter;
		int n; /* -1: it cannot be told */
	} cases[] = {
		{"a subscription", "subscriptions/x", "", 3},
		{"with a slash in front", "/subscriptions/xy", "", 1},
		{"a group, in any case", "subscriptions/X/resourceGroups/RG-A", "", 2},
		{"a group that is not there", "subscriptions/x/resourcegroups/none", "",
		 0},
		{"a billing account", "providers/microsoft.billing/billingaccounts/1", "",
		 0},
		{"a service", "subscriptions/x",
		 "{\"dimensions\":{\"name\":\"ServiceName\",\"operator\":\"In\","
		 "\"values\":[\"storage\",\"Redis\"]}}",
		 2},
		{"two conditions", "subscriptions/x",
		 "{\"and\":[{\"dimensions\":{\"name\":\"ServiceName\",\"values\":"
		 "[\"Storage\"]}},{\"dimensions\":{\"name\":\"ResourceGroup\","
		 "\"values\":[\"rg-ab\"]}}]}",
		 1},
		{"nothing to filter by", "subscriptions/x", "{}", 3},
		{"a tag", "subscriptions/x",
		 "{\"tags\":{\"name\":\"env\",\"values\":[\"prod\"]}}", -1},
		{"a tag among others", "subscriptions/x",
		 "{\"and\":[{\"dimensions\":{\"name\":\"ServiceName\",\"values\":"
		 "[\"Storage\"]}},{\"tags\":{\"name\":\"env\",\"values\":[\"p\"]}}]}",
		 -1},
		{"a dimension that lines do not have", "subscriptions/x",
		 "{\"dimensions\":{\"name\":\"MeterCategory\",\"values\":[\"a\"]}}", -1},
		{"a text that was cut", "subscriptions/x", "{\"dimensions\":{\"na", -1},
	};
	struct shelf s;

	(void)state;
	shelf_init(&s, rows);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct budget_scope scope = {cases[i].scope, cases[i].filter};
		struct book_line *lines[4];
		size_t n;
		bool is_told = budget_lines(&scope, &s.book, lines, &n);

		check_case(cases[i].name, is_told == (cases[i].n >= 0));
		check_case(cases[i].name, !is_told || n == (size_t)cases[i].n);
	}
	shelf_fini(&s);
}

static int64_t day_of(const char *date)
{
	int64_t ms;

	assert_true(time_parse(str_from(date), &ms));
	return ms / DAY_MS;
}

static void test_periods(void **state)
{
	static const struct {
		const char *name, *grain, *began, *day, *from, *until;
	} cases[] = {
		{"a month", "Monthly", "2024-01-01", "2026-03-11", "2026-03-01",
		 "2026-03-31"},
		{"its last day", "Monthly", "2024-01-01", "2026-02-28", "2026-02-01",
		 "2026-02-28"},
		{"February of a leap year", "BillingMonth", "2024-01-01", "2028-02-29",
		 "2028-02-01", "2028-02-29"},
		{"a quarter", "Quarterly", "2024-01-01", "2026-03-11", "2026-01-01",
		 "2026-03-31"},
		{"a quarter that began in February", "Quarterly", "2025-02-01",
		 "2026-01-15", "2025-11-01", "2026-01-31"},
		{"a year", "Annually", "2024-07-01", "2026-03-11", "2025-07-01",
		 "2026-06-30"},
		{"it does not say when it began", "Annually", "1970-01-01", "2026-03-11",
		 "2026-01-01", "2026-12-31"},
		{"a grain nobody knows", "Hourly", "2024-01-01", "2026-12-31",
		 "2026-12-01", "2026-12-31"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct period p = budget_period(cases[i].grain, day_of(cases[i].began),
						day_of(cases[i].day));

		check_case(cases[i].name, p.first_day == day_of(cases[i].from));
		check_case(cases[i].name, p.last_day == day_of(cases[i].until));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),	cmocka_unit_test(test_hole),
		cmocka_unit_test(test_sums),	cmocka_unit_test(test_budget_lines),
		cmocka_unit_test(test_periods),
	};
	int failed;

	def = fixture_def(text);
	failed = cmocka_run_group_tests_name("cost_book", tests, NULL, NULL);
	board_def_put(def);
	return failed;
}
