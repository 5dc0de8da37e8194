/* The front door: token, address, method, api-version, subscription, throttle, in
 * Azure's order and each with its own envelope. */
#include "unit/check.h"

#include <stdlib.h>

#include "sim/ask.h"

#define SUB	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define RG	SUB "/resourceGroups/rg-atlas-prod-weu"
#define SQL	"/providers/Microsoft.Sql/servers"
#define VERSION "?api-version=2021-11-01"
#define TOKEN	"/" ESTATE_TENANT "/oauth2/v2.0/token"
#define POOLS	"/_devops/contoso/_apis/distributedtask/pools"

static void test_envelopes(void **state)
{
	static const struct {
		const char *name;
		enum sim_method method;
		const char *target;
		int status;
		const char *code;
	} cases[] = {
		{"unknown path", SIM_GET, "/nothing/here" VERSION, 404, "NotFound"},
		{"the root", SIM_GET, "/", 404, "NotFound"},
		{"unknown type", SIM_GET, RG SQL "/a/jokes" VERSION, 404,
		 "InvalidResourceType"},
		{"unknown provider", SIM_GET, SUB "/providers/Contoso.Tea/pots" VERSION,
		 404, "InvalidResourceType"},
		{"unknown method", SIM_DELETE, RG SQL "/sql-atlas-prod-weu" VERSION, 405,
		 "HttpMethodNotAllowed"},
		{"HEAD", SIM_OTHER, SUB "?api-version=2022-12-01", 405,
		 "HttpMethodNotAllowed"},
		{"PUT where one reads", SIM_PUT, SUB SQL VERSION, 405,
		 "HttpMethodNotAllowed"},
		{"no version", SIM_GET, SUB SQL, 400, "MissingApiVersionParameter"},
		{"empty version", SIM_GET, SUB SQL "?api-version=", 400,
		 "MissingApiVersionParameter"},
		{"unknown version", SIM_GET, SUB SQL "?api-version=1999-01-01", 400,
		 "NoRegisteredProviderFound"},
		{"unknown version of ARM", SIM_GET, "/subscriptions?api-version=never",
		 400, "InvalidApiVersionParameter"},
		{"unknown subscription", SIM_GET,
		 "/subscriptions/00000000-0000-0000-0000-000000000000" SQL VERSION, 404,
		 "SubscriptionNotFound"},
		{"a subscription that is no guid", SIM_GET,
		 "/subscriptions/%E2%98%83" SQL VERSION, 404, "SubscriptionNotFound"},
		{"unknown group", SIM_GET, SUB "/resourceGroups/no" SQL "/a" VERSION, 404,
		 "ResourceGroupNotFound"},
		{"a group of another subscription", SIM_GET,
		 SUB "/resourceGroups/rg-atlas-test-weu" SQL "/sql-test-weu" VERSION, 404,
		 "ResourceGroupNotFound"},
		{"a server of another group", SIM_GET,
		 RG SQL "/sql-qodex-prod-weu" VERSION, 404, "ResourceNotFound"},
		{"unknown server", SIM_GET, RG SQL "/no" VERSION, 404,
		 "ResourceNotFound"},
		{"a made-up skip token", SIM_GET,
		 SUB SQL VERSION "&$skiptoken=00000002-0-00000000", 400,
		 "InvalidSkipToken"},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told t;

		ask(&a, cases[i].method, cases[i].target, NULL, &t);
		check_case(cases[i].name, t.rep.status == cases[i].status);
		check_text(cases[i].name, str_from(told_text(t.json, "error.code")),
			   cases[i].code);
		check_case(cases[i].name, told_text(t.json, "error.message"));
		check_case(cases[i].name, reply_find_header(&t.rep, "x-ms-request-id"));
		told_fini(&t);
	}
	ask_fini(&a);
}

static void test_devops_envelope(void **state)
{
	static const struct {
		const char *name;
		enum sim_method method;
		const char *target;
		int status;
	} cases[] = {
		{"unknown pool", SIM_GET, POOLS "/9999/agents?api-version=7.1", 404},
		{"a pool that is no number", SIM_GET, POOLS "/x/agents", 404},
		{"unknown path", SIM_GET, "/_devops/contoso/_apis/tea", 404},
		{"unknown method", SIM_POST, POOLS, 405},
		{"a made-up token", SIM_GET, POOLS "?continuationToken=-1", 400},
		{"a token past the end", SIM_GET, POOLS "?continuationToken=99", 400},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told t;

		ask(&a, cases[i].method, cases[i].target, NULL, &t);
		check_case(cases[i].name, t.rep.status == cases[i].status);
		check_case(cases[i].name, told_text(t.json, "message"));
		check_case(cases[i].name, told_text(t.json, "typeKey"));
		check_case(cases[i].name, !told_at(t.json, "error"));
		told_fini(&t);
	}
	ask_fini(&a);
}

/* Names in a path compare without case; what comes back is spelt as it was made,
 * which each service does in its own way. */
static void test_casing(void **state)
{
	struct ask a;
	cJSON *json;
	const cJSON *one;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	json = ask_json(&a, "/SUBSCRIPTIONS/7C9E2D14-0B8F-4F5A-8D36-1E5B90AA6C01/"
			    "resourcegroups/RG-ATLAS-PROD-WEU/PROVIDERS/microsoft.sql/"
			    "Servers/SQL-Atlas-Prod-WEU?API-VERSION=2021-11-01");
	assert_string_equal(told_text(json, "id"), RG SQL "/sql-atlas-prod-weu");
	cJSON_Delete(json);
	json = ask_all(&a,
		       SUB "/resourceGroups/rg-recovery-neu/providers/"
			   "Microsoft.RecoveryServices/vaults/rsv-replication-neu/"
			   "replicationProtectedItems?api-version=2024-04-01",
		       NULL);
	assert_true(cJSON_GetArraySize(json) > 0);
	cJSON_ArrayForEach (one, json)
		assert_true(str_starts(str_from(told_text(one, "id")),
				       STR("/Subscriptions/")));
	cJSON_Delete(json);
	json = ask_all(&a,
		       SUB "/providers/Microsoft.Consumption/budgets?api-version="
			   "2024-08-01",
		       NULL);
	cJSON_ArrayForEach (one, json)
		assert_true(str_starts(str_from(told_text(one, "id")),
				       STR("subscriptions/")));
	cJSON_Delete(json);
	ask_fini(&a);
}

/* Asks with this Authorization and checks what is said about it. */
static void check_refused(struct ask *a, const char *name, const char *bearer,
			  const char *code, const char *word)
{
	struct told t;

	strbuf_reset(&a->bearer);
	strbuf_puts(&a->bearer, bearer);
	ask(a, SIM_GET, SUB "?api-version=2022-12-01", NULL, &t);
	check_case(name, t.rep.status == 401);
	check_text(name, str_from(told_text(t.json, "error.code")), code);
	check_case(name, strstr(reply_find_header(&t.rep, "WWW-Authenticate"), word));
	check_case(name, strstr(reply_find_header(&t.rep, "WWW-Authenticate"),
				"Bearer authorization_uri=\"" ASK_BASE "/"));
	told_fini(&t);
}

static void test_tokens(void **state)
{
	struct ask a;
	char *good;
	cJSON *json;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	json = ask_post(&a, TOKEN,
			"grant_type=client_credentials&client_id=me&client_secret=mine"
			"&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
	assert_string_equal(told_text(json, "token_type"), "Bearer");
	assert_int_equal((int)told_number(json, "expires_in"), 3599);
	strbuf_reset(&a.bearer);
	strbuf_printf(&a.bearer, "Bearer %s", told_text(json, "access_token"));
	cJSON_Delete(json);
	good = strdup(a.bearer.p);
	assert_int_equal(ask_status(&a, SIM_GET, SUB "?api-version=2022-12-01", NULL),
			 200);
	assert_int_equal(ask_status(&a, SIM_GET, POOLS "?api-version=7.1", NULL), 200);
	check_refused(&a, "none", "", "AuthenticationFailed", "invalid_request");
	check_refused(&a, "another scheme", "Basic YTpi", "InvalidAuthenticationToken",
		      "invalid_token");
	check_refused(&a, "junk", "Bearer a.b.c", "InvalidAuthenticationToken",
		      "invalid_token");
	good[strlen(good) - 1] ^= 1;
	check_refused(&a, "forged", good, "InvalidAuthenticationToken", "invalid_token");
	good[strlen(good) - 1] ^= 1;
	clock_advance(&a.clock, 3601 * 1000);
	check_refused(&a, "expired", good, "ExpiredAuthenticationToken", "invalid_token");
	free(good);
	ask_fini(&a);
}

static void test_token_endpoint_refuses(void **state)
{
	static const struct {
		const char *name, *body;
		int status;
		const char *error, *code;
	} cases[] = {
		{"wrong secret",
		 "grant_type=client_credentials&client_id=me&client_secret=wrong", 401,
		 "invalid_client", "AADSTS7000215"},
		{"expired secret",
		 "grant_type=client_credentials&client_id=me&client_secret=expired", 401,
		 "invalid_client", "AADSTS7000222"},
		{"another grant", "grant_type=password&username=me", 400,
		 "unsupported_grant_type", "AADSTS70003"},
		{"nothing", "", 400, "invalid_request", "AADSTS900144"},
		{"JSON", "{\"grant_type\":\"client_credentials\"}", 400,
		 "invalid_request", "AADSTS900144"},
		{"a broken escape", "grant_type=%zz", 400, "invalid_request",
		 "AADSTS900144"},
	};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told t;

		ask(&a, SIM_POST, TOKEN, cases[i].body, &t);
		check_case(cases[i].name, t.rep.status == cases[i].status);
		check_text(cases[i].name, str_from(told_text(t.json, "error")),
			   cases[i].error);
		check_case(cases[i].name,
			   str_starts(str_from(told_text(t.json, "error_description")),
				      str_from(cases[i].code)));
		told_fini(&t);
	}
	ask_fini(&a);
}

/* A burst empties the bucket of one subscription only; patience fills it again,
 * and asking all the same does not. */
static void test_throttle(void **state)
{
	const char *target = SUB "?api-version=2022-12-01";
	struct ask a;
	struct told t;
	int n = 0, left = 1000;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (;; n++) {
		int now;

		ask(&a, SIM_GET, target, NULL, &t);
		now = atoi(
			reply_find_header(&t.rep,
					  "x-ms-ratelimit-remaining-subscription-reads"));
		assert_true(now < left || t.rep.status == 429);
		left = now;
		if (t.rep.status == 429)
			break;
		assert_int_equal(t.rep.status, 200);
		told_fini(&t);
	}
	assert_int_equal(n, 250);
	assert_string_equal(told_text(t.json, "error.code"),
			    "SubscriptionRequestsThrottled");
	assert_int_equal(atoi(reply_find_header(&t.rep, "Retry-After")), 1);
	told_fini(&t);
	assert_int_equal(ask_status(&a, SIM_GET,
				    "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c02"
				    "?api-version=2022-12-01",
				    NULL),
			 200);
	assert_int_equal(ask_status(&a, SIM_PATCH,
				    RG SQL "/sql-atlas-prod-weu/databases/"
					   "atlas-sessions" VERSION,
				    "{}"),
			 200);
	clock_advance(&a.clock, 20);
	assert_int_equal(ask_status(&a, SIM_GET, target, NULL), 429);
	clock_advance(&a.clock, 1000);
	assert_int_equal(ask_status(&a, SIM_GET, target, NULL), 200);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes),
		cmocka_unit_test(test_devops_envelope),
		cmocka_unit_test(test_casing),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_token_endpoint_refuses),
		cmocka_unit_test(test_throttle),
	};

	return cmocka_run_group_tests_name("sim_front", tests, NULL, NULL);
}
