/* See data_file.h. */
#include "tui/data_file.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"

enum { NAME_MAX_BYTES = 64 };

static bool is_plain_name(const char *name)
{
	return name[0] && strlen(name) < NAME_MAX_BYTES && name[0] != '.' &&
	       sanitize_is_clean(str_from(name));
}

static bool read_built_in(const struct data_kind *kind, const char *name,
			  struct strbuf *text, struct strbuf *source, struct err *err)
{
	const struct embedded_file *file = embed_find(kind->built_in, name);

	if (!file)
		return err_set(err, ERR_NOT_FOUND,
			       "there is no %s \"%s\"; `%s` lists them", kind->noun, name,
			       kind->list);
	strbuf_reset(text);
	strbuf_reset(source);
	strbuf_puts(text, file->text);
	strbuf_puts(source, file->name);
	return true;
}

/* Whatever is wrong with a file of the user's is a matter of configuration. */
static bool read_own(const char *path, struct strbuf *text, struct err *err)
{
	if (file_read(path, text, err))
		return true;
	if (err->code != ERR_NOT_FOUND)
		err->code = ERR_CONFIG;
	return false;
}

bool data_file_read(const struct data_kind *kind, const char *name, const char *user_dir,
		    struct strbuf *text, struct strbuf *source, struct err *err)
{
	strbuf_init(text, json_file.max_bytes);
	strbuf_init(source, 4096);
	if (strchr(name, '/')) {
		strbuf_puts(source, name);
		return read_own(name, text, err);
	}
	if (!is_plain_name(name))
		return err_set(err, ERR_USAGE, "that is no name of a %s; `%s` lists them",
			       kind->noun, kind->list);
	if (user_dir && user_dir[0]) {
		strbuf_printf(source, "%s/%s.json", user_dir, name);
		if (read_own(source->p, text, err))
			return true;
		/* One that is there but cannot be read is not hidden by ours. */
		if (err->code != ERR_NOT_FOUND)
			return false;
	}
	return read_built_in(kind, name, text, source, err);
}
