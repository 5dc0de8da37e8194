/* Where secrets are in memory: in locked pages while they are needed, nowhere once
 * they are given back. What is looked for is made by one process and used by another,
 * the same program started again: only the second one is looked at. */
#include "unit/check.h"

#include <fcntl.h>
#include <openssl/asn1.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/jwt.h"
#include "auth/private_file.h"
#include "auth/secret_ref.h"
#include "auth/vault.h"
#include "base/file.h"
#include "unit/memory_scan.h"
#include "unit/rsa_key.h"
#include "unit/scratch.h"

#define NOW_MS INT64_C(1773224430000)

/* In the second process: status 0 when all holds, else the line that did not. */
#define HOLDS(condition)                                                                 \
	do {                                                                             \
		if (!(condition)) {                                                      \
			printf("# line %d: %s\n", __LINE__, #condition);                 \
			fflush(stdout);                                                  \
			_exit(1);                                                        \
		}                                                                        \
	} while (0)

static bool is_nowhere(const struct memory_needle *needle)
{
	struct memory_found found = memory_scan(needle);

	return found.locked == 0 && found.elsewhere == 0;
}

static bool is_locked_only(const struct memory_needle *needle)
{
	struct memory_found found = memory_scan(needle);

	printf("# %zu locked, %zu elsewhere\n", found.locked, found.elsewhere);
	if (memory_can_be_locked())
		return found.locked > 0 && found.elsewhere == 0;
	printf("# this user may not lock memory\n");
	return found.elsewhere > 0;
}

static void read_needle(const char *path, struct memory_needle *needle)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	HOLDS(read(fd, needle->masked, sizeof(needle->masked)) == sizeof(needle->masked));
	close(fd);
}

static void use_reference(const char *ref, const struct memory_needle *needle)
{
	struct secret secret = {0};
	struct keychain k;
	struct err err;

	keychain_init(&k);
	HOLDS(is_nowhere(needle));
	HOLDS(secret_ref_resolve(str_from(ref), &k, &secret, &err));
	HOLDS(is_locked_only(needle));
	secret_fini(&secret);
	HOLDS(is_nowhere(needle));
	keychain_fini(&k);
}

static void use_key(const char *path, const struct memory_needle *needle)
{
	const struct jwt_client client = {.endpoint = STR("https://login.example"),
					  .client_id = STR("app"),
					  .now_ms = NOW_MS};
	struct secret pem = {0}, token = {0};
	struct jwt_key *key;
	struct err err;

	HOLDS(private_file_read(path, 1 << 16, &pem, &err));
	key = jwt_key_new(secret_borrow(&pem), (struct str){0}, &err);
	secret_fini(&pem);
	HOLDS(key != NULL);
	HOLDS(is_locked_only(needle));
	/* From here on OpenSSL has a copy of its own on the heap. */
	HOLDS(jwt_sign_client(key, &client, &token, &err));
	secret_fini(&token);
	jwt_key_free(key);
	HOLDS(is_nowhere(needle));
}

static int second(char **argv)
{
	struct memory_needle needle;

	HOLDS(secret_setup());
	read_needle(argv[3], &needle);
	if (strcmp(argv[1], "reference") == 0)
		use_reference(argv[2], &needle);
	else
		use_key(argv[2], &needle);
	return 0;
}

/* Starts this program again; the needle goes by a file. */
static void run_second(const char *what, const char *arg, const void *bytes)
{
	struct memory_needle needle;
	const char *path = scratch_path("needle");
	int status;
	pid_t pid;

	if (!memory_can_be_scanned()) {
		print_message("# memory cannot be looked at in this build\n");
		return;
	}
	memory_needle_set(&needle, bytes);
	scratch_write("needle",
		      (struct str){(char *)needle.masked, sizeof(needle.masked)}, 0600);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execl("/proc/self/exe", "test_secret_memory", what, arg, path,
		      (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

#define VALUE "a value of twenty-four b and some more"

static void a_secret_of_the_vault(void **state)
{
	struct keychain k;
	struct err err;

	(void)state;
	keychain_init(&k);
	assert_true(vault_set(&k, STR("pat"), STR(VALUE), NOW_MS, &err));
	keychain_fini(&k);
	run_second("reference", "secret:pat", VALUE);
}

static void a_secret_in_a_file(void **state)
{
	char ref[600];

	(void)state;
	snprintf(ref, sizeof(ref), "file:%s", scratch_write("file", STR(VALUE), 0600));
	run_second("reference", ref, VALUE);
}

/* The first prime stands fifth in the key's DER form, behind version, modulus and both
 * exponents. Not from its start: OpenSSL has whole words in memory. */
static void take_prime(EVP_PKEY *key, unsigned char bytes[MEMORY_NEEDLE_BYTES])
{
	unsigned char *der = NULL;
	const unsigned char *at;
	int n = i2d_PrivateKey(key, &der), tag, class;
	long left;

	assert_true(n > 0);
	at = der;
	ASN1_get_object(&at, &left, &tag, &class, n);
	for (int i = 0; i < 5; i++) {
		ASN1_INTEGER *number = d2i_ASN1_INTEGER(NULL, &at, der + n - at);

		assert_non_null(number);
		if (i == 4)
			memcpy(bytes, ASN1_STRING_get0_data(number) + 40,
			       MEMORY_NEEDLE_BYTES);
		ASN1_INTEGER_free(number);
	}
	OPENSSL_free(der);
}

static void a_private_key(void **state)
{
	EVP_PKEY *key = rsa_key_make(2048);
	unsigned char bytes[MEMORY_NEEDLE_BYTES];
	struct strbuf pem;

	(void)state;
	strbuf_init(&pem, 1 << 16);
	rsa_key_put(&pem, key, NULL);
	rsa_key_put_certificate(&pem, key, key, NOW_MS - 1000, NOW_MS + 1000);
	take_prime(key, bytes);
	run_second("key", scratch_write("pem", strbuf_str(&pem), 0600), bytes);
	EVP_PKEY_free(key);
	strbuf_fini(&pem);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_of_the_vault),
		cmocka_unit_test(a_secret_in_a_file),
		cmocka_unit_test(a_private_key),
	};

	if (argc == 4)
		return second(argv);
	if (!secret_setup() || scratch_make(NULL) != 0)
		return 1;
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	return cmocka_run_group_tests(tests, NULL, scratch_drop);
}
