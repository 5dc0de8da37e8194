/* Client credentials at other token endpoints, to the byte. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "wire/signin.h"

#define TOKEN "{\"access_token\":\"t1\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"

static struct credential *make(struct client *c, const struct credential_setting *more)
{
	struct credential_setting settings[8] = {
		{"url", NULL},
		{"client_id", "mdb_sa_id_1"},
		{"secret", "env:AZ_TEST_SECRET"},
	};
	struct strbuf url;
	struct credential *credential;

	strbuf_init(&url, 200);
	strbuf_printf(&url, "%s/api/oauth/token", fake_server_url(c->server));
	settings[0].value = url.p;
	for (size_t i = 0; more[i].name; i++)
		settings[3 + i] = more[i];
	credential = signin_new(c, "oauth-client", settings);
	strbuf_fini(&url);
	return credential;
}

static void test_in_a_header(void **state)
{
	static const struct credential_setting more[] = {{"client_auth", "basic"}, {0}};
	struct client *c = *state;
	struct credential *credential = make(c, more);
	struct got got;

	setenv("AZ_TEST_SECRET", "mdb_sa_sk_x", 1);
	signin_reply(c, "POST", "/api/oauth/token", 200, TOKEN);
	signin_ask(c, credential, "", &got);
	assert_int_equal(got.kind, HTTP_AUTH_BEARER);
	assert_string_equal(got.secret, "t1");
	assert_string_equal(signin_request(c, 0),
			    "POST /api/oauth/token\nHost: HOST\nUser-Agent: azdeck/test\n"
			    "Accept-Encoding: gzip, deflate\nAccept: application/json\n"
			    "Content-Type: application/x-www-form-urlencoded\n"
			    "Authorization: Basic bWRiX3NhX2lkXzE6bWRiX3NhX3NrX3g=\n"
			    "Content-Length: 29\n\ngrant_type=client_credentials");
	credential_free(credential);
}

static void test_in_the_form(void **state)
{
	static const struct credential_setting more[] = {
		{"audience", "https://api.hashicorp.cloud"},
		{"scope", "a b"},
		{0},
	};
	struct client *c = *state;
	struct credential *credential = make(c, more);
	struct got got;

	setenv("AZ_TEST_SECRET", "s&t", 1);
	signin_reply(c, "POST", "/api/oauth/token", 200, TOKEN);
	signin_ask(c, credential, "", &got);
	assert_string_equal(got.secret, "t1");
	signin_check_form(c, 0, "/api/oauth/token",
			  "grant_type=client_credentials&client_id=mdb_sa_id_1"
			  "&client_secret=s%26t&scope=a%20b"
			  "&audience=https%3A%2F%2Fapi.hashicorp.cloud");
	/* What the connection names comes first. */
	signin_ask(c, credential, "c", &got);
	assert_non_null(strstr(signin_request(c, 1), "&scope=c&"));
	credential_free(credential);
}

/* The reasons of endpoints that are not Entra's. */
static void test_refused(void **state)
{
	static const struct {
		const char *body, *text;
	} rows[] = {
		{"{\"error\":\"invalid_client\",\"error_description\":\"Bad "
		 "s3cretvalue\"}",
		 "sign-in refused (401): Bad ***********"},
		{"{\"detail\":\"Invalid client.\",\"error\":401,\"reason\":\"x\"}",
		 "sign-in refused (401): Invalid client."},
		{"{\"message\":\"no\"}", "sign-in refused (401): no"},
	};
	static const struct credential_setting none[] = {{0}};
	struct client *c = *state;

	setenv("AZ_TEST_SECRET", "s3cretvalue", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *credential = make(c, none);
		struct got got;

		signin_reply(c, "POST", "/api/oauth/token", 401, rows[i].body);
		signin_ask(c, credential, "", &got);
		check_text(rows[i].body, str_from(got.err.text), rows[i].text);
		credential_free(credential);
	}
}

static void test_settings(void **state)
{
	static const struct {
		struct credential_setting settings[5];
		const char *text;
	} rows[] = {
		{{{"url", "http://x.example/t"}, {"client_id", "c"}, {"secret", "env:S"}},
		 "url: must begin with https://"},
		{{{"url", "https://x.example/t"},
		  {"client_id", "c"},
		  {"secret", "env:S"},
		  {"client_auth", "header"}},
		 "client_auth: must be one of form|basic"},
		{{{"url", "https://x.example/t"}, {"client_id", "c"}},
		 "secret is missing: the client's secret"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err;

		assert_null(signin_make(c, "oauth-client", rows[i].settings, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_string_equal(err.text, rows[i].text);
	}
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_in_a_header),
		signin_test(test_in_the_form),
		signin_test(test_refused),
		signin_test(test_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
