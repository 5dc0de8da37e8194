/* However the deck ends, the terminal is given back and the status tells why. */
#include "e2e/program.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_quit(void **state)
{
	static const struct {
		const char *name, *before, *brings, *keys;
	} cases[] = {
		{"q", "", "DEMO", "q"},
		{"ctrl-c", "", "DEMO", CTRL_C},
		{"the command", "", "DEMO", ":quit" ENTER},
		{"its first letter", "", "DEMO", ":q" ENTER},
		{"from help", "?", "Help", "q"},
		{"from a board", ":board sql" ENTER, "SQL databases", "q"},
		{"from a question that was left", ":", ":", CTRL_C CTRL_C},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		print_message("# %s\n", cases[i].name);
		program_begin(*state, 24, 80, NULL, NULL);
		assert_true(pty_wait_text(*state, "DEMO"));
		program_press(*state, cases[i].before, cases[i].brings);
		pty_send(*state, cases[i].keys);
		program_ends(*state, 0);
		pty_stop(*state);
	}
}

/* Signals of crashes that somebody sends. The thread sanitizer runs their handlers at
 * once, wherever they hit, in the middle of its own work too, and then crashes itself. */
#ifdef __SANITIZE_THREAD__
#define SENT_CRASHES
#else
#define SENT_CRASHES SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSYS,
#endif

static void test_signals(void **state)
{
	static const int signals[] = {SENT_CRASHES SIGTERM,
				      SIGHUP,
				      SIGINT,
				      SIGQUIT,
				      SIGXCPU,
				      SIGALRM,
				      SIGUSR1,
				      SIGUSR2};

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		print_message("# signal %d\n", signals[i]);
		program_begin(*state, 24, 80, NULL, NULL);
		assert_true(pty_wait_text(*state, "DEMO"));
		pty_signal(*state, signals[i]);
		program_dies(*state, signals[i]);
		pty_stop(*state);
	}
}

/* Where the screen differs most from what it has to become. */
static void test_anywhere(void **state)
{
	static const struct {
		const char *name, *keys, *brings;
		int rows, cols;
	} cases[] = {
		{"in the prompt, cursor on", ":theme", ":theme", 24, 80},
		{"in the middle of a paste", "\033[200~half", "DEMO", 24, 80},
		{"in the middle of a key", "\033[", "DEMO", 24, 80},
		{"with the mouse off", "m", "mouse off", 24, 80},
		{"at one cell", "", "a", 1, 1},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		print_message("# %s\n", cases[i].name);
		program_begin(*state, cases[i].rows, cases[i].cols, NULL, NULL);
		if (cases[i].rows > 1)
			assert_true(pty_wait_text(*state, "DEMO"));
		program_press(*state, cases[i].keys, cases[i].brings);
		pty_signal(*state, SIGTERM);
		program_dies(*state, SIGTERM);
		pty_stop(*state);
	}
}

/* To all threads but the first; a sanitizer's own does not take it. */
static int crash_others(pid_t pid)
{
	char path[64];
	struct dirent *entry;
	int64_t tid;
	int n = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (str_to_i64(str_from(entry->d_name), &tid) && tid != pid)
			n += syscall(SYS_tgkill, pid, (pid_t)tid, SIGSEGV) == 0;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* A crash off the UI thread. */
static void test_worker_crash(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	assert_true(crash_others(p->pid) > 0);
	program_dies(p, SIGSEGV);
}

/* As soon as the first byte shows that it took the terminal. */
static void test_at_once(void **state)
{
	struct pty *p = *state;

	program_begin(p, 40, 120, NULL, NULL);
	assert_true(pty_wait_raw(p, "\033["));
	pty_signal(p, SIGTERM);
	program_dies(p, SIGTERM);
}

/* A terminal that takes nothing must not keep the deck alive. */
static void test_stuck_line(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	tcflow(p->slave, TCOOFF);
	pty_send(p, "jjj?");
	pty_signal(p, SIGTERM);
	assert_true(pty_wait_exit(p));
	assert_true(WIFSIGNALED(p->status) && WTERMSIG(p->status) == SIGTERM);
}

static void test_hang_up(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	pty_hang_up(p);
	assert_true(pty_wait_exit(p));
	assert_true(WIFSIGNALED(p->status) && WTERMSIG(p->status) == SIGHUP);
}

/* The check itself: nobody can clean up after this one. */
static void test_the_check(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	pty_signal(p, SIGKILL);
	assert_true(pty_wait_exit(p));
	assert_false(pty_is_restored(p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_quit),     PROGRAM_TEST(test_signals),
		PROGRAM_TEST(test_anywhere), PROGRAM_TEST(test_worker_crash),
		PROGRAM_TEST(test_at_once),  PROGRAM_TEST(test_stuck_line),
		PROGRAM_TEST(test_hang_up),  PROGRAM_TEST(test_the_check),
	};

	return cmocka_run_group_tests_name("exit", tests, NULL, NULL);
}
