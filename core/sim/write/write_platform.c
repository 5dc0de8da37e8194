/* Alerts that somebody takes note of, tables of logs that are kept otherwise, tags.
 * Thread: core. */
#include "sim/write/write_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "sim/one.h"

static void put_or_404(struct reply *rep, cJSON *json)
{
	if (json)
		json_print(&rep->body, json);
	else
		reply_error(rep, 404, "ResourceNotFound", "The resource was not found.");
	cJSON_Delete(json);
}

void alert_get(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf target;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target, "%.*s?api-version=2019-03-01&timeRange=30d",
		      STR_ARG(request_above(req, 1)));
	put_or_404(rep, one_of(w, req, target.p, "name", request_param(req, "alert")));
	strbuf_fini(&target);
}

static bool change_alert(struct write *wr)
{
	static const char *const states[] = {"New", "Acknowledged", "Closed"};
	struct str state = request_query(wr->req, "newState");
	struct strbuf now;

	for (size_t i = 0; i < COUNT(states); i++) {
		if (!str_eq_nocase(state, str_from(states[i])))
			continue;
		strbuf_init(&now, 64);
		time_format_iso(&now, wr->w->now_ms, true);
		write_patch(wr, NULL,
			    write_json("{\"properties\":{\"essentials\":{\"alertState\":"
				       "\"%s\",\"lastModifiedDateTime\":\"%s\","
				       "\"lastModifiedUserName\":"
				       "\"oncall@contoso.com\"}}}",
				       states[i], now.p));
		strbuf_fini(&now);
		return true;
	}
	return write_refuse(wr, 400, "BadRequest", "The state '%.*s' is not one.",
			    STR_ARG(str_sub(state, 0, 40)));
}

const struct write_rule write_alert_state = {
	.end = WRITE_DOCUMENT,
	.strip = 1,
	.change = change_alert,
};

/* Which tables of Azure's own may be Basic. */
static bool may_be_basic(const cJSON *table)
{
	static const char *const names[] = {"ContainerLogV2", "AppTraces"};

	return str_is_among(str_from(write_text(table, "name")), names, COUNT(names)) ||
	       strcmp(write_text(table, "properties.schema.tableType"), "CustomLog") == 0;
}

static bool change_table(struct write *wr)
{
	const cJSON *properties = json_member(wr->body, "properties");
	const char *plan = json_text(properties, "plan");
	const char *has = write_text(wr->doc, "properties.plan");
	double kept = 0, total = 0;
	bool is_basic;

	json_number(json_member(wr->doc, "properties"), "retentionInDays", &kept);
	json_number(json_member(wr->doc, "properties"), "totalRetentionInDays", &total);
	json_number(properties, "retentionInDays", &kept);
	total = total < kept ? kept : total;
	json_number(properties, "totalRetentionInDays", &total);
	is_basic = strcmp(plan ? plan : has, "Basic") == 0;
	if (plan && strcmp(plan, "Basic") != 0 && strcmp(plan, "Analytics") != 0)
		return write_refuse(wr, 400, "InvalidParameter",
				    "The plan '%s' is not valid.", plan);
	if (is_basic && !may_be_basic(wr->doc))
		return write_refuse(wr, 400, "InvalidParameter",
				    "The table does not support the plan 'Basic'.");
	if (is_basic)
		kept = 30;
	if (kept < 4 || kept > 730 || total < kept || total > 4383)
		return write_refuse(wr, 400, "InvalidParameter",
				    "'retentionInDays' must be from 4 to 730 and not "
				    "more than 'totalRetentionInDays'.");
	write_patch(wr,
		    write_json("{\"properties\":{\"provisioningState\":\"Updating\"}}"),
		    write_json("{\"properties\":{\"plan\":\"%s\",\"retentionInDays\":"
			       "%.0f,\"totalRetentionInDays\":%.0f,"
			       "\"archiveRetentionInDays\":%.0f,"
			       "\"retentionInDaysAsDefault\":false,"
			       "\"provisioningState\":\"Succeeded\"}}",
			       plan ? plan : has, kept, total, total - kept));
	return true;
}

const struct write_rule write_log_table = {
	.end = WRITE_OPERATION,
	.needs_body = true,
	.takes_s = 20,
	.retry_s = 5,
	.status = "Microsoft.OperationalInsights/locations/@/operationstatuses/#",
	.result = "Microsoft.OperationalInsights/locations/@/operationresults/#",
	.change = change_table,
};

void tags_get(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf target;
	cJSON *resource, *tags, *root;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target, "%.*s?api-version=2022-09-01",
		      STR_ARG(request_above(req, 4)));
	resource = world_read(w, req, target.p);
	root = resource ? cJSON_CreateObject() : NULL;
	if (root) {
		tags = cJSON_DetachItemFromObjectCaseSensitive(resource, "tags");
		cJSON_AddStringToObject(
			root, "id",
			arena_strdup((struct arena *)(uintptr_t)&req->arena, req->path));
		cJSON_AddStringToObject(root, "name", "default");
		cJSON_AddStringToObject(root, "type", "Microsoft.Resources/tags");
		cJSON_AddItemToObject(cJSON_AddObjectToObject(root, "properties"), "tags",
				      tags ? tags : cJSON_CreateObject());
	}
	cJSON_Delete(resource);
	put_or_404(rep, root);
	strbuf_fini(&target);
}

/* All that it has as nothing, for what is put in its place. */
static cJSON *without_tags(const cJSON *resource)
{
	cJSON *none = cJSON_CreateObject();
	const cJSON *at;

	cJSON_ArrayForEach (at, json_member(resource, "tags"))
		cJSON_AddNullToObject(none, at->string);
	return none;
}

static bool change_tags(struct write *wr)
{
	const char *how = json_text(wr->body, "operation");
	const cJSON *given = json_at(wr->body, STR("properties.tags")), *at;
	bool is_delete, is_replace;
	cJSON *patch, *tags;

	if (!how || !cJSON_IsObject(given))
		return write_refuse(wr, 400, "InvalidRequestContent",
				    "operation and properties.tags are required.");
	is_delete = str_eq_nocase(str_from(how), STR("Delete"));
	is_replace = str_eq_nocase(str_from(how), STR("Replace"));
	if (!is_delete && !is_replace && !str_eq_nocase(str_from(how), STR("Merge")))
		return write_refuse(wr, 400, "InvalidTagOperation",
				    "The operation '%s' is not one.", how);
	if (cJSON_GetArraySize(given) > 50)
		return write_refuse(wr, 400, "TooManyTags",
				    "A resource may have 50 tags at most.");
	patch = cJSON_CreateObject();
	tags = is_replace ? without_tags(wr->doc) : cJSON_CreateObject();
	cJSON_ArrayForEach (at, given) {
		cJSON_DeleteItemFromObjectCaseSensitive(tags, at->string);
		cJSON_AddItemToObject(tags, at->string,
				      is_delete ? cJSON_CreateNull()
						: cJSON_Duplicate(at, true));
	}
	cJSON_AddItemToObject(patch, "tags", tags);
	write_patch(wr, NULL, patch);
	return true;
}

/* The resource is changed; what is answered are its tags. */
const struct write_rule write_tags = {
	.end = WRITE_DOCUMENT,
	.shown = "/providers/Microsoft.Resources/tags/default",
	.strip = 4,
	.needs_body = true,
	.change = change_tags,
};

/* Types that can be asked for one by one, and how. */
void provider_get(struct world *w, const struct request *req, struct reply *rep)
{
	static const struct {
		const char *namespace, *type, *versions;
	} types[] = {
		{"Microsoft.Compute", "disks", "\"2024-03-02\",\"2023-10-02\""},
		{"Microsoft.Compute", "snapshots", "\"2024-03-02\",\"2023-10-02\""},
		{"Microsoft.Compute", "virtualMachines", "\"2024-07-01\""},
		{"Microsoft.Network", "publicIPAddresses", "\"2024-05-01\""},
		{"Microsoft.Network", "networkInterfaces", "\"2024-05-01\""},
		{"Microsoft.Network", "networkSecurityGroups", "\"2024-05-01\""},
		{"Microsoft.Web", "serverfarms", "\"2024-04-01\",\"2023-12-01\""},
		{"Microsoft.Storage", "storageAccounts", "\"2024-01-01\""},
	};
	struct str name = request_param(req, "namespace");
	struct strbuf *out = &rep->body;
	size_t n = 0;

	(void)w;
	jw_object(out, NULL);
	jw_format(out, "id", "/subscriptions/%.*s/providers/%.*s",
		  STR_ARG(request_param(req, "sub")), STR_ARG(name));
	jw_str(out, "namespace", name);
	jw_text(out, "registrationPolicy", "RegistrationRequired");
	jw_text(out, "registrationState", "Registered");
	jw_list(out, "resourceTypes");
	for (size_t i = 0; i < COUNT(types); i++) {
		if (!str_eq_nocase(name, str_from(types[i].namespace)))
			continue;
		n++;
		jw_object(out, NULL);
		jw_text(out, "resourceType", types[i].type);
		jw_list(out, "locations");
		jw_text(out, NULL, "West Europe");
		jw_text(out, NULL, "North Europe");
		jw_list_end(out);
		strbuf_printf(out, ",\"apiVersions\":[%s]", types[i].versions);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
	if (!n)
		reply_error(rep, 404, "InvalidResourceNamespace",
			    "The resource namespace '%.*s' is invalid.", STR_ARG(name));
}
