/* The deck's log: written whole, never to the terminal; a full disk costs the log
 * and one line at the end, nothing else. Thread: the test's. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "e2e/program.h"

static void run_with_log(struct pty *p, const char *path)
{
	const char *const more[] = {"--log", path, NULL};

	program_begin(p, 24, 80, more, NULL);
	/* program_wait_live reads a log that this run does not write. */
	assert_true(pty_wait_text(p, "atlas-audit"));
	assert_true(pty_wait_text(p, "unmet demand"));
	pty_wait_quiet(p, 120);
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_written(void **state)
{
	char path[] = "/tmp/azdeck-log-XXXXXX", line[512];
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "r");
	size_t n = 0;

	assert_non_null(file);
	run_with_log(*state, path);
	assert_false(pty_has(*state, "azdeck: "));
	for (; fgets(line, sizeof(line), file); n++) {
		/* 2026-11-21T04:05:06.000Z debug feed: sql asking */
		assert_true(line[4] == '-' && line[10] == 'T' && strchr(line, ':'));
		assert_int_equal(line[strlen(line) - 1], '\n');
	}
	assert_true(n > 10);
	fclose(file);
	unlink(path);
}

static void test_disk_full(void **state)
{
	struct strbuf screen;
	struct str rest, line;
	size_t n = 0;

	run_with_log(*state, "/dev/full");
	strbuf_init(&screen, 65536);
	pty_text(*state, &screen);
	rest = strbuf_str(&screen);
	while (str_next(&rest, '\n', &line))
		n += str_starts(line, STR("azdeck: ")) &&
		     str_ends(line, STR(" of the log could not be written: /dev/full"));
	assert_int_equal(n, 1);
	strbuf_fini(&screen);
}

static void test_cannot_be_opened(void **state)
{
	static const char *const more[] = {"--log", "/nowhere/azdeck.log", NULL};

	program_begin(*state, 24, 80, more, NULL);
	assert_true(pty_wait_exit(*state));
	assert_true(WIFEXITED(((struct pty *)*state)->status));
	assert_int_equal(WEXITSTATUS(((struct pty *)*state)->status), 3);
	assert_true(pty_has(*state, "azdeck: cannot open the log /nowhere/azdeck.log"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_written),
		PROGRAM_TEST(test_disk_full),
		PROGRAM_TEST(test_cannot_be_opened),
	};

	return cmocka_run_group_tests_name("deck_log", tests, NULL, NULL);
}
