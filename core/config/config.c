/* See config.h. Two tables of keys drive the reading, so that an unknown key is
 * found by not being in them. */
#include "config/config.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/xalloc.h"

enum key_type { KEY_TEXT, KEY_BOOL, KEY_PATH };

struct key_row {
	const char *name;
	enum key_type type;
	size_t offset;
	bool is_required;
	const char *const *words; /* the only values; NULL: any */
};

static const char *const kinds[] = {"arm", "devops", "http", NULL};
static const char *const clouds[] = {"public", "usgovernment", "china", NULL};

#define AT(type, field) offsetof(struct type, field)

static const struct key_row connection_keys[] = {
	{"name", KEY_TEXT, AT(config_connection, name), true, NULL},
	{"kind", KEY_TEXT, AT(config_connection, kind), true, kinds},
	{"cloud", KEY_TEXT, AT(config_connection, cloud), false, clouds},
	{"base", KEY_TEXT, AT(config_connection, base), false, NULL},
	{"organization", KEY_TEXT, AT(config_connection, organization), false, NULL},
	{"credential", KEY_TEXT, AT(config_connection, credential), true, NULL},
	{"scope", KEY_TEXT, AT(config_connection, scope), false, NULL},
	{0},
};
static const struct key_row ui_keys[] = {
	{"theme", KEY_TEXT, AT(config, theme), false, NULL},
	{"keymap", KEY_TEXT, AT(config, keymap), false, NULL},
	{"mouse", KEY_BOOL, AT(config, has_mouse), false, NULL},
	{"ascii", KEY_BOOL, AT(config, is_ascii), false, NULL},
	{0},
};

static const struct key_row root_keys[] = {
	{"boards_dir", KEY_PATH, AT(config, boards_dir), false, NULL},
	{"keep_answers", KEY_BOOL, AT(config, keeps_answers), false, NULL},
	{0},
};

struct reader {
	struct config *config;
	struct str text;
	const char *source;
	struct err *err;
};

static bool fail_at(struct reader *r, const char *path, const char *what)
{
	struct json_place place = {0};
	struct strbuf clean; /* keys are the file's */

	strbuf_init(&clean, 400);
	sanitize_line(&clean, str_from(path));
	json_locate(r->text, path, &place);
	err_set(r->err, ERR_CONFIG, "%s: line %d, column %d: %s%s%s", r->source,
		place.line, place.column, clean.n ? clean.p : "", clean.n ? ": " : "",
		what);
	strbuf_fini(&clean);
	return false;
}

static bool is_allowed(const struct key_row *row, const char *value)
{
	if (!row->words)
		return true;
	for (const char *const *w = row->words; *w; w++) {
		if (strcmp(*w, value) == 0)
			return true;
	}
	return false;
}

/* Names in a file start from the file's own folder. */
static const char *resolve(struct reader *r, const char *path)
{
	const char *slash = strrchr(r->source, '/');
	struct strbuf whole;
	const char *copy;

	if (path[0] == '/' || !slash)
		return arena_strdup(&r->config->arena, str_from(path));
	strbuf_init(&whole, strlen(r->source) + strlen(path));
	strbuf_put(&whole,
		   str_sub(str_from(r->source), 0, (size_t)(slash - r->source) + 1));
	strbuf_puts(&whole, path);
	copy = arena_strdup(&r->config->arena, strbuf_str(&whole));
	strbuf_fini(&whole);
	return copy;
}

static bool read_key(struct reader *r, const struct key_row *row, const cJSON *item,
		     const char *path, void *out)
{
	char *field = (char *)out + row->offset;
	const char *copy;

	if (row->type == KEY_BOOL) {
		bool value = cJSON_IsTrue(item);

		if (!cJSON_IsBool(item))
			return fail_at(r, path, "must be true or false");
		memcpy(field, &value, sizeof(value));
		return true;
	}
	if (!cJSON_IsString(item))
		return fail_at(r, path, "must be a text");
	if (!is_allowed(row, item->valuestring)) {
		char what[160] = "must be one of:";

		for (const char *const *w = row->words; *w; w++) {
			size_t n = strlen(what);

			snprintf(what + n, sizeof(what) - n, " %s", *w);
		}
		return fail_at(r, path, what);
	}
	if (row->type == KEY_PATH && !item->valuestring[0])
		return fail_at(r, path, "must name a folder");
	copy = row->type == KEY_PATH
		       ? resolve(r, item->valuestring)
		       : arena_strdup(&r->config->arena, str_from(item->valuestring));
	memcpy(field, &copy, sizeof(copy));
	return true;
}

/* NULL when there is none. */
static const struct key_row *find_key(const struct key_row *keys, const char *name)
{
	while (keys->name && strcmp(keys->name, name) != 0)
		keys++;
	return keys->name ? keys : NULL;
}

static bool read_object(struct reader *r, const struct key_row *keys, const cJSON *object,
			const char *at, void *out)
{
	const cJSON *item;
	char path[200];

	if (!cJSON_IsObject(object))
		return fail_at(r, at, "must be an object");
	cJSON_ArrayForEach (item, object) {
		const struct key_row *row = find_key(keys, item->string);

		snprintf(path, sizeof(path), "%s.%s", at, item->string);
		if (!row)
			return fail_at(r, path, "there is no such key");
		if (!read_key(r, row, item, path, out))
			return false;
	}
	for (const struct key_row *row = keys; row->name; row++) {
		if (row->is_required && !json_member(object, row->name)) {
			char what[80];

			snprintf(what, sizeof(what), "\"%s\" is missing", row->name);
			return fail_at(r, at, what);
		}
	}
	return true;
}

/* A secret in the file would be in backups and in every paste of it. */
static bool check_connection(struct reader *r, const struct config_connection *c,
			     size_t i)
{
	struct str credential = str_from(c->credential);
	char path[80];

	snprintf(path, sizeof(path), "connections[%zu].credential", i);
	if (!str_eq(credential, STR("none")) &&
	    (!str_starts(credential, STR("env:")) || credential.n < 5))
		return fail_at(
			r, path,
			"names where the token is, never the token: env:NAME, or none");
	snprintf(path, sizeof(path), "connections[%zu]", i);
	if (strcmp(c->kind, "devops") == 0 && !c->base && !c->organization)
		return fail_at(r, path, "a devops connection needs its organization");
	if (strcmp(c->kind, "http") == 0 && !c->base)
		return fail_at(r, path, "an http connection needs its base URL");
	for (size_t k = 0; k < i; k++) {
		if (strcmp(r->config->connections[k].name, c->name) == 0)
			return fail_at(r, path, "another connection has this name");
	}
	return true;
}

static bool read_connections(struct reader *r, const cJSON *list)
{
	struct config *c = r->config;
	const cJSON *item;
	char path[80];

	if (!cJSON_IsArray(list))
		return fail_at(r, "connections", "must be a list");
	c->connections = arena_calloc(&c->arena, (size_t)cJSON_GetArraySize(list),
				      sizeof(*c->connections));
	cJSON_ArrayForEach (item, list) {
		size_t i = c->n_connections;

		snprintf(path, sizeof(path), "connections[%zu]", i);
		if (!read_object(r, connection_keys, item, path, &c->connections[i]) ||
		    !check_connection(r, &c->connections[i], i))
			return false;
		if (!c->connections[i].cloud)
			c->connections[i].cloud = "public";
		c->n_connections++;
	}
	return true;
}

static bool read_root(struct reader *r, const cJSON *root)
{
	const cJSON *item;

	if (!cJSON_IsObject(root))
		return fail_at(r, "", "must be an object");
	cJSON_ArrayForEach (item, root) {
		const struct key_row *row = find_key(root_keys, item->string);
		bool ok;

		if (strcmp(item->string, "connections") == 0)
			ok = read_connections(r, item);
		else if (strcmp(item->string, "ui") == 0)
			ok = read_object(r, ui_keys, item, "ui", r->config);
		else if (row)
			ok = read_key(r, row, item, row->name, r->config);
		else
			ok = fail_at(r, item->string, "there is no such key");
		if (!ok)
			return false;
	}
	return true;
}

struct config *config_parse(struct str text, const char *source, struct err *err)
{
	struct reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse(text, &json_file, NULL, err);
	bool ok;

	if (!root) {
		err->code = ERR_CONFIG;
		err_wrap(err, "%s", source);
		return NULL;
	}
	r.config = xcalloc(1, sizeof(*r.config));
	r.config->has_mouse = true;
	r.config->keeps_answers = true;
	ok = read_root(&r, root);
	cJSON_Delete(root);
	if (ok)
		return r.config;
	config_free(r.config);
	return NULL;
}

struct config *config_load(const char *path, struct err *err)
{
	struct config *config = NULL;
	struct strbuf text;

	strbuf_init(&text, json_file.max_bytes);
	if (file_read(path, &text, err))
		config = config_parse(strbuf_str(&text), path, err);
	strbuf_fini(&text);
	return config;
}

void config_free(struct config *config)
{
	if (!config)
		return;
	arena_fini(&config->arena);
	free(config);
}
