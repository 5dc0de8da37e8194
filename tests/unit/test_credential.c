/* Tokens: read, timed, fetched once for many, renewed, refused, forgotten. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/credential.h"
#include "auth/token.h"
#include "wire/client.h"

#define TOKEN_PATH "/contoso.example/oauth2/v2.0/token"

enum { WAITERS = 5 };

struct got {
	struct client *client;
	struct credential *credential;
	struct got *forgets;  /* from within the callback */
	struct got *asks_for; /* from within the callback */
	int n;
	char token[64];
	struct err err;
};

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct got *g = ctx;
	struct str token = auth->secret;

	g->n++;
	g->err = *err;
	assert_true(token.n < sizeof(g->token));
	memcpy(g->token, token.n ? token.p : "", token.n);
	g->token[token.n] = '\0';
	if (g->forgets)
		credential_forget(g->credential, g->forgets);
	if (g->asks_for)
		credential_ask(g->credential, STR("s"), came, g->asks_for);
}

static void wait_for(struct client *c, const struct got *g)
{
	for (int i = 0; i < 400 && !g->n; i++)
		loop_turn(c->loop, 25);
	assert_int_equal(g->n, 1);
}

static void ask(struct client *c, struct credential *credential, struct got *g)
{
	*g = (struct got){0};
	credential_ask(credential, STR("s"), came, g);
	assert_int_equal(g->n, 0); /* never within the call */
	wait_for(c, g);
}

static struct credential *sim_credential(struct client *c)
{
	struct strbuf spec;
	struct credential *credential;
	struct err err;

	strbuf_init(&spec, 200);
	strbuf_printf(&spec, "sim:%s", fake_server_url(c->server));
	credential = credential_from_text(&(struct credential_host){.http = c->http,
								    .loop = c->loop},
					  strbuf_str(&spec), NULL, &err);
	assert_non_null(credential);
	strbuf_fini(&spec);
	return credential;
}

static void reply(struct client *c, int status, const char *body)
{
	fake_server_on(c->server, "POST", TOKEN_PATH,
		       (struct fake_reply){.status = status, .body = str_from(body)});
}

static void test_one_fetch_for_many(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got got[WAITERS] = {0};

	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":\"3600\"}");
	for (int i = 0; i < WAITERS; i++)
		credential_ask(credential, STR("s"), came, &got[i]);
	wait_for(c, &got[WAITERS - 1]);
	for (int i = 0; i < WAITERS; i++) {
		assert_int_equal(got[i].n, 1);
		assert_string_equal(got[i].token, "t1");
	}
	ask(c, credential, &got[0]);
	assert_string_equal(got[0].token, "t1");
	assert_int_equal(fake_server_count(c->server), 1);
	credential_free(credential);
}

static void test_forgotten_and_asked_within_a_callback(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got late = {.client = c, .credential = credential}, third = {0};
	struct got second = {.credential = credential};
	struct got first = {.credential = credential,
			    .forgets = &second,
			    .asks_for = &late};

	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
	credential_ask(credential, STR("s"), came, &first);
	credential_ask(credential, STR("s"), came, &second);
	credential_ask(credential, STR("s"), came, &third);
	wait_for(c, &late);
	assert_int_equal(first.n, 1);
	assert_int_equal(second.n, 0);
	assert_int_equal(third.n, 1);
	assert_string_equal(third.token, "t1");
	credential_free(credential);
}

/* Each asks again while the failure is being told; the second must hear of it. */
static void test_failure_reaches_all_though_one_asks_again(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got late = {0}, second = {0};
	struct got first = {.credential = credential, .asks_for = &late};

	reply(c, 400,
	      "{\"error\":\"invalid_client\",\"error_description\":"
	      "\"AADSTS7000215: Bad client_secret=s3cret.\\r\\nTrace ID: 1\"}");
	reply(c, 200, "{\"access_token\":\"t2\",\"expires_in\":3600}");
	credential_ask(credential, STR("s"), came, &first);
	credential_ask(credential, STR("s"), came, &second);
	wait_for(c, &late);
	assert_int_equal(first.err.code, ERR_AUTH);
	assert_int_equal(second.err.code, ERR_AUTH);
	assert_string_equal(
		second.err.text,
		"sign-in refused (400): AADSTS7000215: Bad client_secret=***; "
		"give the secret's value, not its id; or make a new one");
	assert_int_equal(late.err.code, ERR_NONE);
	assert_string_equal(late.token, "t2");
	credential_free(credential);
}

static void test_refused_once(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got got;
	int64_t asked;

	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
	reply(c, 200, "{\"access_token\":\"t2\",\"expires_in\":3600}");
	ask(c, credential, &got);
	asked = clock_mono_ms(&c->clock);
	credential_refuse(credential, STR("s"), asked);
	ask(c, credential, &got);
	assert_string_equal(got.token, "t2");
	/* Another call hears of the first token's end only now. */
	credential_refuse(credential, STR("s"), asked - 1);
	ask(c, credential, &got);
	assert_string_equal(got.token, "t2");
	assert_int_equal(fake_server_count(c->server), 2);
	credential_free(credential);
}

/* The clock is the test's: tokens are renewed ahead of their end. */
static void test_renewed_ahead(void **state)
{
	static const struct {
		const char *name;
		int lifetime_s;
		int good_s; /* the first token still serves then */
		int due_s;  /* and here a second one comes */
	} lives[] = {
		{"an hour: five minutes ahead", 3600, 3299, 3300},
		{"a day: at half its life", 86400, 43199, 43200},
		{"five minutes: at half its life", 300, 149, 150},
	};
	struct client *c = *state;

	clock_init_manual(&c->clock, INT64_C(1795233600000));
	for (size_t i = 0; i < sizeof(lives) / sizeof(*lives); i++) {
		struct credential *credential = sim_credential(c);
		size_t before = fake_server_count(c->server);
		static char body[3][80];
		struct got got;

		snprintf(body[i], sizeof(body[i]),
			 "{\"access_token\":\"t\",\"expires_in\":%d}",
			 lives[i].lifetime_s);
		reply(c, 200, body[i]);
		ask(c, credential, &got);
		clock_advance(&c->clock, lives[i].good_s * INT64_C(1000));
		ask(c, credential, &got);
		check_case(lives[i].name, fake_server_count(c->server) == before + 1);
		clock_advance(&c->clock,
			      (lives[i].due_s - lives[i].good_s) * INT64_C(1000));
		ask(c, credential, &got);
		check_case(lives[i].name, fake_server_count(c->server) == before + 2);
		credential_free(credential);
	}
}

/* A renewal that fails troubles nobody while the old token is good, and is tried
 * again; at its end the failure is told. */
static void test_a_failed_renewal(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got got;

	clock_init_manual(&c->clock, INT64_C(1795233600000));
	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
	reply(c, 400, "{\"error\":\"temporarily_unavailable\"}");
	ask(c, credential, &got);
	clock_advance(&c->clock, 3400 * INT64_C(1000));
	ask(c, credential, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.token, "t1");
	assert_int_equal(fake_server_count(c->server), 2);
	/* Not at every ask: once in half a minute. */
	clock_advance(&c->clock, 29 * INT64_C(1000));
	ask(c, credential, &got);
	assert_int_equal(fake_server_count(c->server), 2);
	clock_advance(&c->clock, 1000);
	ask(c, credential, &got);
	assert_string_equal(got.token, "t1");
	assert_int_equal(fake_server_count(c->server), 3);
	clock_advance(&c->clock, 170 * INT64_C(1000));
	ask(c, credential, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "temporarily_unavailable"));
	credential_free(credential);
}

static void test_a_token_a_scope(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got vault = {0}, arm = {0};
	struct fake_request r;

	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
	credential_ask(credential, STR("https://vault.azure.net/.default"), came, &vault);
	wait_for(c, &vault);
	credential_ask(credential, STR("https://management.azure.com/.default"), came,
		       &arm);
	wait_for(c, &arm);
	assert_int_equal(fake_server_count(c->server), 2);
	r = fake_server_request(c->server, 1);
	assert_true(str_find(r.body,
			     STR("scope=https%3A%2F%2Fmanagement.azure.com%2F.default")) >
		    0);
	credential_free(credential);
}

/* What the transport says is passed on as it is. */
static void test_an_answer_that_cannot_be_read(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got got;

	fake_server_on(c->server, "POST", TOKEN_PATH,
		       (struct fake_reply){.status = 200,
					   .headers = "Content-Encoding: gzip\r\n",
					   .body = STR("no gzip")});
	ask(c, credential, &got);
	assert_int_equal(got.err.code, ERR_PARSE);
	assert_string_equal(got.token, "");
	credential_free(credential);
}

static void test_freed_while_fetching(void **state)
{
	struct client *c = *state;
	struct credential *credential = sim_credential(c);
	struct got got = {0};

	reply(c, 200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
	credential_ask(credential, STR("s"), came, &got);
	client_wait_for_requests(c, 1);
	credential_free(credential);
	loop_turn(c->loop, 0);
	assert_int_equal(got.n, 0);
}

static void test_env_and_none(void **state)
{
	struct client *c = *state;
	struct err err = {0};
	struct credential *env =
		credential_from_text(&(struct credential_host){.http = c->http,
							       .loop = c->loop},
				     STR("env:AZ_TEST_TOKEN"), NULL, &err);
	struct credential *none =
		credential_from_text(&(struct credential_host){.http = c->http,
							       .loop = c->loop},
				     STR("none"), NULL, &err);
	struct got got;

	check_text("name", credential_name(env), "env:AZ_TEST_TOKEN");
	unsetenv("AZ_TEST_TOKEN");
	ask(c, env, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "AZ_TEST_TOKEN is not set"));
	setenv("AZ_TEST_TOKEN", " abc\n", 1);
	ask(c, env, &got);
	assert_string_equal(got.token, "abc");
	/* {"exp":1} */
	setenv("AZ_TEST_TOKEN", "e30.eyJleHAiOjF9.x", 1);
	credential_refuse(env, STR("s"), clock_mono_ms(&c->clock));
	ask(c, env, &got);
	assert_non_null(strstr(got.err.text, "has expired"));
	ask(c, none, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.token, "");
	assert_null(credential_from_text(&(struct credential_host){.http = c->http,
								   .loop = c->loop},
					 STR("eyJhbGc"), NULL, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	credential_free(env);
	credential_free(none);
}

static const struct token_case {
	const char *name, *body;
	int64_t lifetime_ms; /* 0: no token */
} token_cases[] = {
	{"number", "{\"access_token\":\"t\",\"expires_in\":60}", 60000},
	{"text", "{\"access_token\":\"t\",\"expires_in\":\"60\"}", 60000},
	{"no lifetime", "{\"access_token\":\"t\"}", 0},
	{"no token", "{\"expires_in\":60}", 0},
	{"a token that is no text", "{\"access_token\":7,\"expires_in\":60}", 0},
	{"over", "{\"access_token\":\"t\",\"expires_in\":0}", 0},
	{"for ever", "{\"access_token\":\"t\",\"expires_in\":1e300}", 0},
	{"a web page", "<html>", 0},
	{"nothing", "", 0},
};

static void test_token_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(token_cases) / sizeof(*token_cases); i++) {
		const struct token_case *t = &token_cases[i];
		struct token_answer got;
		struct err err = {0};
		bool ok = token_answer_parse(str_from(t->body), 0, &got, &err);

		check_case(t->name, ok == (t->lifetime_ms > 0));
		check_case(t->name, got.lifetime_ms == t->lifetime_ms);
		check_case(t->name, ok || err.code == ERR_AUTH);
		secret_fini(&got.token);
	}
}

static void test_expiry(void **state)
{
	static const struct {
		const char *name, *jwt;
		int64_t ms; /* 0: none to read */
	} rows[] = {
		{"exp 1", "e30.eyJleHAiOjF9.x", 1000},
		{"no exp", "e30.e30.x", 0},
		{"opaque", "abcdef", 0},
		{"two parts", "e30.eyJleHAiOjF9", 1000},
		{"not base64", "e30.###.x", 0},
		{"empty", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t ms = 0;
		bool ok = token_expiry(str_from(rows[i].jwt), &ms);

		check_case(rows[i].name, ok == (rows[i].ms > 0) && ms == rows[i].ms);
	}
}

static void test_identity(void **state)
{
	static const struct {
		const char *name, *jwt, *want; /* "": it does not say */
	} rows[] = {
		{"a person", "e.eyJ0aWQiOiJjb250b3NvIiwib2lkIjoicmVhZGVyIn0.s",
		 "contoso reader\n"},
		{"an application", "e.eyJ0aWQiOiJjb250b3NvIiwiYXBwaWQiOiJhcHAifQ.s",
		 "contoso app\n"},
		{"nobody", "e.eyJ0aWQiOiJjb250b3NvIn0.s", ""},
		{"of no directory", "e.eyJzdWIiOiJtZSJ9.s", ""},
		{"opaque", "abcdef", ""},
		{"empty", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf got;
		bool ok;

		strbuf_init(&got, 200);
		ok = token_put_identity(&got, str_from(rows[i].jwt));
		check_case(rows[i].name, ok == (rows[i].want[0] != '\0'));
		check_text(rows[i].name, strbuf_str(&got), rows[i].want);
		strbuf_fini(&got);
	}
}

#define wire_test(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		wire_test(test_one_fetch_for_many),
		wire_test(test_forgotten_and_asked_within_a_callback),
		wire_test(test_failure_reaches_all_though_one_asks_again),
		wire_test(test_refused_once),
		wire_test(test_renewed_ahead),
		wire_test(test_a_failed_renewal),
		wire_test(test_a_token_a_scope),
		wire_test(test_an_answer_that_cannot_be_read),
		wire_test(test_freed_while_fetching),
		wire_test(test_env_and_none),
		wire_test(test_token_answers),
		wire_test(test_expiry),
		cmocka_unit_test(test_identity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
