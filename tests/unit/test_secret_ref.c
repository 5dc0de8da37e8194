/* References to secrets: each form, each way it fails, and that no error repeats a
 * value. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/secret_ref.h"
#include "auth/vault.h"
#include "unit/scratch.h"

#define VALUE "Tr0ub4dor-value"

static struct keychain keys;

static int set_up(void **state)
{
	struct err err;

	if (!secret_setup() || scratch_make(state) != 0)
		return -1;
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	setenv("HOME", scratch_path(""), 1);
	keychain_init(&keys);
	return vault_set(&keys, STR("pat"), STR(VALUE), 0, &err) &&
			       vault_set(&keys, STR("blank"), STR("\n"), 0, &err)
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	keychain_fini(&keys);
	return scratch_drop(state);
}

static void check_resolves(const char *ref)
{
	struct secret got = {0};
	struct err err;

	if (!secret_ref_resolve(str_from(ref), &keys, &got, &err))
		fail_msg("%s: %s", ref, err.text);
	check_text(ref, secret_borrow(&got), VALUE);
	secret_fini(&got);
}

static void check_fails(const char *ref, enum err_code code, const char *says)
{
	struct secret got = {0};
	struct err err;

	check_case(ref, !secret_ref_resolve(str_from(ref), &keys, &got, &err));
	check_case(ref, !secret_is_set(&got));
	if (err.code != code || !strstr(err.text, says) || !strstr(err.text, ref))
		fail_msg("%s: %s: %s", ref, err_name(err.code), err.text);
	if (strstr(err.text, "Tr0ub4dor"))
		fail_msg("%s: the error tells the value: %s", ref, err.text);
}

static void the_environment(void **state)
{
	(void)state;
	setenv("AZ_TEST_REF", VALUE "\n", 1);
	check_resolves("env:AZ_TEST_REF");
	setenv("AZ_TEST_REF", "\n", 1);
	check_fails("env:AZ_TEST_REF", ERR_AUTH, "is empty");
	setenv("AZ_TEST_REF", "", 1);
	check_fails("env:AZ_TEST_REF", ERR_AUTH, "is not set");
	unsetenv("AZ_TEST_REF");
	check_fails("env:AZ_TEST_REF", ERR_AUTH, "is not set");
}

static void check_file(unsigned mode, const char *content, const char *says)
{
	char ref[600];

	snprintf(ref, sizeof(ref), "file:%s",
		 scratch_write("ref", str_from(content), mode));
	if (says)
		check_fails(ref, ERR_CONFIG, says);
	else
		check_resolves(ref);
}

static void files(void **state)
{
	static char large[VAULT_VALUE_MAX + 1];
	char ref[600];

	(void)state;
	check_file(0600, VALUE, NULL);
	check_file(0400, VALUE "\r\n", NULL);
	check_resolves("file:~/ref");
	check_file(0640, VALUE, "chmod 600");
	check_file(0604, VALUE, "chmod 600");
	scratch_write("large", (struct str){large, sizeof(large)}, 0600);
	check_fails("file:~/large", ERR_TOO_LARGE, "larger than");
	scratch_write("empty", STR(""), 0600);
	check_fails("file:~/empty", ERR_AUTH, "is empty");
	check_fails("file:~/absent", ERR_CONFIG, "No such file");
	assert_int_equal(symlink(scratch_path("ref"), scratch_path("link")), 0);
	check_fails("file:~/link", ERR_CONFIG, "symbolic link");
	snprintf(ref, sizeof(ref), "file:%s", scratch_path(""));
	check_fails(ref, ERR_CONFIG, "cannot open");
	check_fails("file:/dev/zero", ERR_CONFIG, "not a regular file");
}

static void what_the_vault_keeps(void **state)
{
	(void)state;
	check_resolves("secret:pat");
	check_fails("secret:pa", ERR_AUTH, "azdeck secret set pa");
	check_fails("secret:blank", ERR_AUTH, "is empty");
}

static void a_closed_vault_is_told(void **state)
{
	(void)state;
	keychain_fini(&keys);
	keychain_init(&keys);
	assert_int_equal(chmod(keys.key_path, 0640), 0);
	check_fails("secret:pat", ERR_CONFIG, "chmod 600");
	assert_int_equal(chmod(keys.key_path, 0600), 0);
	check_resolves("secret:pat");
}

static void forms(void **state)
{
	static const struct {
		const char *ref;
		bool is_fine;
	} cases[] = {
		{"env:A", true},    {"env:_a9", true},	     {"env:", false},
		{"env:9a", false},  {"env:A B", false},	     {"env:A=B", false},
		{"file:/a", true},  {"file:~/a", true},	     {"file:a", false},
		{"file:", false},   {"file:~root/a", false}, {"secret:a", true},
		{"secret:", false}, {"secret:a/b", false},   {"", false},
		{"ENV:A", false},   {"keyvault:a/b", false}, {VALUE, false},
		{"env", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct secret got = {0};
		struct err err;

		check_case(cases[i].ref, secret_ref_check(str_from(cases[i].ref), &err) ==
						 cases[i].is_fine);
		if (cases[i].is_fine)
			continue;
		check_case(cases[i].ref, err.code == ERR_CONFIG);
		/* What stands there may be the secret. */
		check_case(cases[i].ref, !strstr(err.text, VALUE));
		check_case(cases[i].ref, !secret_ref_resolve(str_from(cases[i].ref),
							     &keys, &got, &err));
	}
}

static void what_was_there_stays_when_it_fails(void **state)
{
	struct secret got = {0};
	struct err err;

	(void)state;
	secret_set(&got, STR("old"));
	assert_false(secret_ref_resolve(STR("secret:nope"), &keys, &got, &err));
	check_text("kept", secret_borrow(&got), "old");
	/* Asked on the loop, never here. */
	assert_false(secret_ref_resolve(STR("keyvault:kv1/b"), &keys, &got, &err));
	check_text("kept", secret_borrow(&got), "old");
	assert_true(secret_ref_resolve(STR("secret:pat"), &keys, &got, &err));
	check_text("replaced", secret_borrow(&got), VALUE);
	secret_fini(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment),
		cmocka_unit_test(files),
		cmocka_unit_test(what_the_vault_keeps),
		cmocka_unit_test(a_closed_vault_is_told),
		cmocka_unit_test(forms),
		cmocka_unit_test(what_was_there_stays_when_it_fails),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
