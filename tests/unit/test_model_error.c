/* Refusals of model servers, in the envelopes they use. */
#include "unit/check.h"

#include <stdio.h>

#include "ai/model_error.h"
#include "base/count.h"

static const struct {
	const char *name, *body;
	int status;
	const char *want; /* "trouble parameter: text" */
} cases[] = {
	{"rate", "{\"error\":{\"code\":\"429\",\"message\":\"Slow down.\"}}", 429,
	 "busy: Slow down."},
	{"zero quota",
	 "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"Nothing left.\"}}",
	 429, "quota: Nothing left."},
	{"deployment",
	 "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"None.\"}}", 404,
	 "missing: None."},
	{"key", "{\"error\":{\"code\":\"401\",\"message\":\"Access denied\"}}", 401,
	 "sign-in: Access denied"},
	{"network rules", "{\"error\":{\"code\":\"403\",\"message\":\"Firewall\"}}", 403,
	 "sign-in: Firewall"},
	{"context",
	 "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"Too long\"}}",
	 400, "too-long: Too long"},
	{"context, in words",
	 "{\"error\":{\"message\":\"This model's maximum context length is 8192\"}}", 400,
	 "too-long: This model's maximum context length is 8192"},
	{"parameter",
	 "{\"error\":{\"code\":\"unsupported_parameter\",\"param\":\"max_tokens\","
	 "\"message\":\"No\"}}",
	 400, "parameter max_tokens: No"},
	{"filter",
	 "{\"error\":{\"code\":\"content_filter\",\"message\":\"x\",\"innererror\":{"
	 "\"content_filter_result\":{\"self-harm\":{\"filtered\":true},\"hate\":{"
	 "\"filtered\":false},\"jailbreak\":{\"detected\":true}}}}}",
	 400, "filtered: its content filter refused the question (self-harm, jailbreak)"},
	{"loading", "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}", 503,
	 "loading: Loading model"},
	{"code null", "{\"error\":{\"code\":null,\"message\":\"Oops\"}}", 500,
	 "down: Oops"},
	{"older vLLM", "{\"object\":\"error\",\"message\":\"Bad\",\"code\":400}", 400,
	 "other: Bad"},
	{"a proxy", "{\"detail\":\"Not authenticated\"}", 401,
	 "sign-in: Not authenticated"},
	{"a proxy's list",
	 "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}", 422,
	 "other: field required"},
	{"a gateway", "{\"statusCode\":429,\"message\":\"Rate limit is exceeded.\"}", 429,
	 "busy: Rate limit is exceeded."},
	{"Ollama", "{\"error\":\"model 'x' not found, try pulling it first\"}", 404,
	 "missing: model 'x' not found, try pulling it first"},
	{"nothing", "", 502, NULL},
	{"a page", "<html><title>Bad gateway</title></html>", 502, NULL},
	{"escapes", "{\"error\":{\"message\":\"\\u001b]52;c;AAAA\\u0007red\"}}", 500,
	 "down: red"},
};

static void test_envelopes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct model_error e;
		char got[512];

		model_error_decode(str_from(cases[i].body), cases[i].status, &e);
		assert_int_equal(e.err.http_status, cases[i].status);
		assert_true(e.err.text[0]);
		snprintf(got, sizeof(got), "%s%s%s: %s", model_trouble_name(e.trouble),
			 e.parameter[0] ? " " : "", e.parameter, e.err.text);
		if (cases[i].want)
			check_text(cases[i].name, str_from(got), cases[i].want);
		else
			assert_int_equal(e.trouble, TROUBLE_DOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes),
	};

	return cmocka_run_group_tests_name("model error", tests, NULL, NULL);
}
