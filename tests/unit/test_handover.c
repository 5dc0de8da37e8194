/* What a hand-over tells of boards: which rows, in which words, how old, and what it says
 * where nothing is known. It is 2026-11-21 04:05 UTC. */
#include "board_fixture.h"

#include "base/count.h"
#include "board/filter.h"
#include "handover/handover.h"
#include "handover/parts.h"
#include "handover/phrase.h"

enum { MOST_BOARDS = 20, AGE_MS = 12000 };

static struct library *library;

struct world {
	struct board *boards[MOST_BOARDS];
	size_t n;
};

static int setup(void **state)
{
	(void)state;
	library = library_new(NULL, NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	library_free(library);
	return 0;
}

static struct board *find(void *ctx, const char *name)
{
	struct world *w = ctx;

	for (size_t i = 0; i < w->n; i++) {
		if (strcmp(w->boards[i]->def->name, name) == 0)
			return w->boards[i];
	}
	return NULL;
}

static struct board *give(struct world *w, const char *name, const char *answers)
{
	struct board *board =
		fixture_board(library_find(library, str_from(name)), answers);

	board->is_loading = false;
	board->fetched_ms = FIXTURE_NOW_MS - AGE_MS;
	w->boards[w->n++] = board;
	return board;
}

static void world_fini(struct world *w)
{
	for (size_t i = 0; i < w->n; i++)
		board_put(w->boards[i]);
}

static void write_all(struct world *w, const struct handover_change *changes, size_t n,
		      struct strbuf *out)
{
	const struct handover h = {.now_ms = FIXTURE_NOW_MS,
				   .since_ms = FIXTURE_NOW_MS - 8 * 3600000,
				   .by = "on_call",
				   .board = find,
				   .ctx = w,
				   .changes = changes,
				   .n_changes = n};

	strbuf_init(out, HANDOVER_MAX_BYTES);
	handover_write(&h, out);
}

#define SIGHT(what, state, key)                                                          \
	"{\"what\":\"" what "\",\"state\":\"" state "\",\"why\":\"CPU 97%\",\"since\":"  \
	"1795233000,\"title\":\"SQL databases\",\"category\":\"sql\",\"board\":\"sql\"," \
	"\"key\":\"" key "\"}"
#define SCHEDULE(name, drift, next)                                                      \
	"{\"kind\":\"database\",\"server\":\"s\",\"name\":\"" name                       \
	"\",\"drift\":\"" drift                                                          \
	"\",\"want\":\"S2\",\"size\":\"S3\",\"then\":\"off S1\",\"next\":" next "}"
#define FEED(board, state, why)                                                          \
	"{\"board\":\"" board "\",\"request\":\"r\",\"connection\":\"azure\",\"state\":" \
	"\"" state "\",\"good\":1795226706,\"why\":\"" why "\"}"
#define EVENT(id, when, what)                                                            \
	"{\"eventDataId\":\"" id "\",\"correlationId\":\"" id                            \
	"\",\"eventTimestamp\":\"" when                                                  \
	"\",\"operationName\":{\"value\":\"op\",\"localizedValue\":\"" what              \
	"\"},\"status\":{\"value\":\"Succeeded\"},\"caller\":\"bot\",\"resourceId\":"    \
	"\"/subscriptions/s/resourceGroups/g/providers/p/t/vm-1\"}"

struct row_case {
	const char *name, *board, *answers;
	const char *has[4], *has_not[2];
};

static const struct row_case row_cases[] = {
	{.name = "what nobody has stepped up to",
	 .board = "attention",
	 .answers = "{\"attention\":{\"rows\":[" SIGHT("db-1", "critical", "1") "," SIGHT(
		 "db-2", "warning", "2") "," SIGHT("db-3", "acknowledged", "3") "]}}",
	 .has = {"Critical, not acknowledged: 1 (`attention`, 12s old):\n\n- **db-1** on "
		 "SQL "
		 "databases: CPU 97%; seen since 03:50 (15m06s ago)\n",
		 "Warnings, not acknowledged: 1 (`attention`, 12s old):\n\n- **db-2**",
		 "Acknowledged in azdeck, until it changes: 1 (`attention`, 12s "
		 "old):\n\n- "
		 "**db-3**"}},
	{.name = "a board without such rows says so, with its age",
	 .board = "attention",
	 .answers = "{\"attention\":{\"rows\":[]}}",
	 .has = {"None: Critical, not acknowledged (`attention`, 12s old); Warnings, not "
		 "acknowledged (`attention`, 12s old).\n"}},
	{.name = "what comes next, soonest first; what has been is left out",
	 .board = "sql-schedules",
	 .answers = "{\"schedules\":{\"rows\":[" SCHEDULE(
		 "late", "as intended",
		 "1795273506") "," SCHEDULE("soon", "as intended",
					    "1795237506") "," SCHEDULE("past",
								       "as intended",
								       "1795230000") "]}"
										     "}",
	 .has = {"Databases: 2 (`sql-schedules`, 12s old):\n\n- **soon**: off S1, 05:05 "
		 "(in "
		 "1h00m)\n- **late**: off S1, 15:05 (in 11h00m)\n",
		 "None: Databases off their schedule (`sql-schedules`, 12s old)."},
	 .has_not = {"past"}},
	{.name = "drift, and what is as intended is none",
	 .board = "sql-schedules",
	 .answers = "{\"schedules\":{\"rows\":[" SCHEDULE(
		 "big", "larger", "null") "," SCHEDULE("fine", "as intended",
						       "null") "," SCHEDULE("out",
									    "opted out",
									    "null") "]}}",
	 .has = {"Databases off their schedule: 1 (`sql-schedules`, 12s old):\n\n- "
		 "**big**: "
		 "larger, is S3, wanted S2\n"},
	 .has_not = {"fine", "**out**"}},
	{.name = "a feed that fails, with its last good answer",
	 .board = "feeds",
	 .answers = "{\"feeds\":{\"rows\":[" FEED("sql", "failing",
						  "503: later") "," FEED("vms", "ok",
									 "") "]}}",
	 .has = {"Failing: 1 (`feeds`, 12s old):\n\n- **sql**, r of azure: last good "
		 "02:05 "
		 "(2h00m ago): 503: later\n"},
	 .has_not = {"vms"}},
	{.name = "the same change again and again is one line; older ones are left out",
	 .board = "activity",
	 .answers = "{\"subs\":{\"value\":[]},\"events\":[{\"item\":{},\"answer\":{"
		    "\"value\":[" EVENT("1", "2026-11-21T04:00:00Z", "Scale") "," EVENT(
			    "2", "2026-11-21T03:00:00Z",
			    "Scale") "," EVENT("3", "2026-11-21T03:30:00Z",
					       "Delete") "," EVENT("4",
								   "2026-11-20T19:00:00Z",
								   "Create") "]}}]}",
	 .has = {"- 04:00 (5m06s ago): Scale on **vm-1** by bot: Succeeded, 2 times "
		 "since "
		 "03:00 (1h05m ago)\n- 03:30 (35m06s ago): Delete on **vm-1** by bot: "
		 "Succeeded\n"},
	 .has_not = {"Create"}},
	{.name = "text from outside stays text",
	 .board = "attention",
	 .answers = "{\"attention\":{\"rows\":[" SIGHT(
		 "[x](https://evil) <b>*now*</b> `rm` my_db _a", "critical", "1") "]}}",
	 .has = {"- **\\[x\\](https:\\//evil) \\<b\\>\\*now\\*\\</b\\> \\`rm\\` my_db "
		 "\\_a** "
		 "on"}},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(row_cases); i++) {
		const struct row_case *c = &row_cases[i];
		struct world w = {.n = 0};
		struct strbuf text;

		give(&w, c->board, c->answers);
		write_all(&w, NULL, 0, &text);
		for (size_t k = 0; k < COUNT(c->has) && c->has[k]; k++)
			if (!strstr(text.p, c->has[k]))
				fail_msg("%s: no \"%s\" in:\n%s", c->name, c->has[k],
					 text.p);
		for (size_t k = 0; k < COUNT(c->has_not) && c->has_not[k]; k++)
			if (strstr(text.p, c->has_not[k]))
				fail_msg("%s: \"%s\" in:\n%s", c->name, c->has_not[k],
					 text.p);
		strbuf_fini(&text);
		world_fini(&w);
	}
}

/* What is said of a board that is old, failed, or has not come. */
static void test_doubt(void **state)
{
	struct world w = {.n = 0};
	struct board *stale, *failed, *partial;
	struct strbuf text;

	(void)state;
	stale = give(&w, "attention",
		     "{\"attention\":{\"rows\":[" SIGHT("db", "critical", "1") "]}}");
	stale->is_stale = true;
	stale->fetched_ms = FIXTURE_NOW_MS - 3 * 3600000;
	err_set(&stale->err, ERR_NETWORK, "no route");
	failed = give(&w, "slo", "{\"own\":{\"rows\":[]}}");
	failed->fetched_ms = 0;
	err_set(&failed->err, ERR_FORBIDDEN, "may not");
	partial = give(&w, "feeds", "{\"feeds\":{\"rows\":[]}}");
	partial->is_partial = true;
	err_set(&partial->err, ERR_TIMEOUT, "half of it");
	write_all(&w, NULL, 0, &text);
	assert_non_null(strstr(text.p, "(`attention`, STALE, 3h00m old: no route):"));
	assert_non_null(
		strstr(text.p, "## Error budgets\n\nNot known: `slo` (may not).\n"));
	assert_non_null(strstr(text.p, "`feeds`, 12s old, not whole: half of it)"));
	assert_non_null(strstr(text.p,
			       "`pagerduty` (no answer yet), `opsgenie` (no answer "
			       "yet)"));
	assert_null(strstr(text.p, "no workload has an error budget"));
	strbuf_fini(&text);
	world_fini(&w);
}

/* With nothing at all nothing is claimed; with empty boards each section says so. */
static void test_nothing(void **state)
{
	struct world none = {.n = 0};
	struct strbuf text;

	(void)state;
	write_all(&none, NULL, 0, &text);
	assert_null(strstr(text.p, "Nothing:"));
	assert_null(strstr(text.p, "None:"));
	assert_non_null(strstr(text.p, "by on_call. All times are UTC."));
	assert_int_equal(str_starts(strbuf_str(&text),
				    STR("# Hand-over, 2026-11-21 04:05 UTC\n\nOf what "
					"happened since 2026-11-20 20:05 UTC (8h00m)")),
			 true);
	strbuf_fini(&text);
	give(&none, "slo", "{\"own\":{\"rows\":[]}}");
	write_all(&none, NULL, 0, &text);
	assert_non_null(strstr(text.p, "Nothing: no workload has an error budget.\n"));
	strbuf_fini(&text);
	world_fini(&none);
}

/* Rows past the cap are counted, not told. */
static void test_cap(void **state)
{
	struct world w = {.n = 0};
	struct strbuf answers, text;
	size_t told = 0;

	(void)state;
	strbuf_init(&answers, 1 << 20);
	strbuf_puts(&answers, "{\"attention\":{\"rows\":[");
	for (int i = 0; i < 1000; i++)
		strbuf_printf(&answers,
			      "%s{\"what\":\"db-%d\",\"state\":\"critical\","
			      "\"board\":\"sql\",\"key\":\"%d\",\"title\":\"T\"}",
			      i ? "," : "", i, i);
	strbuf_puts(&answers, "]}}");
	give(&w, "attention", answers.p);
	write_all(&w, NULL, 0, &text);
	for (const char *p = text.p; (p = strstr(p, "- **db-")); p++)
		told++;
	assert_int_equal(told, 20);
	assert_non_null(strstr(text.p, "Critical, not acknowledged: 1000 ("));
	assert_non_null(strstr(text.p, "- and 980 more: `azdeck show attention`\n"));
	strbuf_fini(&answers);
	strbuf_fini(&text);
	world_fini(&w);
}

static void test_changes(void **state)
{
	static const struct handover_change changes[] = {
		{.at_ms = FIXTURE_NOW_MS - 60000,
		 .expires_ms = FIXTURE_NOW_MS + 840000,
		 .what = "Scale the database",
		 .on = "atlas-*",
		 .state = "waits for its approval",
		 .by = "anna",
		 .code = "0123456789abcdef",
		 .is_open = true},
		{.at_ms = FIXTURE_NOW_MS - 3600000,
		 .what = "Restart",
		 .on = "web",
		 .state = "it did not help",
		 .by = "ben",
		 .why = "still 5xx",
		 .code = "fedcba9876543210"},
		{.at_ms = FIXTURE_NOW_MS - 9 * 3600000,
		 .what = "Start",
		 .on = "yesterday",
		 .state = "it helped",
		 .by = "ben",
		 .code = "00"},
	};
	struct world w = {.n = 0};
	struct strbuf text;

	(void)state;
	write_all(&w, changes, COUNT(changes), &text);
	assert_non_null(strstr(
		text.p,
		"## Waiting for approval\n\nPlanned with azdeck:\n\n- 04:04 (1m ago): "
		"**Scale the database** on atlas-\\* by anna, plan `0123456789abcdef`: "
		"waits for its approval, until 04:19 (in 14m)\n"));
	assert_non_null(strstr(text.p,
			       "- 03:05 (1h00m ago): **Restart** on web by ben, plan "
			       "`fedcba9876543210`: it did not help (still 5xx)\n"));
	assert_null(strstr(text.p, "yesterday"));
	strbuf_fini(&text);
}

/* Every part names a board there is, columns it has, and a filter it can take. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_handover_parts; i++) {
		const struct handover_part *part = &handover_parts[i];
		const struct board_def *def =
			library_find(library, str_from(part->board));
		struct filter *filter;
		struct err err = {0};
		struct str cell;

		check_case(part->label, def != NULL);
		check_case(part->label,
			   !part->when ||
				   board_def_column(def, str_from(part->when)) >= 0);
		for (size_t k = 0; (cell = phrase_cell(part->phrase, k)).n > 0; k++)
			if (board_def_column(def, cell) < 0)
				fail_msg("%s: %s has no %.*s", part->label, part->board,
					 STR_ARG(cell));
		filter = filter_parse(str_from(part->filter), def, &err);
		check_case(part->label, filter != NULL);
		filter_free(filter);
	}
	for (size_t i = 0; handover_board(i); i++)
		assert_true(i < MOST_BOARDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table), cmocka_unit_test(test_rows),
		cmocka_unit_test(test_doubt), cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_cap),   cmocka_unit_test(test_changes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
