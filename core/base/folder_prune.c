/* Keeps a private folder within its limits; see folder.h. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/vec.h"

/* Whatever is in the folder, no more is looked at. */
enum { MOST_NAMES = 20000 };

struct entry {
	char *name;
	int64_t written_ms;
	uint64_t bytes;
};

struct listing {
	VEC(struct entry) entries;
	uint64_t bytes;
};

static void add(struct listing *l, int dir, const char *name)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return;
	vec_push(&l->entries, (struct entry){.name = xstrdup(name),
					     .written_ms = (int64_t)st.st_mtime * 1000,
					     .bytes = (uint64_t)st.st_size});
	l->bytes += (uint64_t)st.st_size;
}

static void list(struct listing *l, const struct folder *f, const char *suffix)
{
	/* The stream closes its descriptor and moves its place. */
	int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!dir && fd >= 0)
		close(fd);
	if (!dir)
		return;
	while (l->entries.n < MOST_NAMES && (entry = readdir(dir))) {
		if (str_ends(str_from(entry->d_name), str_from(suffix)))
			add(l, f->fd, entry->d_name);
	}
	closedir(dir);
}

static int oldest_first(const void *a, const void *b)
{
	int64_t left = ((const struct entry *)a)->written_ms;
	int64_t right = ((const struct entry *)b)->written_ms;

	return (left > right) - (left < right);
}

size_t folder_prune(const struct folder *f, const char *suffix,
		    const struct folder_limits *limits, int64_t now_ms)
{
	struct listing l = {0};
	struct entry *e;
	size_t gone = 0;

	list(&l, f, suffix);
	if (l.entries.n)
		qsort(l.entries.p, l.entries.n, sizeof(*l.entries.p), oldest_first);
	vec_each (e, &l.entries) {
		bool is_old = now_ms - e->written_ms > limits->max_age_ms;

		if (!is_old && l.entries.n - gone <= limits->max_files &&
		    l.bytes <= limits->max_bytes)
			break;
		folder_remove(f, e->name);
		l.bytes -= e->bytes;
		gone++;
	}
	vec_each (e, &l.entries)
		free(e->name);
	vec_fini(&l.entries);
	return gone;
}
