/* Starts that cannot work: one clear line, the right exit code, and a terminal that
 * nothing was written to but that line. Those that the terminal or the look is to
 * blame for: test_terminals.c. */
#include "e2e/program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void check_refused(struct pty *p, const char *name, int code, const char *says)
{
	struct str line = strbuf_str(&p->raw);
	struct termios now;

	check_case(name, pty_wait_exit(p));
	line = str_trim(strbuf_str(&p->raw));
	if (!WIFEXITED(p->status) || WEXITSTATUS(p->status) != code)
		fail_msg("%s: wait status %#x, wrote: %.*s", name, (unsigned)p->status,
			 STR_ARG(line));
	if (!str_starts(line, STR("azdeck: ")) || str_find(line, str_from(says)) < 0)
		fail_msg("%s: wrote %.*s", name, STR_ARG(line));
	check_case(name, str_find_char(line, '\n') < 0);
	check_case(name, str_find_char(line, '\033') < 0);
	tcgetattr(p->slave, &now);
	check_case(name, now.c_lflag == p->before.c_lflag);
}

static void test_arguments(void **state)
{
	static const struct {
		const char *name;
		const char *args[4];
		int code;
		const char *says;
	} cases[] = {
		{"no such option", {"--demo", "--bogus"}, 2, "no option \"--bogus\""},
		{"a value missing", {"--demo", "--seed"}, 2, "--seed needs a value"},
		{"a value too many", {"--demo=1"}, 2, "--demo takes no value"},
		{"a bad seed", {"--demo", "--seed", "-1"}, 2, "--seed cannot be \"-1\""},
		{"a bad time", {"--demo", "--at", "noon"}, 2, "--at cannot be \"noon\""},
		{"a bad speed", {"--demo", "--speed", "nan"}, 2, "--speed cannot be"},
		{"no configuration", {"--config", "/nonexistent/c"}, 3, "--demo"},
		{"no such log", {"--demo", "--log", "/nonexistent/l"}, 3, "open the log"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *path = program_path("azdeck");
		const char *argv[6] = {path};

		for (size_t j = 0; j < 4 && cases[i].args[j]; j++)
			argv[j + 1] = cases[i].args[j];
		assert_true(pty_start(*state, 24, 200, argv, NULL));
		check_refused(*state, cases[i].name, cases[i].code, cases[i].says);
		pty_stop(*state);
		free(path);
	}
}

/* The log is on a full disk: the deck works all the same. */
static void test_full_disk(void **state)
{
	static const char *const args[] = {"--log", "/dev/full", NULL};
	struct pty *p = *state;

	program_begin(p, 40, 120, args, NULL);
	assert_true(pty_wait_text(p, "unmet demand"));
	pty_send(p, "q");
	program_ends(p, 0);
}

struct command {
	char *program;
	const char *format;
};

/* Its output goes to a pipe that nobody reads. */
static void run_into_closed_pipe(void *ctx)
{
	const struct command *c = ctx;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	execl(c->program, "azdeck", "show", "sql", "--demo", "-o", c->format,
	      (char *)NULL);
}

/* `azdeck show sql | head -0`: nothing is said about it. */
static void test_closed_pipe(void **state)
{
	static const char *const formats[] = {"table", "json", "csv", "tsv"};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct command c = {program_path("azdeck"), formats[i]};
		struct pty *p = *state;

		assert_true(pty_start_fn(p, 24, 80, NULL, run_into_closed_pipe, &c));
		assert_true(pty_wait_exit(p));
		check_text(formats[i], strbuf_str(&p->raw), "");
		check_case(formats[i], WIFSIGNALED(p->status)
					       ? WTERMSIG(p->status) == SIGPIPE
					       : WEXITSTATUS(p->status) == 0);
		pty_stop(p);
		free(c.program);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_arguments),
		PROGRAM_TEST(test_full_disk),
		PROGRAM_TEST(test_closed_pipe),
	};

	return cmocka_run_group_tests_name("refuse", tests, NULL, NULL);
}
