/* See schema.h: all of the configuration, one function for each of its parts. Thread: the
 * main thread. */
#include "cli/schema.h"

#include "cli/schema_part.h"

static const struct cli_option options[] = {{.name = NULL}};

static void put_history(cJSON *properties)
{
	cJSON *inner,
		*schema = schema_object("what azdeck remembers of its boards", &inner);

	schema_put(inner, "keep", "boolean", "on disk, from one start to the next");
	schema_put(inner, "days", "integer", "at most so long; 30 unless it is said");
	schema_put(inner, "megabytes", "integer",
		   "at most so large; 256 unless it is said");
	schema_require(schema, "keep");
	cJSON_AddItemToObject(properties, "history", schema);
}

/* What was promised of a workload. */
static void put_promise(cJSON *inner)
{
	cJSON *slo = schema_put(
		inner, "slo", "number",
		"availability that was promised, in percent of the window: 99.99");

	cJSON_AddNumberToObject(slo, "minimum", 50);
	cJSON_AddNumberToObject(slo, "exclusiveMaximum", 100);
	schema_put_texts(inner, "regions", "where it runs, and where it can");
	schema_put_span(inner, "window",
			"of the promise, from 1d to 30d; 30d unless it is said");
	schema_put_span(inner, "rto", "time to recover that was promised: 1h");
	schema_put_span(inner, "rpo", "loss that was promised at most: 15m");
	schema_put_span(inner, "drill_every", "how often it has to be proven: 90d");
	schema_put_texts(inner, "recover",
			 "resource groups that have to come back; all of "
			 "it unless it is said");
}

static void put_workloads(cJSON *properties)
{
	cJSON *items = schema_put_list(
		properties, "workloads",
		"applications, and what is theirs; any board can be cut down "
		"to one");
	cJSON *inner;

	cJSON_AddStringToObject(items, "type", "object");
	cJSON_AddFalseToObject(items, "additionalProperties");
	inner = cJSON_AddObjectToObject(items, "properties");
	schema_put(inner, "name", "string", "\"Atlas\"");
	schema_put_texts(inner, "groups",
			 "resource groups; * stands for "
			 "any letters");
	cJSON_AddStringToObject(cJSON_AddObjectToObject(schema_put(inner, "tags",
								   "object",
								   "of resources"),
							"additionalProperties"),
				"type", "string");
	schema_put_texts(inner, "words", "in a text of the row");
	put_promise(inner);
	schema_require(items, "name");
}

static void put_schedules(cJSON *properties)
{
	cJSON *inner, *schema = schema_object(
			      "how tags of business hours are read, and what holds "
			      "where they say nothing; azdeck-schedule(7)",
			      &inner);

	schema_put(inner, "tag", "string", "its name; businessHours unless it is said");
	schema_put(inner, "timezone", "string", "of tags that name none: Europe/Berlin");
	schema_put(inner, "default", "string", "the tag of what has none");
	schema_put(inner, "off_size", "string",
		   "of a database whose off names no size: S0");
	schema_put(inner, "price_factor", "number", "of list prices to one's own; 1");
	schema_put(inner, "currency", "string", "of those; USD");
	schema_put_texts(
		inner, "keep_awake",
		"names of serverless databases, with * and ?: on keeps them from "
		"sleeping");
	schema_put_texts(inner, "propose",
			 "names, with * and ?: whose edges become proposals");
	schema_put_texts(
		inner, "unattended",
		"names: whose edges are done without anybody, and proposed where they "
		"were missed");
	cJSON_AddItemToObject(properties, "schedules", schema);
}

static void put_logs(cJSON *properties)
{
	cJSON *inner, *schema = schema_object("log lines", &inner);
	cJSON *sources = schema_put(inner, "sources", "object",
				    "live lines by a name of one's own: "
				    "\"pods:atlas/orders-api\", \"kql:AppTraces@logs\"");

	cJSON_AddStringToObject(cJSON_AddObjectToObject(sources, "additionalProperties"),
				"type", "string");
	cJSON_AddItemToObject(properties, "logs", schema);
}

static void put_rules(cJSON *properties)
{
	cJSON *inner, *rule = schema_object(NULL, &inner), *list;

	schema_put_texts(inner, "actions",
			 "patterns with *; every action where there are none");
	schema_put_texts(inner, "targets",
			 "patterns with *; every target where there are none");
	schema_put(inner, "deny", "boolean", "it is forbidden");
	schema_put(inner, "why", "string", "it is, as a person is told");
	schema_put_texts(inner, "people", "who may; everybody where there are none");
	schema_put(inner, "window", "string",
		   "hours within which: a tag, azdeck-schedule(7)");
	schema_put(inner, "second", "boolean", "a second person has to approve");
	schema_put(inner, "limits", "object",
		   "by input: a list of values, or an object with least and most");
	list = schema_put(properties, "rules", "array",
			  "the first one that fits an action and its target decides");
	cJSON_AddItemToObject(list, "items", rule);
}

static void put_actions(cJSON *properties)
{
	cJSON *inner, *day, *list,
		*schema = schema_object("who may change what, when, and how far", &inner),
		*freeze = schema_object(NULL, &day);

	schema_put(inner, "off", "boolean", "there are none");
	schema_put(inner, "expires", "string", "how long a plan lives: 30m");
	schema_put(
		inner, "keep_days", "integer",
		"how long changes that are over stay in the list; 90 unless it is said");
	schema_put(inner, "keep_changes", "integer",
		   "how many of them do at most; 512 unless it is said");
	schema_put(inner, "people", "object", "public keys by name, for who approves");
	put_rules(inner);
	schema_put(day, "from", "string", "first day: 2026-12-19");
	schema_put(day, "to", "string", "last day");
	schema_put(day, "why", "string", "as a person is told");
	schema_put_texts(day, "except",
			 "patterns of actions that are allowed all the same");
	schema_require(freeze, "from");
	schema_require(freeze, "to");
	schema_require(freeze, "why");
	list = schema_put(inner, "freezes", "array", "days on which nothing is changed");
	cJSON_AddItemToObject(list, "items", freeze);
	cJSON_AddItemToObject(properties, "actions", schema);
}

static void put_runbooks(cJSON *properties)
{
	cJSON *inner, *schema = schema_object("one's own runbooks", &inner);

	schema_put_texts(
		inner, "directories",
		"folders of Markdown files; runbooks beside the file unless it is said");
	cJSON_AddItemToObject(properties, "runbooks", schema);
}

static void put_ui(cJSON *properties)
{
	cJSON *inner, *schema = schema_object("how the deck looks and is driven", &inner);

	schema_put(inner, "theme", "string", "a name, or a path with a slash");
	schema_put(inner, "keymap", "string", "a name, or a path with a slash");
	schema_put(inner, "mouse", "boolean", "true unless it is said");
	schema_put(inner, "ascii", "boolean", "nothing but ASCII is drawn");
	cJSON_AddItemToObject(properties, "ui", schema);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	cJSON *properties,
		*schema = schema_object("The configuration of azdeck.", &properties);
	struct strbuf out;
	char *text;
	int code = 0;

	(void)argc;
	(void)argv;
	(void)clock;
	cJSON_AddStringToObject(schema, "$schema",
				"http://json-schema.org/draft-07/schema#");
	cJSON_AddStringToObject(schema, "title", "azdeck");
	schema_put(properties, "$schema", "string", "where editors find this schema");
	schema_put_connections(properties);
	schema_put_credentials(properties);
	schema_put_keyvault(properties);
	put_workloads(properties);
	put_history(properties);
	put_schedules(properties);
	put_logs(properties);
	put_actions(properties);
	schema_put_ai(properties);
	put_runbooks(properties);
	put_ui(properties);
	schema_put(properties, "boards_dir", "string", "folder of one's own boards");
	schema_put(properties, "keep_answers", "boolean",
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
