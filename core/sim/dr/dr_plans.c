/* Site Recovery's plans, and the health of a vault. Thread: core. */
#include "base/count.h"
#include "base/rng.h"
#include "sim/dr/dr.h"
#include "sim/rhythm.h"

const char *const dr_plans[] = {"rp-atlas", "rp-atlas-files", "rp-qodex"};
const size_t dr_n_plans = COUNT(dr_plans);

static void put_members(const struct world *w, struct strbuf *out, const char *vault,
			const char *plan)
{
	jw_list(out, "replicationProtectedItems");
	for (size_t i = 0; i < dr_n_machines; i++) {
		const struct machine *m = &dr_machines[i];
		struct strbuf id;

		if (!m->plan || strcmp(m->plan, plan) != 0)
			continue;
		strbuf_init(&id, 512);
		dr_put_machine_id(&id, m);
		jw_object(out, NULL);
		jw_format(out, "id",
			  "%s/replicationFabrics/asr-a2a-default-westeurope/"
			  "replicationProtectionContainers/asr-a2a-westeurope/"
			  "replicationProtectedItems/%s",
			  vault, guid_of(w->seed, m->name, 0).text);
		jw_str(out, "virtualMachineId", strbuf_str(&id));
		jw_object_end(out);
		strbuf_fini(&id);
	}
	jw_list_end(out);
}

static void put_groups(const struct world *w, struct strbuf *out, const char *vault,
		       const char *plan)
{
	static const char *const types[] = {"Shutdown", "Failover", "Boot"};

	jw_list(out, "groups");
	for (size_t i = 0; i < 3; i++) {
		jw_object(out, NULL);
		jw_text(out, "groupType", types[i]);
		if (i == 2) {
			put_members(w, out, vault, plan);
		} else {
			jw_list(out, "replicationProtectedItems");
			jw_list_end(out);
		}
		jw_list(out, "startGroupActions");
		jw_list_end(out);
		jw_list(out, "endGroupActions");
		jw_list_end(out);
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_plan(const struct world *w, struct strbuf *out, const char *vault,
		     const char *plan)
{
	const struct drill *drill = dr_last_drill(plan);

	jw_object(out, NULL);
	jw_format(out, "id", "%s/replicationRecoveryPlans/%s", vault, plan);
	jw_text(out, "name", plan);
	jw_text(out, "type",
		"Microsoft.RecoveryServices/vaults/replicationRecoveryPlans");
	jw_object(out, "properties");
	jw_text(out, "friendlyName", plan);
	jw_format(out, "primaryFabricId",
		  "%s/replicationFabrics/asr-a2a-default-westeurope", vault);
	jw_text(out, "primaryFabricFriendlyName", "West Europe");
	jw_format(out, "recoveryFabricId",
		  "%s/replicationFabrics/asr-a2a-default-northeurope", vault);
	jw_text(out, "recoveryFabricFriendlyName", "North Europe");
	jw_text(out, "failoverDeploymentModel", "ResourceManager");
	jw_list(out, "replicationProviders");
	jw_text(out, NULL, "A2A");
	jw_list_end(out);
	jw_list(out, "allowedOperations");
	jw_text(out, NULL, drill->is_open ? "TestFailoverCleanup" : "TestFailover");
	if (!drill->is_open) {
		jw_text(out, NULL, "PlannedFailover");
		jw_text(out, NULL, "UnplannedFailover");
	}
	jw_list_end(out);
	jw_time(out, "lastTestFailoverTime", dr_drill_ms(w, drill), 7);
	jw_object(out, "currentScenario");
	jw_text(out, "scenarioName", drill->is_open ? "TestFailover" : "None");
	jw_format(out, "jobId", "%s/replicationJobs/%s", vault,
		  drill->is_open ? dr_drill_job(w, drill).text : "None");
	if (drill->is_open)
		jw_time(out, "startTime", dr_drill_ms(w, drill), 7);
	else
		jw_text(out, "startTime", "1753-01-01T01:01:01Z");
	jw_object_end(out);
	jw_text(out, "currentScenarioStatus", drill->is_open ? "Suspended" : "None");
	jw_text(out, "currentScenarioStatusDescription",
		drill->is_open ? "Waiting for user input" : "None");
	put_groups(w, out, vault, plan);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_row(const struct world *w, struct strbuf *out, const char *vault,
		    size_t i)
{
	put_plan(w, out, vault, dr_plans[i]);
}

void dr_list_plans(struct world *w, const struct request *req, struct reply *rep)
{
	dr_list_rows(w, req, rep,
		     &(struct dr_rows){.n = dr_n_plans,
				       .replicates = true,
				       .put = put_row});
}

void dr_vault_health(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	struct strbuf *out = &rep->body, id;
	int n = 0;

	(void)w;
	if (!vault)
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	for (size_t i = 0; i < dr_n_machines && dr_replicates(vault); i++)
		n += dr_machines[i].health != NULL;
	jw_object(out, NULL);
	jw_format(out, "id", "%s/replicationVaultHealth/%s", id.p, vault->name);
	jw_text(out, "name", vault->name);
	jw_text(out, "type", "Microsoft.RecoveryServices/vaults/replicationVaultHealth");
	jw_object(out, "properties");
	jw_list(out, "vaultErrors");
	jw_list_end(out);
	jw_object(out, "protectedItemsHealth");
	jw_int(out, "resourceCount", n);
	jw_list(out, "issues");
	if (n) {
		jw_object(out, NULL);
		jw_text(out, "summaryCode", "153007");
		jw_text(out, "category", "Replication");
		jw_text(out, "severity", "Error");
		jw_text(out, "summaryMessage", "Recovery points are missing");
		jw_text(out, "affectedResourceType", "VirtualMachine");
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}
