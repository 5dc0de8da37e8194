/* What the headless commands say: standard output, written whole or told why not,
 * and errors. A reader that has left is no error: it has what it wanted.
 * Thread: the main thread. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/err.h"
#include "base/sanitize.h"
#include "cli/cli.h"

int cli_fail(const struct err *err)
{
	struct strbuf line;

	/* A name given on the command line may be in it. */
	strbuf_init(&line, 4 * sizeof(err->text));
	sanitize_line(&line, str_from(err->text));
	fprintf(stderr, "azdeck: %s\n", line.p);
	strbuf_fini(&line);
	return err_exit_code(err->code);
}

static void tell(int error, int *code)
{
	struct err err;

	if (error == EPIPE)
		return;
	err_errno(&err, ERR_IO, error, "cannot write the output");
	*code = cli_fail(&err);
}

/* A pipe that does not block, because another of its users wanted it so, is waited
 * for. */
bool cli_write(const struct strbuf *out, int *code)
{
	struct str rest = strbuf_str(out);
	struct err err;

	if (out->overflow) {
		err_set(&err, ERR_TOO_LARGE,
			"the output is over %zu MiB; ask for less with --query",
			out->max >> 20);
		*code = cli_fail(&err);
		return false;
	}
	while (rest.n) {
		ssize_t n = write(STDOUT_FILENO, rest.p, rest.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT}, 1,
			     -1);
			continue;
		}
		if (n < 0) {
			tell(errno, code);
			return false;
		}
		rest = str_sub(rest, (size_t)n, rest.n);
	}
	return true;
}

int cli_flush(int code)
{
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout))
		tell(errno ? errno : EIO, &code);
	return code;
}
