/* Keys to commands, by context, with several keys per command and chords
 * ("g g"). Read from JSON files; built in ones are the same files. Immutable
 * once loaded. Thread: ui. */
#ifndef AZ_TUI_KEYMAP_H
#define AZ_TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "tui/command.h"
#include "tui/event.h"

struct keymap;

/* Errors and conflicts name file, line and key. */
struct keymap *keymap_parse(struct str text, const char *name, const char *source,
			    struct err *err) MUST_CHECK;
/* A built-in name, or one in the user's keymaps directory (which goes first), or the
 * path of a file. */
struct keymap *keymap_load(const char *name, const char *user_dir,
			   struct err *err) MUST_CHECK;
void keymap_free(struct keymap *keymap);
const char *keymap_name(const struct keymap *keymap);

enum keymap_match {
	KEYMAP_NONE,
	KEYMAP_PREFIX, /* the keys begin a chord */
	KEYMAP_FOUND,
};
/* What the keys typed so far mean in a context (and GLOBAL behind it). A binding
 * may carry an argument ("board sql"); it is empty otherwise. */
enum keymap_match keymap_find(const struct keymap *keymap, enum context context,
			      const struct key *keys, size_t n_keys,
			      const struct command **command, struct str *arg);
/* All keys of a command in a context, whatever argument they give it, as people
 * write them: "q, ctrl-c". Empty when there are none. */
void keymap_keys_of(const struct keymap *keymap, enum context context,
		    const struct command *command, struct strbuf *out);

/* Its bindings, in the file's order. */
struct keymap_row {
	enum context context;
	struct str keys; /* as written: "g g" */
	const struct command *command;
	struct str arg; /* of the command, mostly empty */
};
size_t keymap_count(const struct keymap *keymap);
struct keymap_row keymap_at(const struct keymap *keymap, size_t i);

/* "ctrl-r", "g", "f5", "alt-enter", "page-down", "space" */
bool key_parse(struct str text, struct key *out);
void key_format(struct strbuf *out, struct key key);

#endif
