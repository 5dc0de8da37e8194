/* Service principals by secret and by federation, against a token endpoint that looks
 * at every byte. */
#include "unit/check.h"

#include <stdlib.h>

#include "unit/scratch.h"
#include "wire/signin.h"

#define CLIENT "11111111-2222-3333-4444-555555555555"

static const struct credential_setting by_secret[] = {
	{"tenant", "contoso.example"},
	{"client_id", CLIENT},
	{"secret", "env:AZ_TEST_SECRET"},
	{0},
};

static void test_secret_to_the_byte(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got;

	/* Everything a generated secret may hold, and what would end the value. */
	setenv("AZ_TEST_SECRET", "a~B8&c=d+e/f%g h\xc3\xa4\n", 1);
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_int_equal(got.kind, HTTP_AUTH_BEARER);
	assert_string_equal(got.secret, "t1");
	signin_check_form(c, 0, SIGNIN_PATH,
			  "grant_type=client_credentials&client_id=" CLIENT
			  "&client_secret=a~B8%26c%3Dd%2Be%2Ff%25g%20h%C3%A4"
			  "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
	credential_free(credential);
}

/* A secret that was exchanged where it is kept heals without a restart. */
static void test_a_new_secret_is_found(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got;

	setenv("AZ_TEST_SECRET", "old.secret-1", 1);
	signin_reply(
		c, "POST", SIGNIN_PATH, 401,
		"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: "
		"The provided client secret keys for app '" CLIENT "' are expired: "
		"old.secret-1.\\r\\nTrace ID: 1\",\"error_codes\":[7000222]}");
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_int_equal(got.err.http_status, 401);
	assert_string_equal(got.err.text,
			    "sign-in refused (401): AADSTS7000222: The provided client "
			    "secret keys for app '" CLIENT
			    "' are expired: ************.; "
			    "make a new one and store it");
	setenv("AZ_TEST_SECRET", "new-one", 1);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_non_null(strstr(signin_request(c, 1), "&client_secret=new-one&"));
	credential_free(credential);
}

static void test_everything_from_the_environment(void **state)
{
	struct client *c = *state;
	struct strbuf host;
	struct credential *credential;
	struct got got;

	strbuf_init(&host, 100);
	strbuf_printf(&host, "%s/", fake_server_url(c->server));
	setenv("AZURE_AUTHORITY_HOST", host.p, 1);
	setenv("AZURE_TENANT_ID", "contoso.example", 1);
	setenv("AZURE_CLIENT_ID", CLIENT, 1);
	setenv("AZURE_CLIENT_SECRET", "s3cret", 1);
	credential = signin_new(c, "secret", NULL);
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	signin_check_form(c, 0, SIGNIN_PATH,
			  "grant_type=client_credentials&client_id=" CLIENT
			  "&client_secret=s3cret"
			  "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
	credential_free(credential);
	strbuf_fini(&host);
}

static void test_what_is_not_there(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got;

	unsetenv("AZ_TEST_SECRET");
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "AZ_TEST_SECRET"));
	assert_int_equal(fake_server_count(c->server), 0);
	credential_free(credential);
}

/* What the endpoint says is passed on as a kind of failure. */
static void test_failures(void **state)
{
	static const struct {
		const char *name;
		int status;
		const char *body;
		enum err_code code;
		const char *text;
	} rows[] = {
		{"an unknown tenant", 400,
		 "{\"error\":\"invalid_request\",\"error_description\":"
		 "\"AADSTS90002: Tenant 'x' not found.\"}",
		 ERR_AUTH, "check the tenant, and the cloud of the connection"},
		{"a number we do not know", 400,
		 "{\"error\":\"x\",\"error_description\":\"AADSTS1: Words.\\r\\nTrace "
		 "ID\"}",
		 ERR_AUTH, "sign-in refused (400): AADSTS1: Words."},
		{"all in one line", 401,
		 "{\"error_description\":\"AADSTS7000222: The keys are expired. Trace "
		 "ID: 1 "
		 "Correlation ID: 2 Timestamp: 3\"}",
		 ERR_AUTH,
		 "(401): AADSTS7000222: The keys are expired.; make a new one and store "
		 "it"},
		{"no description", 400, "{\"error\":\"invalid_grant\"}", ERR_AUTH,
		 "invalid_grant"},
		{"a web page", 403, "<html>blocked</html>", ERR_AUTH, "no reason given"},
		{"a good status and no token", 200, "{\"error\":\"?\"}", ERR_AUTH,
		 "something else than a token"},
		{"a token without an end", 200, "{\"access_token\":\"t\"}", ERR_AUTH,
		 "something else than a token"},
	};
	struct client *c = *state;

	setenv("AZ_TEST_SECRET", "s", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *credential = signin_new(c, "secret", by_secret);
		struct got got;

		signin_reply(c, "POST", SIGNIN_PATH, rows[i].status, rows[i].body);
		signin_ask(c, credential, SIGNIN_SCOPE, &got);
		check_case(rows[i].name, got.err.code == rows[i].code);
		check_case(rows[i].name, strstr(got.err.text, rows[i].text));
		check_case(rows[i].name, !strchr(got.err.text, '\n'));
		credential_free(credential);
	}
}

/* Throttled and down are told apart from refused: one is to be waited for. */
static void test_a_busy_endpoint_is_tried_again(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got;

	setenv("AZ_TEST_SECRET", "s", 1);
	fake_server_on(c->server, "POST", SIGNIN_PATH,
		       (struct fake_reply){.status = 503,
					   .headers = "Retry-After: 0\r\n"});
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	assert_int_equal(fake_server_count(c->server), 2);
	credential_free(credential);
}

static void test_a_long_pause_is_told(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got;

	setenv("AZ_TEST_SECRET", "s", 1);
	fake_server_on(c->server, "POST", SIGNIN_PATH,
		       (struct fake_reply){.status = 429,
					   .headers = "Retry-After: 90\r\n",
					   .body = STR("{\"error\":\"throttled\"}")});
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_THROTTLED);
	assert_int_equal(got.err.retry_after_ms, 90000);
	credential_free(credential);
}

static void test_settings(void **state)
{
	static const struct {
		const char *name, *method;
		struct credential_setting settings[5];
		const char *text; /* of the error */
	} rows[] = {
		{"nothing",
		 "secret",
		 {{0}},
		 "tenant is missing: the tenant's id or domain; "
		 "or set AZURE_TENANT_ID"},
		{"the secret itself",
		 "secret",
		 {{"tenant", "t"}, {"client_id", "c"}, {"secret", "hunter2"}},
		 "secret: a secret is never written here; name where it is, as env:NAME, "
		 "file:PATH, secret:NAME or keyvault:VAULT/NAME"},
		{"a setting of another method",
		 "secret",
		 {{"tenant", "t"}, {"token_file", "/x"}},
		 "token_file: a \"secret\" credential has no such setting"},
		{"a tenant that is a path",
		 "secret",
		 {{"tenant", "../common"}, {"client_id", "c"}, {"secret", "env:S"}},
		 "tenant: must be an id or a domain, nothing else"},
		{"an empty one",
		 "secret",
		 {{"tenant", "t"}, {"client_id", ""}, {"secret", "env:S"}},
		 "client_id: must not be empty"},
		{"plain http to another machine",
		 "workload",
		 {{"tenant", "t"},
		  {"client_id", "c"},
		  {"token_file", "/x"},
		  {"authority", "http://login.example"}},
		 "authority: must begin with https://"},
		{"a header with a colon",
		 "api-key",
		 {{"key", "env:K"}, {"header", "x:y"}},
		 "header: this is no name of a header"},
		{"no such method",
		 "password",
		 {{0}},
		 "\"password\" is no way to sign in"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err;

		check_case(rows[i].name,
			   !signin_make(c, rows[i].method, rows[i].settings, &err));
		check_case(rows[i].name, err.code == ERR_CONFIG);
		check_text(rows[i].name, str_from(err.text), rows[i].text);
		assert_null(strstr(err.text, "hunter2"));
	}
}

static struct credential *by_file(struct client *c, const char *path)
{
	const struct credential_setting settings[] = {
		{"tenant", "contoso.example"},
		{"client_id", CLIENT},
		{"token_file", path},
		{0},
	};

	return signin_new(c, "workload", settings);
}

static void test_federation_reads_the_file_each_time(void **state)
{
	struct client *c = *state;
	const char *path = scratch_write("token", STR("first.jwt.a-b_c\n"), 0640);
	struct credential *credential = by_file(c, path);
	struct got got;

	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	signin_check_form(
		c, 0, SIGNIN_PATH,
		"grant_type=client_credentials&client_id=" CLIENT
		"&client_assertion_type="
		"urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
		"&client_assertion=first.jwt.a-b_c"
		"&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
	scratch_write("token", STR("second.jwt.x"), 0640);
	credential_refuse(credential, STR(SIGNIN_SCOPE), clock_mono_ms(&c->clock));
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_non_null(strstr(signin_request(c, 1), "&client_assertion=second.jwt.x&"));
	credential_free(credential);
}

static void test_federation_without_a_token(void **state)
{
	struct client *c = *state;
	const char *path = scratch_write("empty", STR("\n"), 0640);
	struct credential *credential = by_file(c, path);
	struct got got;

	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "/empty is empty"));
	credential_free(credential);
	credential = by_file(c, scratch_path("absent"));
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_non_null(strstr(got.err.text, "token_file: cannot open "));
	assert_int_equal(fake_server_count(c->server), 0);
	credential_free(credential);
}

/* Freed while the pool reads, and while the endpoint thinks. */
static void test_freed_in_the_middle(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "secret", by_secret);
	struct got got = {0};

	setenv("AZ_TEST_SECRET", "s", 1);
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	credential_ask(credential, STR(SIGNIN_SCOPE), signin_came, &got);
	credential_free(credential);
	for (int i = 0; i < 4; i++)
		loop_turn(c->loop, 5);
	credential = signin_new(c, "secret", by_secret);
	credential_ask(credential, STR(SIGNIN_SCOPE), signin_came, &got);
	client_wait_for_requests(c, 1);
	credential_free(credential);
	loop_turn(c->loop, 0);
	assert_int_equal(got.n, 0);
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_secret_to_the_byte),
		signin_test(test_a_new_secret_is_found),
		signin_test(test_everything_from_the_environment),
		signin_test(test_what_is_not_there),
		signin_test(test_failures),
		signin_test(test_a_busy_endpoint_is_tried_again),
		signin_test(test_a_long_pause_is_told),
		signin_test(test_settings),
		signin_test(test_federation_reads_the_file_each_time),
		signin_test(test_federation_without_a_token),
		signin_test(test_freed_in_the_middle),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
