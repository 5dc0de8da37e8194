/* See config.h. */
#include "config/config.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "config/config_reader.h"
#include "config/env.h"

static const char *const clouds[] = {"public", "usgovernment", "china", NULL};

#define TEXT(type, member)                                                               \
	.name = #member, .read = config_read_text, CONFIG_AT(type, member)

static const struct config_key connection_keys[] = {
	{TEXT(config_connection, name), .is_required = true},
	{TEXT(config_connection, kind), .is_required = true},
	{TEXT(config_connection, cloud), .words = clouds},
	{TEXT(config_connection, base)},
	{TEXT(config_connection, credential), .is_required = true},
	{TEXT(config_connection, scope)},
	{.name = "ca", .read = config_read_path, CONFIG_AT(config_connection, ca)},
	{0},
};
static const struct config_key keyvault_keys[] = {
	{TEXT(config_keyvault, credential), .is_required = true},
	{TEXT(config_keyvault, cloud), .words = clouds},
	{TEXT(config_keyvault, url)},
	{0},
};
static const struct config_key history_keys[] = {
	{.name = "keep",
	 .read = config_read_bool,
	 CONFIG_AT(config_history, is_kept),
	 .is_required = true},
	{.name = "days", .read = config_read_count, CONFIG_AT(config_history, days)},
	{.name = "megabytes",
	 .read = config_read_count,
	 CONFIG_AT(config_history, megabytes)},
	{0},
};
static const struct config_key ui_keys[] = {
	{TEXT(config, theme)},
	{TEXT(config, keymap)},
	{.name = "mouse", .read = config_read_bool, CONFIG_AT(config, has_mouse)},
	{.name = "ascii", .read = config_read_bool, CONFIG_AT(config, is_ascii)},
	{0},
};

bool config_fail(const struct config *config, const char *path, const char *what,
		 struct err *err)
{
	struct json_place place = json_locate(config->text, path);

	return err_set(err, ERR_CONFIG, "%s: line %d, column %d: %s%s%s", config->source,
		       place.line, place.column, path, path[0] ? ": " : "", what);
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
bool config_check_credential(struct config_reader *r, const char *text)
{
	struct str credential = str_from(text);

	return is_word(credential) || config_credential(r->config, credential) ||
	       (str_starts(credential, STR("env:")) && credential.n >= 5) ||
	       config_mistake_at(
		       r, "credential",
		       "names where the token is, never the token: env:NAME, none, or "
		       "one of \"credentials\"");
}

static bool is_new_connection(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->n_connections; i++) {
		if (strcmp(config->connections[i].name, name) == 0)
			return false;
	}
	return true;
}

static bool read_settings(struct config_reader *r, const cJSON *object,
			  struct config_credential *out)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return config_mistake(r, "must be an object");
	out->settings = config_room(r, object, sizeof(*out->settings));
	cJSON_ArrayForEach (item, object) {
		struct config_setting *setting = &out->settings[out->n_settings];

		if (!cJSON_IsString(item))
			return config_mistake_at(r, item->string, "must be a text");
		if (strcmp(item->string, "method") == 0) {
			out->method = config_copy(r, item->valuestring);
			continue;
		}
		setting->name = config_copy(r, item->string);
		setting->value = config_copy(r, item->valuestring);
		out->n_settings++;
	}
	return out->method ? true : config_mistake(r, "\"method\" is missing");
}

static bool read_credentials(struct config_reader *r, const cJSON *object)
{
	struct config *c = r->config;
	size_t mark = config_enter(r, "credentials");
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return config_mistake(r, "must be an object");
	c->credentials = config_room(r, object, sizeof(*c->credentials));
	cJSON_ArrayForEach (item, object) {
		struct config_credential *out = &c->credentials[c->n_credentials];
		size_t inner = config_enter(r, item->string);

		if (config_credential(c, str_from(item->string)))
			return config_mistake(r, "another credential has this name");
		out->name = config_copy(r, item->string);
		if (!read_settings(r, item, out))
			return false;
		c->n_credentials++;
		config_leave(r, inner);
	}
	config_leave(r, mark);
	return true;
}

static bool read_connections(struct config_reader *r, const struct config_key *key,
			     const cJSON *list, void *out)
{
	struct config *c = out;
	const cJSON *item;

	(void)key;
	if (!cJSON_IsArray(list))
		return config_mistake(r, "must be a list");
	c->connections = config_room(r, list, sizeof(*c->connections));
	cJSON_ArrayForEach (item, list) {
		struct config_connection *one = &c->connections[c->n_connections];
		size_t mark = config_enter_item(r, c->n_connections);

		if (!config_read_keys(r, connection_keys, item, NULL, one) ||
		    !config_check_credential(r, one->credential))
			return false;
		if (!is_new_connection(c, one->name))
			return config_mistake(r, "another connection has this name");
		one->object = item;
		if (!one->cloud)
			one->cloud = "public";
		c->n_connections++;
		config_leave(r, mark);
	}
	return true;
}

static bool read_keyvault(struct config_reader *r, const struct config_key *key,
			  const cJSON *object, void *out)
{
	struct config_keyvault *keyvault = &((struct config *)out)->keyvault;

	(void)key;
	return config_read_keys(r, keyvault_keys, object, CONFIG_NO_SUCH_KEY, keyvault) &&
	       config_check_credential(r, keyvault->credential);
}

static bool read_history(struct config_reader *r, const struct config_key *key,
			 const cJSON *object, void *out)
{
	(void)key;
	return config_read_keys(r, history_keys, object, CONFIG_NO_SUCH_KEY,
				&((struct config *)out)->history);
}

static bool read_ui(struct config_reader *r, const struct config_key *key,
		    const cJSON *object, void *out)
{
	(void)key;
	return config_read_keys(r, ui_keys, object, CONFIG_NO_SUCH_KEY, out);
}

static const struct config_key root_keys[] = {
	{.name = "$schema"}, /* for editors */
	{.name = "actions", .read = config_read_actions},
	{.name = "ai", .read = config_read_ai},
	{.name = "boards_dir", .read = config_read_path, CONFIG_AT(config, boards_dir)},
	{.name = "connections", .read = read_connections},
	{.name = "credentials"}, /* before all others */
	{.name = "history", .read = read_history},
	{.name = "keep_answers",
	 .read = config_read_bool,
	 CONFIG_AT(config, keeps_answers)},
	{.name = "keyvault", .read = read_keyvault},
	{.name = "logs", .read = config_read_logs},
	{.name = "runbooks", .read = config_read_runbooks},
	{.name = "schedules", .read = config_read_schedules},
	{.name = "ui", .read = read_ui},
	{.name = "workloads", .read = config_read_workloads},
	{0},
};

/* Connections name credentials, wherever they stand. */
static bool read_root(struct config_reader *r, const cJSON *root)
{
	const cJSON *credentials = json_member(root, "credentials");

	return (!credentials || read_credentials(r, credentials)) &&
	       config_read_keys(r, root_keys, root, CONFIG_NO_SUCH_KEY, r->config);
}

struct config *config_parse(struct str text, const char *source, struct err *err)
{
	struct config_reader r = {.err = err};
	cJSON *root = json_parse_file(text, source, err);

	if (!root)
		return NULL;
	r.config = xcalloc(1, sizeof(*r.config));
	r.config->keyvault.cloud = "public";
	r.config->history = (struct config_history){.days = 30, .megabytes = 256};
	r.config->schedules = config_schedules_default;
	r.config->actions = config_actions_default;
	r.config->ai = config_ai_default;
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

void config_put_runbooks_dir(struct strbuf *out)
{
	env_config_path(out, "runbooks");
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
