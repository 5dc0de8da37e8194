/* What the boards of cost, SQL, logs and posture make of answers: when something runs
 * out, what jumped, where to connect, who has too many rights. It is 2026-11-21. */
#include "board_fixture.h"

#include "base/json.h"

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

struct rows_case {
	const char *name, *board, *answers;
	const char *has[4]; /* pieces of the rows as JSON */
	size_t n_rows;
};

#define LOT(left, from, until)                                                           \
	"{\"id\":\"/l\",\"properties\":{\"source\":\"PurchasedCredit\",\"status\":"      \
	"\"Active\",\"originalAmount\":{\"value\":1000,\"currency\":\"EUR\"},"           \
	"\"closedBalance\":{\"value\":" left                                             \
	",\"currency\":\"EUR\"},\"startDate\":\"" from "\",\"expirationDate\":\"" until  \
	"\"}}"
#define LOTS(lot) "{\"lots\":[{\"item\":{},\"answer\":{\"value\":[" lot "]}}]}"
#define ALLOCATION(grain, spent, from)                                                   \
	"{\"budgets\":[{\"item\":\"/subscriptions/s\",\"answer\":{\"value\":[{\"id\":"   \
	"\"subscriptions/s/b\",\"name\":\"allocation-ai\",\"properties\":{\"amount\":"   \
	"3650,\"timeGrain\":\"" grain "\",\"currentSpend\":{\"amount\":" spent           \
	",\"unit\":\"EUR\"},\"timePeriod\":{\"startDate\":\"" from                       \
	"\"},\"filter\":{\"and\":[{\"dimensions\":{\"name\":\"ServiceName\","            \
	"\"values\":[\"Azure OpenAI\"]}}]}}},{\"id\":\"subscriptions/s/c\",\"name\":"    \
	"\"plain\",\"properties\":{\"amount\":1}}]}}]}"
#define COST(table, cost)                                                                \
	"\"" table "\":[{\"item\":{\"subscriptionId\":\"S\"},\"answer\":"                \
	"{\"properties\":{\"columns\":[{\"name\":\"Cost\"},{\"name\":"                   \
	"\"ResourceGroupName\"},{\"name\":\"SubscriptionId\"},{\"name\":\"Currency\"}]," \
	"\"rows\":[[" cost ",\"rg\",\"s\",\"EUR\"]]}}}]"
#define WORKSPACE(cap, status)                                                           \
	"\"workspaces\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"/W\",\"name\":"   \
	"\"w\",\"properties\":{\"workspaceCapping\":{\"dailyQuotaGb\":" cap              \
	",\"dataIngestionStatus\":\"" status "\"}}}]}}]"
#define USAGE(rows)                                                                      \
	"\"usage\":[{\"item\":{\"id\":\"/w\"},\"answer\":{\"tables\":[{\"columns\":["    \
	"{\"name\":\"DataType\"},{\"name\":\"Day\"},{\"name\":\"MB\"}],\"rows\":[" rows  \
	"]}]}}]"
#define DB(more)                                                                         \
	"{\"servers\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"/x/servers/A\","    \
	"\"properties\":{\"fullyQualifiedDomainName\":\"A.database.chinacloudapi.cn\"}}" \
	"]}}],\"dbs\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":"                     \
	"\"/x/servers/A/databases/d\",\"name\":\"d\",\"properties\":{" more "}}]}}]}"
#define ROLE(role, type)                                                                 \
	"{\"given\":[{\"item\":{},\"answer\":{\"value\":[{\"id\":\"/a\",\"properties\":" \
	"{\"roleDefinitionId\":\"/r/" role "\",\"principalType\":\"" type                \
	"\",\"scope\":\"/subscriptions/s\"}}]}}]}"
#define OWNER "8E3AF657-a8ff-443c-a75c-2fe8c4bcb635"
#define EVENT(id, status)                                                                \
	"{\"eventDataId\":\"" id "\",\"correlationId\":\"c\",\"eventTimestamp\":"        \
	"\"2026-11-21T03:00:00Z\",\"operationName\":{\"value\":\"o/write\"},"            \
	"\"status\":{\"value\":\"" status "\"},\"properties\":{\"statusMessage\":"       \
	"\"{\\\"error\\\":{\\\"message\\\":\\\"top\\\",\\\"details\\\":[{\\\"message"    \
	"\\\":\\\"deep\\\"}]}}\"}}"
#define EVENTS(list) "{\"events\":[{\"item\":{},\"answer\":{\"value\":[" list "]}}]}"

static const struct rows_case cases[] = {
	/* 173 days, 3.5 a day, 192 to go. */
	{"a credit that lasts",
	 "credits",
	 LOTS(LOT("400", "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z")),
	 {"\"state\":\"runs out\"", "\"out\":\"2027-03", "\"left_pct\":40"},
	 1},
	{"a credit that is lost",
	 "credits",
	 LOTS(LOT("900", "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z")),
	 {"\"state\":\"unused\"", "\"severity\":\"warn\""},
	 1},
	{"a credit that is over",
	 "credits",
	 LOTS(LOT("900", "2025-06-01T00:00:00Z", "2026-06-01T00:00:00Z")),
	 {"\"state\":\"over\"", "\"severity\":\"none\""},
	 1},
	{"a credit of today has no pace",
	 "credits",
	 LOTS(LOT("1000", "2026-11-21T00:00:00Z", "2027-06-01T00:00:00Z")),
	 {"\"state\":\"fine\"", "\"out\":null", "\"a_day\":null"},
	 1},
	/* 324 days of the year are over. */
	{"an allocation that lasts",
	 "credits",
	 ALLOCATION("Annually", "3000", "2026-01-01T00:00:00Z"),
	 {"\"purpose\":\"ai\",\"state\":\"fine\"", "\"note\":\"Azure OpenAI\"",
	  "\"until\":\"2027-01-01", "\"left\":650"},
	 1},
	{"begun years ago, it is this year's",
	 "credits",
	 ALLOCATION("Annually", "3400", "2023-01-01T00:00:00Z"),
	 {"\"state\":\"runs out\"", "\"until\":\"2027-01-01"},
	 1},
	{"an allocation that is gone",
	 "credits",
	 ALLOCATION("Quarterly", "3700", "2026-10-01T00:00:00Z"),
	 {"\"state\":\"used up\"", "\"severity\":\"crit\""},
	 1},

	{"a group that doubled",
	 "cost-groups",
	 "{" COST("groups", "250") "," COST("before", "100") "}",
	 {"\"change\":150", "\"severity\":\"crit\"", "\"share\":100"},
	 1},
	{"a group that is new",
	 "cost-groups",
	 "{" COST("groups", "250") "}",
	 {"\"change\":null", "\"severity\":\"none\""},
	 1},
	{"a refund is no percentage",
	 "cost-groups",
	 "{" COST("groups", "250") "," COST("before", "-10") "}",
	 {"\"change\":null"},
	 1},

	{"over its cap",
	 "log-workspaces",
	 "{" WORKSPACE("2", "OverQuota") "," USAGE(
		 "[\"T\",\"2026-11-21T00:00:00Z\",2000],[\"U\",\"2026-11-21T00:00:00Z\","
		 "\"500\"],[\"T\",\"2026-11-20T00:00:00Z\",3000]") "}",
	 {"\"state\":\"Over cap\",\"used_pct\":125,\"today\":2.5", "\"a_day\":3",
	  "\"severity\":\"crit\""},
	 1},
	{"without a cap",
	 "log-workspaces",
	 "{" WORKSPACE("-1", "RespectQuota") "}",
	 {"\"used_pct\":null", "\"cap\":null", "\"severity\":\"ok\""},
	 1},

	{"a group's name to write to",
	 "sql-replicas",
	 DB("\"failoverGroupId\":\"/x/servers/A/failoverGroups/fg\",\"status\":"
	    "\"Online\""),
	 {"\"use\":\"writes\"", "\"endpoint\":\"fg.database.chinacloudapi.cn\""},
	 1},
	{"a group's name to read from",
	 "sql-replicas",
	 DB("\"failoverGroupId\":\"/x/servers/A/failoverGroups/fg\",\"secondaryType\":"
	    "\"Geo\""),
	 {"\"use\":\"reads\"", "\"endpoint\":\"fg.secondary.database.chinacloudapi.cn\""},
	 1},
	{"a named replica",
	 "sql-replicas",
	 DB("\"secondaryType\":\"Named\""),
	 {"\"endpoint\":\"A.database.chinacloudapi.cn\"", "\"kind\":\"named\""},
	 1},
	{"a database alone", "sql-replicas", DB("\"readScale\":\"Disabled\""), {NULL}, 0},

	{"an owner, one by one",
	 "role-assignments",
	 ROLE(OWNER, "User"),
	 {"\"state\":\"owner, direct\"", "\"severity\":\"warn\""},
	 1},
	{"an application that owns",
	 "role-assignments",
	 ROLE(OWNER, "ServicePrincipal"),
	 {"\"state\":\"owner, app\"", "\"severity\":\"warn\""},
	 1},
	{"an application that gives itself what it likes",
	 "role-assignments",
	 ROLE("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "ServicePrincipal"),
	 {"\"state\":\"owner, app\"", "\"severity\":\"warn\""},
	 1},
	{"a group that owns",
	 "role-assignments",
	 ROLE(OWNER, "Group"),
	 {"\"state\":\"normal\""},
	 1},
	{"somebody who is gone",
	 "role-assignments",
	 ROLE("x", "Unknown"),
	 {"\"state\":\"orphan\""},
	 1},

	{"a change and its end",
	 "activity",
	 EVENTS(EVENT("1", "Started") "," EVENT("2", "Failed")),
	 {"\"state\":\"Failed\"", "\"why\":\"deep\"", "\"severity\":\"warn\""},
	 1},
	{"a change that runs",
	 "activity",
	 EVENTS(EVENT("1", "Started")),
	 {"\"state\":\"Started\"", "\"why\":null"},
	 1},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct rows_case *c = &cases[i];
		const struct board_def *def = library_find(library, str_from(c->board));
		struct err err = {0};
		cJSON *json = json_parse(str_from(c->answers), &json_wire, NULL, &err);
		struct board *board = NULL;
		struct strbuf rows;

		if (!json || !def ||
		    !board_decode(def, json, FIXTURE_NOW_MS, &board, &err))
			fail_msg("%s: %s", c->name, err.text);
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
		cJSON_Delete(json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests_name("board_money", tests, setup, teardown);
}
