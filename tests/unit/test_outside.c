/* A text in another program: what it makes of it, and what is left behind. */
#include "unit/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "tui/outside.h"
#include "unit/scratch.h"

static size_t n_files(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d));)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static void test_cases(void **state)
{
	static const struct {
		const char *name, *visual, *editor, *want;
	} cases[] = {
		{"it is edited", NULL, "sed -i s/draft/final/", "a final\nof two lines"},
		{"$VISUAL goes first", "sed -i s/draft/visual/", "false",
		 "a visual\nof two lines"},
		{"one that fails", NULL, "false", NULL},
		{"one that is not there", NULL, "/nonexistent/editor", NULL},
		{"none", NULL, NULL, NULL},
	};
	char dir[512];

	(void)state;
	snprintf(dir, sizeof(dir), "%s", scratch_path("."));
	setenv("XDG_RUNTIME_DIR", dir, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf out;
		struct err err = {0};
		bool ok;

		unsetenv("VISUAL");
		unsetenv("EDITOR");
		if (cases[i].visual)
			setenv("VISUAL", cases[i].visual, 1);
		if (cases[i].editor)
			setenv("EDITOR", cases[i].editor, 1);
		strbuf_init(&out, 1 << 16);
		ok = outside_edit("a draft\nof two lines", &out, &err);
		check_case(cases[i].name, ok == (cases[i].want != NULL));
		if (ok)
			check_text(cases[i].name, strbuf_str(&out), cases[i].want);
		else
			check_case(cases[i].name, err.code != ERR_NONE && err.text[0]);
		strbuf_fini(&out);
		assert_int_equal(n_files(dir), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
