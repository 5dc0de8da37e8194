/* See signals.h. The pipe is static because a handler gets no context. */
#include "tui/signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

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

int signals_open(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	if (!wake_fd_init(&box))
		return -1;
	for (size_t i = 0; i < sizeof(watched) / sizeof(*watched); i++)
		sigaction(watched[i], &action, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	return box.read_fd;
}

void signals_close(void)
{
	struct sigaction plain = {.sa_handler = SIG_DFL};

	for (size_t i = 0; i < sizeof(watched) / sizeof(*watched); i++)
		sigaction(watched[i], &plain, NULL);
	wake_fd_fini(&box);
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

void signals_die(int signal_number)
{
	struct sigaction plain = {.sa_handler = SIG_DFL};

	sigaction(signal_number, &plain, NULL);
	raise(signal_number);
}
