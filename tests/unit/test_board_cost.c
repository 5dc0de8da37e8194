/* The cost board's figures belong to the days they name, however late the data. */
#include "board_fixture.h"

#include <math.h>

static const struct board_def *def;

struct cost_case {
	const char *name;
	const char *days;  /* rows of the daily answer: cost, date, currency */
	const char *month; /* of the month's */
	double today, yesterday, mtd, forecast; /* NAN: unknown */
};

/* It is 2026-11-21, four in the morning. */
static const struct cost_case cases[] = {
	{"today has begun",
	 "[3.5,20261119,\"EUR\"],[5,20261120,\"EUR\"],[1.25,20261121,\"EUR\"]",
	 "[100,\"EUR\"]", 1.25, 5, 100, 150},
	{"nothing of today yet", "[3.5,20261119,\"EUR\"],[5,20261120,\"EUR\"]",
	 "[100,\"EUR\"]", NAN, 5, 100, 150},
	{"a day and a half late", "[3.5,20261118,\"EUR\"],[5,20261119,\"EUR\"]",
	 "[100,\"EUR\"]", NAN, NAN, 100, 150},
	{"in no order",
	 "[1.25,20261121,\"EUR\"],[3.5,20261119,\"EUR\"],[5,20261120,\"EUR\"]",
	 "[100,\"EUR\"]", 1.25, 5, 100, 150},
	{"a quiet day is left out", "[3.5,20261119,\"EUR\"],[1.25,20261121,\"EUR\"]",
	 "[100,\"EUR\"]", 1.25, NAN, 100, 150},
	{"zero is a figure", "[0,20261120,\"EUR\"],[0,20261121,\"EUR\"]", "[0,\"EUR\"]",
	 0, 0, 0, 50},
};

static struct board *decode(const struct cost_case *c)
{
	struct strbuf text;
	struct board *board;

	strbuf_init(&text, 65536);
	strbuf_printf(
		&text,
		"{\"subs\":{\"value\":[]},\"days\":[{\"item\":{\"subscriptionId\":\"S\","
		"\"displayName\":\"Atlas\"},\"answer\":{\"properties\":{\"columns\":["
		"{\"name\":\"Cost\"},{\"name\":\"UsageDate\"},{\"name\":\"Currency\"}],"
		"\"rows\":[%s]}}}],\"month\":[{\"item\":{\"subscriptionId\":\"S\"},"
		"\"answer\":{\"properties\":{\"columns\":[{\"name\":\"Cost\"},"
		"{\"name\":\"Currency\"}],\"rows\":[%s]}}}],"
		"\"coming\":[{\"item\":{\"subscriptionId\":\"S\"},\"answer\":"
		"{\"properties\":{\"columns\":[{\"name\":\"Cost\"},{\"name\":"
		"\"UsageDate\"},{\"name\":\"CostStatus\"}],\"rows\":["
		"[50,20261122,\"Forecast\"],[9,20261120,\"Actual\"]]}}}]}",
		c->days, c->month);
	board = fixture_board(def, text.p);
	strbuf_fini(&text);
	return board;
}

static void check_figure(const char *name, const struct board *board, const char *column,
			 double want)
{
	ptrdiff_t at = board_def_column(def, str_from(column));
	const struct cell *cell = &board->rows[0].cells[at];

	if (cell->is_null != isnan(want) || (!cell->is_null && cell->number != want))
		fail_msg("case \"%s\": %s is %g (null: %d), want %g", name, column,
			 cell->number, cell->is_null, want);
}

static void test_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct board *board = decode(&cases[i]);

		check_case(cases[i].name, board->n_rows == 1);
		check_case(cases[i].name, board->surprises == 0);
		check_figure(cases[i].name, board, "today", cases[i].today);
		check_figure(cases[i].name, board, "yesterday", cases[i].yesterday);
		check_figure(cases[i].name, board, "mtd", cases[i].mtd);
		check_figure(cases[i].name, board, "forecast", cases[i].forecast);
		board_put(board);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_days)};
	struct library *library = library_new(NULL, NULL, NULL);
	int failed;

	def = library_find(library, STR("cost"));
	failed = cmocka_run_group_tests_name("board_cost", tests, NULL, NULL);
	library_free(library);
	return failed;
}
