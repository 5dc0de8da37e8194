/* `azdeck secret` at a terminal: nothing typed is shown, and the terminal is as it was
 * afterwards, however it ends. Thread: the test's. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/strbuf.h"
#include "unit/check.h"
#include "unit/scratch.h"

#define VALUE "Tr0ub4dor-3"

enum { PATIENCE_MS = 60000, GUEST = 65534 };

struct session {
	int fd, slave;
	pid_t pid;
	struct strbuf screen; /* all it wrote */
	size_t seen;	      /* up to where something was waited for */
};

/* Root reads everything, so where the test is root's, a guest stands for the user. */
static void become_a_guest(void)
{
	if (geteuid() == 0 && (setgid(GUEST) != 0 || setuid(GUEST) != 0))
		_exit(126);
}

/* In the child. */
static void become(const char *const *args, bool is_guest)
{
	const char *build = getenv("AZ_BUILDDIR"), *argv[8] = {"azdeck", "secret"};
	char program[4096];

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	for (size_t i = 0; args[i] && i < 5; i++)
		argv[i + 2] = args[i];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	unsetenv("AZDECK_PASSPHRASE_FILE");
	if (is_guest)
		become_a_guest();
	execv(program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

static void start_as(struct session *s, const char *const *args, bool is_guest)
{
	char name[256];

	*s = (struct session){0};
	strbuf_init(&s->screen, 1 << 20);
	assert_int_equal(openpty(&s->fd, &s->slave, name, NULL, NULL), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		close(s->fd);
		/* Whoever runs tests in the background may have them ignored, and that
		 * is handed on. */
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		if (login_tty(s->slave) == 0)
			become(args, is_guest);
		_exit(126);
	}
}

static void start(struct session *s, const char *const *args)
{
	start_as(s, args, false);
}

/* Until the text has come, behind what was waited for before. */
static void wait_for(struct session *s, const char *text)
{
	struct pollfd fd = {.fd = s->fd, .events = POLLIN};
	char bytes[4096];

	for (;;) {
		const char *at = strstr(s->screen.p + s->seen, text);
		ssize_t n;

		if (at) {
			s->seen = (size_t)(at - s->screen.p) + strlen(text);
			return;
		}
		if (poll(&fd, 1, PATIENCE_MS) <= 0)
			fail_msg("no \"%s\" in: %s", text, s->screen.p);
		n = read(s->fd, bytes, sizeof(bytes));
		assert_true(n > 0);
		strbuf_put(&s->screen, (struct str){bytes, (size_t)n});
	}
}

static bool shows_what_is_typed(const struct session *s)
{
	struct termios mode;

	assert_int_equal(tcgetattr(s->slave, &mode), 0);
	return mode.c_lflag & ECHO;
}

static void type(struct session *s, const char *text)
{
	assert_false(shows_what_is_typed(s));
	assert_int_equal(write(s->fd, text, strlen(text)), strlen(text));
}

/* The wait status; the terminal is as it was, and no value was shown. */
static int finish(struct session *s)
{
	int status;

	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_true(shows_what_is_typed(s));
	if (strstr(s->screen.p, "Tr0ub4dor"))
		fail_msg("a value is shown: %s", s->screen.p);
	close(s->fd);
	close(s->slave);
	strbuf_fini(&s->screen);
	return status;
}

static void check_ended(struct session *s, const char *says, int code)
{
	int status;

	wait_for(s, says);
	status = finish(s);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), code);
}

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What was typed, erased and typed again is what is kept: its length tells. */
static void a_value_is_asked_for(void **state)
{
	static const struct {
		const char *name, *typed, *bytes;
	} cases[] = {
		{"plain", VALUE "\r", " 11\r"},
		{"erased", VALUE "xx\x7f\b\r", " 11\r"},
		{"a wide one erased", VALUE "\xc3\xa9\x7f\r", " 11\r"},
		{"begun anew", "something else\x15" VALUE "\r", " 11\r"},
		{"more erased than there is", "a\x7f\x7f\x7f" VALUE "\n", " 11\r"},
		{"control bytes", "\x01" VALUE "\x1b\r", " 11\r"},
	};
	struct session s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		start(&s, ARGS("set", "pat"));
		wait_for(&s, "Value of pat (not shown): ");
		type(&s, cases[i].typed);
		check_ended(&s, "pat is set", 0);
		start(&s, ARGS("list"));
		wait_for(&s, "pat ");
		check_ended(&s, cases[i].bytes, 0);
	}
}

static void one_can_give_up(void **state)
{
	static const char *const ways[] = {"half\x03", "\x04"};
	struct session s;

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		start(&s, ARGS("set", "never"));
		wait_for(&s, "(not shown): ");
		type(&s, ways[i]);
		check_ended(&s, "given up; nothing was changed", 5);
	}
	start(&s, ARGS("rm", "never"));
	check_ended(&s, "no secret \"never\"", 6);
}

static void a_signal_finds_the_terminal_as_it_was(void **state)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
	struct session s;
	int status;

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		start(&s, ARGS("set", "never"));
		wait_for(&s, "(not shown): ");
		type(&s, "half of " VALUE);
		assert_int_equal(kill(s.pid, signals[i]), 0);
		status = finish(&s);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
	}
}

/* Whether another program of the same user could read it. */
static bool is_open_to_its_user(pid_t pid, const char *what)
{
	char path[64];
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, what);
		become_a_guest();
		_exit(open(path, O_RDONLY | O_CLOEXEC) >= 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	return WEXITSTATUS(status) == 1;
}

static bool can_a_guest_run_it(void)
{
	const char *build = getenv("AZ_BUILDDIR");
	char program[4096];
	int status;
	pid_t child;

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		become_a_guest();
		_exit(access(program, X_OK) != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status == 0;
}

/* While a secret is in its memory, another program of the same user reads neither
 * that nor the environment; the command line anybody reads, and it is not there. */
static void memory_and_environment_are_closed(void **state)
{
	char path[64], line[256] = "";
	struct session s;
	int fd, status;

	(void)state;
	if (!can_a_guest_run_it()) {
		print_message("# the build folder is closed to guests: not tried\n");
		return;
	}
	start_as(&s, ARGS("set", "pat"), true);
	wait_for(&s, "(not shown): ");
	type(&s, VALUE);
	assert_false(is_open_to_its_user(s.pid, "mem"));
	assert_false(is_open_to_its_user(s.pid, "environ"));
	assert_true(is_open_to_its_user(s.pid, "cmdline"));
	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)s.pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(read(fd, line, sizeof(line) - 1) > 0);
	assert_string_equal(line, "azdeck");
	assert_memory_equal(line, "azdeck\0secret\0set\0pat\0", 23);
	close(fd);
	type(&s, "\x03");
	status = finish(&s);
	assert_true(WIFEXITED(status));
}

static void lock_the_key(const char *first, const char *second, const char *says,
			 int code)
{
	struct session s;

	start(&s, ARGS("passphrase"));
	wait_for(&s, "New passphrase (not shown): ");
	type(&s, first);
	wait_for(&s, "The same again: ");
	type(&s, second);
	check_ended(&s, says, code);
}

static void a_passphrase_is_asked_for_twice_and_then_needed(void **state)
{
	struct session s;

	(void)state;
	lock_the_key(VALUE "\r", "another one\r", "these are two", 2);
	lock_the_key(VALUE "\r", VALUE "\r", "is locked", 0);
	start(&s, ARGS("list"));
	wait_for(&s, "Passphrase of azdeck's key: ");
	type(&s, "not it\r");
	wait_for(&s, "Not this one. ");
	wait_for(&s, "key: ");
	type(&s, VALUE "\r");
	check_ended(&s, "pat ", 0);
	start(&s, ARGS("passphrase", "--remove"));
	wait_for(&s, "Passphrase of azdeck's key: ");
	type(&s, VALUE "\r");
	check_ended(&s, "no passphrase now", 0);
	start(&s, ARGS("list"));
	check_ended(&s, "pat ", 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_asked_for),
		cmocka_unit_test(one_can_give_up),
		cmocka_unit_test(a_signal_finds_the_terminal_as_it_was),
		cmocka_unit_test(memory_and_environment_are_closed),
		cmocka_unit_test(a_passphrase_is_asked_for_twice_and_then_needed),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
