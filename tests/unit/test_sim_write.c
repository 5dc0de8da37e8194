/* What is written to the estate is taken, goes on, is over, and is seen by everybody:
 * each kind of write, and what refuses it. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/ask.h"

#define SUB	  "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define RG	  SUB "/resourceGroups/rg-atlas-prod-weu/providers/"
#define QRG	  SUB "/resourceGroups/rg-qodex-prod-weu/providers/"
#define QNEU	  SUB "/resourceGroups/rg-qodex-prod-neu/providers/"
#define SQL	  "Microsoft.Sql/servers/"
#define VM	  RG "Microsoft.Compute/virtualMachines/vm-atlas-app-01"
#define POOL	  QRG SQL "sql-qodex-prod-weu/elasticPools/pool-qodex-tenants"
#define FOG	  "/failoverGroups/fog-atlas"
#define NEU	  SUB "/resourceGroups/rg-atlas-prod-neu/providers/" SQL "sql-atlas-prod-neu"
#define NODES	  RG "Microsoft.ContainerService/managedClusters/aks-atlas-prod/agentPools/"
#define WAREHOUSE QRG SQL "sql-qodex-prod-weu/databases/qodex-warehouse"
#define FABRIC_V  "?api-version=2023-11-01"
#define SQL_V	  "?api-version=2021-11-01"
#define VM_V	  "?api-version=2024-07-01"
#define AKS_V	  "?api-version=2024-09-01"
#define DR_V	  "?api-version=2024-04-01"
#define K8S	  "/_k8s/aks-atlas-prod/apis/apps/v1/namespaces/"
#define MERGE	  "application/merge-patch+json"
#define ELASTIC	  "/_devops/contoso/_apis/distributedtask/elasticpools/"

#define LOGS_V "?api-version=2023-09-01"
#define SHARED "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03"
#define TABLE                                                                            \
	SHARED "/resourceGroups/rg-shared-monitor-weu/providers/"                        \
	       "Microsoft.OperationalInsights/workspaces/log-contoso/tables/"
#define VAULT                                                                            \
	SUB "/resourceGroups/rg-recovery-neu/providers/Microsoft.RecoveryServices/"      \
	    "vaults/rsv-replication-neu"
#define PLAN VAULT "/replicationRecoveryPlans/"
#define JOBS VAULT "/replicationJobs"
#define TEST                                                                             \
	"{\"properties\":{\"failoverDirection\":\"PrimaryToRecovery\",\"networkType\":"  \
	"\"NoNetworkAsInput\"}}"

struct seen {
	const char *target;		     /* that shows it */
	const char *path;		     /* a member of the answer */
	const char *before, *during, *after; /* as JSON */
};

static const struct write_case {
	const char *name;
	enum sim_method method;
	const char *target, *body;
	const char *type, *if_match; /* NULL: none */
	int status;
	int takes_s; /* 0: at once */
	struct seen seen;
} cases[] = {
	{"a machine is switched off",
	 SIM_POST,
	 VM "/deallocate" VM_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 50,
	 {VM VM_V "&$expand=instanceView", "properties.instanceView.statuses.1.code",
	  "\"PowerState/running\"", "\"PowerState/deallocating\"",
	  "\"PowerState/deallocated\""}},
	{"a pool is scaled",
	 SIM_PATCH,
	 POOL SQL_V,
	 "{\"sku\":{\"name\":\"StandardPool\",\"capacity\":400}}",
	 NULL,
	 NULL,
	 202,
	 90,
	 {POOL SQL_V, "sku.capacity", "200", "200", "400"}},
	{"a group changes sides",
	 SIM_POST,
	 NEU FOG "/failover" SQL_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 35,
	 {NEU FOG SQL_V, "properties.replicationRole", "\"Secondary\"", "\"Secondary\"",
	  "\"Primary\""}},
	{"and its other side too",
	 SIM_POST,
	 NEU FOG "/forceFailoverAllowDataLoss" SQL_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 20,
	 {RG SQL "sql-atlas-prod-weu" FOG SQL_V, "properties.replicationRole",
	  "\"Primary\"", "\"Primary\"", "\"Secondary\""}},
	{"and its databases",
	 SIM_POST,
	 NEU FOG "/failover" SQL_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 35,
	 {RG SQL "sql-atlas-prod-weu/databases/atlas-orders" SQL_V,
	  "properties.secondaryType", "null", "null", "\"Geo\""}},
	{"a warehouse is paused",
	 SIM_POST,
	 WAREHOUSE "/pause" SQL_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 65,
	 {WAREHOUSE SQL_V, "properties.status", "\"Online\"", "\"Pausing\"",
	  "\"Paused\""}},
	{"a capacity is paused",
	 SIM_POST,
	 RG "Microsoft.Fabric/capacities/fabricatlas/suspend" FABRIC_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 20,
	 {RG "Microsoft.Fabric/capacities/fabricatlas" FABRIC_V, "properties.state",
	  "\"Active\"", "\"Pausing\"", "\"Paused\""}},
	{"which Fabric tells, too",
	 SIM_POST,
	 RG "Microsoft.Fabric/capacities/fabricatlas/suspend" FABRIC_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 20,
	 {"/_fabric/v1/capacities", "value.0.state", "\"Active\"", "\"Active\"",
	  "\"Inactive\""}},
	{"a capacity is resumed",
	 SIM_POST,
	 QRG "Microsoft.Fabric/capacities/fabricqodex/resume" FABRIC_V,
	 NULL,
	 NULL,
	 NULL,
	 202,
	 30,
	 {QRG "Microsoft.Fabric/capacities/fabricqodex" FABRIC_V, "properties.state",
	  "\"Paused\"", "\"Resuming\"", "\"Active\""}},
	{"a node pool is scaled",
	 SIM_PUT,
	 NODES "system" AKS_V,
	 "{\"properties\":{\"count\":5,\"mode\":\"System\"}}",
	 NULL,
	 NULL,
	 200,
	 150,
	 {NODES "system" AKS_V, "properties.count", "3", "3", "5"}},
	{"and says so meanwhile",
	 SIM_PUT,
	 NODES "system" AKS_V,
	 "{\"properties\":{\"count\":5,\"mode\":\"System\"}}",
	 NULL,
	 NULL,
	 200,
	 150,
	 {NODES "system" AKS_V, "properties.provisioningState", "\"Succeeded\"",
	  "\"Scaling\"", "\"Succeeded\""}},
	{"an autoscaler's bounds",
	 SIM_PUT,
	 NODES "web" AKS_V,
	 "{\"properties\":{\"count\":9,\"mode\":\"User\",\"enableAutoScaling\":true,"
	 "\"minCount\":9,\"maxCount\":20}}",
	 NULL,
	 NULL,
	 200,
	 150,
	 {NODES "web" AKS_V, "properties.maxCount", "12", "12", "20"}},
	{"machines of agents",
	 SIM_PATCH,
	 ELASTIC "14?api-version=7.1-preview.1",
	 "{\"maxCapacity\":9}",
	 NULL,
	 NULL,
	 200,
	 0,
	 {ELASTIC "14?api-version=7.1-preview.1", "maxCapacity", "6", NULL, "9"}},
	{"replicas",
	 SIM_PATCH,
	 K8S "atlas/deployments/pricing/scale",
	 "{\"spec\":{\"replicas\":5}}",
	 MERGE,
	 NULL,
	 200,
	 0,
	 {K8S "atlas/deployments/pricing", "status.readyReplicas", "2", NULL, "5"}},
	{"a restart",
	 SIM_PATCH,
	 K8S "atlas/deployments/pricing",
	 "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"at\":\"now\"}}}}}",
	 MERGE,
	 NULL,
	 200,
	 0,
	 {K8S "atlas/deployments/pricing", "spec.template.metadata.annotations.at",
	  "null", NULL, "\"now\""}},
	{"a log table",
	 SIM_PATCH,
	 TABLE "QodexEvents_CL" LOGS_V,
	 "{\"properties\":{\"plan\":\"Analytics\",\"retentionInDays\":60}}",
	 NULL,
	 NULL,
	 202,
	 20,
	 {TABLE "QodexEvents_CL" LOGS_V, "properties.plan", "\"Basic\"", "\"Basic\"",
	  "\"Analytics\""}},
	{"a plan is tried",
	 SIM_POST,
	 PLAN "rp-atlas/testFailover" DR_V,
	 TEST,
	 NULL,
	 NULL,
	 202,
	 840,
	 {PLAN "rp-atlas" DR_V, "properties.currentScenario.scenarioName", "\"None\"",
	  "\"TestFailover\"", "\"TestFailover\""}},
	{"which is a job",
	 SIM_POST,
	 PLAN "rp-atlas/testFailover" DR_V,
	 TEST,
	 NULL,
	 NULL,
	 202,
	 840,
	 {JOBS DR_V, "value.0.properties.state", NULL, "\"InProgress\"",
	  "\"Suspended\""}},
	{"a plan is used",
	 SIM_POST,
	 PLAN "rp-atlas/unplannedFailover" DR_V,
	 "{\"properties\":{\"failoverDirection\":\"PrimaryToRecovery\"}}",
	 NULL,
	 NULL,
	 202,
	 660,
	 {PLAN "rp-atlas" DR_V, "properties.allowedOperations.0", NULL, "null",
	  "\"Commit\""}},
	{"tags",
	 SIM_PATCH,
	 VM "/providers/Microsoft.Resources/tags/default?api-version=2021-04-01",
	 "{\"operation\":\"Merge\",\"properties\":{\"tags\":{\"owner\":\"atlas\"}}}",
	 NULL,
	 NULL,
	 200,
	 0,
	 {VM VM_V, "tags.owner", "null", NULL, "\"atlas\""}},
};

static const cJSON *at(const cJSON *json, const char *path)
{
	struct str rest = str_from(path), name;
	char part[64];
	int64_t i;

	while (json && str_next(&rest, '.', &name)) {
		snprintf(part, sizeof(part), "%.*s", STR_ARG(name));
		json = cJSON_IsArray(json) && str_to_i64(name, &i)
			       ? cJSON_GetArrayItem(json, (int)i)
			       : cJSON_GetObjectItemCaseSensitive(json, part);
	}
	return json;
}

static void check_seen(struct ask *a, const char *name, const struct seen *seen,
		       const char *want)
{
	cJSON *json;
	struct strbuf text;
	const cJSON *value;

	if (!want)
		return;
	json = ask_json(a, seen->target);
	value = at(json, seen->path);
	strbuf_init(&text, 4096);
	if (value)
		json_print(&text, value);
	else
		strbuf_puts(&text, "null");
	check_text(name, strbuf_str(&text), want);
	strbuf_fini(&text);
	cJSON_Delete(json);
}

/* The words of the address where the operation is asked for. */
static void check_poll(struct ask *a, const char *name, const struct reply *rep,
		       bool is_over)
{
	const char *status = reply_find_header(rep, "Azure-AsyncOperation");
	const char *location = reply_find_header(rep, "Location");
	struct told t;

	if (status) {
		cJSON *json = ask_json(a, status);

		check_text(name, str_from(told_text(json, "status")),
			   is_over ? "Succeeded" : "InProgress");
		cJSON_Delete(json);
	}
	if (location) {
		ask(a, SIM_GET, location, NULL, &t);
		check_case(name, t.rep.status == (is_over ? 200 : 202));
		told_fini(&t);
	}
	check_case(name, status || location);
}

/* Of another one, meanwhile. */
static int busy_status(const char *target)
{
	return strstr(target, "/pause") ? 400 : 409;
}

static void test_writes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct write_case *c = &cases[i];
		struct ask a;
		struct told t;

		ask_init(&a, 1, ASK_NOON_MS);
		check_seen(&a, c->name, &c->seen, c->seen.before);
		a.content_type = c->type ? str_from(c->type) : STR("application/json");
		ask(&a, c->method, c->target, c->body, &t);
		if (t.rep.status != c->status)
			fail_msg("%s: %d %s", c->name, t.rep.status, t.rep.body.p);
		if (c->takes_s) {
			check_seen(&a, c->name, &c->seen, c->seen.during);
			check_poll(&a, c->name, &t.rep, false);
			check_case(c->name,
				   ask_status(&a, c->method, c->target, c->body) ==
					   busy_status(c->target));
			ask_at(&a, ASK_NOON_MS + c->takes_s * 1000LL);
			check_poll(&a, c->name, &t.rep, true);
		}
		check_seen(&a, c->name, &c->seen, c->seen.after);
		told_fini(&t);
		ask_fini(&a);
	}
}

static void test_refusals(void **state)
{
	static const struct {
		const char *name;
		enum sim_method method;
		const char *target, *body, *type, *if_match;
		int status;
	} refused[] = {
		{"not there", SIM_POST,
		 RG "Microsoft.Compute/virtualMachines/no/start" VM_V, NULL, NULL, NULL,
		 404},
		{"another version of it", SIM_PUT, NODES "system" AKS_V,
		 "{\"properties\":{\"count\":5}}", NULL, "old", 412},
		{"a system pool of none", SIM_PUT, NODES "system" AKS_V,
		 "{\"properties\":{\"count\":0}}", NULL, NULL, 400},
		{"another machine size", SIM_PUT, NODES "web" AKS_V,
		 "{\"properties\":{\"count\":4,\"vmSize\":\"Standard_B1s\"}}", NULL, NULL,
		 400},
		{"bounds the wrong way", SIM_PUT, NODES "web" AKS_V,
		 "{\"properties\":{\"count\":4,\"enableAutoScaling\":true,\"minCount\":5,"
		 "\"maxCount\":3}}",
		 NULL, NULL, 400},
		{"no JSON", SIM_PUT, NODES "web" AKS_V, "{", NULL, NULL, 400},
		{"what nobody sells", SIM_PATCH, POOL SQL_V,
		 "{\"sku\":{\"name\":\"StandardPool\",\"capacity\":77}}", NULL, NULL,
		 400},
		{"it is primary", SIM_POST,
		 RG SQL "sql-atlas-prod-weu" FOG "/failover" SQL_V, NULL, NULL, NULL,
		 409},
		{"it is behind", SIM_POST,
		 QNEU SQL "sql-qodex-prod-neu/failoverGroups/fog-qodex/failover" SQL_V,
		 NULL, NULL, NULL, 409},
		{"a patch of no kind", SIM_PATCH, K8S "atlas/deployments/pricing",
		 "{\"spec\":{\"replicas\":1}}", "application/json", NULL, 415},
		{"less than none", SIM_PATCH, K8S "atlas/deployments/pricing/scale",
		 "{\"spec\":{\"replicas\":-1}}", MERGE, NULL, 422},
		{"more spare than machines", SIM_PATCH,
		 ELASTIC "14?api-version=7.1-preview.1", "{\"desiredIdle\":70}", NULL,
		 NULL, 400},
		{"a table of Azure's that may not", SIM_PATCH, TABLE "SigninLogs" LOGS_V,
		 "{\"properties\":{\"plan\":\"Basic\"}}", NULL, NULL, 400},
		{"nothing to clean up", SIM_POST,
		 PLAN "rp-atlas/testFailoverCleanup" DR_V, "{\"properties\":{}}", NULL,
		 NULL, 409},
		{"no network said", SIM_POST, PLAN "rp-atlas/testFailover" DR_V,
		 "{\"properties\":{}}", NULL, NULL, 400},
		{"only a warehouse is paused", SIM_POST,
		 QRG SQL "sql-qodex-prod-weu/databases/qodex-jobs/pause" SQL_V, NULL,
		 NULL, NULL, 400},
		{"it is off already", SIM_POST,
		 QRG "Microsoft.Fabric/capacities/fabricqodex/suspend" FABRIC_V, NULL,
		 NULL, NULL, 400},
		{"another verb", SIM_DELETE, POOL SQL_V, NULL, NULL, NULL, 405},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct ask a;
		struct told t;

		ask_init(&a, 1, ASK_NOON_MS);
		a.content_type = str_from(refused[i].type);
		a.if_match = str_from(refused[i].if_match);
		ask(&a, refused[i].method, refused[i].target, refused[i].body, &t);
		if (t.rep.status != refused[i].status)
			fail_msg("%s: %d %s", refused[i].name, t.rep.status,
				 t.rep.body.p);
		assert_int_equal(a.world.written.list.n, 0);
		told_fini(&t);
		ask_fini(&a);
	}
}

#define LOAD                                                                             \
	WAREHOUSE "/providers/Microsoft.Insights/metrics?api-version=2024-02-01&"        \
		  "metricnames=dwu_consumption_percent&interval=PT5M&timespan=PT1H&"     \
		  "aggregation=average"

static bool has_load(struct ask *a)
{
	cJSON *json = ask_json(a, LOAD);
	const cJSON *newest = at(json, "value.0.timeseries.0.data"), *point;
	bool has = false;

	assert_non_null(newest);
	/* The newest point is of whole minutes that are over. */
	cJSON_ArrayForEach (point, newest)
		has = json_member(point, "average") != NULL;
	cJSON_Delete(json);
	return has;
}

static void check_warehouse(struct ask *a, const char *method, int status,
			    const char *word)
{
	cJSON *json;
	char target[512];

	snprintf(target, sizeof(target), WAREHOUSE "/%s" SQL_V, method);
	assert_int_equal(ask_status(a, SIM_POST, target, NULL), status);
	ask_at(a, clock_wall_ms(&a->clock) + 10 * MINUTE_MS);
	json = ask_json(a, WAREHOUSE SQL_V);
	assert_string_equal(told_text(json, "properties.status"), word);
	assert_true((at(json, "properties.pausedDate") != NULL) ==
		    (strcmp(word, "Paused") == 0));
	cJSON_Delete(json);
}

/* What is paused works on nothing and is not changed; to pause it again is no mistake. */
static void test_warehouse(void **state)
{
	static const char size[] = "{\"sku\":{\"name\":\"DW500c\"}}";
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	assert_true(has_load(&a));
	check_warehouse(&a, "pause", 202, "Paused");
	assert_false(has_load(&a));
	assert_int_equal(ask_status(&a, SIM_PATCH, WAREHOUSE SQL_V, size), 400);
	check_warehouse(&a, "pause", 202, "Paused");
	check_warehouse(&a, "resume", 202, "Online");
	assert_true(has_load(&a));
	/* One thing after the other. */
	assert_int_equal(ask_status(&a, SIM_PATCH, WAREHOUSE SQL_V, size), 202);
	assert_int_equal(ask_status(&a, SIM_POST, WAREHOUSE "/pause" SQL_V, NULL), 409);
	check_warehouse(&a, "resume", 409, "Online");
	assert_int_equal(ask_status(&a, SIM_POST, WAREHOUSE "/pause" SQL_V, NULL), 202);
	assert_int_equal(ask_status(&a, SIM_PATCH, WAREHOUSE SQL_V, size), 409);
	ask_fini(&a);
}

/* What the services say of what was written never undoes it: twice is once. */
static void test_many(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int i = 0; i < 400; i++) {
		char body[64];

		snprintf(body, sizeof(body), "{\"maxCapacity\":%d}", 2 + i % 90);
		assert_int_equal(ask_status(&a, SIM_PATCH,
					    ELASTIC "14?api-version=7.1-preview.1", body),
				 200);
	}
	assert_int_equal(a.world.written.list.n, 1);
	assert_true(a.world.written.operations.n <= 256);
	ask_fini(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_warehouse),
		cmocka_unit_test(test_writes),
	};

	return cmocka_run_group_tests_name("sim_write", tests, NULL, NULL);
}
