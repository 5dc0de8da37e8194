/* The key in its file: made once, found again, wrapped and opened. */
#include "unit/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "auth/private_file.h"
#include "unit/scratch.h"

static const struct seal_key_cost cheap = {.passes = 1, .memory_kib = 8};

/* A home of the case's own. */
static void begin(struct keychain *k, const char *home)
{
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path(home), 1);
	setenv("XDG_STATE_HOME", scratch_path(home), 1);
	keychain_init(k);
	k->cost = &cheap;
}

static void again(struct keychain *k)
{
	keychain_fini(k);
	keychain_init(k);
	k->cost = &cheap;
}

static void a_key_is_made_once_and_found_again(void **state)
{
	struct secret first = {0};
	struct keychain k;
	struct stat st;
	struct err err;

	(void)state;
	begin(&k, "once");
	assert_false(keychain_open(&k, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_not_equal(access(k.key_path, F_OK), 0);
	assert_true(keychain_open_or_make(&k, &err));
	secret_set(&first, secret_borrow(&k.key));
	assert_int_equal(stat(k.key_path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	again(&k);
	assert_true(keychain_open(&k, &err));
	assert_true(str_eq(secret_borrow(&first), secret_borrow(&k.key)));
	again(&k);
	assert_true(keychain_open_or_make(&k, &err));
	assert_true(str_eq(secret_borrow(&first), secret_borrow(&k.key)));
	secret_fini(&first);
	keychain_fini(&k);
}

static void the_mode_is_checked_on_every_read(void **state)
{
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "mode");
	assert_true(keychain_open_or_make(&k, &err));
	assert_int_equal(chmod(k.key_path, 0644), 0);
	again(&k);
	assert_false(keychain_open(&k, &err));
	assert_non_null(strstr(err.text, "chmod 600"));
	/* It is refused, not replaced. */
	assert_false(keychain_open_or_make(&k, &err));
	assert_int_equal(chmod(k.key_path, 0600), 0);
	assert_true(keychain_open(&k, &err));
	keychain_fini(&k);
}

static void a_broken_key_is_not_replaced(void **state)
{
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "broken");
	assert_true(private_file_write(k.key_path, STR("azdeck key    1\nshort"), &err));
	assert_false(keychain_open_or_make(&k, &err));
	assert_int_equal(err.code, ERR_PARSE);
	assert_non_null(strstr(err.text, k.key_path));
	keychain_fini(&k);
}

static void no_home_is_told(void **state)
{
	struct keychain k;
	struct err err;
	char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;

	(void)state;
	unsetenv("HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	keychain_init(&k);
	assert_null(k.key_path);
	assert_false(keychain_open_or_make(&k, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, "XDG_DATA_HOME"));
	keychain_fini(&k);
	if (home)
		setenv("HOME", home, 1);
	free(home);
}

struct answers {
	const char *const *words; /* ended by NULL: then the person gives up */
	int asked, asked_again;
};

static bool answer(bool is_again, struct secret *passphrase, struct err *err, void *ctx)
{
	struct answers *a = ctx;
	const char *word = a->words[a->asked];

	if (!word)
		return err_set(err, ERR_CANCELLED, "given up");
	a->asked++;
	a->asked_again += is_again;
	secret_set(passphrase, str_from(word));
	return true;
}

static void a_person_is_asked(void **state)
{
	static const struct {
		const char *name;
		const char *words[5];
		int asked;
		enum err_code code;
	} cases[] = {
		{"right", {"open sesame"}, 1, ERR_NONE},
		{"at last", {"a", "b", "open sesame"}, 3, ERR_NONE},
		{"three times", {"a", "b", "c", "open sesame"}, 3, ERR_AUTH},
		{"given up", {"a"}, 1, ERR_CANCELLED},
	};
	struct secret passphrase = {0};
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "asked");
	secret_set(&passphrase, STR("open sesame"));
	assert_true(keychain_wrap(&k, &passphrase, &err));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct answers a = {.words = cases[i].words};

		again(&k);
		k.ask = answer;
		k.ask_ctx = &a;
		check_case(cases[i].name,
			   keychain_open(&k, &err) == (cases[i].code == ERR_NONE));
		check_case(cases[i].name, a.asked == cases[i].asked);
		check_case(cases[i].name, a.asked_again == a.asked - 1);
		check_case(cases[i].name,
			   cases[i].code == ERR_NONE || err.code == cases[i].code);
	}
	again(&k);
	assert_false(keychain_open(&k, &err));
	assert_int_equal(err.code, ERR_AUTH);
	assert_non_null(strstr(err.text, "AZDECK_PASSPHRASE_FILE"));
	secret_fini(&passphrase);
	keychain_fini(&k);
}

static void wrapping_keeps_the_key(void **state)
{
	struct secret first = {0}, passphrase = {0}, none = {0}, file = {0};
	struct answers a = {.words = (const char *const[]){"two", NULL}};
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "wrap");
	assert_true(keychain_open_or_make(&k, &err));
	secret_set(&first, secret_borrow(&k.key));
	secret_set(&passphrase, STR("one"));
	assert_true(keychain_wrap(&k, &passphrase, &err));
	secret_set(&passphrase, STR("two"));
	assert_true(keychain_wrap(&k, &passphrase, &err));
	assert_true(private_file_read(k.key_path, SEAL_KEY_FILE_MAX, &file, &err));
	assert_int_equal(str_find(secret_borrow(&file), secret_borrow(&first)), -1);
	again(&k);
	k.ask = answer;
	k.ask_ctx = &a;
	assert_true(keychain_open(&k, &err));
	assert_true(str_eq(secret_borrow(&first), secret_borrow(&k.key)));
	assert_true(keychain_wrap(&k, &none, &err));
	again(&k);
	assert_true(keychain_open(&k, &err));
	assert_true(str_eq(secret_borrow(&first), secret_borrow(&k.key)));
	secret_fini(&first);
	secret_fini(&passphrase);
	secret_fini(&file);
	keychain_fini(&k);
}

static void the_passphrase_may_stand_in_a_file(void **state)
{
	const char *path = scratch_write("phrase", STR("in a file\n"), 0600);
	struct secret first = {0}, bytes = {0};
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "named");
	setenv("AZDECK_PASSPHRASE_FILE", path, 1);
	/* A key that is made then is wrapped from the start. */
	assert_true(keychain_open_or_make(&k, &err));
	secret_set(&first, secret_borrow(&k.key));
	assert_true(private_file_read(k.key_path, SEAL_KEY_FILE_MAX, &bytes, &err));
	assert_int_equal(seal_key_form(secret_borrow(&bytes)), SEAL_KEY_WRAPPED);
	again(&k);
	assert_true(keychain_open(&k, &err));
	assert_true(str_eq(secret_borrow(&first), secret_borrow(&k.key)));
	secret_fini(&first);
	secret_fini(&bytes);
	keychain_fini(&k);
}

static void a_passphrase_file_that_is_no_good(void **state)
{
	static const struct {
		const char *name, *content;
		unsigned mode;
		const char *says;
	} cases[] = {
		{"wrong", "another", 0600, "does not open"},
		{"empty", "\n", 0600, "is empty"},
		{"open", "in a file", 0644, "chmod 600"},
		{"absent", NULL, 0, "No such file"},
	};
	const char *path = scratch_write("phrase2", STR("in a file"), 0600);
	struct secret before = {0}, after = {0};
	struct keychain k;
	struct err err;

	(void)state;
	begin(&k, "no-good");
	setenv("AZDECK_PASSPHRASE_FILE", path, 1);
	assert_true(keychain_open_or_make(&k, &err));
	assert_true(private_file_read(k.key_path, SEAL_KEY_FILE_MAX, &before, &err));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		unlink(scratch_path("phrase2"));
		if (cases[i].content)
			scratch_write("phrase2", str_from(cases[i].content),
				      cases[i].mode);
		again(&k);
		check_case(cases[i].name, !keychain_open_or_make(&k, &err));
		if (!strstr(err.text, cases[i].says) || strstr(err.text, "in a file"))
			fail_msg("case \"%s\": %s", cases[i].name, err.text);
		check_case(cases[i].name, err.code != ERR_NOT_FOUND);
	}
	assert_true(private_file_read(k.key_path, SEAL_KEY_FILE_MAX, &after, &err));
	assert_true(str_eq(secret_borrow(&before), secret_borrow(&after)));
	secret_fini(&before);
	secret_fini(&after);
	keychain_fini(&k);
}

/* In a child: makes or finds the key, and says which. */
static void find_and_tell(int go, int fd)
{
	struct keychain k;
	struct err err;
	char c;

	keychain_init(&k);
	if (read(go, &c, 1) != 0 || !keychain_open_or_make(&k, &err))
		_exit(1);
	_exit(write(fd, k.key.p, k.key.n) == (ssize_t)k.key.n ? 0 : 1);
}

static void many_that_begin_at_once_agree_on_the_key(void **state)
{
	enum { MANY = 8 };
	char keys[MANY][32];
	struct keychain k;
	int go[2], out[2], status;

	(void)state;
	begin(&k, "race");
	keychain_fini(&k);
	assert_int_equal(pipe2(go, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	for (int i = 0; i < MANY; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			close(go[1]);
			find_and_tell(go[0], out[1]);
		}
	}
	close(go[1]);
	for (int i = 0; i < MANY; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(read(out[0], keys[i], 32), 32);
		assert_memory_equal(keys[0], keys[i], 32);
	}
	close(go[0]);
	close(out[0]);
	close(out[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_made_once_and_found_again),
		cmocka_unit_test(the_mode_is_checked_on_every_read),
		cmocka_unit_test(a_broken_key_is_not_replaced),
		cmocka_unit_test(no_home_is_told),
		cmocka_unit_test(a_person_is_asked),
		cmocka_unit_test(wrapping_keeps_the_key),
		cmocka_unit_test(the_passphrase_may_stand_in_a_file),
		cmocka_unit_test(a_passphrase_file_that_is_no_good),
		cmocka_unit_test(many_that_begin_at_once_agree_on_the_key),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, scratch_make, scratch_drop)
			      : 1;
}
