/* When a feed asks: at its interval, not all at once, not what is fresh, not what
 * nobody wants, and now when told. */
#include "fake/feed_bench.h"

static void start(struct feed_bench *b, const char *def, double speed)
{
	feed_bench_init(b, def, speed);
	feed_want(b->feed, true);
	fake_loop_advance(b->loop, 0);
	feed_bench_answer_all(b);
}

/* Ten per cent either way, and spread over it. */
static void test_jitter(void **state)
{
	int64_t least = INT64_MAX, most = 0;
	struct feed_bench b;

	(void)state;
	start(&b, FEED_BENCH_DEF("30s", ""), 1.0);
	for (int i = 0; i < 500; i++) {
		int64_t wait = fake_loop_next(b.loop);

		assert_in_range(wait, 27000, 33000);
		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
		fake_loop_advance(b.loop, wait);
		feed_bench_answer_all(&b);
		/* The promise shown to people has no jitter. */
		assert_int_equal(b.board->due_ms, b.board->asked_ms + 30000);
	}
	assert_int_equal(fake_api_count(b.api), 3 * 501);
	assert_true(least < 28000 && most > 32000);
	feed_bench_fini(&b);
}

static void test_cadence(void **state)
{
	static const struct {
		const char *name, *def;
		double speed;
		int64_t wait_ms; /* without jitter */
		int64_t due_ms;	 /* in the world's time */
	} cases[] = {
		{"a minute", FEED_BENCH_DEF("1m", ""), 1.0, 60000, 60000},
		{"four hours", FEED_BENCH_DEF("4h", ""), 1.0, 4 * 3600000, 4 * 3600000},
		{"the shortest of several",
		 FEED_BENCH_DEF("1h", ",\"n\":{\"get\":\"/n\",\"every\":\"20s\","
				      "\"optional\":true}"),
		 1.0, 20000, 20000},
		{"a fast world", FEED_BENCH_DEF("4h", ""), 1000.0, 14400, 4 * 3600000},
		{"never faster than a second", FEED_BENCH_DEF("30s", ""), 1000.0, 1000,
		 1000000},
		{"a slow world is polled in real time", FEED_BENCH_DEF("30s", ""), 0.5,
		 30000, 30000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct feed_bench b;
		int64_t wait;

		feed_bench_init(&b, cases[i].def, cases[i].speed);
		feed_want(b.feed, true);
		fake_loop_advance(b.loop, 0);
		if (fake_api_count(b.api) == 2)
			fake_api_fail(b.api, "/n", ERR_SERVICE, "down");
		feed_bench_answer_all(&b);
		wait = fake_loop_next(b.loop);
		check_case(cases[i].name,
			   wait >= cases[i].wait_ms - cases[i].wait_ms / 10);
		check_case(cases[i].name,
			   wait <= cases[i].wait_ms + cases[i].wait_ms / 10);
		check_case(cases[i].name,
			   b.board->due_ms == FIXTURE_NOW_MS + cases[i].due_ms);
		feed_bench_fini(&b);
	}
}

/* Where a day passes in minutes, what was asked seconds ago is not stale; where time is
 * what it is, the definition says. */
static void test_fast_worlds_are_not_stale(void **state)
{
	static const struct {
		const char *name;
		double speed;
		int64_t age_ms;
		bool is_old;
	} cases[] = {
		{"real time, fresh", 1.0, 179000, false},
		{"real time, old", 1.0, 181000, true},
		{"a slow world", 0.5, 181000, true},
		{"sixty times: ten real seconds", 60.0, 600000, false},
		{"sixty times: half a minute", 60.0, 1801000, true},
		{"a thousand times: ten real seconds", 1000.0, 10000000, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct feed_bench b;

		feed_bench_init(&b, FEED_BENCH_DEF("30s", ""), cases[i].speed);
		feed_want(b.feed, true);
		fake_loop_advance(b.loop, 0);
		feed_bench_answer_all(&b);
		check_case(cases[i].name,
			   board_is_old(b.board, FIXTURE_NOW_MS + cases[i].age_ms) ==
				   cases[i].is_old);
		feed_bench_fini(&b);
	}
}

/* The slow half of a board is not asked at the pace of the quick one. */
static void test_each_request_at_its_own_pace(void **state)
{
	static const char def[] =
		FEED_BENCH_DEF("30s",
			       ",\"prices\":{\"get\":\"/prices\",\"every\":\"10m\"}");
	size_t prices = 0;
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, def, 1.0);
	feed_want(b.feed, true);
	for (int64_t began = clock_wall_ms(loop_clock(b.loop));
	     clock_wall_ms(loop_clock(b.loop)) - began < 3600000;) {
		size_t before = fake_api_count(b.api);

		fake_loop_advance(b.loop, fake_loop_next(b.loop));
		if (fake_api_count(b.api) - before == 2) {
			fake_api_answer(b.api, "/prices", "{}");
			prices++;
		}
		feed_bench_answer_all(&b);
	}
	/* An hour: at eight to ten minutes, by the freshness it allows. */
	assert_in_range(prices, 6, 8);
	assert_in_range(b.n_published, 110, 132);
	feed_bench_fini(&b);
}

/* A board that is renewed by the hour does not stay wrong for hours. */
static void test_after_a_failure(void **state)
{
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, FEED_BENCH_DEF("4h", ""), 1.0);
	feed_want(b.feed, true);
	fake_loop_advance(b.loop, 0);
	fake_api_fail(b.api, "/subs", ERR_SERVICE, "down");
	assert_in_range(fake_loop_next(b.loop), 270000, 330000);
	/* But as long as the service says. */
	fake_api_retry_after(b.api, 3600000);
	fake_loop_advance(b.loop, fake_loop_next(b.loop));
	fake_api_fail(b.api, "/subs", ERR_THROTTLED, "slow down");
	assert_in_range(fake_loop_next(b.loop), 3600000 * 9 / 10, 3600000 * 11 / 10);
	/* Within reason: a proxy may say the year 9999. */
	fake_api_retry_after(b.api, INT64_C(252000000000000));
	fake_loop_advance(b.loop, fake_loop_next(b.loop));
	fake_api_fail(b.api, "/subs", ERR_THROTTLED, "slow down");
	assert_in_range(fake_loop_next(b.loop), 3600000 * 9 / 10, 3600000 * 11 / 10);
	feed_bench_fini(&b);
}

static void test_refresh(void **state)
{
	struct feed_bench b;

	(void)state;
	start(&b, FEED_BENCH_DEF("30s", ""), 1.0);
	fake_loop_advance(b.loop, 1000);
	assert_int_equal(fake_api_count(b.api), 3);
	feed_refresh(b.feed);
	assert_int_equal(fake_loop_next(b.loop), 0);
	fake_loop_advance(b.loop, 0);
	/* Asked anew, although the answers are a second old. */
	assert_int_equal(fake_api_count(b.api), 4);
	/* While one runs, one more follows, however often it is asked for. */
	feed_refresh(b.feed);
	feed_refresh(b.feed);
	fake_loop_advance(b.loop, 600);
	feed_bench_answer_all(&b);
	assert_int_equal(b.n_published, 2);
	assert_int_equal(fake_api_count(b.api), 6);
	assert_int_equal(fake_loop_next(b.loop), 0);
	/* What came half a second ago is new enough for it. */
	fake_loop_advance(b.loop, 0);
	assert_int_equal(b.n_published, 3);
	assert_int_equal(fake_api_count(b.api), 6);
	assert_true(fake_loop_next(b.loop) > 0);
	feed_bench_fini(&b);
}

/* Query units by the hour are not spent by a key held down. */
static void test_refresh_spares_what_is_dear(void **state)
{
	struct feed_bench b;

	(void)state;
	start(&b, FEED_BENCH_DEF("4h", ""), 1.0);
	fake_loop_advance(b.loop, 60000);
	feed_refresh(b.feed);
	fake_loop_advance(b.loop, 0);
	assert_int_equal(fake_api_count(b.api), 3);
	assert_int_equal(b.n_published, 2);
	assert_int_equal(b.board->fetched_ms, FIXTURE_NOW_MS);
	feed_bench_fini(&b);
}

static void test_unwanted(void **state)
{
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, FEED_BENCH_DEF("30s", ""), 1.0);
	assert_int_equal(fake_loop_next(b.loop), -1);
	feed_want(b.feed, true);
	fake_loop_advance(b.loop, 0);
	/* What has begun is finished, and nothing follows. */
	feed_want(b.feed, false);
	feed_bench_answer_all(&b);
	assert_int_equal(b.n_published, 1);
	assert_int_equal(fake_loop_next(b.loop), -1);
	/* Wanted again: shown at once, asked when it is due. */
	fake_loop_advance(b.loop, 20000);
	feed_want(b.feed, true);
	assert_int_equal(b.n_published, 2);
	assert_int_equal(fake_api_count(b.api), 3);
	assert_int_equal(fake_loop_next(b.loop), 10000);
	/* Looking away and back does not put it off. */
	feed_want(b.feed, false);
	fake_loop_advance(b.loop, 5000);
	feed_want(b.feed, true);
	assert_int_equal(fake_loop_next(b.loop), 5000);
	/* Wanted after that: asked at once. */
	feed_want(b.feed, false);
	fake_loop_advance(b.loop, 600000);
	feed_want(b.feed, true);
	assert_int_equal(fake_loop_next(b.loop), 0);
	fake_loop_advance(b.loop, 0);
	assert_int_equal(fake_api_count(b.api), 4);
	feed_bench_fini(&b);
}

static void test_refresh_of_an_unwanted_one(void **state)
{
	struct feed_bench b;

	(void)state;
	feed_bench_init(&b, FEED_BENCH_DEF("30s", ""), 1.0);
	feed_refresh(b.feed);
	fake_loop_advance(b.loop, 0);
	feed_bench_answer_all(&b);
	assert_int_equal(b.n_published, 1);
	assert_int_equal(fake_loop_next(b.loop), -1);
	feed_bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jitter),
		cmocka_unit_test(test_cadence),
		cmocka_unit_test(test_fast_worlds_are_not_stale),
		cmocka_unit_test(test_each_request_at_its_own_pace),
		cmocka_unit_test(test_after_a_failure),
		cmocka_unit_test(test_refresh),
		cmocka_unit_test(test_refresh_spares_what_is_dear),
		cmocka_unit_test(test_unwanted),
		cmocka_unit_test(test_refresh_of_an_unwanted_one),
	};

	return cmocka_run_group_tests_name("feed_time", tests, NULL, NULL);
}
