/* Tenants, subscriptions and resource groups on the wire. Thread: core. */
#include "sim/tenant/tenant.h"

#define GROUPS_PER_PAGE 5

void tenant_endpoints(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	jw_list(out, NULL);
	jw_object(out, NULL);
	jw_text(out, "name", "AzureCloud");
	jw_object(out, "authentication");
	jw_str(out, "loginEndpoint", req->base);
	jw_list(out, "audiences");
	jw_str(out, NULL, req->base);
	jw_text(out, NULL, "https://management.azure.com/");
	jw_list_end(out);
	jw_text(out, "tenant", "common");
	jw_text(out, "identityProvider", "AAD");
	jw_object_end(out);
	jw_str(out, "resourceManager", req->base);
	jw_object(out, "suffixes");
	jw_text(out, "sqlServerHostname", "database.windows.net");
	jw_text(out, "storage", "core.windows.net");
	jw_text(out, "keyVaultDns", "vault.azure.net");
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
}

void tenant_list_tenants(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	(void)req;
	page_begin(rep);
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "id", "/tenants/" ESTATE_TENANT);
	jw_text(&rep->body, "tenantId", ESTATE_TENANT);
	jw_text(&rep->body, "countryCode", "NL");
	jw_text(&rep->body, "displayName", "Contoso");
	jw_list(&rep->body, "domains");
	jw_text(&rep->body, NULL, "contoso.com");
	jw_list_end(&rep->body);
	jw_text(&rep->body, "tenantCategory", "Home");
	jw_text(&rep->body, "defaultDomain", "contoso.com");
	jw_text(&rep->body, "tenantType", "AAD");
	jw_object_end(&rep->body);
	jw_list_end(&rep->body);
	jw_text(&rep->body, "nextLink", "");
	jw_object_end(&rep->body);
}

static void put_sub(struct strbuf *out, const struct subscription *sub)
{
	jw_object(out, NULL);
	jw_format(out, "id", "/subscriptions/%s", sub->id);
	jw_text(out, "authorizationSource", "RoleBased");
	jw_list(out, "managedByTenants");
	jw_list_end(out);
	jw_text(out, "subscriptionId", sub->id);
	jw_text(out, "tenantId", ESTATE_TENANT);
	jw_text(out, "displayName", sub->name);
	jw_text(out, "state", "Enabled");
	jw_object(out, "subscriptionPolicies");
	jw_text(out, "locationPlacementId", "Public_2014-09-01");
	jw_text(out, "quotaId", sub->quota_id);
	jw_text(out, "spendingLimit", "Off");
	jw_object_end(out);
	jw_object_end(out);
}

void tenant_list_subs(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	(void)req;
	page_begin(rep);
	for (size_t i = 0; i < SUB_COUNT; i++)
		put_sub(out, &estate_subs[i]);
	jw_list_end(out);
	jw_text(out, "nextLink", "");
	jw_object_end(out);
}

void tenant_get_sub(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	put_sub(&rep->body, estate_find_sub(request_param(req, "sub")));
}

static void put_group(struct strbuf *out, const struct group *group)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", group->name);
	jw_text(out, "type", "Microsoft.Resources/resourceGroups");
	jw_text(out, "location", group->location);
	if (group->managed_by)
		jw_format(out, "managedBy",
			  "/subscriptions/%s/resourcegroups/providers/"
			  "Microsoft.ContainerService/managedClusters/%s",
			  estate_sub_id(group), group->managed_by);
	estate_put_group_tags(out, group);
	jw_object(out, "properties");
	jw_text(out, "provisioningState", "Succeeded");
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void tenant_list_groups(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	const struct group *own[32];
	struct page page;
	size_t n = 0;

	(void)w;
	for (size_t i = 0; i < estate_n_groups; i++)
		if (estate_groups[i].sub == sub)
			own[n++] = &estate_groups[i];
	if (!page_init(&page, req, rep, n, GROUPS_PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_group(&rep->body, own[i]);
	page_end(rep, &page);
}

void tenant_get_group(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	put_group(&rep->body, estate_asked_group(req));
}
