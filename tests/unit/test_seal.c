/* Sealed bytes and the key they are sealed with: what opens, and that nothing else
 * does, byte by byte. */
#include "unit/check.h"

#include <sys/stat.h>

#include "auth/seal.h"
#include "auth/seal_key.h"
#include "unit/scratch.h"

#define SECRETS STR("secrets")

static const struct seal_key_cost cheap = {.passes = 1, .memory_kib = 8};

static struct secret key, other;

static int make_keys(void **state)
{
	if (!secret_setup())
		return -1;
	seal_key_make(&key);
	seal_key_make(&other);
	return scratch_make(state);
}

static int drop_keys(void **state)
{
	secret_fini(&key);
	secret_fini(&other);
	return scratch_drop(state);
}

static void close_it(struct strbuf *out, struct str purpose, struct str plain)
{
	strbuf_init(out, 2 << 20);
	seal_close(out, &key, purpose, plain);
	assert_false(out->overflow);
}

static void what_is_sealed_opens(void **state)
{
	static const size_t sizes[] = {0, 1, 63, 64, 4096, SEAL_MAX_BYTES};
	static char bytes[SEAL_MAX_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct str plain = {bytes, sizes[i]};
		struct secret opened = {0};
		struct strbuf sealed;
		struct err err;

		close_it(&sealed, SECRETS, plain);
		assert_true(seal_open(strbuf_str(&sealed), &key, SECRETS, "f", &opened,
				      &err));
		assert_true(str_eq(secret_borrow(&opened), plain));
		secret_fini(&opened);
		strbuf_fini(&sealed);
	}
}

static void the_content_does_not_show_and_never_looks_the_same(void **state)
{
	struct str plain = STR("hunter2-hunter2-hunter2");
	struct strbuf a, b;

	(void)state;
	close_it(&a, SECRETS, plain);
	close_it(&b, SECRETS, plain);
	assert_int_equal(str_find(strbuf_str(&a), STR("hunter2")), -1);
	assert_false(str_eq(strbuf_str(&a), strbuf_str(&b)));
	/* The first line says what it is, to people and to file(1). */
	assert_true(str_starts(strbuf_str(&a), STR("azdeck sealed 1\nsecrets\0")));
	strbuf_fini(&a);
	strbuf_fini(&b);
}

static void check_refused(const char *name, struct str bytes, const struct secret *with,
			  struct str purpose, enum err_code code, const char *says)
{
	struct secret opened = {0};
	struct err err;

	check_case(name, !seal_open(bytes, with, purpose, "F", &opened, &err));
	check_case(name, !secret_is_set(&opened));
	if (err.code != code || !strstr(err.text, says) || err.text[0] != 'F')
		fail_msg("case \"%s\": %s: %s", name, err_name(err.code), err.text);
}

static void wrong_ones_are_told_apart(void **state)
{
	struct strbuf s;

	(void)state;
	close_it(&s, SECRETS, STR("value"));
	check_refused("key", strbuf_str(&s), &other, SECRETS, ERR_PARSE, "another key");
	check_refused("purpose", strbuf_str(&s), &key, STR("tokens"), ERR_PARSE,
		      "something else than tokens");
	check_refused("purpose, longer", strbuf_str(&s), &key, STR("secrets2"), ERR_PARSE,
		      "something else");
	check_refused("empty", STR(""), &key, SECRETS, ERR_PARSE, "cut short");
	check_refused("not ours",
		      STR("{\"a\": \"b, and a text as long as a header\"}\n"
			  "------------------------------------------------"),
		      &key, SECRETS, ERR_PARSE, "not sealed by azdeck");
	check_refused("not ours and short", STR("PASSWORD=hunter2\n"), &key, SECRETS,
		      ERR_PARSE, "not sealed by azdeck");
	s.p[14] = '2';
	check_refused("version", strbuf_str(&s), &key, SECRETS, ERR_PARSE,
		      "another version");
	strbuf_fini(&s);
}

/* Every bit of the file counts, and so does every missing or added byte. */
static void any_change_is_seen(void **state)
{
	struct secret opened = {0};
	struct strbuf s;
	struct err err;

	(void)state;
	close_it(&s, SECRETS, STR("value"));
	for (size_t i = 0; i < s.n * 8; i++) {
		s.p[i / 8] = (char)(s.p[i / 8] ^ 1 << i % 8);
		assert_false(
			seal_open(strbuf_str(&s), &key, SECRETS, "F", &opened, &err));
		s.p[i / 8] = (char)(s.p[i / 8] ^ 1 << i % 8);
	}
	for (size_t n = 0; n < s.n; n++)
		assert_false(seal_open(str_sub(strbuf_str(&s), 0, n), &key, SECRETS, "F",
				       &opened, &err));
	check_refused("cut by one", str_sub(strbuf_str(&s), 0, s.n - 1), &key, SECRETS,
		      ERR_PARSE, "damaged");
	strbuf_putc(&s, 'x');
	check_refused("one more", strbuf_str(&s), &key, SECRETS, ERR_PARSE, "damaged");
	assert_false(secret_is_set(&opened));
	strbuf_fini(&s);
}

static void sizes_are_bounded(void **state)
{
	static char bytes[SEAL_MAX_BYTES + 1];
	struct strbuf s;
	struct err err;

	(void)state;
	close_it(&s, SECRETS, (struct str){bytes, sizeof(bytes)});
	check_refused("large", strbuf_str(&s), &key, SECRETS, ERR_TOO_LARGE, "larger");
	strbuf_fini(&s);
	assert_false(seal_file_write(scratch_path("large"), &key, SECRETS,
				     (struct str){bytes, sizeof(bytes)}, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void files_are_sealed_and_private(void **state)
{
	const char *path = scratch_path("dir/sealed");
	struct secret opened = {0};
	struct err err;

	(void)state;
	assert_false(seal_file_read(path, &key, SECRETS, &opened, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(seal_file_write(path, &key, SECRETS, STR("value"), &err));
	assert_true(seal_file_read(path, &key, SECRETS, &opened, &err));
	check_text("read", secret_borrow(&opened), "value");
	secret_fini(&opened);
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(seal_file_read(path, &key, SECRETS, &opened, &err));
	assert_non_null(strstr(err.text, "chmod 600"));
	assert_false(secret_is_set(&opened));
}

static void a_bare_key_comes_back(void **state)
{
	struct secret file = {0}, again = {0};
	struct err err;

	(void)state;
	seal_key_format(&file, &key);
	assert_int_equal(seal_key_form(secret_borrow(&file)), SEAL_KEY_BARE);
	assert_true(seal_key_parse(secret_borrow(&file), "K", &again, &err));
	assert_true(str_eq(secret_borrow(&again), secret_borrow(&key)));
	assert_false(seal_key_parse(str_sub(secret_borrow(&file), 0, file.n - 1), "K",
				    &again, &err));
	assert_non_null(strstr(err.text, "not a key"));
	file.p[14] = '2';
	assert_int_equal(seal_key_form(secret_borrow(&file)), SEAL_KEY_NONE);
	secret_fini(&file);
	secret_fini(&again);
}

static void a_wrapped_key_takes_its_passphrase(void **state)
{
	struct secret file = {0}, again = {0};
	struct err err;

	(void)state;
	seal_key_wrap(&file, &key, STR("correct horse"), &cheap);
	assert_int_equal(seal_key_form(secret_borrow(&file)), SEAL_KEY_WRAPPED);
	assert_int_equal(str_find(secret_borrow(&file), secret_borrow(&key)), -1);
	assert_true(seal_key_unwrap(secret_borrow(&file), "K", STR("correct horse"),
				    &again, &err));
	assert_true(str_eq(secret_borrow(&again), secret_borrow(&key)));
	secret_fini(&again);
	assert_false(seal_key_unwrap(secret_borrow(&file), "K", STR("correct hors"),
				     &again, &err));
	assert_int_equal(err.code, ERR_AUTH);
	assert_null(strstr(err.text, "hors"));
	assert_false(secret_is_set(&again));
	secret_fini(&file);
}

static void a_changed_wrapped_key_does_not_open(void **state)
{
	struct secret file = {0}, again = {0};
	struct err err;

	(void)state;
	seal_key_wrap(&file, &key, STR("p"), &cheap);
	/* All but the numbers, whose cost is another test's. */
	for (size_t i = 24; i < file.n; i++) {
		file.p[i] = (char)(file.p[i] ^ 4);
		assert_false(seal_key_unwrap(secret_borrow(&file), "K", STR("p"), &again,
					     &err));
		file.p[i] = (char)(file.p[i] ^ 4);
	}
	secret_fini(&file);
}

/* A file cannot make us burn more than a bounded amount of time and memory. */
static void costs_are_bounded(void **state)
{
	static const struct {
		const char *name;
		struct seal_key_cost cost;
		bool is_fine;
	} cases[] = {
		{"cheap", {1, 8}, true},
		{"ours", {3, 65536}, true},
		{"most", {16, 262144}, true},
		{"no pass", {0, 65536}, false},
		{"passes", {17, 8}, false},
		{"no memory", {1, 0}, false},
		{"little memory", {1, 7}, false},
		{"memory", {1, 262145}, false},
		{"all", {UINT32_MAX, UINT32_MAX}, false},
	};
	struct secret file = {0};

	(void)state;
	seal_key_wrap(&file, &key, STR("p"), &cheap);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct seal_key_cost got;
		struct err err;

		for (int b = 0; b < 4; b++) {
			file.p[16 + b] = (char)(cases[i].cost.passes >> 8 * b);
			file.p[20 + b] = (char)(cases[i].cost.memory_kib >> 8 * b);
		}
		check_case(cases[i].name,
			   seal_key_cost_of(secret_borrow(&file), "K", &got, &err) ==
				   cases[i].is_fine);
		if (cases[i].is_fine)
			check_case(cases[i].name,
				   got.passes == cases[i].cost.passes &&
					   got.memory_kib == cases[i].cost.memory_kib);
	}
	secret_fini(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_opens),
		cmocka_unit_test(the_content_does_not_show_and_never_looks_the_same),
		cmocka_unit_test(wrong_ones_are_told_apart),
		cmocka_unit_test(any_change_is_seen),
		cmocka_unit_test(sizes_are_bounded),
		cmocka_unit_test(files_are_sealed_and_private),
		cmocka_unit_test(a_bare_key_comes_back),
		cmocka_unit_test(a_wrapped_key_takes_its_passphrase),
		cmocka_unit_test(a_changed_wrapped_key_does_not_open),
		cmocka_unit_test(costs_are_bounded),
	};

	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
