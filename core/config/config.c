/* See config.h. Two tables of keys drive the reading, so that an unknown key is
 * found by not being in them. */
#include "config/config.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "config/config_workload.h"
#include "config/env.h"

enum key_type { KEY_TEXT, KEY_BOOL, KEY_PATH, KEY_COUNT };

enum { COUNT_MOST = 100000 };

struct key_row {
	const char *name;
	enum key_type type;
	size_t offset;
	bool is_required;
	const char *const *words; /* the only values; NULL: any */
};

static const char *const clouds[] = {"public", "usgovernment", "china", NULL};

#define AT(type, field) offsetof(struct type, field)

static const struct key_row connection_keys[] = {
	{"name", KEY_TEXT, AT(config_connection, name), true, NULL},
	{"kind", KEY_TEXT, AT(config_connection, kind), true, NULL},
	{"cloud", KEY_TEXT, AT(config_connection, cloud), false, clouds},
	{"base", KEY_TEXT, AT(config_connection, base), false, NULL},
	{"credential", KEY_TEXT, AT(config_connection, credential), true, NULL},
	{"scope", KEY_TEXT, AT(config_connection, scope), false, NULL},
	{"ca", KEY_PATH, AT(config_connection, ca), false, NULL},
	{0},
};
static const struct key_row keyvault_keys[] = {
	{"credential", KEY_TEXT, AT(config_keyvault, credential), true, NULL},
	{"cloud", KEY_TEXT, AT(config_keyvault, cloud), false, clouds},
	{"url", KEY_TEXT, AT(config_keyvault, url), false, NULL},
	{0},
};
static const struct key_row history_keys[] = {
	{"keep", KEY_BOOL, AT(config_history, is_kept), true, NULL},
	{"days", KEY_COUNT, AT(config_history, days), false, NULL},
	{"megabytes", KEY_COUNT, AT(config_history, megabytes), false, NULL},
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
	struct err *err;
};

bool config_fail(const struct config *config, const char *path, const char *what,
		 struct err *err)
{
	struct json_place place = {0};

	json_locate(config->text, path, &place);
	return err_set(err, ERR_CONFIG, "%s: line %d, column %d: %s%s%s", config->source,
		       place.line, place.column, path, path[0] ? ": " : "", what);
}

static bool fail_at(struct reader *r, const char *path, const char *what)
{
	return config_fail(r->config, path, what, r->err);
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
	const char *slash = strrchr(r->config->source, '/');
	struct strbuf whole;
	const char *copy;

	if (path[0] == '/' || !slash)
		return arena_strdup(&r->config->arena, str_from(path));
	strbuf_init(&whole, strlen(r->config->source) + strlen(path));
	strbuf_put(&whole, str_sub(str_from(r->config->source), 0,
				   (size_t)(slash - r->config->source) + 1));
	strbuf_puts(&whole, path);
	copy = arena_strdup(&r->config->arena, strbuf_str(&whole));
	strbuf_fini(&whole);
	return copy;
}

static bool read_count(struct reader *r, const cJSON *item, const char *path, void *field)
{
	int value = item->valueint;

	if (!cJSON_IsNumber(item) || item->valuedouble != (double)value || value < 1 ||
	    value > COUNT_MOST)
		return fail_at(r, path, "must be a whole number from 1 to 100000");
	memcpy(field, &value, sizeof(value));
	return true;
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
	if (row->type == KEY_COUNT)
		return read_count(r, item, path, field);
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
		return fail_at(r, path, "must name a file or folder");
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

/* What is in no table is an error, unless somebody else reads the object too. */
static bool read_object(struct reader *r, const struct key_row *keys, const cJSON *object,
			const char *at, bool is_shared, void *out)
{
	const cJSON *item;
	char path[200];

	if (!cJSON_IsObject(object))
		return fail_at(r, at, "must be an object");
	cJSON_ArrayForEach (item, object) {
		const struct key_row *row = find_key(keys, item->string);

		snprintf(path, sizeof(path), "%s.%s", at, item->string);
		if (!row && !is_shared)
			return fail_at(r, path, "there is no such key");
		if (row && !read_key(r, row, item, path, out))
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

const struct config_credential *config_credential(const struct config *config,
						  struct str name)
{
	for (size_t i = 0; i < config->n_credentials; i++) {
		if (str_eq(name, str_from(config->credentials[i].name)))
			return &config->credentials[i];
	}
	return NULL;
}

/* A word such as "none" or "az". Tokens hold other characters too. */
static bool is_word(struct str s)
{
	enum { LONGEST = 24 };

	for (size_t i = 0; i < s.n; i++) {
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && s.p[i] != '-')
			return false;
	}
	return s.n > 0 && s.n <= LONGEST;
}

/* A secret in the file would be in backups and in every paste of it. */
static bool check_credential(struct reader *r, const char *text, const char *path)
{
	struct str credential = str_from(text);

	return is_word(credential) || config_credential(r->config, credential) ||
	       (str_starts(credential, STR("env:")) && credential.n >= 5) ||
	       fail_at(r, path,
		       "names where the token is, never the token: env:NAME, none, or "
		       "one of \"credentials\"");
}

static bool check_connection(struct reader *r, const struct config_connection *c,
			     size_t i)
{
	char path[80];

	snprintf(path, sizeof(path), "connections[%zu].credential", i);
	if (!check_credential(r, c->credential, path))
		return false;
	snprintf(path, sizeof(path), "connections[%zu]", i);
	for (size_t k = 0; k < i; k++) {
		if (strcmp(r->config->connections[k].name, c->name) == 0)
			return fail_at(r, path, "another connection has this name");
	}
	return true;
}

static bool read_settings(struct reader *r, const cJSON *object, const char *at,
			  struct config_credential *out)
{
	struct arena *arena = &r->config->arena;
	const cJSON *item;
	char path[200];

	out->settings = arena_calloc(arena, (size_t)cJSON_GetArraySize(object) + 1,
				     sizeof(*out->settings));
	cJSON_ArrayForEach (item, object) {
		struct config_setting *setting = &out->settings[out->n_settings];

		snprintf(path, sizeof(path), "%s.%s", at, item->string);
		if (!cJSON_IsString(item))
			return fail_at(r, path, "must be a text");
		if (strcmp(item->string, "method") == 0) {
			out->method = arena_strdup(arena, str_from(item->valuestring));
			continue;
		}
		setting->name = arena_strdup(arena, str_from(item->string));
		setting->value = arena_strdup(arena, str_from(item->valuestring));
		out->n_settings++;
	}
	return out->method ? true : fail_at(r, at, "\"method\" is missing");
}

static bool read_credentials(struct reader *r, const cJSON *object)
{
	struct config *c = r->config;
	const cJSON *item;
	char path[200];

	if (!cJSON_IsObject(object))
		return fail_at(r, "credentials", "must be an object");
	c->credentials = arena_calloc(&c->arena, (size_t)cJSON_GetArraySize(object) + 1,
				      sizeof(*c->credentials));
	cJSON_ArrayForEach (item, object) {
		struct config_credential *out = &c->credentials[c->n_credentials];

		snprintf(path, sizeof(path), "credentials.%s", item->string);
		if (!cJSON_IsObject(item))
			return fail_at(r, path, "must be an object");
		if (config_credential(c, str_from(item->string)))
			return fail_at(r, path, "another credential has this name");
		out->name = arena_strdup(&c->arena, str_from(item->string));
		if (!read_settings(r, item, path, out))
			return false;
		c->n_credentials++;
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
		if (!read_object(r, connection_keys, item, path, true,
				 &c->connections[i]) ||
		    !check_connection(r, &c->connections[i], i))
			return false;
		c->connections[i].object = item;
		if (!c->connections[i].cloud)
			c->connections[i].cloud = "public";
		c->n_connections++;
	}
	return true;
}

static bool read_keyvault(struct reader *r, const cJSON *object)
{
	struct config_keyvault *out = &r->config->keyvault;

	return read_object(r, keyvault_keys, object, "keyvault", false, out) &&
	       check_credential(r, out->credential, "keyvault.credential");
}

static bool read_root(struct reader *r, const cJSON *root)
{
	const cJSON *item, *credentials = json_member(root, "credentials");

	if (!cJSON_IsObject(root))
		return fail_at(r, "", "must be an object");
	/* Connections name them, wherever they stand. */
	if (credentials && !read_credentials(r, credentials))
		return false;
	cJSON_ArrayForEach (item, root) {
		const struct key_row *row = find_key(root_keys, item->string);
		bool ok;

		/* Lists that are read grow with what they count. */
		if (json_member(root, item->string) != item)
			ok = fail_at(r, item->string, "stands there twice");
		else if (strcmp(item->string, "$schema") == 0)
			ok = true; /* for editors */
		else if (strcmp(item->string, "connections") == 0)
			ok = read_connections(r, item);
		else if (strcmp(item->string, "credentials") == 0)
			ok = true; /* read above */
		else if (strcmp(item->string, "workloads") == 0)
			ok = config_read_workloads(r->config, item, r->err);
		else if (strcmp(item->string, "keyvault") == 0)
			ok = read_keyvault(r, item);
		else if (strcmp(item->string, "history") == 0)
			ok = read_object(r, history_keys, item, "history", false,
					 &r->config->history);
		else if (strcmp(item->string, "actions") == 0)
			ok = config_read_actions(r->config, item, r->err);
		else if (strcmp(item->string, "schedules") == 0)
			ok = config_read_schedules(r->config, item, r->err);
		else if (strcmp(item->string, "logs") == 0)
			ok = config_read_logs(r->config, item, r->err);
		else if (strcmp(item->string, "ui") == 0)
			ok = read_object(r, ui_keys, item, "ui", false, r->config);
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
	struct reader r = {.err = err};
	cJSON *root = json_parse_file(text, source, err);

	if (!root)
		return NULL;
	r.config = xcalloc(1, sizeof(*r.config));
	r.config->keyvault.cloud = "public";
	r.config->history = (struct config_history){.days = 30, .megabytes = 256};
	r.config->schedules = config_schedules_default;
	r.config->actions = config_actions_default;
	r.config->has_mouse = true;
	r.config->keeps_answers = true;
	r.config->root = root;
	r.config->text = arena_str(&r.config->arena, text);
	r.config->source = arena_strdup(&r.config->arena, str_from(source));
	if (read_root(&r, root))
		return r.config;
	config_free(r.config);
	return NULL;
}

struct config *config_demo(void)
{
	const struct embedded_file *file = embed_find(embedded_config, "demo");
	struct err err;
	struct config *config = config_parse(str_from(file->text), "demo.json", &err);

	assert(config);
	return config;
}

void config_put_path(struct strbuf *out, const char *given)
{
	if (given)
		strbuf_puts(out, given);
	else
		env_config_path(out, "config.json");
}

void config_put_boards_dir(struct strbuf *out, const struct config *config)
{
	if (config && config->boards_dir)
		strbuf_puts(out, config->boards_dir);
	else
		env_config_path(out, "boards");
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
	cJSON_Delete(config->root);
	arena_fini(&config->arena);
	free(config);
}
