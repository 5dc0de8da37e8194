/* See one.h. */
#include "sim/one.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "sim/graph/graph.h"
#include "sim/k8s/k8s.h"
#include "sim/service.h"

enum { MOST_PAGES = 40 };

static cJSON *list_of(cJSON *root)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "value");

	if (!list)
		list = cJSON_GetObjectItemCaseSensitive(root, "items");
	return list ? list : root;
}

static cJSON *pick(cJSON *root, const char *member, struct str value)
{
	cJSON *list = list_of(root), *at;

	cJSON_ArrayForEach (at, list) {
		if (writes_is(at, str_from(member), value))
			return cJSON_DetachItemViaPointer(list, at);
	}
	return NULL;
}

cJSON *one_of(struct world *w, const struct request *as, const char *target,
	      const char *member, struct str value)
{
	cJSON *root = world_read(w, as, target), *found = NULL;

	for (int page = 1; root && page < MOST_PAGES; page++) {
		const char *next = json_text(root, "nextLink");
		cJSON *after = NULL;

		found = pick(root, member, value);
		if (!found && next && str_starts(str_from(next), as->base))
			after = world_read(w, as, next + as->base.n);
		cJSON_Delete(root);
		root = after;
	}
	cJSON_Delete(root);
	return found;
}

/* The path up to its last part, with the query; in the request's arena. */
static const char *list_target(const struct request *req)
{
	struct str query = req->target;
	struct strbuf out;
	const char *text;
	struct str part;

	str_next(&query, '?', &part);
	strbuf_init(&out, REQUEST_MAX_TARGET);
	strbuf_put(&out, request_above(req, 1));
	if (query.p)
		strbuf_printf(&out, "?%.*s", STR_ARG(query));
	text = arena_strdup((struct arena *)(uintptr_t)&req->arena, strbuf_str(&out));
	strbuf_fini(&out);
	return text;
}

static struct str last_segment(const struct request *req)
{
	return req->segments[req->n_segments - 1];
}

static void put(struct reply *rep, cJSON *json)
{
	json_print(&rep->body, json);
	cJSON_Delete(json);
}

void one_by_name(struct world *w, const struct request *req, struct reply *rep)
{
	cJSON *json = one_of(w, req, list_target(req), "name", last_segment(req));

	if (json)
		put(rep, json);
	else
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '%.*s' was not found.",
			    STR_ARG(last_segment(req)));
}

void one_of_devops(struct world *w, const struct request *req, struct reply *rep)
{
	const char *target = list_target(req);
	cJSON *json = one_of(w, req, target, "id", last_segment(req));

	if (!json)
		json = one_of(w, req, target, "poolId", last_segment(req));
	if (json)
		put(rep, json);
	else
		reply_devops_error(rep, 404, "VssResourceNotFoundException",
				   "%.*s does not exist.", STR_ARG(last_segment(req)));
}

void one_object(struct world *w, const struct request *req, struct reply *rep)
{
	const char *target = list_target(req);
	cJSON *list = world_read(w, req, target), *json;
	const char *kind = json_text(list, "kind");
	struct strbuf text;

	json = list ? pick(list, "metadata.name", last_segment(req)) : NULL;
	strbuf_init(&text, 512);
	if (json) {
		strbuf_printf(&text, "%.*s", (int)strlen(kind) - 4, kind); /* List */
		cJSON_AddStringToObject(json, "kind", text.p);
		cJSON_AddStringToObject(json, "apiVersion",
					json_text(list, "apiVersion"));
		put(rep, json);
	} else if (list) {
		strbuf_printf(&text, "\"%.*s\" not found", STR_ARG(last_segment(req)));
		k8s_error(rep, 404, "NotFound", text.p);
	} else {
		k8s_refuse(req, rep, false);
	}
	strbuf_fini(&text);
	cJSON_Delete(list);
}

/* As the provider itself says it: Resource Graph adds to it, and puts null where there
 * is nothing. */
static void make_plain(cJSON *row)
{
	static const char *const added[] = {"tenantId", "resourceGroup",
					    "subscriptionId"};
	cJSON *at, *next;

	for (size_t i = 0; i < COUNT(added); i++)
		cJSON_DeleteItemFromObjectCaseSensitive(row, added[i]);
	for (at = row->child; at; at = next) {
		next = at->next;
		if (cJSON_IsNull(at) || (cJSON_IsString(at) && !at->valuestring[0]))
			cJSON_Delete(cJSON_DetachItemViaPointer(row, at));
	}
}

static void add_status(cJSON *list, const char *code, const char *shown)
{
	cJSON *status = cJSON_CreateObject();

	cJSON_AddStringToObject(status, "code", code);
	cJSON_AddStringToObject(status, "level", "Info");
	cJSON_AddStringToObject(status, "displayStatus", shown);
	cJSON_AddItemToArray(list, status);
}

/* Machines: the view of the instance only comes when it is asked for. */
static void put_view(cJSON *row, const struct request *req)
{
	cJSON *properties = cJSON_GetObjectItemCaseSensitive(row, "properties"), *view;
	cJSON *extended = cJSON_DetachItemFromObjectCaseSensitive(properties, "extended");
	const cJSON *power =
		json_member(json_member(extended, "instanceView"), "powerState");

	if (power && str_eq_nocase(request_query(req, "$expand"), STR("instanceView"))) {
		view = cJSON_AddArrayToObject(cJSON_AddObjectToObject(properties,
								      "instanceView"),
					      "statuses");
		add_status(view, "ProvisioningState/succeeded", "Provisioning succeeded");
		add_status(view, json_text(power, "code"),
			   json_text(power, "displayStatus"));
	}
	cJSON_Delete(extended);
}

void one_resource(struct world *w, const struct request *req, struct reply *rep)
{
	cJSON *row = graph_resource(w, req->path);

	if (!row) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '%.*s' was not found.",
			    STR_ARG(last_segment(req)));
		return;
	}
	writes_apply(&w->written, STR(""), w->now_ms, row);
	make_plain(row);
	put_view(row, req);
	put(rep, row);
}
