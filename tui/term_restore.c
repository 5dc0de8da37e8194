/* See term_restore.h. The state is static: a signal handler has no other way to
 * reach it. */
#include "tui/term_restore.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/count.h"

static struct {
	int fd;
	struct termios before;
	char undo[512];
	size_t n;
	volatile sig_atomic_t is_armed;
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
	saved.is_armed = 1;
}

void term_restore_now(void)
{
	size_t done = 0;

	if (!saved.is_armed)
		return;
	saved.is_armed = 0;
	/* The descriptor does not block; a terminal that takes nothing for a second
	 * gets no farewell. */
	for (int tries = 0; done < saved.n && tries < 100; tries++) {
		ssize_t n = write(saved.fd, saved.undo + done, saved.n - done);

		if (n > 0)
			done += (size_t)n;
		else
			usleep(10000);
	}
	tcsetattr(saved.fd, TCSANOW, &saved.before);
}

static void on_crash(int signal_number)
{
	term_restore_now();
	/* SA_RESETHAND: this time it kills, and leaves its own status. */
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

	action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER);
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaction(signals[i], &action, NULL);
}
