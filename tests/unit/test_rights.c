/* Which right a request needs, and whether it is among those that are given. */
#include "unit/check.h"

#include <stdlib.h>

#include "act/rights.h"
#include "base/count.h"
#include "base/json.h"

#define RG "/subscriptions/s/resourceGroups/g/providers/"

static void test_needed(void **state)
{
	static const struct {
		enum http_method method;
		const char *path, *action, *scope, *role;
		bool is_askable;
	} cases[] = {
		{HTTP_PATCH, RG "Microsoft.Sql/servers/a/databases/b?api-version=1",
		 "Microsoft.Sql/servers/databases/write",
		 RG "Microsoft.Sql/servers/a/databases/b", "SQL DB Contributor", true},
		{HTTP_POST, RG "Microsoft.Sql/servers/a/failoverGroups/b/failover?x",
		 "Microsoft.Sql/servers/failoverGroups/failover/action",
		 RG "Microsoft.Sql/servers/a/failoverGroups/b", "SQL Server Contributor",
		 true},
		{HTTP_DELETE, RG "Microsoft.Compute/disks/d",
		 "Microsoft.Compute/disks/delete", RG "Microsoft.Compute/disks/d",
		 "Contributor", true},
		{HTTP_PATCH, RG "A.B/c/d/providers/Microsoft.Resources/tags/default?x",
		 "Microsoft.Resources/tags/write", RG "A.B/c/d", "Tag Contributor", true},
		{HTTP_POST,
		 "/subscriptions/s/providers/Microsoft.AlertsManagement/alerts/a/"
		 "changestate",
		 "Microsoft.AlertsManagement/alerts/changestate/action",
		 "/subscriptions/s/providers/Microsoft.AlertsManagement/alerts/a",
		 "Monitoring Contributor", false},
		/* None that can be told. */
		{HTTP_POST, "/subscriptions/s/x", NULL, NULL, NULL, false},
		{HTTP_POST, "/", NULL, NULL, NULL, false},
		{HTTP_PATCH, "", NULL, NULL, NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plan_request request = {.kind = CONN_ARM,
					       .method = cases[i].method,
					       .path = cases[i].path};
		struct right right;

		if (right_of(&request, &right) != (cases[i].action != NULL))
			fail_msg("%s", cases[i].path);
		if (!cases[i].action)
			continue;
		assert_string_equal(right.action, cases[i].action);
		check_text(cases[i].path, right.scope, cases[i].scope);
		assert_string_equal(right_role(right.action), cases[i].role);
		assert_int_equal(right.is_askable, cases[i].is_askable);
		request.kind = CONN_K8S;
		assert_false(right_of(&request, &right));
	}
}

/* A type as long as the path may be: what does not fit is not asked about. */
static void test_long(void **state)
{
	struct plan_request request = {.kind = CONN_ARM, .method = HTTP_PUT};
	struct right right;
	struct strbuf path;

	(void)state;
	strbuf_init(&path, 8000);
	strbuf_puts(&path, RG "A.B");
	for (int i = 0; i < 300; i++)
		strbuf_puts(&path, "/types/name");
	request.path = path.p;
	assert_true(right_of(&request, &right));
	assert_false(right.is_askable);
	strbuf_fini(&path);
}

static void test_given(void **state)
{
	static const struct {
		const char *permissions;
		bool is_given;
	} cases[] = {
		{"[{\"actions\":[\"*\"],\"notActions\":[]}]", true},
		{"[{\"actions\":[\"*/read\"]},{\"actions\":[\"microsoft.SQL/*\"]}]",
		 true},
		{"[{\"actions\":[\"*\"],\"notActions\":[\"Microsoft.Sql/*/write\"]}]",
		 false},
		/* One role's exception is no other role's. */
		{"[{\"actions\":[\"*\"],\"notActions\":[\"*/write\"]},"
		 "{\"actions\":[\"Microsoft.Sql/servers/databases/write\"]}]",
		 true},
		{"[{\"actions\":[\"*/read\"]}]", false},
		{"[]", false},
		{"[1,null,{\"actions\":7},{\"actions\":[3,null]}]", false},
	};
	struct right right = {.action = "Microsoft.Sql/servers/databases/write"};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err;
		cJSON *list = json_parse(str_from(cases[i].permissions), &json_wire, NULL,
					 &err);

		if (right_is_given(&right, list) != cases[i].is_given)
			fail_msg("%s", cases[i].permissions);
		cJSON_Delete(list);
	}
	assert_false(right_is_given(&right, NULL));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needed),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_given),
	};

	return cmocka_run_group_tests_name("rights", tests, NULL, NULL);
}
