/* Secrets: held, moved, gone. */
#include "unit/check.h"

#include <sys/prctl.h>
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

static void one_line_end_is_dropped(void **state)
{
	static const struct {
		const char *name, *value, *want;
	} cases[] = {
		{"none", "a", "a"},	    {"unix", "a\n", "a"},
		{"dos", "a\r\n", "a"},	    {"one of two", "a\n\n", "a\n"},
		{"inside", "a\nb", "a\nb"}, {"alone", "\n", ""},
		{"empty", "", ""},	    {"blanks stay", " a \n", " a "},
	};
	struct secret s = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		secret_set(&s, str_from(cases[i].value));
		secret_trim_line(&s);
		check_text(cases[i].name, secret_borrow(&s), cases[i].want);
		check_text(cases[i].name, str_from(s.p), cases[i].want);
	}
	secret_fini(&s);
	secret_trim_line(&s);
}

static void room_is_empty_and_terminated(void **state)
{
	struct secret s = {0};
	char *p;

	(void)state;
	secret_set(&s, STR("before"));
	p = secret_reserve(&s, 100);
	assert_int_equal(s.n, 100);
	for (size_t i = 0; i <= 100; i++)
		assert_int_equal(p[i], 0);
	secret_fini(&s);
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
	assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_is_held_moved_and_dropped),
		cmocka_unit_test(one_line_end_is_dropped),
		cmocka_unit_test(room_is_empty_and_terminated),
		cmocka_unit_test(scratch_is_wiped),
		cmocka_unit_test(a_core_can_be_forbidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
