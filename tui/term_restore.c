/* See term_restore.h. The state is static: a signal handler has no other way to
 * reach it. */
#include "tui/term_restore.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/count.h"

enum { TRIES = 100, TRY_US = 10000 };

enum { RESTORE_IDLE, RESTORE_ARMED, RESTORE_BEGUN, RESTORE_DONE };

static struct {
	int fd;
	struct termios before;
	char undo[512];
	size_t n;
	volatile sig_atomic_t state;
} saved;

void term_restore_prepare(int fd, const struct termios *before, struct str undo)
{
	saved.fd = fd;
	saved.before = *before;
	saved.n = undo.n < sizeof(saved.undo) ? undo.n : sizeof(saved.undo);
	memcpy(saved.undo, undo.p, saved.n);
}

void term_restore_arm(void)
{
	saved.state = RESTORE_ARMED;
}

void term_restore_now(void)
{
	size_t done = 0;

	/* Another thread crashed first: who ends now would end it half way. */
	for (int tries = 0; saved.state == RESTORE_BEGUN && tries < 2 * TRIES; tries++)
		usleep(TRY_US);
	if (saved.state != RESTORE_ARMED)
		return;
	saved.state = RESTORE_BEGUN;
	/* The descriptor does not block; a terminal that takes nothing for a second
	 * gets no farewell. */
	for (int tries = 0; done < saved.n && tries < TRIES; tries++) {
		ssize_t n = write(saved.fd, saved.undo + done, saved.n - done);

		if (n > 0)
			done += (size_t)n;
		else
			usleep(TRY_US);
	}
	tcsetattr(saved.fd, TCSANOW, &saved.before);
	saved.state = RESTORE_DONE;
}

static void on_crash(int signal_number)
{
	term_restore_now();
	/* Not before: it holds for all threads, and one that crashes meanwhile would
	 * end the program. This time it kills, and leaves its own status. */
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

void term_restore_on_crash(void)
{
	/* Crashes, SIGQUIT for those who want a core of a deck that hangs, and what
	 * else ends a program that does not ask for it. */
	static const int signals[] = {SIGSEGV, SIGBUS,	SIGFPE,	 SIGILL,
				      SIGABRT, SIGQUIT, SIGTRAP, SIGSYS,
				      SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2};
	struct sigaction action = {.sa_handler = on_crash};

	action.sa_flags = SA_NODEFER;
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaction(signals[i], &action, NULL);
}
