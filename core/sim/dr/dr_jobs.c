/* Site Recovery's jobs: drills and their cleaning up, the seeding of a machine, a
 * re-protection that failed, and a routine twice a day. Thread: core. */
#include "sim/dr/dr.h"
#include "sim/rhythm.h"

#define PER_PAGE  10
#define N_ROUTINE 14
#define N_SPECIAL 2

struct job {
	struct guid id;
	const char *scenario, *title, *state, *state_text;
	const char *target, *target_type;
	int64_t started_ms;
	int64_t ended_ms;	   /* 0: runs */
	const char *action;	   /* allowed, or NULL */
	const struct drill *drill; /* its steps are told, or NULL */
	const char *fault;	   /* or NULL */
};

static void put_task(struct strbuf *out, const char *name, const char *title,
		     int64_t started_ms, int64_t ended_ms, bool is_failed)
{
	const char *state = is_failed ? "Failed" : ended_ms ? "Succeeded" : "Suspended";

	jw_object(out, NULL);
	jw_text(out, "taskId", name);
	jw_text(out, "name", name);
	jw_time(out, "startTime", started_ms, 7);
	if (ended_ms)
		jw_time(out, "endTime", ended_ms, 7);
	jw_list(out, "allowedActions");
	if (!ended_ms)
		jw_text(out, NULL, "Resume");
	jw_list_end(out);
	jw_text(out, "friendlyName", title);
	jw_text(out, "state", state);
	jw_text(out, "stateDescription",
		is_failed  ? "Failed"
		: ended_ms ? "Completed"
			   : "WaitingForUserInput");
	jw_text(out, "taskType", "TaskDetails");
	jw_list(out, "errors");
	jw_list_end(out);
	jw_object_end(out);
}

static void put_tasks(struct strbuf *out, const struct job *job)
{
	int64_t served_ms;

	jw_list(out, "tasks");
	if (job->drill) {
		served_ms = job->started_ms + job->drill->took_minutes * MINUTE_MS;
		put_task(out, "RecoveryPlanPrerequisitesCheck", "Prerequisites check",
			 job->started_ms, job->started_ms + 2 * MINUTE_MS, false);
		put_task(out, "RecoveryPlanTestFailoverGroup", "Group 1: test failover",
			 job->started_ms + 2 * MINUTE_MS, served_ms,
			 job->drill->is_failed);
		if (job->drill->is_open)
			put_task(out, "WaitForTestFailoverInput",
				 "Waiting for the test to be completed", served_ms, 0,
				 false);
	}
	jw_list_end(out);
}

/* What the test machines were made of. */
static void put_details(const struct world *w, struct strbuf *out, const struct job *job)
{
	int n = 0;

	jw_object(out, "customDetails");
	jw_text(out, "instanceType", "TestFailoverJobDetails");
	jw_text(out, "testFailoverStatus",
		job->drill->is_open ? "WaitingForInput" : "Completed");
	jw_text(out, "networkName", "vnet-recovery-neu");
	jw_text(out, "networkFriendlyName", "vnet-recovery-neu");
	jw_text(out, "networkType", "VmNetworkAsInput");
	jw_list(out, "protectedItemDetails");
	for (size_t i = 0; i < dr_n_machines; i++) {
		const struct machine *m = &dr_machines[i];

		if (!m->plan || strcmp(m->plan, job->target) != 0)
			continue;
		jw_object(out, NULL);
		jw_text(out, "name", guid_of(w->seed, m->name, 0).text);
		jw_text(out, "friendlyName", m->name);
		jw_format(out, "testVmName", "%s-test", m->name);
		jw_format(out, "testVmFriendlyName", "%s-test", m->name);
		jw_text(out, "networkConnectionStatus", "Connected");
		jw_text(out, "recoveryPointId",
			guid_of(w->seed, m->name, (uint64_t)job->started_ms).text);
		jw_time(out, "recoveryPointTime",
			job->started_ms - job->drill->lost_minutes * MINUTE_MS +
				(int64_t)n * 40000,
			7);
		jw_object_end(out);
		n++;
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_faults(struct strbuf *out, const struct job *job)
{
	jw_list(out, "errors");
	if (job->fault) {
		jw_object(out, NULL);
		jw_object(out, "serviceErrorDetails");
		jw_text(out, "code", "150171");
		jw_text(out, "message", job->fault);
		jw_text(out, "possibleCauses", "The machine's agent is not reachable.");
		jw_text(out, "recommendedAction",
			"Check the machine's outbound network, then restart the job.");
		jw_object_end(out);
		jw_text(out, "errorLevel", "Error");
		jw_time(out, "creationTime", job->ended_ms, 7);
		jw_object_end(out);
	}
	jw_list_end(out);
}

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
	put_tasks(out, job);
	put_faults(out, job);
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
	if (job->drill)
		put_details(w, out, job);
	jw_object_end(out);
	jw_object_end(out);
}

static struct job drill_job(const struct world *w, const struct drill *drill)
{
	int64_t started_ms = dr_drill_ms(w, drill);

	return (struct job){
		.id = dr_drill_job(w, drill),
		.scenario = "TestFailover",
		.title = "Test failover",
		.state = drill->is_failed ? "Failed"
			 : drill->is_open ? "Suspended"
					  : "Succeeded",
		.state_text = drill->is_failed ? "Failed"
			      : drill->is_open ? "Waiting for user input"
					       : "Completed",
		.fault = drill->is_failed
				 ? "The test machine did not start within an hour."
				 : NULL,
		.target = drill->plan,
		.target_type = "RecoveryPlan",
		.started_ms = started_ms,
		.ended_ms =
			drill->is_open ? 0 : started_ms + drill->took_minutes * MINUTE_MS,
		.action = drill->is_open ? "Resume" : NULL,
		.drill = drill,
	};
}

/* An hour after the machines served. */
static struct job cleanup_job(const struct world *w, const struct drill *drill)
{
	int64_t started_ms =
		dr_drill_ms(w, drill) + (drill->took_minutes + 60) * MINUTE_MS;

	return (struct job){
		.id = guid_of(w->seed, "cleanup", (uint64_t)drill->days_ago),
		.scenario = "TestFailoverCleanup",
		.title = "Test failover cleanup",
		.state = "Succeeded",
		.state_text = "Completed",
		.target = drill->plan,
		.target_type = "RecoveryPlan",
		.started_ms = started_ms,
		.ended_ms = started_ms + 7 * MINUTE_MS,
	};
}

static struct job routine_job(const struct world *w, size_t i)
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
	int64_t six_hours_ms = w->now_ms - w->now_ms % (6 * HOUR_MS);
	const struct job jobs[N_SPECIAL] = {
		{.id = guid_of(w->seed, "seeding", 0),
		 .scenario = "EnableDr",
		 .title = "Enable replication",
		 .state = "InProgress",
		 .state_text = "InProgress",
		 .target = "vm-qodex-relay-01",
		 .target_type = "ProtectionEntity",
		 .started_ms = six_hours_ms - HOUR_MS,
		 .action = "Cancel"},
		{.id = guid_of(w->seed, "failed", 0),
		 .scenario = "ReprotectProtectedItem",
		 .title = "Re-protect",
		 .state = "Failed",
		 .state_text = "Failed",
		 .target = "vm-qodex-index-01",
		 .target_type = "ProtectionEntity",
		 .started_ms = day_ms - 5 * HOUR_MS,
		 .ended_ms = day_ms - 5 * HOUR_MS + 9 * MINUTE_MS,
		 .action = "Restart",
		 .fault = "Protection could not be resumed on the machine."},
	};

	return jobs[i];
}

/* All jobs in one row of numbers: special, routine, then each drill with what
 * followed it. False: that drill has not been cleaned up. */
static bool job_at(const struct world *w, size_t i, struct job *job)
{
	const struct drill *drill;

	if (i < N_SPECIAL) {
		*job = special_job(w, i);
		return true;
	}
	if (i < N_SPECIAL + N_ROUTINE) {
		*job = routine_job(w, i - N_SPECIAL);
		return true;
	}
	i -= N_SPECIAL + N_ROUTINE;
	drill = &dr_drills[i / 2];
	*job = i % 2 ? cleanup_job(w, drill) : drill_job(w, drill);
	return i % 2 == 0 || !drill->is_open;
}

void dr_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct vault *vault = dr_vault_named(req, rep);
	size_t n = N_SPECIAL + N_ROUTINE + 2 * dr_n_drills;
	struct page page;
	struct strbuf id;

	if (!vault ||
	    !page_init(&page, req, rep, dr_replicates(vault) ? n : 0, PER_PAGE, false))
		return;
	strbuf_init(&id, 512);
	dr_put_vault_id(&id, vault);
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++) {
		struct job job;

		if (job_at(w, i, &job))
			put_job(w, &rep->body, id.p, &job);
	}
	page_end(rep, &page);
	strbuf_fini(&id);
}
