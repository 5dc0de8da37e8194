/* Which answers are tried again, and after how long. */
#include "unit/check.h"

#include "net/retry.h"

enum { MAX_HEADERS = 4 };

/* Sat, 21 Nov 2026 04:00:00 GMT */
static const int64_t now = 1795233600000;

static struct http_response answer(int status, const struct http_header *headers)
{
	struct http_response r = {.status = status, .headers = headers};

	while (r.n_headers < MAX_HEADERS && headers[r.n_headers].name.n)
		r.n_headers++;
	return r;
}

static void waits_that_answers_ask_for(void **state)
{
	static const struct {
		const char *name;
		int status;
		struct http_header headers[MAX_HEADERS];
		int64_t want;
	} cases[] = {
		{"nothing said", 429, {{{0}, {0}}}, -1},
		{"seconds", 429, {{STR("Retry-After"), STR("17")}}, 17000},
		{"zero", 429, {{STR("Retry-After"), STR("0")}}, 0},
		{"blanks", 429, {{STR("retry-after"), STR(" 3 ")}}, 3000},
		{"fraction", 429, {{STR("Retry-After"), STR("1.5")}}, 1500},
		{"date",
		 503,
		 {{STR("Retry-After"), STR("Sat, 21 Nov 2026 04:01:30 GMT")}},
		 90000},
		{"date gone by",
		 503,
		 {{STR("Retry-After"), STR("Sat, 21 Nov 2026 03:00:00 GMT")}},
		 0},
		{"negative", 429, {{STR("Retry-After"), STR("-5")}}, -1},
		{"words", 429, {{STR("Retry-After"), STR("soon")}}, -1},
		{"not a number", 429, {{STR("Retry-After"), STR("nan")}}, -1},
		{"absurd", 429, {{STR("Retry-After"), STR("1e300")}}, -1},
		{"ms first",
		 429,
		 {{STR("Retry-After"), STR("9")}, {STR("retry-after-ms"), STR("250")}},
		 250},
		{"x-ms before seconds",
		 429,
		 {{STR("Retry-After"), STR("9")},
		  {STR("x-ms-retry-after-ms"), STR("700")}},
		 700},
		{"ms before x-ms",
		 429,
		 {{STR("x-ms-retry-after-ms"), STR("700")},
		  {STR("Retry-After-Ms"), STR("40")}},
		 40},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_response r = answer(cases[i].status, cases[i].headers);

		check_case(cases[i].name, retry_after_ms(&r, now) == cases[i].want);
	}
}

static void statuses(void **state)
{
	static const struct {
		int status;
		bool again;
	} cases[] = {
		{200, false}, {202, false}, {301, false}, {400, false}, {401, false},
		{403, false}, {404, false}, {408, true},  {409, true},	{410, false},
		{412, false}, {429, true},  {500, true},  {501, false}, {502, true},
		{503, true},  {504, true},  {529, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_response r = {.status = cases[i].status};
		struct retry_input in = {.response = &r,
					 .is_idempotent = true,
					 .tries = 1};

		assert_int_equal(retry_decide(&in).again, cases[i].again);
		in.is_idempotent = false;
		assert_false(retry_decide(&in).again);
	}
}

static void failures_below_http(void **state)
{
	(void)state;
	for (int code = 0; code < ERR_COUNT; code++) {
		struct http_response r = {.err = {.code = (enum err_code)code}};
		struct retry_input in = {.response = &r,
					 .is_idempotent = true,
					 .tries = 1};

		assert_int_equal(retry_decide(&in).again, code == ERR_NETWORK);
	}
}

static void a_hint_overrides_the_status(void **state)
{
	static const struct http_header yes[] = {{STR("x-should-retry"), STR("true")}};
	static const struct http_header no[] = {{STR("X-Should-Retry"), STR("false")}};
	struct http_response r = {.status = 400, .headers = yes, .n_headers = 1};
	struct retry_input in = {.response = &r, .is_idempotent = true, .tries = 1};

	(void)state;
	assert_true(retry_decide(&in).again);
	r.status = 200;
	assert_false(retry_decide(&in).again);
	r = (struct http_response){.status = 503, .headers = no, .n_headers = 1};
	assert_false(retry_decide(&in).again);
}

static void own_waits_double_up_to_their_cap(void **state)
{
	static const int64_t longest[] = {500, 1000, 2000};
	struct http_response r = {.status = 500};

	(void)state;
	for (int tries = 1; tries < RETRY_MAX_TRIES; tries++) {
		struct retry_input in = {.response = &r,
					 .is_idempotent = true,
					 .told_ms = -1,
					 .tries = tries};

		assert_int_equal(retry_decide(&in).wait_ms, longest[tries - 1] / 2);
		in.jitter = 0.999999;
		assert_in_range(retry_decide(&in).wait_ms, longest[tries - 1] - 2,
				longest[tries - 1]);
	}
}

static void tries_end(void **state)
{
	struct http_response r = {.status = 500};
	struct retry_input in = {.response = &r,
				 .is_idempotent = true,
				 .tries = RETRY_MAX_TRIES};

	(void)state;
	assert_false(retry_decide(&in).again);
}

static void a_person_does_not_wait_two_minutes(void **state)
{
	struct http_response r = {.status = 429};
	struct retry_input in = {.response = &r,
				 .is_idempotent = true,
				 .is_interactive = true,
				 .told_ms = 121000,
				 .tries = 1};

	(void)state;
	assert_false(retry_decide(&in).again);
	in.is_interactive = false;
	assert_true(retry_decide(&in).again);
	assert_int_equal(retry_decide(&in).wait_ms, 121000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_that_answers_ask_for),
		cmocka_unit_test(statuses),
		cmocka_unit_test(failures_below_http),
		cmocka_unit_test(a_hint_overrides_the_status),
		cmocka_unit_test(own_waits_double_up_to_their_cap),
		cmocka_unit_test(tries_end),
		cmocka_unit_test(a_person_does_not_wait_two_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
