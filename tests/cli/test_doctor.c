/* `azdeck doctor` as a person runs it, with what is broken on this machine: a service
 * that refuses, a clock, a name, a certificate, a proxy, a file. A planted secret is
 * looked for in all it says. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "cli/run.h"
#include "net/program.h"
#include "unit/check.h"
#include "wire/client.h"
#include "wire/tls_server.h"

#define PLANTED	 "pl4nted-s3cret"
#define SUBS	 "/subscriptions?api-version=2022-12-01"
#define PATIENCE 60000

struct told {
	int n, code;
	struct strbuf out, errs;
};

static void ended(struct program_result *r, void *ctx)
{
	struct told *t = ctx;

	assert_int_equal(r->err.code, ERR_NONE);
	t->n++;
	t->code = r->exit_code;
	strbuf_puts(&t->out, r->out.p);
	strbuf_puts(&t->errs, r->errs.p);
}

/* In a home of its own, while the test's loop serves. */
static void examine_config(struct client *c, struct told *t, const char *config)
{
	const char *build = getenv("AZ_BUILDDIR");
	const char *argv[] = {NULL, "doctor", NULL};
	char program[4096], home[4096];
	const char *path;

	path = run_write_config("config.json", config);
	snprintf(home, sizeof(home), "%.*s",
		 (int)(strlen(path) - strlen("/azdeck/config.json")), path);
	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	argv[0] = program;
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_DATA_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	setenv("AZ_TEST_TOKEN", PLANTED, 1);
	strbuf_init(&t->out, 1 << 20);
	strbuf_init(&t->errs, 1 << 20);
	program_start(c->loop,
		      &(struct program_spec){.argv = argv,
					     .deadline_ms = PATIENCE,
					     .max_bytes = 1 << 20},
		      ended, t);
	for (int i = 0; i < PATIENCE / 25 && !t->n; i++)
		loop_turn(c->loop, 25);
	assert_int_equal(t->n, 1);
	assert_null(strstr(t->out.p, PLANTED));
	assert_null(strstr(t->errs.p, PLANTED));
}

/* One connection "it". */
static void examine(struct client *c, struct told *t, const char *kind, const char *base)
{
	char config[1000];

	snprintf(config, sizeof(config),
		 "{\"credentials\":{\"key\":{\"method\":\"bearer\",\"token\":"
		 "\"env:AZ_TEST_TOKEN\"}},\"connections\":[{\"name\":\"it\",\"kind\":"
		 "\"%s\",\"base\":\"%s\",\"credential\":\"key\"}]}",
		 kind, base);
	examine_config(c, t, config);
}

static void check(struct told *t, int code, const char *says)
{
	if (t->code != code || !strstr(t->out.p, says))
		fail_msg("want %d and \"%s\", got %d, %s%s", code, says, t->code,
			 t->out.p, t->errs.p);
}

static void told_fini(struct told *t)
{
	strbuf_fini(&t->out);
	strbuf_fini(&t->errs);
}

static void test_denied(void **state)
{
	struct client *c = *state;
	struct told t = {0};

	fake_server_on(
		c->server, "GET", SUBS,
		(struct fake_reply){
			.status = 403,
			.body = STR("{\"error\":{\"code\":\"AuthorizationFailed\","
				    "\"message\":\"The client 'app' with object id 'o' "
				    "does not have authorization to perform action "
				    "'Microsoft.Resources/subscriptions/read' over scope "
				    "'/subscriptions/s1' or the scope is invalid.\"}}")});
	examine(c, &t, "arm", fake_server_url(c->server));
	check(&t, 4,
	      "no right to Microsoft.Resources/subscriptions/read on "
	      "/subscriptions/s1");
	check(&t, 4, "fail  permission  sql on it, request subs: ");
	check(&t, 4, "have a role with this right assigned");
	check(&t, 4, "ok    sign-in     it: signed in with key (bearer)");
	told_fini(&t);
}

/* Secrets in a key vault: what can be read, and what is missing for the others. */
static void test_key_vault(void **state)
{
	static const char forbidden[] =
		"{\"error\":{\"code\":\"Forbidden\",\"message\":\"Caller is not "
		"authorized "
		"to perform action on resource.\",\"innererror\":{\"code\":"
		"\"ForbiddenByRbac\"}}}";
	struct client *c = *state;
	struct told t = {0};
	char config[2000];
	const char *url = fake_server_url(c->server);

	snprintf(config, sizeof(config),
		 "{\"credentials\":{\"key\":{\"method\":\"bearer\",\"token\":"
		 "\"env:AZ_TEST_TOKEN\"},"
		 "\"here\":{\"method\":\"bearer\",\"token\":\"keyvault:kv-1/here\"},"
		 "\"not\":{\"method\":\"bearer\",\"token\":\"keyvault:kv-1/not\"},"
		 "\"idle\":{\"method\":\"bearer\",\"token\":\"keyvault:kv-1/idle\"}},"
		 "\"keyvault\":{\"credential\":\"key\",\"url\":\"%s/{vault}\"},"
		 "\"connections\":["
		 "{\"name\":\"a\",\"kind\":\"grafana\",\"base\":\"%s\",\"credential\":"
		 "\"here\"},"
		 "{\"name\":\"b\",\"kind\":\"grafana\",\"base\":\"%s\",\"credential\":"
		 "\"not\"}]}",
		 url, url, url);
	fake_server_on(c->server, "GET", "/kv-1/secrets/here?api-version=7.4",
		       (struct fake_reply){.status = 200,
					   .body = STR("{\"value\":\"" PLANTED "\"}")});
	fake_server_on(c->server, "GET", "/kv-1/secrets/not?api-version=7.4",
		       (struct fake_reply){.status = 403, .body = str_from(forbidden)});
	examine_config(c, &t, config);
	check(&t, 4, "ok    key vault   keyvault:kv-1/here: read with key\n");
	check(&t, 4,
	      "fail  key vault   keyvault:kv-1/not: the vault refuses (403): it is not "
	      "allowed to; give it the role Key Vault Secrets User on the vault\n");
	check(&t, 4, "ok    sign-in     a: signed in with here (bearer)\n");
	check(&t, 4, "fail  sign-in     b: keyvault:kv-1/not: the vault refuses (403)");
	/* Nobody signs in with that one. */
	assert_null(strstr(t.out.p, "idle"));
	told_fini(&t);
}

static void test_expired_token(void **state)
{
	struct client *c = *state;
	struct told t = {0};

	fake_server_on(c->server, "GET", SUBS,
		       (struct fake_reply){
			       .status = 401,
			       .body = STR("{\"error\":{\"code\":"
					   "\"ExpiredAuthenticationToken\",\"message\":"
					   "\"The access token expiry is in the past; "
					   "token=" PLANTED "\"}}")});
	examine(c, &t, "arm", fake_server_url(c->server));
	check(&t, 4, "fail  permission  sql on it, request subs: ");
	check(&t, 4, "ExpiredAuthenticationToken");
	told_fini(&t);
}

static void test_clock(void **state)
{
	struct client *c = *state;
	struct told t = {0};

	fake_server_on(
		c->server, "GET", "/",
		(struct fake_reply){.status = 200,
				    .headers = "Date: Sat, 01 Jan 2000 00:00:00 GMT\r\n",
				    .body = STR("{}")});
	examine(c, &t, "http", fake_server_url(c->server));
	check(&t, 3, "fail  clock       127.0.0.1: our clock is ");
	check(&t, 3, " ahead\n");
	check(&t, 3, "set this machine's clock");
	told_fini(&t);
}

static void test_dead_name(void **state)
{
	struct told t = {0};

	examine(*state, &t, "http", "https://nothing.invalid");
	check(&t, 5, "fail  dns         nothing.invalid: the name does not resolve");
	check(&t, 5, "skip  clock       nothing.invalid: it does not answer");
	/* What does not need the host is looked at all the same. */
	check(&t, 5, "ok    sign-in     it: ");
	told_fini(&t);
}

static void test_untrusted(void **state)
{
	struct client *c = *state;
	struct tls_server *server =
		tls_server_new(c->loop,
			       &(struct tls_server_options){.names = "IP:127.0.0.1"});
	struct told t = {0}, good = {0};

	examine(c, &t, "http", tls_server_url(server));
	check(&t, 5, "fail  tls         127.0.0.1: ");
	check(&t, 5, "certificate is not trusted");
	setenv("CURL_CA_BUNDLE", tls_server_ca_file(server), 1);
	examine(c, &good, "http", tls_server_url(server));
	check(&good, 0, "tls         127.0.0.1: trusted, ");
	unsetenv("CURL_CA_BUNDLE");
	told_fini(&t);
	told_fini(&good);
	tls_server_free(server);
}

static void test_proxy_refuses(void **state)
{
	struct told t = {0};

	setenv("https_proxy", "http://user:" PLANTED "@127.0.0.1:1", 1);
	setenv("no_proxy", "localhost", 1);
	examine(*state, &t, "http", "https://x.example");
	unsetenv("https_proxy");
	unsetenv("no_proxy");
	check(&t, 5, "ok    proxy       https_proxy: 127.0.0.1:1, with a sign-in\n");
	check(&t, 5, "warn  proxy       no_proxy: it leaves out link-local addresses");
	check(&t, 5, "fail  tls         x.example: ");
	told_fini(&t);
}

/* A host that accepts and never answers: its own lines say so, within its deadline, and
 * the other host's checks are done all the same. */
static void test_hangs(void **state)
{
	struct client *c = *state;
	struct fake_server *silent = fake_server_new(c->loop);
	int64_t begun_us = clock_mono_us();
	struct told t = {0};
	char config[600];

	fake_server_on(silent, "GET", "/", (struct fake_reply){.end = FAKE_HANG});
	fake_server_on(c->server, "GET", SUBS,
		       (struct fake_reply){.status = 200, .body = STR("{\"value\":[]}")});
	snprintf(config, sizeof(config),
		 "{\"connections\":[{\"name\":\"dead\",\"kind\":\"jenkins\",\"base\":"
		 "\"%s\",\"credential\":\"none\"},{\"name\":\"live\",\"kind\":\"arm\","
		 "\"base\":\"%s\",\"credential\":\"none\"}]}",
		 fake_server_url(silent), fake_server_url(c->server));
	examine_config(c, &t, config);
	check(&t, 5, "fail  tls         127.0.0.1: 127.0.0.1:");
	check(&t, 5, "no answer in 10 s");
	check(&t, 5, "ok    sign-in     live: ");
	check(&t, 5, "permission  sql on live: ");
	assert_null(strstr(t.out.p, "on dead"));
	assert_int_equal(fake_server_count(silent), 1);
	assert_in_range((clock_mono_us() - begun_us) / 1000, 9000, PATIENCE / 2);
	told_fini(&t);
	fake_server_free(silent);
}

static void test_broken_config(void **state)
{
	struct run r = {.args = RUN_ARGS("doctor")};

	(void)state;
	run_write_config("config.json", "{\n  \"connections\": [{\"name\": }]\n}\n");
	run_now(&r);
	assert_int_equal(r.code, 3);
	assert_non_null(strstr(r.out.p, "fail  config      "));
	assert_non_null(strstr(r.out.p, "config.json: line 2, column 28"));
	assert_non_null(strstr(r.out.p, "skip  tls         there are no connections"));
	run_fini(&r);
	run_clear_config();
	r.args = RUN_ARGS("doctor", "--demo", "--connection", "nobody");
	run_now(&r);
	assert_int_equal(r.code, 6);
	assert_non_null(strstr(r.out.p, "there is no connection \"nobody\""));
	run_fini(&r);
}

static void test_offline_json(void **state)
{
	struct run r = {.args = RUN_ARGS("doctor", "--demo", "--offline", "-o", "json")};
	const cJSON *row;
	struct err err;
	size_t n_skipped = 0;
	cJSON *root;

	(void)state;
	run_clear_config();
	run_expect(&r, 0);
	root = json_parse(strbuf_str(&r.out), &json_wire, NULL, &err);
	assert_non_null(root);
	assert_string_equal(json_text(root, "schema"), "azdeck.doctor/1");
	cJSON_ArrayForEach (row, json_member(root, "checks")) {
		bool is_ok = strcmp(json_text(row, "mark"), "ok") == 0;

		assert_int_equal(is_ok, json_text(row, "todo") == NULL);
		n_skipped += strcmp(json_text(row, "what"), "it needs the network") == 0;
	}
	assert_int_equal(n_skipped, 7);
	cJSON_Delete(root);
	run_fini(&r);
}

static void test_demo(void **state)
{
	struct run r = {.args = RUN_ARGS("doctor", "--demo", "--at",
					 "2026-03-11T10:20:30Z", "--connection",
					 "jenkins")};

	(void)state;
	run_clear_config();
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "ok    permission  jenkins-jobs on jenkins: "));
	assert_null(strstr(r.out.p, "devops"));
	assert_non_null(strstr(r.out.p, " 0 failed, "));
	run_fini(&r);
}

static void test_words(void **state)
{
	struct run r = {.args = RUN_ARGS("doctor", "-o", "xml")};

	(void)state;
	run_expect(&r, 2);
	run_fini(&r);
	r.args = RUN_ARGS("doctor", "me");
	run_expect(&r, 2);
	run_fini(&r);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(test_denied),
		SERVED(test_key_vault),
		SERVED(test_expired_token),
		SERVED(test_clock),
		SERVED(test_dead_name),
		SERVED(test_untrusted),
		SERVED(test_proxy_refuses),
		SERVED(test_hangs),
		cmocka_unit_test(test_broken_config),
		cmocka_unit_test(test_offline_json),
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
