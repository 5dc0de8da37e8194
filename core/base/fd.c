/* See fd.h. */
#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

bool fd_read(int fd, const char *name, struct strbuf *out, struct err *err)
{
	char chunk[16384];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, ERR_IO, errno, "cannot read %s", name);
		strbuf_put(out, (struct str){chunk, (size_t)n});
		if (out->overflow)
			return err_set(err, ERR_TOO_LARGE, "%s is larger than %zu bytes",
				       name, out->max);
	}
	return true;
}

ssize_t fd_fill(int fd, char *p, size_t n)
{
	size_t got = 0;

	while (got < n) {
		ssize_t now = read(fd, p + got, n - got);

		if (now < 0 && errno == EINTR)
			continue;
		if (now < 0)
			return -1;
		if (now == 0)
			break;
		got += (size_t)now;
	}
	return (ssize_t)got;
}

bool fd_write(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_sub(bytes, (size_t)n, bytes.n);
	}
	return true;
}
