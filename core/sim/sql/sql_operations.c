/* What is being done to databases: the newest scaling, and what runbooks do night
 * after night, weekends too. Thread: core. Azure forgets them after about a day. */
#include "base/count.h"
#include "sim/rhythm.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_state.h"

struct sql_operation {
	struct guid id;
	const char *name, *friendly;
	enum sql_operation_state state;
	int percent;
	int64_t started_ms, ends_ms;
	int error; /* of one that failed */
	const char *why;
};

/* Every night at the same local time. */
static const struct nightly {
	const char *server, *database;
	const char *name, *friendly;
	int at_minutes; /* after local midnight */
	int minutes;
	int error; /* 0: it works */
	const char *why;
} nightlies[] = {
	{"sql-test-weu", "atlas-orders-test", "CreateLogicalDatabase",
	 "CREATE DATABASE COPY", 90, 47, 0, NULL},
	{"sql-atlas-prod-weu", "atlas-audit", "UpdateLogicalDatabase", "ALTER DATABASE",
	 195, 2, 40844,
	 "The maximum size of the database cannot be raised in its present service "
	 "tier."},
};

static const char *word_of(enum sql_operation_state state)
{
	return state == SQL_OP_RUNNING	? "InProgress"
	       : state == SQL_OP_FAILED ? "Failed"
					: "Succeeded";
}

static void put_operation(struct strbuf *out, const struct sql_database *db,
			  const struct sql_operation *op)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "databaseName", db->name);
	jw_text(out, "operation", op->name);
	jw_text(out, "operationFriendlyName", op->friendly);
	jw_int(out, "percentComplete", op->percent);
	jw_text(out, "serverName", db->server);
	jw_time(out, "startTime", op->started_ms, 3);
	jw_text(out, "state", word_of(op->state));
	if (op->state == SQL_OP_FAILED) {
		jw_int(out, "errorCode", op->error);
		jw_text(out, "errorDescription", op->why);
		jw_int(out, "errorSeverity", 16);
		jw_bool(out, "isUserError", true);
	}
	if (op->state == SQL_OP_RUNNING)
		jw_time(out, "estimatedCompletionTime", op->ends_ms, 3);
	jw_bool(out, "isCancellable", op->state == SQL_OP_RUNNING);
	jw_object_end(out);
	jw_format(out, "id", "%s/operations/%s", id.p, op->id.text);
	jw_text(out, "name", op->id.text);
	jw_text(out, "type", "Microsoft.Sql/servers/databases/operations");
	jw_object_end(out);
	strbuf_fini(&id);
}

static struct sql_operation scaling_of(const struct world *w,
				       const struct sql_database *db)
{
	struct sql_state s = sql_state_now(w, db);

	return (struct sql_operation){
		.id = s.op_id,
		.name = "UpdateLogicalDatabase",
		.friendly = "ALTER DATABASE",
		.state = s.op,
		.percent = s.op_percent,
		.started_ms = s.op_started_ms,
		.ends_ms = s.op_ends_ms,
		.error = 40864,
		.why = "The database size exceeds the maximum of the target tier.",
	};
}

static struct sql_operation last_night(const struct world *w, const struct nightly *n)
{
	int64_t day = rhythm_day(w->now_ms - n->at_minutes * MINUTE_MS);
	int64_t began = rhythm_day_start(day) + n->at_minutes * MINUTE_MS + 3210;
	struct sql_operation op = {
		.id = guid_of(w->seed, n->database, (uint64_t)day),
		.name = n->name,
		.friendly = n->friendly,
		.state = n->error ? SQL_OP_FAILED : SQL_OP_DONE,
		.percent = n->error ? 0 : 100,
		.started_ms = began,
		.ends_ms = began + n->minutes * MINUTE_MS,
		.error = n->error,
		.why = n->why,
	};

	if (w->now_ms < op.ends_ms) {
		op.state = SQL_OP_RUNNING;
		op.percent = w->now_ms - began < n->minutes * MINUTE_MS / 2 ? 0 : 19;
	}
	return op;
}

void sql_list_operations(struct world *w, const struct request *req, struct reply *rep)
{
	const struct sql_database *db = sql_database_named(req, rep);
	struct page page = {0};
	struct sql_operation op;

	if (!db)
		return;
	op = scaling_of(w, db);
	page_begin(rep);
	if (op.state != SQL_OP_NONE && w->now_ms - op.started_ms < DAY_MS)
		put_operation(&rep->body, db, &op);
	for (size_t i = 0; i < COUNT(nightlies); i++) {
		if (strcmp(nightlies[i].server, db->server) != 0 ||
		    strcmp(nightlies[i].database, db->name) != 0)
			continue;
		op = last_night(w, &nightlies[i]);
		if (w->now_ms >= op.started_ms && w->now_ms - op.started_ms < DAY_MS)
			put_operation(&rep->body, db, &op);
	}
	page_end(rep, &page);
}
