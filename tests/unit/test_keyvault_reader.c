/* Secrets that a credential's settings name in a key vault, against a vault and a
 * token endpoint that look at every byte. The fake server is both. */
#include "unit/check.h"

#include <stdlib.h>

#include "auth/keyvault_reader.h"
#include "base/secret.h"
#include "unit/scratch.h"
#include "wire/signin.h"

#define READER_PATH "/reader.example/oauth2/v2.0/token"
#define VAULT_PATH  "/atlas-kv/secrets/sp-secret?api-version=7.4"
#define OLD_VALUE   "old.Secret-Value"
#define TENANT	    "b0257c14-cacc-44c6-8927-5b4ce5de0874"
#define BODY(value)                                                                      \
	"{\"value\":\"" value "\",\"id\":\"https://atlas-kv.vault.azure.net/secrets/"    \
	"sp-secret/"                                                                     \
	"0123456789abcdef0123456789abcdef\",\"attributes\":{\"enabled\":true}}"

static const struct credential_setting reader_settings[] = {
	{"tenant", "reader.example"},
	{"client_id", "reader-id"},
	{"secret", "env:AZ_TEST_READER"},
	{0},
};
static const struct credential_setting user_settings[] = {
	{"tenant", "contoso.example"},
	{"client_id", "user-id"},
	{"secret", "keyvault:atlas-kv/sp-secret"},
	{0},
};

struct setting {
	struct credential *reader;
	struct keyvault_reader *keyvault;
};

static void open_reader(struct client *c, struct setting *s)
{
	struct strbuf url;

	setenv("AZ_TEST_READER", "r3ader", 1);
	s->reader = signin_new(c, "secret", reader_settings);
	strbuf_init(&url, 200);
	strbuf_printf(&url, "%s/{vault}", fake_server_url(c->server));
	s->keyvault = keyvault_reader_new(
		&(struct keyvault_reader_options){.http = c->http,
						  .loop = c->loop,
						  .reader = s->reader,
						  .url = url.p,
						  .resource = "https://vault.azure.net"});
	strbuf_fini(&url);
}

static void close_reader(struct setting *s)
{
	keyvault_reader_free(s->keyvault);
	credential_free(s->reader);
}

static struct credential *user_of(struct client *c, const struct setting *s,
				  const char *method,
				  const struct credential_setting *settings)
{
	const struct credential_host host = {.http = c->http,
					     .loop = c->loop,
					     .keyvault = s->keyvault};
	struct credential_spec spec = {.name = "user",
				       .method = method,
				       .authority = fake_server_url(c->server),
				       .settings = settings};
	struct credential *made;
	struct err err;

	while (settings[spec.n_settings].name)
		spec.n_settings++;
	made = credential_new(&host, &spec, &err);
	if (!made)
		fail_msg("%s", err.text);
	return made;
}

static void test_to_the_byte(void **state)
{
	struct client *c = *state;
	struct setting s;
	struct credential *user;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY("a~B8&c=d+e/\\u00e4"));
	signin_reply(c, "POST", SIGNIN_PATH, 200,
		     "{\"access_token\":\"u1\",\"expires_in\":3599}");
	signin_ask(c, user, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.secret, "u1");
	assert_int_equal(fake_server_count(c->server), 3);
	signin_check_form(c, 0, READER_PATH,
			  "grant_type=client_credentials&client_id=reader-id"
			  "&client_secret=r3ader"
			  "&scope=https%3A%2F%2Fvault.azure.net%2F.default");
	assert_string_equal(signin_request(c, 1),
			    "GET " VAULT_PATH "\nHost: HOST\nUser-Agent: azdeck/test\n"
			    "Accept-Encoding: gzip, deflate\nAccept: application/json\n"
			    "Authorization: Bearer t1\n\n");
	signin_check_form(c, 2, SIGNIN_PATH,
			  "grant_type=client_credentials&client_id=user-id"
			  "&client_secret=a~B8%26c%3Dd%2Be%2F%C3%A4"
			  "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
	credential_free(user);
	close_reader(&s);
}

/* Who needs the same secret at once waits for one call; who needs it soon after has
 * what was read. */
static void test_one_call_for_all(void **state)
{
	struct client *c = *state;
	struct credential *user, *other;
	struct setting s;
	struct got got[3] = {{0}};

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	other = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY(OLD_VALUE));
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	credential_ask(user, STR("a/.default"), signin_came, &got[0]);
	credential_ask(user, STR("b/.default"), signin_came, &got[1]);
	credential_ask(other, STR("a/.default"), signin_came, &got[2]);
	for (int i = 0; i < 3; i++)
		signin_wait(c, &got[i]);
	signin_ask(c, other, "c/.default", &got[0]);
	assert_string_equal(got[0].secret, "t1");
	/* The reader's sign-in, the vault, and four sign-ins. */
	assert_int_equal(fake_server_count(c->server), 6);
	credential_free(user);
	credential_free(other);
	close_reader(&s);
}

#define EXPIRED                                                                          \
	"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The "      \
	"provided client secret keys are expired: " OLD_VALUE "\"}"

/* It was exchanged in the vault while we kept the old one: nobody notices. */
static void test_rotation(void **state)
{
	struct client *c = *state;
	struct credential *user, *other;
	struct setting s;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	other = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY(OLD_VALUE));
	signin_reply(c, "GET", VAULT_PATH, 200, BODY("new-value"));
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "POST", SIGNIN_PATH, 401, EXPIRED);
	signin_reply(c, "POST", SIGNIN_PATH, 200,
		     "{\"access_token\":\"t2\",\"expires_in\":3599}");
	signin_ask(c, user, SIGNIN_SCOPE, &got);
	signin_ask(c, other, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.secret, "t2");
	assert_int_equal(fake_server_count(c->server), 6);
	assert_non_null(strstr(signin_request(c, 3), "&client_secret=old.Secret-Value&"));
	assert_non_null(strstr(signin_request(c, 5), "&client_secret=new-value&"));
	credential_free(user);
	credential_free(other);
	close_reader(&s);
}

/* One that is refused although it was just read is not read again and again; and the
 * endpoint that repeats it is not passed on. */
static void test_a_wrong_secret_is_told(void **state)
{
	struct client *c = *state;
	struct credential *user;
	struct setting s;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY(OLD_VALUE));
	signin_reply(c, "POST", SIGNIN_PATH, 401, EXPIRED);
	signin_ask(c, user, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_null(strstr(got.err.text, OLD_VALUE));
	assert_int_equal(fake_server_count(c->server), 3);
	credential_free(user);
	close_reader(&s);
}

/* What is sent as it stands: kept until a service refuses it. */
static void test_a_refused_token_is_read_again(void **state)
{
	static const struct credential_setting settings[] = {
		{"token", "keyvault:atlas-kv/sp-secret"},
		{0},
	};
	struct client *c = *state;
	struct credential *user;
	struct setting s;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "bearer", settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY("first"));
	signin_reply(c, "GET", VAULT_PATH, 200, BODY("second"));
	signin_ask(c, user, "", &got);
	assert_string_equal(got.secret, "first");
	credential_refuse(user, STR(""), clock_mono_ms(&c->clock));
	signin_ask(c, user, "", &got);
	assert_string_equal(got.secret, "second");
	assert_int_equal(fake_server_count(c->server), 3);
	credential_free(user);
	close_reader(&s);
}

static void challenge(struct client *c, const char *header)
{
	fake_server_on(c->server, "GET", VAULT_PATH,
		       (struct fake_reply){.status = 401,
					   .headers = header,
					   .body = STR("{\"error\":{\"code\":"
						       "\"Unauthorized\"}}")});
}

#define AUTHORITY     "WWW-Authenticate: Bearer authorization=\"https://login.example/"
#define OUR_CHALLENGE AUTHORITY TENANT "\", resource=\"https://vault.azure.net\"\r\n"

/* A token that ended early is exchanged for another, once. */
static void test_challenges(void **state)
{
	struct client *c = *state;
	struct credential *user;
	struct setting s;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
	signin_reply(c, "POST", READER_PATH, 200,
		     "{\"access_token\":\"t2\",\"expires_in\":3599}");
	challenge(c, OUR_CHALLENGE);
	signin_reply(c, "GET", VAULT_PATH, 200, BODY(OLD_VALUE));
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, user, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_non_null(strstr(signin_request(c, 3), "Authorization: Bearer t2\n"));
	assert_int_equal(fake_server_count(c->server), 5);
	credential_free(user);
	close_reader(&s);
}

static void test_what_is_refused(void **state)
{
	static const struct {
		const char *name, *header;
		size_t n_requests; /* the reader's sign-ins and the vault's calls */
		const char *text;
	} rows[] = {
		{"another directory", OUR_CHALLENGE, 4,
		 "keyvault:atlas-kv/sp-secret: the vault does not take the token "
		 "of "
		 "prod-reader: it belongs to the directory " TENANT "; check its tenant"},
		{"a token for elsewhere",
		 AUTHORITY TENANT "\", resource=\"https://management.azure.com\"\r\n", 2,
		 "keyvault:atlas-kv/sp-secret: it wants a token that is not for "
		 "a "
		 "vault of this name; none is sent: is this the right cloud?"},
		{"no challenge", "X-Nothing: 1\r\n", 2,
		 "keyvault:atlas-kv/sp-secret: the vault refuses (401) and does "
		 "not "
		 "say what it wants; is there a proxy before it?"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *user;
		struct setting s;
		struct got got;
		struct client *c;
		size_t before;

		assert_int_equal(i == 0 ? 0
					: client_teardown(state) + signin_setup(state),
				 0);
		c = *state;
		open_reader(c, &s);
		user = user_of(c, &s, "secret", user_settings);
		signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
		challenge(c, rows[i].header);
		before = fake_server_count(c->server);
		signin_ask(c, user, SIGNIN_SCOPE, &got);
		check_text(rows[i].name, str_from(got.err.text), rows[i].text);
		check_case(rows[i].name,
			   fake_server_count(c->server) - before == rows[i].n_requests);
		credential_free(user);
		close_reader(&s);
	}
}

static void test_the_reader_is_refused(void **state)
{
	struct client *c = *state;
	struct credential *user;
	struct setting s;
	struct got got;

	open_reader(c, &s);
	user = user_of(c, &s, "secret", user_settings);
	signin_reply(c, "POST", READER_PATH, 401,
		     "{\"error_description\":\"AADSTS1: No: r3ader.\"}");
	signin_ask(c, user, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "keyvault:atlas-kv/sp-secret: "
					     "prod-reader: sign-in refused (401)"));
	assert_int_equal(fake_server_count(c->server), 1);
	credential_free(user);
	close_reader(&s);
}

/* Freed while the reader signs in, and while the vault thinks. */
static void test_freed_in_the_middle(void **state)
{
	struct client *c = *state;
	struct got got = {0};

	for (size_t n = 0; n < 3; n++) {
		struct setting s;
		struct credential *user;

		open_reader(c, &s);
		user = user_of(c, &s, "secret", user_settings);
		signin_reply(c, "POST", READER_PATH, 200, SIGNIN_TOKEN);
		fake_server_on(c->server, "GET", VAULT_PATH,
			       (struct fake_reply){.status = 200,
						   .body = STR(BODY("x")),
						   .end = FAKE_HANG});
		credential_ask(user, STR(SIGNIN_SCOPE), signin_came, &got);
		client_wait_for_requests(c, fake_server_count(c->server) + n);
		credential_free(user);
		close_reader(&s);
		loop_turn(c->loop, 0);
		assert_int_equal(got.n, 0);
	}
}

static void test_nobody_reads(void **state)
{
	struct err err;

	assert_null(signin_make(*state, "secret", user_settings, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_string_equal(
		err.text, "secret: nobody reads key vaults; name a credential that may: "
			  "\"keyvault\": {\"credential\": NAME}");
}

#define vault_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		vault_test(test_to_the_byte),
		vault_test(test_one_call_for_all),
		vault_test(test_rotation),
		vault_test(test_a_wrong_secret_is_told),
		vault_test(test_a_refused_token_is_read_again),
		vault_test(test_challenges),
		vault_test(test_what_is_refused),
		vault_test(test_the_reader_is_refused),
		vault_test(test_freed_in_the_middle),
		vault_test(test_nobody_reads),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests_name("keyvault_reader", tests, scratch_make,
					   scratch_drop);
}
