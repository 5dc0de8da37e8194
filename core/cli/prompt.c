/* See prompt.h. The terminal's own editing is off while it is read: what it keeps of
 * a line for that is memory we could not wipe, and ^C reaches us as a byte. */
#include "cli/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "base/fd.h"
#include "base/str.h"

enum { CTRL_C = 3, CTRL_D = 4, CTRL_H = 8, CTRL_U = 21, ERASE = 127 };

struct tty {
	int fd;
	int signals; /* readable when one waits that would end us */
	struct termios before;
	sigset_t mask;
};

static void say(const struct tty *t, const char *text)
{
	/* Nobody is there to be told that this failed. */
	if (write(t->fd, text, strlen(text)) < 0)
		return;
}

/* They wait until the terminal is as it was. */
static void hold_signals(struct tty *t)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigprocmask(SIG_BLOCK, &set, &t->mask);
	t->signals = signalfd(-1, &set, SFD_CLOEXEC);
}

static bool open_tty(struct tty *t, const char *question, struct err *err)
{
	struct termios quiet;

	t->fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (t->fd < 0 || tcgetattr(t->fd, &t->before) != 0) {
		if (t->fd >= 0)
			close(t->fd);
		return err_set(err, ERR_USAGE,
			       "there is no terminal to ask on; hand it over on standard "
			       "input");
	}
	hold_signals(t);
	quiet = t->before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	quiet.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	/* What was typed before the question stays: a pasted line may have come early. */
	tcsetattr(t->fd, TCSADRAIN, &quiet);
	say(t, question);
	return true;
}

static void close_tty(struct tty *t)
{
	say(t, "\r\n");
	tcsetattr(t->fd, TCSADRAIN, &t->before);
	close(t->fd);
	if (t->signals >= 0)
		close(t->signals);
	sigprocmask(SIG_SETMASK, &t->mask, NULL);
}

/* The next byte; -1 at the end, or when a signal waits. */
static int next_byte(const struct tty *t)
{
	struct pollfd fds[2] = {{.fd = t->fd, .events = POLLIN},
				{.fd = t->signals, .events = POLLIN}};
	unsigned char c;
	ssize_t n;

	do {
		n = poll(fds, 2, -1);
	} while (n < 0 && errno == EINTR);
	if (n < 0 || fds[1].revents)
		return -1;
	do {
		n = read(t->fd, &c, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? c : -1;
}

/* The last character, all of its bytes. */
static void erase(struct secret *line)
{
	while (line->n && ((unsigned char)line->p[line->n - 1] & 0xc0) == 0x80)
		line->p[--line->n] = '\0';
	if (line->n)
		line->p[--line->n] = '\0';
}

static void empty(struct secret *line)
{
	secret_wipe(line->p, line->n);
	line->n = 0;
}

/* `line` has room for `max` bytes. */
static bool read_line(const struct tty *t, struct secret *line, size_t max,
		      struct err *err)
{
	for (;;) {
		int c = next_byte(t);

		if (c == '\r' || c == '\n')
			return true;
		if (c < 0 || c == CTRL_C || (c == CTRL_D && line->n == 0))
			return err_set(err, ERR_CANCELLED,
				       "given up; nothing was changed");
		if (c == CTRL_H || c == ERASE)
			erase(line);
		else if (c == CTRL_U)
			empty(line);
		else if (line->n == max)
			return err_set(err, ERR_TOO_LARGE,
				       "this is longer than %zu bytes; hand it over on "
				       "standard input",
				       max);
		else if (c >= ' ' || c == '\t')
			line->p[line->n++] = (char)c;
	}
}

bool cli_ask(const char *question, size_t max, struct secret *out, struct err *err)
{
	struct secret line = {0};
	struct tty t;
	bool ok;

	if (!open_tty(&t, question, err))
		return false;
	secret_reserve(&line, max);
	line.n = 0;
	ok = read_line(&t, &line, max, err);
	close_tty(&t);
	if (ok)
		secret_set(out, secret_borrow(&line));
	secret_fini(&line);
	return ok;
}

bool cli_read_secret(size_t max, struct secret *out, struct err *err)
{
	struct secret all = {0};
	ssize_t got;
	bool ok;

	/* Room for a line end, and for one byte too many. */
	secret_reserve(&all, max + 3);
	got = fd_fill(STDIN_FILENO, all.p, all.n);
	if (got < 0) {
		err_errno(err, ERR_IO, errno, "cannot read standard input");
		secret_fini(&all);
		return false;
	}
	all.n = (size_t)got;
	secret_trim_line(&all);
	ok = all.n <= max;
	if (ok)
		secret_set(out, secret_borrow(&all));
	else
		err_set(err, ERR_TOO_LARGE, "what is on standard input is over %zu bytes",
			max);
	secret_fini(&all);
	return ok;
}

bool cli_ask_passphrase(bool is_again, struct secret *passphrase, struct err *err,
			void *ctx)
{
	(void)ctx;
	if (cli_ask(is_again ? "Not this one. Passphrase of azdeck's key: "
			     : "Passphrase of azdeck's key: ",
		    PASSPHRASE_MAX, passphrase, err))
		return true;
	if (err->code != ERR_USAGE)
		return false;
	return err_set(
		err, ERR_AUTH,
		"the key is locked with a passphrase and there is no terminal to ask "
		"on; name a file that holds it in AZDECK_PASSPHRASE_FILE");
}

static bool has_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

bool cli_unlock(struct keychain *k, struct err *err)
{
	bool ok;

	if (!secret_setup())
		return err_set(err, ERR_INTERNAL, "libsodium does not start");
	if (!keychain_is_locked(k) || !has_terminal())
		return true;
	secret_forbid_core();
	k->ask = cli_ask_passphrase;
	ok = keychain_open(k, err);
	k->ask = NULL;
	return ok;
}
