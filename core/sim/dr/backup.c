/* Azure Backup: protected machines and last night's jobs. Thread: core. */
#include "base/rng.h"
#include "sim/dr/dr.h"
#include "sim/rhythm.h"

#define BACKUP_AT_H 2

static int64_t last_night_ms(const struct world *w)
{
	int64_t day = rhythm_day(w->now_ms - (BACKUP_AT_H + 2) * HOUR_MS);

	return rhythm_day_start(day) + BACKUP_AT_H * HOUR_MS;
}

static int64_t tried_ms(const struct world *w, const struct machine *m)
{
	return last_night_ms(w) + (int64_t)(str_hash(str_from(m->name)) % 1800) * 1000;
}

int64_t dr_recovery_point_ms(const struct world *w, const struct machine *m)
{
	bool is_failed = strcmp(m->backup, "Failed") == 0;

	return tried_ms(w, m) - (is_failed ? 3 * DAY_MS : 0);
}

static void put_item(const struct world *w, struct strbuf *out, const char *vault,
		     size_t i)
{
	const struct machine *m = &dr_machines[i];
	bool is_failed = m->backup && strcmp(m->backup, "Failed") == 0;
	struct strbuf id;

	if (!m->backup)
		return;
	strbuf_init(&id, 512);
	dr_put_machine_id(&id, m);
	jw_object(out, NULL);
	jw_format(out, "id",
		  "%s/backupFabrics/Azure/protectionContainers/"
		  "IaasVMContainer;iaasvmcontainerv2;%s;%s/protectedItems/"
		  "VM;iaasvmcontainerv2;%s;%s",
		  vault, m->group, m->name, m->group, m->name);
	jw_format(out, "name", "VM;iaasvmcontainerv2;%s;%s", m->group, m->name);
	jw_text(out, "type",
		"Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/"
		"protectedItems");
	jw_object(out, "properties");
	jw_text(out, "friendlyName", m->name);
	jw_str(out, "virtualMachineId", strbuf_str(&id));
	jw_text(out, "protectionStatus", is_failed ? "Unhealthy" : "Healthy");
	jw_text(out, "protectionState", is_failed ? "ProtectionError" : "Protected");
	jw_text(out, "healthStatus", is_failed ? "ActionRequired" : "Passed");
	jw_text(out, "lastBackupStatus", m->backup);
	jw_time(out, "lastBackupTime", tried_ms(w, m), 7);
	jw_text(out, "protectedItemType", "Microsoft.Compute/virtualMachines");
	jw_text(out, "backupManagementType", "AzureIaasVM");
	jw_text(out, "workloadType", "VM");
	jw_format(out, "containerName", "iaasvmcontainerv2;%s;%s", m->group, m->name);
	jw_str(out, "sourceResourceId", strbuf_str(&id));
	jw_format(out, "policyId", "%s/backupPolicies/DailyPolicy", vault);
	jw_text(out, "policyName", "DailyPolicy");
	jw_time(out, "lastRecoveryPoint", dr_recovery_point_ms(w, m), 7);
	jw_bool(out, "isScheduledForDeferredDelete", false);
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_errors(struct strbuf *out, const struct machine *m)
{
	bool is_failed = strcmp(m->backup, "Failed") == 0;

	if (strcmp(m->backup, "Completed") == 0)
		return;
	jw_list(out, "errorDetails");
	jw_object(out, NULL);
	jw_int(out, "errorCode", is_failed ? 400229 : 400239);
	jw_text(out, "errorTitle",
		is_failed ? "The snapshot of the machine's disks timed out."
			  : "The file systems could not be frozen: a crash-consistent "
			    "recovery point was made.");
	jw_text(out, "errorString",
		is_failed ? "The snapshot extension did not report within an hour."
			  : "A pre-script of the machine ended with code 1.");
	jw_list(out, "recommendations");
	jw_text(out, NULL,
		is_failed ? "Check that the machine's agent runs and is up to date, then "
			    "back up now."
			  : "Look at the pre-script's log on the machine.");
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
}

static void put_job(const struct world *w, struct strbuf *out, const char *vault,
		    size_t i)
{
	const struct machine *m = &dr_machines[i];
	uint64_t hash = str_hash(str_from(m->name));
	int64_t started_ms = tried_ms(w, m);
	int64_t took_ms = (12 + (int64_t)(hash / 7 % 40)) * MINUTE_MS + 427;
	struct guid name = guid_of(w->seed, m->name, (uint64_t)rhythm_day(started_ms));

	if (!m->backup)
		return;
	jw_object(out, NULL);
	jw_format(out, "id", "%s/backupJobs/%s", vault, name.text);
	jw_text(out, "name", name.text);
	jw_text(out, "type", "Microsoft.RecoveryServices/vaults/backupJobs");
	jw_object(out, "properties");
	jw_text(out, "jobType", "AzureIaaSVMJob");
	jw_format(out, "duration", "PT%dM%d.4272909S", (int)(took_ms / MINUTE_MS),
		  (int)(took_ms / 1000 % 60));
	jw_text(out, "virtualMachineVersion", "Compute");
	jw_text(out, "entityFriendlyName", m->name);
	jw_text(out, "backupManagementType", "AzureIaasVM");
	jw_text(out, "operation", "Backup");
	jw_text(out, "status", m->backup);
	put_errors(out, m);
	jw_time(out, "startTime", started_ms, 7);
	jw_time(out, "endTime", started_ms + took_ms, 7);
	jw_text(out, "activityId", guid_of(w->seed, "activity", hash).text);
	jw_object_end(out);
	jw_object_end(out);
}

void dr_list_backup_items(struct world *w, const struct request *req, struct reply *rep)
{
	dr_list_rows(w, req, rep, &(struct dr_rows){.n = dr_n_machines, .put = put_item});
}

/* Which operation a filter asks for; every other part of it is over a time that holds
 * all there is. */
static bool asks_for_restores(const struct request *req)
{
	static const char mark[] = "operation eq 'Restore'";
	struct str filter = request_query(req, "$filter");

	for (size_t i = 0; i + sizeof(mark) - 1 <= filter.n; i++)
		if (str_eq_nocase(str_sub(filter, i, sizeof(mark) - 1), STR(mark)))
			return true;
	return false;
}

void dr_list_backup_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	if (asks_for_restores(req))
		dr_list_restores(w, req, rep);
	else
		dr_list_rows(w, req, rep,
			     &(struct dr_rows){.n = dr_n_machines, .put = put_job});
}
