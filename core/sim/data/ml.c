/* Machine Learning's online endpoints, each with a blue and a green deployment between
 * which the traffic is shared. Thread: core. */
#include "base/count.h"
#include "sim/openai/openai.h"
#include "sim/rhythm.h"

#define TYPE "Microsoft.MachineLearningServices/workspaces"

const struct ai_workspace ai_workspaces[] = {
	{"mlw-qodex-prod", "rg-qodex-prod-weu"},
	{"mlw-atlas-test", "rg-atlas-test-weu"},
};
const size_t ai_n_workspaces = COUNT(ai_workspaces);

const struct ai_endpoint ai_endpoints[] = {
	{"mlw-qodex-prod", "reranker", "Succeeded", "Succeeded", "Succeeded", 90, 10},
	{"mlw-qodex-prod", "ocr", "Succeeded", "Succeeded", "Failed", 100, 0},
	{"mlw-qodex-prod", "language", "Updating", "Succeeded", NULL, 100, 0},
	{"mlw-atlas-test", "forecast", "Succeeded", "Succeeded", NULL, 0, 0},
	{"mlw-atlas-test", "fraud-next", "Failed", NULL, NULL, 0, 0},
};
const size_t ai_n_endpoints = COUNT(ai_endpoints);

static void put_id(struct strbuf *out, const struct ai_workspace *ws, const char *more,
		   const char *endpoint, const char *deployment)
{
	struct strbuf id;

	strbuf_init(&id, 1024);
	estate_put_group_id(&id, estate_group(ws->group));
	strbuf_printf(&id, "/providers/" TYPE "/%s%s%s", ws->name, more, endpoint);
	if (deployment)
		strbuf_printf(&id, "/deployments/%s", deployment);
	jw_str(out, "id", strbuf_str(&id));
	strbuf_fini(&id);
}

void ml_list_workspaces(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct strbuf *out = &rep->body;
	struct page page = {0};

	page_begin(rep);
	for (size_t i = 0; i < ai_n_workspaces; i++) {
		const struct ai_workspace *ws = &ai_workspaces[i];
		const struct group *group = estate_group(ws->group);

		if (group->sub != sub)
			continue;
		jw_object(out, NULL);
		put_id(out, ws, "", "", NULL);
		jw_text(out, "name", ws->name);
		jw_text(out, "type", TYPE);
		jw_text(out, "location", group->location);
		estate_put_tags(out, group, NULL);
		jw_object(out, "properties");
		jw_text(out, "friendlyName", ws->name);
		jw_text(out, "workspaceId", guid_of(w->seed, ws->name, 0).text);
		jw_text(out, "provisioningState", "Succeeded");
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

static const struct ai_workspace *workspace_named(const struct request *req,
						  struct reply *rep)
{
	struct str name = request_param(req, "mlw"), group = request_param(req, "rg");

	for (size_t i = 0; i < ai_n_workspaces; i++)
		if (str_eq_nocase(name, str_from(ai_workspaces[i].name)) &&
		    str_eq_nocase(group, str_from(ai_workspaces[i].group)))
			return &ai_workspaces[i];
	reply_error(rep, 404, "ResourceNotFound",
		    "The Resource '" TYPE "/%.*s' under resource group '%.*s' was not "
		    "found.",
		    STR_ARG(name), STR_ARG(group));
	return NULL;
}

static void put_share(struct strbuf *out, const struct ai_endpoint *e)
{
	jw_object(out, "traffic");
	if (e->blue)
		jw_int(out, "blue", e->to_blue);
	if (e->green)
		jw_int(out, "green", e->to_green);
	jw_object_end(out);
}

void ml_list_endpoints(struct world *w, const struct request *req, struct reply *rep)
{
	const struct ai_workspace *ws = workspace_named(req, rep);
	struct strbuf *out = &rep->body;
	struct page page = {0};

	if (!ws)
		return;
	page_begin(rep);
	for (size_t i = 0; i < ai_n_endpoints; i++) {
		const struct ai_endpoint *e = &ai_endpoints[i];

		if (strcmp(e->workspace, ws->name) != 0)
			continue;
		jw_object(out, NULL);
		put_id(out, ws, "/onlineEndpoints/", e->name, NULL);
		jw_text(out, "name", e->name);
		jw_text(out, "type", TYPE "/onlineEndpoints");
		jw_text(out, "location", estate_group(ws->group)->location);
		jw_text(out, "kind", "Managed");
		jw_object(out, "properties");
		jw_text(out, "authMode", i % 2 ? "AADToken" : "Key");
		jw_format(out, "scoringUri",
			  "https://%s.westeurope.inference.ml.azure.com/score", e->name);
		jw_text(out, "provisioningState", e->state);
		jw_text(out, "publicNetworkAccess", i % 2 ? "Enabled" : "Disabled");
		put_share(out, e);
		jw_object_end(out);
		jw_object(out, "systemData");
		jw_time(out, "createdAt",
			w->now_ms - w->now_ms % DAY_MS - (int64_t)(i + 2) * 17 * DAY_MS,
			3);
		jw_time(out, "lastModifiedAt",
			w->now_ms - w->now_ms % HOUR_MS - (int64_t)(i + 1) * 5 * HOUR_MS,
			3);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

static void put_deployment(struct strbuf *out, const struct ai_workspace *ws,
			   const struct ai_endpoint *e, const char *name,
			   const char *state)
{
	if (!state)
		return;
	jw_object(out, NULL);
	put_id(out, ws, "/onlineEndpoints/", e->name, name);
	jw_text(out, "name", name);
	jw_text(out, "type", TYPE "/onlineEndpoints/deployments");
	jw_text(out, "location", estate_group(ws->group)->location);
	jw_text(out, "kind", "Managed");
	jw_object(out, "sku");
	jw_text(out, "name", "Default");
	jw_int(out, "capacity", 2);
	jw_object_end(out);
	jw_object(out, "properties");
	jw_text(out, "endpointComputeType", "Managed");
	jw_text(out, "instanceType", "Standard_NC4as_T4_v3");
	jw_format(out, "model", "azureml://registries/contoso/models/%s/versions/%d",
		  e->name, name[0] == 'b' ? 3 : 4);
	jw_text(out, "provisioningState", state);
	jw_object_end(out);
	jw_object_end(out);
}

void ml_list_deployments(struct world *w, const struct request *req, struct reply *rep)
{
	const struct ai_workspace *ws = workspace_named(req, rep);
	struct str name = request_param(req, "online");
	struct page page = {0};

	(void)w;
	if (!ws)
		return;
	page_begin(rep);
	for (size_t i = 0; i < ai_n_endpoints; i++) {
		const struct ai_endpoint *e = &ai_endpoints[i];

		if (strcmp(e->workspace, ws->name) != 0 ||
		    !str_eq_nocase(name, str_from(e->name)))
			continue;
		put_deployment(&rep->body, ws, e, "blue", e->blue);
		put_deployment(&rep->body, ws, e, "green", e->green);
	}
	page_end(rep, &page);
}
