/* Libraries that are loaded when they are first needed: found, missing, another one. */
#include "unit/check.h"

#include <string.h>

#include "base/count.h"
#include "base/late.h"
#include "config.h"

struct table {
	char *(*version)(void);
	void *(*init)(void);
};

static const struct late_function functions[] = {
	{"curl_version", offsetof(struct table, version)},
	{"curl_easy_init", offsetof(struct table, init)},
	{"curl_of_tomorrow", 0},
};

static struct late library(const char *name, size_t n_functions)
{
	return (struct late){.library = name,
			     .functions = functions,
			     .n_functions = n_functions,
			     .table_bytes = sizeof(struct table)};
}

static void test_found(void **state)
{
	/* For good, as what it loads. */
	static struct late curl;
	const struct table *table;
	struct err err;

	(void)state;
	curl = library(AZ_LIBCURL, 2);
	table = late_load(&curl, &err);
	assert_non_null(table);
	assert_non_null(table->init);
	assert_int_equal(strncmp(table->version(), "libcurl/", 8), 0);
	assert_ptr_equal(late_load(&curl, &err), table);
	assert_ptr_equal(late_table(&curl), table);
}

static void test_missing(void **state)
{
	struct late none = library("libof-nobody.so.7", 1);
	struct late old = library(AZ_LIBCURL, COUNT(functions));
	struct err err;

	(void)state;
	assert_null(late_load(&none, &err));
	assert_int_equal(err.code, ERR_INTERNAL);
	assert_non_null(strstr(err.text, "libof-nobody.so.7"));
	assert_null(late_load(&old, &err));
	assert_string_equal(err.text, AZ_LIBCURL " has no curl_of_tomorrow");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
