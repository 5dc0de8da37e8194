/* A theme or keymap by name: the user's folder goes first, then what is built in;
 * a name with a slash is a file. Thread: ui. */
#ifndef AZ_TUI_DATA_FILE_H
#define AZ_TUI_DATA_FILE_H

#include <stdbool.h>

#include "base/embed.h"
#include "base/err.h"
#include "base/strbuf.h"

struct data_kind {
	const char *noun; /* "theme", for messages */
	const char *list; /* what lists them: "azdeck themes" */
	const struct embedded_file *built_in;
};

/* Fills its text and where it is from. Both are ready for use and for strbuf_fini
 * on failure too. `user_dir` may be NULL. */
bool data_file_read(const struct data_kind *kind, const char *name, const char *user_dir,
		    struct strbuf *text, struct strbuf *source,
		    struct err *err) MUST_CHECK;

#endif
