/* Site Recovery's replicated items. Thread: core. Dates of the year 1753 and the
 * job "None" are how this service says that there is none. */
#include "base/rng.h"
#include "sim/dr/dr.h"
#include "sim/rhythm.h"

#define ITEM_TYPE                                                                        \
	"Microsoft.RecoveryServices/vaults/replicationFabrics/"                          \
	"replicationProtectionContainers/replicationProtectedItems"
#define NEVER "1753-01-01T01:01:01Z"

static void put_fault(const struct world *w, struct strbuf *out, const struct machine *m,
		      double rpo_s)
{
	bool is_critical = strcmp(m->health, "Critical") == 0;

	jw_object(out, NULL);
	jw_text(out, "errorSource", "SRS");
	jw_text(out, "errorType", "ReplicationHealth");
	jw_text(out, "errorLevel", is_critical ? "Critical" : "Warning");
	jw_text(out, "errorCategory", "Replication");
	jw_text(out, "errorCode", is_critical ? "153007" : "153006");
	jw_text(out, "summaryMessage",
		is_critical ? "No crash-consistent recovery point in the last hours."
			    : "The recovery point objective exceeds its threshold.");
	jw_format(out, "errorMessage", "Replication of '%s' is %d minutes behind.",
		  m->name, (int)(rpo_s / 60));
	jw_text(out, "possibleCauses",
		is_critical
			? "The mobility agent cannot reach the cache storage account."
			: "The data change rate is above what the target disk takes.");
	jw_text(out, "recommendedAction",
		is_critical
			? "Check the outbound rules of the machine's network for the "
			  "storage service tag."
			: "Move to a disk type with a higher write limit, or wait for "
			  "the churn to end.");
	jw_time(out, "creationTimeUtc",
		w->now_ms - w->now_ms % HOUR_MS - (is_critical ? 7 : 1) * HOUR_MS, 7);
	jw_text(out, "errorId", guid_of(w->seed, m->name, 9).text);
	jw_object_end(out);
}

static double rpo_now(const struct world *w, const struct machine *m)
{
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(m->name)));

	return m->rpo_s * (1 + 0.25 * rhythm_noise(seed, w->now_ms, 5 * MINUTE_MS));
}

static void put_provider(const struct world *w, struct strbuf *out,
			 const struct machine *m, double rpo_s)
{
	bool is_seeding = m->rpo_s == 0;
	struct strbuf id;

	strbuf_init(&id, 512);
	dr_put_machine_id(&id, m);
	jw_object(out, "providerSpecificDetails");
	jw_text(out, "instanceType", "A2A");
	jw_str(out, "fabricObjectId", strbuf_str(&id));
	jw_text(out, "multiVmGroupName", "");
	jw_text(out, "osType", "Linux");
	jw_text(out, "primaryFabricLocation", "westeurope");
	jw_text(out, "recoveryFabricLocation", "northeurope");
	jw_text(out, "vmProtectionState",
		is_seeding ? "InitialReplication" : "Protected");
	jw_text(out, "vmProtectionStateDescription",
		is_seeding ? "Initial replication" : "Protected");
	jw_text(out, "recoveryAzureVMName", m->name);
	jw_int(out, "monitoringPercentageCompletion", is_seeding ? 62 : 100);
	jw_text(out, "monitoringJobType", is_seeding ? "IR" : "None");
	if (is_seeding) {
		jw_null(out, "rpoInSeconds");
		jw_null(out, "lastRpoCalculatedTime");
	} else {
		jw_int(out, "rpoInSeconds", (int64_t)rpo_s);
		jw_time(out, "lastRpoCalculatedTime", w->now_ms - w->now_ms % MINUTE_MS,
			7);
	}
	jw_time(out, "lastHeartbeat", w->now_ms - w->now_ms % (2 * MINUTE_MS), 7);
	jw_text(out, "agentVersion", "9.63.7187.1");
	jw_time(out, "agentExpiryDate", w->now_ms + 190 * DAY_MS, 0);
	jw_bool(out, "isReplicationAgentUpdateRequired", false);
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_operations(struct strbuf *out, const struct machine *m)
{
	bool is_tested = strcmp(m->test_state, "None") != 0;

	jw_list(out, "allowedOperations");
	if (is_tested) {
		jw_text(out, NULL, "TestFailoverCleanup");
	} else if (m->rpo_s > 0) {
		jw_text(out, NULL, "UnplannedFailover");
		jw_text(out, NULL, "TestFailover");
	}
	jw_text(out, NULL, "DisableProtection");
	jw_list_end(out);
}

static void put_scenario(const struct world *w, struct strbuf *out, const char *vault,
			 const struct machine *m)
{
	bool is_tested = strcmp(m->test_state, "None") != 0;
	const struct drill *drill = is_tested ? dr_last_drill(m->plan) : NULL;

	jw_object(out, "currentScenario");
	jw_text(out, "scenarioName", is_tested ? "TestFailover" : "None");
	jw_format(out, "jobId", "%s/replicationJobs/%s", vault,
		  drill ? dr_drill_job(w, drill).text : "None");
	if (drill)
		jw_time(out, "startTime", dr_drill_ms(w, drill), 7);
	else
		jw_text(out, "startTime", NEVER);
	jw_object_end(out);
}

static void put_properties(const struct world *w, struct strbuf *out, const char *vault,
			   const struct machine *m)
{
	bool is_seeding = m->rpo_s == 0;
	double rpo_s = rpo_now(w, m);

	jw_object(out, "properties");
	jw_text(out, "friendlyName", m->name);
	jw_text(out, "protectedItemType", "AzureVirtualMachine");
	jw_text(out, "primaryFabricFriendlyName", "West Europe");
	jw_text(out, "primaryFabricProvider", "Azure");
	jw_text(out, "recoveryFabricFriendlyName", "North Europe");
	jw_text(out, "protectionState",
		is_seeding ? "UnprotectedStatesBegin" : "Protected");
	jw_text(out, "protectionStateDescription",
		is_seeding ? "Initial replication in progress" : "Protected");
	jw_text(out, "activeLocation", "Primary");
	jw_text(out, "testFailoverState", m->test_state);
	jw_text(out, "testFailoverStateDescription",
		strcmp(m->test_state, "None") == 0
			? "None"
			: "Waiting for the test failover to be cleaned up");
	put_operations(out, m);
	jw_text(out, "replicationHealth", m->health);
	jw_text(out, "failoverHealth",
		strcmp(m->health, "Critical") == 0 ? "Warning" : "Normal");
	jw_list(out, "healthErrors");
	if (strcmp(m->health, "Normal") != 0)
		put_fault(w, out, m, rpo_s);
	jw_list_end(out);
	jw_format(out, "policyId", "%s/replicationPolicies/24-hour-retention", vault);
	jw_text(out, "policyFriendlyName", "24-hour-retention");
	if (m->tested_days_ago >= 0)
		jw_time(out, "lastSuccessfulTestFailoverTime",
			rhythm_day_start(rhythm_day(w->now_ms) - m->tested_days_ago) +
				10 * HOUR_MS + 41 * MINUTE_MS,
			7);
	put_scenario(w, out, vault, m);
	put_provider(w, out, m, rpo_s);
	jw_object_end(out);
}

void dr_list_items(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	struct strbuf *out = &rep->body, id;
	struct page page = {0};

	if (!vault)
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	page_begin(rep);
	for (size_t i = 0; i < dr_n_machines && dr_replicates(vault); i++) {
		const struct machine *m = &dr_machines[i];
		struct guid name = guid_of(w->seed, m->name, 0);

		if (!m->health)
			continue;
		jw_object(out, NULL);
		jw_format(out, "id",
			  "%s/replicationFabrics/asr-a2a-default-westeurope/"
			  "replicationProtectionContainers/asr-a2a-westeurope/"
			  "replicationProtectedItems/%s",
			  id.p, name.text);
		jw_text(out, "name", name.text);
		jw_text(out, "type", ITEM_TYPE);
		put_properties(w, out, id.p, m);
		jw_object_end(out);
	}
	page_end(rep, &page);
	strbuf_fini(&id);
}
