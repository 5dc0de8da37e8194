/* See knowledge.h: which files there are, and reading those that changed. */
#include "knowledge/knowledge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "knowledge/knowledge_part.h"

#define SUFFIX ".md"

enum { PATH_MOST = 4096 };

struct knowledge *knowledge_new(const char *const *dirs, size_t n_dirs, struct err *err)
{
	struct text_index *ix = text_index_new(err);
	struct knowledge *k;

	if (!ix)
		return NULL;
	k = xcalloc(1, sizeof(*k));
	k->dirs = dirs;
	k->n_dirs = n_dirs;
	k->dir_errs = xcalloc(n_dirs + 1, sizeof(*k->dir_errs));
	k->ix = ix;
	vocabulary_init(&k->words.known);
	phrasebook_init(&k->words.phrases, &k->words.known);
	return k;
}

static void free_file(struct known_file *file)
{
	if (file->shown.book)
		runbook_fini(&file->book);
	free(file->slots);
	free(file->path);
	free(file);
}

void knowledge_free(struct knowledge *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->files.n; i++)
		free_file(k->files.p[i]);
	vec_fini(&k->files);
	vec_fini(&k->slots);
	vec_fini(&k->spare);
	phrasebook_fini(&k->words.phrases);
	vocabulary_fini(&k->words.known);
	text_index_free(k->ix);
	vectors_fini(&k->vectors);
	knowledge_forget_nearest(k);
	free(k->model);
	free(k->dir_errs);
	free(k);
}

/* The files of a refresh come in the same order as those of the one before, so `*at` is
 * where to look first. */
static struct known_file *find_or_add(struct knowledge *k, const char *path, size_t *at)
{
	struct known_file *file;
	struct str name;

	for (size_t i = 0; i < k->files.n; i++) {
		size_t j = (*at + i) % k->files.n;

		if (strcmp(k->files.p[j]->path, path) == 0) {
			*at = j + 1;
			return k->files.p[j];
		}
	}
	file = xcalloc(1, sizeof(*file));
	file->path = xstrdup(path);
	name = str_from(strrchr(file->path, '/') + 1);
	file->name = str_sub(name, 0, name.n - strlen(SUFFIX));
	file->shown = (struct knowledge_file){.path = file->path};
	vec_push(&k->files, file);
	return file;
}

static void unload(struct knowledge *k, struct known_file *file)
{
	knowledge_remove_rows(k, file);
	if (file->shown.book)
		runbook_fini(&file->book);
	file->shown.book = NULL;
	err_clear(&file->shown.err);
	file->is_loaded = false;
}

static void see(struct knowledge *k, struct known_file *file, uint64_t stamp)
{
	if (file->is_loaded && file->stamp != stamp)
		unload(k, file);
	file->stamp = stamp;
	file->is_seen = true;
}

static void see_shipped(struct knowledge *k, size_t *at)
{
	for (const struct embedded_file *e = embedded_runbooks; e->name; e++) {
		struct known_file *file;
		char path[128];

		snprintf(path, sizeof(path), "runbooks/%s" SUFFIX, e->name);
		file = find_or_add(k, path, at);
		file->shown.is_shipped = true;
		file->text = e->text;
		see(k, file, 1);
	}
}

/* A pipe among them would be waited for. */
static bool is_plain(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static void see_dir(struct knowledge *k, size_t dir, size_t *at)
{
	struct err *err = &k->dir_errs[dir];
	struct file_list list = {0};
	struct strbuf path;
	struct stat st;

	err_clear(err);
	if (stat(k->dirs[dir], &st) != 0 || !S_ISDIR(st.st_mode))
		err_set(err, ERR_NOT_FOUND, "there is no folder %s", k->dirs[dir]);
	else if (!file_list(k->dirs[dir], SUFFIX, &list, err))
		list.n = 0;
	strbuf_init(&path, PATH_MOST);
	for (size_t i = 0; i < list.n; i++) {
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", k->dirs[dir], list.names[i]);
		if (path.overflow || !is_plain(path.p))
			continue;
		if (k->files.n >= KNOWLEDGE_MOST_FILES) {
			err_set(err, ERR_TOO_LARGE,
				"only %d runbooks are read: %s has more",
				KNOWLEDGE_MOST_FILES, k->dirs[dir]);
			break;
		}
		see(k, find_or_add(k, path.p, at), file_stamp(path.p, NULL));
	}
	strbuf_fini(&path);
	file_list_fini(&list);
}

static void drop_gone(struct knowledge *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->files.n; i++) {
		struct known_file *file = k->files.p[i];

		if (file->is_seen) {
			k->files.p[n++] = file;
			continue;
		}
		unload(k, file);
		free_file(file);
	}
	k->files.n = n;
}

static size_t folder_of(const struct knowledge *k, const struct known_file *file)
{
	size_t n = (size_t)(file->name.p - file->path) - 1;

	for (size_t i = k->n_dirs; i > 0 && !file->text; i--) {
		if (strlen(k->dirs[i - 1]) == n &&
		    memcmp(k->dirs[i - 1], file->path, n) == 0)
			return i;
	}
	return 0;
}

/* Of several of a name, the one of the last folder counts. */
static void hide(struct knowledge *k)
{
	struct map by_name;

	map_init(&by_name);
	for (size_t i = 0; i < k->files.n; i++) {
		struct known_file *file = k->files.p[i];
		struct known_file *other = map_find(&by_name, file->name);

		file->shown.is_hidden = other && folder_of(k, other) > folder_of(k, file);
		if (file->shown.is_hidden)
			continue;
		if (other)
			other->shown.is_hidden = true;
		map_put(&by_name, file->name, file);
	}
	map_fini(&by_name);
}

static bool read_text(const struct known_file *file, struct strbuf *text, struct err *err)
{
	if (!file->text)
		return file_read(file->path, text, err);
	strbuf_puts(text, file->text);
	return true;
}

static void load(struct knowledge *k, struct known_file *file)
{
	struct strbuf text;

	strbuf_init(&text, MARKDOWN_MAX_BYTES);
	err_clear(&file->shown.err);
	if (read_text(file, &text, &file->shown.err) &&
	    runbook_parse(file->name, strbuf_str(&text), &file->book, &file->shown.err)) {
		file->shown.book = &file->book;
		knowledge_add_rows(k, file);
	}
	file->is_loaded = true;
	strbuf_fini(&text);
}

static void mark_superseded(struct knowledge *k)
{
	struct map by_name;

	map_init(&by_name);
	for (size_t i = 0; i < k->files.n; i++) {
		k->files.p[i]->shown.superseded_by = NULL;
		if (k->files.p[i]->shown.book)
			map_put(&by_name, k->files.p[i]->name, k->files.p[i]);
	}
	for (size_t i = 0; i < k->files.n; i++) {
		const struct runbook *book = k->files.p[i]->shown.book;

		for (size_t j = 0; book && j < book->supersedes.n; j++) {
			struct known_file *old =
				map_find(&by_name, book->supersedes.p[j]);

			if (old && old->shown.book != book)
				old->shown.superseded_by = book->name.p;
		}
	}
	map_fini(&by_name);
}

bool knowledge_refresh(struct knowledge *k, size_t *n_read, struct err *err)
{
	size_t at = 0;

	*n_read = 0;
	knowledge_forget_nearest(k);
	text_index_begin(k->ix);
	for (size_t i = 0; i < k->files.n; i++)
		k->files.p[i]->is_seen = false;
	see_shipped(k, &at);
	for (size_t i = 0; i < k->n_dirs; i++)
		see_dir(k, i, &at);
	drop_gone(k);
	hide(k);
	for (size_t i = 0; i < k->files.n; i++) {
		struct known_file *file = k->files.p[i];

		if (file->shown.is_hidden && file->is_loaded)
			unload(k, file);
		if (file->shown.is_hidden || file->is_loaded)
			continue;
		load(k, file);
		++*n_read;
	}
	mark_superseded(k);
	return text_index_end(k->ix, err);
}

size_t knowledge_files(const struct knowledge *k)
{
	return k->files.n;
}

const struct knowledge_file *knowledge_file_at(const struct knowledge *k, size_t i)
{
	return i < k->files.n ? &k->files.p[i]->shown : NULL;
}

const struct err *knowledge_dir_error(const struct knowledge *k, size_t dir)
{
	return dir < k->n_dirs && k->dir_errs[dir].code != ERR_NONE ? &k->dir_errs[dir]
								    : NULL;
}

size_t knowledge_sections(const struct knowledge *k)
{
	return k->sections;
}
