/* The user's signing key: made once, sealed, the same in every run; what it signs for
 * one purpose is nothing for another; its public half as text. */
#include "unit/audit_fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/private_file.h"
#include "unit/scratch.h"

static void begin(struct keychain *k, const char *home)
{
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path(home), 1);
	setenv("XDG_STATE_HOME", scratch_path(home), 1);
	keychain_init(k);
}

static const char *file_of(const char *home)
{
	static char path[1024];

	snprintf(path, sizeof(path), "%s/azdeck/signer", scratch_path(home));
	return path;
}

static void made_once(void **state)
{
	struct signer first, again;
	struct keychain k;
	struct stat st;
	struct err err;

	(void)state;
	begin(&k, "once");
	assert_false(signer_open(&first, &k, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	/* Looking makes nothing. */
	assert_int_not_equal(access(k.key_path, F_OK), 0);
	assert_true(signer_open_or_make(&first, &k, &err));
	assert_int_equal(stat(file_of("once"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	keychain_fini(&k);

	keychain_init(&k);
	assert_true(signer_open(&again, &k, &err));
	assert_memory_equal(first.key.p, again.key.p, SIGN_KEY_BYTES);
	assert_string_equal(first.name.p, again.name.p);
	signer_fini(&first);
	signer_fini(&again);
	assert_false(secret_is_set(&again.secret));
	keychain_fini(&k);
}

/* The secret half is not in the file as it is. */
static void sealed(void **state)
{
	struct secret file = {0};
	struct keychain k;
	struct signer s;
	struct err err;

	(void)state;
	begin(&k, "sealed");
	assert_true(signer_open_or_make(&s, &k, &err));
	assert_true(private_file_read(file_of("sealed"), 4096, &file, &err));
	assert_true(str_find(secret_borrow(&file), (struct str){s.secret.p, 8}) < 0);
	assert_true(str_find(secret_borrow(&file), (struct str){s.secret.p + 32, 8}) < 0);
	secret_fini(&file);
	signer_fini(&s);
	keychain_fini(&k);
}

static void damaged_files(void **state)
{
	struct keychain k;
	struct signer s;
	struct err err;
	int fd;

	(void)state;
	begin(&k, "damaged");
	assert_true(signer_open_or_make(&s, &k, &err));
	signer_fini(&s);
	fd = open(file_of("damaged"), O_WRONLY);
	assert_true(fd >= 0 && pwrite(fd, "\x55\xaa\x55", 3, 80) == 3);
	close(fd);
	/* None is put in its place. */
	assert_false(signer_open_or_make(&s, &k, &err));
	assert_int_equal(err.code, ERR_PARSE);
	assert_non_null(strstr(err.text, "is damaged"));
	assert_int_equal(truncate(file_of("damaged"), 0), 0);
	assert_false(signer_open_or_make(&s, &k, &err));
	assert_non_null(strstr(err.text, "cut short"));
	assert_int_equal(chmod(file_of("damaged"), 0644), 0);
	assert_false(signer_open_or_make(&s, &k, &err));
	assert_non_null(strstr(err.text, "chmod 600"));
	keychain_fini(&k);
}

/* Processes that need it at once get the same one. */
static void made_by_many(void **state)
{
	enum { MANY = 6 };
	int pipes[2], status;
	char names[MANY][SIGN_KEY_NAME_BYTES];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	for (int i = 0; i < MANY; i++) {
		if (fork() == 0) {
			struct keychain k;
			struct signer s;
			struct err err;
			bool ok;

			begin(&k, "many");
			ok = signer_open_or_make(&s, &k, &err) &&
			     write(pipes[1], s.name.p, SIGN_KEY_NAME_BYTES) ==
				     SIGN_KEY_NAME_BYTES;
			_exit(ok ? 0 : 1);
		}
	}
	for (int i = 0; i < MANY; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(read(pipes[0], names[i], SIGN_KEY_NAME_BYTES),
				 SIGN_KEY_NAME_BYTES);
		assert_memory_equal(names[i], names[0], SIGN_KEY_NAME_BYTES);
	}
	close(pipes[0]);
	close(pipes[1]);
}

static void signs_for_one_purpose(void **state)
{
	struct signer a = fixture_signer(1), b = fixture_signer(2);
	struct signature signature =
		signer_sign(&a, SIGN_AUDIT_ENTRY, STR("scale sql-atlas to GP_4"));
	struct strbuf message;

	(void)state;
	assert_true(sign_key_verify(&a.key, SIGN_AUDIT_ENTRY,
				    STR("scale sql-atlas to GP_4"), &signature));
	assert_false(sign_key_verify(&a.key, SIGN_AUDIT_HEAD,
				     STR("scale sql-atlas to GP_4"), &signature));
	assert_false(sign_key_verify(&a.key, SIGN_AUDIT_ENTRY,
				     STR("scale sql-atlas to GP_8"), &signature));
	assert_false(sign_key_verify(&b.key, SIGN_AUDIT_ENTRY,
				     STR("scale sql-atlas to GP_4"), &signature));
	for (size_t i = 0; i < SIGNATURE_BYTES; i++) {
		signature.p[i] ^= 0x10;
		assert_false(sign_key_verify(&a.key, SIGN_AUDIT_ENTRY,
					     STR("scale sql-atlas to GP_4"), &signature));
		signature.p[i] ^= 0x10;
	}
	/* The form that others can check with any Ed25519. */
	strbuf_init(&message, 128);
	strbuf_put(&message, (struct str){"azdeck audit entry v1\0x", 23});
	signature = signer_sign(&a, SIGN_AUDIT_ENTRY, STR("x"));
	assert_int_equal(crypto_sign_verify_detached(signature.p,
						     (const unsigned char *)message.p,
						     message.n, a.key.p),
			 0);
	strbuf_fini(&message);
	signer_fini(&a);
	signer_fini(&b);
}

static void keys_as_text(void **state)
{
	struct signer s = fixture_signer(7);
	struct strbuf text;
	struct sign_key back;
	struct err err;

	(void)state;
	strbuf_init(&text, 128);
	sign_key_format(&text, &s.key);
	assert_int_equal(text.n, 60);
	check_text("the form stays", strbuf_str(&text),
		   "azk1x956rrz2kh90nfqna1xh6bp5z6amexneqtz7q4j23vn6j526t8p0nj6b");
	check_text("and the name", str_from(s.name.p), "m175853mt3qc8tys");
	assert_true(sign_key_parse(strbuf_str(&text), &back, &err));
	assert_memory_equal(back.p, s.key.p, SIGN_KEY_BYTES);
	for (size_t i = 0; i < text.n; i++) {
		char right = text.p[i];

		text.p[i] = right == '7' ? '8' : '7';
		check_case("a wrong letter",
			   !sign_key_parse(strbuf_str(&text), &back, &err));
		text.p[i] = right;
		check_case("cut", !sign_key_parse(str_sub(strbuf_str(&text), 0, i), &back,
						  &err));
	}
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "azdeck audit key"));
	strbuf_fini(&text);
	signer_fini(&s);
}

/* With such a "key" anything would be signed by anybody. */
static void keys_that_are_none(void **state)
{
	static const unsigned char small[][SIGN_KEY_BYTES] = {
		{0}, {1}, {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			   0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			   0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			   0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}};

	(void)state;
	for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++) {
		struct sign_key key, back;
		struct strbuf text;
		struct err err;

		memcpy(key.p, small[i], SIGN_KEY_BYTES);
		strbuf_init(&text, 128);
		sign_key_format(&text, &key);
		assert_false(sign_key_parse(strbuf_str(&text), &back, &err));
		strbuf_fini(&text);
	}
}

static void found_by_name(void **state)
{
	struct signer a = fixture_signer(1), b = fixture_signer(2), c = fixture_signer(3);
	const struct sign_key both[] = {a.key, b.key};
	const struct sign_keys keys = {both, 2};

	(void)state;
	assert_ptr_equal(sign_keys_find(&keys, str_from(b.name.p)), &both[1]);
	assert_null(sign_keys_find(&keys, str_from(c.name.p)));
	assert_null(sign_keys_find(&keys, str_sub(str_from(b.name.p), 0, 15)));
	assert_null(sign_keys_find(&keys, STR("")));
	signer_fini(&a);
	signer_fini(&b);
	signer_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_once),
		cmocka_unit_test(sealed),
		cmocka_unit_test(damaged_files),
		cmocka_unit_test(made_by_many),
		cmocka_unit_test(signs_for_one_purpose),
		cmocka_unit_test(keys_as_text),
		cmocka_unit_test(keys_that_are_none),
		cmocka_unit_test(found_by_name),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, scratch_make, scratch_drop)
			      : 1;
}
