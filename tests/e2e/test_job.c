/* Job control: a small shell of our own leads the session, starts the deck as its
 * foreground job, and is told by the test what to do with it. */
#include "e2e/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the shell is told, and what it tells. */
enum { TO_FRONT = 'f', TO_BACK = 'b', STOPPED = 's' };

struct shell {
	char *program;
	int orders[2], reports[2];
	int life[2]; /* the deck alone holds its other end: closed when it is gone */
};

static void run_deck(const struct shell *sh)
{
	const char *const argv[] = {sh->program, "--demo", "--at",  CHECK_AT, "--speed",
				    "0.0001",	 "--log",  PTY_LOG, NULL};

	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	signal(SIGTTOU, SIG_DFL);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

static void obey(const struct shell *sh, pid_t job)
{
	char order;

	if (read(sh->orders[0], &order, 1) != 1)
		_exit(126);
	if (order == TO_FRONT)
		tcsetpgrp(STDIN_FILENO, job);
	kill(-job, SIGCONT);
}

/* Ends as its job ended. */
static void run_shell(void *ctx)
{
	const struct shell *sh = ctx;
	const char report = STOPPED;
	int status;
	pid_t job;

	signal(SIGTTOU, SIG_IGN); /* it takes the terminal back from behind */
	job = fork();
	if (job == 0)
		run_deck(sh);
	close(sh->life[1]);
	setpgid(job, job);
	while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
		tcsetpgrp(STDIN_FILENO, getpgrp());
		if (write(sh->reports[1], &report, 1) != 1)
			_exit(126);
		obey(sh, job);
	}
	tcsetpgrp(STDIN_FILENO, getpgrp());
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void start(struct pty *p, struct shell *sh)
{
	*sh = (struct shell){.program = program_path("azdeck")};
	assert_int_equal(pipe2(sh->orders, O_CLOEXEC), 0);
	assert_int_equal(pipe2(sh->reports, O_CLOEXEC | O_NONBLOCK), 0);
	assert_int_equal(pipe(sh->life), 0);
	assert_true(pty_start_fn(p, 40, 120, NULL, run_shell, sh));
	close(sh->life[1]);
	program_wait_live(p);
}

static void stop(struct shell *sh)
{
	free(sh->program);
	close(sh->orders[0]);
	close(sh->orders[1]);
	close(sh->reports[0]);
	close(sh->reports[1]);
	close(sh->life[0]);
}

static void tell(struct shell *sh, char order)
{
	assert_int_equal(write(sh->orders[1], &order, 1), 1);
}

static bool has_report(struct pty *p, const void *ctx)
{
	const struct shell *sh = ctx;
	char report;

	(void)p;
	return read(sh->reports[0], &report, 1) == 1;
}

/* Until the shell has it stopped; what was on its way is on the screen then. */
static void wait_stopped(struct pty *p, struct shell *sh)
{
	assert_true(pty_wait(p, has_report, sh, "it does not stop"));
	while (pty_read(p, 0))
		continue;
}

static void test_ctrl_z_and_fg(void **state)
{
	struct pty *p = *state;
	struct shell sh;
	char *before;

	start(p, &sh);
	before = program_screen(p);
	for (int i = 0; i < 3; i++) {
		pty_send(p, CTRL_Z);
		wait_stopped(p, &sh);
		assert_true(pty_is_restored(p));
		pty_scribble(p, "$ make\r\n$ fg\r\n");
		tell(&sh, TO_FRONT);
		program_wait_screen(p, before);
		assert_true(p->is_alt_screen);
		assert_int_equal(pty_mode(p, 1000), 'h');
		assert_int_equal(pty_mode(p, 2004), 'h');
	}
	program_press(p, "?", "keys and commands of this screen");
	pty_send(p, "q");
	program_ends(p, 0);
	free(before);
	stop(&sh);
}

/* In the background it must not touch the terminal. */
static void test_bg(void **state)
{
	struct pty *p = *state;
	struct shell sh;
	char *before;

	start(p, &sh);
	before = program_screen(p);
	pty_send(p, CTRL_Z);
	wait_stopped(p, &sh);
	tell(&sh, TO_BACK);
	wait_stopped(p, &sh);
	assert_true(pty_is_restored(p));
	tell(&sh, TO_FRONT);
	program_wait_screen(p, before);
	pty_send(p, "q");
	program_ends(p, 0);
	free(before);
	stop(&sh);
}

/* The size changes while it sleeps; so does the switch of the mouse stay as it was. */
static void test_wakes_in_another_terminal(void **state)
{
	struct pty *p = *state;
	struct shell sh;

	start(p, &sh);
	program_press(p, "m", "mouse off");
	pty_send(p, ":suspend" ENTER);
	wait_stopped(p, &sh);
	pty_resize(p, 24, 80);
	pty_scribble(p, "\033[2J");
	tell(&sh, TO_FRONT);
	program_wait_live(p);
	assert_true(pty_wait_text(p, "DEMO"));
	assert_int_equal(pty_mode(p, 1000), 'l');
	pty_send(p, "q");
	program_ends(p, 0);
	stop(&sh);
}

static bool is_stopped(struct pty *p, const void *ctx)
{
	(void)ctx;
	return waitpid(p->pid, &p->status, WNOHANG | WUNTRACED) == p->pid;
}

/* Nobody could wake it: ctrl-z does nothing but draw anew. */
static void test_no_shell(void **state)
{
	struct pty *p = *state;

	program_start_live(p);
	pty_send(p, CTRL_Z);
	/* The last line of the frame: what comes before it may be seen too early. */
	program_press(p, "?", "esc back");
	assert_false(is_stopped(p, NULL));
	pty_signal(p, SIGTSTP);
	program_press(p, ESCAPE, "tab next pane");
	assert_false(is_stopped(p, NULL));
	pty_send(p, "q");
	program_ends(p, 0);
}

/* The window is closed on a stopped deck: it must not sleep or spin on for ever. */
static void test_hang_up_while_stopped(void **state)
{
	struct pty *p = *state;
	struct shell sh;
	struct pollfd gone;

	start(p, &sh);
	pty_send(p, CTRL_Z);
	wait_stopped(p, &sh);
	pty_hang_up(p);
	gone = (struct pollfd){.fd = sh.life[0], .events = POLLIN};
	assert_int_equal(poll(&gone, 1, 20000), 1);
	assert_true(pty_wait_exit(p));
	stop(&sh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_ctrl_z_and_fg),
		PROGRAM_TEST(test_bg),
		PROGRAM_TEST(test_wakes_in_another_terminal),
		PROGRAM_TEST(test_no_shell),
		PROGRAM_TEST(test_hang_up_while_stopped),
	};

	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
