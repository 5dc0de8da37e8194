/* See tfstate.h. The state follows from the inventory, so it agrees with what is
 * there but for what the table of oddities says: made by hand, deleted by hand,
 * changed by hand. Its attributes hold secrets, as every state does. */
#include "sim/ci/tfstate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "sim/inventory.h"
#include "sim/rhythm.h"
#include "sim/service.h"

static const struct state {
	const char *blob, *workload, *version;
	int serial;
} states[] = {
	{"atlas-prod.tfstate", "Atlas", "1.9.8", 412},
	{"qodex-prod.tfstate", "Qodex", "1.10.5", 187},
};

enum oddity {
	ODD_UNMANAGED = 1, /* there, and not in the state */
	ODD_TAGGED,	   /* its tags are others by now */
	ODD_RESIZED,
	ODD_TAINTED,
};

static const struct odd {
	const char *name;
	enum oddity oddity;
} oddities[] = {
	{"aci-atlas-sftp", ODD_UNMANAGED},    {"stcontosoatlasfiles", ODD_UNMANAGED},
	{"vm-atlas-batch-01", ODD_UNMANAGED}, {"psql-qodex-vectors", ODD_UNMANAGED},
	{"vm-qodex-index-01", ODD_UNMANAGED}, {"redis-atlas-prod-weu", ODD_TAGGED},
	{"plan-atlas-prod-weu", ODD_RESIZED}, {"func-atlas-orders", ODD_TAINTED},
};

/* Deleted by hand: the state still believes in them. */
static const struct gone {
	const char *workload, *group, *type, *arm, *name;
} gone[] = {
	{"Atlas", "rg-atlas-prod-neu", "azurerm_public_ip",
	 "Microsoft.Network/publicIPAddresses", "pip-atlas-failover"},
	{"Qodex", "rg-qodex-prod-weu", "azurerm_redis_cache", "Microsoft.Cache/Redis",
	 "redis-qodex-feedback"},
};

static const struct {
	const char *arm, *type;
} types[] = {
	{"Microsoft.Sql/servers", "azurerm_mssql_server"},
	{"Microsoft.Sql/servers/databases", "azurerm_mssql_database"},
	{"Microsoft.Storage/storageAccounts", "azurerm_storage_account"},
	{"Microsoft.Cache/Redis", "azurerm_redis_cache"},
	{"Microsoft.Network/virtualNetworks", "azurerm_virtual_network"},
	{"Microsoft.Network/networkSecurityGroups", "azurerm_network_security_group"},
	{"Microsoft.Network/networkInterfaces", "azurerm_network_interface"},
	{"Microsoft.Network/privateEndpoints", "azurerm_private_endpoint"},
	{"Microsoft.Network/publicIPAddresses", "azurerm_public_ip"},
	{"Microsoft.Compute/virtualMachines", "azurerm_linux_virtual_machine"},
	{"Microsoft.Compute/disks", "azurerm_managed_disk"},
	{"Microsoft.ContainerService/managedClusters", "azurerm_kubernetes_cluster"},
	{"Microsoft.KeyVault/vaults", "azurerm_key_vault"},
	{"Microsoft.Web/serverFarms", "azurerm_service_plan"},
	{"Microsoft.Web/sites", "azurerm_linux_web_app"},
	{"Microsoft.DBforPostgreSQL/flexibleServers",
	 "azurerm_postgresql_flexible_server"},
	{"Microsoft.DataFactory/factories", "azurerm_data_factory"},
};

static const char *type_of(const char *arm)
{
	for (size_t i = 0; i < COUNT(types); i++) {
		if (str_eq_nocase(str_from(arm), str_from(types[i].arm)))
			return types[i].type;
	}
	return "azapi_resource";
}

static enum oddity oddity_of(const char *name)
{
	for (size_t i = 0; i < COUNT(oddities); i++) {
		if (strcmp(name, oddities[i].name) == 0)
			return oddities[i].oddity;
	}
	return 0;
}

/* Disks of a machine go with it; its first one is made by it. */
static bool is_left_out(const struct resource *r)
{
	for (size_t i = 0; i < COUNT(oddities); i++) {
		if (oddities[i].oddity == ODD_UNMANAGED &&
		    str_starts(str_from(r->name), str_from(oddities[i].name)))
			return true;
	}
	return strstr(r->name, "_OsDisk") != NULL;
}

static void put_name(struct strbuf *out, const char *name)
{
	char text[128];

	snprintf(text, sizeof(text), "%s", name);
	for (char *p = text; *p; p++)
		*p = *p == '-' || *p == '.' ? '_' : *p;
	jw_text(out, "name", text);
}

static void begin_resource(struct strbuf *out, const char *module, const char *mode,
			   const char *type, const char *name)
{
	jw_object(out, NULL);
	if (module)
		jw_text(out, "module", module);
	jw_text(out, "mode", mode);
	jw_text(out, "type", type);
	put_name(out, name);
	jw_format(out, "provider", "provider[\"registry.terraform.io/%s\"]",
		  strncmp(type, "azurerm", 7) == 0  ? "hashicorp/azurerm"
		  : strncmp(type, "random", 6) == 0 ? "hashicorp/random"
						    : "azure/azapi");
	jw_list(out, "instances");
}

static void end_resource(struct strbuf *out)
{
	jw_list_end(out);
	jw_object_end(out);
}

static void put_tags(struct strbuf *out, const struct resource *r)
{
	if (oddity_of(r->name) != ODD_TAGGED) {
		estate_put_tags(out, r->group, NULL);
		return;
	}
	jw_object(out, "tags");
	jw_text(out, "workload", r->group->workload);
	jw_object_end(out);
}

static void put_size(struct strbuf *out, const struct resource *r, const char *type)
{
	const char *sku = r->sku ? r->sku : "";
	const char *under = strchr(sku, '_');

	if (oddity_of(r->name) == ODD_RESIZED)
		jw_text(out, "sku_name", "P1v3");
	else if (strcmp(type, "azurerm_service_plan") == 0)
		jw_text(out, "sku_name", sku);
	if (strcmp(type, "azurerm_storage_account") != 0 || !under)
		return;
	jw_format(out, "account_tier", "%.*s", (int)(under - sku), sku);
	jw_text(out, "account_replication_type", under + 1);
	jw_format(out, "primary_access_key", "not-a-key-%s", r->name);
}

static void put_managed(struct strbuf *out, const struct resource *r)
{
	const char *type = type_of(r->type);
	bool is_site = strcmp(type, "azurerm_linux_web_app") == 0;

	begin_resource(out, is_site ? "module.apps" : NULL, "managed", type,
		       is_site ? "app" : r->name);
	jw_object(out, NULL);
	if (is_site)
		jw_text(out, "index_key", r->name);
	jw_int(out, "schema_version", 0);
	if (oddity_of(r->name) == ODD_TAINTED)
		jw_text(out, "status", "tainted");
	jw_object(out, "attributes");
	jw_str(out, "id", r->id);
	jw_text(out, "name", r->name);
	jw_text(out, "location", r->location);
	jw_text(out, "resource_group_name", r->group->name);
	put_size(out, r, type);
	put_tags(out, r);
	jw_object_end(out);
	jw_list(out, "sensitive_attributes");
	jw_list_end(out);
	jw_object_end(out);
	end_resource(out);
}

static void put_gone(struct strbuf *out, const struct gone *g)
{
	const struct group *group = estate_group(g->group);

	begin_resource(out, NULL, "managed", g->type, g->name);
	jw_object(out, NULL);
	jw_int(out, "schema_version", 0);
	jw_object(out, "attributes");
	jw_format(out, "id", "/subscriptions/%s/resourceGroups/%s/providers/%s/%s",
		  estate_sub_id(group), g->group, g->arm, g->name);
	jw_text(out, "name", g->name);
	jw_text(out, "location", group->location);
	estate_put_tags(out, group, NULL);
	jw_object_end(out);
	jw_object_end(out);
	end_resource(out);
}

/* Beside what stands in resource groups: the groups, a password, a data source. */
static void put_others(struct strbuf *out, const struct world *w,
		       const struct state *state)
{
	for (size_t i = 0; i < estate_n_groups; i++) {
		const struct group *g = &estate_groups[i];

		if (g->sub != SUB_PROD || g->managed_by ||
		    strcmp(g->workload, state->workload) != 0)
			continue;
		begin_resource(out, NULL, "managed", "azurerm_resource_group", g->name);
		jw_object(out, NULL);
		jw_object(out, "attributes");
		jw_format(out, "id", "/subscriptions/%s/resourceGroups/%s",
			  estate_sub_id(g), g->name);
		jw_text(out, "location", g->location);
		jw_object_end(out);
		jw_object_end(out);
		end_resource(out);
	}
	begin_resource(out, "module.sql", "managed", "random_password", "admin");
	jw_object(out, NULL);
	jw_int(out, "index_key", 0);
	jw_object(out, "attributes");
	jw_text(out, "id", "none");
	jw_text(out, "result", guid_of(w->seed, state->blob, 1).text);
	jw_object_end(out);
	jw_object_end(out);
	end_resource(out);
	begin_resource(out, NULL, "data", "azurerm_client_config", "current");
	jw_object(out, NULL);
	jw_object(out, "attributes");
	jw_text(out, "id", guid_of(w->seed, "client", 1).text);
	jw_object_end(out);
	jw_object_end(out);
	end_resource(out);
}

static void put_state(struct world *w, const struct state *state, struct reply *rep)
{
	struct inventory *inv = arena_calloc(rep->arena, 1, sizeof(*inv));
	struct strbuf *out = &rep->body;

	inventory_init(inv, rep->arena, SUB_PROD, NULL);
	jw_object(out, NULL);
	jw_int(out, "version", 4);
	jw_text(out, "terraform_version", state->version);
	jw_int(out, "serial", state->serial);
	jw_text(out, "lineage", guid_of(w->seed, state->blob, 0).text);
	jw_object(out, "outputs");
	jw_object(out, "admin_password");
	jw_text(out, "value", guid_of(w->seed, state->blob, 1).text);
	jw_text(out, "type", "string");
	jw_bool(out, "sensitive", true);
	jw_object_end(out);
	jw_object_end(out);
	jw_list(out, "resources");
	for (size_t i = 0; i < inv->n; i++) {
		const struct resource *r = &inv->items[i];

		if (strcmp(r->group->workload, state->workload) == 0 &&
		    !r->group->managed_by && !is_left_out(r))
			put_managed(out, r);
	}
	for (size_t i = 0; i < COUNT(gone); i++) {
		if (strcmp(gone[i].workload, state->workload) == 0)
			put_gone(out, &gone[i]);
	}
	put_others(out, w, state);
	jw_list_end(out);
	jw_null(out, "check_results");
	jw_object_end(out);
}

void tfstate_get(struct world *w, const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "tfstate");

	for (size_t i = 0; i < COUNT(states); i++) {
		if (!str_eq(name, str_from(states[i].blob)))
			continue;
		put_state(w, &states[i], rep);
		reply_header(rep, "Content-Type", "application/json");
		reply_header(rep, "x-ms-blob-type", "BlockBlob");
		reply_header(rep, "x-ms-lease-state", "available");
		reply_header(rep, "x-ms-lease-status", "unlocked");
		reply_header(rep, "x-ms-version", "2021-12-02");
		return;
	}
	service_error(req, rep, 404, "BlobNotFound",
		      "The specified blob does not exist.");
}
