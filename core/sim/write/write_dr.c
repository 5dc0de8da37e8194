/* Recovery plans of Site Recovery that are tried and used. Every one of it is a job; a
 * test keeps its machines until somebody has them removed. Thread: core. */
#include "sim/write/write_rules.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "sim/rhythm.h"

/* What a plan and its machines are after a scenario. */
static const struct scenario {
	const char *name, *title; /* of its job */
	const char *current, *status, *status_text;
	const char *allowed; /* JSON: what may be done next */
	const char *test_state;
	const char *protection, *active;
} scenarios[] = {
	{"TestFailover", "Test failover", "TestFailover", "Suspended",
	 "Waiting for user input", "[\"TestFailoverCleanup\"]", "WaitingForCompletion",
	 NULL, NULL},
	{"TestFailoverCleanup", "Test failover cleanup", "None", "None", "None",
	 "[\"TestFailover\",\"PlannedFailover\",\"UnplannedFailover\"]", "None", NULL,
	 NULL},
	{"PlannedFailover", "Planned failover", "PlannedFailover", "Suspended",
	 "Waiting for commit", "[\"Commit\"]", NULL,
	 "PlannedFailoverCommitPendingStatesBegin", "Recovery"},
	{"UnplannedFailover", "Failover", "UnplannedFailover", "Suspended",
	 "Waiting for commit", "[\"Commit\"]", NULL,
	 "UnplannedFailoverCommitPendingStatesBegin", "Recovery"},
	{"Commit", "Commit", "None", "None", "None", "[\"ReProtect\"]", NULL,
	 "UnplannedFailoverCompleted", "Recovery"},
	{"ReProtect", "Re-protect", "None", "None", "None",
	 "[\"TestFailover\",\"PlannedFailover\",\"UnplannedFailover\"]", NULL,
	 "Protected", "Recovery"},
};

static bool is_allowed(const cJSON *plan, const char *operation)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, json_at(plan, STR("properties.allowedOperations"))) {
		if (strcmp(at->valuestring, operation) == 0)
			return true;
	}
	return false;
}

static struct strbuf time_text(int64_t ms)
{
	struct strbuf text;

	strbuf_init(&text, 64);
	time_format_iso(&text, ms, true);
	return text;
}

static void turn_machines(struct write *wr, const struct scenario *s)
{
	const cJSON *group, *item;

	if (!s->test_state && !s->protection)
		return;
	cJSON_ArrayForEach (group, json_at(wr->doc, STR("properties.groups"))) {
		cJSON_ArrayForEach (item,
				    json_member(group, "replicationProtectedItems")) {
			cJSON *after =
				s->test_state
					? write_json("{\"properties\":{"
						     "\"testFailoverState\":\"%s\"}}",
						     s->test_state)
					: write_json("{\"properties\":{"
						     "\"protectionState\":\"%s\","
						     "\"activeLocation\":\"%s\"}}",
						     s->protection, s->active);

			writes_patch(&wr->w->written, wr->op, "id name",
				     str_from(json_text(item, "id")), NULL, after);
		}
	}
}

/* Its steps take their times one after the other. */
static cJSON *tasks_of(const struct write *wr, const struct scenario *s)
{
	static const struct {
		const char *id, *title;
		int share; /* of its time, in percent */
	} steps[] = {
		{"RecoveryPlanPrerequisitesCheck", "Prerequisites check", 12},
		{"RecoveryPlanGroup", "Group 1", 100},
	};
	int64_t took = wr->op->ends_ms - wr->op->started_ms, from = wr->op->started_ms;
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < COUNT(steps); i++) {
		int64_t to = wr->op->started_ms + took * steps[i].share / 100;
		struct strbuf began = time_text(from), ended = time_text(to);

		cJSON_AddItemToArray(
			list,
			write_json("{\"taskId\":\"%s\",\"name\":\"%s\",\"startTime\":"
				   "\"%s\",\"endTime\":\"%s\",\"allowedActions\":[],"
				   "\"friendlyName\":\"%s: %s\",\"state\":\"Succeeded\","
				   "\"stateDescription\":\"Completed\",\"taskType\":"
				   "\"TaskDetails\",\"errors\":[]}",
				   steps[i].id, steps[i].id, began.p, ended.p,
				   steps[i].title, s->title));
		strbuf_fini(&began);
		strbuf_fini(&ended);
		from = to;
	}
	return list;
}

static void add_job(struct write *wr, const struct scenario *s)
{
	struct str vault = wr->target;
	ptrdiff_t at = str_find(vault, STR("/replicationRecoveryPlans/"));
	struct strbuf list, id, began = time_text(wr->op->started_ms);
	struct strbuf ended = time_text(wr->op->ends_ms);
	bool waits = strcmp(s->status, "Suspended") == 0;
	cJSON *after;

	strbuf_init(&list, REQUEST_MAX_TARGET);
	strbuf_init(&id, REQUEST_MAX_TARGET);
	strbuf_printf(&list, "%.*s/replicationJobs",
		      STR_ARG(str_sub(vault, 0, at < 0 ? vault.n : (size_t)at)));
	strbuf_printf(&id, "%s/%s", list.p, wr->op->id.text);
	writes_add(
		&wr->w->written, wr->op, "id name", strbuf_str(&id), strbuf_str(&list),
		write_json("{\"id\":\"%s\",\"name\":\"%s\",\"type\":"
			   "\"Microsoft.RecoveryServices/vaults/replicationJobs\","
			   "\"properties\":{\"scenarioName\":\"%s\",\"friendlyName\":"
			   "\"%s\",\"state\":\"InProgress\",\"stateDescription\":"
			   "\"InProgress\",\"tasks\":[],\"errors\":[],\"startTime\":"
			   "\"%s\",\"allowedActions\":[\"Cancel\"],\"targetObjectName\":"
			   "\"%s\",\"targetInstanceType\":\"RecoveryPlan\"}}",
			   id.p, wr->op->id.text, s->name, s->title, began.p,
			   write_text(wr->doc, "name")));
	after = write_json("{\"properties\":{\"state\":\"%s\",\"stateDescription\":"
			   "\"%s\",\"allowedActions\":[],\"endTime\":\"%s\"}}",
			   waits ? "Suspended" : "Succeeded",
			   waits ? s->status_text : "Completed", ended.p);
	cJSON_AddItemToObject(cJSON_GetObjectItem(after, "properties"), "tasks",
			      tasks_of(wr, s));
	writes_patch(&wr->w->written, wr->op, "id name", strbuf_str(&id), NULL, after);
	strbuf_fini(&list);
	strbuf_fini(&id);
	strbuf_fini(&began);
	strbuf_fini(&ended);
}

static bool begin(struct write *wr, const char *name)
{
	const struct scenario *s = scenarios;
	struct strbuf began = time_text(wr->w->now_ms);
	cJSON *after;

	while (strcmp(s->name, name) != 0)
		s++;
	if (!is_allowed(wr->doc, name)) {
		strbuf_fini(&began);
		return write_refuse(wr, 409, "OperationNotAllowed",
				    "The operation %s is not allowed on the recovery "
				    "plan in its present state.",
				    name);
	}
	after = write_json("{\"properties\":{\"allowedOperations\":%s,"
			   "\"currentScenario\":{\"scenarioName\":\"%s\"},"
			   "\"currentScenarioStatus\":\"%s\","
			   "\"currentScenarioStatusDescription\":\"%s\"}}",
			   s->allowed, s->current, s->status, s->status_text);
	if (strcmp(name, "TestFailover") == 0)
		cJSON_AddStringToObject(cJSON_GetObjectItem(after, "properties"),
					"lastTestFailoverTime", began.p);
	write_patch(wr,
		    write_json("{\"properties\":{\"allowedOperations\":[],"
			       "\"currentScenario\":{\"scenarioName\":\"%s\",\"jobId\":"
			       "\"%s\",\"startTime\":\"%s\"},\"currentScenarioStatus\":"
			       "\"InProgress\",\"currentScenarioStatusDescription\":"
			       "\"In progress\"}}",
			       name, wr->op->id.text, began.p),
		    after);
	turn_machines(wr, s);
	add_job(wr, s);
	strbuf_fini(&began);
	return true;
}

/* A network to test in, or word that none is wanted. */
static bool test(struct write *wr)
{
	const cJSON *properties = json_member(wr->body, "properties");
	const char *type = json_text(properties, "networkType");

	if (!json_text(properties, "failoverDirection") || !type)
		return write_refuse(wr, 400, "InvalidParameter",
				    "failoverDirection and networkType are required.");
	if (strcmp(type, "VmNetworkAsInput") == 0 && !json_text(properties, "networkId"))
		return write_refuse(wr, 400, "InvalidParameter",
				    "networkId is required with VmNetworkAsInput.");
	return begin(wr, "TestFailover");
}

static bool clean_up(struct write *wr)
{
	return begin(wr, "TestFailoverCleanup");
}

static bool planned(struct write *wr)
{
	return begin(wr, "PlannedFailover");
}

static bool unplanned(struct write *wr)
{
	return begin(wr, "UnplannedFailover");
}

static bool commit(struct write *wr)
{
	return begin(wr, "Commit");
}

static bool re_protect(struct write *wr)
{
	return begin(wr, "ReProtect");
}

#define PLAN(wants_body, takes, fn)                                                      \
	{                                                                                \
		.end = WRITE_LOCATION, .strip = 1, .needs_body = (wants_body),           \
		.takes_s = (takes), .retry_s = 30, .result = "~/operationresults/#",     \
		.change = fn                                                             \
	}

const struct write_rule write_test_failover = PLAN(true, 14 * 60, test);
const struct write_rule write_test_cleanup = PLAN(true, 6 * 60, clean_up);
const struct write_rule write_planned_failover = PLAN(true, 18 * 60, planned);
const struct write_rule write_unplanned_failover = PLAN(true, 11 * 60, unplanned);
const struct write_rule write_failover_commit = PLAN(false, 3 * 60, commit);
const struct write_rule write_re_protect = PLAN(false, 25 * 60, re_protect);
