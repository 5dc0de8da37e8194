/* Elastic pools that are scaled, databases that sleep and wake by other rules, failover
 * groups that change sides. Thread: core. */
#include "sim/write/write_rules.h"

#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "sim/rhythm.h"
#include "sim/sql/sql_state.h"

#define SQL "Microsoft.Sql/locations/@/"

/* DTUs that pools are sold in. */
static bool is_sold(const char *name, double capacity)
{
	static const double standard[] = {50, 100, 200, 300, 400, 800};
	static const double vcores[] = {2, 4, 6, 8, 10, 12, 14, 16};
	bool is_dtu = strstr(name, "Pool") != NULL;
	const double *sold = is_dtu ? standard : vcores;
	size_t n = is_dtu ? 6 : 8;

	for (size_t i = 0; i < n; i++) {
		if (sold[i] == capacity)
			return true;
	}
	return false;
}

static int64_t next_edge(int64_t now_ms)
{
	int64_t edge_ms = 0;
	bool opens;

	for (int hour = 1; edge_ms <= now_ms && hour < 24 * 7; hour++)
		edge_ms = rhythm_last_edge(now_ms + hour * HOUR_MS, &opens);
	return edge_ms;
}

static bool patch_pool(struct write *wr)
{
	const cJSON *sku = json_member(wr->body, "sku");
	const char *name = json_text(sku, "name");
	const char *has = write_text(wr->doc, "sku.name");
	double capacity = 0;
	struct written *change;

	if (!name || !json_number(sku, "capacity", &capacity))
		return write_refuse(wr, 400, "InvalidRequestContent",
				    "The required property 'sku.capacity' is missing.");
	if (strcmp(name, has) != 0 || !is_sold(name, capacity))
		return write_refuse(wr, 400, "ElasticPoolSkuNotSupported",
				    "The requested sku '%s' with capacity %g is not "
				    "supported.",
				    name, capacity);
	change = write_patch(wr, write_json("{\"properties\":{\"state\":\"Updating\"}}"),
			     write_json("{\"sku\":{\"capacity\":%.0f},\"properties\":{"
					"\"state\":\"Ready\"}}",
					capacity));
	/* The runbook acts at the next edge, whatever somebody did by hand. */
	change->until_ms = next_edge(wr->w->now_ms);
	return true;
}

void sql_write_sleep(struct world *w, const struct sql_database *db, const double *least,
		     const double *pause)
{
	cJSON *patch = cJSON_CreateObject();
	cJSON *properties = cJSON_AddObjectToObject(patch, "properties");
	struct operation *op;
	struct strbuf id;

	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	if (least)
		cJSON_AddNumberToObject(properties, "minCapacity", *least);
	if (pause)
		cJSON_AddNumberToObject(properties, "autoPauseDelay", *pause);
	op = writes_begin(&w->written, w->seed, strbuf_str(&id), w->now_ms, 0);
	writes_patch(&w->written, op, "id name", strbuf_str(&id), NULL, patch);
	strbuf_fini(&id);
}

bool sql_is_kept_awake(const struct world *w, const struct sql_database *db)
{
	const cJSON *pause;
	struct strbuf id;

	if (!w->written.list.n)
		return false;
	strbuf_init(&id, 512);
	sql_put_database_id(&id, db);
	pause = writes_now(&w->written, "id name", strbuf_str(&id),
			   "properties.autoPauseDelay", w->now_ms);
	strbuf_fini(&id);
	return pause && pause->valuedouble < 0;
}

const struct write_rule write_sql_pool = {
	.end = WRITE_OPERATION,
	.needs_body = true,
	.takes_s = 90,
	.retry_s = 15,
	.status = SQL "elasticPoolAzureAsyncOperation/#",
	.result = SQL "elasticPoolOperationResults/#",
	.change = patch_pool,
};

/* Each database of the group's other side, and the links between the two. */
static void turn_database(struct write *wr, const char *id, bool is_primary)
{
	struct strbuf target;
	const cJSON *link;
	cJSON *list;

	writes_patch(&wr->w->written, wr->op, "id name", str_from(id), NULL,
		     write_json("{\"properties\":{\"secondaryType\":%s}}",
				is_primary ? "null" : "\"Geo\""));
	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target, "%s/replicationLinks?api-version=2021-11-01", id);
	list = world_read(wr->w, wr->req, target.p);
	cJSON_ArrayForEach (link, json_member(list, "value")) {
		writes_patch(&wr->w->written, wr->op, "id name",
			     str_from(json_text(link, "id")), NULL,
			     write_json("{\"properties\":{\"role\":\"%s\","
					"\"partnerRole\":\"%s\"}}",
					is_primary ? "Primary" : "Secondary",
					is_primary ? "Secondary" : "Primary"));
	}
	cJSON_Delete(list);
	strbuf_fini(&target);
}

/* One side of the group, as it is after it changed. */
static void turn_side(struct write *wr, const cJSON *group, bool is_primary)
{
	const cJSON *partner = json_at(group, STR("properties.partnerServers"));
	const cJSON *database, *first = partner ? partner->child : NULL;

	writes_patch(&wr->w->written, wr->op, "id name", str_from(json_text(group, "id")),
		     write_json("{\"properties\":{\"replicationState\":\"PENDING\"}}"),
		     write_json("{\"properties\":{\"replicationRole\":\"%s\","
				"\"replicationState\":\"CATCH_UP\",\"partnerServers\":[{"
				"\"id\":\"%s\",\"location\":\"%s\",\"replicationRole\":"
				"\"%s\"}]}}",
				is_primary ? "Primary" : "Secondary",
				json_text(first, "id"), json_text(first, "location"),
				is_primary ? "Secondary" : "Primary"));
	cJSON_ArrayForEach (database, json_at(group, STR("properties.databases")))
		turn_database(wr, database->valuestring, is_primary);
}

static bool turn(struct write *wr, bool is_forced)
{
	const cJSON *partners = json_at(wr->doc, STR("properties.partnerServers"));
	const char *state = write_text(wr->doc, "properties.replicationState");
	struct strbuf target;
	cJSON *other;

	if (strcmp(write_text(wr->doc, "properties.replicationRole"), "Secondary") != 0)
		return write_refuse(wr, 409, "FailoverGroupNotSecondary",
				    "The failover group '%s' is primary on this server "
				    "already.",
				    write_text(wr->doc, "name"));
	if (!is_forced && strcmp(state, "CATCH_UP") != 0)
		return write_refuse(wr, 409, "GeoReplicaLagNotAcceptable",
				    "The failover group '%s' is not in a state that "
				    "allows a failover without data loss.",
				    write_text(wr->doc, "name"));
	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target, "%s/failoverGroups/%s?api-version=2021-11-01",
		      json_text(partners->child, "id"), write_text(wr->doc, "name"));
	other = world_read(wr->w, wr->req, target.p);
	strbuf_fini(&target);
	if (!other)
		return write_refuse(wr, 404, "ResourceNotFound",
				    "The partner of the failover group is not there.");
	turn_side(wr, wr->doc, true);
	turn_side(wr, other, false);
	cJSON_Delete(other);
	return true;
}

static bool turn_planned(struct write *wr)
{
	return turn(wr, false);
}

static bool turn_forced(struct write *wr)
{
	return turn(wr, true);
}

#define TURN(takes, fn)                                                                  \
	WRITE_FOLLOWED(takes, 10, SQL "failoverGroupAzureAsyncOperation/#",              \
		       SQL "failoverGroupOperationResults/#", fn)

const struct write_rule write_group_failover = TURN(35, turn_planned);
const struct write_rule write_group_forced = TURN(20, turn_forced);
