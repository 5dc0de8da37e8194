/* The tables from which keys, help, goldens and the manual derive: names that are
 * names, one of each, and fallbacks that end. */
#include "unit/check.h"

#include "base/sanitize.h"
#include "tui/command.h"
#include "tui/role.h"

static bool is_name(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && text[n] == '\0';
}

static void test_roles(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i, found = ROLE_COUNT;

		check_case(role_name(role), is_name(role_name(role)));
		check_case(role_name(role), role_help(role)[0] != '\0');
		check_case(role_name(role), role_find(str_from(role_name(role)), &found));
		check_case(role_name(role), found == role);
		for (int other = 0; other < i; other++)
			check_case(role_name(role),
				   role_letter(role) != role_letter((enum role)other));
		for (int steps = 0; role != ROLE_TEXT; steps++) {
			assert_true(steps < ROLE_COUNT);
			role = role_fallback(role);
		}
	}
	/* An overlay is told from none by its number. */
	assert_int_equal(ROLE_TEXT, 0);
	assert_false(role_find(STR("nosuch"), &(enum role){ROLE_TEXT}));
	assert_false(role_find(STR(""), &(enum role){ROLE_TEXT}));
}

static void test_contexts(void **state)
{
	(void)state;
	for (int i = 0; i < CONTEXT_COUNT; i++) {
		enum context context = (enum context)i, found = CONTEXT_COUNT;
		const char *name = context_name(context);

		check_case(name, is_name(name) && context_help(context)[0]);
		check_case(name, context_find(str_from(name), &found));
		check_case(name, found == context);
	}
	assert_false(context_find(STR("tables"), &(enum context){CONTEXT_GLOBAL}));
}

static void test_commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_commands; i++) {
		const struct command *c = &commands[i];

		check_case(c->name, is_name(c->name));
		check_case(c->name, strlen(c->help) > 3 && strlen(c->help) < 60);
		check_case(c->name, sanitize_is_clean(str_from(c->help)));
		check_case(c->name, (c->contexts & ~COMMAND_FLAGS) != 0 &&
					    c->contexts >> (CONTEXT_COUNT + 4) == 0);
		check_case(c->name, c->run != NULL);
		check_case(c->name, i == 0 || strcmp(commands[i - 1].name, c->name) < 0);
		check_case(c->name, command_find(str_from(c->name)) == c);
	}
	assert_null(command_find(STR("")));
	assert_null(command_find(STR("aaa")));
	assert_null(command_find(STR("zzz")));
	assert_null(command_find(STR("qui")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
