/* The files of a first run. All of them or none; what is there already stays. */
#include "worker/first/first.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "config/config.h"

struct writing {
	struct str folder; /* of the configuration, with its slash */
	VEC(char *) made;  /* paths, to be taken away again */
};

static bool make_folder_of(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	bool ok;

	if (!slash || slash == path)
		return true;
	folder = xstrndup(path, (size_t)(slash - path));
	ok = folder_make(folder, err);
	free(folder);
	return ok;
}

/* One that says the same already is as good as written. */
static bool is_same(const char *path, struct str text)
{
	struct strbuf old;
	struct err ignored;
	bool is_so;

	strbuf_init(&old, text.n + 1);
	is_so = file_read(path, &old, &ignored) && str_eq(strbuf_str(&old), text);
	strbuf_fini(&old);
	return is_so;
}

static bool write_one(struct writing *w, const char *path, struct str text,
		      struct err *err)
{
	if (!make_folder_of(path, err) || !file_create(path, text, err))
		return false;
	vec_push(&w->made, xstrdup(path));
	return true;
}

static bool write_beside(struct writing *w, const struct first_file *file,
			 struct err *err)
{
	struct strbuf path;
	bool ok;

	strbuf_init(&path, 8192);
	strbuf_put(&path, w->folder);
	strbuf_puts(&path, file->name);
	ok = is_same(path.p, file->text) || write_one(w, path.p, file->text, err);
	strbuf_fini(&path);
	return ok;
}

static void finish(struct writing *w, bool is_kept)
{
	char **path;

	vec_each (path, &w->made) {
		if (!is_kept)
			unlink(*path);
		free(*path);
	}
	vec_fini(&w->made);
}

bool first_write(const char *path, const struct first_order *order, struct err *err)
{
	const char *slash = strrchr(path, '/');
	struct writing w = {.folder = {path, slash ? (size_t)(slash - path) + 1 : 0}};
	struct config *config = config_parse(order->text, path, err);
	bool ok = config != NULL;

	config_free(config);
	if (ok && access(path, F_OK) == 0)
		ok = err_set(err, ERR_CONFLICT,
			     "%s is there already; it is left as it is", path);
	for (size_t i = 0; ok && i < order->n_files; i++)
		ok = write_beside(&w, &order->files[i], err);
	/* It names the others, so it comes last. */
	ok = ok && write_one(&w, path, order->text, err);
	finish(&w, ok);
	return ok;
}
