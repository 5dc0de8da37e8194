/* The environment: where files are, and which variables count. */
#include "unit/check.h"

#include <locale.h>
#include <stdlib.h>

#include "config/env.h"

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void test_paths(void **state)
{
	static const struct {
		const char *name, *xdg, *home, *tail, *config, *state, *data;
	} cases[] = {
		{"both", "/x", "/h", "a.json", "/x/azdeck/a.json", "/x/azdeck/a.json",
		 "/x/azdeck/a.json"},
		{"home alone", NULL, "/h", "a.json", "/h/.config/azdeck/a.json",
		 "/h/.local/state/azdeck/a.json", "/h/.local/share/azdeck/a.json"},
		{"an empty one is none", "", "/h", "b", "/h/.config/azdeck/b",
		 "/h/.local/state/azdeck/b", "/h/.local/share/azdeck/b"},
		{"a relative one is ignored", "x", "/h", "b", "/h/.config/azdeck/b",
		 "/h/.local/state/azdeck/b", "/h/.local/share/azdeck/b"},
		{"the folder itself", "/x", "/h", NULL, "/x/azdeck", "/x/azdeck",
		 "/x/azdeck"},
		{"an empty tail", "/x", "/h", "", "/x/azdeck", "/x/azdeck", "/x/azdeck"},
		{"no home", NULL, NULL, "a.json", "", "", ""},
		{"no home and a relative one", "x", NULL, "a.json", "", "", ""},
	};
	struct strbuf path;

	(void)state;
	strbuf_init(&path, 4096);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		set("XDG_CONFIG_HOME", cases[i].xdg);
		set("XDG_STATE_HOME", cases[i].xdg);
		set("XDG_DATA_HOME", cases[i].xdg);
		set("HOME", cases[i].home);
		strbuf_puts(&path, "what was there before");
		env_config_path(&path, cases[i].tail);
		check_text(cases[i].name, strbuf_str(&path), cases[i].config);
		env_state_path(&path, cases[i].tail);
		check_text(cases[i].name, strbuf_str(&path), cases[i].state);
		env_data_path(&path, cases[i].tail);
		check_text(cases[i].name, strbuf_str(&path), cases[i].data);
	}
	strbuf_fini(&path);
}

static void test_get(void **state)
{
	(void)state;
	set("AZ_TEST_ENV", NULL);
	assert_null(env_get("AZ_TEST_ENV"));
	set("AZ_TEST_ENV", "");
	assert_null(env_get("AZ_TEST_ENV"));
	set("AZ_TEST_ENV", "v");
	assert_string_equal(env_get("AZ_TEST_ENV"), "v");
}

static void test_who_vouches(void **state)
{
	static const struct {
		const char *name, *curl, *ssl_file, *ssl_dir, *file, *dir;
	} cases[] = {
		{"nothing", NULL, NULL, NULL, NULL, NULL},
		{"curl's first, and alone", "/c", "/f", "/d", "/c", NULL},
		{"OpenSSL's", NULL, "/f", "/d", "/f", "/d"},
		{"a folder alone", NULL, NULL, "/d", NULL, "/d"},
		{"an empty one is none", "", "/f", NULL, "/f", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		set("CURL_CA_BUNDLE", cases[i].curl);
		set("SSL_CERT_FILE", cases[i].ssl_file);
		set("SSL_CERT_DIR", cases[i].ssl_dir);
		check_text(cases[i].name, str_from(env_ca_file()),
			   cases[i].file ? cases[i].file : "");
		check_text(cases[i].name, str_from(env_ca_dir()),
			   cases[i].dir ? cases[i].dir : "");
	}
}

static void test_characters(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C"));
	assert_false(env_is_utf8());
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		print_message("# C.UTF-8 is not installed: only C was looked at\n");
		return;
	}
	assert_true(env_is_utf8());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_who_vouches),
		cmocka_unit_test(test_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
