/* `azdeck login` and `azdeck logout` as a person runs them, with a sign-in host on this
 * machine that the test is. */
#include <stdio.h>
#include <stdlib.h>

#include "auth/keychain.h"
#include "auth/token_cache.h"
#include "base/secret.h"
#include "cli/run.h"
#include "net/program.h"
#include "unit/check.h"
#include "wire/client.h"

#define CODE_PATH  "/contoso.example/oauth2/v2.0/devicecode"
#define TOKEN_PATH "/contoso.example/oauth2/v2.0/token"
#define CONFIG                                                                           \
	"{\"credentials\":{\"me\":{\"method\":\"device\",\"tenant\":\"contoso."          \
	"example\"},"                                                                    \
	"\"key\":{\"method\":\"bearer\",\"token\":\"env:AZ_TEST_TOKEN\"}},"              \
	"\"connections\":["                                                              \
	"{\"name\":\"azure\",\"kind\":\"arm\",\"credential\":\"me\"},"                   \
	"{\"name\":\"devops\",\"kind\":\"devops\",\"organization\":\"contoso\","         \
	"\"credential\":\"me\"},"                                                        \
	"{\"name\":\"other\",\"kind\":\"http\",\"base\":\"https://x.example\","          \
	"\"credential\":\"key\"}]}"

struct ended {
	int n, code;
	char out[600], errs[600];
};

static void ended(struct program_result *r, void *ctx)
{
	struct ended *e = ctx;

	assert_int_equal(r->err.code, ERR_NONE);
	e->n++;
	e->code = r->exit_code;
	snprintf(e->out, sizeof(e->out), "%s", r->out.p);
	snprintf(e->errs, sizeof(e->errs), "%s", r->errs.p);
}

/* The program in a home of its own, beside the test's server. */
static void run(struct client *c, const char *home, const char *word, const char *name,
		struct ended *e)
{
	const char *build = getenv("AZ_BUILDDIR");
	const char *argv[4] = {NULL, word, name, NULL};
	char program[4096];

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	argv[0] = program;
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_DATA_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	*e = (struct ended){0};
	program_start(c->loop,
		      &(struct program_spec){.argv = argv,
					     .deadline_ms = 30000,
					     .max_bytes = 10000},
		      ended, e);
	for (int i = 0; i < 1300 && !e->n; i++)
		loop_turn(c->loop, 25);
	assert_int_equal(e->n, 1);
}

/* Of what run.c has made. */
static const char *home_of(const char *config)
{
	static char home[4096];
	struct str path = str_from(config);

	assert_true(str_ends(path, STR("/azdeck/config.json")));
	snprintf(home, sizeof(home), "%.*s",
		 (int)(path.n - strlen("/azdeck/config.json")), path.p);
	return home;
}

static void reply(struct client *c, const char *path, int status, const char *body)
{
	fake_server_on(c->server, "POST", path,
		       (struct fake_reply){.status = status, .body = str_from(body)});
}

static void test_a_code(void **state)
{
	struct client *c;
	struct ended e;
	const char *home = home_of(run_write_config("config.json", CONFIG));
	struct fake_request r;

	assert_int_equal(client_setup(state), 0);
	c = *state;
	setenv("AZURE_AUTHORITY_HOST", fake_server_url(c->server), 1);
	reply(c, CODE_PATH, 200,
	      "{\"user_code\":\"YZMYLD4K\",\"device_code\":\"d1\",\"interval\":1,"
	      "\"expires_in\":900,\"verification_uri\":\"https://microsoft.example/"
	      "link\","
	      "\"message\":\"Open https://microsoft.example/link and enter YZMYLD4K.\"}");
	reply(c, TOKEN_PATH, 200,
	      "{\"access_token\":\"t0ken\",\"expires_in\":3599,\"refresh_token\":"
	      "\"r3fresh\"}");
	run(c, home, "login", NULL, &e);
	assert_string_equal(e.errs,
			    "Open https://microsoft.example/link and enter YZMYLD4K.\n");
	assert_string_equal(e.out, "azure: signed in as me\ndevops: signed in as me\n");
	assert_int_equal(e.code, 0);
	/* The code, its token, and the other connection's without a second code. */
	assert_int_equal(fake_server_count(c->server), 3);
	r = fake_server_request(c->server, 2);
	assert_true(str_find(r.body, STR("grant_type=refresh_token")) >= 0);
	assert_true(str_find(r.body, STR("scope=499b84ac-1321-427f-aa17-267ca6975798"
					 "%2F.default%20offline_access")) >= 0);
	client_teardown(state);
}

static void test_refused(void **state)
{
	struct client *c;
	struct ended e;
	const char *home = home_of(run_write_config("config.json", CONFIG));

	assert_int_equal(client_setup(state), 0);
	c = *state;
	setenv("AZURE_AUTHORITY_HOST", fake_server_url(c->server), 1);
	reply(c, CODE_PATH, 400,
	      "{\"error\":\"invalid_request\",\"error_description\":"
	      "\"AADSTS90002: Tenant 'contoso.example' not found.\\r\\nTrace ID: 1\"}");
	run(c, home, "login", "me", &e);
	assert_int_equal(e.code, 4);
	assert_string_equal(e.out, "");
	assert_string_equal(
		e.errs, "azdeck: azure: sign-in refused (400): AADSTS90002: Tenant "
			"'contoso.example' not found.; check the tenant, and the cloud "
			"of the connection\n");
	client_teardown(state);
}

/* A sign-in of an earlier run, sealed as that run did. */
static void keep(struct client *c, const char *home)
{
	const struct token_key key = {
		.authority = STR("https://login.microsoftonline.com"),
		.tenant = STR("contoso.example"),
		.client = STR("04b07795-8ddb-461a-bbee-02f9e1bf7b46"),
		.scope = STR("https://management.azure.com/.default"),
		.identity = STR("me")};
	struct token_key devops = key;
	const struct kept_token token = {.access = STR("t0ken"),
					 .expires_ms =
						 clock_wall_ms(&c->clock) + 3600000};
	struct token_cache *tokens;
	struct keychain keychain;

	setenv("XDG_DATA_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	keychain_init(&keychain);
	tokens = token_cache_new(&(struct token_cache_options){.loop = c->loop,
							       .keychain = &keychain,
							       .save_after_ms = -1});
	devops.scope = STR("499b84ac-1321-427f-aa17-267ca6975798/.default");
	token_cache_put(tokens, &key, &token);
	token_cache_put(tokens, &devops, &token);
	token_cache_free(tokens);
	keychain_fini(&keychain);
}

/* Whoever has signed in needs no network; whoever has signed out is nobody. */
static void test_kept_and_forgotten(void **state)
{
	static const char *const names[] = {"me", NULL};
	const char *home = home_of(run_write_config("config.json", CONFIG));
	struct client *c;
	struct ended e;

	assert_int_equal(client_setup(state), 0);
	c = *state;
	unsetenv("AZURE_AUTHORITY_HOST");
	/* Nobody is asked by mistake: the way out is closed. */
	setenv("https_proxy", "http://127.0.0.1:1", 1);
	for (size_t i = 0; i < 2; i++) {
		keep(c, home);
		run(c, home, "login", "me", &e);
		assert_string_equal(e.errs, "");
		assert_string_equal(e.out,
				    "azure: signed in as me\ndevops: signed in as me\n");
		run(c, home, "logout", names[i], &e);
		assert_int_equal(e.code, 0);
		assert_string_equal(e.out,
				    names[i] ? "me: signed out\n" : "signed out\n");
		run(c, home, "login", "me", &e);
		assert_int_equal(e.code, 5);
		assert_string_equal(e.out, "");
		assert_non_null(strstr(e.errs, "azdeck: azure: "));
	}
	run(c, home, "logout", NULL, &e);
	assert_string_equal(e.out, "nobody was signed in\n");
	unsetenv("https_proxy");
	client_teardown(state);
}

static void expect(const char *const *args, int code, const char *says)
{
	struct run r = {.args = args};

	run_expect(&r, code);
	if (!strstr(code ? r.err.p : r.out.p, says))
		fail_msg("want \"%s\", got %s%s", says, r.out.p, r.err.p);
	run_fini(&r);
}

static void test_words(void **state)
{
	(void)state;
	run_write_config("config.json", CONFIG);
	expect(RUN_ARGS("login", "--list"), 0, "me                    device\n");
	expect(RUN_ARGS("login", "you"), 6, "no connection uses a credential \"you\"");
	expect(RUN_ARGS("logout", "you"), 6, "no connection uses a credential \"you\"");
	expect(RUN_ARGS("login", "me", "you"), 2, "login: one credential at a time");
	expect(RUN_ARGS("logout", "--list"), 2, "no option \"--list\"");
	/* One that needs no person says whether it works. */
	unsetenv("AZ_TEST_TOKEN");
	expect(RUN_ARGS("login", "key"), 4, "AZ_TEST_TOKEN is not set");
	setenv("AZ_TEST_TOKEN", "t0ken", 1);
	expect(RUN_ARGS("login", "key"), 0, "other: signed in as key\n");
	run_write_config("config.json",
			 "{\"connections\":[{\"name\":\"a\",\"kind\":\"http\","
			 "\"base\":\"https://x.example\",\"credential\":\"none\"}]}");
	expect(RUN_ARGS("login"), 2, "no connection signs in with a code");
	run_write_config("config.json",
			 "{\"credentials\":{\"me\":{\"method\":\"device\"},"
			 "\"you\":{\"method\":\"device\"}},\"connections\":["
			 "{\"name\":\"a\",\"kind\":\"arm\",\"credential\":\"me\"},"
			 "{\"name\":\"b\",\"kind\":\"arm\",\"credential\":\"you\"}]}");
	expect(RUN_ARGS("login"), 2, "which? several credentials sign in with a code");
	run_clear_config();
	expect(RUN_ARGS("login"), 3, "there is no configuration (");
	expect(RUN_ARGS("login"), 3, "azdeck on a terminal offers to sign in");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_a_code),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_kept_and_forgotten),
	};

	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
