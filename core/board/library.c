/* All definitions: the built-in files, then the user's directory, which adds and
 * replaces by name. A broken file is reported and the rest load; a broken
 * replacement leaves the built-in one. Thread: made by main, then any. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/def.h"

enum { MAX_FILE_BYTES = 256 * 1024 };

struct library {
	VEC(struct board_def *) defs; /* by category, then name */
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
	const struct board_def *x = *(struct board_def *const *)a;
	const struct board_def *y = *(struct board_def *const *)b;
	int by_category = strcmp(x->category, y->category);

	return by_category ? by_category : strcmp(x->name, y->name);
}

static void put(struct library *lib, struct board_def *def)
{
	for (size_t i = 0; i < lib->defs.n; i++) {
		if (strcmp(lib->defs.p[i]->name, def->name) == 0) {
			board_def_free(lib->defs.p[i]);
			lib->defs.p[i] = def;
			return;
		}
	}
	vec_push(&lib->defs, def);
}

static void add(struct library *lib, struct str text, const char *name,
		const char *source)
{
	struct err err = {0};
	struct board_def *def = board_def_parse(text, name, source, &err);

	if (def)
		put(lib, def);
	else
		tell(lib, &err);
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
		add(lib, strbuf_str(&text), name.p, path.p);
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
	char source[96] = "boards/";

	lib->problem = problem;
	lib->ctx = ctx;
	for (const struct embedded_file *f = embedded_boards; f->name; f++) {
		snprintf(source, sizeof(source), "boards/%s.json", f->name);
		add(lib, str_from(f->text), f->name, source);
	}
	if (user_dir)
		add_dir(lib, user_dir);
	if (lib->defs.n)
		qsort(lib->defs.p, lib->defs.n, sizeof(lib->defs.p[0]), compare);
	return lib;
}

void library_free(struct library *lib)
{
	if (!lib)
		return;
	for (size_t i = 0; i < lib->defs.n; i++)
		board_def_free(lib->defs.p[i]);
	vec_fini(&lib->defs);
	free(lib);
}

size_t library_size(const struct library *lib)
{
	return lib->defs.n;
}

const struct board_def *library_at(const struct library *lib, size_t i)
{
	return i < lib->defs.n ? lib->defs.p[i] : NULL;
}

const struct board_def *library_find(const struct library *lib, struct str name)
{
	for (size_t i = 0; i < lib->defs.n; i++)
		if (str_eq(str_from(lib->defs.p[i]->name), name))
			return lib->defs.p[i];
	return NULL;
}
