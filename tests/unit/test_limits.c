/* What headers of model servers say of their limits. */
#include "unit/check.h"

#include "ai/limits.h"
#include "base/count.h"

#define H(name, value)                                                                   \
	{                                                                                \
		{name, sizeof(name) - 1},                                                \
		{                                                                        \
			value, sizeof(value) - 1                                         \
		}                                                                        \
	}

static const struct {
	const char *name;
	int status;
	struct http_header headers[4];
	int64_t wait_ms, requests, tokens;
} cases[] = {
	{"nothing", 429, {{{0}, {0}}}, -1, -1, -1},
	{"seconds", 429, {H("Retry-After", "7")}, 7000, -1, -1},
	{"milliseconds win",
	 429,
	 {H("Retry-After", "7"), H("Retry-After-Ms", "6500")},
	 6500,
	 -1,
	 -1},
	{"a date",
	 429,
	 {H("Date", "Sat, 21 Nov 2020 03:00:00 GMT"),
	  H("Retry-After", "Sat, 21 Nov 2020 03:01:00 GMT")},
	 60000,
	 -1,
	 -1},
	{"a wait of any refusal", 503, {H("Retry-After", "1")}, 1000, -1, -1},
	{"durations",
	 429,
	 {H("x-ratelimit-reset-requests", "1h2m3.5s"),
	  H("x-ratelimit-reset-tokens", "57ms")},
	 3723500,
	 -1,
	 -1},
	{"only of what is used up",
	 429,
	 {H("x-ratelimit-reset-requests", "1h"), H("x-ratelimit-remaining-requests", "3"),
	  H("x-ratelimit-reset-tokens", "2s"), H("x-ratelimit-remaining-tokens", "0")},
	 2000,
	 3,
	 0},
	{"Azure's", 429, {H("x-ratelimit-reset-requests", "500")}, 500, -1, -1},
	{"no duration",
	 429,
	 {H("x-ratelimit-reset-requests", "soon"), H("x-ratelimit-reset-tokens", "5d")},
	 -1,
	 -1,
	 -1},
	{"of a good answer they are no wait",
	 200,
	 {H("x-ratelimit-reset-requests", "500"),
	  H("x-ratelimit-remaining-requests", "9"),
	  H("x-ratelimit-remaining-tokens", "119986")},
	 -1,
	 9,
	 119986},
	{"what it does not count",
	 200,
	 {H("x-ratelimit-remaining-requests", "-1"),
	  H("x-ratelimit-remaining-tokens", "0")},
	 -1,
	 -1,
	 -1},
};

static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct http_response r = {.status = cases[i].status,
					  .headers = cases[i].headers};
		struct model_limits limits;

		while (r.n_headers < 4 && cases[i].headers[r.n_headers].name.n)
			r.n_headers++;
		limits_read(&r, &limits);
		check_case(cases[i].name, limits_wait_ms(&r, 0) == cases[i].wait_ms);
		check_case(cases[i].name, limits.left_requests == cases[i].requests);
		check_case(cases[i].name, limits.left_tokens == cases[i].tokens);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_limits)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
