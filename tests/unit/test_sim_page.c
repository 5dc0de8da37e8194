/* Walking a list by its links brings everything once: no more, no less. */
#include "unit/check.h"

#include <stdio.h>

#include "base/map.h"
#include "sim/ask.h"
#include "sim/devops/devops.h"
#include "sim/inventory.h"
#include "sim/sql/sql_estate.h"

#define PROD  "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define ATLAS PROD "/resourceGroups/rg-atlas-prod-weu"
#define SQL   "/providers/Microsoft.Sql/servers"

/* How many there are, straight from the tables. */
static size_t n_servers(void)
{
	size_t n = 0;

	for (size_t i = 0; i < sql_n_servers; i++)
		n += estate_group(sql_servers[i].group)->sub == SUB_PROD;
	return n;
}

static size_t n_databases(void)
{
	size_t n = 0;

	for (size_t i = 0; i < SQL_N_DATABASES; i++)
		n += strcmp(sql_databases[i].server, "sql-atlas-prod-weu") == 0;
	return n;
}

/* Of one type, or NULL for all. */
static size_t n_resources(const char *type)
{
	static struct inventory inv;
	struct arena arena;
	size_t n = 0;

	arena_init(&arena);
	inventory_init(&inv, &arena, SUB_PROD, NULL);
	for (size_t i = 0; i < inv.n; i++)
		n += !type || strcmp(inv.items[i].type, type) == 0;
	arena_fini(&arena);
	return n;
}

static void check_each_once(const char *name, const cJSON *all)
{
	struct map seen;
	const cJSON *one;

	map_init(&seen);
	cJSON_ArrayForEach (one, all) {
		const char *id = told_text(one, "id");

		check_case(name, id && !map_find(&seen, str_from(id)));
		map_put(&seen, str_from(id), &seen);
	}
	map_fini(&seen);
}

static void test_walks(void **state)
{
	const struct {
		const char *name, *target;
		size_t n, pages;
	} cases[] = {
		{"servers", PROD SQL "?api-version=2021-11-01", n_servers(), 2},
		{"databases",
		 ATLAS SQL "/sql-atlas-prod-weu/databases?api-version="
			   "2021-11-01",
		 n_databases(), 2},
		{"resources", PROD "/resources?api-version=2021-04-01", n_resources(NULL),
		 0},
		{"resources with a filter in the link",
		 PROD "/resources?api-version=2021-04-01&$filter=resourceType%20eq%20"
		      "'microsoft.compute/virtualmachines'",
		 n_resources("Microsoft.Compute/virtualMachines"), 0},
		{"a filter that nothing passes",
		 PROD
		 "/resources?api-version=2021-04-01&$filter=resourceType%20eq%20'%26'",
		 0, 0},
		{"one page", "/subscriptions?api-version=2022-12-01", SUB_COUNT, 1},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t pages;
		cJSON *all = ask_all(&a, cases[i].target, &pages);

		check_case(cases[i].name, (size_t)cJSON_GetArraySize(all) == cases[i].n);
		check_case(cases[i].name, !cases[i].pages || pages == cases[i].pages);
		check_each_once(cases[i].name, all);
		cJSON_Delete(all);
	}
	ask_fini(&a);
}

/* A filtered list has an empty page in its middle that still links on. */
static void test_an_empty_page_is_not_the_end(void **state)
{
	const char *target = PROD "/resources?api-version=2021-04-01";
	struct ask a;
	cJSON *first, *second;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	first = ask_json(&a, target);
	second = ask_json(&a, told_text(first, "nextLink"));
	assert_true(cJSON_GetArraySize(told_at(first, "value")) > 0);
	assert_int_equal(cJSON_GetArraySize(told_at(second, "value")), 0);
	assert_non_null(told_text(second, "nextLink"));
	cJSON_Delete(first);
	cJSON_Delete(second);
	ask_fini(&a);
}

/* The link carries api-version and filter, so it is followed as it stands. */
static void test_links_stand_alone(void **state)
{
	struct ask a;
	cJSON *json;
	const char *next;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	json = ask_json(
		&a, PROD
		"/resources?api-version=2021-04-01&$filter=resourceType%20eq%20'%26'");
	next = told_text(json, "nextLink");
	assert_true(str_starts(str_from(next), STR(ASK_BASE PROD "/resources?")));
	assert_non_null(strstr(next, "api-version=2021-04-01"));
	assert_non_null(strstr(next, "$filter=resourceType%20eq%20'%26'"));
	assert_non_null(strstr(next, "skiptoken="));
	cJSON_Delete(json);
	ask_fini(&a);
}

/* Pools of agents page by a header. */
static void test_continuation_tokens(void **state)
{
	struct ask a;
	char target[256] = "/_devops/contoso/_apis/distributedtask/pools?api-version=7.1";
	size_t n = 0, pages = 0;
	const char *token;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	do {
		struct told t;

		ask(&a, SIM_GET, target, NULL, &t);
		assert_int_equal(t.rep.status, 200);
		n += (size_t)cJSON_GetArraySize(told_at(t.json, "value"));
		assert_int_equal((int)told_number(t.json, "count"),
				 cJSON_GetArraySize(told_at(t.json, "value")));
		token = reply_find_header(&t.rep, "x-ms-continuationtoken");
		if (token)
			snprintf(target, sizeof(target),
				 "/_devops/contoso/_apis/distributedtask/pools?"
				 "api-version=7.1&continuationToken=%s",
				 token);
		pages++;
		told_fini(&t);
	} while (token && pages < 10);
	assert_int_equal(n, devops_n_pools);
	assert_int_equal(pages, 2);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walks),
		cmocka_unit_test(test_an_empty_page_is_not_the_end),
		cmocka_unit_test(test_links_stand_alone),
		cmocka_unit_test(test_continuation_tokens),
	};

	return cmocka_run_group_tests_name("sim_page", tests, NULL, NULL);
}
