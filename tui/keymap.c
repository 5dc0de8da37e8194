/* See keymap.h. A binding is a sequence of keys in a context; look-up walks the
 * few dozen of them, which is nothing beside drawing. */
#include "tui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "tui/data_file.h"

enum { CHORD_MAX = 4 };

struct binding {
	enum context context;
	struct key keys[CHORD_MAX];
	size_t n_keys;
	const struct command *command;
	struct str arg;
	struct str text;     /* as written, for messages */
	int n_group, n_item; /* where it stands in the file */
};

struct keymap {
	char *name;
	struct arena arena;
	VEC(struct binding) bindings;
};

/* What a reader of the file carries along. */
struct reader {
	struct keymap *keymap;
	struct str text;
	const char *source;
	struct err *err;
	/* Where it stands: the object's member, and that one's; -1: not so deep. */
	const cJSON *group, *item;
	int n_group, n_item;
};

/* By number: a key such as "." or "\"" cannot be part of a path. Reads the file from
 * its beginning: for messages only. */
static struct json_place place_of(const struct reader *r, int n_group, int n_item)
{
	char path[80] = "bindings";

	if (n_group >= 0 && n_item >= 0)
		snprintf(path, sizeof(path), "bindings[%d][%d]", n_group, n_item);
	else if (n_group >= 0)
		snprintf(path, sizeof(path), "bindings[%d]", n_group);
	return json_locate(r->text, path);
}

static bool fail(struct reader *r, const char *what)
{
	struct json_place place = place_of(r, r->n_group, r->n_item);
	struct strbuf path;

	strbuf_init(&path, 160);
	strbuf_puts(&path, "bindings");
	if (r->n_group >= 0)
		strbuf_printf(&path, ".%.60s", r->group->string);
	if (r->n_item >= 0)
		strbuf_printf(&path, ".%.60s", r->item->string);
	err_set(r->err, ERR_CONFIG, "%s: line %d, column %d: %s: %s", r->source,
		place.line, place.column, path.p, what);
	strbuf_fini(&path);
	return false;
}

static bool same_key(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods;
}

/* Keys that both begin with: all of the shorter one means a conflict. */
static bool conflicts(const struct binding *a, const struct binding *b)
{
	size_t n = a->n_keys < b->n_keys ? a->n_keys : b->n_keys;

	if (a->context != b->context)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!same_key(a->keys[i], b->keys[i]))
			return false;
	}
	return true;
}

/* Bound for everywhere, a command may wait for the screen that knows it. */
static bool is_useful(const struct binding *b)
{
	return b->context == CONTEXT_GLOBAL ||
	       b->command->contexts & (1u << b->context | 1u << CONTEXT_GLOBAL);
}

static bool parse_keys(struct binding *b, struct str text)
{
	struct str part;

	while (str_next(&text, ' ', &part)) {
		if (b->n_keys == CHORD_MAX || !key_parse(part, &b->keys[b->n_keys]))
			return false;
		b->n_keys++;
	}
	return b->n_keys > 0;
}

static bool read_command(struct reader *r, struct binding *b)
{
	struct str value = str_from(cJSON_GetStringValue(r->item)), name;
	struct strbuf what;

	if (!str_next(&value, ' ', &name))
		return fail(r, "the value must be a command's name");
	b->command = command_find(name);
	b->arg = sanitize_to_arena(&r->keymap->arena, str_trim(value));
	if (b->command && (b->command->arg || b->arg.n == 0))
		return true;
	strbuf_init(&what, 160);
	if (b->command) {
		strbuf_printf(&what, "\"%s\" takes no argument", b->command->name);
	} else {
		strbuf_puts(&what, "there is no command \"");
		strbuf_put(&what, str_sub(name, 0, 80));
		strbuf_puts(&what, "\"; `azdeck keys` lists them");
	}
	fail(r, what.p);
	strbuf_fini(&what);
	return false;
}

static bool has_conflict(struct reader *r, const struct binding *b)
{
	const struct binding *other;
	struct strbuf what;

	vec_each (other, &r->keymap->bindings) {
		if (!conflicts(b, other))
			continue;
		strbuf_init(&what, 200);
		strbuf_puts(&what, "conflicts with \"");
		strbuf_put(&what, str_sub(other->text, 0, 100));
		strbuf_printf(&what, "\" (%s) in line %d", other->command->name,
			      place_of(r, other->n_group, other->n_item).line);
		fail(r, what.p);
		strbuf_fini(&what);
		return true;
	}
	return false;
}

static bool read_binding(struct reader *r, enum context context)
{
	struct binding b = {.context = context,
			    .n_group = r->n_group,
			    .n_item = r->n_item};

	b.text = arena_str(&r->keymap->arena, str_from(r->item->string));
	if (!parse_keys(&b, b.text))
		return fail(r, "this is no key (write \"ctrl-r\", \"g g\", \"f5\" ...)");
	if (!read_command(r, &b))
		return false;
	if (!is_useful(&b))
		return fail(r, "this command does nothing here");
	if (has_conflict(r, &b))
		return false;
	vec_push(&r->keymap->bindings, b);
	return true;
}

static bool read_group(struct reader *r)
{
	enum context context;

	if (!context_find(str_from(r->group->string), &context))
		return fail(r, "there is no such context");
	if (!cJSON_IsObject(r->group))
		return fail(r, "must be an object of keys");
	cJSON_ArrayForEach (r->item, r->group) {
		r->n_item++;
		if (!read_binding(r, context))
			return false;
	}
	r->n_item = -1;
	return true;
}

static bool read_bindings(struct reader *r, const cJSON *root)
{
	const cJSON *all = json_member(root, "bindings");

	if (!cJSON_IsObject(all))
		return fail(r, "an object of contexts is needed");
	cJSON_ArrayForEach (r->group, all) {
		r->n_group++;
		if (!read_group(r))
			return false;
	}
	return true;
}

struct keymap *keymap_parse(struct str text, const char *name, const char *source,
			    struct err *err)
{
	struct keymap *keymap;
	struct reader r = {
		.text = text, .source = source, .err = err, .n_group = -1, .n_item = -1};
	cJSON *root = json_parse_file(text, source, err);
	bool ok;

	if (!root)
		return NULL;
	keymap = xcalloc(1, sizeof(*keymap));
	keymap->name = xstrdup(name);
	arena_init(&keymap->arena);
	r.keymap = keymap;
	ok = read_bindings(&r, root);
	cJSON_Delete(root);
	if (ok)
		return keymap;
	keymap_free(keymap);
	return NULL;
}

struct keymap *keymap_load(const char *name, const char *user_dir, struct err *err)
{
	static const struct data_kind kind = {"keymap", "azdeck keys --list",
					      embedded_keymaps};
	struct keymap *keymap = NULL;
	struct strbuf text, source;

	if (data_file_read(&kind, name, user_dir, &text, &source, err))
		keymap = keymap_parse(strbuf_str(&text), name, source.p, err);
	strbuf_fini(&text);
	strbuf_fini(&source);
	return keymap;
}

void keymap_free(struct keymap *keymap)
{
	if (!keymap)
		return;
	vec_fini(&keymap->bindings);
	arena_fini(&keymap->arena);
	free(keymap->name);
	free(keymap);
}

const char *keymap_name(const struct keymap *keymap)
{
	return keymap->name;
}

static enum keymap_match match(const struct binding *b, const struct key *keys, size_t n)
{
	if (n > b->n_keys)
		return KEYMAP_NONE;
	for (size_t i = 0; i < n; i++) {
		if (!same_key(b->keys[i], keys[i]))
			return KEYMAP_NONE;
	}
	return n == b->n_keys ? KEYMAP_FOUND : KEYMAP_PREFIX;
}

enum keymap_match keymap_find(const struct keymap *keymap, enum context context,
			      const struct key *keys, size_t n_keys,
			      const struct command **command, struct str *arg)
{
	const enum context order[] = {context, CONTEXT_GLOBAL};
	enum keymap_match best = KEYMAP_NONE;

	/* The context itself decides before what holds everywhere. */
	for (int i = 0; i < 2 && best == KEYMAP_NONE; i++) {
		const struct binding *b;

		vec_each (b, &keymap->bindings) {
			enum keymap_match m = KEYMAP_NONE;

			if (b->context == order[i])
				m = match(b, keys, n_keys);
			if (m == KEYMAP_FOUND) {
				*command = b->command;
				*arg = b->arg;
				return m;
			}
			if (m == KEYMAP_PREFIX)
				best = m;
		}
	}
	return best;
}

/* A key that the context has given to something else is not the command's. */
static bool is_reached(const struct keymap *keymap, enum context context,
		       const struct binding *b)
{
	const struct command *found;
	struct str arg;

	return keymap_find(keymap, context, b->keys, b->n_keys, &found, &arg) ==
		       KEYMAP_FOUND &&
	       found == b->command && str_eq(arg, b->arg);
}

void keymap_keys_of(const struct keymap *keymap, enum context context,
		    const struct command *command, struct strbuf *out)
{
	size_t start = out->n;
	const struct binding *b;

	vec_each (b, &keymap->bindings) {
		if (b->command != command ||
		    (b->context != context && b->context != CONTEXT_GLOBAL) ||
		    !is_reached(keymap, context, b))
			continue;
		if (out->n > start)
			strbuf_puts(out, ", ");
		strbuf_put(out, b->text);
	}
}

size_t keymap_count(const struct keymap *keymap)
{
	return keymap->bindings.n;
}

struct keymap_row keymap_at(const struct keymap *keymap, size_t i)
{
	const struct binding *b = &keymap->bindings.p[i];

	return (struct keymap_row){
		.context = b->context,
		.keys = b->text,
		.command = b->command,
		.arg = b->arg,
	};
}
