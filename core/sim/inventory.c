/* The list of all resources. Thread: core. Its second page is empty and still
 * links on, and a filter thins out the pages: it comes after they were cut. */
#include "sim/inventory.h"

#include "sim/aks.h"
#include "sim/dr.h"
#include "sim/sql_estate.h"

#define PER_PAGE 25
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What is there and has no provider of its own in the simulator. */
static const struct plain {
	const char *group, *type, *name, *sku;
} plains[] = {
	{"rg-atlas-prod-weu", "Microsoft.Storage/storageAccounts", "stcontosoatlasweu",
	 "Standard_ZRS"},
	{"rg-atlas-prod-weu", "Microsoft.KeyVault/vaults", "kv-atlas-prod-weu", NULL},
	{"rg-atlas-prod-weu", "Microsoft.Network/applicationGateways",
	 "agw-atlas-prod-weu", NULL},
	{"rg-atlas-prod-weu", "Microsoft.Network/virtualNetworks", "vnet-atlas-prod-weu",
	 NULL},
	{"rg-atlas-prod-weu", "Microsoft.Cache/Redis", "redis-atlas-prod-weu", NULL},
	{"rg-atlas-prod-neu", "Microsoft.Storage/storageAccounts", "stcontosoatlasneu",
	 "Standard_LRS"},
	{"rg-atlas-prod-neu", "Microsoft.Network/virtualNetworks", "vnet-atlas-prod-neu",
	 NULL},
	{"rg-qodex-prod-weu", "Microsoft.Storage/storageAccounts", "stcontosoqodexweu",
	 "Standard_ZRS"},
	{"rg-qodex-prod-weu", "Microsoft.KeyVault/vaults", "kv-qodex-prod-weu", NULL},
	{"rg-qodex-prod-weu", "Microsoft.ServiceBus/namespaces", "sb-qodex-prod-weu",
	 "Standard"},
	{"rg-qodex-prod-neu", "Microsoft.Network/virtualNetworks", "vnet-qodex-prod-neu",
	 NULL},
	{"rg-atlas-test-weu", "Microsoft.Storage/storageAccounts", "stcontosotestweu",
	 "Standard_LRS"},
	{"rg-qodex-dev-weu", "Microsoft.Web/serverFarms", "plan-qodex-dev", "B1"},
	{"rg-qodex-dev-weu", "Microsoft.Web/sites", "app-qodex-dev", NULL},
	{"rg-shared-ci-weu", "Microsoft.ContainerRegistry/registries", "crcontososhared",
	 "Premium"},
	{"rg-shared-ci-weu", "Microsoft.Compute/virtualMachineScaleSets",
	 "vmss-build-agents", "Standard_D4s_v5"},
	{"rg-shared-network-weu", "Microsoft.Network/virtualNetworks", "vnet-hub-weu",
	 NULL},
	{"rg-shared-network-weu", "Microsoft.Network/azureFirewalls", "fw-hub-weu", NULL},
	{"rg-shared-network-weu", "Microsoft.Network/trafficmanagerprofiles",
	 "tm-contoso", NULL},
	{"rg-shared-monitor-weu", "Microsoft.OperationalInsights/workspaces",
	 "log-contoso", NULL},
};

static void add(struct inventory *inv, const struct group *own, enum sub sub,
		const struct group *only, struct resource resource)
{
	if (own->sub != sub || (only && own != only) || inv->n == INVENTORY_MAX)
		return;
	resource.group = own;
	if (!resource.location)
		resource.location = own->location;
	inv->items[inv->n++] = resource;
}

static struct str keep(struct inventory *inv, struct strbuf *id)
{
	struct str kept = arena_str(inv->arena, strbuf_str(id));

	strbuf_reset(id);
	return kept;
}

static struct str plain_id(struct inventory *inv, struct strbuf *id,
			   const struct group *group, const char *type, const char *name)
{
	estate_put_group_id(id, group);
	strbuf_printf(id, "/providers/%s/%s", type, name);
	return keep(inv, id);
}

static void add_sql(struct inventory *inv, struct strbuf *id, enum sub sub,
		    const struct group *only)
{
	for (size_t i = 0; i < sql_n_servers; i++) {
		const struct sql_server *s = &sql_servers[i];

		sql_put_server_id(id, s);
		add(inv, estate_group(s->group), sub, only,
		    (struct resource){.id = keep(inv, id),
				      .name = s->name,
				      .type = "Microsoft.Sql/servers"});
	}
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];

		if (db->traits & SQL_MASTER)
			continue;
		sql_put_database_id(id, db);
		add(inv, estate_group(sql_server(db->server)->group), sub, only,
		    (struct resource){.id = keep(inv, id),
				      .name = db->name,
				      .type = "Microsoft.Sql/servers/databases",
				      .sku = sql_find_slo(str_from(db->slo))->sku,
				      .is_measured = true});
	}
}

static void add_rest(struct inventory *inv, struct strbuf *id, enum sub sub,
		     const struct group *only)
{
	static const char vm[] = "Microsoft.Compute/virtualMachines";
	static const char aks[] = "Microsoft.ContainerService/managedClusters";
	static const char vault[] = "Microsoft.RecoveryServices/vaults";

	for (size_t i = 0; i < dr_n_machines; i++) {
		const struct group *group = estate_group(dr_machines[i].group);
		const char *name = dr_machines[i].name;

		add(inv, group, sub, only,
		    (struct resource){.id = plain_id(inv, id, group, vm, name),
				      .name = name,
				      .type = vm,
				      .is_measured = true});
	}
	for (size_t i = 0; i < aks_n_clusters; i++) {
		const struct group *group = estate_group(aks_clusters[i].group);
		const char *name = aks_clusters[i].name;

		add(inv, group, sub, only,
		    (struct resource){.id = plain_id(inv, id, group, aks, name),
				      .name = name,
				      .type = aks,
				      .is_measured = true});
	}
	for (size_t i = 0; i < dr_n_vaults; i++) {
		const struct group *group = estate_group(dr_vaults[i].group);
		const char *name = dr_vaults[i].name;

		add(inv, group, sub, only,
		    (struct resource){.id = plain_id(inv, id, group, vault, name),
				      .name = name,
				      .type = vault,
				      .sku = "RS0"});
	}
}

void inventory_init(struct inventory *inv, struct arena *arena, enum sub sub,
		    const struct group *group)
{
	struct strbuf id;

	inv->n = 0;
	inv->arena = arena;
	strbuf_init(&id, 512);
	add_sql(inv, &id, sub, group);
	add_rest(inv, &id, sub, group);
	for (size_t i = 0; i < COUNT(plains); i++) {
		const struct plain *p = &plains[i];
		const struct group *own = estate_group(p->group);

		add(inv, own, sub, group,
		    (struct resource){.id = plain_id(inv, &id, own, p->type, p->name),
				      .name = p->name,
				      .type = p->type,
				      .sku = p->sku});
	}
	strbuf_fini(&id);
}

static void put_resource(struct strbuf *out, const struct resource *r)
{
	jw_object(out, NULL);
	jw_str(out, "id", r->id);
	jw_text(out, "name", r->name);
	jw_text(out, "type", r->type);
	if (r->sku) {
		jw_object(out, "sku");
		jw_text(out, "name", r->sku);
		jw_object_end(out);
	}
	jw_text(out, "location", r->location);
	estate_put_tags(out, r->group, NULL);
	jw_object_end(out);
}

/* "resourceType eq 'TYPE'" is the one filter known; no filter leaves *type empty. */
static bool read_filter(const struct request *req, struct reply *rep, struct str *type)
{
	struct str filter = str_trim(request_query(req, "$filter"));
	const struct str before = STR("resourceType eq '");

	*type = (struct str){0};
	if (filter.n == 0)
		return true;
	if (str_starts_nocase(filter, before) && str_ends(filter, STR("'")) &&
	    filter.n > before.n + 1) {
		*type = str_sub(filter, before.n, filter.n - before.n - 1);
		return true;
	}
	reply_error(rep, 400, "InvalidFilterInQueryString",
		    "Invalid $filter '%.*s' specified in the query string.",
		    STR_ARG(filter));
	return false;
}

static void put_list(const struct request *req, struct reply *rep,
		     const struct group *group, enum sub sub)
{
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	struct page page;
	struct str type;

	if (!read_filter(req, rep, &type))
		return;
	inventory_init(inv, rep->arena, sub, group);
	if (!page_init(&page, req, rep, inv->n, PER_PAGE, true))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		if (type.n == 0 || str_eq_nocase(type, str_from(inv->items[i].type)))
			put_resource(&rep->body, &inv->items[i]);
	page_end(rep, &page);
}

void inventory_list(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	put_list(req, rep, NULL,
		 estate_sub_index(estate_find_sub(request_param(req, "sub"))));
}

void inventory_list_group(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_sub_index(estate_find_sub(request_param(req, "sub")));

	(void)w;
	put_list(req, rep, estate_find_group(sub, request_param(req, "rg")), sub);
}
