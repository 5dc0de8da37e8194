/* Which model is asked, why, and what is said when there is none. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "ai/route.h"
#include "base/count.h"

enum { GPT, MINI, LLAMA, ALL };

static const struct ai_endpoint endpoints[ALL] = {
	[GPT] = {"gpt", false, 100000, 2, {2, 8, 1}, 0},
	[MINI] = {"mini", false, 100000, 0, {0.2, 0.8, NAN}, 0},
	[LLAMA] = {"llama", true, 8000, 1, {NAN, NAN, NAN}, 0},
};
static const size_t order[] = {GPT, MINI, LLAMA};
static const struct ai_route route = {"default", order, 3, REACH_CLOUD};

struct bench {
	struct ai_health health[ALL];
	struct ai_router router;
	struct ai_need need;
	struct ai_choice choice;
};

static void begin(struct bench *b)
{
	*b = (struct bench){
		.router = {.endpoints = endpoints,
			   .n = ALL,
			   .day = {NAN, NAN, 0},
			   .conversation = {NAN, NAN, 0}},
		.need = {.route = &route, .reach = REACH_CLOUD, .now_ms = 1000000},
	};
	b->router.health = b->health;
	for (size_t i = 0; i < ALL; i++)
		b->health[i].first_ms = NAN;
}

static void check(struct bench *b, const char *want)
{
	char got[320];

	route_choose(&b->router, &b->need, &b->choice);
	snprintf(got, sizeof(got), "%s (%s)%s",
		 b->choice.endpoint < 0 ? "none" : endpoints[b->choice.endpoint].name,
		 b->choice.why, b->choice.is_thrifty ? " thrifty" : "");
	check_text("choice", str_from(got), want);
}

static void fails(struct bench *b, int endpoint, enum model_trouble trouble,
		  int64_t retry_ms)
{
	route_asked(&b->router, endpoint);
	route_failed(&b->router, endpoint, trouble, retry_ms, b->need.now_ms);
}

static void test_order(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	check(&b, "gpt (the first of default)");
	b.need.reach = REACH_LOCAL;
	check(&b, "llama (gpt: what is asked may not leave)");
	b.need.tokens = 9000;
	check(&b, "none (gpt: what is asked may not leave; mini: what is asked may not "
		  "leave; llama: the question is longer than it can read)");
	assert_int_equal(b.choice.wait_ms, -1);
}

static void test_cools(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	fails(&b, GPT, TROUBLE_BUSY, 7000);
	check(&b, "mini (gpt: it is left alone after it failed)");
	fails(&b, MINI, TROUBLE_DOWN, -1);
	fails(&b, LLAMA, TROUBLE_LOADING, -1);
	check(&b, "none (gpt: it is left alone after it failed; mini: it is left alone "
		  "after it failed; llama: it is loading the model)");
	assert_int_equal(b.choice.wait_ms, 2000);
	b.need.now_ms += 2000;
	check(&b, "mini (gpt: it is left alone after it failed)");
	/* Longer with each failure. */
	fails(&b, MINI, TROUBLE_DOWN, -1);
	assert_int_equal(b.health[MINI].cool_until_ms, b.need.now_ms + 10000);
	b.need.now_ms += 5000;
	check(&b, "gpt (the first of default)");
	route_asked(&b.router, GPT);
	route_answered(&b.router, GPT);
	assert_int_equal(b.health[GPT].in_row, 0);
}

static void test_out(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	fails(&b, GPT, TROUBLE_SIGN_IN, -1);
	b.need.now_ms += 86400000;
	check(&b, "mini (gpt: its key or role is wrong: mend it)");
	route_mended(&b.router, GPT);
	check(&b, "gpt (the first of default)");
	/* What is wrong with a question is not wrong with who was asked. */
	fails(&b, GPT, TROUBLE_TOO_LONG, -1);
	check(&b, "gpt (the first of default)");
	b.need.tried = 1 << GPT;
	check(&b, "mini (gpt: it has just failed this question)");
}

static void test_busy(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	route_asked(&b.router, GPT);
	route_asked(&b.router, GPT);
	check(&b, "mini (gpt: it is busy with other questions)");
	route_dropped(&b.router, GPT);
	check(&b, "gpt (the first of default)");
}

static void test_money(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	b.router.day = (struct ai_money){.soft = 1, .hard = 2, .spent = 1.5};
	check(&b, "llama (it costs less than gpt) thrifty");
	b.need.tokens = 9000;
	check(&b, "mini (it costs less than gpt) thrifty");
	b.router.day.spent = 2;
	check(&b,
	      "none (gpt: the money for it is used up; mini: the money for it is used "
	      "up; llama: the question is longer than it can read) thrifty");
	b.need.tokens = 10;
	check(&b, "llama (gpt: the money for it is used up) thrifty");
}

static void test_latency(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	route_began(&b.router, GPT, 1000);
	route_began(&b.router, GPT, 2000);
	assert_true(fabs(b.health[GPT].first_ms - 1300) < 1e-6);
}

static void test_cost(void **state)
{
	(void)state;
	assert_true(fabs(ai_cost(&endpoints[GPT].price, 1000000, 0, 1000000) - 10) <
		    1e-9);
	assert_true(fabs(ai_cost(&endpoints[GPT].price, 1000000, 500000, 0) - 1.5) <
		    1e-9);
	assert_true(fabs(ai_cost(&endpoints[MINI].price, 1000000, 500000, 0) - 0.2) <
		    1e-9);
	assert_true(isnan(ai_cost(&endpoints[LLAMA].price, 10, 0, 10)));
	assert_true(isnan(ai_cost(&endpoints[GPT].price, -1, -1, 10)));
	/* More was cached than asked: nonsense is not a discount. */
	assert_true(fabs(ai_cost(&endpoints[GPT].price, 1000000, 2000000, 0) - 2) < 1e-9);
}

static void test_no_endpoints(void **state)
{
	static const struct ai_route none = {.name = "local"};
	struct bench b;

	(void)state;
	begin(&b);
	b.need.route = &none;
	check(&b, "none (local has no endpoint)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order), cmocka_unit_test(test_cools),
		cmocka_unit_test(test_out),   cmocka_unit_test(test_busy),
		cmocka_unit_test(test_money), cmocka_unit_test(test_latency),
		cmocka_unit_test(test_cost),  cmocka_unit_test(test_no_endpoints),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
