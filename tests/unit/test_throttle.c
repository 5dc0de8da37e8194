/* Every form a throttling header comes in, and what is throttled together. */
#include "unit/check.h"

#include "azure/throttle.h"
#include "wire/client.h"

enum { MOST_HEADERS = 4 };

#define COST "x-ms-ratelimit-microsoft.costmanagement-"
#define LEFT "x-ms-ratelimit-remaining-"

static const struct throttle_case {
	const char *name;
	int status;
	struct {
		const char *name, *value;
	} headers[MOST_HEADERS];
	const char *body;
	struct http_pace want;
} cases[] = {
	{"nothing said", 200, {{0}}, "", {.retry_ms = -1, .left = -1}},
	{"Retry-After is another's",
	 429,
	 {{"Retry-After", "17"}},
	 "",
	 {.retry_ms = -1, .left = -1}},

	{"plenty of reads",
	 200,
	 {{LEFT "subscription-reads", "249"}},
	 "",
	 {.retry_ms = -1, .left = 249}},
	{"twenty reads",
	 200,
	 {{LEFT "subscription-reads", "20"}},
	 "",
	 {.retry_ms = -1, .left = 20}},
	{"few reads",
	 200,
	 {{LEFT "subscription-reads", "3"}},
	 "",
	 {.retry_ms = -1, .left = 3, .space_ms = 850}},
	{"no reads",
	 200,
	 {{"X-Ms-RateLimit-Remaining-Subscription-Reads", " 0 "}},
	 "",
	 {.retry_ms = -1, .left = 0, .space_ms = 1000}},
	{"the tightest of several",
	 200,
	 {{LEFT "subscription-global-reads", "16499"},
	  {LEFT "subscription-reads", "12"},
	  {LEFT "tenant-reads", "15"}},
	 "",
	 {.retry_ms = -1, .left = 12, .space_ms = 400}},
	{"writes",
	 201,
	 {{LEFT "subscription-writes", "199"}},
	 "",
	 {.retry_ms = -1, .left = 199}},
	{"deletes",
	 200,
	 {{LEFT "subscription-deletes", "199"}},
	 "",
	 {.retry_ms = -1, .left = 199}},
	{"a provider's own",
	 200,
	 {{LEFT "subscription-resource-requests", "11"}},
	 "",
	 {.retry_ms = -1, .left = 11, .space_ms = 450}},
	{"no number",
	 200,
	 {{LEFT "tenant-reads", "?"}, {LEFT "tenant-writes", "-3"}},
	 "",
	 {.retry_ms = -1, .left = -1}},

	{"Compute: enough in every window",
	 200,
	 {{LEFT "resource",
	   "Microsoft.Compute/HighCostGet3Min;139,Microsoft.Compute/HighCostGet30Min;"
	   "697"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"Compute: few in one window",
	 200,
	 {{LEFT "resource",
	   "Microsoft.Compute/HighCostGet3Min;8, Microsoft.Compute/LowCostGet3Min;3"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 45000}},
	{"Compute: a window without end",
	 200,
	 {{LEFT "resource", "A/Get99999999999999999999Min;2"}},
	 "",
	 {.retry_ms = -1, .left = 2, .space_ms = 900}},

	{"cost: units left",
	 200,
	 {{COST "qpu-remaining", "QueriesPerHour:597,QueriesPerMin:57,QueriesPer10Sec:9"},
	  {COST "qpu-consumed", "1"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"cost: few units in ten seconds",
	 200,
	 {{COST "qpu-remaining",
	   "QueriesPerHour:597,QueriesPerMin:57,QueriesPer10Sec:1"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 5000}},
	{"cost: as few as may be on their way",
	 200,
	 {{COST "qpu-remaining",
	   "QueriesPerHour:597,QueriesPerMin:57,QueriesPer10Sec:7"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 1250}},
	{"cost: a quota of seven that is full",
	 200,
	 {{LEFT "microsoft.costmanagement-entity-requests", "DefaultQuota:7"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"cost: few units in the minute",
	 200,
	 {{COST "qpu-remaining", "QueriesPerHour:597,QueriesPerMin:2,QueriesPer10Sec:9"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 20000}},
	{"cost: none in the hour",
	 200,
	 {{COST "qpu-remaining", "QueriesPerHour:0"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 3600000}},
	{"cost: requests, with their quota's name",
	 200,
	 {{LEFT "microsoft.costmanagement-entity-requests", "DefaultQuota:7"},
	  {LEFT "microsoft.costmanagement-tenant-requests", "DefaultQuota:3"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 15000}},
	{"cost: requests, bare",
	 200,
	 {{LEFT "microsoft.costmanagement-clienttype-requests", "29"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"cost: the longest wait of a refusal",
	 429,
	 {{COST "qpu-retry-after", "7"},
	  {COST "entity-retry-after", "42"},
	  {COST "tenant-retry-after", "11"}},
	 "",
	 {.retry_ms = 42000, .left = -1}},
	{"cost: client and its type",
	 429,
	 {{COST "client-retry-after", "8"}, {COST "ClientType-Retry-After", "9.5"}},
	 "",
	 {.retry_ms = 9500, .left = -1}},
	{"cost: waits of a good answer mean nothing",
	 200,
	 {{COST "qpu-retry-after", "60"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"cost: a wait that is none",
	 429,
	 {{COST "qpu-retry-after", "soon"},
	  {COST "entity-retry-after", "-1"},
	  {COST "tenant-retry-after", "1e300"},
	  {COST "client-retry-after", "nan"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"the older family",
	 429,
	 {{"x-ms-ratelimit-microsoft.consumption-retry-after", "33"}},
	 "",
	 {.retry_ms = 33000, .left = -1}},

	{"Resource Graph: enough",
	 200,
	 {{"x-ms-user-quota-remaining", "14"},
	  {"x-ms-user-quota-resets-after", "00:00:05"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"Resource Graph: spread over what is left of the window",
	 200,
	 {{"x-ms-user-quota-remaining", "1"},
	  {"x-ms-user-quota-resets-after", "00:00:04"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 2000}},
	{"Resource Graph: none until then",
	 200,
	 {{"x-ms-user-quota-resets-after", "00:00:03"},
	  {"x-ms-user-quota-remaining", "0"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 3000}},
	{"Resource Graph: its whole quota, said twice",
	 200,
	 {{"x-ms-user-quota-remaining", "14"},
	  {LEFT "tenant-resource-requests", "14"},
	  {"x-ms-user-quota-resets-after", "00:00:05"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"Resource Graph: no time said",
	 200,
	 {{"x-ms-user-quota-remaining", "0"}},
	 "",
	 {.retry_ms = -1, .left = -1, .space_ms = 5000}},

	{"DevOps: few left",
	 200,
	 {{"X-RateLimit-Remaining", "10"}},
	 "",
	 {.retry_ms = -1, .left = 10, .space_ms = 500}},
	{"DevOps: held back already",
	 200,
	 {{"X-RateLimit-Delay", "1.5"}, {"Retry-After", "30"}},
	 "",
	 {.retry_ms = -1, .left = -1, .pause_ms = 30000}},
	{"DevOps: will be held back soon",
	 200,
	 {{"X-RateLimit-Resource", "Analytics/Web"}, {"Retry-After", "7"}},
	 "",
	 {.retry_ms = -1, .left = -1, .pause_ms = 7000}},
	{"DevOps: a refusal's wait is the retry's",
	 429,
	 {{"X-RateLimit-Resource", "Core"}, {"Retry-After", "7"}},
	 "",
	 {.retry_ms = -1, .left = -1}},
	{"DevOps: the last tenth is spread until the reset",
	 200,
	 {{"X-RateLimit-Limit", "200"},
	  {"X-RateLimit-Remaining", "9"},
	  {"X-RateLimit-Reset", "1795233660"},
	  {"Date", "Sat, 21 Nov 2026 04:00:00 GMT"}},
	 "",
	 {.retry_ms = -1, .left = 9, .space_ms = 6000}},
	{"GitHub: plenty",
	 200,
	 {{"x-ratelimit-limit", "5000"},
	  {"x-ratelimit-remaining", "4987"},
	  {"x-ratelimit-reset", "1795236000"},
	  {"Date", "Sat, 21 Nov 2026 04:00:00 GMT"}},
	 "",
	 {.retry_ms = -1, .left = 4987}},
	{"GitHub: nothing until the hour is over",
	 403,
	 {{"x-ratelimit-remaining", "0"},
	  {"x-ratelimit-reset", "1795236000"},
	  {"Date", "Sat, 21 Nov 2026 04:00:00 GMT"}},
	 "{\"message\":\"API rate limit exceeded for installation\"}",
	 {.retry_ms = -1, .left = 0, .pause_ms = 2400000}},
	{"GitHub: too fast, said with a 403",
	 403,
	 {{"Retry-After", "60"}},
	 "{\"message\":\"You have exceeded a secondary rate limit.\"}",
	 {.retry_ms = -1, .left = -1, .pause_ms = 60000}},
	{"a 403 that is one",
	 403,
	 {{"Retry-After", "60"}},
	 "{\"message\":\"Resource not accessible by integration\"}",
	 {.retry_ms = -1, .left = -1}},
	{"a reset without a date says nothing",
	 200,
	 {{"RateLimit-Remaining", "30"}, {"RateLimit-Reset", "1795236000"}},
	 "",
	 {.retry_ms = -1, .left = 30}},
	{"PagerDuty: seconds",
	 429,
	 {{"ratelimit-limit", "960"},
	  {"ratelimit-remaining", "0"},
	  {"ratelimit-reset", "12"}},
	 "",
	 {.retry_ms = -1, .left = 0, .pause_ms = 12000}},
	{"a reset in the far future is nobody's",
	 200,
	 {{"x-ratelimit-remaining", "0"},
	  {"x-ratelimit-reset", "1999999999"},
	  {"Date", "Sat, 21 Nov 2026 04:00:00 GMT"}},
	 "",
	 {.retry_ms = -1, .left = 0, .space_ms = 1000}},
	{"Retry-After of an operation's poll is no pause",
	 200,
	 {{"Retry-After", "30"}},
	 "",
	 {.retry_ms = -1, .left = -1}},

	{"another operation is in the way",
	 429,
	 {{LEFT "subscription-writes", "190"}},
	 "{\"error\":{\"code\":\"RetryableErrorDueToAnotherOperation\"}}",
	 {.retry_ms = -1, .left = 190, .is_one_resource = true}},
	{"a site is locked",
	 429,
	 {{0}},
	 "{\"Code\":\"429\",\"Message\":\"Cannot acquire exclusive lock to create it.\"}",
	 {.retry_ms = -1, .left = -1, .is_one_resource = true}},
	{"those words with another status",
	 200,
	 {{0}},
	 "{\"error\":{\"code\":\"RetryableErrorDueToAnotherOperation\"}}",
	 {.retry_ms = -1, .left = -1}},
};

static void test_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct throttle_case *c = &cases[i];
		struct http_header headers[MOST_HEADERS];
		struct http_response r = {.status = c->status, .headers = headers};
		struct http_pace got = {.retry_ms = -1, .left = -1};

		strbuf_init(&r.body, 1000);
		strbuf_puts(&r.body, c->body);
		while (r.n_headers < MOST_HEADERS && c->headers[r.n_headers].name) {
			headers[r.n_headers] = (struct http_header){
				str_from(c->headers[r.n_headers].name),
				str_from(c->headers[r.n_headers].value)};
			r.n_headers++;
		}
		throttle_read(&r, &got);
		if (got.retry_ms != c->want.retry_ms || got.left != c->want.left ||
		    got.space_ms != c->want.space_ms || got.pause_ms != c->want.pause_ms)
			fail_msg("%s: retry %lld, left %lld, space %lld, pause %lld",
				 c->name, (long long)got.retry_ms, (long long)got.left,
				 (long long)got.space_ms, (long long)got.pause_ms);
		check_case(c->name, got.is_one_resource == c->want.is_one_resource);
		strbuf_fini(&r.body);
	}
}

#define ARM "https://management.azure.com"

static void test_what_is_throttled_together(void **state)
{
	static const struct {
		const char *name, *url, *key;
		enum http_method method;
		bool is_read;
	} keys[] = {
		{"reads", ARM "/subscriptions/AB-1/resourceGroups?x=1",
		 ARM " none read ab-1", HTTP_GET, false},
		{"a POST that reads", ARM "/subscriptions/ab-1", ARM " none read ab-1",
		 HTTP_POST, true},
		{"writes", ARM "/Subscriptions/ab-1/x", ARM " none write ab-1",
		 HTTP_PATCH, false},
		{"deletes", ARM "/subscriptions/ab-1/x", ARM " none delete ab-1",
		 HTTP_DELETE, false},
		{"of the tenant", ARM "/subscriptions?api-version=1", ARM " none read",
		 HTTP_GET, false},
		{"cost, of the whole tenant",
		 ARM "/subscriptions/ab-1/providers/Microsoft.CostManagement/query?x",
		 ARM " none cost", HTTP_POST, true},
		{"budgets",
		 ARM "/subscriptions/ab-1/providers/microsoft.consumption/budgets",
		 ARM " none cost", HTTP_GET, false},
		{"graph", ARM "/providers/Microsoft.ResourceGraph/resources?x",
		 ARM " none graph", HTTP_POST, true},
		{"a family's name in the query",
		 ARM "/subscriptions/ab-1/x?f=/providers/Microsoft.ResourceGraph/",
		 ARM " none read ab-1", HTTP_GET, false},
	};
	struct client *client = *state;
	struct err err;
	struct credential *none =
		credential_from_text(&(struct credential_host){.http = client->http,
							       .loop = client->loop},
				     STR("none"), NULL, &err);
	struct connection conn = {.base_url = (char[]){ARM}, .credential = none};
	struct strbuf key;

	strbuf_init(&key, 1000);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct api_call call = {.connection = &conn,
					.method = keys[i].method,
					.is_read = keys[i].is_read};

		strbuf_reset(&key);
		throttle_put_key(&key, &call, str_from(keys[i].url));
		check_text(keys[i].name, str_trim(strbuf_str(&key)), keys[i].key);
	}
	strbuf_fini(&key);
	credential_free(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test_setup_teardown(test_what_is_throttled_together,
						client_setup, client_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
