/* Site Recovery's plans and jobs, and the health of a vault. Thread: core. */
#include "base/rng.h"
#include "sim/dr.h"
#include "sim/rhythm.h"

#define JOBS_PER_PAGE 10
#define N_ROUTINE     14

struct plan {
	const char *name;
	int tested_days_ago;
	bool is_running; /* a test nobody has cleaned up */
};

static const struct plan plans[] = {
	{"rp-atlas", 41, false},
	{"rp-qodex", 6, true},
};

#define N_PLANS (sizeof(plans) / sizeof(plans[0]))

static int64_t tested_ms(const struct world *w, const struct plan *plan)
{
	return rhythm_day_start(rhythm_day(w->now_ms) - plan->tested_days_ago) +
	       10 * HOUR_MS;
}

static void put_members(const struct world *w, struct strbuf *out, const char *vault,
			const struct plan *plan)
{
	jw_list(out, "replicationProtectedItems");
	for (size_t i = 0; i < dr_n_machines; i++) {
		const struct machine *m = &dr_machines[i];
		struct strbuf id;

		if (!m->plan || strcmp(m->plan, plan->name) != 0)
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
		       const struct plan *plan)
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
		     const struct plan *plan)
{
	jw_object(out, NULL);
	jw_format(out, "id", "%s/replicationRecoveryPlans/%s", vault, plan->name);
	jw_text(out, "name", plan->name);
	jw_text(out, "type",
		"Microsoft.RecoveryServices/vaults/replicationRecoveryPlans");
	jw_object(out, "properties");
	jw_text(out, "friendlyName", plan->name);
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
	jw_text(out, NULL, plan->is_running ? "TestFailoverCleanup" : "TestFailover");
	if (!plan->is_running)
		jw_text(out, NULL, "UnplannedFailover");
	jw_list_end(out);
	jw_time(out, "lastTestFailoverTime", tested_ms(w, plan), 7);
	jw_object(out, "currentScenario");
	jw_text(out, "scenarioName", plan->is_running ? "TestFailover" : "None");
	jw_format(out, "jobId", "%s/replicationJobs/%s", vault,
		  plan->is_running ? guid_of(w->seed, "drill", 0).text : "None");
	if (plan->is_running)
		jw_time(out, "startTime", tested_ms(w, plan), 7);
	else
		jw_text(out, "startTime", "1753-01-01T01:01:01Z");
	jw_object_end(out);
	jw_text(out, "currentScenarioStatus", plan->is_running ? "Suspended" : "None");
	jw_text(out, "currentScenarioStatusDescription",
		plan->is_running ? "Waiting for user input" : "None");
	put_groups(w, out, vault, plan);
	jw_object_end(out);
	jw_object_end(out);
}

void dr_list_plans(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	struct page page = {0};
	struct strbuf id;

	if (!vault)
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	page_begin(rep);
	for (size_t i = 0; i < N_PLANS && dr_replicates(vault); i++)
		put_plan(w, &rep->body, id.p, &plans[i]);
	page_end(rep, &page);
	strbuf_fini(&id);
}

struct job {
	struct guid id;
	const char *scenario, *title, *state, *state_text;
	const char *target, *target_type;
	int64_t started_ms;
	int64_t ended_ms;   /* 0: runs */
	const char *action; /* allowed, or NULL */
};

static void put_job(const struct world *w, struct strbuf *out, const char *vault,
		    const struct job *job)
{
	jw_object(out, NULL);
	jw_format(out, "id", "%s/replicationJobs/%s", vault, job->id.text);
	jw_text(out, "name", job->id.text);
	jw_text(out, "type", "Microsoft.RecoveryServices/vaults/replicationJobs");
	jw_object(out, "properties");
	jw_text(out, "scenarioName", job->scenario);
	jw_text(out, "friendlyName", job->title);
	jw_text(out, "state", job->state);
	jw_text(out, "stateDescription", job->state_text);
	jw_list(out, "tasks");
	jw_list_end(out);
	jw_list(out, "errors");
	jw_list_end(out);
	jw_time(out, "startTime", job->started_ms, 7);
	if (job->ended_ms)
		jw_time(out, "endTime", job->ended_ms, 7);
	jw_list(out, "allowedActions");
	if (job->action)
		jw_text(out, NULL, job->action);
	jw_list_end(out);
	jw_text(out, "targetObjectId", guid_of(w->seed, job->target, 0).text);
	jw_text(out, "targetObjectName", job->target);
	jw_text(out, "targetInstanceType", job->target_type);
	jw_object_end(out);
	jw_object_end(out);
}

/* The drill that waits, a failed re-protection, the seeding of the newest machine,
 * and one routine check every twelve hours. */
static struct job job_at(const struct world *w, size_t i)
{
	int64_t half_day = rhythm_floor_div(w->now_ms, 12 * HOUR_MS) - (int64_t)i;
	const struct machine *m = &dr_machines[(uint64_t)half_day % 7];
	struct job job = {
		.id = guid_of(w->seed, "routine", (uint64_t)half_day),
		.scenario = "UpdateMobilityService",
		.title = "Update the replication agent",
		.state = "Succeeded",
		.state_text = "Completed",
		.target = m->name,
		.target_type = "ProtectionEntity",
		.started_ms = half_day * 12 * HOUR_MS,
		.ended_ms = half_day * 12 * HOUR_MS + 4 * MINUTE_MS,
	};

	if (w->now_ms < job.ended_ms) {
		job.state = job.state_text = "InProgress";
		job.ended_ms = 0;
	}
	return job;
}

static struct job special_job(const struct world *w, size_t i)
{
	int64_t day_ms = rhythm_day_start(rhythm_day(w->now_ms));
	const struct job jobs[] = {
		{guid_of(w->seed, "seeding", 0), "EnableDr", "Enable replication",
		 "InProgress", "InProgress", "vm-qodex-relay-01", "ProtectionEntity",
		 w->now_ms - w->now_ms % (6 * HOUR_MS) - HOUR_MS, 0, "Cancel"},
		{guid_of(w->seed, "drill", 0), "TestFailover", "Test failover",
		 "Suspended", "Waiting for user input", "rp-qodex", "RecoveryPlan",
		 tested_ms(w, &plans[1]), 0, "Resume"},
		{guid_of(w->seed, "failed", 0), "ReprotectProtectedItem", "Re-protect",
		 "Failed", "Failed", "vm-qodex-index-01", "ProtectionEntity",
		 day_ms - 5 * HOUR_MS, day_ms - 5 * HOUR_MS + 9 * MINUTE_MS, "Restart"},
	};

	return jobs[i];
}

void dr_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	size_t n = vault && dr_replicates(vault) ? 3 + N_ROUTINE : 0;
	struct page page;
	struct strbuf id;

	if (!vault || !page_init(&page, req, rep, n, JOBS_PER_PAGE, false))
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++) {
		struct job job = i < 3 ? special_job(w, i) : job_at(w, i - 3);

		put_job(w, &rep->body, id.p, &job);
	}
	page_end(rep, &page);
	strbuf_fini(&id);
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
