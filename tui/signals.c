/* See signals.h. The pipe is static because a handler gets no context. */
#include "tui/signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "base/count.h"
#include "base/mailbox.h"

static struct wake_fd box = {.read_fd = -1, .write_fd = -1};

static const int watched[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};

static void on_signal(int number)
{
	int saved = errno;
	char byte = (char)number;
	ssize_t n = write(box.write_fd, &byte, 1);

	(void)n; /* a full pipe has enough to say */
	errno = saved;
}

static void set_handlers(const int *signals, size_t n, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

	for (size_t i = 0; i < n; i++)
		sigaction(signals[i], &action, NULL);
}

int signals_open(void)
{
	/* A closed pipe and a file at its limit are errors of write(). */
	static const int ignored[] = {SIGPIPE, SIGXFSZ};

	if (!wake_fd_init(&box))
		return -1;
	set_handlers(watched, COUNT(watched), on_signal);
	set_handlers(ignored, 2, SIG_IGN);
	return box.read_fd;
}

struct signals signals_read(void)
{
	struct signals seen = {0};
	char bytes[64];
	ssize_t n;

	while ((n = read(box.read_fd, bytes, sizeof(bytes))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			seen.is_resized |= bytes[i] == SIGWINCH;
			seen.is_stopped |= bytes[i] == SIGTSTP;
			seen.is_continued |= bytes[i] == SIGCONT;
			if (bytes[i] == SIGTERM || bytes[i] == SIGHUP ||
			    bytes[i] == SIGINT)
				seen.end = bytes[i];
		}
	}
	return seen;
}

/* SIGTSTP and not SIGSTOP, which would stop a deck that no shell looks after (an
 * ssh command, a terminal's own child) for good: the kernel keeps SIGTSTP from
 * such orphans. */
void signals_stop(void)
{
	static const int both[] = {SIGTSTP, SIGCONT};

	set_handlers(both, 2, SIG_DFL);
	kill(0, SIGTSTP);
	set_handlers(both, 2, on_signal);
}

void signals_die(int signal_number)
{
	set_handlers(&signal_number, 1, SIG_DFL);
	raise(signal_number);
}
