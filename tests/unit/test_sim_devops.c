/* Agents take jobs, jobs end; those nobody can take wait. */
#include "unit/check.h"

#include <stdio.h>

#include "base/timefmt.h"
#include "sim/ask.h"
#include "sim/devops/devops.h"
#include "sim/rhythm.h"

#define POOLS "/_devops/contoso/_apis/distributedtask/pools"

static cJSON *jobs_of(struct ask *a, int pool)
{
	char target[256];

	snprintf(target, sizeof(target),
		 POOLS "/%d/jobrequests?api-version=7.1&completedRequestCount=50", pool);
	return ask_json(a, target);
}

static int64_t time_of(const cJSON *job, const char *name)
{
	const char *text = told_text(job, name);
	int64_t ms = -1;

	if (text)
		assert_true(time_parse(str_from(text), &ms));
	return ms;
}

static const cJSON *job_numbered(const cJSON *jobs, double id)
{
	const cJSON *job;

	cJSON_ArrayForEach (job, told_at(jobs, "value"))
		if (told_number(job, "requestId") == id)
			return job;
	return NULL;
}

/* Every job goes queued, assigned, received, finished, and never back. */
static void check_job(const cJSON *job, int64_t now_ms)
{
	int64_t queued = time_of(job, "queueTime"), assigned = time_of(job, "assignTime");
	int64_t received = time_of(job, "receiveTime");
	int64_t finished = time_of(job, "finishTime");

	assert_true(queued >= 0 && queued <= now_ms);
	assert_true(assigned <= now_ms && received <= now_ms && finished <= now_ms);
	assert_true(assigned < 0 || assigned > queued);
	assert_true(received < 0 || (assigned >= 0 && received >= assigned));
	assert_true(finished < 0 || (received >= 0 && finished > received));
	assert_true((finished >= 0) == (told_text(job, "result") != NULL));
	assert_true((assigned >= 0) == (told_at(job, "reservedAgent") != NULL));
}

static void test_a_job_runs_its_course(void **state)
{
	struct ask a;
	bool was_queued = false, was_running = false, was_finished = false;
	double watched = -1;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int i = 0; i < 120 && !was_finished; i++) {
		cJSON *jobs = jobs_of(&a, 10);
		const cJSON *job;

		cJSON_ArrayForEach (job, told_at(jobs, "value")) {
			check_job(job, clock_wall_ms(&a.clock));
			if (watched < 0 && !told_at(job, "assignTime") &&
			    cJSON_GetArraySize(told_at(job, "matchedAgents")) > 0)
				watched = told_number(job, "requestId");
		}
		job = watched < 0 ? NULL : job_numbered(jobs, watched);
		was_queued |= job && !told_at(job, "assignTime");
		was_running |=
			job && told_at(job, "receiveTime") && !told_at(job, "finishTime");
		was_finished |= job && told_at(job, "finishTime");
		cJSON_Delete(jobs);
		ask_at(&a, clock_wall_ms(&a.clock) + 20000);
	}
	assert_true(was_queued);
	assert_true(was_running);
	assert_true(was_finished);
	ask_fini(&a);
}

/* Who works says at what, and the job says who. */
static void test_agents_and_jobs_agree(void **state)
{
	struct ask a;
	int n_busy = 0;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS + 6 * MINUTE_MS);
	for (size_t i = 0; i < devops_n_pools; i++) {
		int pool = devops_pools[i].id;
		char target[256];
		cJSON *agents, *jobs = jobs_of(&a, pool);
		const cJSON *agent;

		snprintf(target, sizeof(target),
			 POOLS "/%d/agents?api-version=7.1&includeAssignedRequest=true",
			 pool);
		agents = ask_json(&a, target);
		cJSON_ArrayForEach (agent, told_at(agents, "value")) {
			const cJSON *job = told_at(agent, "assignedRequest"), *same;

			if (!job)
				continue;
			n_busy++;
			assert_string_equal(told_text(agent, "status"), "online");
			assert_true(cJSON_IsTrue(told_at(agent, "enabled")));
			same = job_numbered(jobs, told_number(job, "requestId"));
			assert_non_null(same);
			assert_null(told_at(same, "finishTime"));
			assert_string_equal(told_text(same, "reservedAgent.name"),
					    told_text(agent, "name"));
		}
		assert_int_equal((int)told_number(agents, "count"),
				 cJSON_GetArraySize(told_at(agents, "value")));
		cJSON_Delete(agents);
		cJSON_Delete(jobs);
	}
	assert_true(n_busy >= 3);
	ask_fini(&a);
}

/* Among those that wait: one asks what no agent has, one for agents that are off. */
static void test_stuck_jobs_wait(void **state)
{
	static const int pools[] = {10, 17};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < 2; i++) {
		cJSON *jobs = jobs_of(&a, pools[i]);
		const cJSON *job, *oldest = NULL;

		cJSON_ArrayForEach (job, told_at(jobs, "value"))
			if (!told_at(job, "assignTime") &&
			    (!oldest ||
			     time_of(job, "queueTime") < time_of(oldest, "queueTime")))
				oldest = job;
		assert_non_null(oldest);
		assert_true(ASK_NOON_MS - time_of(oldest, "queueTime") > 40 * MINUTE_MS);
		assert_int_equal(cJSON_GetArraySize(told_at(oldest, "matchedAgents")),
				 i == 0 ? 0 : 2);
		cJSON_Delete(jobs);
	}
	ask_fini(&a);
}

/* On machines of our own: the hosted ones work at night too. */
static int n_started(struct ask *a, int64_t from_ms)
{
	int n = 0;

	for (size_t i = 0; i < devops_n_pools; i++)
		for (size_t lane = 0; lane < devops_pools[i].n_lanes; lane++)
			for (int64_t k = 0; k < 12; k++) {
				struct lane_job job;

				n += devops_pools[i].kind != POOL_HOSTED &&
				     devops_job_of(&a->world, &devops_pools[i], lane,
						   devops_slot(from_ms) + k, &job);
			}
	return n;
}

static double number_of(struct ask *a, const char *target, const char *path)
{
	cJSON *json = ask_json(a, target);
	double n = told_number(json, path);

	cJSON_Delete(json);
	return n;
}

static int n_of(struct ask *a, const char *target, const char *field, const char *word)
{
	cJSON *json = ask_json(a, target);
	const cJSON *item;
	int n = 0;

	cJSON_ArrayForEach (item, told_at(json, "value"))
		n += strcmp(told_text(item, field), word) == 0;
	cJSON_Delete(json);
	return n;
}

static double first_of(struct ask *a, const char *target, const char *field)
{
	cJSON *json = ask_json(a, target);
	double n = told_number(cJSON_GetArrayItem(told_at(json, "value"), 0), field);

	cJSON_Delete(json);
	return n;
}

#define USAGE                                                                            \
	"/_devops/contoso/_apis/distributedtask/resourceusage?api-version=7.1-preview.2"
#define SETS "/_devops/contoso/_apis/distributedtask/elasticpools"

/* What runs is what the licence counts; the hosted ones are all in use. */
static void test_licences_are_counted(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS + 30 * 1000);
	assert_int_equal(number_of(&a, USAGE "&parallelismTag=Private&poolIsHosted=true",
				   "usedCount"),
			 devops_pools[0].n_lanes);
	assert_int_equal(number_of(&a, USAGE "&parallelismTag=Private&poolIsHosted=true",
				   "resourceLimit.totalCount"),
			 devops_pools[0].n_lanes);
	assert_int_equal(number_of(&a, USAGE "&parallelismTag=Private&poolIsHosted=false",
				   "usedCount"),
			 devops_count_running(&a.world, false));
	assert_int_equal(number_of(&a, USAGE "&parallelismTag=Public&poolIsHosted=true",
				   "usedCount"),
			 0);
	ask_fini(&a);
}

static const struct set_case {
	const char *name;
	int64_t at_ms; /* after noon */
	int desired, there, making;
	bool is_refused;
} sets[] = {
	/* It is noon in Amsterdam; the offices opened five hours ago. */
	{"the night", -9 * HOUR_MS, 1, 1, 0, false},
	{"the first minutes", -5 * HOUR_MS + 5 * MINUTE_MS, 5, 4, 1, false},
	{"the quota", -3 * HOUR_MS + 30 * 1000, 5, 4, 0, true},
};

/* The scale set is asked for more by day, gets one machine late, then none. */
static void test_scale_set_by_day(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		const struct set_case *c = &sets[i];
		struct ask a;
		int there, making, errors;

		ask_init(&a, 1, ASK_NOON_MS + c->at_ms);
		making = n_of(&a, SETS "/14/nodes?api-version=7.1-preview.1", "state",
			      "creatingCompute");
		there = n_of(&a, SETS "/14/nodes?api-version=7.1-preview.1",
			     "computeState", "healthy");
		errors = n_of(&a, SETS "/14/logs?api-version=7.1-preview.1&$top=1",
			      "level", "error");
		check_case(c->name, first_of(&a, SETS "?api-version=7.1-preview.1",
					     "desiredSize") == c->desired);
		check_case(c->name, there == c->there);
		check_case(c->name, making == c->making);
		check_case(c->name, (errors > 0) == c->is_refused);
		check_case(c->name, (first_of(&a, SETS "?api-version=7.1-preview.1",
					      "sizingAttempts") > 0) == c->is_refused);
		ask_fini(&a);
	}
}

static void test_nights_are_quiet(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	assert_true(n_started(&a, ASK_NOON_MS - HOUR_MS) >
		    2 * n_started(&a, ASK_NOON_MS - 7 * HOUR_MS));
	ask_fini(&a);
}

static const cJSON *record_with(const cJSON *records, const char *member, const char *is)
{
	const cJSON *record;

	cJSON_ArrayForEach (record, records) {
		const char *text = told_text(record, member);

		if (text && strcmp(text, is) == 0)
			return record;
	}
	return NULL;
}

/* From the task that failed up to its stage; what it said, a warning first. */
static void check_failed_run(struct ask *a, const cJSON *build)
{
	static const char *const types[] = {"Task", "Job", "Phase", "Stage"};
	const cJSON *records, *it;
	cJSON *timeline;
	char target[200];

	snprintf(target, sizeof(target),
		 "/_devops/contoso/%s/_apis/build/builds/%.0f/timeline?api-version=7.1",
		 told_text(told_at(build, "project"), "name"), told_number(build, "id"));
	timeline = ask_json(a, target);
	records = told_at(timeline, "records");
	cJSON_ArrayForEach (it, records)
		if (strcmp(told_text(it, "type"), "Task") == 0 &&
		    told_text(it, "result") &&
		    strcmp(told_text(it, "result"), "failed") == 0)
			break;
	assert_non_null(it);
	assert_non_null(record_with(told_at(it, "issues"), "type", "error"));
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		assert_non_null(it);
		assert_string_equal(told_text(it, "type"), types[i]);
		assert_string_equal(told_text(it, "result"), "failed");
		if (i + 1 < sizeof(types) / sizeof(*types))
			it = record_with(records, "id", told_text(it, "parentId"));
	}
	assert_string_equal(told_text(it, "identifier"), "test");
	cJSON_Delete(timeline);
}

static void test_a_failed_run_says_where(void **state)
{
	const cJSON *build;
	struct ask a;
	cJSON *failed;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	failed = ask_json(&a, "/_devops/contoso/Qodex/_apis/build/builds?api-version=7.1"
			      "&statusFilter=completed&resultFilter=failed&$top=3");
	assert_int_equal(told_number(failed, "count"), 3);
	cJSON_ArrayForEach (build, told_at(failed, "value")) {
		assert_string_equal(told_text(build, "result"), "failed");
		check_failed_run(&a, build);
	}
	cJSON_Delete(failed);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_job_runs_its_course),
		cmocka_unit_test(test_agents_and_jobs_agree),
		cmocka_unit_test(test_stuck_jobs_wait),
		cmocka_unit_test(test_nights_are_quiet),
		cmocka_unit_test(test_licences_are_counted),
		cmocka_unit_test(test_scale_set_by_day),
		cmocka_unit_test(test_a_failed_run_says_where),
	};

	return cmocka_run_group_tests_name("sim_devops", tests, NULL, NULL);
}
