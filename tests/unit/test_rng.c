/* Seeded randomness: the same on every machine, spread well enough. */
#include "unit/check.h"

#include "base/rng.h"

static void known_first_numbers(void **state)
{
	struct rng r;

	(void)state;
	/* The published first outputs of SplitMix64 for seed 1234567. */
	rng_init(&r, 1234567);
	assert_true(rng_next(&r) == 6457827717110365317u);
	assert_true(rng_next(&r) == 3203168211198807973u);
}

static void ranges_hold_and_are_used_evenly(void **state)
{
	int seen[10] = {0};
	struct rng r;

	(void)state;
	rng_init(&r, 42);
	for (int i = 0; i < 10000; i++) {
		double u = rng_unit(&r);
		int64_t n = rng_range(&r, -3, 6);

		assert_true(u >= 0.0 && u < 1.0);
		assert_in_range(n + 3, 0, 9);
		seen[n + 3]++;
	}
	for (int i = 0; i < 10; i++)
		assert_in_range(seen[i], 850, 1150);
	assert_int_equal(rng_range(&r, 5, 5), 5);
	assert_int_equal(rng_range(&r, 5, 1), 5);
}

static void draws_at_an_index_do_not_depend_on_order(void **state)
{
	double sum = 0;

	(void)state;
	for (uint64_t i = 0; i < 1000; i++)
		sum += rng_at(9, i);
	assert_in_range((int)sum, 450, 550);
	assert_true(rng_at(9, 500) == rng_at(9, 500));
	assert_true(rng_at(9, 500) != rng_at(10, 500));
	assert_true(rng_mix(1, 2) != rng_mix(2, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_first_numbers),
		cmocka_unit_test(ranges_hold_and_are_used_evenly),
		cmocka_unit_test(draws_at_an_index_do_not_depend_on_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
