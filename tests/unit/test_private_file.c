/* Files that nobody else may touch: what is refused and why, what is written. */
#include "unit/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/file_lock.h"
#include "auth/private_file.h"
#include "unit/scratch.h"

/* The error names the file or, where that is at fault, its folder. */
static bool is_named(const char *text, const char *path)
{
	char folder[512];

	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	return strstr(text, path) || strstr(text, folder);
}

static void check_refused(const char *name, const char *path, size_t max,
			  enum err_code code, const char *says)
{
	struct secret s = {0};
	struct err err;

	check_case(name, !private_file_read(path, max, &s, &err));
	check_case(name, !secret_is_set(&s));
	if (err.code != code || !strstr(err.text, says) || !is_named(err.text, path))
		fail_msg("case \"%s\": %s: %s", name, err_name(err.code), err.text);
}

static void modes_decide_who_may_read(void **state)
{
	static const struct {
		unsigned mode;
		bool is_fine;
	} cases[] = {
		{0600, true},  {0400, true},  {0700, true},  {0640, false},
		{0604, false}, {0620, false}, {0602, false}, {0610, false},
		{0601, false}, {0666, false}, {0644, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *path = scratch_write("mode", STR("value"), cases[i].mode);
		struct secret s = {0};
		struct err err;
		char name[16];

		snprintf(name, sizeof(name), "%04o", cases[i].mode);
		if (!cases[i].is_fine) {
			check_refused(name, path, 100, ERR_CONFIG, name);
			check_refused(name, path, 100, ERR_CONFIG, "chmod 600 ");
			continue;
		}
		if (!private_file_read(path, 100, &s, &err))
			fail_msg("%s: %s", name, err.text);
		check_text(name, secret_borrow(&s), "value");
		secret_fini(&s);
	}
}

static void tricks_are_refused(void **state)
{
	const char *target = scratch_write("target", STR("value"), 0600);
	const char *link = scratch_path("link"), *loop = scratch_path("loop"),
		   *pipe = scratch_path("pipe"), *dir = scratch_path("dir");

	(void)state;
	assert_int_equal(symlink(target, link), 0);
	assert_int_equal(symlink(loop, loop), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(mkdir(dir, 0700), 0);
	check_refused("link", link, 100, ERR_CONFIG, "symbolic link");
	check_refused("link to itself", loop, 100, ERR_CONFIG, "symbolic link");
	check_refused("pipe", pipe, 100, ERR_CONFIG, "not a regular file");
	check_refused("folder", dir, 100, ERR_CONFIG, "not a regular file");
	check_refused("device", "/dev/null", 100, ERR_CONFIG, "not a regular file");
	check_refused("absent", scratch_path("absent"), 100, ERR_NOT_FOUND, "No such");
	check_refused("absent folder", scratch_path("a/b"), 100, ERR_NOT_FOUND,
		      "No such");
	check_refused("too large", target, 4, ERR_TOO_LARGE, "larger than 4 bytes");
}

static void a_folder_that_others_write_to_is_refused(void **state)
{
	const char *dir = scratch_path("open"), *path;

	(void)state;
	assert_int_equal(mkdir(dir, 0700), 0);
	path = scratch_write("open/file", STR("value"), 0600);
	assert_int_equal(chmod(dir, 0777), 0);
	check_refused("for all", scratch_path("open/file"), 100, ERR_CONFIG,
		      "chmod go-w");
	assert_int_equal(chmod(dir, 0770), 0);
	check_refused("for the group", path, 100, ERR_CONFIG, "chmod go-w");
	assert_int_equal(chmod(dir, 01777), 0);
	{
		struct secret s = {0};
		struct err err;

		assert_true(private_file_read(path, 100, &s, &err));
		secret_fini(&s);
	}
}

static void another_owner_is_refused(void **state)
{
	const char *path = scratch_write("foreign", STR("value"), 0600);

	(void)state;
	if (geteuid() != 0) {
		print_message("# only root can give a file away: not tried\n");
		return;
	}
	assert_int_equal(chown(path, 65534, 65534), 0);
	check_refused("owner", path, 100, ERR_CONFIG, "belongs to another user");
	assert_int_equal(mkdir(scratch_path("theirs"), 0755), 0);
	path = scratch_write("theirs/file", STR("value"), 0600);
	assert_int_equal(chown(scratch_path("theirs"), 65534, 65534), 0);
	check_refused("owner of the folder", path, 100, ERR_CONFIG,
		      "belongs to another user");
}

static void what_is_written_is_private_and_replaced(void **state)
{
	const char *path = scratch_path("new/deep/file");
	struct secret s = {0};
	struct stat st;
	struct err err;

	(void)state;
	assert_true(private_file_write(path, STR("one"), &err));
	assert_true(private_file_write(path, STR("two"), &err));
	assert_true(private_file_read(path, 3, &s, &err));
	check_text("content", secret_borrow(&s), "two");
	secret_fini(&s);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(scratch_path("new"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(scratch_path("new/deep"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_false(private_file_write("/dev/null/x/y", STR("a"), &err));
	assert_non_null(strstr(err.text, "/dev/null"));
}

/* The end of the process that holds it is the end of the lock. */
static void one_process_holds_the_lock(void **state)
{
	const char *path = scratch_path("locked/file");
	struct file_lock lock;
	int told[2], go[2];
	struct err err;
	char c = 0;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(told, O_CLOEXEC), 0);
	assert_int_equal(pipe2(go, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(go[1]);
		c = file_lock_take(&lock, path, 0, &err) ? 'y' : 'n';
		if (write(told[1], &c, 1) == 1 && read(go[0], &c, 1) == 0)
			_exit(0);
		_exit(1);
	}
	assert_int_equal(read(told[0], &c, 1), 1);
	assert_int_equal(c, 'y');
	assert_false(file_lock_take(&lock, path, 0, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(lock.fd, -1);
	close(go[1]);
	assert_true(file_lock_take(&lock, path, 60000, &err));
	file_lock_drop(&lock);
	file_lock_drop(&lock);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(go[0]);
	close(told[0]);
	close(told[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modes_decide_who_may_read),
		cmocka_unit_test(tricks_are_refused),
		cmocka_unit_test(a_folder_that_others_write_to_is_refused),
		cmocka_unit_test(another_owner_is_refused),
		cmocka_unit_test(what_is_written_is_private_and_replaced),
		cmocka_unit_test(one_process_holds_the_lock),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, scratch_make, scratch_drop)
			      : 1;
}
