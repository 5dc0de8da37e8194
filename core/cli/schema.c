/* See schema.h. Everything about kinds of connection and ways to sign in is read off
 * their tables, so that it cannot be out of date. Thread: the main thread. */
#include "cli/schema.h"

#include <stdio.h>

#include <cjson/cJSON.h>

#include "ai/provider.h"
#include "auth/method.h"
#include "azure/kinds.h"

static const struct cli_option options[] = {{.name = NULL}};

static cJSON *typed(const char *type, const char *about)
{
	cJSON *schema = cJSON_CreateObject();

	cJSON_AddStringToObject(schema, "type", type);
	if (about)
		cJSON_AddStringToObject(schema, "description", about);
	return schema;
}

static cJSON *put(cJSON *properties, const char *name, const char *type,
		  const char *about)
{
	cJSON *schema = typed(type, about);

	cJSON_AddItemToObject(properties, name, schema);
	return schema;
}

static void put_constant(cJSON *properties, const char *name, const char *value)
{
	cJSON_AddStringToObject(cJSON_AddObjectToObject(properties, name), "const",
				value);
}

static void require(cJSON *schema, const char *name)
{
	cJSON *list = cJSON_GetObjectItem(schema, "required");

	if (!list)
		list = cJSON_AddArrayToObject(schema, "required");
	cJSON_AddItemToArray(list, cJSON_CreateString(name));
}

/* An object that holds what it names and nothing else. */
static cJSON *closed_object(const char *about, cJSON **properties)
{
	cJSON *schema = typed("object", about);

	cJSON_AddFalseToObject(schema, "additionalProperties");
	*properties = cJSON_AddObjectToObject(schema, "properties");
	return schema;
}

static cJSON *put_list(cJSON *properties, const char *name, const char *about)
{
	cJSON *schema = put(properties, name, "array", about);

	return cJSON_AddObjectToObject(schema, "items");
}

static void put_setting(cJSON *schema, cJSON *properties,
			const struct kind_setting *setting)
{
	char name[40];
	cJSON *types;

	snprintf(name, sizeof(name), "%.*s", STR_ARG(setting->name));
	if (setting->is_list) {
		types = cJSON_AddArrayToObject(put_list(properties, name, NULL), "type");
		cJSON_AddItemToArray(types, cJSON_CreateString("string"));
		cJSON_AddItemToArray(types, cJSON_CreateString("object"));
	} else {
		put(properties, name, "string", NULL);
	}
	if (setting->is_required)
		require(schema, name);
}

static cJSON *clouds(void)
{
	cJSON *schema = typed("string", "which Azure; public unless it is said"), *list;

	list = cJSON_AddArrayToObject(schema, "enum");
	for (size_t i = 0; cloud_at(i); i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(cloud_at(i)->name));
	return schema;
}

static cJSON *connection(enum conn_kind kind)
{
	const struct kind_row *row = kind_row(kind);
	struct str rest = row->settings ? str_from(row->settings) : (struct str){0};
	struct kind_setting setting;
	cJSON *properties, *schema = closed_object(row->title, &properties);

	put(properties, "name", "string", "any text, once; boards and errors show it");
	put_constant(properties, "kind", row->name);
	put(properties, "credential", "string",
	    "a name in \"credentials\", env:NAME, none, or a way to sign in that needs "
	    "no "
	    "settings");
	put(properties, "base", "string", "the URL it is at");
	cJSON_AddItemToObject(properties, "cloud", clouds());
	put(properties, "scope", "string", "of the token, where the kind's does not fit");
	put(properties, "ca", "string", "file of who may vouch for it, nobody else");
	require(schema, "name");
	require(schema, "kind");
	require(schema, "credential");
	while (kind_setting_next(&rest, &setting))
		put_setting(schema, properties, &setting);
	if (!row->base && kind != CONN_TLS && kind != CONN_K8S)
		require(schema, "base");
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
	setting = put(properties, s->name, "string", about.p);
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
		require(schema, s->name);
}

static cJSON *credential(const struct method *method)
{
	cJSON *properties, *schema = closed_object(method->help, &properties);

	put_constant(properties, "method", method->name);
	require(schema, "method");
	for (const struct method_setting *s = method->settings; s->name; s++)
		put_method_setting(schema, properties, s);
	return schema;
}

static void put_connections(cJSON *properties)
{
	cJSON *items = put_list(properties, "connections", "the systems that are asked");
	cJSON *choices = cJSON_AddArrayToObject(items, "oneOf");

	for (int i = 0; i < CONN_KIND_COUNT; i++) {
		if (i != CONN_DECK)
			cJSON_AddItemToArray(choices, connection((enum conn_kind)i));
	}
}

static void put_credentials(cJSON *properties)
{
	cJSON *schema = put(properties, "credentials", "object",
			    "ways to sign in, by name; a secret is named, never written");
	cJSON *choices = cJSON_AddArrayToObject(
		cJSON_AddObjectToObject(schema, "additionalProperties"), "oneOf");

	for (size_t i = 0; method_at(i); i++)
		cJSON_AddItemToArray(choices, credential(method_at(i)));
}

static void put_keyvault(cJSON *properties)
{
	cJSON *inner, *schema = closed_object("who reads secrets out of Azure Key Vault",
					      &inner);

	put(inner, "credential", "string",
	    "a name in \"credentials\", or a way to sign in that needs no settings");
	cJSON_AddItemToObject(inner, "cloud", clouds());
	put(inner, "url", "string",
	    "where vaults are, with {vault} in the place of the name, where it is not "
	    "the cloud's");
	require(schema, "credential");
	cJSON_AddItemToObject(properties, "keyvault", schema);
}

static void put_history(cJSON *properties)
{
	cJSON *inner,
		*schema = closed_object("what azdeck remembers of its boards", &inner);

	put(inner, "keep", "boolean", "on disk, from one start to the next");
	put(inner, "days", "integer", "at most so long; 30 unless it is said");
	put(inner, "megabytes", "integer", "at most so large; 256 unless it is said");
	require(schema, "keep");
	cJSON_AddItemToObject(properties, "history", schema);
}

static void put_span(cJSON *inner, const char *name, const char *help)
{
	cJSON_AddStringToObject(put(inner, name, "string", help), "pattern",
				"^[0-9]{1,9}(ms|s|m|h|d|w)$");
}

/* What was promised of a workload. */
static void put_promise(cJSON *inner)
{
	cJSON *slo =
		put(inner, "slo", "number",
		    "availability that was promised, in percent of the window: 99.99");
	cJSON *regions = put_list(inner, "regions", "where it runs, and where it can");

	cJSON_AddNumberToObject(slo, "minimum", 50);
	cJSON_AddNumberToObject(slo, "exclusiveMaximum", 100);
	put_span(inner, "window",
		 "of the promise, from 1d to 30d; 30d unless it is said");
	put_span(inner, "rto", "time to recover that was promised: 1h");
	put_span(inner, "rpo", "loss that was promised at most: 15m");
	put_span(inner, "drill_every", "how often it has to be proven: 90d");
	cJSON_AddStringToObject(regions, "type", "string");
	cJSON_AddStringToObject(put_list(inner, "recover",
					 "resource groups that have to come back; all of "
					 "it unless it is said"),
				"type", "string");
}

static void put_workloads(cJSON *properties)
{
	cJSON *items =
		put_list(properties, "workloads",
			 "applications, and what is theirs; any board can be cut down "
			 "to one");
	cJSON *inner;

	cJSON_AddStringToObject(items, "type", "object");
	cJSON_AddFalseToObject(items, "additionalProperties");
	inner = cJSON_AddObjectToObject(items, "properties");
	put(inner, "name", "string", "\"Atlas\"");
	cJSON_AddStringToObject(put_list(inner, "groups",
					 "resource groups; * stands for "
					 "any letters"),
				"type", "string");
	cJSON_AddStringToObject(cJSON_AddObjectToObject(put(inner, "tags", "object",
							    "of resources"),
							"additionalProperties"),
				"type", "string");
	cJSON_AddStringToObject(put_list(inner, "words", "in a text of the row"), "type",
				"string");
	put_promise(inner);
	require(items, "name");
}

static void put_texts(cJSON *properties, const char *name, const char *about)
{
	cJSON_AddStringToObject(put_list(properties, name, about), "type", "string");
}

static void put_schedules(cJSON *properties)
{
	cJSON *inner, *schema = closed_object(
			      "how tags of business hours are read, and what holds "
			      "where they say nothing; azdeck-schedule(7)",
			      &inner);

	put(inner, "tag", "string", "its name; businessHours unless it is said");
	put(inner, "timezone", "string", "of tags that name none: Europe/Berlin");
	put(inner, "default", "string", "the tag of what has none");
	put(inner, "off_size", "string", "of a database whose off names no size: S0");
	put(inner, "price_factor", "number", "of list prices to one's own; 1");
	put(inner, "currency", "string", "of those; USD");
	put_texts(inner, "keep_awake",
		  "names of serverless databases, with * and ?: on keeps them from "
		  "sleeping");
	put_texts(inner, "propose", "names, with * and ?: whose edges become proposals");
	put_texts(inner, "unattended",
		  "names: whose edges are done without anybody, and proposed where they "
		  "were missed");
	cJSON_AddItemToObject(properties, "schedules", schema);
}

static void put_logs(cJSON *properties)
{
	cJSON *inner, *schema = closed_object("log lines", &inner);
	cJSON *sources = put(inner, "sources", "object",
			     "live lines by a name of one's own: "
			     "\"pods:atlas/orders-api\", \"kql:AppTraces@logs\"");

	cJSON_AddStringToObject(cJSON_AddObjectToObject(sources, "additionalProperties"),
				"type", "string");
	cJSON_AddItemToObject(properties, "logs", schema);
}

static void put_rules(cJSON *properties)
{
	cJSON *inner, *rule = closed_object(NULL, &inner), *list;

	put_texts(inner, "actions", "patterns with *; every action where there are none");
	put_texts(inner, "targets", "patterns with *; every target where there are none");
	put(inner, "deny", "boolean", "it is forbidden");
	put(inner, "why", "string", "it is, as a person is told");
	put_texts(inner, "people", "who may; everybody where there are none");
	put(inner, "window", "string", "hours within which: a tag, azdeck-schedule(7)");
	put(inner, "second", "boolean", "a second person has to approve");
	put(inner, "limits", "object",
	    "by input: a list of values, or an object with least and most");
	list = put(properties, "rules", "array",
		   "the first one that fits an action and its target decides");
	cJSON_AddItemToObject(list, "items", rule);
}

static void put_actions(cJSON *properties)
{
	cJSON *inner, *day, *list,
		*schema = closed_object("who may change what, when, and how far", &inner),
		*freeze = closed_object(NULL, &day);

	put(inner, "off", "boolean", "there are none");
	put(inner, "expires", "string", "how long a plan lives: 30m");
	put(inner, "keep_days", "integer",
	    "how long changes that are over stay in the list; 90 unless it is said");
	put(inner, "keep_changes", "integer",
	    "how many of them do at most; 512 unless it is said");
	put(inner, "people", "object", "public keys by name, for who approves");
	put_rules(inner);
	put(day, "from", "string", "first day: 2026-12-19");
	put(day, "to", "string", "last day");
	put(day, "why", "string", "as a person is told");
	put_texts(day, "except", "patterns of actions that are allowed all the same");
	require(freeze, "from");
	require(freeze, "to");
	require(freeze, "why");
	list = put(inner, "freezes", "array", "days on which nothing is changed");
	cJSON_AddItemToObject(list, "items", freeze);
	cJSON_AddItemToObject(properties, "actions", schema);
}

static void put_choice(cJSON *properties, const char *name, const char *about,
		       const char *const *words)
{
	cJSON *list =
		cJSON_AddArrayToObject(put(properties, name, "string", about), "enum");

	for (; *words; words++)
		cJSON_AddItemToArray(list, cJSON_CreateString(*words));
}

static void put_provider_words(cJSON *properties)
{
	const char *words[16] = {0};
	size_t n = 0;

	for (size_t i = 0; provider_kind_at(i) && n < 15; i++)
		words[n++] = provider_kind_at(i)->name;
	put_choice(properties, "kind", "of server", words);
	words[0] = NULL;
	for (n = 0; n < DIALECTS; n++)
		words[n] = dialect_name((enum dialect)n);
	words[n] = NULL;
	put_choice(properties, "dialect", "how it is spoken to, where not as its kind is",
		   words);
}

static void put_providers(cJSON *properties)
{
	cJSON *inner, *amounts, *provider = closed_object(NULL, &inner),
				*prices = closed_object("for a million tokens", &amounts);
	cJSON *list = put(properties, "providers", "array",
			  "model servers, each with one model");

	put(inner, "name", "string", "any text, once; routes and answers name it");
	put_provider_words(inner);
	put(inner, "base", "string", "the URL it is at, where it is not its kind's");
	put(inner, "credential", "string",
	    "a name in \"credentials\", env:NAME, or none, as it is unless it is said");
	cJSON_AddItemToObject(inner, "cloud", clouds());
	put(inner, "scope", "string", "of the token, where the kind's does not fit");
	put(inner, "model", "string", "its name; of Azure OpenAI that of the deployment");
	put(inner, "api_version", "string",
	    "of Azure OpenAI: asks at the addresses that have one: 2024-10-21");
	put(amounts, "in", "number", "of what it is sent");
	put(amounts, "out", "number", "of what it writes");
	put(amounts, "cached", "number",
	    "of what it is sent again; in unless it is said");
	require(prices, "in");
	require(prices, "out");
	cJSON_AddItemToObject(inner, "prices", prices);
	put(inner, "context", "integer", "tokens that it can read");
	put(inner, "max_concurrent", "integer", "questions at once");
	put_span(inner, "first_word", "how long its first word may take: 2s");
	put(inner, "local", "boolean",
	    "it is on this machine or its network: what must not leave may go there");
	require(provider, "name");
	require(provider, "kind");
	require(provider, "model");
	cJSON_AddItemToObject(list, "items", provider);
}

static void put_ai_routes(cJSON *properties)
{
	static const char *const reaches[] = {"local", "cloud", NULL};
	cJSON *inner, *route = closed_object(NULL, &inner);
	cJSON *list = put(properties, "routes", "array",
			  "who answers what; the first one that fits a question");

	put(inner, "name", "string", "any text, once");
	put_texts(inner, "kinds",
		  "of questions, with *; every kind where there are none: cost-*");
	put_texts(inner, "endpoints", "names of providers, first choice first");
	put_choice(inner, "reach", "where what is asked may go; cloud unless it is said",
		   reaches);
	require(route, "name");
	require(route, "endpoints");
	cJSON_AddItemToObject(list, "items", route);
}

static void put_ai_budget(cJSON *properties)
{
	static const char *const spans[] = {"day", "conversation", NULL};
	cJSON *inner, *budget = closed_object("what may be spent", &inner);

	put(inner, "currency", "string", "of prices and caps; USD unless it is said");
	for (const char *const *span = spans; *span; span++) {
		cJSON *caps, *cap = closed_object(NULL, &caps);

		put(caps, "soft", "number", "from here on what costs less goes first");
		put(caps, "hard", "number", "from here on only what is free is asked");
		cJSON_AddItemToObject(inner, *span, cap);
	}
	cJSON_AddItemToObject(properties, "budget", budget);
}

static void put_ai(cJSON *properties)
{
	cJSON *inner, *embedder,
		*schema = closed_object("models that the chat may ask", &inner),
		*embeddings = closed_object("who turns runbooks into vectors", &embedder);

	put_providers(inner);
	put_ai_routes(inner);
	put_ai_budget(inner);
	put_texts(inner, "redact",
		  "patterns (PCRE2) of what models are told other words for");
	put(embedder, "endpoint", "string", "name of a provider");
	put(embedder, "model", "string", "its model for that");
	put(embedder, "dimensions", "integer",
	    "numbers of a vector, 8 to 4096; the model's own unless it is said");
	put(embedder, "price", "number", "for a million tokens");
	require(embeddings, "endpoint");
	require(embeddings, "model");
	cJSON_AddItemToObject(inner, "embeddings", embeddings);
	cJSON_AddItemToObject(properties, "ai", schema);
}

static void put_runbooks(cJSON *properties)
{
	cJSON *inner, *schema = closed_object("one's own runbooks", &inner);

	put_texts(
		inner, "directories",
		"folders of Markdown files; runbooks beside the file unless it is said");
	cJSON_AddItemToObject(properties, "runbooks", schema);
}

static void put_ui(cJSON *properties)
{
	cJSON *inner, *schema = closed_object("how the deck looks and is driven", &inner);

	put(inner, "theme", "string", "a name, or a path with a slash");
	put(inner, "keymap", "string", "a name, or a path with a slash");
	put(inner, "mouse", "boolean", "true unless it is said");
	put(inner, "ascii", "boolean", "nothing but ASCII is drawn");
	cJSON_AddItemToObject(properties, "ui", schema);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	cJSON *properties,
		*schema = closed_object("The configuration of azdeck.", &properties);
	struct strbuf out;
	char *text;
	int code = 0;

	(void)argc;
	(void)argv;
	(void)clock;
	cJSON_AddStringToObject(schema, "$schema",
				"http://json-schema.org/draft-07/schema#");
	cJSON_AddStringToObject(schema, "title", "azdeck");
	put(properties, "$schema", "string", "where editors find this schema");
	put_connections(properties);
	put_credentials(properties);
	put_keyvault(properties);
	put_workloads(properties);
	put_history(properties);
	put_schedules(properties);
	put_logs(properties);
	put_actions(properties);
	put_ai(properties);
	put_runbooks(properties);
	put_ui(properties);
	put(properties, "boards_dir", "string", "folder of one's own boards");
	put(properties, "keep_answers", "boolean",
	    "whether dear answers are kept on disk; true unless it is said");
	text = cJSON_Print(schema);
	strbuf_init(&out, 4 << 20);
	strbuf_puts(&out, text);
	strbuf_putc(&out, '\n');
	cJSON_free(text);
	cJSON_Delete(schema);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

const struct cli_command cli_schema_command = {
	.name = "schema",
	.usage = "",
	.help = "what a configuration may hold, as JSON schema",
	.options = options,
	.run = run,
};
