/* Secrets: held, moved, gone. */
#include "unit/check.h"

#include <sys/resource.h>

#include "base/secret.h"

static void a_secret_is_held_moved_and_dropped(void **state)
{
	struct secret a = {0}, b = {0};

	(void)state;
	assert_true(secret_setup());
	assert_false(secret_is_set(&a));
	secret_set(&a, STR("token"));
	check_text("held", secret_borrow(&a), "token");
	secret_set(&b, STR("old"));
	secret_give(&b, &a);
	assert_false(secret_is_set(&a));
	check_text("moved", secret_borrow(&b), "token");
	secret_set(&b, STR(""));
	assert_true(secret_is_set(&b));
	secret_fini(&b);
	assert_false(secret_is_set(&b));
	secret_fini(&b);
}

static void scratch_is_wiped(void **state)
{
	char scratch[] = "Bearer token";

	(void)state;
	secret_wipe(scratch, sizeof(scratch));
	for (size_t i = 0; i < sizeof(scratch); i++)
		assert_int_equal(scratch[i], 0);
	secret_wipe(NULL, 0);
}

static void a_core_can_be_forbidden(void **state)
{
	struct rlimit limit;

	(void)state;
	secret_forbid_core();
	assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
	assert_int_equal(limit.rlim_cur, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_is_held_moved_and_dropped),
		cmocka_unit_test(scratch_is_wiped),
		cmocka_unit_test(a_core_can_be_forbidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
