/* Error answers in every envelope come out as one line with the right code. */
#include "unit/check.h"

#include "azure/arm_error.h"
#include "azure/denied.h"
#include "base/json.h"
#include "base/utf8.h"

static const struct envelope_case {
	const char *name;
	int status;
	const char *body;
	const char *header;
	enum err_code code;
	const char *says;     /* somewhere in the text */
	const char *says_too; /* NULL: nothing more */
} cases[] = {
	{"usual", 404,
	 "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"No db.\"}}", "",
	 ERR_NOT_FOUND, "ResourceNotFound: No db.", "(404)"},
	{"bare", 400, "{\"code\":\"BadRequest\",\"message\":\"No filter.\"}", "",
	 ERR_REFUSED, "BadRequest: No filter.", NULL},
	{"capitals", 400, "{\"Code\":\"BadRequest\",\"Message\":\"No filter.\"}", "",
	 ERR_REFUSED, "BadRequest: No filter.", NULL},
	{"odata", 400,
	 "{\"odata.error\":{\"code\":\"Bad\",\"message\":{\"lang\":\"en\",\"value\":"
	 "\"Why\"}}}",
	 "", ERR_REFUSED, "Bad: Why", NULL},
	{"deepest code, top message", 409,
	 "{\"error\":{\"code\":\"DeploymentFailed\",\"message\":\"Top.\",\"details\":["
	 "{\"code\":\"Conflict\",\"details\":[{\"code\":\"SkuTaken\"}]}]}}",
	 "", ERR_CONFLICT, "SkuTaken: Top.", NULL},
	{"a document in the message", 409,
	 "{\"error\":{\"code\":\"Outer\",\"message\":"
	 "\"{\\\"error\\\":{\\\"code\\\":\\\"Inner\\\",\\\"message\\\":\\\"Why\\\"}}\"}}",
	 "", ERR_CONFLICT, "Inner: Why", NULL},
	{"a query's own words, deep down", 400,
	 "{\"error\":{\"code\":\"BadArgumentError\",\"message\":\"The request had some "
	 "invalid properties\",\"innererror\":{\"code\":\"SemanticError\",\"message\":"
	 "\"A semantic error "
	 "occurred.\",\"innererror\":{\"code\":\"SEM0100\",\"message\":"
	 "\"no column named 'Podname'\"}}}}",
	 "", ERR_REFUSED, "SEM0100: no column named 'Podname'", NULL},
	{"missing action", 403,
	 "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"No right to perform "
	 "action 'Microsoft.Sql/servers/read' over scope '/s'.\"}}",
	 "", ERR_FORBIDDEN, "Microsoft.Sql/servers/read", "ask for a role"},
	{"provider not registered", 409,
	 "{\"error\":{\"code\":\"MissingSubscriptionRegistration\",\"message\":\"m\"}}",
	 "", ERR_CONFLICT, "register the provider", NULL},
	{"lock", 409, "{\"error\":{\"code\":\"ScopeLocked\",\"message\":\"m\"}}", "",
	 ERR_CONFLICT, "a lock is in the way", NULL},
	{"another operation, though 429", 429,
	 "{\"error\":{\"code\":\"RetryableErrorDueToAnotherOperation\",\"message\":\"m\"}"
	 "}",
	 "", ERR_CONFLICT, "wait for the other operation", NULL},
	{"error as text", 400,
	 "{\"error\":\"invalid_client\",\"error_description\":\"Bad secret.\"}", "",
	 ERR_REFUSED, "invalid_client: Bad secret.", NULL},
	{"Prometheus", 422,
	 "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many\"}", "",
	 ERR_REFUSED, "execution: too many", "(422)"},
	{"Alertmanager", 400, "{\"code\":601,\"message\":\"bad matcher\"}", "",
	 ERR_REFUSED, "bad matcher", NULL},
	{"Grafana", 403,
	 "{\"message\":\"No "
	 "right\",\"messageId\":\"x\",\"statusCode\":403,\"traceID\":\"\"}",
	 "", ERR_FORBIDDEN, "No right (403)", NULL},
	{"Elasticsearch", 401,
	 "{\"error\":{\"root_cause\":[],\"type\":\"security_exception\",\"reason\":"
	 "\"missing "
	 "credentials\"},\"status\":401}",
	 "", ERR_AUTH, "security_exception: missing credentials", NULL},
	{"Kibana", 401,
	 "{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"no session\"}", "",
	 ERR_AUTH, "Unauthorized: no session", NULL},
	{"Zendesk", 404, "{\"error\":\"RecordNotFound\",\"description\":\"Not found\"}",
	 "", ERR_NOT_FOUND, "RecordNotFound: Not found", NULL},
	{"Zendesk, as an object", 403,
	 "{\"error\":{\"title\":\"Forbidden\",\"message\":\"No access\"}}", "",
	 ERR_FORBIDDEN, "Forbidden: No access", NULL},
	{"Intercom", 401,
	 "{\"type\":\"error.list\",\"errors\":[{\"code\":\"unauthorized\",\"message\":"
	 "\"Access "
	 "Token Invalid\"}]}",
	 "", ERR_AUTH, "unauthorized: Access Token Invalid", NULL},
	{"PagerDuty", 429,
	 "{\"error\":{\"message\":\"Rate Limit Exceeded\",\"code\":2020}}", "",
	 ERR_THROTTLED, "Rate Limit Exceeded", NULL},
	{"Opsgenie", 422, "{\"message\":\"Request body is wrong\",\"took\":0.1}", "",
	 ERR_REFUSED, "Request body is wrong", NULL},
	{"AWS", 400,
	 "{\"__type\":\"com.amazon.coral#ThrottlingException\",\"message\":\"Rate "
	 "exceeded\"}",
	 "", ERR_THROTTLED, "ThrottlingException: Rate exceeded", NULL},
	{"AWS, capital, wrong token", 400,
	 "{\"__type\":\"UnrecognizedClientException\",\"Message\":\"The token is "
	 "invalid\"}",
	 "", ERR_AUTH, "UnrecognizedClientException: The token", NULL},
	{"Google", 403,
	 "{\"error\":{\"code\":403,\"message\":\"Denied\",\"status\":\"PERMISSION_"
	 "DENIED\"}}",
	 "", ERR_FORBIDDEN, "PERMISSION_DENIED: Denied", NULL},
	{"Ollama", 404, "{\"error\":\"model not found\"}", "", ERR_NOT_FOUND,
	 "model not found", NULL},
	{"FastAPI", 422, "{\"detail\":\"Not a number\"}", "", ERR_REFUSED, "Not a number",
	 NULL},
	{"JSON:API", 404,
	 "{\"errors\":[{\"status\":\"404\",\"title\":\"not found\",\"detail\":\"No such "
	 "workspace\"}]}",
	 "", ERR_NOT_FOUND, "not found: No such workspace", NULL},
	{"Kubernetes", 403,
	 "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"pods is forbidden\","
	 "\"reason\":\"Forbidden\",\"code\":403}",
	 "", ERR_FORBIDDEN, "Forbidden: pods is forbidden", NULL},
	{"XML", 403,
	 "<?xml "
	 "version=\"1.0\"?><Error><Code>AuthFail</Code><Message>No</Message></Error>",
	 "", ERR_FORBIDDEN, "AuthFail: No", NULL},
	{"a gateway's page", 502, "<!DOCTYPE html><html></html>", "", ERR_SERVICE,
	 "a gateway's error page came", "; the service is at fault"},
	{"sign-in page", 403, "<!DOCTYPE html><html></html>", "", ERR_FORBIDDEN,
	 "a sign-in page or a proxy", "; a right is missing"},
	{"empty, with a header", 404, "", "BlobNotFound", ERR_NOT_FOUND, "BlobNotFound",
	 NULL},
	{"empty", 503, "", "", ERR_SERVICE, "no reason given", "(503)"},
	{"cut JSON", 500, "{\"error\":{\"code\":\"Inter", "", ERR_SERVICE,
	 "no reason given", NULL},
	{"gone", 410, "", "", ERR_NOT_FOUND, "(410)", NULL},
	{"a gateway that waited too long", 504,
	 "{\"error\":{\"code\":\"GatewayTimeout\",\"message\":\"m\"}}", "", ERR_TIMEOUT,
	 "GatewayTimeout: m", NULL},
	{"a document in the message that is none", 400,
	 "{\"error\":{\"code\":\"Bad\",\"message\":\"{not JSON\"}}", "", ERR_REFUSED,
	 "Bad: {not JSON", NULL},
	{"a signed address", 403,
	 "{\"error\":{\"code\":\"AuthenticationFailed\",\"message\":"
	 "\"No access to https://h/b?sv=1&sig=a%2Bb=. (Code: Conflict)\"}}",
	 "", ERR_FORBIDDEN, "AuthenticationFailed: No access to https://h/b?sv=1&sig=***",
	 "(Code: Conflict)"},
	{"throttled", 429, "{\"error\":{\"code\":\"TooManyRequests\"}}", "",
	 ERR_THROTTLED, "TooManyRequests (429); too many calls; wait", NULL},
	{"gone", 404, "", "", ERR_NOT_FOUND, "(404); it is gone, or this sign-in", NULL},
	{"slow", 504, "", "", ERR_TIMEOUT, "(504); the service is slow", NULL},
	{"what to do is said once", 404,
	 "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"m\"}}", "",
	 ERR_NOT_FOUND, "ResourceNotFound: m (404); it was deleted, moved or renamed",
	 NULL},
};

static void test_envelopes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct envelope_case *c = &cases[i];
		struct err err = {0};

		arm_error_decode(c->status, str_from(c->body), str_from(c->header), &err);
		if (err.code != c->code || !strstr(err.text, c->says) ||
		    (c->says_too && !strstr(err.text, c->says_too)))
			fail_msg("%s: %s, \"%s\"", c->name, err_name(err.code), err.text);
		assert_int_equal(err.http_status, c->status);
	}
}

#define LONG(x)	   x x x x x x x x x x
#define WHO	   "The client 'x' with object id '5d1f3c7e' "
#define LONG_SCOPE LONG("/resourceGroups/rg-atlas-prod-weu")

static void test_what_is_denied(void **state)
{
	static const struct {
		const char *name, *message, *action, *scope;
	} messages[] = {
		{"usual",
		 WHO "does not have authorization to perform action 'Microsoft.Sql/a' "
		     "over scope '/s/1' or the scope is invalid.",
		 "Microsoft.Sql/a", "/s/1"},
		{"linked",
		 WHO "has permission to perform action 'A/write' on scope '/s/1'; "
		     "however, it does not have permission to perform action(s) "
		     "'B/join/action' on the linked scope(s) '/s/2' or they are invalid.",
		 "B/join/action", "/s/2"},
		{"linked, of another tenant: what is named is allowed",
		 WHO "has permission to perform action 'A/write' on scope '/s/1', "
		     "however the current tenant is not authorized.",
		 NULL, NULL},
		{"without a scope", "not allowed to perform action 'A'.", "A", ""},
		{"no quotes", "not allowed to perform action A", NULL, NULL},
		{"one quote", "not allowed to perform action 'A", NULL, NULL},
		{"nothing between", "not allowed to perform action ''", NULL, NULL},
		{"the scope cut short", "to perform action 'A' over scope '/s", "A", ""},
		{"other words", "No.", NULL, NULL},
		{"none", "", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		struct denied d;
		bool found = denied_find(str_from(messages[i].message), &d);

		check_case(messages[i].name, found == (messages[i].action != NULL));
		if (!found)
			continue;
		check_text(messages[i].name, d.action, messages[i].action);
		check_text(messages[i].name, d.scope, messages[i].scope);
	}
}

/* However long the rest is, the action and what to do are in the line. */
static void test_a_denial_is_never_cut_before_its_action(void **state)
{
	struct err err = {0};

	(void)state;
	arm_error_decode(
		403,
		STR("{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The "
		    "client '" LONG(
			    LONG_SCOPE) "' does not have authorization to perform action "
					"'Microsoft.Sql/servers/databases/pause/action' "
					"over "
					"scope '" LONG_SCOPE "' or it is invalid.\"}}"),
		(struct str){0}, &err);
	assert_int_equal(err.code, ERR_FORBIDDEN);
	assert_ptr_equal(strstr(err.text, "AuthorizationFailed: no right to "
					  "Microsoft.Sql/servers/databases/pause/action "
					  "on /resourceGroups/rg-atlas-prod-weu"),
			 err.text);
	assert_non_null(strstr(err.text, "... (403); ask for a role with that action"));
}

static void test_a_cut_is_between_characters(void **state)
{
	static const char *const bodies[] = {
		"{\"code\":\"C\",\"message\":\"" LONG(LONG(LONG("é"))) "\"}",
		"{\"code\":\"C\",\"message\":\"x" LONG(LONG(LONG("é"))) "\"}",
		"{\"code\":\"C\",\"message\":\"x" LONG(LONG(LONG("配"))) "\"}",
		"{\"code\":\"" LONG(LONG("配")) "\",\"message\":\"m\"}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct err err = {0};

		arm_error_decode(409, str_from(bodies[i]), (struct str){0}, &err);
		assert_true(utf8_is_valid(str_from(err.text)));
		assert_null(strstr(err.text, "\uFFFD"));
		assert_non_null(strstr(err.text, "..."));
		assert_non_null(strstr(err.text, "(409)"));
	}
}

static void test_escapes_never_pass(void **state)
{
	struct err err = {0};

	(void)state;
	arm_error_decode(400, STR("{\"code\":\"A\\u001b[31m\",\"message\":\"b\\nc\"}"),
			 (struct str){0}, &err);
	assert_null(strchr(err.text, '\033'));
	assert_null(strchr(err.text, '\n'));
}

static void test_error_beside_rows(void **state)
{
	cJSON *partial =
		cJSON_Parse("{\"tables\":[],\"error\":{\"code\":\"PartialError\","
			    "\"message\":\"Cut.\"}}");
	cJSON *deep = cJSON_Parse(
		"{\"tables\":[],\"error\":{\"code\":\"PartialError\",\"message\":\"There "
		"were some errors when processing your query.\",\"details\":[{\"code\":"
		"\"EngineError\",\"message\":\"Something went wrong processing your "
		"query on the server.\",\"innererror\":{\"code\":\"-2133196797\","
		"\"message\":\"one node is out of memory\"}}]}}");
	cJSON *fine = cJSON_Parse("{\"tables\":[]}");
	struct err err = {0};

	(void)state;
	assert_true(arm_error_in_answer(partial, &err));
	assert_non_null(strstr(err.text, "PartialError: Cut."));
	assert_true(arm_error_in_answer(deep, &err));
	assert_string_equal(err.text, "EngineError: one node is out of memory");
	assert_false(arm_error_in_answer(fine, &err));
	cJSON_Delete(deep);
	cJSON_Delete(partial);
	cJSON_Delete(fine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes),
		cmocka_unit_test(test_what_is_denied),
		cmocka_unit_test(test_a_denial_is_never_cut_before_its_action),
		cmocka_unit_test(test_a_cut_is_between_characters),
		cmocka_unit_test(test_escapes_never_pass),
		cmocka_unit_test(test_error_beside_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
