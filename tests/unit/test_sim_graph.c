/* Resource Graph as the simulator answers it: pages, scope, quota, refusals, and the
 * letter case of the real thing. */
#include "unit/check.h"

#include <stdio.h>

#include "base/map.h"
#include "sim/ask.h"
#include "sim/inventory.h"

#define GRAPH "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"
#define PROD  "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"

static size_t n_resources(void)
{
	static struct inventory inv;
	struct arena arena;
	size_t n = 0;

	arena_init(&arena);
	for (int i = 0; i < SUB_COUNT; i++) {
		inventory_init(&inv, &arena, (enum sub)i, NULL);
		n += inv.n;
	}
	arena_fini(&arena);
	return n;
}

static cJSON *query(struct ask *a, const char *query, const char *options)
{
	cJSON *body = cJSON_CreateObject(), *answer;
	char *text;

	cJSON_AddStringToObject(body, "query", query);
	if (options)
		cJSON_AddItemToObject(body, "options", cJSON_Parse(options));
	text = cJSON_PrintUnformatted(body);
	answer = ask_post(a, GRAPH, text);
	cJSON_free(text);
	cJSON_Delete(body);
	return answer;
}

static void test_pages_bring_everything_once(void **state)
{
	char options[256] = "{\"$top\":50}";
	size_t n = 0, pages = 0, total = n_resources();
	struct map seen;
	struct ask a;
	bool has_more;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	map_init(&seen);
	do {
		cJSON *answer = query(&a, "resources | project id, name", options);
		const char *token = told_text(answer, "$skipToken");
		const cJSON *row;

		assert_int_equal((int)told_number(answer, "totalRecords"), (int)total);
		assert_string_equal(told_text(answer, "resultTruncated"), "false");
		cJSON_ArrayForEach (row, told_at(answer, "data")) {
			assert_null(map_put(&seen, str_from(told_text(row, "id")), &a));
			n++;
		}
		has_more = token != NULL;
		if (token)
			snprintf(options, sizeof(options),
				 "{\"$top\":50,\"$skipToken\":\"%s\"}", token);
		cJSON_Delete(answer);
		clock_advance(&a.clock, 1000);
		pages++;
	} while (has_more);
	assert_int_equal(n, total);
	assert_int_equal(pages, (total + 49) / 50);
	map_fini(&seen);
	ask_fini(&a);
}

/* Rows without their id, and rows that are limited, are cut instead of paged. */
static void test_what_cannot_be_paged_is_cut(void **state)
{
	static const char *const queries[] = {"resources | project name",
					      "resources | project id | take 20"};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < 2; i++) {
		cJSON *answer = query(&a, queries[i], "{\"$top\":10}");

		check_case(queries[i], cJSON_GetArraySize(told_at(answer, "data")) == 10);
		check_text(queries[i], str_from(told_text(answer, "resultTruncated")),
			   "true");
		check_case(queries[i], !told_at(answer, "$skipToken"));
		cJSON_Delete(answer);
	}
	ask_fini(&a);
}

/* As recorded: types, groups and the group in an id in lower case; null and empty
 * texts for what a resource does not have. */
static void test_letter_case(void **state)
{
	struct ask a;
	cJSON *answer;
	const cJSON *row;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = query(&a,
		       "Resources | where name == 'aks-atlas-prod' and "
		       "type == 'microsoft.containerservice/managedclusters'",
		       NULL);
	row = cJSON_GetArrayItem(told_at(answer, "data"), 0);
	assert_string_equal(told_text(row, "id"),
			    "/subscriptions/" PROD "/resourceGroups/rg-atlas-prod-weu/"
			    "providers/Microsoft.ContainerService/managedClusters/"
			    "aks-atlas-prod");
	assert_string_equal(told_text(row, "resourceGroup"), "rg-atlas-prod-weu");
	assert_string_equal(told_text(row, "subscriptionId"), PROD);
	assert_string_equal(told_text(row, "tenantId"), ESTATE_TENANT);
	assert_string_equal(told_text(row, "kind"), "");
	assert_string_equal(told_text(row, "managedBy"), "");
	assert_true(cJSON_IsNull(told_at(row, "plan")));
	assert_true(cJSON_IsNull(told_at(row, "zones")));
	assert_string_equal(told_text(row, "sku.tier"), "Standard");
	assert_string_equal(told_text(row, "properties.kubernetesVersion"), "1.30.4");
	assert_string_equal(told_text(row, "tags.workload"), "Atlas");
	cJSON_Delete(answer);
	ask_fini(&a);
}

/* The power state is what Resource Graph adds to a machine. */
static void test_power_states(void **state)
{
	struct ask a;
	cJSON *answer;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = query(&a,
		       "resources | where type =~ 'Microsoft.Compute/virtualMachines' "
		       "| summarize n = count() by "
		       "state = properties.extended.instanceView.powerState.code "
		       "| order by n desc",
		       NULL);
	assert_true(cJSON_GetArraySize(told_at(answer, "data")) >= 3);
	assert_string_equal(told_text(cJSON_GetArrayItem(told_at(answer, "data"), 0),
				      "state"),
			    "PowerState/running");
	cJSON_Delete(answer);
	ask_fini(&a);
}

static void test_containers(void **state)
{
	struct ask a;
	cJSON *answer;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = query(&a,
		       "ResourceContainers | where type == "
		       "'microsoft.resources/subscriptions/resourcegroups' | count",
		       NULL);
	assert_int_equal((int)told_number(cJSON_GetArrayItem(told_at(answer, "data"), 0),
					  "Count"),
			 (int)estate_n_groups);
	cJSON_Delete(answer);
	ask_fini(&a);
}

static void test_scope_and_table_format(void **state)
{
	struct ask a;
	cJSON *answer;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = ask_post(&a, GRAPH,
			  "{\"subscriptions\":[\"" PROD "\"],\"query\":"
			  "\"resources | summarize n = count() by subscriptionId\","
			  "\"options\":{\"resultFormat\":\"table\"}}");
	assert_int_equal(cJSON_GetArraySize(told_at(answer, "data.columns")), 2);
	assert_int_equal(cJSON_GetArraySize(told_at(answer, "data.rows")), 1);
	cJSON_Delete(answer);
	ask_fini(&a);
}

static const struct refusal {
	const char *name, *body, *code;
} refusals[] = {
	{"no JSON", "{", "InvalidRequestContent"},
	{"no query", "{}", "InvalidRequestContent"},
	{"facets", "{\"query\":\"resources\",\"facets\":[]}", "UnsupportedFacets"},
	{"top of nothing", "{\"query\":\"resources\",\"options\":{\"$top\":0}}",
	 "InvalidPaginationParameters"},
	{"top of too many", "{\"query\":\"resources\",\"options\":{\"$top\":1001}}",
	 "InvalidPaginationParameters"},
	{"an invented token",
	 "{\"query\":\"resources\",\"options\":{\"$skipToken\":\"0000\"}}",
	 "InvalidSkipToken"},
	{"somebody else's subscription",
	 "{\"query\":\"resources\",\"subscriptions\":[\"nobody\"]}",
	 "NoValidSubscriptionsInQueryRequest"},
	{"syntax", "{\"query\":\"resources | where name ==\"}", "ParserFailure"},
	{"column", "{\"query\":\"resources | where named == 'x'\"}", "SemanticError"},
	{"table", "{\"query\":\"secrets\"}", "DisallowedLogicalTableName"},
	{"operator", "{\"query\":\"resources | join resources on id\"}",
	 "DisallowedQueryOperator"},
};

static void test_refusals(void **state)
{
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const cJSON *details;
		struct told t;

		ask(&a, SIM_POST, GRAPH, refusals[i].body, &t);
		check_case(refusals[i].name, t.rep.status == 400);
		check_text(refusals[i].name, str_from(told_text(t.json, "error.code")),
			   "BadRequest");
		details = told_at(t.json, "error.details");
		check_text(refusals[i].name,
			   str_from(told_text(
				   cJSON_GetArrayItem(details,
						      cJSON_GetArraySize(details) - 1),
				   "code")),
			   refusals[i].code);
		told_fini(&t);
		clock_advance(&a.clock, 1000);
	}
	ask_fini(&a);
}

/* A token belongs to its query and scope. */
static void test_a_token_of_another_query(void **state)
{
	struct ask a;
	char body[512];
	cJSON *answer;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	answer = query(&a, "resources | project id", "{\"$top\":5}");
	snprintf(body, sizeof(body),
		 "{\"query\":\"resources | project id, name\",\"options\":"
		 "{\"$skipToken\":\"%s\"}}",
		 told_text(answer, "$skipToken"));
	cJSON_Delete(answer);
	assert_int_equal(ask_status(&a, SIM_POST, GRAPH, body), 400);
	ask_fini(&a);
}

static void test_quota(void **state)
{
	static const char body[] = "{\"query\":\"resources | count\"}";
	char left[16];
	struct ask a;
	struct told t;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (int i = 0; i < GRAPH_QUERIES; i++) {
		ask(&a, SIM_POST, GRAPH, body, &t);
		assert_int_equal(t.rep.status, 200);
		snprintf(left, sizeof(left), "%d", GRAPH_QUERIES - 1 - i);
		assert_string_equal(reply_find_header(&t.rep,
						      "x-ms-user-quota-remaining"),
				    left);
		told_fini(&t);
	}
	clock_advance(&a.clock, 1200);
	ask(&a, SIM_POST, GRAPH, body, &t);
	assert_int_equal(t.rep.status, 429);
	assert_string_equal(told_text(t.json, "error.code"), "RateLimiting");
	assert_string_equal(reply_find_header(&t.rep, "Retry-After"), "4");
	assert_string_equal(reply_find_header(&t.rep, "x-ms-user-quota-resets-after"),
			    "00:00:04");
	told_fini(&t);
	clock_advance(&a.clock, 4000);
	assert_int_equal(ask_status(&a, SIM_POST, GRAPH, body), 200);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages_bring_everything_once),
		cmocka_unit_test(test_what_cannot_be_paged_is_cut),
		cmocka_unit_test(test_letter_case),
		cmocka_unit_test(test_power_states),
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_scope_and_table_format),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_a_token_of_another_query),
		cmocka_unit_test(test_quota),
	};

	return cmocka_run_group_tests_name("sim_graph", tests, NULL, NULL);
}
