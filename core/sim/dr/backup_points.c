/* What a machine can be restored from: one recovery point a night. Thread: core.
 * The names of containers and items in the path carry semicolons. */
#include <stdio.h>

#include "sim/dr/dr.h"
#include "sim/rhythm.h"

#define N_NIGHTS 14

/* "VM;iaasvmcontainerv2;group;machine" */
static const struct machine *machine_in(const struct vault *vault,
					const struct request *req, struct reply *rep)
{
	struct str item = request_param(req, "item");

	for (size_t i = 0; i < dr_n_machines && !dr_replicates(vault); i++) {
		const struct machine *m = &dr_machines[i];
		char name[160];

		snprintf(name, sizeof(name), "VM;iaasvmcontainerv2;%s;%s", m->group,
			 m->name);
		if (m->backup && str_eq_nocase(item, str_from(name)))
			return m;
	}
	reply_error(rep, 404, "BMSUserErrorObjectNotFound", "Item not found");
	return NULL;
}

static const char *kind_of(const struct machine *m, int night)
{
	if (strcmp(m->backup, "CompletedWithWarnings") == 0 && night < 2)
		return "CrashConsistent";
	return "FileSystemConsistent";
}

static void put_tiers(struct strbuf *out, int night)
{
	jw_list(out, "recoveryPointTierDetails");
	if (night < 2) {
		jw_object(out, NULL);
		jw_text(out, "type", "InstantRP");
		jw_text(out, "status", "Valid");
		jw_object_end(out);
	}
	jw_object(out, NULL);
	jw_text(out, "type", "HardenedRP");
	jw_text(out, "status", "Valid");
	jw_object_end(out);
	jw_list_end(out);
}

static void put_point(const struct world *w, struct strbuf *out, const char *item_id,
		      const struct machine *m, int night)
{
	int64_t made_ms = dr_recovery_point_ms(w, m) - night * DAY_MS;
	int64_t name = made_ms / 1000;

	jw_object(out, NULL);
	jw_format(out, "id", "%s/recoveryPoints/%lld", item_id, (long long)name);
	jw_format(out, "name", "%lld", (long long)name);
	jw_text(out, "type",
		"Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/"
		"protectedItems/recoveryPoints");
	jw_object(out, "properties");
	jw_text(out, "objectType", "IaasVMRecoveryPoint");
	jw_text(out, "recoveryPointType", kind_of(m, night));
	jw_time(out, "recoveryPointTime", made_ms, 7);
	jw_text(out, "recoveryPointAdditionalInfo", "");
	jw_text(out, "sourceVMStorageType", "PremiumLRS");
	jw_bool(out, "isSourceVMEncrypted", false);
	jw_bool(out, "isInstantIlrSessionActive", false);
	put_tiers(out, night);
	jw_bool(out, "isManagedVirtualMachine", true);
	jw_text(out, "virtualMachineSize", "Standard_D4s_v5");
	jw_bool(out, "originalStorageAccountOption", false);
	jw_text(out, "osType", "Linux");
	jw_object_end(out);
	jw_object_end(out);
}

void dr_list_recovery_points(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	const struct machine *m = vault ? machine_in(vault, req, rep) : NULL;
	struct page page = {0};
	struct strbuf id;

	if (!m)
		return;
	strbuf_init(&id, 1024);
	dr_put_vault_id(&id, vault);
	strbuf_printf(&id,
		      "/backupFabrics/Azure/protectionContainers/IaasVMContainer;"
		      "iaasvmcontainerv2;%s;%s/protectedItems/VM;iaasvmcontainerv2;%s;%s",
		      m->group, m->name, m->group, m->name);
	page_begin(rep);
	for (int night = 0; night < N_NIGHTS; night++)
		put_point(w, &rep->body, id.p, m, night);
	page_end(rep, &page);
	strbuf_fini(&id);
}
