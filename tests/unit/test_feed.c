/* What a feed publishes: whole, partial, stale, empty, and what it says why. */
#include "fake/feed_bench.h"

#include "board/read.h"

#define DEF FEED_BENCH_DEF("30s", "")
#define DEF_WITH_NOTES(get)                                                              \
	FEED_BENCH_DEF("30s", ",\"notes\":{" get ",\"optional\":true}")

static void test_first_board(void **state)
{
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, DEF, 1.0);
	assert_null(feed_board(b.feed));
	feed_want(b.feed, true);
	assert_int_equal(fake_api_count(b.api), 0); /* never within the call */
	fake_loop_advance(b.loop, 0);
	assert_int_equal(fake_api_count(b.api), 1);
	assert_string_equal(fake_api_call(b.api, 0), "GET /subs ");
	feed_bench_answer_all(&b);
	assert_string_equal(fake_api_call(b.api, 1), "GET /dbs/1 ");
	assert_string_equal(fake_api_call(b.api, 2), "GET /dbs/2 ");
	assert_int_equal(b.n_published, 1);
	assert_ptr_equal(feed_board(b.feed), b.board);
	assert_int_equal(b.board->n_rows, 2);
	assert_int_equal(b.board->version, 1);
	assert_int_equal(b.board->fetched_ms, FIXTURE_NOW_MS);
	assert_int_equal(b.board->asked_ms, FIXTURE_NOW_MS);
	assert_int_equal(b.board->due_ms, FIXTURE_NOW_MS + 30000);
	assert_false(b.board->is_loading || b.board->is_stale || b.board->is_partial);
	assert_int_equal(b.board->err.code, ERR_NONE);
	assert_int_equal(b.board->rows[1].cells[1].number, 20);
	feed_bench_fini(&b);
}

static void first_cycle(struct feed_bench *b, const char *def)
{
	feed_bench_init(b, def, 1.0);
	feed_want(b->feed, true);
	fake_loop_advance(b->loop, 0);
}

static void next_cycle(struct feed_bench *b)
{
	fake_loop_advance(b->loop, fake_loop_next(b->loop));
}

/* The age is that of the oldest answer the rows come from: neither of the last one
 * nor of the list that is asked before. */
static void test_age_is_the_oldest(void **state)
{
	struct feed_bench b;

	(void)state;
	first_cycle(&b, DEF);
	fake_api_answer(b.api, "/subs", "{\"value\":[{\"id\":1},{\"id\":2}]}");
	fake_loop_advance(b.loop, 7000);
	fake_api_answer(b.api, "/dbs/2", "{\"value\":[]}");
	fake_loop_advance(b.loop, 5000);
	fake_api_answer(b.api, "/dbs/1", "{\"value\":[]}");
	assert_int_equal(b.board->fetched_ms, FIXTURE_NOW_MS + 7000);
	feed_bench_fini(&b);
}

/* Each item's answer says when it came: rows of several scopes are of several ages. */
static void test_each_answer_is_known_since(void **state)
{
	static const char def[] =
		"{\"title\":\"T\",\"category\":\"test\",\"about\":\"A.\",\"requests\":{"
		"\"subs\":{\"get\":\"/subs\"},\"dbs\":{\"for_each\":\"subs.value\","
		"\"as\":\"s\",\"get\":\"/dbs/{s.id}\"}},\"rows\":\"dbs\","
		"\"key\":\"to_string(item.id)\",\"columns\":["
		"{\"name\":\"id\",\"title\":\"ID\",\"value\":\"item.id\"},"
		"{\"name\":\"known\",\"title\":\"AS OF\",\"type\":\"time\","
		"\"value\":\"known\"}]}";
	struct feed_bench b;

	(void)state;
	first_cycle(&b, def);
	fake_api_answer(b.api, "/subs", "{\"value\":[{\"id\":1},{\"id\":2}]}");
	fake_loop_advance(b.loop, 7000);
	fake_api_answer(b.api, "/dbs/2", "{}");
	fake_loop_advance(b.loop, 5500);
	fake_api_answer(b.api, "/dbs/1", "{}");
	assert_int_equal(b.board->n_rows, 2);
	assert_int_equal(read_moment(b.board, 0, "known"), FIXTURE_NOW_MS + 12500);
	assert_int_equal(read_moment(b.board, 1, "known"), FIXTURE_NOW_MS + 7000);
	feed_bench_fini(&b);
}

static void test_stale_keeps_the_last_good_rows(void **state)
{
	struct feed_bench b;
	const struct row *rows;

	(void)state;
	first_cycle(&b, DEF);
	feed_bench_answer_all(&b);
	rows = b.board->rows;
	for (int i = 1; i <= 3; i++) {
		next_cycle(&b);
		fake_api_fail(b.api, "/subs", ERR_NETWORK, "refused");
		assert_int_equal(b.n_published, 1 + i);
		assert_true(b.board->is_stale);
		assert_string_equal(b.board->err.text, "subs: refused");
		assert_int_equal(b.board->err.code, ERR_NETWORK);
		/* The same rows, uncopied, with their age. */
		assert_ptr_equal(b.board->rows, rows);
		assert_int_equal(b.board->n_rows, 2);
		assert_int_equal(b.board->version, 1);
		assert_int_equal(b.board->fetched_ms, FIXTURE_NOW_MS);
		assert_true(b.board->asked_ms > FIXTURE_NOW_MS);
	}
	next_cycle(&b);
	feed_bench_answer_all(&b);
	assert_false(b.board->is_stale);
	assert_int_equal(b.board->err.code, ERR_NONE);
	assert_int_equal(b.board->version, 2);
	assert_true(b.board->fetched_ms > FIXTURE_NOW_MS + 4 * 27000);
	feed_bench_fini(&b);
}

static void test_failure_from_the_start(void **state)
{
	struct feed_bench b;

	(void)state;
	first_cycle(&b, DEF);
	fake_api_fail(b.api, "/subs", ERR_FORBIDDEN, "not allowed");
	assert_true(b.board->is_stale);
	assert_false(b.board->is_loading);
	assert_int_equal(b.board->n_rows, 0);
	assert_int_equal(b.board->fetched_ms, 0);
	assert_string_equal(b.board->err.text, "subs: not allowed");
	feed_bench_fini(&b);
}

struct part_case {
	const char *name;
	const char *subs;   /* "!": it fails */
	const char *dbs[2]; /* NULL: not asked; "!": fails; "~": cut after its row */
	size_t rows;
	bool is_partial, is_stale;
	const char *why;
};

static void answer(struct feed_bench *b, const char *path, const char *what)
{
	if (!what)
		return;
	if (what[0] == '!')
		fake_api_fail(b->api, path, ERR_SERVICE, what + 1);
	else if (what[0] == '~')
		fake_api_cut(b->api, path, "{\"value\":[{\"id\":\"cut\"}]}", what + 1);
	else
		fake_api_answer(b->api, path, what);
}

#define TWO  "{\"value\":[{\"id\":1},{\"id\":2}]}"
#define ROW  "{\"value\":[{\"id\":\"x\"}]}"
#define ROW2 "{\"value\":[{\"id\":\"y\"}]}"

static void test_parts(void **state)
{
	static const struct part_case cases[] = {
		{"all", TWO, {ROW, ROW2}, 2, false, false, ""},
		{"the first fails", TWO, {"!down", ROW2}, 1, true, false, "dbs: down"},
		{"the last fails", TWO, {ROW, "!down"}, 1, true, false, "dbs: down"},
		{"all fail", TWO, {"!down", "!too"}, 0, false, true, "dbs: down"},
		{"cut short", TWO, {ROW, "~too many"}, 2, true, false, "dbs: too many"},
		{"no items", "{\"value\":[]}", {NULL}, 0, false, false, ""},
		{"nothing to list", "{}", {NULL}, 0, false, false, ""},
		{"no list",
		 "{\"value\":{}}",
		 {NULL},
		 0,
		 false,
		 true,
		 "dbs: for_each gives no list"},
		{"an item without an id",
		 "{\"value\":[{},{\"id\":2}]}",
		 {NULL, ROW2},
		 1,
		 true,
		 false,
		 "dbs: request dbs: parameter {s.id} is null"},
		{"an item that climbs",
		 "{\"value\":[{\"id\":1},{\"id\":\"..\"}]}",
		 {ROW, NULL},
		 1,
		 true,
		 false,
		 "dbs: request dbs: parameter {s.id} has a dot segment"},
		{"only bad items",
		 "{\"value\":[{},{}]}",
		 {NULL},
		 0,
		 false,
		 true,
		 "dbs: request dbs: parameter {s.id} is null"},
		{"the same item twice",
		 "{\"value\":[{\"id\":1},{\"id\":1}]}",
		 {ROW, NULL},
		 2,
		 false,
		 false,
		 ""},
		{"an empty answer", TWO, {"{}", ROW2}, 1, false, false, ""},
		{"another shape", TWO, {"[1,2]", ROW2}, 1, false, false, ""},
		{"subs fail", "!down", {NULL}, 0, false, true, "subs: down"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct part_case *c = &cases[i];
		struct feed_bench b;

		first_cycle(&b, DEF);
		answer(&b, "/subs", c->subs);
		answer(&b, "/dbs/1", c->dbs[0]);
		answer(&b, "/dbs/2", c->dbs[1]);
		check_case(c->name, b.n_published == 1);
		check_case(c->name, fake_api_open(b.api) == 0);
		check_case(c->name, b.board->n_rows == c->rows);
		check_case(c->name, b.board->is_partial == c->is_partial);
		check_case(c->name, b.board->is_stale == c->is_stale);
		check_text(c->name, str_from(b.board->err.text), c->why);
		feed_bench_fini(&b);
	}
}

/* What is only nice to have never costs the rows. */
static void test_optional(void **state)
{
	static const struct {
		const char *name, *def, *notes;
		bool is_partial;
		const char *why;
	} cases[] = {
		{"answers", DEF_WITH_NOTES("\"get\":\"/notes\""), "{}", false, ""},
		{"fails", DEF_WITH_NOTES("\"get\":\"/notes\""), "!down", true,
		 "notes: down"},
		{"no connection",
		 DEF_WITH_NOTES("\"kind\":\"devops\",\"get\":\"/notes\""), NULL, true,
		 "notes: there is no devops connection in the configuration"},
		{"cannot be asked", DEF_WITH_NOTES("\"get\":\"/notes/{subs.nothing}\""),
		 NULL, true, "notes: request notes: parameter {subs.nothing} is null"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct feed_bench b;

		first_cycle(&b, cases[i].def);
		answer(&b, "/notes", cases[i].notes);
		feed_bench_answer_all(&b);
		check_case(cases[i].name, b.n_published == 1);
		check_case(cases[i].name, b.board->n_rows == 2);
		check_case(cases[i].name, !b.board->is_stale);
		check_case(cases[i].name, b.board->is_partial == cases[i].is_partial);
		check_text(cases[i].name, str_from(b.board->err.text), cases[i].why);
		feed_bench_fini(&b);
	}
}

static void test_no_connection(void **state)
{
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, DEF, 1.0);
	b.is_disconnected = true;
	feed_want(b.feed, true);
	fake_loop_advance(b.loop, 0);
	assert_int_equal(fake_api_count(b.api), 0);
	assert_true(b.board->is_stale);
	assert_int_equal(b.board->err.code, ERR_CONFIG);
	assert_string_equal(b.board->err.text,
			    "subs: there is no arm connection in the configuration");
	feed_bench_fini(&b);
}

/* The history grows with each version, and only with good ones. */
static void test_history(void **state)
{
	struct feed_bench b;

	(void)state;
	first_cycle(&b, DEF);
	feed_bench_answer_all(&b);
	assert_int_equal(b.board->rows[0].cells[1].series_n, 1);
	next_cycle(&b);
	fake_api_fail(b.api, "/subs", ERR_NETWORK, "refused");
	assert_int_equal(b.board->rows[0].cells[1].series_n, 1);
	next_cycle(&b);
	feed_bench_answer_all(&b);
	assert_int_equal(b.board->rows[0].cells[1].series_n, 2);
	assert_int_equal((int)b.board->rows[0].cells[1].series[1], 10);
	feed_bench_fini(&b);
}

static struct history_seed *make_seed(const struct board_def *def)
{
	struct history_seed *seed = history_seed_new(def);
	float *points = arena_alloc(&seed->arena, HISTORY_POINTS * sizeof(*points));

	for (size_t i = 0; i < HISTORY_POINTS; i++)
		points[i] = (float)(1000 + i);
	seed->rows = arena_calloc(&seed->arena, 1, sizeof(*seed->rows));
	seed->rows[0] = (struct history_seed_row){.key = STR("x"), .points = points};
	seed->n_rows = 1;
	seed->newest_ms = FIXTURE_NOW_MS - 60000;
	seed->newest_at = HISTORY_POINTS - 1;
	return seed;
}

static void check_past(const struct feed_bench *b, uint32_t n, uint64_t version)
{
	const struct cell *x = &b->board->rows[0].cells[1];

	assert_int_equal(x->series_n, n);
	assert_int_equal((int)x->series[n - 1], 10);
	assert_int_equal((int)x->series[0], n == 1 ? 10 : 1001);
	assert_int_equal(b->board->rows[1].cells[1].series_n, 1);
	assert_int_equal(b->board->version, version);
}

/* The past of a row may come before the board does, or after it: then the board comes
 * again, at once. */
static void test_seed(void **state)
{
	struct history_seed *seed;
	struct board *before;
	struct feed_bench b;

	(void)state;
	first_cycle(&b, DEF);
	seed = make_seed(b.def);
	assert_true(feed_seed(b.feed, seed, STR("")));
	feed_bench_answer_all(&b);
	check_past(&b, HISTORY_POINTS, 1);
	feed_bench_fini(&b);

	first_cycle(&b, DEF);
	feed_bench_answer_all(&b);
	before = board_get(b.board);
	check_past(&b, 1, 1);
	assert_true(feed_seed(b.feed, seed, STR("")));
	assert_int_equal(b.n_published, 2);
	check_past(&b, HISTORY_POINTS, 2);
	assert_int_equal(b.board->fetched_ms, before->fetched_ms);
	/* Whoever still has the one before sees it as it was. */
	assert_int_equal(before->rows[0].cells[1].series_n, 1);
	board_put(before);
	feed_bench_fini(&b);
	history_seed_free(seed);
}

/* Who looks once is shown all there is; that there is nothing is an answer too. */
static void test_expects_a_seed(void **state)
{
	struct history_seed *seed;
	struct feed_bench b;

	(void)state;
	for (int has = 0; has < 2; has++) {
		first_cycle(&b, DEF);
		seed = make_seed(b.def);
		feed_expect_seed(b.feed);
		feed_bench_answer_all(&b);
		assert_int_equal(b.n_published, 0);
		assert_true(feed_seed(b.feed, has ? seed : NULL, STR("")));
		assert_int_equal(b.n_published, 1);
		check_past(&b, has ? HISTORY_POINTS : 1, 1);
		feed_bench_fini(&b);
		history_seed_free(seed);
	}
	/* The end may come before it. */
	first_cycle(&b, DEF);
	feed_expect_seed(b.feed);
	feed_bench_answer_all(&b);
	feed_bench_fini(&b);
}

/* Many rows leave the loop, and come back the same. */
static void test_many_rows_are_decoded_on_the_pool(void **state)
{
	struct strbuf text;
	struct feed_bench b;

	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_puts(&text, "{\"value\":[{\"id\":0}");
	for (int i = 1; i < 1000; i++)
		strbuf_printf(&text, ",{\"id\":%d,\"cpu\":%d}", i, i % 100);
	strbuf_puts(&text, "]}");
	first_cycle(&b, DEF);
	fake_api_answer(b.api, "/subs", "{\"value\":[{\"id\":1}]}");
	fake_api_answer(b.api, "/dbs/1", text.p);
	assert_true(feed_is_decoding(b.feed));
	assert_int_equal(b.n_published, 0);
	/* Asked for while it works: right after it. */
	feed_refresh(b.feed);
	assert_int_equal(fake_loop_next(b.loop), -1);
	fake_loop_work(b.loop);
	assert_int_equal(b.n_published, 1);
	assert_int_equal(b.board->n_rows, 1000);
	assert_int_equal(fake_loop_next(b.loop), 0);
	strbuf_fini(&text);
	feed_bench_fini(&b);
}

/* One row with a long series is work too. */
static void test_long_series_are_decoded_on_the_pool(void **state)
{
	struct strbuf text;
	struct feed_bench b;

	(void)state;
	strbuf_init(&text, 4 << 20);
	strbuf_puts(&text, "{\"value\":[{\"id\":0,\"points\":[0");
	for (int i = 1; i < 19500; i++)
		strbuf_printf(&text, ",%d", i % 10);
	strbuf_puts(&text, "]}]}");
	first_cycle(&b, DEF);
	fake_api_answer(b.api, "/subs", "{\"value\":[{\"id\":1}]}");
	fake_api_answer(b.api, "/dbs/1", text.p);
	assert_true(feed_is_decoding(b.feed));
	fake_loop_work(b.loop);
	assert_int_equal(b.board->n_rows, 1);
	strbuf_fini(&text);
	feed_bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_board),
		cmocka_unit_test(test_age_is_the_oldest),
		cmocka_unit_test(test_each_answer_is_known_since),
		cmocka_unit_test(test_stale_keeps_the_last_good_rows),
		cmocka_unit_test(test_failure_from_the_start),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_optional),
		cmocka_unit_test(test_no_connection),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_seed),
		cmocka_unit_test(test_expects_a_seed),
		cmocka_unit_test(test_many_rows_are_decoded_on_the_pool),
		cmocka_unit_test(test_long_series_are_decoded_on_the_pool),
	};

	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
