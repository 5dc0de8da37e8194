/* See source.h. */
#include "stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "stream/gunzip.h"

struct source {
	int fd;
	char *name;
	bool was_looked_at;    /* the first bytes said what it is */
	struct gunzip *gunzip; /* NULL: the bytes are the text */
};

struct source *source_new(int fd, const char *name)
{
	struct source *s = xcalloc(1, sizeof(*s));

	s->fd = fd;
	s->name = xstrdup(name);
	return s;
}

static bool cannot(const char *path, int error, struct err *err)
{
	return err_errno(err, error == ENOENT ? ERR_NOT_FOUND : ERR_IO, error,
			 "cannot read %.200s", path);
}

struct source *source_open(const char *path, struct err *err)
{
	struct stat st;
	int fd;

	if (strcmp(path, "-") == 0) {
		fd = dup(STDIN_FILENO);
		path = "standard input";
	} else {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	}
	if (fd < 0) {
		cannot(path, errno, err);
		return NULL;
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		cannot(path, EISDIR, err);
		close(fd);
		return NULL;
	}
	return source_new(fd, path);
}

void source_free(struct source *s)
{
	if (!s)
		return;
	close(s->fd);
	gunzip_free(s->gunzip);
	free(s->name);
	free(s);
}

bool source_is_gzip(const struct source *s)
{
	return s->gunzip != NULL;
}

int source_fd(const struct source *s)
{
	return s->gunzip ? -1 : s->fd;
}

static ssize_t read_some(struct source *s, char *p, size_t n, struct err *err)
{
	for (;;) {
		ssize_t got = read(s->fd, p, n);

		if (got >= 0)
			return got;
		if (errno == EAGAIN) {
			poll(&(struct pollfd){.fd = s->fd, .events = POLLIN}, 1, -1);
		} else if (errno != EINTR) {
			cannot(s->name, errno, err);
			return -1;
		}
	}
}

static ssize_t inflate_some(struct source *s, char *p, size_t n, struct err *err)
{
	for (;;) {
		size_t room, made;
		ssize_t got;
		char *in;

		if (!gunzip_step(s->gunzip, p, n, &made, err)) {
			err_wrap(err, "%.200s", s->name);
			return -1;
		}
		if (made)
			return (ssize_t)made;
		in = gunzip_room(s->gunzip, &room);
		got = read_some(s, in, room, err);
		if (got > 0) {
			gunzip_fed(s->gunzip, (size_t)got);
			continue;
		}
		if (got < 0 || gunzip_is_done(s->gunzip))
			return got;
		err_set(err, ERR_PARSE,
			"%.200s: the gzip data ends in the middle; what came before was "
			"read",
			s->name);
		return -1;
	}
}

/* As many first bytes as say whether it is gzip. */
static ssize_t look(struct source *s, char *p, size_t n, struct err *err)
{
	size_t have = 0, room;

	if (n > GUNZIP_ROOM_BYTES)
		n = GUNZIP_ROOM_BYTES;
	while (have < GUNZIP_MAGIC_BYTES && gunzip_may_be(p, have)) {
		ssize_t got = read_some(s, p + have, n - have, err);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	if (have == 0)
		return 0;
	s->was_looked_at = true;
	if (have < GUNZIP_MAGIC_BYTES || !gunzip_may_be(p, have))
		return (ssize_t)have;
	s->gunzip = gunzip_new();
	memcpy(gunzip_room(s->gunzip, &room), p, have);
	gunzip_fed(s->gunzip, have);
	return inflate_some(s, p, n, err);
}

ssize_t source_read(struct source *s, char *p, size_t n, struct err *err)
{
	if (!s->was_looked_at)
		return look(s, p, n, err);
	return s->gunzip ? inflate_some(s, p, n, err) : read_some(s, p, n, err);
}
