/* The services beside Resource Manager: each refuses in its own words, its lists go
 * on in its own way, and a cadence only goes forward. */
#include "unit/check.h"

#include <stdio.h>

#include "azure/throttle.h"
#include "sim/ask.h"
#include "sim/cadence.h"
#include "sim/rhythm.h"

static const struct refusal {
	const char *name, *target;
	int status;
	const char *where, *says; /* a member of the answer; NULL: the text holds it */
} refusals[] = {
	{"github", "/_github/repos/contoso/nothing/actions/runs", 404, "message",
	 "Not Found"},
	{"github's run", "/_github/repos/contoso/qodex-sdk/actions/runs/1/jobs", 404,
	 "status", "404"},
	{"gitlab", "/_gitlab/api/v4/projects/9/pipelines", 404, "message",
	 "404 Project Not Found"},
	{"jenkins", "/_jenkins/job/none/api/json", 404, NULL, "<h2>HTTP ERROR 404"},
	{"fabric", "/_fabric/v1/workspaces/none/items", 404, "errorCode",
	 "WorkspaceNotFound"},
	{"purview", "/_purview/scan/datasources/none/scans", 404, "error.code",
	 "DataSource_NotFound"},
	{"supabase", "/_supabase/v1/projects/none/health?services=db", 404, "message",
	 "Project not found"},
	{"atlas", "/_atlas/api/atlas/v2/groups/none/clusters", 404, "errorCode",
	 "GROUP_NOT_FOUND"},
	{"blob", "/_blob/tfstate/none.tfstate", 404, NULL, "<Code>BlobNotFound</Code>"},
	{"key vault", "/_keyvault/kv-atlas-prod-weu/secrets/nope?api-version=7.4", 404,
	 "error.code", "SecretNotFound"},
	{"key vault's disabled",
	 "/_keyvault/kv-atlas-prod-weu/secrets/old-search-key?api-version=7.4", 403,
	 "error.innererror.code", "SecretDisabled"},
	{"key vault's version", "/_keyvault/kv-atlas-prod-weu/secrets/nope", 400,
	 "error.code", "BadParameter"},
	{"key vault's certificate",
	 "/_keyvault/kv-atlas-prod-weu/certificates/payment-api-key/"
	 "policy?api-version=7.4",
	 404, "error.code", "CertificateNotFound"},
	{"devops", "/_devops/contoso/None/_apis/build/builds?api-version=7.1", 404,
	 "typeKey", "ProjectDoesNotExistWithNameException"},
	{"devops's policies",
	 "/_devops/contoso/Atlas/_apis/policy/evaluations?artifactId=vstfs:///Git/"
	 "PullRequestId/1/4711&api-version=7.1-preview.1",
	 400, "typeKey", "ArtifactUriInvalidException"},
};

static void check_refusal(const char *name, const struct told *t,
			  const struct refusal *want)
{
	if (t->rep.status != want->status)
		fail_msg("%s: %d", name, t->rep.status);
	if (want->where)
		assert_string_equal(told_text(t->json, want->where), want->says);
	else
		check_case(name, strstr(t->rep.body.p, want->says));
}

static void test_refusals(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct told t;

		ask(&a, SIM_GET, refusals[i].target, NULL, &t);
		check_refusal(refusals[i].name, &t, &refusals[i]);
		told_fini(&t);
	}
	strbuf_reset(&a.bearer);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		check_case(refusals[i].name,
			   ask_status(&a, SIM_GET, refusals[i].target, NULL) == 401);
	}
	ask_fini(&a);
}

/* Where each service says that there is more, and that there is not. */
static void test_pages(void **state)
{
	static const struct {
		const char *name, *target, *list, *next, *header;
		int items;
		bool has_more;
	} pages[] = {
		{"github", "/_github/user/repos?per_page=2", NULL, NULL, "Link", 2, true},
		{"github's last", "/_github/user/repos?per_page=2&page=2", NULL, NULL,
		 "Link", 1, false},
		{"hcp", "/_terraform/api/v2/organizations/contoso/workspaces", "data",
		 "meta.pagination.next-page", NULL, 3, true},
		{"hcp's last",
		 "/_terraform/api/v2/organizations/contoso/"
		 "workspaces?page%5Bnumber%5D=2",
		 "data", "meta.pagination.next-page", NULL, 2, false},
		{"fabric", "/_fabric/v1/workspaces", "value", "continuationUri", NULL, 2,
		 true},
		{"fabric's last", "/_fabric/v1/workspaces?continuationToken=4", "value",
		 "continuationUri", NULL, 1, false},
		{"key vault", "/_keyvault/kv-qodex-prod-weu/certificates?api-version=7.4",
		 "value", "nextLink", NULL, 2, true},
		{"key vault's last",
		 "/_keyvault/kv-qodex-prod-weu/certificates?api-version=7.4&page=2",
		 "value", "nextLink", NULL, 1, false},
		{"devops",
		 "/_devops/contoso/Atlas/_apis/build/builds?$top=5&api-version=7.1",
		 "value", NULL, "x-ms-continuationtoken", 5, true},
		{"devops by skipping",
		 "/_devops/contoso/Atlas/_apis/git/"
		 "pullrequests?$top=2&$skip=2&api-version=7.1",
		 "value", NULL, "x-ms-continuationtoken", 2, false},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		const cJSON *list, *next;
		struct told t;
		bool has_more;

		ask(&a, SIM_GET, pages[i].target, NULL, &t);
		check_case(pages[i].name, t.rep.status == 200 && t.json);
		list = pages[i].list ? told_at(t.json, pages[i].list) : t.json;
		if (cJSON_GetArraySize(list) != pages[i].items)
			fail_msg("%s: %d items", pages[i].name, cJSON_GetArraySize(list));
		next = pages[i].next ? told_at(t.json, pages[i].next) : NULL;
		has_more = pages[i].header
				   ? reply_find_header(&t.rep, pages[i].header) != NULL
				   : next && !cJSON_IsNull(next);
		check_case(pages[i].name, has_more == pages[i].has_more);
		told_fini(&t);
	}
	ask_fini(&a);
}

/* Builds are filtered as they are asked for. */
static void test_builds_are_chosen(void **state)
{
#define BUILDS "/_devops/contoso/Atlas/_apis/build/builds?api-version=7.1&$top=500"
	struct ask a;
	cJSON *active, *ended;
	const cJSON *build;
	const char *before = NULL;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	active = ask_json(&a, BUILDS "&statusFilter=inProgress,notStarted");
	ended = ask_json(&a, BUILDS "&statusFilter=completed&minTime=2026-06-18T08:00:00Z"
				    "&queryOrder=finishTimeDescending");
	assert_true(cJSON_GetArraySize(told_at(active, "value")) > 2);
	assert_true(cJSON_GetArraySize(told_at(ended, "value")) > 5);
	cJSON_ArrayForEach (build, told_at(active, "value"))
		assert_null(told_at(build, "result"));
	cJSON_ArrayForEach (build, told_at(ended, "value")) {
		const char *at = told_text(build, "finishTime");

		assert_non_null(told_text(build, "result"));
		assert_true(strcmp(at, "2026-06-18T08:00:00") > 0);
		assert_true(!before || strcmp(before, at) >= 0);
		before = at;
	}
	cJSON_Delete(active);
	cJSON_Delete(ended);
	ask_fini(&a);
}

/* A run is queued, starts, ends, and stays as it ended. */
static void test_a_cadence_goes_forward(void **state)
{
	static const struct cadence cadence = {"test", 10, 6, 30, 50, false};
	struct occurrence before = {0};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int i = 0; i < 400; i++) {
		struct occurrence o, older;

		a.world.now_ms = ASK_NOON_MS + i * MINUTE_MS / 4;
		o = cadence_nth(&a.world, &cadence, 0);
		older = cadence_nth(&a.world, &cadence, 1);
		assert_true(o.queued_ms <= a.world.now_ms);
		assert_true(o.started_ms == 0 || o.started_ms >= o.queued_ms);
		assert_true(o.ended_ms == 0 || o.ended_ms > o.started_ms);
		assert_true(older.number == o.number - 1);
		assert_true(o.number >= before.number);
		if (o.number == before.number) {
			assert_true(o.queued_ms == before.queued_ms);
			assert_true(!before.started_ms ||
				    o.started_ms == before.started_ms);
			assert_true(!before.ended_ms ||
				    (o.ended_ms == before.ended_ms &&
				     o.has_failed == before.has_failed));
		}
		before = o;
	}
	assert_true(before.number > ASK_NOON_MS / (10 * MINUTE_MS) + 5);
	ask_fini(&a);
}

/* What the simulator says of a pace is what the client keeps to. */
static void read_pace(struct ask *a, struct http_pace *pace)
{
	struct http_header headers[REPLY_MAX_HEADERS];
	struct http_response response = {.status = 200, .headers = headers};
	struct told t;

	*pace = (struct http_pace){.retry_ms = -1, .left = -1};
	ask(a, SIM_GET, "/_devops/contoso/_apis/projects?api-version=7.1", NULL, &t);
	assert_int_equal(t.rep.status, 200);
	for (size_t i = 0; i < t.rep.n_headers; i++)
		headers[response.n_headers++] =
			(struct http_header){str_from(t.rep.headers[i].name),
					     str_from(t.rep.headers[i].value)};
	throttle_read(&response, pace);
	told_fini(&t);
}

static void test_devops_says_when_it_is_too_much(void **state)
{
	struct http_pace pace;
	struct ask a;
	int n_spread = 0;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	read_pace(&a, &pace);
	assert_true(pace.left == -1 && pace.pause_ms == 0 && pace.space_ms == 0);
	for (int i = 0; i < 3990; i++) {
		read_pace(&a, &pace);
		n_spread += pace.space_ms > 0;
	}
	assert_int_equal(pace.left, 1);
	assert_true(n_spread > 100);
	for (int i = 0; i < 20; i++)
		read_pace(&a, &pace);
	/* Nothing is left: the reset is further away than Retry-After. */
	assert_int_equal(pace.left, 0);
	assert_int_equal(pace.pause_ms, 300000);
	ask_at(&a, ASK_NOON_MS + 300000);
	read_pace(&a, &pace);
	assert_true(pace.left == -1 && pace.pause_ms == 0);
	ask_fini(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_builds_are_chosen),
		cmocka_unit_test(test_a_cadence_goes_forward),
		cmocka_unit_test(test_devops_says_when_it_is_too_much),
	};

	return cmocka_run_group_tests_name("sim services", tests, NULL, NULL);
}
