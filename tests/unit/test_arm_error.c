/* Error answers in every envelope come out as one line with the right code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "azure/arm_error.h"
#include "base/json.h"

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
	{"XML", 403,
	 "<?xml "
	 "version=\"1.0\"?><Error><Code>AuthFail</Code><Message>No</Message></Error>",
	 "", ERR_FORBIDDEN, "AuthFail: No", NULL},
	{"sign-in page", 502, "<!DOCTYPE html><html></html>", "", ERR_SERVICE,
	 "a sign-in page or a proxy", NULL},
	{"empty, with a header", 404, "", "BlobNotFound", ERR_NOT_FOUND, "BlobNotFound",
	 NULL},
	{"empty", 503, "", "", ERR_SERVICE, "no reason given", "(503)"},
	{"cut JSON", 500, "{\"error\":{\"code\":\"Inter", "", ERR_SERVICE,
	 "no reason given", NULL},
	{"throttled", 429, "{\"error\":{\"code\":\"TooManyRequests\"}}", "",
	 ERR_THROTTLED, "TooManyRequests", NULL},
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
	cJSON *fine = cJSON_Parse("{\"tables\":[]}");
	struct err err = {0};

	(void)state;
	assert_true(arm_error_in_answer(partial, &err));
	assert_non_null(strstr(err.text, "PartialError: Cut."));
	assert_false(arm_error_in_answer(fine, &err));
	cJSON_Delete(partial);
	cJSON_Delete(fine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes),
		cmocka_unit_test(test_escapes_never_pass),
		cmocka_unit_test(test_error_beside_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
