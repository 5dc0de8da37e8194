/* See schema_part.h: what is asked, and as whom. It is read off the tables of kinds of
 * connection and of ways to sign in, so that it cannot be out of date. Thread: any (no
 * state). */
#include "cli/schema_part.h"

#include <stdio.h>

#include "auth/method.h"
#include "azure/kinds.h"

static void put_constant(cJSON *properties, const char *name, const char *value)
{
	cJSON_AddStringToObject(cJSON_AddObjectToObject(properties, name), "const",
				value);
}

static void put_setting(cJSON *schema, cJSON *properties,
			const struct kind_setting *setting)
{
	char name[40];
	cJSON *types;

	snprintf(name, sizeof(name), "%.*s", STR_ARG(setting->name));
	if (setting->is_list) {
		types = cJSON_AddArrayToObject(schema_put_list(properties, name, NULL),
					       "type");
		cJSON_AddItemToArray(types, cJSON_CreateString("string"));
		cJSON_AddItemToArray(types, cJSON_CreateString("object"));
	} else {
		schema_put(properties, name, "string", NULL);
	}
	if (setting->is_required)
		schema_require(schema, name);
}

static cJSON *connection(enum conn_kind kind)
{
	const struct kind_row *row = kind_row(kind);
	struct str rest = row->settings ? str_from(row->settings) : (struct str){0};
	struct kind_setting setting;
	cJSON *properties, *schema = schema_object(row->title, &properties);

	schema_put(properties, "name", "string",
		   "any text, once; boards and errors show it");
	put_constant(properties, "kind", row->name);
	schema_put(properties, "credential", "string",
		   "a name in \"credentials\", env:NAME, none, or a way to sign in that "
		   "needs "
		   "no "
		   "settings");
	schema_put(properties, "base", "string", "the URL it is at");
	cJSON_AddItemToObject(properties, "cloud", schema_clouds());
	schema_put(properties, "scope", "string",
		   "of the token, where the kind's does not fit");
	schema_put(properties, "ca", "string",
		   "file of who may vouch for it, nobody else");
	schema_require(schema, "name");
	schema_require(schema, "kind");
	schema_require(schema, "credential");
	while (kind_setting_next(&rest, &setting))
		put_setting(schema, properties, &setting);
	if (!row->base && kind != CONN_TLS && kind != CONN_K8S)
		schema_require(schema, "base");
	return schema;
}

/* What it is, and where it comes from when the file does not say it. */
static void put_about(struct strbuf *out, const struct method_setting *s)
{
	strbuf_puts(out, s->help);
	if (s->is_secret)
		strbuf_puts(out, "; a secret");
	if (s->fallback)
		strbuf_printf(out, "; default %s", s->fallback);
	if (s->is_required)
		strbuf_puts(out, "; required");
	if (s->variable)
		strbuf_printf(out, "; or set %s", s->variable);
}

static void put_method_setting(cJSON *schema, cJSON *properties,
			       const struct method_setting *s)
{
	struct str rest = s->words ? str_from(s->words) : (struct str){0}, word;
	cJSON *setting, *list;
	struct strbuf about;
	char text[40];

	strbuf_init(&about, 1024);
	put_about(&about, s);
	setting = schema_put(properties, s->name, "string", about.p);
	strbuf_fini(&about);
	if (s->is_secret)
		cJSON_AddStringToObject(setting, "pattern",
					"^(env|file|secret|keyvault):.+");
	list = s->words ? cJSON_AddArrayToObject(setting, "enum") : NULL;
	while (list && str_next(&rest, '|', &word)) {
		snprintf(text, sizeof(text), "%.*s", STR_ARG(word));
		cJSON_AddItemToArray(list, cJSON_CreateString(text));
	}
	/* What the environment may have cannot be asked of the file. */
	if (s->is_required && !s->variable)
		schema_require(schema, s->name);
}

static cJSON *credential(const struct method *method)
{
	cJSON *properties, *schema = schema_object(method->help, &properties);

	put_constant(properties, "method", method->name);
	schema_require(schema, "method");
	for (const struct method_setting *s = method->settings; s->name; s++)
		put_method_setting(schema, properties, s);
	return schema;
}

void schema_put_connections(cJSON *properties)
{
	cJSON *items =
		schema_put_list(properties, "connections", "the systems that are asked");
	cJSON *choices = cJSON_AddArrayToObject(items, "oneOf");

	for (int i = 0; i < CONN_KIND_COUNT; i++) {
		if (i != CONN_DECK)
			cJSON_AddItemToArray(choices, connection((enum conn_kind)i));
	}
}

void schema_put_credentials(cJSON *properties)
{
	cJSON *schema =
		schema_put(properties, "credentials", "object",
			   "ways to sign in, by name; a secret is named, never written");
	cJSON *choices = cJSON_AddArrayToObject(
		cJSON_AddObjectToObject(schema, "additionalProperties"), "oneOf");

	for (size_t i = 0; method_at(i); i++)
		cJSON_AddItemToArray(choices, credential(method_at(i)));
}

void schema_put_keyvault(cJSON *properties)
{
	cJSON *inner, *schema = schema_object("who reads secrets out of Azure Key Vault",
					      &inner);

	schema_put(
		inner, "credential", "string",
		"a name in \"credentials\", or a way to sign in that needs no settings");
	cJSON_AddItemToObject(inner, "cloud", schema_clouds());
	schema_put(inner, "url", "string",
		   "where vaults are, with {vault} in the place of the name, where it is "
		   "not "
		   "the cloud's");
	schema_require(schema, "credential");
	cJSON_AddItemToObject(properties, "keyvault", schema);
}
