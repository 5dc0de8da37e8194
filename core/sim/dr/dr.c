/* Recovery vaults and what they protect. Thread: core. */
#include "sim/dr/dr.h"

#include "base/count.h"

const struct vault dr_vaults[] = {
	{"rsv-replication-neu", "rg-recovery-neu"},
	{"rsv-backup-weu", "rg-recovery-weu"},
};
const size_t dr_n_vaults = COUNT(dr_vaults);

#define AT "rg-atlas-prod-weu"
#define QX "rg-qodex-prod-weu"

const struct machine dr_machines[] = {
	{"vm-atlas-app-01", AT, "Normal", 48, "None", 41, "rp-atlas", "Completed"},
	{"vm-atlas-app-02", AT, "Normal", 55, "None", 41, "rp-atlas", "Completed"},
	{"vm-atlas-batch-01", AT, "Warning", 4450, "None", 41, "rp-atlas", "Completed"},
	{"vm-atlas-files-01", AT, "Normal", 130, "None", 203, "rp-atlas-files", "Failed"},
	{"vm-qodex-web-01", QX, "Normal", 62, "WaitingForCompletion", 6, "rp-qodex",
	 "Completed"},
	{"vm-qodex-web-02", QX, "Normal", 40, "WaitingForCompletion", 6, "rp-qodex",
	 "Completed"},
	{"vm-qodex-index-01", QX, "Critical", 26400, "None", 188, "rp-qodex",
	 "Completed"},
	{"vm-qodex-relay-01", QX, "Normal", 0, "None", -1, NULL, NULL},
	{"vm-qodex-build-01", QX, NULL, 0, "None", -1, NULL, "CompletedWithWarnings"},
};
const size_t dr_n_machines = COUNT(dr_machines);

const struct vault *dr_vault_named(const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "vault");

	for (size_t i = 0; i < dr_n_vaults; i++)
		if (str_eq_nocase(name, str_from(dr_vaults[i].name)) &&
		    estate_group(dr_vaults[i].group) == group)
			return &dr_vaults[i];
	reply_error(
		rep, 404, "ResourceNotFound",
		"The Resource 'Microsoft.RecoveryServices/vaults/%.*s' under resource "
		"group '%s' was not found.",
		STR_ARG(name), group->name);
	return NULL;
}

bool dr_replicates(const struct vault *vault)
{
	return vault == &dr_vaults[0];
}

void dr_put_vault_id(struct strbuf *out, const struct vault *vault)
{
	const struct group *group = estate_group(vault->group);

	strbuf_printf(out,
		      "/Subscriptions/%s/resourceGroups/%s/providers/"
		      "Microsoft.RecoveryServices/vaults/%s",
		      estate_sub_id(group), group->name, vault->name);
}

void dr_list_rows(const struct world *w, const struct request *req, struct reply *rep,
		  const struct dr_rows *rows)
{
	const struct vault *vault = dr_vault_named(req, rep);
	struct page page = {0};
	struct strbuf id;

	if (!vault)
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	page_begin(rep);
	for (size_t i = 0; i < rows->n && dr_replicates(vault) == rows->replicates; i++)
		rows->put(w, &rep->body, id.p, i);
	page_end(rep, &page);
	strbuf_fini(&id);
}

void dr_put_machine_id(struct strbuf *out, const struct machine *m)
{
	estate_put_group_id(out, estate_group(m->group));
	strbuf_printf(out, "/providers/Microsoft.Compute/virtualMachines/%s", m->name);
}

static void put_vault(struct strbuf *out, const struct vault *vault)
{
	const struct group *group = estate_group(vault->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	jw_object(out, NULL);
	jw_text(out, "location", group->location);
	jw_text(out, "name", vault->name);
	jw_text(out, "etag", "W/\"datetime'2024-03-05T09%3A14%3A51.6870012Z'\"");
	estate_put_tags(out, group, NULL);
	jw_object(out, "properties");
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "privateEndpointStateForBackup", "None");
	jw_text(out, "privateEndpointStateForSiteRecovery", "None");
	jw_text(out, "publicNetworkAccess", "Enabled");
	jw_object_end(out);
	jw_format(out, "id", "%s/providers/Microsoft.RecoveryServices/vaults/%s", id.p,
		  vault->name);
	jw_text(out, "type", "Microsoft.RecoveryServices/vaults");
	jw_object(out, "sku");
	jw_text(out, "name", "RS0");
	jw_text(out, "tier", "Standard");
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void dr_list_vaults(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct page page = {0};

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < dr_n_vaults; i++)
		if (estate_group(dr_vaults[i].group)->sub == sub)
			put_vault(&rep->body, &dr_vaults[i]);
	page_end(rep, &page);
}

void dr_list_usages(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	struct strbuf *out = &rep->body;
	struct page page = {0};
	int n_items = 0, n_unhealthy = 0;

	(void)w;
	if (!vault)
		return;
	for (size_t i = 0; i < dr_n_machines && dr_replicates(vault); i++) {
		n_items += dr_machines[i].health != NULL;
		n_unhealthy += dr_machines[i].health &&
			       strcmp(dr_machines[i].health, "Normal") != 0;
	}
	page_begin(rep);
	jw_object(out, NULL);
	jw_object(out, "monitoringSummary");
	jw_int(out, "unHealthyVmCount", n_unhealthy);
	jw_int(out, "unHealthyProviderCount", 0);
	jw_int(out, "eventsCount", n_unhealthy);
	jw_int(out, "deprecatedProviderCount", 0);
	jw_int(out, "supportedProviderCount", 0);
	jw_int(out, "unsupportedProviderCount", 0);
	jw_object_end(out);
	jw_object(out, "jobsSummary");
	jw_int(out, "failedJobs", dr_replicates(vault) ? 1 : 0);
	jw_int(out, "suspendedJobs", dr_replicates(vault) ? 1 : 0);
	jw_int(out, "inProgressJobs", dr_replicates(vault) ? 1 : 0);
	jw_object_end(out);
	jw_int(out, "protectedItemCount", n_items);
	jw_int(out, "recoveryPlanCount", dr_replicates(vault) ? (int)dr_n_plans : 0);
	jw_int(out, "registeredServersCount", 0);
	jw_int(out, "recoveryServicesProviderAuthType", 0);
	jw_object_end(out);
	page_end(rep, &page);
}
