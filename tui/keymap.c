/* See keymap.h. A binding is a sequence of keys in a context; look-up walks the
 * few dozen of them, which is nothing beside drawing. */
#include "tui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { CHORD_MAX = 4, NAME_MAX_BYTES = 64 };

struct binding {
	enum context context;
	struct key keys[CHORD_MAX];
	size_t n_keys;
	const struct command *command;
	struct str arg;
	struct str text; /* as written, for messages */
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
};

static bool fail_at(struct reader *r, const char *context, const char *key,
		    const char *what)
{
	struct json_place place = {0};
	char path[256];

	snprintf(path, sizeof(path), "bindings%s%s%s%s", context ? "." : "",
		 context ? context : "", key ? "." : "", key ? key : "");
	json_locate(r->text, path, &place);
	return err_set(r->err, ERR_CONFIG, "%s: line %d: %s: %s", r->source, place.line,
		       path, what);
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

static bool read_binding(struct reader *r, enum context context, const cJSON *item)
{
	struct binding b = {.context = context};
	const char *name = context_name(context);
	struct str value = str_from(item->valuestring), command;
	struct binding *other;
	char what[200];

	b.text = arena_str(&r->keymap->arena, str_from(item->string));
	if (!parse_keys(&b, b.text))
		return fail_at(r, name, item->string,
			       "this is no key (write \"ctrl-r\", \"g g\", \"f5\" ...)");
	if (!cJSON_IsString(item))
		return fail_at(r, name, item->string,
			       "the value must be a command's name");
	str_next(&value, ' ', &command);
	b.command = command_find(command);
	b.arg = arena_str(&r->keymap->arena, value);
	if (!b.command) {
		snprintf(what, sizeof(what),
			 "there is no command \"%.*s\"; `azdeck keys` lists them",
			 STR_ARG(command));
		return fail_at(r, name, item->string, what);
	}
	vec_each (other, &r->keymap->bindings) {
		if (!conflicts(&b, other))
			continue;
		snprintf(what, sizeof(what), "conflicts with \"%.*s\" (%s)",
			 STR_ARG(other->text), other->command->name);
		return fail_at(r, name, item->string, what);
	}
	vec_push(&r->keymap->bindings, b);
	return true;
}

static bool read_bindings(struct reader *r, const cJSON *root)
{
	const cJSON *all = json_member(root, "bindings"), *group, *item;
	enum context context;

	if (!cJSON_IsObject(all))
		return fail_at(r, NULL, NULL, "an object of contexts is needed");
	cJSON_ArrayForEach (group, all) {
		if (!context_find(str_from(group->string), &context))
			return fail_at(r, group->string, NULL,
				       "there is no such context");
		if (!cJSON_IsObject(group))
			return fail_at(r, group->string, NULL,
				       "must be an object of keys");
		cJSON_ArrayForEach (item, group) {
			if (!read_binding(r, context, item))
				return false;
		}
	}
	return true;
}

struct keymap *keymap_parse(struct str text, const char *name, const char *source,
			    struct err *err)
{
	struct keymap *keymap;
	struct reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse(text, &json_file, NULL, err);
	bool ok;

	if (!root) {
		err->code = ERR_CONFIG;
		err_wrap(err, "%s", source);
		return NULL;
	}
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

static bool is_plain_name(const char *name)
{
	return name[0] && strlen(name) < NAME_MAX_BYTES && name[0] != '.' &&
	       !strchr(name, '/');
}

struct keymap *keymap_load(const char *name, const char *user_dir, struct err *err)
{
	const struct embedded_file *built_in;
	struct keymap *keymap = NULL;
	struct strbuf path, text;

	if (!is_plain_name(name)) {
		err_set(err, ERR_CONFIG, "\"%s\" is no name of a keymap", name);
		return NULL;
	}
	strbuf_init(&path, 4096);
	strbuf_init(&text, json_file.max_bytes);
	built_in = embed_find(embedded_keymaps, name);
	if (user_dir)
		strbuf_printf(&path, "%s/%s.json", user_dir, name);
	err_clear(err);
	if (user_dir && file_read(path.p, &text, err))
		keymap = keymap_parse(strbuf_str(&text), name, path.p, err);
	else if (err->code != ERR_NONE && err->code != ERR_NOT_FOUND)
		keymap = NULL;
	else if (built_in)
		keymap =
			keymap_parse(str_from(built_in->text), name, built_in->name, err);
	else
		err_set(err, ERR_NOT_FOUND,
			"there is no keymap \"%s\"; `azdeck keys` lists them", name);
	strbuf_fini(&path);
	strbuf_fini(&text);
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

void keymap_keys_of(const struct keymap *keymap, enum context context,
		    const struct command *command, struct strbuf *out)
{
	size_t start = out->n;
	const struct binding *b;

	vec_each (b, &keymap->bindings) {
		if (b->command != command ||
		    (b->context != context && b->context != CONTEXT_GLOBAL))
			continue;
		if (out->n > start)
			strbuf_puts(out, ", ");
		strbuf_put(out, b->text);
	}
}
