/* See folder.h. Everything is checked on the open descriptor, so that nothing can be
 * put in its place between the look and the use. */
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xalloc.h"

bool folder_make(const char *path, struct err *err)
{
	char *part = xstrdup(path);
	bool ok = true;

	for (size_t i = 1; ok && part[i - 1]; i++) {
		char was = part[i];

		if (was && was != '/')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			ok = err_errno(err, ERR_IO, errno, "cannot make the folder %s",
				       part);
		part[i] = was;
	}
	free(part);
	return ok;
}

static bool check_folder(int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at %s", path);
	if (st.st_uid != geteuid())
		return err_set(err, ERR_IO, "the folder %s belongs to another user",
			       path);
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return err_set(err, ERR_IO,
			       "the folder %s is open to others; run: chmod 700 %s", path,
			       path);
	return true;
}

static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool folder_open(struct folder *f, const char *path, struct err *err)
{
	f->fd = -1;
	if (!path[0])
		return err_set(err, ERR_IO, "there is no folder to keep things in");
	if (!folder_make(path, err))
		return false;
	f->fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (f->fd < 0 && is_link(path))
		return err_set(err, ERR_IO,
			       "the folder %s is a link; things are kept in none", path);
	if (f->fd < 0)
		return err_errno(err, ERR_IO, errno, "cannot open the folder %s", path);
	if (check_folder(f->fd, path, err))
		return true;
	folder_close(f);
	return false;
}

void folder_close(struct folder *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

static bool check_file(int fd, const char *name, size_t max, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at %s", name);
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    st.st_mode & (S_IRWXG | S_IRWXO))
		return err_set(err, ERR_IO, "%s is not a file of the user's own", name);
	if (st.st_size < 0 || (uintmax_t)st.st_size > max)
		return err_set(err, ERR_TOO_LARGE, "%s is larger than %zu bytes", name,
			       max);
	return true;
}

bool folder_read(const struct folder *f, const char *name, struct strbuf *out,
		 struct err *err)
{
	/* Does not wait for a pipe, and takes no terminal. */
	int fd = openat(f->fd, name,
			O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool ok;

	if (fd < 0)
		return err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
				 "cannot open %s", name);
	ok = check_file(fd, name, out->max - out->n, err) && fd_read(fd, name, out, err);
	close(fd);
	return ok;
}

/* Two processes may write the same name; each has a file of its own until then. */
static int make_other(const struct folder *f, const char *name, struct strbuf *other)
{
	int fd = -1;

	for (int i = 0; fd < 0 && i < 100; i++) {
		strbuf_reset(other);
		strbuf_printf(other, "%s.%ld-%d.new", name, (long)getpid(), i);
		if (other->overflow)
			return -1;
		fd = openat(f->fd, other->p,
			    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	return fd;
}

bool folder_write(const struct folder *f, const char *name, struct str bytes,
		  struct err *err)
{
	struct strbuf other;
	bool ok;
	int fd;

	strbuf_init(&other, 255);
	fd = make_other(f, name, &other);
	if (fd < 0) {
		err_errno(err, ERR_IO, errno, "cannot create %s", name);
		strbuf_fini(&other);
		return false;
	}
	ok = fd_write(fd, bytes);
	ok = close(fd) == 0 && ok;
	ok = ok && renameat(f->fd, other.p, f->fd, name) == 0;
	if (!ok) {
		err_errno(err, ERR_IO, errno, "cannot write %s", name);
		unlinkat(f->fd, other.p, 0);
	}
	strbuf_fini(&other);
	return ok;
}

void folder_remove(const struct folder *f, const char *name)
{
	unlinkat(f->fd, name, 0);
}
