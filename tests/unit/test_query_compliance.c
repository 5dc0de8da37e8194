/* The cases published for JMESPath, when they lie beside the source, and our own
 * in the same form, always. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "unit/query_runner.h"

enum { PUBLISHED_CASES = 892, OWN_CASES = 600 };

static void srcdir_path(struct strbuf *out, const char *below)
{
	const char *source = getenv("AZ_SRCDIR");

	strbuf_init(out, 4096);
	strbuf_printf(out, "%s/%s", source ? source : ".", below);
}

static void own_cases_hold(void **state)
{
	struct query_tally tally = {0};
	struct strbuf path;

	(void)state;
	srcdir_path(&path, "tests/unit/query_cases.json");
	query_run_cases(path.p, &tally);
	strbuf_fini(&path);
	assert_true(tally.run >= OWN_CASES);
	assert_int_equal(tally.failed, 0);
}

static void published_cases_hold(void **state)
{
	struct query_tally tally = {0};
	struct file_list files = {0};
	struct strbuf dir, path;
	struct err err;

	(void)state;
	srcdir_path(&dir, "../shared/wire/jmespath");
	assert_true(file_list(dir.p, ".json", &files, &err));
	for (size_t i = 0; i < files.n; i++) {
		strbuf_init(&path, 4096);
		strbuf_printf(&path, "%s/%s", dir.p, files.names[i]);
		query_run_cases(path.p, &tally);
		strbuf_fini(&path);
	}
	strbuf_fini(&dir);
	file_list_fini(&files);
	assert_true(tally.run >= PUBLISHED_CASES);
	assert_int_equal(tally.failed, 0);
}

static bool are_published_cases_here(void)
{
	struct strbuf path;
	bool here;

	srcdir_path(&path, "../shared/wire/jmespath");
	here = access(path.p, R_OK) == 0;
	strbuf_fini(&path);
	return here;
}

/* cmocka writes a skipped test as "not ok", which counts as failed: a group
 * without the test says the truth. */
int main(void)
{
	const struct CMUnitTest own[] = {
		cmocka_unit_test(own_cases_hold),
	};
	const struct CMUnitTest all[] = {
		cmocka_unit_test(own_cases_hold),
		cmocka_unit_test(published_cases_hold),
	};

	if (are_published_cases_here())
		return cmocka_run_group_tests_name("query_compliance", all, NULL, NULL);
	fprintf(stderr, "# skipped: the published cases are not here "
			"(../shared/wire/jmespath)\n");
	return cmocka_run_group_tests_name("query_compliance", own, NULL, NULL);
}
