/* Whole small files: limits, atomic replacement, listing. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char dir[] = "/tmp/azdeck-file-XXXXXX";

static const char *in_dir(char path[64], const char *name)
{
	snprintf(path, 64, "%s/%s", dir, name);
	return path;
}

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int drop_dir(void **state)
{
	struct file_list list;
	char path[64];
	struct err err;

	(void)state;
	if (!file_list(dir, "", &list, &err))
		return -1;
	for (size_t i = 0; i < list.n; i++)
		unlink(in_dir(path, list.names[i]));
	file_list_fini(&list);
	return rmdir(dir);
}

static void what_is_written_is_read_and_private(void **state)
{
	struct strbuf text;
	struct stat st;
	char path[64];
	struct err err;

	(void)state;
	strbuf_init(&text, 100);
	assert_true(file_write(in_dir(path, "a.json"), STR("{}\n"), &err));
	assert_true(file_write(path, STR("[1]\n"), &err));
	assert_true(file_read(path, &text, &err));
	check_text("content", strbuf_str(&text), "[1]\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	strbuf_fini(&text);
}

static void failures_name_the_file(void **state)
{
	struct strbuf text;
	char path[64];
	struct err err;

	(void)state;
	strbuf_init(&text, 2);
	assert_false(file_read(in_dir(path, "none"), &text, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, path));
	assert_true(file_write(in_dir(path, "big.json"), STR("12345"), &err));
	assert_false(file_read(path, &text, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_false(file_write("/nowhere/at/all", STR("x"), &err));
	assert_int_equal(err.code, ERR_IO);
	strbuf_fini(&text);
}

static void lists_are_sorted_and_filtered(void **state)
{
	struct file_list list;
	char path[64];
	struct err err;

	(void)state;
	assert_true(file_write(in_dir(path, "z.json"), STR(""), &err));
	assert_true(file_write(in_dir(path, "b.json"), STR(""), &err));
	assert_true(file_write(in_dir(path, "b.txt"), STR(""), &err));
	assert_true(file_list(dir, ".json", &list, &err));
	assert_true(list.n >= 2);
	for (size_t i = 1; i < list.n; i++)
		assert_true(strcmp(list.names[i - 1], list.names[i]) < 0);
	assert_string_equal(list.names[list.n - 1], "z.json");
	file_list_fini(&list);
	assert_true(file_list("/nowhere/at/all", "", &list, &err));
	assert_int_equal(list.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_and_private),
		cmocka_unit_test(failures_name_the_file),
		cmocka_unit_test(lists_are_sorted_and_filtered),
	};

	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
