/* `azdeck logs --follow`: what is added to files, also when a file is rotated (another
 * one takes its name) or cut back to begin anew. The kernel says when files and their
 * folders change where it can; a look now and then finds what it did not say, as on
 * network file systems. Thread: the main thread. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#include "base/err.h"
#include "base/xalloc.h"
#include "cli/logs_run.h"

enum { LOOK_MS = 1000, LOOK_WITHOUT_NEWS_MS = 250 };

struct followed {
	const char *path;
	struct source *source; /* NULL: there is no such file now */
	struct blocks blocks;
	dev_t device;
	ino_t inode;
	bool is_input;
	bool is_done; /* it cannot grow: a pipe that ended, gzip, an error */
};

static bool open_file(struct followed *f, struct err *err)
{
	struct stat st;

	f->is_input = strcmp(f->path, "-") == 0;
	f->source = source_open(f->path, err);
	if (!f->source)
		return false;
	blocks_init(&f->blocks, f->source);
	f->blocks.keeps_rest = true;
	if (fstat(source_fd(f->source), &st) == 0) {
		f->device = st.st_dev;
		f->inode = st.st_ino;
	}
	return true;
}

static void close_file(struct followed *f)
{
	if (f->source)
		blocks_fini(&f->blocks);
	source_free(f->source);
	f->source = NULL;
}

static void take(struct logs *l, struct str block)
{
	if (block.n)
		logs_take_block(l, block);
	if (l->request->mode == LOGS_LINES)
		logs_write_out(l);
}

/* All there is now. */
static void read_on(struct logs *l, struct followed *f)
{
	struct str block;
	struct err err;

	l->name = f->is_input ? "(standard input)" : f->path;
	while (l->has_reader && blocks_next(&f->blocks, &block, &err))
		take(l, block);
	if (err.code != ERR_NONE) {
		logs_fail(l, &err);
		f->is_done = true;
	}
	if (f->is_input || source_is_gzip(f->source))
		f->is_done = true;
	if (f->is_done)
		take(l, blocks_rest(&f->blocks));
}

/* Whether what has the name now is another file, or this one with less in it than was
 * read. Where nothing has the name, a new one will. */
static bool is_replaced(const struct followed *f)
{
	off_t at = lseek(source_fd(f->source), 0, SEEK_CUR);
	struct stat st;

	if (stat(f->path, &st) != 0)
		return false;
	return st.st_dev != f->device || st.st_ino != f->inode ||
	       (at >= 0 && st.st_size < at);
}

static void look_at(struct logs *l, struct followed *f)
{
	struct err err;

	if (f->is_done)
		return;
	if (!f->source && !open_file(f, &err))
		return;
	read_on(l, f);
	if (f->is_done || !l->has_reader || !is_replaced(f))
		return;
	/* What was written to the old one before it was replaced. */
	read_on(l, f);
	take(l, blocks_rest(&f->blocks));
	close_file(f);
	if (open_file(f, &err))
		read_on(l, f);
}

#ifdef __linux__
static int watch(const struct followed *files, size_t n)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	for (size_t i = 0; fd >= 0 && i < n; i++) {
		const char *slash = strrchr(files[i].path, '/');
		char *folder;

		if (files[i].is_input)
			continue;
		/* The folder tells of its files, and of another that takes the name. */
		folder = slash ? xstrndup(files[i].path,
					  (size_t)(slash - files[i].path) + 1)
			       : xstrdup(".");
		if (inotify_add_watch(fd, folder, IN_MODIFY | IN_CREATE | IN_MOVED_TO) <
		    0) {
			close(fd);
			fd = -1;
		}
		free(folder);
	}
	return fd;
}
#else
static int watch(const struct followed *files, size_t n)
{
	(void)files;
	(void)n;
	return -1;
}
#endif

/* Until something may have changed. Whoever reads us and leaves ends the wait. */
static void wait_for_news(struct logs *l, int fd)
{
	struct pollfd fds[2] = {{.fd = STDOUT_FILENO}, {.fd = fd, .events = POLLIN}};
	char news[4096];

	poll(fds, fd < 0 ? 1 : 2, fd < 0 ? LOOK_WITHOUT_NEWS_MS : LOOK_MS);
	if (fds[0].revents & POLLERR)
		l->has_reader = false;
	while (fd >= 0 && read(fd, news, sizeof(news)) > 0)
		;
}

static bool is_any_left(const struct followed *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!files[i].is_done)
			return true;
	}
	return false;
}

void logs_follow(struct logs *l)
{
	size_t n = l->request->n_files;
	struct followed *files = xcalloc(n, sizeof(*files));
	struct err err;
	int fd;

	for (size_t i = 0; i < n; i++) {
		files[i].path = l->request->files[i];
		if (open_file(&files[i], &err))
			continue;
		logs_fail(l, &err);
		files[i].is_done = err.code != ERR_NOT_FOUND;
	}
	fd = watch(files, n);
	for (;;) {
		for (size_t i = 0; i < n; i++)
			look_at(l, &files[i]);
		if (!l->has_reader || !is_any_left(files, n))
			break;
		wait_for_news(l, fd);
	}
	for (size_t i = 0; i < n; i++)
		close_file(&files[i]);
	if (fd >= 0)
		close(fd);
	free(files);
}
