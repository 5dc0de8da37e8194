/* Named secrets: set, replaced, removed, listed in order, kept over a restart, and
 * not lost when several processes write. */
#include "unit/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/pack.h"
#include "auth/private_file.h"
#include "auth/vault.h"
#include "unit/scratch.h"

enum { NOW_MS = 1000 };

static void begin(struct keychain *k, const char *home)
{
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path(home), 1);
	setenv("XDG_STATE_HOME", scratch_path(home), 1);
	keychain_init(k);
}

static void set(struct keychain *k, const char *name, const char *value, int64_t at_ms)
{
	struct err err;

	if (!vault_set(k, str_from(name), str_from(value), at_ms, &err))
		fail_msg("%s: %s", name, err.text);
}

/* "a=1@7 b=2@9" */
static void check_content(const char *name, struct keychain *k, const char *want)
{
	struct vault_entry entry;
	struct strbuf got;
	struct vault v;
	struct err err;
	size_t at = 0;

	strbuf_init(&got, 4096);
	if (!vault_load(&v, k, &err))
		fail_msg("case \"%s\": %s", name, err.text);
	while (vault_next(&v, &at, &entry))
		strbuf_printf(&got, "%s%.*s=%.*s@%lld", got.n ? " " : "",
			      STR_ARG(entry.name), STR_ARG(entry.value),
			      (long long)entry.changed_ms);
	check_text(name, strbuf_str(&got), want);
	vault_fini(&v);
	strbuf_fini(&got);
}

static void secrets_come_and_go_in_order(void **state)
{
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "order");
	check_content("nothing yet", &k, "");
	/* Looking makes no key. */
	assert_int_not_equal(access(k.key_path, F_OK), 0);
	set(&k, "m", "1", 1);
	set(&k, "z", "2", 2);
	set(&k, "a", "3", 3);
	check_content("three", &k, "a=3@3 m=1@1 z=2@2");
	set(&k, "m", "a longer one", 4);
	check_content("replaced", &k, "a=3@3 m=a longer one@4 z=2@2");
	assert_true(vault_remove(&k, STR("a"), &err));
	assert_true(vault_remove(&k, STR("z"), &err));
	check_content("removed", &k, "m=a longer one@4");
	assert_false(vault_remove(&k, STR("z"), &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "\"z\""));
	keychain_fini(&k);
	keychain_init(&k);
	check_content("another run", &k, "m=a longer one@4");
	assert_true(vault_remove(&k, STR("m"), &err));
	check_content("empty again", &k, "");
	keychain_fini(&k);
}

static void one_is_found_by_its_whole_name(void **state)
{
	static const struct {
		const char *name;
		bool is_there;
	} cases[] = {{"pat", true},
		     {"pa", false},
		     {"pat2", true},
		     {"Pat", false},
		     {"", false}};
	struct vault_entry entry;
	struct keychain k;
	struct vault v;
	struct err err;

	(void)state;
	begin(&k, "found");
	set(&k, "pat", "1", NOW_MS);
	set(&k, "pat2", "2", NOW_MS);
	assert_true(vault_load(&v, &k, &err));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(cases[i].name, vault_find(&v, str_from(cases[i].name),
						     &entry) == cases[i].is_there);
	vault_fini(&v);
	keychain_fini(&k);
}

static void names_and_values_have_bounds(void **state)
{
	static char large[VAULT_VALUE_MAX + 1];
	static const struct {
		const char *name;
		size_t value_n;
		enum err_code code;
	} cases[] = {
		{"a", 1, ERR_NONE},
		{"A.b_c-9", 1, ERR_NONE},
		{"9", VAULT_VALUE_MAX, ERR_NONE},
		{"", 1, ERR_USAGE},
		{".hidden", 1, ERR_USAGE},
		{"-o", 1, ERR_USAGE},
		{"a/b", 1, ERR_USAGE},
		{"a b", 1, ERR_USAGE},
		{"caf\xc3\xa9", 1, ERR_USAGE},
		{"a\033[31m", 1, ERR_USAGE},
		{"a123456789012345678901234567890123456789012345678901234567890123", 1,
		 ERR_NONE},
		{"a1234567890123456789012345678901234567890123456789012345678901234", 1,
		 ERR_USAGE},
		{"a", 0, ERR_USAGE},
		{"a", VAULT_VALUE_MAX + 1, ERR_TOO_LARGE},
	};
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "bounds");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool ok = vault_set(&k, str_from(cases[i].name),
				    (struct str){large, cases[i].value_n}, NOW_MS, &err);

		check_case(cases[i].name, ok == (cases[i].code == ERR_NONE));
		check_case(cases[i].name, ok || err.code == cases[i].code);
	}
	keychain_fini(&k);
}

static void a_full_vault_says_so_and_keeps_what_it_has(void **state)
{
	static char large[VAULT_VALUE_MAX];
	struct keychain k;
	struct vault v;
	struct err err;
	char name[16];
	int n = 0;

	(void)state;
	begin(&k, "full");
	for (;; n++) {
		snprintf(name, sizeof(name), "s%03d", n);
		if (!vault_set(&k, str_from(name), (struct str){large, sizeof(large)},
			       NOW_MS, &err))
			break;
	}
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_int_equal(n, 15);
	assert_true(vault_load(&v, &k, &err));
	assert_true(v.plain.n > sizeof(large) * 15);
	vault_fini(&v);
	keychain_fini(&k);
}

static void a_file_that_does_not_open_is_left_alone(void **state)
{
	struct secret before = {0}, after = {0};
	struct keychain k, other;
	struct vault v;
	struct err err;

	(void)state;
	begin(&other, "other");
	set(&other, "a", "1", NOW_MS);
	begin(&k, "alone");
	set(&k, "a", "1", NOW_MS);
	assert_true(private_file_read(other.secrets_path, 1000, &before, &err));
	assert_true(private_file_write(k.secrets_path, secret_borrow(&before), &err));
	assert_false(vault_load(&v, &k, &err));
	assert_non_null(strstr(err.text, "another key"));
	assert_false(vault_set(&k, STR("b"), STR("2"), NOW_MS, &err));
	assert_false(vault_remove(&k, STR("a"), &err));
	assert_true(private_file_read(k.secrets_path, 1000, &after, &err));
	assert_true(str_eq(secret_borrow(&before), secret_borrow(&after)));
	/* Without its key it is not sealed over with a new one. */
	keychain_fini(&k);
	keychain_init(&k);
	assert_int_equal(unlink(k.key_path), 0);
	assert_false(vault_load(&v, &k, &err));
	assert_non_null(strstr(err.text, "is gone"));
	assert_false(vault_set(&k, STR("b"), STR("2"), NOW_MS, &err));
	assert_non_null(strstr(err.text, "is gone"));
	assert_int_not_equal(access(k.key_path, F_OK), 0);
	secret_fini(&before);
	secret_fini(&after);
	keychain_fini(&other);
	keychain_fini(&k);
}

/* Each sets a name of its own; all are there in the end. */
static void several_processes_lose_nothing(void **state)
{
	enum { MANY = 8 };
	struct keychain k;
	struct strbuf want;
	int go[2], status;
	struct err err;
	char name[8], c;

	(void)state;
	begin(&k, "several");
	strbuf_init(&want, 1000);
	assert_int_equal(pipe2(go, O_CLOEXEC), 0);
	for (int i = 0; i < MANY; i++) {
		pid_t pid;

		snprintf(name, sizeof(name), "n%d", i);
		strbuf_printf(&want, "%s%s=v@%d", i ? " " : "", name, NOW_MS);
		pid = fork();
		assert_true(pid >= 0);
		if (pid > 0)
			continue;
		close(go[1]);
		_exit(read(go[0], &c, 1) == 0 && vault_set(&k, str_from(name), STR("v"),
							   NOW_MS, &err)
			      ? 0
			      : 1);
	}
	close(go[1]);
	for (int i = 0; i < MANY; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	close(go[0]);
	check_content("all", &k, want.p);
	strbuf_fini(&want);
	keychain_fini(&k);
}

static void put_entry(struct pack_writer *w, const char *name, const char *value)
{
	pack_text(w, str_from(name));
	pack_i64(w, NOW_MS);
	pack_text(w, str_from(value));
}

static void only_what_a_vault_writes_is_taken(void **state)
{
	static const struct {
		const char *name, *first, *second;
		size_t cut;
		bool is_fine;
	} cases[] = {
		{"two", "a", "b", 0, true},	    {"wrong order", "b", "a", 0, false},
		{"twice", "a", "a", 0, false},	    {"no name", "", "a", 0, false},
		{"bad name", "a", "b/c", 0, false}, {"cut", "a", "b", 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char bytes[100];
		struct pack_writer w = {.p = bytes};
		struct err err;

		put_entry(&w, cases[i].first, "value");
		put_entry(&w, cases[i].second, "value");
		check_case(cases[i].name,
			   vault_check((struct str){bytes, w.n - cases[i].cut}, "F",
				       &err) == cases[i].is_fine);
		check_case(cases[i].name, cases[i].is_fine || err.code == ERR_PARSE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_come_and_go_in_order),
		cmocka_unit_test(one_is_found_by_its_whole_name),
		cmocka_unit_test(names_and_values_have_bounds),
		cmocka_unit_test(a_full_vault_says_so_and_keeps_what_it_has),
		cmocka_unit_test(a_file_that_does_not_open_is_left_alone),
		cmocka_unit_test(several_processes_lose_nothing),
		cmocka_unit_test(only_what_a_vault_writes_is_taken),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, scratch_make, scratch_drop)
			      : 1;
}
