/* Restores from a vault: somebody tries one now and then. Thread: core. */
#include "base/count.h"
#include "sim/dr/dr.h"
#include "sim/rhythm.h"

static const struct restore {
	const char *machine;
	int days_ago;
	int took_minutes;
	const char *status;
} restores[] = {
	{"vm-atlas-files-01", 19, 96, "Failed"},
	{"vm-atlas-app-01", 37, 64, "Completed"},
};

static void put_error(struct strbuf *out)
{
	jw_list(out, "errorDetails");
	jw_object(out, NULL);
	jw_int(out, "errorCode", 400155);
	jw_text(out, "errorTitle", "The storage account of the restore is full.");
	jw_text(out, "errorString",
		"The disks could not be written to the storage account.");
	jw_list(out, "recommendations");
	jw_text(out, NULL, "Choose another storage account, and restore again.");
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
}

static void put_restore(const struct world *w, struct strbuf *out, const char *vault,
			size_t i)
{
	const struct restore *r = &restores[i];
	int64_t started_ms =
		rhythm_day_start(rhythm_day(w->now_ms) - r->days_ago) + 13 * HOUR_MS;
	struct guid name = guid_of(w->seed, "restore", (uint64_t)r->days_ago);

	jw_object(out, NULL);
	jw_format(out, "id", "%s/backupJobs/%s", vault, name.text);
	jw_text(out, "name", name.text);
	jw_text(out, "type", "Microsoft.RecoveryServices/vaults/backupJobs");
	jw_object(out, "properties");
	jw_text(out, "jobType", "AzureIaaSVMJob");
	jw_format(out, "duration", "PT%dM11.8820113S", r->took_minutes);
	jw_text(out, "virtualMachineVersion", "Compute");
	jw_text(out, "entityFriendlyName", r->machine);
	jw_text(out, "backupManagementType", "AzureIaasVM");
	jw_text(out, "operation", "Restore");
	jw_text(out, "status", r->status);
	if (strcmp(r->status, "Failed") == 0)
		put_error(out);
	jw_time(out, "startTime", started_ms, 7);
	jw_time(out, "endTime", started_ms + r->took_minutes * MINUTE_MS + 11882, 7);
	jw_text(out, "activityId", name.text);
	jw_object_end(out);
	jw_object_end(out);
}

void dr_list_restores(struct world *w, const struct request *req, struct reply *rep)
{
	dr_list_rows(w, req, rep,
		     &(struct dr_rows){.n = COUNT(restores), .put = put_restore});
}
