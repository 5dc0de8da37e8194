/* Published answers of requests that rows look something up in: alone they make no
 * row, so each is put beside the list it belongs to, as the answer for its first one. */
#include "unit/recorded_boards.h"

static const struct joined {
	const char *board;
	const char *list, *list_file;	/* what the rows come from */
	const char *asked, *asked_file; /* of its first item */
	const char *has[RECORDED_MOST_PIECES];
} cases[] = {
	{"acr",
	 "registries",
	 "inventory/acr-list.json",
	 "usages",
	 "inventory/acr-usages.json",
	 {"\"used\":12345678,\"included\":107374182400"}},
	{"azureml-endpoints",
	 "endpoints",
	 "inventory/aml-online-endpoints.json",
	 "deployments",
	 "inventory/aml-online-deployments.json",
	 {"\"name\":\"string\"", "\"state\":\"Creating\"", "\"instances\":1",
	  "\"size\":\"string\""}},
	{"dns",
	 "zones",
	 "inventory/dns-zones-list.json",
	 "records",
	 "inventory/dns-recordsets-list.json",
	 {"\"name\":\"record1.zone1\"", "\"zone\":\"zone1\""}},
	/* Machines in words nobody knows are neither ready nor failed. */
	{"vmss",
	 "sets",
	 "inventory/vmss-list.json",
	 "views",
	 "inventory/vmss-instance-view.json",
	 {"\"capacity\":3,\"ready\":0,\"failed\":0"}},
	/* Two metrics that cannot be had, in an answer of 200: no figure, no alarm. */
	{"agents",
	 "pools",
	 "../ado/pools-list.json",
	 "agents",
	 "../ado/agents-list.json",
	 {"\"pool\":\"Hosted\"", "\"state\":\"away\""}},
	{"agent-pools",
	 "pools",
	 "../ado/pools-list.json",
	 "agents",
	 "../ado/agents-list.json",
	 {"\"online\":0,\"busy\":0,\"idle\":0,\"offline\":1", "\"hosted\":\"by"}},
	{"aks-pools",
	 "clusters",
	 "aks/managed-clusters-list.json",
	 "pools",
	 "aks/agent-pools-list.json",
	 {"\"pool\":\"agentpool1\",\"cluster\":\"clustername1\"", "\"count\":3",
	  "\"version\":\"1.9.6\""}},
	{"redis",
	 "caches",
	 "inventory/redis-list.json",
	 "metrics",
	 "monitor/metrics-get-error.json",
	 {"\"load\":null,\"memory\":null"}},
	{"web-apps",
	 "sites",
	 "inventory/web-apps-list.json",
	 "metrics",
	 "monitor/metrics-get-error.json",
	 {"\"errors\":null", "\"requests\":null"}},
	{"apim",
	 "gateways",
	 "inventory/apim-services-list.json",
	 "metrics",
	 "monitor/metrics-get-error.json",
	 {"\"capacity\":null,\"requests\":null"}},
};

static const struct recorded_board alone[] = {
	{"resources",
	 "all",
	 "arm/rec-resourcegroup-resources.json",
	 NULL,
	 1,
	 {"\"type\":\"storageaccounts\"", "\"region\":\"eastus2\""}},
};

static const struct request_def *request_of(const struct board_def *def, const char *name)
{
	for (size_t i = 0; i < def->n_requests; i++)
		if (strcmp(def->requests[i].name, name) == 0)
			return &def->requests[i];
	fail_msg("%s has no request %s", def->name, name);
	return NULL;
}

static void check_joined(const struct library *library, const struct joined *c)
{
	const struct board_def *def = library_find(library, str_from(c->board));
	cJSON *list = recorded_read(c->list_file), *asked = recorded_read(c->asked_file);
	cJSON *answers = cJSON_CreateObject();
	cJSON *item =
		cJSON_Duplicate(cJSON_GetArrayItem(cJSON_GetObjectItem(list, "value"), 0),
				true);
	struct board *board = NULL;
	struct err err = {0};
	struct strbuf rows;

	check_case(c->board, def != NULL);
	strbuf_init(&rows, RECORDED_MAX_BYTES);
	if (list && asked) {
		check_case(c->list_file, item != NULL);
		check_case(c->list_file, recorded_add(answers, request_of(def, c->list),
						      list, NULL, &err));
		check_case(c->asked_file, recorded_add(answers, request_of(def, c->asked),
						       asked, item, &err));
		if (!board_decode(def, answers, FIXTURE_NOW_MS, &board, &err))
			fail_msg("%s of %s: %s", c->board, c->asked_file, err.text);
		board_rows_json(board, &rows);
		check_case(c->asked_file, board->surprises == 0);
		for (size_t i = 0; i < RECORDED_MOST_PIECES && c->has[i]; i++)
			if (str_find(strbuf_str(&rows), str_from(c->has[i])) < 0)
				fail_msg("%s of %s: no %s in %s", c->board, c->asked_file,
					 c->has[i], rows.p);
	} else {
		cJSON_Delete(list);
		cJSON_Delete(asked);
	}
	board_put(board);
	strbuf_fini(&rows);
	cJSON_Delete(item);
	cJSON_Delete(answers);
}

static void test_joined(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_joined(library, &cases[i]);
	library_free(library);
}

static void test_alone(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		recorded_run(library, &alone[i]);
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_alone),
	};

	return cmocka_run_group_tests_name("recorded_joined", tests, NULL, NULL);
}
