/* See log_spool.h. A pipe is read when the loop says that it can be, so that nothing on
 * the pool waits for what may never come. */
#include "worker/log/log_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xalloc.h"
#include "stream/source.h"

enum { READ_BYTES = 64 << 10, STEP_BYTES = 4 << 20 };

struct log_spool {
	struct loop *loop;
	loop_fn fn;
	void *ctx;
	struct source *source;
	int kept;  /* descriptor of the text */
	int waits; /* descriptor of a pipe, to be told when it has more; -1: none */
	uv_poll_t *handle;
	bool is_busy, is_done, is_closing;
	int64_t told_dropped;
	struct err told_err;
	/* the pool's while it is busy */
	int64_t n, dropped;
	struct err err;
	bool has_ended;
};

bool log_spool_can_read(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode));
}

static int unnamed_file(void)
{
#ifdef __linux__
	return memfd_create("log", MFD_CLOEXEC);
#else
	errno = ENOSYS;
	return -1;
#endif
}

static bool has_more_now(const struct log_spool *s)
{
	return s->waits < 0 ||
	       poll(&(struct pollfd){.fd = s->waits, .events = POLLIN}, 1, 0) > 0;
}

static bool keep(struct log_spool *s, const char *p, size_t n)
{
	if (s->n + (int64_t)n > LOG_SPOOL_MOST) {
		s->dropped += (int64_t)n;
		return true;
	}
	if (!fd_write(s->kept, (struct str){.p = p, .n = n}))
		return err_errno(&s->err, ERR_IO, errno, "cannot keep the text");
	s->n += (int64_t)n;
	return true;
}

static void read_on(void *ctx)
{
	struct log_spool *s = ctx;
	char *buf = xmalloc(READ_BYTES);
	int64_t left = STEP_BYTES;

	while (left > 0 && !s->has_ended && has_more_now(s)) {
		ssize_t got = source_read(s->source, buf, READ_BYTES, &s->err);

		if (got > 0 && keep(s, buf, (size_t)got))
			left -= got;
		else
			s->has_ended = true;
	}
	free(buf);
}

static void closed(uv_handle_t *handle)
{
	free(handle);
}

static void release(struct log_spool *s)
{
	source_free(s->source);
	if (s->kept >= 0)
		close(s->kept);
	free(s);
}

static void go_on(struct log_spool *s);

static void was_read(void *ctx)
{
	struct log_spool *s = ctx;

	s->is_busy = false;
	if (s->is_closing) {
		release(s);
		return;
	}
	s->is_done = s->has_ended;
	s->told_dropped = s->dropped;
	s->told_err = s->err;
	if (!s->is_done)
		go_on(s);
	s->fn(s->ctx);
}

static void work(struct log_spool *s)
{
	s->is_busy = true;
	loop_work(s->loop, read_on, was_read, s);
}

static void can_be_read(uv_poll_t *handle, int status, int events)
{
	struct log_spool *s = handle->data;

	(void)status;
	(void)events;
	uv_poll_stop(handle);
	if (!s->is_busy)
		work(s);
}

static void go_on(struct log_spool *s)
{
	if (!s->handle ||
	    uv_poll_start(s->handle, UV_READABLE | UV_DISCONNECT, can_be_read) != 0)
		work(s);
}

/* What is not a file may keep its reader waiting. */
static void watch(struct log_spool *s)
{
	struct stat st;

	if (fstat(s->waits, &st) == 0 && S_ISREG(st.st_mode)) {
		s->waits = -1;
		return;
	}
	s->handle = xcalloc(1, sizeof(*s->handle));
	if (uv_poll_init(loop_uv(s->loop), s->handle, s->waits) == 0) {
		s->handle->data = s;
		return;
	}
	free(s->handle);
	s->handle = NULL;
}

struct log_spool *log_spool_new(struct loop *loop, const char *path, int fd, loop_fn fn,
				void *ctx)
{
	struct log_spool *s = xcalloc(1, sizeof(*s));

	*s = (struct log_spool){.loop = loop, .fn = fn, .ctx = ctx, .waits = -1};
	s->kept = unnamed_file();
	if (path)
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (s->kept < 0 || fd < 0) {
		err_errno(&s->told_err, ERR_IO, errno, "cannot read %.200s",
			  path ? path : "standard input");
		if (fd >= 0)
			close(fd);
		s->is_done = true;
		return s;
	}
	s->source = source_new(fd, path ? path : "standard input");
	s->waits = fd;
	watch(s);
	go_on(s);
	return s;
}

void log_spool_free(struct log_spool *s)
{
	if (!s)
		return;
	s->is_closing = true;
	if (s->handle)
		uv_close((uv_handle_t *)s->handle, closed);
	s->handle = NULL;
	if (!s->is_busy)
		release(s);
}

int log_spool_fd(const struct log_spool *s)
{
	return s->source ? s->kept : -1;
}

bool log_spool_is_done(const struct log_spool *s)
{
	return s->is_done;
}

int64_t log_spool_dropped(const struct log_spool *s)
{
	return s->told_dropped;
}

const struct err *log_spool_error(const struct log_spool *s)
{
	return &s->told_err;
}
