/* A private folder of small files: what it refuses, and how it stays small. */
#include "unit/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

#define NOW_MS INT64_C(1773224430000)

static char base[] = "/tmp/azdeck-folder-XXXXXX";

static const char *in_base(char path[128], const char *name)
{
	snprintf(path, 128, "%s/%s", base, name);
	return path;
}

static int make_base(void **state)
{
	(void)state;
	return mkdtemp(base) ? 0 : -1;
}

/* Everything a test makes stands in one folder below the base. */
static int drop_base(void **state)
{
	static const char *const names[] = {"link", "open", "state/azdeck/answers",
					    "state/azdeck", "state"};
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (rmdir(in_base(path, names[i])) != 0)
			unlink(path);
	return rmdir(base);
}

static struct folder opened(void)
{
	struct folder f;
	char path[128];
	struct err err;

	assert_true(folder_open(&f, in_base(path, "state/azdeck/answers"), &err));
	return f;
}

static void put(const struct folder *f, const char *name, const char *text, mode_t mode,
		int64_t written_ms)
{
	const struct timespec times[2] = {{.tv_sec = written_ms / 1000},
					  {.tv_sec = written_ms / 1000}};
	int fd = openat(f->fd, name, O_WRONLY | O_CREAT | O_TRUNC, mode);

	assert_true(fd >= 0);
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
}

static bool is_there(const struct folder *f, const char *name)
{
	return faccessat(f->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static void test_is_made_private(void **state)
{
	struct folder f = opened();
	struct strbuf text;
	struct stat st;
	char path[128];
	struct err err;

	(void)state;
	strbuf_init(&text, 100);
	assert_int_equal(stat(in_base(path, "state"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_true(folder_write(&f, "a", STR("one"), &err));
	assert_true(folder_write(&f, "a", STR("two"), &err));
	assert_true(folder_read(&f, "a", &text, &err));
	check_text("replaced", strbuf_str(&text), "two");
	assert_int_equal(fstatat(f.fd, "a", &st, 0), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	folder_remove(&f, "a");
	assert_false(folder_read(&f, "a", &text, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	strbuf_fini(&text);
	folder_close(&f);
}

static void test_refuses_folders(void **state)
{
	struct folder f = opened();
	char path[128], to[128];
	struct err err;

	(void)state;
	folder_close(&f);
	assert_int_equal(mkdir(in_base(path, "open"), 0755), 0);
	assert_int_equal(chmod(path, 0755), 0);
	assert_false(folder_open(&f, path, &err));
	assert_non_null(strstr(err.text, "chmod 700"));
	assert_int_equal(f.fd, -1);
	assert_int_equal(symlink(in_base(to, "state"), in_base(path, "link")), 0);
	assert_false(folder_open(&f, path, &err));
	assert_false(folder_open(&f, "", &err));
	assert_false(folder_open(&f, "/proc/azdeck/answers", &err));
}

static void test_refuses_files(void **state)
{
	struct folder f = opened();
	static const struct {
		const char *name;
		enum err_code code;
	} cases[] = {{"open", ERR_IO},
		     {"link", ERR_IO},
		     {"pipe", ERR_IO},
		     {"large", ERR_TOO_LARGE}};
	struct strbuf text;
	struct err err;

	(void)state;
	put(&f, "good", "x", 0600, NOW_MS);
	put(&f, "open", "x", 0640, NOW_MS);
	put(&f, "large", "123456789", 0600, NOW_MS);
	assert_int_equal(symlinkat("good", f.fd, "link"), 0);
	assert_int_equal(mkfifoat(f.fd, "pipe", 0600), 0);
	strbuf_init(&text, 8);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		check_case(cases[i].name, !folder_read(&f, cases[i].name, &text, &err));
		check_case(cases[i].name, err.code == cases[i].code);
		check_case(cases[i].name, text.n == 0);
		folder_remove(&f, cases[i].name);
	}
	/* A link is replaced, not followed. */
	assert_int_equal(symlinkat("good", f.fd, "link"), 0);
	assert_true(folder_write(&f, "link", STR("y"), &err));
	assert_true(folder_read(&f, "good", &text, &err));
	check_text("what it led to", strbuf_str(&text), "x");
	folder_remove(&f, "link");
	folder_remove(&f, "good");
	strbuf_fini(&text);
	folder_close(&f);
}

static void test_prune(void **state)
{
	static const struct {
		const char *name;
		struct folder_limits limits;
		const char *left; /* of a to e, oldest to newest */
	} cases[] = {
		{"nothing to do", {1000000, 10, 100}, "abcde"},
		{"old ones", {35000, 10, 100}, "cde"},
		{"too many", {1000000, 2, 100}, "de"},
		{"too large together", {1000000, 10, 9}, "cde"},
		{"all of them", {1000000, 0, 0}, ""},
	};
	struct folder f = opened();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char left[8] = "";

		for (int k = 0; k < 5; k++)
			put(&f, (char[]){(char)('a' + k), '.', 'x', '\0'}, "123", 0600,
			    NOW_MS - (5 - k) * 10000);
		put(&f, "other", "123", 0600, 0);
		assert_int_equal(folder_prune(&f, ".x", &cases[i].limits, NOW_MS),
				 5 - strlen(cases[i].left));
		for (int k = 0; k < 5; k++) {
			char name[] = {(char)('a' + k), '.', 'x', '\0'};

			if (is_there(&f, name))
				left[strlen(left)] = name[0];
			folder_remove(&f, name);
		}
		check_text(cases[i].name, str_from(left), cases[i].left);
		check_case(cases[i].name, is_there(&f, "other"));
		folder_remove(&f, "other");
	}
	folder_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_made_private),
		cmocka_unit_test(test_refuses_folders),
		cmocka_unit_test(test_refuses_files),
		cmocka_unit_test(test_prune),
	};

	return cmocka_run_group_tests(tests, make_base, drop_base);
}
