/* The map against a plain array that does the same slowly, with a check of the
 * whole table after every step. */
#include "unit/check.h"

#include <stdio.h>

#include "base/map.h"
#include "base/rng.h"

enum { KEYS = 61, STEPS = 4000 };

static struct str key_of(char text[16], int i)
{
	return (struct str){text, (size_t)snprintf(text, 16, "key-%d", i * 7)};
}

static void check_all(const struct map *m, int *const want[KEYS])
{
	const struct map_slot *slot;
	size_t at = 0, n = 0, walked = 0;
	char text[16];

	for (int i = 0; i < KEYS; i++) {
		assert_ptr_equal(map_find(m, key_of(text, i)), want[i]);
		n += want[i] != NULL;
	}
	while (map_next(m, &at, &slot))
		walked++;
	assert_int_equal(m->n, n);
	assert_int_equal(walked, n);
}

static void random_steps_match_a_plain_array(void **state)
{
	int *want[KEYS] = {0}, values[KEYS];
	struct rng rng;
	struct map m;
	char text[16];

	(void)state;
	map_init(&m);
	rng_init(&rng, 7);
	for (int step = 0; step < STEPS; step++) {
		int i = (int)rng_range(&rng, 0, KEYS - 1);

		if (rng_unit(&rng) < 0.55) {
			assert_ptr_equal(map_put(&m, key_of(text, i), &values[i]),
					 want[i]);
			want[i] = &values[i];
		} else {
			assert_ptr_equal(map_take(&m, key_of(text, i)), want[i]);
			want[i] = NULL;
		}
		check_all(&m, want);
	}
	map_reset(&m);
	assert_int_equal(m.n, 0);
	assert_null(map_find(&m, STR("key-0")));
	map_fini(&m);
}

static void case_can_be_ignored(void **state)
{
	struct map m;
	int value;

	(void)state;
	map_init(&m);
	m.fold_case = true;
	map_put(&m, STR("/Subscriptions/A"), &value);
	assert_ptr_equal(map_find(&m, STR("/subscriptions/a")), &value);
	assert_null(map_find(&m, STR("/subscriptions/b")));
	assert_ptr_equal(map_take(&m, STR("/SUBSCRIPTIONS/A")), &value);
	map_fini(&m);
	assert_null(map_take(&m, STR("none")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_steps_match_a_plain_array),
		cmocka_unit_test(case_can_be_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
