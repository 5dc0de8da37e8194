/* The simulated recovery tells one story: drills, items, backups, entry points and
 * availability agree wherever two answers speak of the same. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/timefmt.h"
#include "sim/ask.h"
#include "sim/dr/dr.h"
#include "sim/entry/entry.h"

#define PROD	    "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define RSV	    "/providers/Microsoft.RecoveryServices/vaults/"
#define REPLICATION PROD "/resourceGroups/rg-recovery-neu" RSV "rsv-replication-neu"
#define BACKUP	    PROD "/resourceGroups/rg-recovery-weu" RSV "rsv-backup-weu"
#define V	    "?api-version=2024-04-01"
#define HEALTH	    PROD "/providers/Microsoft.ResourceHealth/"
#define HV	    "?api-version=2024-02-01"
#define EVENTS	    HEALTH "events" HV

static int setup(void **state)
{
	struct ask *a = test_calloc(1, sizeof(*a));

	ask_init(a, 1, ASK_NOON_MS);
	*state = a;
	return 0;
}

static int teardown(void **state)
{
	ask_fini(*state);
	test_free(*state);
	return 0;
}

static int64_t moment(const cJSON *json, const char *path)
{
	const char *text = told_text(json, path);
	int64_t ms = 0;

	check_case(path, text && time_parse(str_from(text), &ms));
	return ms;
}

/* The first item whose member at `path` is `text`. */
static const cJSON *with(const cJSON *list, const char *path, const char *text)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, list) {
		const char *has = told_text(one, path);

		if (has && strcmp(has, text) == 0)
			return one;
	}
	return NULL;
}

static const cJSON *newest_drill(const cJSON *jobs, const char *plan)
{
	const cJSON *job, *best = NULL;

	cJSON_ArrayForEach (job, jobs) {
		if (strcmp(told_text(job, "properties.scenarioName"), "TestFailover") ||
		    strcmp(told_text(job, "properties.targetObjectName"), plan))
			continue;
		if (!best || moment(job, "properties.startTime") >
				     moment(best, "properties.startTime"))
			best = job;
	}
	return best;
}

static void check_plan(const cJSON *plan, const cJSON *jobs, const cJSON *items)
{
	const char *name = told_text(plan, "name");
	const cJSON *drill = newest_drill(jobs, name), *group, *member;
	bool is_open = strcmp(told_text(plan, "properties.currentScenario.scenarioName"),
			      "None") != 0;
	int n = 0;

	check_case(name, drill != NULL);
	check_case(name, moment(plan, "properties.lastTestFailoverTime") ==
				 moment(drill, "properties.startTime"));
	check_case(name, is_open == (told_at(drill, "properties.endTime") == NULL));
	if (is_open)
		check_text(name,
			   str_from(told_text(plan, "properties.currentScenario.jobId")),
			   told_text(drill, "id"));
	cJSON_ArrayForEach (group, told_at(plan, "properties.groups")) {
		cJSON_ArrayForEach (member, told_at(group, "replicationProtectedItems")) {
			const cJSON *item = with(items, "id", told_text(member, "id"));

			check_case(name, item != NULL);
			check_text(name, str_from(told_text(member, "virtualMachineId")),
				   told_text(item, "properties.providerSpecificDetails."
						   "fabricObjectId"));
			n++;
		}
	}
	check_case(name, n > 0);
}

static void test_drills(void **state)
{
	struct ask *a = *state;
	cJSON *plans = ask_all(a, REPLICATION "/replicationRecoveryPlans" V, NULL);
	cJSON *jobs = ask_all(a, REPLICATION "/replicationJobs" V, NULL);
	cJSON *items = ask_all(a, REPLICATION "/replicationProtectedItems" V, NULL);
	const cJSON *one;

	assert_int_equal(cJSON_GetArraySize(plans), dr_n_plans);
	cJSON_ArrayForEach (one, plans)
		check_plan(one, jobs, items);
	cJSON_ArrayForEach (one, items) {
		const char *job = told_text(one, "properties.currentScenario.jobId");

		check_case(job, strstr(job, "/None") || with(jobs, "id", job));
	}
	cJSON_ArrayForEach (one, jobs)
		check_case(told_text(one, "id"),
			   moment(one, "properties.startTime") <= ASK_NOON_MS);
	cJSON_Delete(plans);
	cJSON_Delete(jobs);
	cJSON_Delete(items);
}

/* The item's last recovery point is the newest there is, and its state that of its
 * last job. */
static void test_backups(void **state)
{
	struct ask *a = *state;
	cJSON *items = ask_all(a, BACKUP "/backupProtectedItems" V, NULL);
	cJSON *jobs = ask_all(a, BACKUP "/backupJobs" V, NULL);
	const cJSON *item;

	cJSON_ArrayForEach (item, items) {
		const char *name = told_text(item, "properties.friendlyName");
		const cJSON *job = with(jobs, "properties.entityFriendlyName", name);
		char target[1024];
		cJSON *points;

		check_case(name, job != NULL);
		check_text(name, str_from(told_text(job, "properties.status")),
			   told_text(item, "properties.lastBackupStatus"));
		check_case(name, (told_at(job, "properties.errorDetails") == NULL) ==
					 (strcmp(told_text(job, "properties.status"),
						 "Completed") == 0));
		snprintf(target, sizeof(target), "%s/recoveryPoints" V,
			 told_text(item, "id"));
		points = ask_all(a, target, NULL);
		check_text(name,
			   str_from(told_text(cJSON_GetArrayItem(points, 0),
					      "properties.recoveryPointTime")),
			   told_text(item, "properties.lastRecoveryPoint"));
		cJSON_Delete(points);
	}
	cJSON_Delete(items);
	cJSON_Delete(jobs);
}

static bool is_word(const cJSON *json, const char *path, const char *word)
{
	return strcmp(told_text(json, path), word) == 0;
}

/* A profile is degraded when an endpoint is, and a nested endpoint is what its
 * profile is. */
static void test_traffic_manager(void **state)
{
	cJSON *all = cJSON_CreateArray();
	const cJSON *profile, *endpoint;

	for (size_t i = 0; i < SUB_COUNT; i++) {
		char target[256];
		cJSON *list;

		snprintf(target, sizeof(target),
			 "/subscriptions/%s/providers/Microsoft.Network/"
			 "trafficmanagerprofiles?api-version=2022-04-01",
			 estate_subs[i].id);
		list = ask_all(*state, target, NULL);
		while (cJSON_GetArraySize(list))
			cJSON_AddItemToArray(all, cJSON_DetachItemFromArray(list, 0));
		cJSON_Delete(list);
	}
	assert_int_equal(cJSON_GetArraySize(all), tm_n_profiles);
	cJSON_ArrayForEach (profile, all) {
		bool is_degraded = false;

		cJSON_ArrayForEach (endpoint, told_at(profile, "properties.endpoints")) {
			const char *nested =
				told_text(endpoint, "properties.targetResourceId");

			is_degraded |=
				is_word(endpoint, "properties.endpointMonitorStatus",
					"Degraded");
			if (nested)
				check_text(nested,
					   str_from(told_text(
						   endpoint,
						   "properties.endpointMonitorStatus")),
					   told_text(with(all, "id", nested),
						     "properties.monitorConfig."
						     "profileMonitorStatus"));
		}
		check_case(
			told_text(profile, "name"),
			is_degraded ==
				is_word(profile,
					"properties.monitorConfig.profileMonitorStatus",
					"Degraded"));
	}
	cJSON_Delete(all);
}

/* Mean of what a component measured in a span. */
static double measured(struct ask *a, const char *component, const char *group,
		       const char *span, const char *interval)
{
	char target[1024];
	const cJSON *series, *point;
	double sum = 0;
	cJSON *answer;
	int n = 0;

	snprintf(target, sizeof(target),
		 PROD "/resourceGroups/%s/providers/Microsoft.Insights/components/%s/"
		      "providers/Microsoft.Insights/metrics?api-version=2024-02-01&"
		      "metricnames=availabilityResults/availabilityPercentage&"
		      "timespan=%s&interval=%s",
		 group, component, span, interval);
	answer = ask_json(a, target);
	series = cJSON_GetArrayItem(
		told_at(cJSON_GetArrayItem(told_at(answer, "value"), 0), "timeseries"),
		0);
	cJSON_ArrayForEach (point, told_at(series, "data")) {
		sum += told_number(point, "average");
		n++;
	}
	cJSON_Delete(answer);
	return sum / n;
}

/* The months of Atlas keep what was promised, those of Qodex do not; and a mean of
 * hours is the mean of their minutes. */
static void test_availability(void **state)
{
	static const char *const months[] = {
		"2026-01-01T00:00:00Z/2026-02-01T00:00:00Z",
		"2026-03-01T00:00:00Z/2026-04-01T00:00:00Z",
		"2026-05-01T00:00:00Z/2026-06-01T00:00:00Z",
	};
	static const char *const day = "2026-06-10T00:00:00Z/2026-06-11T00:00:00Z";
	const char *const atlas = "rg-atlas-prod-weu", *const qodex = "rg-qodex-prod-weu";
	struct ask *a = *state;

	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
		check_case(months[i], measured(a, "appi-atlas-prod", atlas, months[i],
					       "PT1H") > 99.99);
		check_case(months[i], measured(a, "appi-qodex-prod", qodex, months[i],
					       "PT1H") < 99.9);
	}
	assert_true(fabs(measured(a, "appi-qodex-prod", qodex, day, "PT1H") -
			 measured(a, "appi-qodex-prod", qodex, day, "PT1M")) < 0.01);
}

/* What is degraded in West Europe has an outage announced that began with it. */
static void test_outage(void **state)
{
	cJSON *events = ask_all(*state, EVENTS, NULL);
	cJSON *statuses = ask_all(*state, HEALTH "availabilityStatuses" HV, NULL);
	const cJSON *outage = with(events, "properties.eventType", "ServiceIssue");
	const cJSON *sick = with(statuses, "properties.availabilityState", "Degraded");

	assert_non_null(outage);
	assert_non_null(sick);
	assert_true(is_word(outage, "properties.status", "Active"));
	assert_true(moment(outage, "properties.impactStartTime") ==
		    moment(sick, "properties.occuredTime"));
	cJSON_Delete(events);
	cJSON_Delete(statuses);
}

static void test_events_by_date(void **state)
{
	cJSON *recent = ask_all(*state, EVENTS, NULL);
	cJSON *month = ask_all(*state, EVENTS "&queryStartTime=2026-05-19", NULL);

	assert_true(cJSON_GetArraySize(recent) < cJSON_GetArraySize(month));
	assert_int_equal(ask_status(*state, SIM_GET, EVENTS "&queryStartTime=soon", NULL),
			 400);
	cJSON_Delete(recent);
	cJSON_Delete(month);
}

/* Every promise is written the way the boards read it. */
static void test_promises(void **state)
{
	(void)state;
	for (size_t i = 0; i < estate_n_groups; i++) {
		const struct promise *p = estate_promise(&estate_groups[i]);
		int64_t rto_ms, rpo_ms;
		double slo;

		if (!p)
			continue;
		check_case(p->workload,
			   duration_parse(str_from(p->rto), &rto_ms) &&
				   duration_parse(str_from(p->rpo), &rpo_ms));
		check_case(p->workload,
			   str_to_f64(str_from(p->slo), &slo) && slo > 90 && slo < 100);
	}
}

/* What was said of a machine begins with what is said now, and each is older. */
static void test_health_history(void **state)
{
	struct ask *a = *state;
	cJSON *list =
		ask_all(a,
			PROD
			"/resourceGroups/rg-qodex-prod-weu/providers/Microsoft.Compute/"
			"virtualMachines/vm-qodex-web-02/providers/"
			"Microsoft.ResourceHealth/availabilityStatuses" HV,
			NULL);
	int64_t before = INT64_MAX;
	const cJSON *one;

	assert_int_equal(cJSON_GetArraySize(list), 3);
	check_text("now", str_from(told_text(cJSON_GetArrayItem(list, 0), "name")),
		   "current");
	check_text("then",
		   str_from(told_text(cJSON_GetArrayItem(list, 1),
				      "properties.availabilityState")),
		   "Unavailable");
	cJSON_ArrayForEach (one, list) {
		int64_t at = moment(one, "properties.occuredTime");

		assert_true(at < before);
		before = at;
	}
	cJSON_Delete(list);
}

/* A filter for restores gives these alone; without one, last night's backups. */
static void test_restores(void **state)
{
	struct ask *a = *state;
	cJSON *restores =
		ask_all(a,
			BACKUP "/backupJobs" V
			       "&$filter=operation%20eq%20'Restore'%20and%20startTime"
			       "%20eq%20'2026-01-01%2012:00:00%20AM'",
			NULL);
	const cJSON *one;

	assert_int_equal(cJSON_GetArraySize(restores), 2);
	cJSON_ArrayForEach (one, restores) {
		check_text("operation", str_from(told_text(one, "properties.operation")),
			   "Restore");
		assert_true(moment(one, "properties.endTime") >
			    moment(one, "properties.startTime"));
	}
	assert_non_null(with(restores, "properties.status", "Completed"));
	cJSON_Delete(restores);
}

static void test_what_is_not_there(void **state)
{
	static const char *const gone[] = {
		BACKUP "/backupFabrics/Azure/protectionContainers/x/protectedItems/"
		       "VM;iaasvmcontainerv2;rg-qodex-prod-weu;vm-qodex-relay-01/"
		       "recoveryPoints" V,
		PROD "/resourceGroups/rg-shared-network-weu/providers/Microsoft.Cdn/"
		     "profiles/afd-contoso/originGroups?api-version=2024-09-01",
		PROD "/resourceGroups/rg-atlas-prod-weu/providers/Microsoft.KeyVault/"
		     "vaults/nobody/secrets?api-version=2023-07-01",
		PROD "/resourceGroups/rg-atlas-prod-weu/providers/Microsoft.Insights/"
		     "components/nobody/providers/Microsoft.Insights/metrics?"
		     "api-version=2024-02-01",
	};

	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
		check_case(gone[i], ask_status(*state, SIM_GET, gone[i], NULL) == 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drills),
		cmocka_unit_test(test_backups),
		cmocka_unit_test(test_traffic_manager),
		cmocka_unit_test(test_availability),
		cmocka_unit_test(test_outage),
		cmocka_unit_test(test_events_by_date),
		cmocka_unit_test(test_promises),
		cmocka_unit_test(test_health_history),
		cmocka_unit_test(test_restores),
		cmocka_unit_test(test_what_is_not_there),
	};

	return cmocka_run_group_tests_name("sim_dr", tests, setup, teardown);
}
