/* The rate governor, with time of the test's own making. */
#include "unit/check.h"

#include "net/governor.h"

static const struct str key = STR("management.azure.com#1");
static const struct str other = STR("management.azure.com#2");

static int setup(void **state)
{
	static struct governor g;

	governor_init(&g, 3);
	*state = &g;
	return 0;
}

static int teardown(void **state)
{
	governor_fini(*state);
	return 0;
}

static struct http_pace told(int64_t retry_ms)
{
	return (struct http_pace){.retry_ms = retry_ms, .left = -1};
}

/* One request from admission to its answer. */
static void answered(struct governor *g, int64_t now, int status, int64_t retry_ms)
{
	struct http_pace pace = told(retry_ms);

	assert_int_equal(governor_admit(g, key, now), 0);
	governor_release(g, key, now, status, &pace);
}

static void a_key_runs_so_many_at_once(void **state)
{
	struct governor *g = *state;

	for (int i = 0; i < 3; i++)
		assert_int_equal(governor_admit(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), GOVERNOR_WAIT_FOR_RELEASE);
	assert_int_equal(governor_admit(g, other, 0), 0);
	governor_release(g, key, 0, 0, NULL);
	assert_int_equal(governor_admit(g, key, 0), 0);
}

static void a_throttle_pauses_the_whole_key_and_no_other(void **state)
{
	static const int statuses[] = {429, 503, 529};

	for (size_t i = 0; i < 3; i++) {
		struct governor g;

		(void)state;
		governor_init(&g, 3);
		answered(&g, 1000, statuses[i], 7000);
		assert_int_equal(governor_admit(&g, key, 1000), 7000);
		assert_int_equal(governor_admit(&g, key, 7999), 1);
		assert_int_equal(governor_pause_left(&g, key, 7999), 1);
		assert_int_equal(governor_admit(&g, other, 1000), 0);
		assert_int_equal(governor_admit(&g, key, 8000), 0);
		assert_int_equal(governor_pause_left(&g, key, 8000), 0);
		governor_fini(&g);
	}
}

static void after_a_pause_starts_are_spaced_until_it_recovers(void **state)
{
	struct governor *g = *state;
	const struct http_pace silent = told(-1);
	int64_t space, last = 1000, now = 1000;
	int rounds = 0;

	answered(g, 0, 429, 1000);
	assert_int_equal(governor_admit(g, key, now), 0);
	space = governor_admit(g, key, now);
	assert_true(space > 0);
	governor_release(g, key, now, 200, &silent);
	for (last = space; last > 0 && rounds < 20; rounds++) {
		now += 10000;
		answered(g, now, 200, -1);
		space = governor_admit(g, key, now);
		assert_true(space < last);
		if (space == 0)
			governor_release(g, key, now, 0, NULL);
		last = space;
	}
	assert_int_equal(last, 0);
	assert_in_range(rounds, 1, 10);
}

static void unsaid_pauses_double_and_have_a_cap(void **state)
{
	struct governor *g = *state;
	int64_t now = 0, want = 500;

	for (int i = 0; i < 12; i++) {
		answered(g, now, 429, -1);
		assert_int_equal(governor_pause_left(g, key, now), want);
		now += want;
		want = want * 2 < 60000 ? want * 2 : 60000;
	}
}

static void a_pause_is_never_shortened_nor_endless(void **state)
{
	struct governor *g = *state;
	const struct http_pace longer = told(30000), shorter = told(1000);

	assert_int_equal(governor_admit(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), 0);
	governor_release(g, key, 0, 429, &longer);
	governor_release(g, key, 0, 429, &shorter);
	assert_int_equal(governor_pause_left(g, key, 0), 30000);
	answered(g, 40000, 429, (int64_t)1000 * 1000 * 1000 * 1000);
	assert_int_equal(governor_pause_left(g, key, 40000), 3600000);
}

static void a_wait_with_a_good_answer(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = told(-1);

	/* Azure's operations are paced by Retry-After on a 200: the key goes on. */
	answered(g, 0, 200, 30000);
	assert_int_equal(governor_pause_left(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), 0);
	pace.pause_ms = 30000;
	governor_release(g, key, 0, 200, &pace);
	assert_int_equal(governor_pause_left(g, key, 0), 30000);
}

/* Resource Graph tells of a new window: nothing of the last one is left. */
static void told_exactly_it_forgets_the_rest(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = {.retry_ms = -1, .left = -1, .is_exact = true};

	assert_int_equal(governor_admit(g, key, 0), 0);
	pace.space_ms = 5000;
	governor_release(g, key, 10, 200, &pace);
	assert_int_equal(governor_admit(g, key, 20), 4990);
	assert_int_equal(governor_admit(g, key, 5010), 0);
	pace.space_ms = 0;
	governor_release(g, key, 5020, 200, &pace);
	assert_true(governor_admit(g, key, 10010) <= 0);
	governor_release(g, key, 10020, 200, &pace);
	assert_int_equal(governor_admit(g, key, 10020), 0);
}

/* The last window was used up; the first answer of the new one says how many calls it
 * has, and they need not wait for its end. */
static void told_of_a_new_window_it_goes_on_at_once(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = {.retry_ms = -1, .left = -1, .is_exact = true};

	assert_int_equal(governor_admit(g, key, 0), 0);
	pace.space_ms = 5000;
	governor_release(g, key, 10, 200, &pace);
	assert_int_equal(governor_admit(g, key, 5010), 0);
	assert_int_equal(governor_admit(g, key, 5011), 4999);
	pace.space_ms = 0;
	governor_release(g, key, 5020, 200, &pace);
	assert_int_equal(governor_admit(g, key, 5020), 0);
	assert_int_equal(governor_admit(g, key, 5020), 0);
}

/* Two were on their way: the answer that says more was given before the one that says
 * nothing is left. */
static void overtaken_it_does_not_go_on_sooner(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = {.retry_ms = -1, .left = -1, .is_exact = true};

	assert_int_equal(governor_admit(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), 0);
	pace.space_ms = 5000;
	governor_release(g, key, 10, 200, &pace);
	pace.space_ms = 2500;
	governor_release(g, key, 11, 200, &pace);
	assert_int_equal(governor_admit(g, key, 12), 4998);
}

/* The rest of an hour was to be spread; the hour is over, and an answer that was alone on
 * its way says so. One that was not may be the older one: it comes down by halves. */
static void told_alone_it_goes_on_at_once(void **state)
{
	struct governor *g = *state;
	struct http_pace low = {.retry_ms = -1,
				.left = -1,
				.space_ms = 400000,
				.is_told = true};
	struct http_pace plenty = {.retry_ms = -1, .left = -1, .is_told = true};

	assert_int_equal(governor_admit(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), 0);
	governor_release(g, key, 10, 200, &low);
	governor_release(g, key, 11, 200, &plenty);
	assert_int_equal(governor_admit(g, key, 12), 399998);
	assert_int_equal(governor_admit(g, key, 400010), 0);
	assert_int_equal(governor_admit(g, key, 400011), 199999);
	governor_release(g, key, 400020, 200, &plenty);
	assert_int_equal(governor_admit(g, key, 400020), 0);
	assert_int_equal(governor_admit(g, key, 400020), 0);
}

static void asked_for_space_it_keeps_it(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = told(-1);

	pace.space_ms = 900;
	assert_int_equal(governor_admit(g, key, 0), 0);
	governor_release(g, key, 0, 200, &pace);
	assert_int_equal(governor_admit(g, key, 0), 900);
	assert_int_equal(governor_admit(g, other, 0), 0);
	/* Asked for less, it comes down by halves. */
	pace.space_ms = 100;
	assert_int_equal(governor_admit(g, key, 1000), 0);
	governor_release(g, key, 1000, 200, &pace);
	assert_int_equal(governor_admit(g, key, 1450), 450);
}

static void a_busy_resource_holds_nobody_else_back(void **state)
{
	struct governor *g = *state;
	struct http_pace pace = told(20000);

	pace.is_one_resource = true;
	assert_int_equal(governor_admit(g, key, 0), 0);
	governor_release(g, key, 0, 429, &pace);
	assert_int_equal(governor_pause_left(g, key, 0), 0);
	assert_int_equal(governor_admit(g, key, 0), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_key_runs_so_many_at_once),
		CASE(a_throttle_pauses_the_whole_key_and_no_other),
		CASE(after_a_pause_starts_are_spaced_until_it_recovers),
		CASE(unsaid_pauses_double_and_have_a_cap),
		CASE(a_pause_is_never_shortened_nor_endless),
		CASE(a_wait_with_a_good_answer),
		CASE(asked_for_space_it_keeps_it),
		CASE(told_exactly_it_forgets_the_rest),
		CASE(told_of_a_new_window_it_goes_on_at_once),
		CASE(overtaken_it_does_not_go_on_sooner),
		CASE(told_alone_it_goes_on_at_once),
		CASE(a_busy_resource_holds_nobody_else_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
