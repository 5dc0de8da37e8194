/* The log: one clean line a call, levels, and a full disk. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static void lines_are_single_and_clean(void **state)
{
	char path[] = "/tmp/azdeck-log-XXXXXX";
	struct strbuf text;
	struct log *log;
	struct err err;
	size_t lines = 0;

	(void)state;
	close(mkstemp(path));
	log = log_new(path, LOG_INFO, &err);
	assert_non_null(log);
	log_line(log, LOG_INFO, "net", "one\n\033[31mtwo%c", 7);
	log_line(log, LOG_INFO, "net",
		 "a\xc2\x9b"
		 "2Jb\xc2\xb5");
	log_line(log, LOG_DEBUG, "net", "not this");
	assert_true(log_is_kept(log, LOG_INFO));
	assert_false(log_is_kept(log, LOG_DEBUG));
	assert_false(log_is_kept(NULL, LOG_ERROR));
	log_line(log, LOG_ERROR, "board", "%05000d", 1);
	log_free(log);
	strbuf_init(&text, 100000);
	assert_true(file_read(path, &text, &err));
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	assert_int_equal(lines, 3);
	assert_non_null(strstr(text.p, " info  net: one??[31mtwo?\n"));
	assert_non_null(strstr(text.p, " info  net: a??2Jb\xc2\xb5\n"));
	assert_null(strstr(text.p, "not this"));
	strbuf_fini(&text);
	unlink(path);
}

static void a_full_disk_is_counted(void **state)
{
	struct err err;
	struct log *log = log_new("/dev/full", LOG_INFO, &err);

	(void)state;
	if (!log)
		skip();
	log_line(log, LOG_INFO, "net", "lost");
	log_line(log, LOG_INFO, "net", "lost");
	assert_int_equal(log_dropped(log), 2);
	log_free(log);
}

static void no_file_is_an_error_and_no_log_is_fine(void **state)
{
	struct err err;
	struct log *log;

	(void)state;
	assert_null(log_new("/nowhere/at/all", LOG_INFO, &err));
	assert_int_equal(err.code, ERR_IO);
	log_line(NULL, LOG_ERROR, "x", "nothing");
	log = log_new(NULL, LOG_DEBUG, &err);
	log_line(log, LOG_ERROR, "x", "nothing");
	assert_false(log_is_kept(log, LOG_ERROR));
	assert_int_equal(log_dropped(log), 0);
	log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_single_and_clean),
		cmocka_unit_test(a_full_disk_is_counted),
		cmocka_unit_test(no_file_is_an_error_and_no_log_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
