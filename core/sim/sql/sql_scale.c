/* Scaling a database: PATCH, the operation that follows, and its end.
 * Thread: core. The polling addresses are not in Azure's published interface
 * either: a client takes them from the headers. */
#include "base/json.h"
#include "sim/rhythm.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_state.h"

#define RETRY_AFTER_S 15

/* What sku {name, capacity?} asks for: "S3", or "GP_Gen5" with a capacity. */
static const struct slo *slo_of(const char *name, bool has_capacity, double capacity)
{
	const struct slo *slo = sql_find_slo(str_from(name));

	if (slo)
		return slo;
	for (slo = sql_slos; slo->name; slo++)
		if (str_eq_nocase(str_from(name), str_from(slo->sku)) &&
		    (!has_capacity || slo->capacity == (int)capacity))
			return slo;
	return NULL;
}

/* NULL with status 200: nothing about the tier was asked. */
static const struct slo *asked_slo(const struct request *req, struct reply *rep)
{
	struct err err = {0};
	cJSON *body = json_parse(req->body, &json_wire, NULL, &err);
	const cJSON *sku = body ? json_member(body, "sku") : NULL;
	const char *name = sku ? json_text(sku, "name") : NULL;
	const struct slo *slo = NULL;
	double capacity = 0;

	if (!cJSON_IsObject(body))
		reply_error(rep, 400, "InvalidRequestContent",
			    "The request content was invalid and could not be "
			    "deserialized: '%s'.",
			    err.text);
	else if (sku && !name)
		reply_error(rep, 400, "InvalidRequestContent",
			    "The required property 'sku.name' is missing.");
	else if (name) {
		bool has_capacity = json_number(sku, "capacity", &capacity);

		slo = slo_of(name, has_capacity, capacity);
		if (!slo)
			reply_error(rep, 400, "InvalidSku",
				    "The requested service level objective '%s' is not "
				    "valid.",
				    name);
	}
	cJSON_Delete(body);
	return slo;
}

/* What it may not become, or not now. False: refused. */
static bool may_become(struct world *w, const struct request *req, struct reply *rep,
		       const struct sql_database *db, const struct slo *slo)
{
	bool is_warehouse = (db->traits & SQL_WAREHOUSE) != 0;

	if (writes_running(&w->written, req->path, w->now_ms))
		reply_error(rep, 409, "ConflictingDatabaseOperation",
			    "There is already some operation on the database '%s'.",
			    db->name);
	else if (sql_is_resting(w, db, w->now_ms))
		reply_error(rep, 400, "UpdateNotAllowedOnPausedDatabase",
			    "The database '%s' is paused and cannot be updated.",
			    db->name);
	else if (slo && is_warehouse != (strcmp(slo->sku, "DataWarehouse") == 0))
		reply_error(rep, 400, "CannotChangeToOrFromDataWarehouseTier",
			    "The database '%s' cannot be changed to or from the tier of "
			    "data warehouses.",
			    db->name);
	else if (slo && slo->most_gb && db->max_gb > slo->most_gb)
		reply_error(rep, 400, "InvalidMaxSizeTierCombination",
			    "The tier '%s' does not support the database max size '%g "
			    "gigabytes'.",
			    slo->tier, db->max_gb);
	return rep->status == 200;
}

static void accept(const struct request *req, struct reply *rep,
		   const struct sql_database *db, const struct sql_change *change)
{
	const struct group *group = estate_group(sql_server(db->server)->group);
	static const char *const kinds[] = {"databaseAzureAsyncOperation",
					    "databaseOperationResults"};
	static const char *const names[] = {"Azure-AsyncOperation", "Location"};

	for (size_t i = 0; i < 2; i++)
		reply_header(rep, names[i],
			     "%.*s/subscriptions/%s/resourceGroups/%s/providers/"
			     "Microsoft.Sql/locations/%s/%s/%s?api-version=%.*s",
			     STR_ARG(req->base), estate_sub_id(group), group->name,
			     group->location, kinds[i], change->id.text,
			     STR_ARG(request_query(req, "api-version")));
	reply_header(rep, "Retry-After", "%d", RETRY_AFTER_S);
	rep->status = 202;
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "operation", "UpdateLogicalDatabase");
	jw_time(&rep->body, "startTime", change->started_ms, 3);
	jw_object_end(&rep->body);
}

/* What it keeps at least while it is awake, and when it falls asleep. False: refused. */
static bool change_sleep(struct world *w, const struct request *req, struct reply *rep,
			 const struct sql_database *db, double capacity)
{
	struct err ignored;
	cJSON *body = json_parse(req->body, &json_wire, NULL, &ignored);
	const cJSON *properties = json_member(body, "properties");
	double least = 0.5, pause = 60;
	bool has_least = json_number(properties, "minCapacity", &least);
	bool has_pause = json_number(properties, "autoPauseDelay", &pause);

	cJSON_Delete(body);
	if (!has_least && !has_pause)
		return true;
	if (!(db->traits & SQL_SERVERLESS) || least < 0.5 || least > capacity ||
	    (pause != -1 && (pause < 60 || pause > 10080))) {
		reply_error(rep, 400, "InvalidParameterValue",
			    "The value of minCapacity or autoPauseDelay is invalid for "
			    "database '%s'.",
			    db->name);
		return false;
	}
	sql_write_sleep(w, db, has_least ? &least : NULL, has_pause ? &pause : NULL);
	return true;
}

void sql_patch_database(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct sql_state state;
	const struct slo *slo;

	if (!db)
		return;
	slo = asked_slo(req, rep);
	if (rep->status != 200)
		return;
	state = sql_state_now(w, db);
	if (db->traits & (SQL_MASTER | SQL_POOLED | SQL_INACCESSIBLE)) {
		reply_error(rep, 409, "OperationNotAllowed",
			    "Database '%s' cannot be scaled by itself.", db->name);
	} else if (state.op == SQL_OP_RUNNING) {
		reply_error(
			rep, 409, "ConflictingDatabaseOperation",
			"The operation on database '%s' could not be performed because "
			"it is currently being scaled (operation '%s').",
			db->name, state.op_id.text);
	} else if (!may_become(w, req, rep, db, slo) ||
		   !change_sleep(w, req, rep, db,
				 (slo ? slo : state.current)->capacity)) {
		return;
	} else if (slo && slo != state.current) {
		accept(req, rep, db, sql_start_change(w, db, slo));
	} else {
		sql_put_database(w, &rep->body, db);
	}
}

static const struct sql_database *changed_by(const struct world *w, struct str id)
{
	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		if (w->sql.newest[i].to &&
		    str_eq_nocase(id, str_from(w->sql.newest[i].id.text)))
			return &sql_databases[i];
	return NULL;
}

static const struct sql_change *change_named(const struct world *w,
					     const struct request *req, struct reply *rep,
					     const struct sql_database **db)
{
	*db = changed_by(w, request_param(req, "operation"));
	if (*db)
		return &w->sql.newest[sql_index(*db)];
	reply_error(rep, 404, "ResourceNotFound", "The operation was not found.");
	return NULL;
}

void sql_async_status(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db;
	const struct sql_change *change = change_named(w, req, rep, &db);
	bool is_done;

	if (!change)
		return;
	is_done = w->now_ms >= change->ends_ms;
	if (!is_done)
		reply_header(rep, "Retry-After", "%d", RETRY_AFTER_S);
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "name", change->id.text);
	jw_text(&rep->body, "status", is_done ? "Succeeded" : "InProgress");
	jw_time(&rep->body, "startTime", change->started_ms, 3);
	jw_object_end(&rep->body);
}

void sql_async_result(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db;
	const struct sql_change *change = change_named(w, req, rep, &db);

	if (!change)
		return;
	if (w->now_ms >= change->ends_ms) {
		sql_put_database(w, &rep->body, db);
		return;
	}
	rep->status = 202;
	reply_header(rep, "Retry-After", "%d", RETRY_AFTER_S);
	reply_header(rep, "Location", "%.*s%.*s", STR_ARG(req->base),
		     STR_ARG(req->target));
}
