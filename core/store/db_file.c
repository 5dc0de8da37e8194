/* See db_part.h and db.h: the file itself. Its folder is the user's alone, which is
 * checked first; then nobody can put another file in its place. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "store/db_part.h"
#include "store/lock.h"

enum { BROKEN_MOST = 3, SAME_SECOND_MOST = 100 };

struct place {
	char *dir;
	const char *name; /* in the path it was made of */
};

static struct place place_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (struct place){
		.dir = slash ? xstrndup(path, slash > path ? (size_t)(slash - path) : 1)
			     : xstrdup("."),
		.name = slash ? slash + 1 : path};
}

/* Of all links on the way to the folder, so that SQLite may refuse any behind it. */
static char *resolve(const struct place *place, struct err *err)
{
	char *dir = realpath(place->dir, NULL), *path = NULL;
	size_t n;

	if (!dir) {
		err_errno(err, ERR_IO, errno, "cannot find the folder %s", place->dir);
		return NULL;
	}
	n = strlen(dir) + strlen(place->name) + 2;
	path = xmalloc(n);
	snprintf(path, n, "%s/%s", dir, place->name);
	free(dir);
	return path;
}

static bool check(int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at %s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "%s is no plain file", path);
	if (st.st_uid != geteuid())
		return err_set(err, ERR_IO, "%s belongs to another user", path);
	/* Its companions take its mode. */
	if (st.st_mode & (S_IRWXG | S_IRWXO) && fchmod(fd, 0600) != 0)
		return err_errno(err, ERR_IO, errno, "%s is open to others", path);
	return true;
}

static int open_in(const struct folder *folder, const char *name, int flags)
{
	return openat(folder->fd, name,
		      flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
}

char *db_file(const char *path, bool is_writer, struct err *err)
{
	struct place place = place_of(path);
	struct folder folder;
	char *found = NULL;
	int fd;

	if (!folder_open(&folder, place.dir, err)) {
		free(place.dir);
		return NULL;
	}
	fd = open_in(&folder, place.name, is_writer ? O_RDWR | O_CREAT : O_RDONLY);
	if (fd < 0)
		err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
			  "cannot open %s", path);
	else if (check(fd, path, err))
		found = resolve(&place, err);
	if (fd >= 0)
		close(fd);
	folder_close(&folder);
	free(place.dir);
	return found;
}

/* When it was written last, which is up to when it goes: "X.broken-20260311-102030". */
static bool aside_name(const char *path, struct strbuf *to, struct err *err)
{
	struct stat st;
	struct utc utc;

	if (stat(path, &st) != 0)
		return err_errno(err, ERR_IO, errno, "cannot look at %s", path);
	utc = utc_from_ms((int64_t)st.st_mtime * 1000);
	for (int i = 1; i < SAME_SECOND_MOST; i++) {
		strbuf_reset(to);
		strbuf_printf(to, "%s" DB_BROKEN "%04d%02d%02d-%02d%02d%02d", path,
			      utc.year, utc.month, utc.day, utc.hour, utc.minute,
			      utc.second);
		if (i > 1)
			strbuf_printf(to, "-%02d", i);
		if (!to->overflow && access(to->p, F_OK) != 0)
			return true;
	}
	return err_set(err, ERR_IO, "%s cannot be put aside: too many are already", path);
}

static void move(const char *from, const char *to, const char *suffix, bool keeps)
{
	struct strbuf a, b;

	strbuf_init(&a, 4200);
	strbuf_init(&b, 4200);
	strbuf_printf(&a, "%s%s", from, suffix);
	strbuf_printf(&b, "%s%s", to, suffix);
	if (!keeps || rename(a.p, b.p) != 0)
		unlink(a.p);
	strbuf_fini(&a);
	strbuf_fini(&b);
}

/* Names are dates, so that the list is in order. */
static void keep_few(const char *path)
{
	struct place place = place_of(path);
	struct file_list list;
	struct strbuf head, full;
	struct err ignored;
	size_t n = 0;

	strbuf_init(&head, 4200);
	strbuf_init(&full, 4200);
	strbuf_printf(&head, "%s" DB_BROKEN, place.name);
	if (file_list(place.dir, "", &list, &ignored)) {
		for (size_t i = list.n; i-- > 0;) {
			struct str name = str_from(list.names[i]);

			if (!str_starts(name, strbuf_str(&head)) ||
			    str_ends(name, STR("-wal")) || ++n <= BROKEN_MOST)
				continue;
			strbuf_reset(&full);
			strbuf_printf(&full, "%s/%s", place.dir, list.names[i]);
			unlink(full.p);
			move(full.p, "", "-wal", false);
		}
		file_list_fini(&list);
	}
	strbuf_fini(&head);
	strbuf_fini(&full);
	free(place.dir);
}

/* The newest rows may be in the companion: it goes along. */
static bool put_aside(const char *path, struct strbuf *to, struct err *err)
{
	if (!aside_name(path, to, err))
		return false;
	if (rename(path, to->p) != 0)
		return err_errno(err, ERR_IO, errno, "cannot put %s aside", path);
	move(path, to->p, "-wal", true);
	move(path, to->p, "-shm", false);
	keep_few(path);
	return true;
}

bool db_put_aside(const char *path, const struct err *why, struct err *aside,
		  struct err *err)
{
	int lock = lock_take(path);
	struct strbuf to;
	bool ok;

	if (lock < 0)
		return err_set(err, ERR_CONFLICT,
			       "%s; the azdeck that writes it begins a new one",
			       why->text);
	strbuf_init(&to, 4200);
	ok = put_aside(path, &to, err);
	if (ok)
		err_set(aside, ERR_PARSE,
			"%s; a new history begins, and the old one is %s: `sqlite3 FILE "
			".recover` reads what is left of it",
			why->text, to.p);
	strbuf_fini(&to);
	lock_drop(lock);
	return ok;
}
