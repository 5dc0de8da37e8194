/* See log_file.h. */
#include "stream/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "stream/gunzip_at.h"

enum { WINDOW_BYTES = 4 * LOG_BLOCK_BYTES, TAIL_BYTES = 64 };

struct log_file {
	int fd;
	struct gunzip_at *packed; /* NULL: its bytes are the text */
	char *path;		  /* NULL: it has no name that another could take */
	dev_t device;
	ino_t inode;
	int64_t size;
	/* The bytes at `begin` and on, as they were when they were read. */
	char *window;
	int64_t begin;
	int64_t n;
	/* What stood before the end at the last look: a file that was cut back and has
	 * grown past it since is told by that. */
	char tail[TAIL_BYTES];
	size_t n_tail;
};

int64_t log_file_read(struct log_file *f, char *p, int64_t n, int64_t at)
{
	int64_t have = 0;

	if (f->packed)
		return gunzip_at_read(f->packed, p, n, at);
	while (have < n) {
		ssize_t got = pread(f->fd, p + have, (size_t)(n - have), at + have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		have += got;
	}
	return have;
}

static void keep_tail(struct log_file *f)
{
	int64_t n = f->size < TAIL_BYTES ? f->size : TAIL_BYTES;

	f->n_tail = (size_t)log_file_read(f, f->tail, n, f->size - n);
}

static struct log_file *make(int fd, const char *name, struct err *err)
{
	struct log_file *f;
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		err_set(err, ERR_IO, "%.200s is no file that can be read at any place",
			name);
		return NULL;
	}
	f = xcalloc(1, sizeof(*f));
	f->fd = fd;
	f->device = st.st_dev;
	f->inode = st.st_ino;
	f->size = st.st_size;
	f->window = xmalloc(WINDOW_BYTES);
	return f;
}

struct log_file *log_file_open(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct log_file *f;

	if (fd < 0) {
		err_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
			  "cannot read %.200s", path);
		return NULL;
	}
	f = log_file_new(fd, path, err);
	if (f)
		f->path = xstrdup(path);
	return f;
}

struct log_file *log_file_new(int fd, const char *name, struct err *err)
{
	struct log_file *f = make(fd, name, err);

	if (f)
		keep_tail(f);
	return f;
}

struct log_file *log_file_new_packed(int fd, const char *name,
				     struct gunzip_points *points, struct err *err)
{
	struct log_file *f = make(fd, name, err);

	if (!f)
		return NULL;
	f->packed = gunzip_at_new(fd, gunzip_points_get(points));
	f->size = gunzip_at_size(f->packed);
	return f;
}

bool log_file_is_packed(const struct log_file *f)
{
	return f->packed != NULL;
}

void log_file_give(struct log_file *f, struct gunzip_points *points)
{
	gunzip_at_give(f->packed, gunzip_points_get(points));
}

void log_file_free(struct log_file *f)
{
	if (!f)
		return;
	gunzip_at_free(f->packed);
	if (f->fd >= 0)
		close(f->fd);
	free(f->window);
	free(f->path);
	free(f);
}

int log_file_take_fd(struct log_file *f)
{
	int fd = f->fd;

	f->fd = -1;
	log_file_free(f);
	return fd;
}

int64_t log_file_size(const struct log_file *f)
{
	return f->size;
}

static bool has_same_tail(struct log_file *f)
{
	char now[TAIL_BYTES];

	return log_file_read(f, now, (int64_t)f->n_tail, f->size - (int64_t)f->n_tail) ==
		       (int64_t)f->n_tail &&
	       memcmp(now, f->tail, f->n_tail) == 0;
}

/* Text that was there stays as it is. */
static enum log_file_change look_packed(struct log_file *f)
{
	int64_t before = f->size;

	f->size = gunzip_at_size(f->packed);
	if (f->size > before)
		f->n = 0;
	return f->size > before ? LOG_FILE_GREW : LOG_FILE_SAME;
}

enum log_file_change log_file_look(struct log_file *f)
{
	struct stat here, named;
	int64_t before = f->size;
	bool was_cut;

	if (f->packed)
		return look_packed(f);
	if (fstat(f->fd, &here) != 0)
		return LOG_FILE_GONE;
	was_cut = here.st_size < before || !has_same_tail(f);
	if (was_cut || here.st_size != before) {
		f->size = here.st_size;
		f->n = 0;
		keep_tail(f);
		return was_cut ? LOG_FILE_CUT : LOG_FILE_GREW;
	}
	if (!f->path)
		return LOG_FILE_SAME;
	if (stat(f->path, &named) != 0)
		return LOG_FILE_GONE;
	if (named.st_dev != f->device || named.st_ino != f->inode)
		return LOG_FILE_REPLACED;
	return LOG_FILE_SAME;
}

/* Brings [from, to) into the window, with as much on both sides as fits. A file that
 * was cut back meanwhile has less. */
struct str log_file_bytes(struct log_file *f, int64_t from, int64_t to)
{
	if (from < 0)
		from = 0;
	if (to > f->size)
		to = f->size;
	if (to - from > WINDOW_BYTES)
		to = from + WINDOW_BYTES;
	if (from >= to)
		return (struct str){.p = "", .n = 0};
	if (from < f->begin || to > f->begin + f->n) {
		f->begin = from - (WINDOW_BYTES - (to - from)) / 2;
		if (f->begin > f->size - WINDOW_BYTES)
			f->begin = f->size - WINDOW_BYTES;
		if (f->begin < 0)
			f->begin = 0;
		f->n = f->size - f->begin;
		if (f->n > WINDOW_BYTES)
			f->n = WINDOW_BYTES;
		f->n = log_file_read(f, f->window, f->n, f->begin);
	}
	if (to > f->begin + f->n)
		to = f->begin + f->n;
	return (struct str){.p = f->window + (from - f->begin),
			    .n = from < to ? (size_t)(to - from) : 0};
}

/* Behind the last newline in [from, to), or -1. */
static int64_t behind_last_newline(struct log_file *f, int64_t from, int64_t to)
{
	struct str s = log_file_bytes(f, from, to);
	const char *at = s.n ? memrchr(s.p, '\n', s.n) : NULL;

	return at ? from + (at - s.p) + 1 : -1;
}

int64_t log_file_begin_of(struct log_file *f, int64_t at)
{
	int64_t block = at / LOG_BLOCK_BYTES * LOG_BLOCK_BYTES;
	int64_t begin = behind_last_newline(f, block, at);

	if (begin >= 0 || block == 0)
		return begin >= 0 ? begin : 0;
	begin = behind_last_newline(f, block - LOG_BLOCK_BYTES, block);
	return begin >= 0 ? begin : block;
}

/* As much of the row as the window has, when its end is among that. */
static bool row_of_window(const struct log_file *f, int64_t at, int64_t cut,
			  struct str *text)
{
	int64_t end = f->begin + f->n < cut ? f->begin + f->n : cut;
	const char *newline;

	if (at < f->begin || at >= end)
		return false;
	*text = (struct str){.p = f->window + (at - f->begin), .n = (size_t)(end - at)};
	newline = memchr(text->p, '\n', text->n);
	return newline || end == cut || end == f->size;
}

bool log_file_row(struct log_file *f, int64_t at, struct log_row *row)
{
	/* A row that begins within a block does so behind a newline of that block, so
	 * its first cut may be at the end of the next one. */
	int64_t up = (at + LOG_BLOCK_BYTES - 1) / LOG_BLOCK_BYTES * LOG_BLOCK_BYTES;
	const char *newline;
	struct str s;

	if (!row_of_window(f, at, up + LOG_BLOCK_BYTES, &s))
		s = log_file_bytes(f, at, up + LOG_BLOCK_BYTES);
	newline = s.n ? memchr(s.p, '\n', s.n) : NULL;
	if (s.n == 0)
		return false;
	row->at = at;
	row->text = newline ? str_sub(s, 0, (size_t)(newline - s.p)) : s;
	row->next = at + (int64_t)row->text.n + (newline != NULL);
	return true;
}

bool log_file_row_before(struct log_file *f, int64_t at, struct log_row *row)
{
	if (at <= 0)
		return false;
	return log_file_row(f, log_file_begin_of(f, at - 1), row);
}
