/* See file.h. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vec.h"
#include "base/xalloc.h"

bool file_read(const char *path, struct strbuf *out, struct err *err)
{
	bool ok;
	int fd;

	if (strcmp(path, "-") == 0)
		return fd_read(STDIN_FILENO, "standard input", out, err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
				 "cannot open %s", path);
	ok = fd_read(fd, path, out, err);
	close(fd);
	return ok;
}

/* A whole file beside the path; its name is the caller's. */
static bool write_beside(const char *path, struct str text, struct strbuf *other,
			 struct err *err)
{
	bool ok;
	int fd;

	strbuf_init(other, 4096);
	strbuf_printf(other, "%s.XXXXXX", path);
	fd = other->overflow ? -1 : mkstemp(other->p);
	if (fd < 0)
		return err_errno(err, ERR_IO, errno, "cannot create %s", path);
	ok = fd_write(fd, text) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (ok)
		return true;
	err_errno(err, ERR_IO, errno, "cannot write %s", path);
	unlink(other->p);
	return false;
}

bool file_write(const char *path, struct str text, struct err *err)
{
	struct strbuf other;
	bool ok = write_beside(path, text, &other, err);

	if (ok && rename(other.p, path) != 0) {
		ok = err_errno(err, ERR_IO, errno, "cannot write %s", path);
		unlink(other.p);
	}
	strbuf_fini(&other);
	return ok;
}

static void sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* Where it cannot be done, it need not. */
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* A link fails where the name is taken; a rename would not. Where there are no links,
 * the file may be seen half written. */
static bool give_name(const char *other, const char *path, struct str text)
{
	bool ok;
	int fd;

	if (link(other, path) == 0)
		return true;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	ok = fd_write(fd, text) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok)
		unlink(path);
	return ok;
}

bool file_create(const char *path, struct str text, struct err *err)
{
	struct strbuf other;
	bool ok = write_beside(path, text, &other, err);

	if (ok) {
		ok = give_name(other.p, path, text);
		if (!ok && errno == EEXIST)
			err_set(err, ERR_CONFLICT,
				"%s is there already; it is left as it is", path);
		else if (!ok)
			err_errno(err, ERR_IO, errno, "cannot write %s", path);
		unlink(other.p);
		sync_folder_of(path);
	}
	strbuf_fini(&other);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static uint64_t stamp_of(const char *path, uint64_t before)
{
	struct stat st;
	struct strbuf text;
	uint64_t stamp;

	if (stat(path, &st) < 0)
		return before;
	strbuf_init(&text, 8192);
	strbuf_printf(&text, "%llx %s %llx %llx %llx %llx", (unsigned long long)before,
		      path, (unsigned long long)st.st_ino, (unsigned long long)st.st_size,
		      (unsigned long long)st.st_mtim.tv_sec,
		      (unsigned long long)st.st_mtim.tv_nsec);
	stamp = str_hash(strbuf_str(&text));
	strbuf_fini(&text);
	return stamp;
}

uint64_t file_stamp(const char *path, const char *suffix)
{
	struct file_list files = {0};
	struct strbuf file;
	uint64_t stamp = 0;
	struct err ignored;

	if (!suffix)
		return stamp_of(path, 0);
	strbuf_init(&file, 8192);
	if (file_list(path, suffix, &files, &ignored)) {
		for (size_t i = 0; i < files.n; i++) {
			strbuf_reset(&file);
			strbuf_printf(&file, "%s/%s", path, files.names[i]);
			stamp = stamp_of(file.p, stamp);
		}
		file_list_fini(&files);
	}
	strbuf_fini(&file);
	return stamp;
}

bool file_list(const char *dir, const char *suffix, struct file_list *out,
	       struct err *err)
{
	VEC(char *) names = {0};
	struct dirent *entry;
	DIR *d = opendir(dir);

	*out = (struct file_list){0};
	if (!d && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (!d)
		return err_errno(err, ERR_IO, errno, "cannot read the folder %s", dir);
	while ((entry = readdir(d))) {
		if (entry->d_name[0] != '.' &&
		    str_ends(str_from(entry->d_name), str_from(suffix)))
			vec_push(&names, xstrdup(entry->d_name));
	}
	closedir(d);
	if (names.n)
		qsort(names.p, names.n, sizeof(*names.p), by_name);
	out->names = names.p;
	out->n = names.n;
	return true;
}

void file_list_fini(struct file_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct file_list){0};
}
