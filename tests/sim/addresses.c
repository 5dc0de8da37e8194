/* See addresses.h. The api-version of an address is the one whose interface Azure
 * published with the specifications the conformance test reads. */
#include "sim/addresses.h"

#include <stdio.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/k8s/aks.h"
#include "sim/asked.h"
#include "sim/cost/billing.h"
#include "sim/ci/ci.h"
#include "sim/devops/devops.h"
#include "sim/dr/dr.h"
#include "sim/entry/entry.h"
#include "sim/logs/insights.h"
#include "sim/compute/keyvault.h"
#include "sim/resource.h"
#include "sim/logs/logs.h"
#include "sim/openai/openai.h"
#include "sim/sql/sql.h"
#include "sim/compute/vm.h"

/* What the braces so far were filled with. */
struct place {
	const struct world *world;
	const struct route *route;
	enum sub sub;
	const struct group *group;
	const struct sql_server *server;
	const struct vault *vault;
	address_fn fn;
	void *ctx;
	size_t n; /* addresses of the route */
};

static const char *version_of(const struct route *route)
{
	static const struct {
		const char *part, *version;
	} published[] = {
		{"Microsoft.ResourceHealth/", "2024-02-01"},
		{"Microsoft.Insights/components/{component}", "2024-02-01"},
		{"Microsoft.Insights/components", "2020-02-02"},
		{"/eventtypes/", "2015-04-01"},
		{"/autoscalesettings", "2022-10-01"},
		{"Microsoft.Insights/", "2024-02-01"},
		{"/secureScore", "2020-01-01"},
		{"Microsoft.Security/", "2022-01-01"},
		{"/policyAssignments", "2022-06-01"},
		{"Microsoft.Authorization/", "2022-04-01"},
		{"Microsoft.PolicyInsights/", "2024-10-01"},
		{"Microsoft.AlertsManagement/", "2019-03-01"},
		{"Microsoft.Resources/deployments", "2021-04-01"},
		{"Microsoft.DataFactory/", "2018-06-01"},
		{"/api/query", "2020-08-01"},
		{"Microsoft.OperationalInsights/", "2023-09-01"},
		{"Microsoft.CognitiveServices/", "2024-10-01"},
		{"Microsoft.MachineLearningServices/", "2024-10-01"},
		{"Microsoft.Sql/", "2021-11-01"},
		{"/trafficmanagerprofiles", "2022-04-01"},
		{"Microsoft.Cdn/", "2024-09-01"},
		{"Microsoft.KeyVault/", "2023-07-01"},
		{"Microsoft.RecoveryServices/", "2024-04-01"},
		{"Microsoft.ContainerService/", "2024-09-01"},
		{"Microsoft.CostManagement/", "2024-08-01"},
		{"Microsoft.Consumption", "2024-08-01"},
		{"Microsoft.Billing/", "2020-05-01"},
		{"Microsoft.Capacity/", "2022-11-01"},
		{"Microsoft.Advisor/", "2023-01-01"},
		{"/tagNames", "2021-04-01"},
		{"Microsoft.ResourceGraph/", "2024-04-01"},
		{"/galleries/", "2023-07-03"},
		{"Microsoft.ContainerInstance/", "2023-05-01"},
		{"Microsoft.ContainerRegistry/", "2023-07-01"},
		{"Microsoft.Network/dnsZones/", "2018-05-01"},
		{"Microsoft.Web/", "2024-04-01"},
		{"Microsoft.Compute/", "2024-07-01"},
		{"/resourceGroups", "2021-04-01"},
		{"/resources", "2021-04-01"},
		{"/", "2022-12-01"},
	};

	for (size_t i = 0;; i++)
		if (strstr(route->path, published[i].part))
			return published[i].version;
}

static void tell(struct place *p, const char *path, const struct asked *how)
{
	struct strbuf target;
	struct address address = {.route = p->route, .body = how ? how->body : NULL};

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_puts(&target, path);
	if (p->route->kind == ROUTE_ARM)
		strbuf_printf(&target, "?api-version=%s", version_of(p->route));
	else if (p->route->kind == ROUTE_DEVOPS)
		strbuf_puts(&target, "?api-version=7.1&includeAssignedRequest=true");
	/* Organizations are told to their own member alone. */
	if (str_ends(str_from(path), STR("/accounts")) && p->route->kind == ROUTE_DEVOPS)
		strbuf_printf(&target, "&memberId=%s",
			      guid_of(p->world->seed, "me", 0).text);
	if (how)
		strbuf_puts(&target, how->query);
	address.target = target.p;
	p->fn(&address, p->ctx);
	p->n++;
	strbuf_fini(&target);
}

static void tell_each(struct place *p, const char *path)
{
	bool is_told = false;

	for (size_t i = 0; i < n_asked; i++) {
		if (asked[i].method != p->route->method ||
		    !str_ends(str_from(p->route->path), str_from(asked[i].tail)))
			continue;
		tell(p, path, &asked[i]);
		is_told = true;
	}
	if (!is_told)
		tell(p, path, NULL);
}

static void expand(struct place *p, const char *done, const char *rest);

/* Puts a value where the brace was and goes on. */
static void with(const struct place *p, size_t *n, const char *done, const char *value,
		 const char *rest)
{
	struct place next = *p;
	struct strbuf path;

	next.n = 0;
	strbuf_init(&path, REQUEST_MAX_TARGET);
	strbuf_printf(&path, "%s%s", done, value);
	expand(&next, path.p, rest);
	strbuf_fini(&path);
	*n += next.n;
}

static void fill_sub(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < SUB_COUNT; i++) {
		p->sub = (enum sub)i;
		with(p, &p->n, done, estate_subs[i].id, rest);
	}
}

static void fill_group(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < estate_n_groups; i++) {
		p->group = &estate_groups[i];
		if (p->group->sub == p->sub)
			with(p, &p->n, done, p->group->name, rest);
	}
}

static void fill_server(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < sql_n_servers; i++) {
		p->server = &sql_servers[i];
		if (p->group ? estate_group(p->server->group) == p->group
			     : estate_group(p->server->group)->sub == p->sub)
			with(p, &p->n, done, p->server->name, rest);
	}
}

static void fill_database(struct place *p, const char *done, const char *rest)
{
	/* Resource health knows none of the masters. */
	bool is_health = strstr(rest, "ResourceHealth") != NULL;

	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		if (strcmp(sql_databases[i].server, p->server->name) == 0 &&
		    !(is_health && (sql_databases[i].traits & SQL_MASTER)))
			with(p, &p->n, done, sql_databases[i].name, rest);
}

static void fill_pool(struct place *p, const char *done, const char *rest)
{
	char id[16];

	for (size_t i = 0; !p->server && i < devops_n_pools; i++) {
		snprintf(id, sizeof(id), "%d", devops_pools[i].id);
		with(p, &p->n, done, id, rest);
	}
	for (size_t i = 0; p->server && i < sql_n_pools; i++)
		if (strcmp(sql_pools[i].server, p->server->name) == 0)
			with(p, &p->n, done, sql_pools[i].name, rest);
}

static void fill_vault(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < dr_n_vaults; i++) {
		p->vault = &dr_vaults[i];
		if (estate_group(p->vault->group) == p->group)
			with(p, &p->n, done, p->vault->name, rest);
	}
}

static void fill_profile(struct place *p, const char *done, const char *rest)
{
	if (p->group == estate_group(AFD_GROUP))
		with(p, &p->n, done, AFD_PROFILE, rest);
}

static void fill_origin_group(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < afd_n_origin_groups; i++)
		with(p, &p->n, done, afd_origin_groups[i], rest);
}

static void fill_component(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < insights_n_components; i++)
		if (estate_group(insights_components[i].group) == p->group)
			with(p, &p->n, done, insights_components[i].name, rest);
}

static void fill_fabric(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, "Azure", rest);
}

static void fill_protected(struct place *p, const char *done, const char *rest,
			   const char *before)
{
	char name[160];

	for (size_t i = 0; i < dr_n_machines; i++) {
		const struct machine *m = &dr_machines[i];

		snprintf(name, sizeof(name), "%s;iaasvmcontainerv2;%s;%s", before,
			 m->group, m->name);
		if (m->backup && !dr_replicates(p->vault))
			with(p, &p->n, done, name, rest);
	}
}

static void fill_container(struct place *p, const char *done, const char *rest)
{
	fill_protected(p, done, rest, "IaasVMContainer");
}

static void fill_item(struct place *p, const char *done, const char *rest)
{
	fill_protected(p, done, rest, "VM");
}

static void fill_keyvault(struct place *p, const char *done, const char *rest)
{
	/* Asked itself, a vault stands in no group. */
	if (!p->group)
		with(p, &p->n, done, "kv-qodex-prod-weu", rest);
	for (size_t i = 0; p->group && i < n_keyvaults; i++)
		if (estate_group(keyvaults[i].group) == p->group)
			with(p, &p->n, done, keyvaults[i].name, rest);
}

static void fill_vm(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < vm_n_machines; i++)
		if (estate_group(vm_machines[i].group) == p->group)
			with(p, &p->n, done, vm_machines[i].name, rest);
}

static void fill_cluster(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < aks_n_clusters; i++)
		if (estate_group(aks_clusters[i].group) == p->group)
			with(p, &p->n, done, aks_clusters[i].name, rest);
}

static void fill_location(struct place *p, const char *done, const char *rest)
{
	if (p->group)
		with(p, &p->n, done, p->group->location, rest);
	else
		with(p, &p->n, done, "westeurope", rest);
}

static void fill_operation(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_change *change = &p->world->sql.newest[i];

		if (change->to &&
		    estate_group(sql_server(sql_databases[i].server)->group) == p->group)
			with(p, &p->n, done, change->id.text, rest);
	}
}

static void fill_ai_account(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < ai_n_accounts; i++)
		if (estate_group(ai_accounts[i].group) == p->group)
			with(p, &p->n, done, ai_accounts[i].name, rest);
}

static void fill_ml_workspace(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < ai_n_workspaces; i++)
		if (estate_group(ai_workspaces[i].group) == p->group)
			with(p, &p->n, done, ai_workspaces[i].name, rest);
}

static void fill_ml_endpoint(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < ai_n_endpoints; i++)
		if (strstr(done, ai_endpoints[i].workspace))
			with(p, &p->n, done, ai_endpoints[i].name, rest);
}

static void fill_source(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, "prom-weu", rest);
}

static void fill_workspace(struct place *p, const char *done, const char *rest)
{
	for (size_t i = 0; i < log_n_workspaces; i++)
		if (estate_group(log_workspaces[i].group) == p->group)
			with(p, &p->n, done, log_workspaces[i].name, rest);
}

static void fill_account(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, BILLING_ACCOUNT, rest);
}

static void fill_billing(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, BILLING_PROFILE, rest);
}

static void fill_place(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, "europe-west4", rest);
}

static void fill_tenant(struct place *p, const char *done, const char *rest)
{
	with(p, &p->n, done, ESTATE_TENANT, rest);
}

/* The part of a resource's id that follows what stands there already. */
static bool next_part(const struct resource_row *row, const char *done, char *part,
		      size_t size)
{
	struct strbuf id;
	struct str types = str_from(row->type), names = str_from(row->path), type, name;
	struct str rest;
	bool is_under;

	strbuf_init(&id, REQUEST_MAX_TARGET);
	estate_put_group_id(&id, estate_group(row->group));
	str_next(&types, '/', &type);
	strbuf_printf(&id, "/providers/%.*s", STR_ARG(type));
	while (str_next(&types, '/', &type) && str_next(&names, '/', &name))
		strbuf_printf(&id, "/%.*s/%.*s", STR_ARG(type), STR_ARG(name));
	is_under = str_starts_nocase(strbuf_str(&id), str_from(done));
	rest = str_sub(strbuf_str(&id), strlen(done), id.n);
	if (is_under && str_next(&rest, '/', &name))
		snprintf(part, size, "%.*s", STR_ARG(name));
	strbuf_fini(&id);
	return is_under;
}

static void fill_resource(struct place *p, const char *done, const char *rest)
{
	char part[128], last[128] = "";

	/* Rows with the same part stand together. */
	for (const struct resource_row *row = resource_rows; row->group; row++) {
		if (!next_part(row, done, part, sizeof(part)) || strcmp(part, last) == 0)
			continue;
		snprintf(last, sizeof(last), "%s", part);
		with(p, &p->n, done, part, rest);
	}
}

static void fill_run(struct place *p, const char *done, const char *rest)
{
	bool is_github = str_find(str_from(done), STR("_github")) >= 0;
	char id[24];

	snprintf(id, sizeof(id), "%lld",
		 (long long)(is_github ? github_newest_run(p->world)
				       : gitlab_newest_run(p->world)));
	with(p, &p->n, done, id, rest);
}

/* Ids of Microsoft Fabric are made of the seed. */
static void fill_lakehouse(struct place *p, const char *done, const char *rest)
{
	bool is_item = str_find(str_from(done), STR("/items/")) >= 0;
	const char *name = is_item ? "Load orders" : "Atlas Sales";
	struct guid id = guid_of(p->world->seed, is_item ? "item" : "workspace",
				 str_hash(str_from(name)));

	with(p, &p->n, done, id.text, rest);
}

/* Parts that are one word of a list, wherever they stand. */
static const struct words {
	const char *name, *words;
} words[] = {
	{"{project}", "Atlas Qodex"},
	{"{owner}", "contoso"},
	{"{repo}", "atlas-mobile"},
	{"{gitlab}", "41"},
	{"{organization}", "contoso"},
	{"{workspace}", "ws-atlas-network-prod ws-atlas-data-prod"},
	{"{k8s}", "aks-atlas-prod aks-qodex-prod"},
	{"{namespace}", "atlas qodex"},
	{"{pod}", "search-0"},
	{"{customer}", "4f2b8c1d-9a37-4e60-b5d2-7c81e03fa964"},
	{"{apigroup}/{version}", "apps/v1 metrics.k8s.io/v1beta1"},
	{"{datasource}", "atlas-sql atlas-lake"},
	{"{scan}", "weekly"},
	{"{tfstate}", "atlas-prod.tfstate qodex-prod.tfstate"},
	{"{ref}", "qzxkvbnmasdfghjklpoi"},
	{"{secret}/{version}", "webhook-secret/0123456789abcdef0123456789abcdef"},
	{"{secret}", "webhook-secret"},
	{"{certificate}", "qodex-tls"},
	{"{mongogroup}", "65a1f0c2b8d94e0f12c7ab01"},
	{"{mongoorg}", "65a1f0c2b8d94e0f12c7aa10"},
	{"{oai}/openai/deployments/{deployment}",
	 "oai-atlas-prod-weu/openai/deployments/gpt-4o"},
	{"{oai}/openai/v1", "oai-atlas-prod-weu/openai/v1"},
};

static void fill_words(struct place *p, const char *done, const struct words *of,
		       const char *behind)
{
	struct str rest = str_from(of->words), word;
	char text[80];

	while (str_next(&rest, ' ', &word)) {
		snprintf(text, sizeof(text), "%.*s", STR_ARG(word));
		with(p, &p->n, done, text, behind);
	}
}

static const struct filler {
	const char *name;
	void (*fill)(struct place *p, const char *done, const char *rest);
} fillers[] = {
	{"{tenant}", fill_tenant},
	{"{uid}", fill_source},
	{"{oai}", fill_ai_account},
	{"{mlw}", fill_ml_workspace},
	{"{online}", fill_ml_endpoint},
	{"{place}", fill_place},
	{"{sub}", fill_sub},
	{"{rg}", fill_group},
	{"{server}", fill_server},
	{"{db}", fill_database},
	{"{pool}", fill_pool},
	{"{vault}", fill_vault},
	{"{cluster}", fill_cluster},
	{"{vm}", fill_vm},
	{"{profile}", fill_profile},
	{"{origingroup}", fill_origin_group},
	{"{component}", fill_component},
	{"{fabric}", fill_fabric},
	{"{container}", fill_container},
	{"{item}", fill_item},
	{"{keyvault}", fill_keyvault},
	{"{account}", fill_account},
	{"{billing}", fill_billing},
	{"{ws}", fill_workspace},
	{"{loc}", fill_location},
	{"{run}", fill_run},
	{"{fabricworkspace}", fill_lakehouse},
	{"{fabricitem}", fill_lakehouse},
	{"{operation}", fill_operation},
};

static void expand(struct place *p, const char *done, const char *rest)
{
	const char *brace = strchr(rest, '{');
	char before[512];

	if (!brace) {
		snprintf(before, sizeof(before), "%s%s", done, rest);
		tell_each(p, before);
		return;
	}
	snprintf(before, sizeof(before), "%s%.*s", done, (int)(brace - rest), rest);
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_starts(str_from(brace), str_from(words[i].name))) {
			fill_words(p, before, &words[i], brace + strlen(words[i].name));
			return;
		}
	for (size_t i = 0; i < COUNT(fillers); i++)
		if (str_starts(str_from(brace), str_from(fillers[i].name))) {
			fillers[i].fill(p, before, brace + strlen(fillers[i].name));
			return;
		}
	/* Any other part is the name of a resource that stands under what is done. */
	fill_resource(p, before, strchr(brace, '}') + 1);
}

void addresses_each(const struct world *w, address_fn fn, void *ctx)
{
	for (const struct route *r = sim_routes; r->path; r++) {
		struct place p = {.world = w, .route = r, .fn = fn, .ctx = ctx};

		expand(&p, "", r->path);
		if (p.n == 0)
			fatal("addresses: a route has no address");
	}
}
