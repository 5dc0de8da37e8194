/* All definitions: the built-in files, read when they are needed, then the user's
 * directory, which adds and replaces by name. A broken file is reported and the rest load; a broken
 * replacement leaves the built-in one. Thread: made by main, then any. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/ref.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/def.h"

enum { MAX_FILE_BYTES = 256 * 1024 };

struct entry {
	struct library_entry shown;
	const char *text; /* of a built-in board, read when needed; NULL: read */
	char source[96];
	struct lazy def;
};

struct library {
	VEC(struct entry *) entries; /* by category, then name */
	library_problem_fn problem;
	void *ctx;
};

static void tell(const struct library *lib, const struct err *err)
{
	if (lib->problem)
		lib->problem(err, lib->ctx);
}

static int compare(const void *a, const void *b)
{
	const struct library_entry *x = &(*(struct entry *const *)a)->shown;
	const struct library_entry *y = &(*(struct entry *const *)b)->shown;
	int by_category = strcmp(x->category, y->category);

	return by_category ? by_category : strcmp(x->name, y->name);
}

static void free_entry(struct entry *e)
{
	board_def_put(lazy_get(&e->def));
	free(e);
}

static void put(struct library *lib, struct entry *e)
{
	for (size_t i = 0; i < lib->entries.n; i++) {
		if (strcmp(lib->entries.p[i]->shown.name, e->shown.name) == 0) {
			free_entry(lib->entries.p[i]);
			lib->entries.p[i] = e;
			return;
		}
	}
	vec_push(&lib->entries, e);
}

static void add_built_in(struct library *lib, const struct embedded_file *f)
{
	struct entry *e = xcalloc(1, sizeof(*e));

	e->text = f->text;
	e->shown = (struct library_entry){.name = f->name,
					  .title = f->title,
					  .category = f->category};
	snprintf(e->source, sizeof(e->source), "boards/%s.json", f->name);
	put(lib, e);
}

static void add_own(struct library *lib, struct str text, const char *name,
		    const char *source)
{
	struct err err = {0};
	struct board_def *def = board_def_parse(text, name, source, &err);
	struct entry *e;

	if (!def) {
		tell(lib, &err);
		return;
	}
	e = xcalloc(1, sizeof(*e));
	e->shown = (struct library_entry){def->name, def->title, def->category};
	lazy_offer(&e->def, def);
	put(lib, e);
}

/* Whichever thread comes first reads it; should two come at once, one of them reads
 * in vain. */
static const struct board_def *def_of(struct entry *e)
{
	struct board_def *def = lazy_get(&e->def), *kept;
	struct err err;

	if (def)
		return def;
	def = board_def_parse(str_from(e->text), e->shown.name, e->source, &err);
	if (!def)
		fatal(err.text); /* a built-in board is broken */
	kept = lazy_offer(&e->def, def);
	if (kept != def)
		board_def_put(def);
	return kept;
}

static void add_file(struct library *lib, const char *dir, const char *file)
{
	struct err err = {0};
	struct strbuf path, text, name;

	strbuf_init(&path, 4096);
	strbuf_init(&text, MAX_FILE_BYTES);
	strbuf_init(&name, 256);
	strbuf_printf(&path, "%s/%s", dir, file);
	strbuf_put(&name, str_sub(str_from(file), 0, strlen(file) - strlen(".json")));
	if (file_read(path.p, &text, &err))
		add_own(lib, strbuf_str(&text), name.p, path.p);
	else
		tell(lib, &err);
	strbuf_fini(&name);
	strbuf_fini(&text);
	strbuf_fini(&path);
}

static void add_dir(struct library *lib, const char *dir)
{
	struct file_list files = {0};
	struct err err = {0};

	if (!file_list(dir, ".json", &files, &err)) {
		tell(lib, &err);
		return;
	}
	for (size_t i = 0; i < files.n; i++)
		add_file(lib, dir, files.names[i]);
	file_list_fini(&files);
}

struct library *library_new(const char *user_dir, library_problem_fn problem, void *ctx)
{
	struct library *lib = xcalloc(1, sizeof(*lib));

	lib->problem = problem;
	lib->ctx = ctx;
	for (const struct embedded_file *f = embedded_boards; f->name; f++)
		add_built_in(lib, f);
	if (user_dir)
		add_dir(lib, user_dir);
	if (lib->entries.n)
		qsort(lib->entries.p, lib->entries.n, sizeof(lib->entries.p[0]), compare);
	return lib;
}

void library_free(struct library *lib)
{
	if (!lib)
		return;
	for (size_t i = 0; i < lib->entries.n; i++)
		free_entry(lib->entries.p[i]);
	vec_fini(&lib->entries);
	free(lib);
}

size_t library_size(const struct library *lib)
{
	return lib->entries.n;
}

const struct library_entry *library_entry_at(const struct library *lib, size_t i)
{
	return i < lib->entries.n ? &lib->entries.p[i]->shown : NULL;
}

const struct board_def *library_at(const struct library *lib, size_t i)
{
	return i < lib->entries.n ? def_of(lib->entries.p[i]) : NULL;
}

const struct board_def *library_find(const struct library *lib, struct str name)
{
	for (size_t i = 0; i < lib->entries.n; i++) {
		if (str_is(name, lib->entries.p[i]->shown.name))
			return def_of(lib->entries.p[i]);
	}
	return NULL;
}
