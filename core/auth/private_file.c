/* See private_file.h. */
#include "auth/private_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

/* The folder's part of a path, without the slash; "." when it has none. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

static const char *name_in(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* In a folder that others can write to they could exchange the file, unless only
 * its owner may remove it (the sticky bit). */
static bool check_folder(int fd, const char *folder, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at the folder %s",
				 folder);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return err_set(err, ERR_CONFIG,
			       "the folder %s belongs to another user; keep secrets in "
			       "one of your own",
			       folder);
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) && !(st.st_mode & S_ISVTX))
		return err_set(err, ERR_CONFIG,
			       "others may change files in %s; run: chmod go-w %s",
			       folder, folder);
	return true;
}

static bool check_file(int fd, const char *path, struct stat *st, struct err *err)
{
	if (fstat(fd, st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at %s", path);
	if (!S_ISREG(st->st_mode))
		return err_set(err, ERR_CONFIG, "%s is not a regular file", path);
	if (st->st_uid != geteuid())
		return err_set(err, ERR_CONFIG,
			       "%s belongs to another user; make a copy of your own",
			       path);
	if (st->st_mode & (S_IRWXG | S_IRWXO))
		return err_set(err, ERR_CONFIG,
			       "%s is open to others (mode %04o); run: chmod 600 %s",
			       path, (unsigned)(st->st_mode & 07777), path);
	return true;
}

/* The file, open and checked; -1 when it is refused. Does not wait for a pipe, and
 * takes no terminal. */
static int open_checked(const char *path, struct stat *st, struct err *err)
{
	char *folder = folder_of(path);
	int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), fd = -1;

	if (dir < 0)
		err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
			  "cannot open %s", path);
	else if (check_folder(dir, folder, err)) {
		fd = openat(dir, name_in(path),
			    O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		if (fd < 0 && errno == ELOOP)
			err_set(err, ERR_CONFIG,
				"%s is a symbolic link; name the file it leads to", path);
		else if (fd < 0)
			err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
				  "cannot open %s", path);
	}
	if (dir >= 0)
		close(dir);
	free(folder);
	if (fd >= 0 && !check_file(fd, path, st, err)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* The size was told before; a file that grows meanwhile is read up to that size, and
 * one that shrinks is an error. */
static bool fill(int fd, struct secret *out, const char *path, struct err *err)
{
	ssize_t n = fd_fill(fd, out->p, out->n);

	if (n < 0)
		return err_errno(err, ERR_IO, errno, "cannot read %s", path);
	if ((size_t)n < out->n)
		return err_set(err, ERR_IO, "%s was cut while it was read", path);
	return true;
}

bool private_file_read(const char *path, size_t max, struct secret *out, struct err *err)
{
	struct stat st;
	int fd = open_checked(path, &st, err);
	bool ok;

	if (fd < 0)
		return false;
	if (st.st_size < 0 || (uintmax_t)st.st_size > max) {
		ok = err_set(err, ERR_TOO_LARGE, "%s is larger than %zu bytes", path,
			     max);
	} else {
		secret_reserve(out, (size_t)st.st_size);
		ok = fill(fd, out, path, err);
	}
	close(fd);
	if (!ok)
		secret_fini(out);
	return ok;
}

bool private_file_make_folder(const char *path, struct err *err)
{
	char *folder = folder_of(path);
	bool ok = folder_make(folder, err);

	free(folder);
	return ok;
}

/* The new name survives a power cut only when the folder is on the disk as well. */
static bool sync_folder(const char *path, struct err *err)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot do it, and then need not. */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

	if (!ok)
		err_errno(err, ERR_IO, errno, "cannot write the folder %s", folder);
	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

bool private_file_write(const char *path, struct str bytes, struct err *err)
{
	return private_file_make_folder(path, err) && file_write(path, bytes, err) &&
	       sync_folder(path, err);
}
