/* What is switched off so that it costs nothing but its disks, and on again: data
 * warehouses, PostgreSQL servers, Fabric capacities. Thread: core. */
#include "sim/write/write_rules.h"

#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/data/data.h"
#include "sim/sql/sql_state.h"

/* The path of what is written is its id, but for the case of its letters. */
static const cJSON *written_now(const struct world *w, const struct sql_database *db,
				const char *path)
{
	const cJSON *found;
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	found = writes_now(&w->written, "id name", strbuf_str(&id), path, w->now_ms);
	strbuf_fini(&id);
	return found;
}

bool sql_is_resting(const struct world *w, const struct sql_database *db, int64_t utc_ms)
{
	const cJSON *status, *since;
	int64_t since_ms = 0;

	if (!(db->traits & SQL_WAREHOUSE) || !w->written.list.n)
		return false;
	status = written_now(w, db, "properties.status");
	since = written_now(w, db, "properties.pausedDate");
	return cJSON_IsString(since) && cJSON_IsString(status) &&
	       strcmp(status->valuestring, "Online") != 0 &&
	       time_parse(str_from(since->valuestring), &since_ms) && utc_ms >= since_ms;
}

/* Only warehouses are paused by a request; what is so already stays so. */
static bool turn_warehouse(struct write *wr, const char *to, const char *during,
			   const char *date, const char *other_date)
{
	const char *is = write_text(wr->doc, "properties.currentServiceObjectiveName");
	const char *asked =
		write_text(wr->doc, "properties.requestedServiceObjectiveName");
	struct strbuf now;

	if (strcmp(write_text(wr->doc, "sku.tier"), "DataWarehouse") != 0)
		return write_refuse(wr, 400, "FeatureDisabledOnSelectedEdition",
				    "The feature is disabled on the edition of the "
				    "database '%s'.",
				    write_text(wr->doc, "name"));
	if (strcmp(is, asked) != 0)
		return write_refuse(wr, 409, "ConflictingDatabaseOperation",
				    "There is already some operation on the database "
				    "'%s'.",
				    write_text(wr->doc, "name"));
	if (strcmp(write_text(wr->doc, "properties.status"), to) == 0)
		return true;
	strbuf_init(&now, 64);
	time_format_iso(&now, wr->w->now_ms, true);
	write_patch(wr,
		    write_json("{\"properties\":{\"status\":\"%s\",\"%s\":\"%s\"}}",
			       during, date, now.p),
		    write_json("{\"properties\":{\"status\":\"%s\",\"%s\":\"%s\","
			       "\"%s\":null}}",
			       to, date, now.p, other_date));
	strbuf_fini(&now);
	return true;
}

static bool pause_warehouse(struct write *wr)
{
	return turn_warehouse(wr, "Paused", "Pausing", "pausedDate", "resumedDate");
}

static bool resume_warehouse(struct write *wr)
{
	return turn_warehouse(wr, "Online", "Resuming", "resumedDate", "pausedDate");
}

#define STATUS "Microsoft.Sql/locations/@/databaseAzureAsyncOperation/#"
#define RESULT "Microsoft.Sql/locations/@/databaseOperationResults/#"

const struct write_rule write_warehouse_pause = {
	.end = WRITE_OPERATION,
	.strip = 1,
	.takes_s = 65,
	.retry_s = 15,
	.status = STATUS,
	.result = RESULT,
	.busy = "CannotDeactivateWhenDeactivatingInProgress",
	.change = pause_warehouse,
};
const struct write_rule write_warehouse_resume =
	WRITE_FOLLOWED(95, 15, STATUS, RESULT, resume_warehouse);

static bool turn_postgres(struct write *wr, const char *from, const char *during,
			  const char *after)
{
	const char *state = write_text(wr->doc, "properties.state");
	const char *standby = write_text(wr->doc, "properties.highAvailability.state");

	if (!state || strcmp(state, from) != 0 ||
	    (standby && strcmp(standby, "FailingOver") == 0))
		return write_refuse(wr, 409, "ServerIsNotReady",
				    "The operation cannot be performed while the server "
				    "is in the state '%s'.",
				    state ? state : "");
	write_patch(wr, write_json("{\"properties\":{\"state\":\"%s\"}}", during),
		    write_json("{\"properties\":{\"state\":\"%s\"}}", after));
	return true;
}

static bool stop_postgres(struct write *wr)
{
	return turn_postgres(wr, "Ready", "Stopping", "Stopped");
}

static bool start_postgres(struct write *wr)
{
	return turn_postgres(wr, "Stopped", "Starting", "Ready");
}

#define POSTGRES "Microsoft.DBforPostgreSQL/locations/@/"
#define TURN_POSTGRES(takes, fn)                                                         \
	WRITE_FOLLOWED(takes, 15, POSTGRES "azureAsyncOperation/#",                      \
		       POSTGRES "operationResults/#", fn)

const struct write_rule write_postgres_stop = TURN_POSTGRES(75, stop_postgres);
const struct write_rule write_postgres_start = TURN_POSTGRES(110, start_postgres);

/* The one of Azure, and what Fabric itself tells of it. */
static bool turn_capacity(struct write *wr, const char *from, const char *during,
			  const char *after, const char *told)
{
	const char *name = write_text(wr->doc, "name");
	const char *state = write_text(wr->doc, "properties.state");

	if (!state || strcmp(state, from) != 0)
		return write_refuse(wr, 400, "BadRequest",
				    "Service is not ready to be updated");
	write_patch(wr, write_json("{\"properties\":{\"state\":\"%s\"}}", during),
		    write_json("{\"properties\":{\"state\":\"%s\"}}", after));
	writes_patch(&wr->w->written, wr->op, "id",
		     str_from(fabric_capacity_id(wr->w, name).text), NULL,
		     write_json("{\"state\":\"%s\"}", told));
	return true;
}

static bool suspend_capacity(struct write *wr)
{
	return turn_capacity(wr, "Active", "Pausing", "Paused", "Inactive");
}

static bool resume_capacity(struct write *wr)
{
	return turn_capacity(wr, "Paused", "Resuming", "Active", "Active");
}

#define FABRIC "Microsoft.Fabric/locations/@/"
#define TURN_CAPACITY(takes, fn)                                                         \
	WRITE_FOLLOWED(takes, 10, FABRIC "operationstatuses/#",                          \
		       FABRIC "operationresults/#", fn)

const struct write_rule write_capacity_suspend = TURN_CAPACITY(20, suspend_capacity);
const struct write_rule write_capacity_resume = TURN_CAPACITY(30, resume_capacity);
