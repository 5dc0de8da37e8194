/* `azdeck logs` as people run it: at a terminal, over gzip, as JSON, and following files
 * that grow, are rotated and cut back. Thread: the test's. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cjson/cJSON.h>

#include "base/strbuf.h"
#include "cli/run.h"
#include "unit/check.h"
#include "unit/scratch.h"

enum { PATIENCE_MS = 60000 };

static int make(void **state)
{
	return scratch_make(state) | run_setup(state);
}

static int drop(void **state)
{
	return run_teardown(state) | scratch_drop(state);
}

struct session {
	pid_t pid;
	int fd;
	struct strbuf seen;
};

static void become(const char *const *args)
{
	const char *build = getenv("AZ_BUILDDIR"), *argv[8] = {"azdeck", "logs"};
	char program[4096];

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	for (size_t i = 0; args[i] && i < 5; i++)
		argv[i + 2] = args[i];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execv(program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

static void start(struct session *s, const char *const *args, bool at_terminal)
{
	int ends[2];

	strbuf_init(&s->seen, 1 << 20);
	if (at_terminal) {
		s->pid = forkpty(&s->fd, NULL, NULL, NULL);
	} else {
		assert_int_equal(pipe(ends), 0);
		s->fd = ends[0];
		s->pid = fork();
		if (s->pid == 0)
			dup2(ends[1], STDOUT_FILENO);
		else
			close(ends[1]);
	}
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		become(args);
}

/* False when it ended. */
static bool read_more(struct session *s)
{
	struct pollfd fd = {.fd = s->fd, .events = POLLIN};
	char bytes[4096];
	ssize_t n;

	if (poll(&fd, 1, PATIENCE_MS) != 1)
		fail_msg("nothing came; so far: %s", s->seen.p);
	n = read(s->fd, bytes, sizeof(bytes));
	if (n > 0)
		strbuf_put(&s->seen, (struct str){.p = bytes, .n = (size_t)n});
	return n > 0;
}

/* Waits until exactly this was printed, and forgets it. */
static void expect(struct session *s, const char *want)
{
	while (s->seen.n < strlen(want) && read_more(s))
		;
	check_text("printed", strbuf_str(&s->seen), want);
	strbuf_reset(&s->seen);
}

static void stop(struct session *s)
{
	kill(s->pid, SIGTERM);
	waitpid(s->pid, NULL, 0);
	close(s->fd);
	strbuf_fini(&s->seen);
}

static void append(const char *path, const char *text)
{
	FILE *out = fopen(path, "a");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void a_terminal_gets_clean_lines(void **state)
{
	static const char raw[] = "red \x1b[31mline\x1b[0m\n"
				  "title \x1b]0;owned\x07 bell\n"
				  "c1 \xc2\x9b"
				  "31m back\b\b\b \x7f nul \0 end\r\n"
				  "no \xff utf8, rtl \xe2\x80\xae end\n";
	struct session s;

	(void)state;
	for (int grep = 0; grep < 2; grep++) {
		const char *path =
			scratch_write("evil",
				      (struct str){.p = raw, .n = sizeof(raw) - 1}, 0600);

		start(&s,
		      grep ? RUN_ARGS("--print", "--grep", "n", path)
			   : RUN_ARGS("--print", path),
		      true);
		while (read_more(&s))
			;
		assert_true(s.seen.n > 60);
		for (size_t i = 0; i < s.seen.n; i++) {
			unsigned char c = (unsigned char)s.seen.p[i];

			assert_true(c >= 0x20 || c == '\n' || c == '\r');
			assert_true(c != 0x7f);
			/* No 8-bit control as UTF-8 has it. */
			assert_false(c == 0xc2 && (unsigned char)s.seen.p[i + 1] < 0xa0);
		}
		assert_non_null(strstr(s.seen.p, "red line"));
		assert_null(strstr(s.seen.p, "owned"));
		stop(&s);
	}
}

static const char *write_gzip(const char *name, const char *const *members, size_t n)
{
	const char *path = scratch_path(name);

	unlink(path);
	for (size_t i = 0; i < n; i++) {
		gzFile out = gzopen(path, "ab");

		assert_non_null(out);
		assert_true(gzwrite(out, members[i], (unsigned)strlen(members[i])) > 0);
		assert_int_equal(gzclose(out), Z_OK);
	}
	return path;
}

static void gzip_is_read_as_it_is(void **state)
{
	static const char *const members[] = {"one\ntwo err", "or\nthree\n",
					      "error four\n"};
	const char *path = write_gzip("logs.1", members, 3);
	struct run r = {.args = RUN_ARGS("logs", "--grep", "error", path)};

	(void)state;
	run_expect(&r, 0);
	assert_string_equal(r.out.p, "two error\nerror four\n");
	run_fini(&r);
	/* Zeros behind the end are padding. */
	append(path, "");
	assert_int_equal(truncate(path, 4096), 0);
	r = (struct run){.args = RUN_ARGS("logs", "--count", path)};
	run_expect(&r, 0);
	assert_string_equal(r.out.p, "4\n");
	run_fini(&r);
}

/* What came before is printed, then one line says what is wrong. */
static void damaged_gzip_is_told(void **state)
{
	static const char *const members[] = {"one\ntwo\n"};
	const char *path = write_gzip("cut", members, 1);
	struct run r = {.args = RUN_ARGS("logs", path)};

	(void)state;
	assert_int_equal(truncate(path, 26), 0);
	run_now(&r);
	assert_int_equal(r.code, 5);
	assert_non_null(strstr(r.err.p, "ends in the middle"));
	run_fini(&r);
	path = write_gzip("bad", members, 1);
	append(path, "\x1f\x8b\x08 rubbish that is no member");
	r = (struct run){.args = RUN_ARGS("logs", path)};
	run_now(&r);
	assert_int_equal(r.code, 5);
	assert_string_equal(r.out.p, "one\ntwo\n");
	assert_non_null(strstr(r.err.p, "damaged"));
	run_fini(&r);
}

static void json_is_one_object_a_line(void **state)
{
	struct run r = {
		.args = RUN_ARGS("logs", "-o", "json", "--level", "warn"),
		.input =
			"2026-11-21T04:05:06Z INFO app: fine\n"
			"2026-11-21T04:05:07Z ERROR app: \x1b[31mbad\xff\n    at here\n"};
	cJSON *line;
	char *rest;

	(void)state;
	run_expect(&r, 0);
	line = cJSON_Parse(r.out.p);
	assert_non_null(line);
	assert_string_equal(cJSON_GetObjectItem(line, "time")->valuestring,
			    "2026-11-21T04:05:07.000Z");
	assert_string_equal(cJSON_GetObjectItem(line, "level")->valuestring, "error");
	assert_string_equal(cJSON_GetObjectItem(line, "source")->valuestring, "app");
	assert_string_equal(cJSON_GetObjectItem(line, "message")->valuestring,
			    "\x1b[31mbad\xef\xbf\xbd");
	cJSON_Delete(line);
	rest = strchr(r.out.p, '\n') + 1;
	line = cJSON_Parse(rest);
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(line, "time")));
	cJSON_Delete(line);
	run_fini(&r);
}

static void mistakes_are_told(void **state)
{
	static const struct {
		const char *args[6];
		int code;
	} cases[] = {
		{{"logs", "--grep", "a", "--regex", "b"}, 2},
		{{"logs", "--regex", "("}, 2},
		{{"logs", "--level", "loud"}, 2},
		{{"logs", "--invert"}, 2},
		{{"logs", "--count", "--clusters"}, 2},
		{{"logs", "--follow", "--count"}, 2},
		{{"logs", "--follow", "-", "x"}, 2},
		{{"logs", "--since", "soon"}, 2},
		{{"logs", "/nonexistent.log"}, 6},
		{{"logs", "/"}, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, cases[i].code);
		run_fini(&r);
	}
}

/* Each step waits for what the one before printed, so nothing depends on time. */
static void follows_through_rotation(void **state)
{
	char path[512], old[512];
	struct session s;

	(void)state;
	snprintf(path, sizeof(path), "%s", scratch_write("grows", STR("one\ntw"), 0600));
	snprintf(old, sizeof(old), "%s.1", path);
	start(&s, RUN_ARGS("--follow", path), false);
	expect(&s, "one\n");
	append(path, "o\nthree\n");
	expect(&s, "two\nthree\n");
	/* Another file takes the name; the end of the old one has no newline. */
	append(path, "four");
	assert_int_equal(rename(path, old), 0);
	append(path, "five\n");
	expect(&s, "four\nfive\n");
	/* Cut back and written anew. */
	assert_int_equal(truncate(path, 0), 0);
	append(path, "6\n");
	expect(&s, "6\n");
	/* Gone, and there again. */
	assert_int_equal(unlink(path), 0);
	append(path, "seven\n");
	expect(&s, "seven\n");
	stop(&s);
}

static void follows_with_a_filter(void **state)
{
	const char *path = scratch_write("filtered", STR("INFO a\n"), 0600);
	struct session s;

	(void)state;
	start(&s, RUN_ARGS("-f", "--level", "error", path), false);
	append(path, "ERROR b\n    at c\nINFO d\nERROR e\n");
	expect(&s, "ERROR b\n    at c\nERROR e\n");
	stop(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_gets_clean_lines),
		cmocka_unit_test(gzip_is_read_as_it_is),
		cmocka_unit_test(damaged_gzip_is_told),
		cmocka_unit_test(json_is_one_object_a_line),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(follows_through_rotation),
		cmocka_unit_test(follows_with_a_filter),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
