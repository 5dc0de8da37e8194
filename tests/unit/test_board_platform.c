/* What the boards of the platform make of answers: how long a version is supported,
 * which failure still counts, what is part of something else. It is 2026-11-21. */
#include "board_fixture.h"

static struct library *library;

static int setup(void **state)
{
	(void)state;
	library = library_new(NULL, NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	library_free(library);
	return 0;
}

#define DATA(rows) "{\"all\":{\"data\":[" rows "]}}"
#define CLUSTER(version, plan)                                                           \
	DATA("{\"id\":\"/a\",\"name\":\"a\",\"type\":\"microsoft.containerservice/"      \
	     "managedclusters\",\"k8s\":\"" version "\",\"plan\":\"" plan                \
	     "\",\"tags\":{\"environment\":\"prod\"}}")
#define SITE(runtime, environment)                                                       \
	DATA("{\"id\":\"/a\",\"name\":\"a\",\"type\":\"microsoft.web/sites\",\"linux\":" \
	     "\"" runtime "\",\"tags\":{\"environment\":\"" environment "\"}}")
#define DEPLOYED(name, state, hour)                                                      \
	"{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/"     \
	"deployments/" name "\",\"name\":\"" name                                        \
	"\",\"properties\":{\"provisioningState\":\"" state                              \
	"\",\"timestamp\":\"2026-11-20T" hour ":00:00Z\"}}"
#define DEPLOYMENTS(rows) "{\"within\":[{\"item\":{},\"answer\":{\"value\":[" rows "]}}]}"
#define GROUP		  "/subscriptions/s/resourceGroups/g/providers/"
#define VM		  GROUP "Microsoft.Compute/virtualMachines/m"
#define STATE                                                                            \
	"\"states\":[{\"item\":\"t/a.tfstate\",\"answer\":{\"resources\":[{\"mode\":"    \
	"\"managed\",\"type\":\"azurerm_redis_cache\",\"name\":\"r\",\"instances\":[{"   \
	"\"attributes\":{\"id\":\"" GROUP "Microsoft.Cache/redis/r\"}}]}]}}]"
#define SETS(view)                                                                       \
	"{\"sets\":{\"data\":[{\"id\":\"/s\",\"name\":\"s\",\"sku\":{\"capacity\":2},"   \
	"\"properties\":{\"provisioningState\":\"Succeeded\"}}]},\"views\":[{\"item\":{" \
	"\"id\":\"/S\"},\"answer\":" view "}]}"

static const struct rows_case {
	const char *name, *board, *answers;
	const char *has[4];
	size_t n_rows;
} cases[] = {
	{"a cluster whose version ended",
	 "upgrades",
	 CLUSTER("1.32.7", "KubernetesOfficial"),
	 {"\"runs\":\"kubernetes 1.32\",\"state\":\"ended\"", "\"days\":-236",
	  "\"severity\":\"warn\""},
	 1},
	{"the same with long-term support",
	 "upgrades",
	 CLUSTER("1.32.7", "AKSLongTermSupport"),
	 {"\"state\":\"this year\"", "\"end\":\"2027-03-31T00:00:00Z\""},
	 1},
	{"long-term support of what has none",
	 "upgrades",
	 CLUSTER("1.26.1", "AKSLongTermSupport"),
	 {"\"state\":\"ended\"", "\"severity\":\"crit\""},
	 1},
	{"a version nobody has a date for",
	 "upgrades",
	 CLUSTER("1.99.0", "KubernetesOfficial"),
	 {"\"state\":\"not known\"", "\"days\":null", "\"severity\":\"unknown\""},
	 1},
	{"PHP by its minor version",
	 "upgrades",
	 SITE("PHP|7.4", "prod"),
	 {"\"runs\":\"php 7.4\",\"state\":\"ended\"", "\"severity\":\"crit\""},
	 1},
	{"the same where it is tested",
	 "upgrades",
	 SITE("PHP|7.4", "test"),
	 {"\"state\":\"ended\"", "\"severity\":\"info\""},
	 1},
	{"Java by the name of its runtime",
	 "upgrades",
	 SITE("JAVA|8-jre8", "prod"),
	 {"\"runs\":\"java 8\",\"state\":\"supported\""},
	 1},
	{"Java under Tomcat",
	 "upgrades",
	 SITE("TOMCAT|10.1-java17", "prod"),
	 {"\"runs\":\"java 17\",\"state\":\"this year\""},
	 1},
	{"a container of one's own is not seen",
	 "upgrades",
	 SITE("DOCKER|cr.example/a:1", "prod"),
	 {NULL},
	 0},
	{"a database by its own version",
	 "upgrades",
	 DATA("{\"id\":\"/a\",\"name\":\"a\",\"type\":\"microsoft.dbforpostgresql/"
	      "flexibleservers\",\"postgres\":\"13\"}"),
	 {"\"runs\":\"postgresql 13\",\"state\":\"ended\"", "\"kind\":\"database\""},
	 1},

	{"a deployment that failed last",
	 "deployments",
	 DEPLOYMENTS(DEPLOYED("app-7", "Succeeded", "06") "," DEPLOYED("app-8", "Failed",
								       "07")),
	 {"{\"name\":\"app-8\",\"state\":\"Failed\"", "\"severity\":\"crit\""},
	 2},
	{"one that a later one has put right",
	 "deployments",
	 DEPLOYMENTS(DEPLOYED("app-8", "Failed", "07") "," DEPLOYED("app-9", "Succeeded",
								    "09")),
	 {"\"is_newest\":null,\"hours\":21.085,\"severity\":\"info\"",
	  "\"severity\":\"ok\""},
	 2},
	{"one that a later one of another name has not",
	 "deployments",
	 DEPLOYMENTS(DEPLOYED("app-8", "Failed", "07") "," DEPLOYED("web-9", "Succeeded",
								    "09")),
	 {"\"severity\":\"crit\""},
	 2},
	{"what runs has put nothing right yet",
	 "deployments",
	 DEPLOYMENTS(DEPLOYED("app-8", "Failed", "07") "," DEPLOYED("app-9", "Running",
								    "09")),
	 {"\"severity\":\"crit\"", "\"severity\":\"info\""},
	 2},

	{"a machine no state knows, with its disk",
	 "terraform",
	 "{" STATE ",\"live\":{\"data\":[{\"id\":\"" VM "\",\"name\":\"m\"},{\"id\":"
	 "\"" GROUP "Microsoft.Compute/disks/d\",\"name\":\"d\",\"managedBy\":\"" VM
	 "\"}]},\"groups\":{\"data\":[]}}",
	 {"\"resource\":\"m\",\"state\":\"unmanaged\"",
	  "\"resource\":\"azurerm_redis_cache.r\""},
	 2},
	{"a disk of nobody's",
	 "terraform",
	 "{" STATE ",\"live\":{\"data\":[{\"id\":\"" GROUP
	 "Microsoft.Compute/disks/d\",\"name\":\"d\",\"managedBy\":\"\"}]},\"groups\":{"
	 "\"data\":[]}}",
	 {"\"resource\":\"d\",\"state\":\"unmanaged\""},
	 2},

	{"a scale set that counts its machines",
	 "vmss",
	 SETS("{\"virtualMachine\":{\"statusesSummary\":[{\"code\":\"ProvisioningState/"
	      "succeeded\",\"count\":1},{\"code\":\"ProvisioningState/failed\",\"count\":"
	      "1}]}}"),
	 {"\"ready\":1,\"failed\":1", "\"severity\":\"warn\""},
	 1},
	{"one that does not",
	 "vmss",
	 SETS("{\"statuses\":[]}"),
	 {"\"ready\":null,\"failed\":null", "\"severity\":\"ok\""},
	 1},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct rows_case *c = &cases[i];
		const struct board_def *def = library_find(library, str_from(c->board));
		struct board *board = fixture_board(def, c->answers);
		struct strbuf rows;

		strbuf_init(&rows, 1 << 20);
		board_rows_json(board, &rows);
		if (board->n_rows != c->n_rows || board->surprises)
			fail_msg("%s: %zu rows, %zu surprises: %s", c->name,
				 board->n_rows, (size_t)board->surprises, rows.p);
		for (size_t k = 0; k < 4 && c->has[k]; k++)
			if (str_find(strbuf_str(&rows), str_from(c->has[k])) < 0)
				fail_msg("%s: no %s in %s", c->name, c->has[k], rows.p);
		strbuf_fini(&rows);
		board_put(board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests_name("board_platform", tests, setup, teardown);
}
