/* See chat_file.h. */
#include "worker/chat/chat_file.h"

#include <stdlib.h>
#include <string.h>

#include "auth/seal.h"
#include "base/file.h"
#include "base/percent.h"
#include "base/sanitize.h"
#include "base/xalloc.h"

#define PURPOSE STR("chats")
#define SUFFIX	".chat"

enum { PATH_BYTES = 4096 };

void chat_files_init(struct chat_files *f, const struct keychain *keychain,
		     const char *dir)
{
	*f = (struct chat_files){.dir = dir ? xstrdup(dir) : NULL};
	if (dir)
		keychain_copy(&f->keychain, keychain);
}

void chat_files_fini(struct chat_files *f)
{
	struct chat_kept *kept;

	vec_each (kept, &f->memory) {
		free(kept->name);
		free(kept->json);
	}
	vec_fini(&f->memory);
	if (f->dir)
		keychain_fini(&f->keychain);
	free(f->dir);
}

static struct chat_kept *in_memory(struct chat_files *f, struct str name)
{
	struct chat_kept *kept;

	vec_each (kept, &f->memory)
		if (str_is(name, kept->name))
			return kept;
	return NULL;
}

/* A name is a person's, and may be any text; a file whose name begins with a dot would not
 * be listed. */
static void put_path(const struct chat_files *f, struct str name, struct strbuf *out)
{
	bool has_dot = str_starts(name, STR("."));

	strbuf_printf(out, "%s/%s", f->dir, has_dot ? "%2E" : "");
	percent_encode(out, has_dot ? str_sub(name, 1, name.n) : name);
	strbuf_puts(out, SUFFIX);
}

static struct str name_of(const char *file, struct strbuf *out)
{
	strbuf_reset(out);
	percent_decode(out, (struct str){file, strlen(file) - strlen(SUFFIX)});
	return strbuf_str(out);
}

bool chat_files_write(struct chat_files *f, struct str name, struct str json,
		      struct err *err)
{
	struct chat_kept *kept;
	struct strbuf path;
	bool ok;

	if (!f->dir) {
		kept = in_memory(f, name);
		if (!kept) {
			vec_push(&f->memory,
				 (struct chat_kept){.name = xstrndup(name.p, name.n)});
			kept = &f->memory.p[f->memory.n - 1];
		}
		free(kept->json);
		kept->json = xstrndup(json.p, json.n);
		return true;
	}
	strbuf_init(&path, PATH_BYTES);
	put_path(f, name, &path);
	ok = keychain_open_or_make(&f->keychain, err) &&
	     seal_file_write(path.p, &f->keychain.key, PURPOSE, json, err);
	strbuf_fini(&path);
	return ok;
}

static bool read_file(struct chat_files *f, const char *path, struct strbuf *json,
		      struct err *err)
{
	struct secret plain = {0};
	bool ok = keychain_open(&f->keychain, err) &&
		  seal_file_read(path, &f->keychain.key, PURPOSE, &plain, err);

	if (ok)
		strbuf_put(json, secret_borrow(&plain));
	secret_fini(&plain);
	return ok;
}

bool chat_files_read(struct chat_files *f, struct str name, struct strbuf *json,
		     struct err *err)
{
	const struct chat_kept *kept;
	struct strbuf path;
	bool ok;

	if (!f->dir) {
		kept = in_memory(f, name);
		if (!kept)
			return err_set(err, ERR_NOT_FOUND,
				       "there is no conversation '%.*s'", STR_ARG(name));
		strbuf_puts(json, kept->json);
		return true;
	}
	strbuf_init(&path, PATH_BYTES);
	put_path(f, name, &path);
	ok = read_file(f, path.p, json, err);
	strbuf_fini(&path);
	return ok;
}

bool chat_files_each(struct chat_files *f, chat_files_fn fn, void *ctx, size_t *n_damaged,
		     struct err *err)
{
	struct file_list files = {0};
	struct strbuf path, json, name;
	const struct chat_kept *kept;
	struct err ignored;

	*n_damaged = 0;
	vec_each (kept, &f->memory)
		fn(str_from(kept->name), str_from(kept->json), ctx);
	/* No folder: nothing was kept yet. */
	if (!f->dir || !file_list(f->dir, SUFFIX, &files, &ignored))
		return true;
	if (!keychain_open(&f->keychain, err)) {
		file_list_fini(&files);
		return false;
	}
	strbuf_init(&path, PATH_BYTES);
	strbuf_init(&json, CHAT_FILE_MOST);
	strbuf_init(&name, PATH_BYTES);
	for (size_t i = 0; i < files.n; i++) {
		strbuf_reset(&path);
		strbuf_reset(&json);
		strbuf_printf(&path, "%s/%s", f->dir, files.names[i]);
		if (read_file(f, path.p, &json, &ignored))
			fn(name_of(files.names[i], &name), strbuf_str(&json), ctx);
		else
			++*n_damaged;
	}
	strbuf_fini(&path);
	strbuf_fini(&json);
	strbuf_fini(&name);
	file_list_fini(&files);
	return true;
}

/* A name may be any text; what is no line is for who wrote it. */
static void put_name(struct strbuf *out, struct str name)
{
	if (name.n && sanitize_is_clean(name) && str_find_char(name, '\n') < 0)
		strbuf_printf(out, "/open %.*s\n", STR_ARG(name));
}

void chat_files_names(struct chat_files *f, struct strbuf *out)
{
	struct file_list files = {0};
	const struct chat_kept *kept;
	struct strbuf name;
	struct err ignored;

	vec_each (kept, &f->memory)
		put_name(out, str_from(kept->name));
	if (!f->dir || !file_list(f->dir, SUFFIX, &files, &ignored))
		return;
	strbuf_init(&name, PATH_BYTES);
	for (size_t i = 0; i < files.n; i++)
		put_name(out, name_of(files.names[i], &name));
	strbuf_fini(&name);
	file_list_fini(&files);
}
