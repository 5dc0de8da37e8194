/* `azdeck secret` as scripts run it: values on standard input, and never on an
 * output. Thread: the test's. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "cli/run.h"
#include "unit/check.h"

#define VALUE "Tr0ub4dor-3"

/* Runs it, expects that code and text, and that no value is printed. */
static void expect(const char *const *args, const char *input, int code, const char *says)
{
	struct run r = {.args = args, .input = input};

	run_expect(&r, code);
	if (!strstr(code ? r.err.p : r.out.p, says))
		fail_msg("want \"%s\", got %s%s", says, r.out.p, r.err.p);
	if (strstr(r.out.p, "Tr0ub4dor") || strstr(r.err.p, "Tr0ub4dor"))
		fail_msg("a value is printed: %s%s", r.out.p, r.err.p);
	run_fini(&r);
}

static void set(const char *name, const char *value)
{
	expect(RUN_ARGS("secret", "set", name), value, 0, name);
}

static void test_life(void **state)
{
	(void)state;
	expect(RUN_ARGS("secret", "list"), NULL, 0, "NAME");
	set("ado-pat", VALUE "\n");
	set("spn", VALUE);
	expect(RUN_ARGS("secret", "list"), NULL, 0, " 11\nspn ");
	set("ado-pat", "a longer " VALUE "\n");
	expect(RUN_ARGS("secret", "list"), NULL, 0, " 20\nspn ");
	expect(RUN_ARGS("secret", "rm", "ado-pat"), NULL, 0, "ado-pat is removed\n");
	expect(RUN_ARGS("secret", "rm", "ado-pat"), NULL, 6, "no secret \"ado-pat\"");
	expect(RUN_ARGS("secret", "list"), NULL, 0, "spn ");
	run_clear_config();
}

static void test_list_json(void **state)
{
	struct run r = {.args = RUN_ARGS("secret", "list", "-o", "json")};
	const cJSON *secrets, *one;
	cJSON *root;

	(void)state;
	set("pat", VALUE);
	run_expect(&r, 0);
	root = cJSON_Parse(r.out.p);
	assert_non_null(root);
	assert_string_equal(cJSON_GetObjectItem(root, "schema")->valuestring,
			    "azdeck.secrets/1");
	secrets = cJSON_GetObjectItem(root, "secrets");
	assert_int_equal(cJSON_GetArraySize(secrets), 1);
	one = cJSON_GetArrayItem(secrets, 0);
	assert_int_equal(cJSON_GetArraySize(one), 3);
	assert_string_equal(cJSON_GetObjectItem(one, "name")->valuestring, "pat");
	assert_true(cJSON_GetObjectItem(one, "bytes")->valuedouble == 11.0);
	assert_true(strlen(cJSON_GetObjectItem(one, "changed")->valuestring) == 20);
	cJSON_Delete(root);
	run_fini(&r);
	run_clear_config();
}

static void test_refusals(void **state)
{
	static char large[(64 << 10) + 2];
	static const struct {
		const char *name;
		const char *args[5];
		const char *input;
		int code;
		const char *says;
	} cases[] = {
		{"nothing to do", {"secret"}, NULL, 2, "set, list, rm or passphrase"},
		{"mistyped", {"secret", "lst"}, NULL, 2, "did you mean \"list\"?"},
		{"no name", {"secret", "set"}, VALUE, 2, "give its name"},
		{"no name to remove", {"secret", "rm"}, NULL, 2, "give its name"},
		{"a name too many", {"secret", "list", "pat"}, NULL, 2, "takes no name"},
		{"a word too many", {"secret", "rm", "a", "b"}, NULL, 2, "one word too"},
		{"a value in argv",
		 {"secret", "set", "pat", VALUE},
		 NULL,
		 2,
		 "command line"},
		{"an empty value", {"secret", "set", "pat"}, "\n", 2, "is empty"},
		{"nothing at all", {"secret", "set", "pat"}, NULL, 2, "is empty"},
		{"a bad name",
		 {"secret", "set", "a/b"},
		 VALUE,
		 2,
		 "no name for a secret"},
		{"a large value", {"secret", "set", "pat"}, large, 5, "over 65536 bytes"},
		{"a format", {"secret", "list", "-o", "csv"}, NULL, 2, "\"csv\""},
		{"a short passphrase",
		 {"secret", "passphrase"},
		 "seven.7\n",
		 2,
		 "8 bytes at least"},
	};

	(void)state;
	memset(large, 'x', sizeof(large) - 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		print_message("# %s\n", cases[i].name);
		expect(cases[i].args, cases[i].input, cases[i].code, cases[i].says);
	}
	expect(RUN_ARGS("secret", "list"), NULL, 0, "NAME  AGE  BYTES\n");
	run_clear_config();
}

/* A locked key is opened by the file that the environment names; a script that has
 * neither that nor a terminal is told what to do. */
static void test_passphrase(void **state)
{
	const char *path;

	(void)state;
	set("pat", VALUE);
	expect(RUN_ARGS("secret", "passphrase"), VALUE "\n", 0, "locked");
	expect(RUN_ARGS("secret", "list"), NULL, 4, "AZDECK_PASSPHRASE_FILE");
	expect(RUN_ARGS("secret", "set", "b"), VALUE, 4, "AZDECK_PASSPHRASE_FILE");
	path = run_write_config("phrase", VALUE "\n");
	assert_int_equal(setenv("AZDECK_PASSPHRASE_FILE", path, 1), 0);
	assert_int_equal(chmod(path, 0644), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 3, "chmod 600");
	assert_int_equal(chmod(path, 0600), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 0, "pat ");
	expect(RUN_ARGS("secret", "passphrase", "--remove"), NULL, 0, "no passphrase");
	assert_int_equal(unsetenv("AZDECK_PASSPHRASE_FILE"), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 0, "pat ");
	run_clear_config();
}

static void test_broken_files(void **state)
{
	const char *path;

	(void)state;
	set("pat", VALUE);
	path = run_write_config("secrets", "{\"pat\": \"" VALUE "\"}");
	assert_int_equal(chmod(path, 0644), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 3, "chmod 600");
	assert_int_equal(chmod(path, 0600), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 5, "not sealed by azdeck");
	expect(RUN_ARGS("secret", "set", "b"), VALUE, 5, "not sealed by azdeck");
	path = run_write_config("key", "a key, perhaps");
	assert_int_equal(chmod(path, 0600), 0);
	expect(RUN_ARGS("secret", "list"), NULL, 5, "is not a key");
	run_clear_config();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_life),	     cmocka_unit_test(test_list_json),
		cmocka_unit_test(test_refusals),     cmocka_unit_test(test_passphrase),
		cmocka_unit_test(test_broken_files),
	};

	unsetenv("AZDECK_PASSPHRASE_FILE");
	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
