/* See yaml.h. The tree is built from libyaml's events, so that the bounds hold while
 * it grows and not after. */
#include "config/yaml.h"

#include <stdbool.h>
#include <string.h>
#include <yaml.h>

struct builder {
	yaml_parser_t parser;
	struct err *err;
	int n_nodes;
};

static cJSON *fail(struct builder *b, const yaml_mark_t *at, const char *what)
{
	err_set(b->err, ERR_CONFIG, "line %zu, column %zu: %s", at->line + 1,
		at->column + 1, what);
	return NULL;
}

static bool next(struct builder *b, yaml_event_t *event)
{
	if (yaml_parser_parse(&b->parser, event))
		return true;
	fail(b, &b->parser.problem_mark,
	     b->parser.problem ? b->parser.problem : "this is no YAML");
	return false;
}

static bool is_word(const yaml_event_t *event, const char *word)
{
	return event->data.scalar.plain_implicit &&
	       event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       strcmp((const char *)event->data.scalar.value, word) == 0;
}

static cJSON *scalar(struct builder *b, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;

	if (strlen(text) != event->data.scalar.length)
		return fail(b, &event->start_mark, "a text with a zero byte");
	if (is_word(event, "null") || is_word(event, "~") || is_word(event, ""))
		return cJSON_CreateNull();
	if (is_word(event, "true") || is_word(event, "false"))
		return cJSON_CreateBool(text[0] == 't');
	return cJSON_CreateString(text);
}

static cJSON *build(struct builder *b, const yaml_event_t *event, int depth);

/* Up to the event that ends the list or the map. */
static bool fill_list(struct builder *b, cJSON *list, int depth)
{
	yaml_event_t event;
	cJSON *item;

	for (;;) {
		if (!next(b, &event))
			return false;
		if (event.type == YAML_SEQUENCE_END_EVENT)
			break;
		item = build(b, &event, depth);
		yaml_event_delete(&event);
		if (!item)
			return false;
		cJSON_AddItemToArray(list, item);
	}
	yaml_event_delete(&event);
	return true;
}

static bool fill_member(struct builder *b, cJSON *map, const yaml_event_t *key, int depth)
{
	const char *name = (const char *)key->data.scalar.value;
	yaml_event_t event;
	cJSON *item;

	if (key->type != YAML_SCALAR_EVENT || strlen(name) != key->data.scalar.length)
		return fail(b, &key->start_mark, "a key must be a text");
	if (cJSON_GetObjectItemCaseSensitive(map, name))
		return fail(b, &key->start_mark, "this key stands there twice");
	if (!next(b, &event))
		return false;
	item = build(b, &event, depth);
	yaml_event_delete(&event);
	return item && cJSON_AddItemToObject(map, name, item);
}

static bool fill_map(struct builder *b, cJSON *map, int depth)
{
	yaml_event_t event;
	bool ok = true;

	while (ok) {
		if (!next(b, &event))
			return false;
		if (event.type == YAML_MAPPING_END_EVENT)
			break;
		ok = fill_member(b, map, &event, depth);
		yaml_event_delete(&event);
	}
	if (ok)
		yaml_event_delete(&event);
	return ok;
}

static cJSON *build(struct builder *b, const yaml_event_t *event, int depth)
{
	bool is_list = event->type == YAML_SEQUENCE_START_EVENT, ok;
	cJSON *node;

	if (++b->n_nodes > YAML_MAX_NODES)
		return fail(b, &event->start_mark, "more than it may hold");
	if (event->type == YAML_SCALAR_EVENT)
		return scalar(b, event);
	if (!is_list && event->type != YAML_MAPPING_START_EVENT)
		return fail(b, &event->start_mark, "aliases are not read");
	if (depth == YAML_MAX_DEPTH)
		return fail(b, &event->start_mark, "nested too deep");
	node = is_list ? cJSON_CreateArray() : cJSON_CreateObject();
	ok = is_list ? fill_list(b, node, depth + 1) : fill_map(b, node, depth + 1);
	if (ok)
		return node;
	cJSON_Delete(node);
	return NULL;
}

/* Steps over one event that must be of this type. */
static bool expect(struct builder *b, yaml_event_type_t type, const char *what)
{
	yaml_event_t event;
	bool ok;

	if (!next(b, &event))
		return false;
	ok = event.type == type;
	if (!ok)
		fail(b, &event.start_mark, what);
	yaml_event_delete(&event);
	return ok;
}

static cJSON *read_document(struct builder *b)
{
	yaml_event_t event;
	cJSON *root;

	if (!expect(b, YAML_STREAM_START_EVENT, "this is no YAML") ||
	    !expect(b, YAML_DOCUMENT_START_EVENT, "there is nothing in it") ||
	    !next(b, &event))
		return NULL;
	root = build(b, &event, 0);
	yaml_event_delete(&event);
	if (!root)
		return NULL;
	if (expect(b, YAML_DOCUMENT_END_EVENT, "the document does not end here") &&
	    expect(b, YAML_STREAM_END_EVENT, "one document is read, not more"))
		return root;
	cJSON_Delete(root);
	return NULL;
}

cJSON *yaml_parse(struct str text, struct err *err)
{
	struct builder b = {.err = err};
	cJSON *root;

	if (text.n > YAML_MAX_BYTES) {
		err_set(err, ERR_TOO_LARGE, "more than %d bytes", YAML_MAX_BYTES);
		return NULL;
	}
	if (!yaml_parser_initialize(&b.parser)) {
		err_set(err, ERR_INTERNAL, "the YAML library does not start");
		return NULL;
	}
	yaml_parser_set_input_string(&b.parser,
				     (const unsigned char *)(text.p ? text.p : ""),
				     text.n);
	root = read_document(&b);
	yaml_parser_delete(&b.parser);
	return root;
}
