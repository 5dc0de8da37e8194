/* The tables of Resource Graph. Thread: core. Types, resource groups and the group
 * in an id are in lower case here, whatever the provider writes, and what a resource
 * does not have is null or an empty text, never absent. */
#include <stdlib.h>

#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "sim/graph/graph.h"
#include "sim/inventory.h"

#define ROW_MAX_BYTES (256 * 1024)

static void add_lower(cJSON *row, const char *name, struct str text)
{
	struct strbuf lower;

	strbuf_init(&lower, 4096);
	for (size_t i = 0; i < text.n; i++)
		strbuf_putc(&lower, text.p[i] >= 'A' && text.p[i] <= 'Z'
					    ? (char)(text.p[i] | 0x20)
					    : text.p[i]);
	cJSON_AddStringToObject(row, name, lower.p);
	strbuf_fini(&lower);
}

/* "/subscriptions/ID/resourceGroups/rg-x/providers/...". */
static void add_id(cJSON *row, const struct resource *r)
{
	struct str tail = r->id;
	struct strbuf id;

	for (int slashes = 0; tail.n && slashes < 5; slashes++) {
		ptrdiff_t at = str_find_char(str_sub(tail, 1, tail.n), '/');

		tail = str_sub(tail, at < 0 ? tail.n : (size_t)at + 1, tail.n);
		if (slashes == 3)
			break;
	}
	strbuf_init(&id, 2048);
	strbuf_printf(&id, "/subscriptions/%s/resourceGroups/", estate_sub_id(r->group));
	for (const char *c = r->group->name; *c; c++)
		strbuf_putc(&id, *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c);
	strbuf_put(&id, tail);
	cJSON_AddStringToObject(row, "id", id.p);
	strbuf_fini(&id);
}

static void add_tags(cJSON *row, const struct resource *r)
{
	cJSON *tags = cJSON_AddObjectToObject(row, "tags");

	cJSON_AddStringToObject(tags, "workload", r->group->workload);
	cJSON_AddStringToObject(tags, "environment", r->group->env);
	if (r->hours)
		cJSON_AddStringToObject(tags, "businessHours", r->hours);
}

/* What is cheap to say: enough for most conditions. */
static cJSON *basics(const struct resource *r)
{
	cJSON *row = cJSON_CreateObject();

	add_id(row, r);
	cJSON_AddStringToObject(row, "name", r->name);
	add_lower(row, "type", str_from(r->type));
	cJSON_AddStringToObject(row, "tenantId", ESTATE_TENANT);
	cJSON_AddStringToObject(row, "kind", r->kind ? r->kind : "");
	cJSON_AddStringToObject(row, "location", r->location);
	add_lower(row, "resourceGroup", str_from(r->group->name));
	cJSON_AddStringToObject(row, "subscriptionId", estate_sub_id(r->group));
	add_tags(row, r);
	return row;
}

static cJSON *details_of(const struct world *w, const struct resource *r)
{
	struct strbuf text;
	struct err err;
	cJSON *tree;

	strbuf_init(&text, ROW_MAX_BYTES);
	jw_object(&text, NULL);
	if (r->put)
		r->put(w, r, &text);
	jw_object_end(&text);
	tree = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	strbuf_fini(&text);
	if (!tree)
		fatal("simulator: a resource writes what is no JSON");
	return tree;
}

static void add_details(const struct world *w, const struct resource *r, cJSON *row)
{
	static const char *const names[] = {"managedBy",       "sku",	   "plan",
					    "properties",      "identity", "zones",
					    "extendedLocation"};
	cJSON *details = details_of(w, r);

	for (size_t i = 0; i < COUNT(names); i++) {
		cJSON *own = cJSON_DetachItemFromObjectCaseSensitive(details, names[i]);

		if (!own && i == 0)
			own = cJSON_CreateString("");
		if (!own && r->sku && i == 1) {
			own = cJSON_CreateObject();
			cJSON_AddStringToObject(own, "name", r->sku);
		}
		cJSON_AddItemToObject(row, names[i], own ? own : cJSON_CreateNull());
	}
	cJSON_Delete(details);
}

static void add_resources(const struct world *w, const struct graph_scope *scope,
			  const struct kql *q, cJSON *rows)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct arena arena;

	arena_init(&arena);
	for (int sub = 0; sub < SUB_COUNT; sub++) {
		if (!scope->has[sub])
			continue;
		inventory_init(inv, &arena, (enum sub)sub, NULL);
		for (size_t i = 0; i < inv->n; i++) {
			cJSON *row = basics(&inv->items[i]);

			if (!kql_keeps(q, row, w->now_ms)) {
				cJSON_Delete(row);
				continue;
			}
			add_details(w, &inv->items[i], row);
			cJSON_AddItemToArray(rows, row);
		}
		arena_reset(&arena);
	}
	arena_fini(&arena);
	free(inv);
}

cJSON *graph_resource(const struct world *w, struct str id)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct arena arena;
	cJSON *row = NULL;

	arena_init(&arena);
	for (int sub = 0; sub < SUB_COUNT && !row; sub++) {
		inventory_init(inv, &arena, (enum sub)sub, NULL);
		for (size_t i = 0; i < inv->n && !row; i++) {
			if (!str_eq_nocase(inv->items[i].id, id))
				continue;
			row = basics(&inv->items[i]);
			add_details(w, &inv->items[i], row);
		}
	}
	arena_fini(&arena);
	free(inv);
	return row;
}

static cJSON *container(const char *id, const char *name, const char *type)
{
	cJSON *row = cJSON_CreateObject();

	cJSON_AddStringToObject(row, "id", id);
	cJSON_AddStringToObject(row, "name", name);
	cJSON_AddStringToObject(row, "type", type);
	cJSON_AddStringToObject(row, "tenantId", ESTATE_TENANT);
	cJSON_AddStringToObject(row, "kind", "");
	return row;
}

static void add_state(cJSON *row, const char *key, const char *state)
{
	cJSON_AddStringToObject(cJSON_AddObjectToObject(row, "properties"), key, state);
}

static void add_subscription(cJSON *rows, const struct subscription *sub)
{
	struct strbuf id;
	cJSON *row;

	strbuf_init(&id, 256);
	strbuf_printf(&id, "/subscriptions/%s", sub->id);
	row = container(id.p, sub->name, "microsoft.resources/subscriptions");
	cJSON_AddStringToObject(row, "location", "");
	cJSON_AddStringToObject(row, "resourceGroup", "");
	cJSON_AddStringToObject(row, "subscriptionId", sub->id);
	cJSON_AddStringToObject(row, "managedBy", "");
	add_state(row, "state", "Enabled");
	cJSON_AddNullToObject(row, "tags");
	cJSON_AddItemToArray(rows, row);
	strbuf_fini(&id);
}

static void add_group(cJSON *rows, const struct group *group)
{
	struct strbuf id;
	cJSON *row, *tags;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	row = container(id.p, group->name,
			"microsoft.resources/subscriptions/resourcegroups");
	cJSON_AddStringToObject(row, "location", group->location);
	add_lower(row, "resourceGroup", str_from(group->name));
	cJSON_AddStringToObject(row, "subscriptionId", estate_sub_id(group));
	cJSON_AddStringToObject(row, "managedBy",
				group->managed_by ? group->managed_by : "");
	add_state(row, "provisioningState", "Succeeded");
	tags = cJSON_AddObjectToObject(row, "tags");
	cJSON_AddStringToObject(tags, "workload", group->workload);
	cJSON_AddStringToObject(tags, "environment", group->env);
	cJSON_AddItemToArray(rows, row);
	strbuf_fini(&id);
}

static void add_containers(const struct world *w, const struct graph_scope *scope,
			   const struct kql *q, cJSON *rows)
{
	(void)w;
	(void)q;
	for (int sub = 0; sub < SUB_COUNT; sub++) {
		if (!scope->has[sub])
			continue;
		add_subscription(rows, &estate_subs[sub]);
		for (size_t i = 0; i < estate_n_groups; i++)
			if ((int)estate_groups[i].sub == sub)
				add_group(rows, &estate_groups[i]);
	}
}

const struct graph_source graph_sources[] = {
	{{"resources", "id name type tenantId kind location resourceGroup subscriptionId "
		       "managedBy sku plan properties tags identity zones "
		       "extendedLocation"},
	 add_resources},
	{{"resourcecontainers", "id name type tenantId kind location resourceGroup "
				"subscriptionId managedBy properties tags"},
	 add_containers},
};
const size_t graph_n_sources = COUNT(graph_sources);
