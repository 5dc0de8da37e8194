/* The applications that are watched, as the list has them. Thread: core. The names
 * of its properties are as mixed as here. */
#include "sim/logs/insights.h"
#include "sim/logs/logs.h"

static void put_workspace(struct strbuf *out, const struct component *a)
{
	const struct group *group;

	for (size_t i = 0; i < log_n_workspaces; i++) {
		if (!a->workspace || strcmp(log_workspaces[i].name, a->workspace) != 0)
			continue;
		group = estate_group(log_workspaces[i].group);
		jw_format(out, "WorkspaceResourceId",
			  "/subscriptions/%s/resourcegroups/%s/providers/"
			  "microsoft.operationalinsights/workspaces/%s",
			  estate_sub_id(group), group->name, a->workspace);
	}
}

static void put_app(const struct world *w, struct strbuf *out, const struct component *a)
{
	const struct group *group = estate_group(a->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	strbuf_printf(&id, "/providers/microsoft.insights/components/%s", a->name);
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", a->name);
	jw_text(out, "type", "microsoft.insights/components");
	jw_text(out, "location", group->location);
	estate_put_tags(out, group, NULL);
	jw_text(out, "kind", "web");
	jw_object(out, "properties");
	jw_text(out, "Application_Type", "web");
	jw_text(out, "ApplicationId", a->name);
	jw_text(out, "AppId", guid_of(w->seed, a->name, 0).text);
	jw_text(out, "Flow_Type", "Bluefield");
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "CreationDate", "2024-02-07T10:02:11.4821177+00:00");
	jw_text(out, "IngestionMode",
		a->workspace ? "LogAnalytics" : "ApplicationInsights");
	if (a->workspace)
		put_workspace(out, a);
	else
		jw_null(out, "SamplingPercentage");
	jw_int(out, "RetentionInDays", 90);
	jw_text(out, "publicNetworkAccessForIngestion", "Enabled");
	jw_text(out, "publicNetworkAccessForQuery", "Enabled");
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void insights_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < insights_n_components; i++)
		if (estate_group(insights_components[i].group)->sub == sub)
			put_app(w, &rep->body, &insights_components[i]);
	page_end(rep, &(struct page){0});
}
