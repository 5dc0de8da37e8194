/* The clock's three ways of running. */
#include "unit/check.h"

#include "base/clock.h"

static void manual_moves_only_when_told(void **state)
{
	struct clock c;

	(void)state;
	clock_init_manual(&c, 1000);
	assert_int_equal(clock_wall_ms(&c), 1000);
	assert_int_equal(clock_mono_ms(&c), 0);
	clock_advance(&c, 250);
	assert_int_equal(clock_wall_ms(&c), 1250);
	assert_int_equal(clock_mono_ms(&c), 250);
}

static void scaled_starts_where_told_and_runs_faster(void **state)
{
	struct clock c;
	int64_t start;

	(void)state;
	clock_init_scaled(&c, 5000, 1000.0);
	start = clock_mono_us();
	while (clock_mono_us() - start < 5000)
		continue;
	assert_in_range(clock_wall_ms(&c), 5000 + 4000, 5000 + 600000);
}

static void real_is_after_this_was_written(void **state)
{
	struct clock c;
	int64_t first;

	(void)state;
	clock_init_real(&c);
	first = clock_mono_ms(&c);
	assert_true(clock_wall_ms(&c) > 1700000000000);
	assert_true(clock_mono_ms(&c) >= first);
}

/* Whoever sets the wall time does not move it. */
static void steady_goes_on(void **state)
{
	struct clock c;
	int64_t first;

	(void)state;
	clock_init_manual(&c, 1000);
	c.wall_ms -= 600;
	clock_advance(&c, 250);
	assert_int_equal(clock_steady_ms(&c), 250);
	clock_init_scaled(&c, 5000, 1.0);
	assert_in_range(clock_steady_ms(&c), 5000, 605000);
	clock_init_real(&c);
	first = clock_steady_ms(&c);
	assert_true(clock_steady_ms(&c) >= first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(manual_moves_only_when_told),
		cmocka_unit_test(scaled_starts_where_told_and_runs_faster),
		cmocka_unit_test(steady_goes_on),
		cmocka_unit_test(real_is_after_this_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
