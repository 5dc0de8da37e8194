/* Who may change what in the simulated estate: by the roles of who asks, at the resource
 * and above it, refused in the words of the service. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "sim/ask.h"
#include "sim/tenant/token.h"

#define PROD "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/"
#define DB   "Microsoft.Sql/servers/sql-qodex-prod-weu"
#define VM                                                                               \
	PROD "rg-atlas-prod-weu/providers/Microsoft.Compute/virtualMachines/"            \
	     "vm-atlas-app-01"
#define POOL  PROD "rg-qodex-prod-weu/providers/" DB "/elasticPools/pool-qodex-tenants"
#define SCALE "{\"sku\":{\"name\":\"StandardPool\",\"capacity\":400}}"
#define TAGS  "/providers/Microsoft.Resources/tags/default?api-version=2022-09-01"
#define TAG   "{\"operation\":\"Merge\",\"properties\":{\"tags\":{\"a\":\"b\"}}}"
#define DEPLOY                                                                           \
	"/_k8s/aks-atlas-prod/apis/apps/v1/namespaces/atlas/deployments/pricing/scale"
#define SIZE	"{\"spec\":{\"replicas\":4}}"
#define ELASTIC "/_devops/contoso/_apis/distributedtask/elasticpools/"

static const struct right_case {
	const char *name, *who;
	enum sim_method method;
	const char *target, *body;
	const char *refusal; /* in the 403; NULL: it is let through */
} cases[] = {
	{"an owner", "sg-platform-owners", SIM_POST,
	 VM "/deallocate?api-version=2024-07-01", NULL, NULL},
	{"a contributor", "contractor", SIM_POST, VM "/start?api-version=2024-07-01",
	 NULL, NULL},
	{"a role in the group", "sg-oncall", SIM_POST,
	 VM "/deallocate?api-version=2024-07-01", NULL, NULL},
	{"somebody nobody heard of", "me", SIM_POST,
	 VM "/deallocate?api-version=2024-07-01", NULL, NULL},
	{"a reader", "sp-azdeck", SIM_POST, VM "/deallocate?api-version=2024-07-01", NULL,
	 "perform action 'Microsoft.Compute/virtualMachines/deallocate/action' over "
	 "scope '" VM "' or the scope is invalid."},
	{"another subscription", "sg-developers", SIM_POST,
	 VM "/deallocate?api-version=2024-07-01", NULL,
	 "The client 'sg-developers' with"},
	{"not all of SQL", "sg-dba", SIM_PATCH, POOL "?api-version=2021-11-01", SCALE,
	 "'Microsoft.Sql/servers/elasticPools/write' over scope '" POOL "'"},
	{"all of SQL", "contractor", SIM_PATCH, POOL "?api-version=2021-11-01", SCALE,
	 NULL},
	{"tags", "sg-finops", SIM_PATCH, VM TAGS, TAG,
	 "'Microsoft.Resources/tags/write'"},
	{"a cluster", "sg-oncall", SIM_PATCH, DEPLOY, SIZE,
	 "deployments.apps \"pricing\" is forbidden: User \"sg-oncall\" cannot patch "
	 "resource \"deployments/scale\" in API group \"apps\" in the namespace "
	 "\"atlas\""},
	{"an administrator's cluster", "contractor", SIM_PATCH, DEPLOY, SIZE, NULL},
	{"Azure DevOps", "sg-oncall", SIM_PATCH, ELASTIC "3", "{\"maxCapacity\":9}",
	 "Access denied. sg-oncall needs Manage permissions"},
};

static void take_token(struct ask *a, const char *who)
{
	strbuf_reset(&a->bearer);
	strbuf_puts(&a->bearer, "Bearer ");
	token_issue(&a->bearer, &a->world.key, str_from(who), STR("a"), ESTATE_TENANT,
		    ASK_NOON_MS);
}

static const char *message_of(const struct told *t)
{
	const char *text = told_text(t->json, "error.message");

	return text ? text : told_text(t->json, "message");
}

static void ask_case(const struct right_case *c, bool is_all_of_us)
{
	struct ask a;
	struct told t;

	ask_init(&a, 1, ASK_NOON_MS);
	a.content_type = STR("application/merge-patch+json");
	if (is_all_of_us)
		a.world.as = c->who;
	else
		take_token(&a, c->who);
	ask(&a, c->method, c->target, c->body, &t);
	if (c->refusal && t.rep.status != 403)
		fail_msg("%s: %d", c->name, t.rep.status);
	if (c->refusal && !strstr(message_of(&t), c->refusal))
		fail_msg("%s: %s", c->name, message_of(&t));
	if (!c->refusal && t.rep.status / 100 != 2)
		fail_msg("%s: %d %s", c->name, t.rep.status, t.rep.body.p);
	assert_int_equal(a.world.written.n_made, c->refusal ? 0 : 1);
	told_fini(&t);
	ask_fini(&a);
}

static void test_who_may(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		ask_case(&cases[i], false);
		ask_case(&cases[i], true);
	}
}

/* As Azure itself says it of who asks. */
static void test_told(void **state)
{
	static const struct {
		const char *who, *target, *last;
		int n;
	} lists[] = {
		{"me", VM, "*", 1},
		{"sp-azdeck", VM, "*/read", 2},
		{"sg-oncall", VM, "Microsoft.Compute/virtualMachines/*", 3},
		{"sg-oncall", POOL, "*/read", 2},
		{"sg-dba", POOL, "Microsoft.Sql/servers/databases/*", 2},
		{"sg-developers", VM, "*/read", 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		const cJSON *list, *last;
		char target[500];
		struct ask a;
		cJSON *json;

		ask_init(&a, 1, ASK_NOON_MS);
		take_token(&a, lists[i].who);
		snprintf(target, sizeof(target),
			 "%s/providers/Microsoft.Authorization/permissions"
			 "?api-version=2022-04-01",
			 lists[i].target);
		json = ask_json(&a, target);
		list = told_at(json, "value");
		assert_int_equal(cJSON_GetArraySize(list), lists[i].n);
		last = cJSON_GetArrayItem(list, lists[i].n - 1);
		assert_string_equal(told_at(last, "actions")->child->valuestring,
				    lists[i].last);
		cJSON_Delete(json);
		ask_fini(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_may),
		cmocka_unit_test(test_told),
	};

	return cmocka_run_group_tests_name("sim_rights", tests, NULL, NULL);
}
