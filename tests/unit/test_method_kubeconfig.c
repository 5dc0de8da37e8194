/* The user of a kubeconfig: tokens, passwords, and a program that prints a token; and
 * a cluster that asks for a certificate. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "unit/scratch.h"
#include "wire/signin.h"
#include "wire/tls_server.h"
#include "worker/kube.h"

#define NOW_MS INT64_C(1700688824000) /* 2023-11-22T21:33:44Z */
#define HEAD                                                                             \
	"current-context: c1\ncontexts:\n- name: c1\n"                                   \
	"  context: {cluster: k1, user: u1}\nclusters:\n- name: k1\n  cluster:\n"        \
	"    server: https://k1.test\nusers:\n- name: u1\n  user:\n"
#define SCOPE "6dae42f8-4368-4678-94ff-3960e28e3630/.default"

static void ask(struct client *c, const char *config, struct got *got)
{
	struct credential_setting settings[] = {
		{"file", scratch_write("config", str_from(config), 0600)}, {0}};
	struct credential *credential = signin_new(c, "kubeconfig", settings);

	*got = (struct got){0};
	clock_init_manual(&c->clock, NOW_MS);
	signin_ask(c, credential, SCOPE, got);
	credential_free(credential);
}

static void test_what_stands_there(void **state)
{
	static const struct {
		const char *name, *user;
		enum http_auth_kind kind;
		const char *who, *secret;
	} rows[] = {
		{"token", "    token: t1\n", HTTP_AUTH_BEARER, "", "t1"},
		{"file before token", "    token: t1\n    tokenFile: token\n",
		 HTTP_AUTH_BEARER, "", "from-the-file"},
		{"password", "    username: eve\n    password: 'p w'\n", HTTP_AUTH_BASIC,
		 "eve", "p w"},
		{"certificate alone",
		 "    client-certificate-data: QUJD\n    client-key-data: QUJD\n",
		 HTTP_AUTH_NONE, "", ""},
	};
	struct client *c = *state;

	scratch_write("token", STR("from-the-file\n"), 0600);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf config;
		struct got got;

		strbuf_init(&config, 4096);
		strbuf_printf(&config, "%s%s", HEAD, rows[i].user);
		ask(c, config.p, &got);
		check_text(rows[i].name, str_from(got.err.text), "");
		assert_int_equal(got.kind, rows[i].kind);
		check_text(rows[i].name, str_from(got.user), rows[i].who);
		check_text(rows[i].name, str_from(got.secret), rows[i].secret);
		strbuf_fini(&config);
	}
}

static void test_nothing_stands_there(void **state)
{
	struct client *c = *state;
	struct got got;

	ask(c, HEAD "    x: y\n", &got);
	assert_non_null(strstr(got.err.text, "no way to sign in"));
	scratch_write("token", STR("\n"), 0600);
	ask(c, HEAD "    tokenFile: token\n", &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "token is empty"));
}

/* A program that writes down how it was called, then does as `end` says. */
static void run(struct client *c, const char *end, const char *more, struct got *got)
{
	struct strbuf script, config;

	strbuf_init(&script, 8192);
	strbuf_init(&config, 8192);
	strbuf_printf(&script,
		      "#!/bin/sh\nprintf '[%%s]' \"$@\" >%s\n"
		      "printf '%%s|%%s' \"$KUBERNETES_EXEC_INFO\" \"$EXTRA\" >%s\n%s\n",
		      scratch_path("called"), scratch_path("told"), end);
	scratch_write("tool", strbuf_str(&script), 0700);
	strbuf_printf(&config,
		      "%s    exec:\n      apiVersion: client.authentication.k8s.io/v1\n"
		      "      command: ./tool\n      args: [get, 'a b', '$HOME;x']\n"
		      "      env: [{name: EXTRA, value: more}]\n%s",
		      HEAD, more);
	ask(c, config.p, got);
	strbuf_fini(&script);
	strbuf_fini(&config);
}

static void check_file(const char *name, const char *want)
{
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 8192);
	assert_true(file_read(scratch_path(name), &text, &err));
	check_text(name, strbuf_str(&text), want);
	strbuf_fini(&text);
}

#define PRINTS(version, status)                                                          \
	"cat <<'EOF'\n{\"kind\":\"ExecCredential\",\"apiVersion\":"                      \
	"\"client.authentication.k8s.io/" version "\",\"status\":{" status "}}\nEOF"

static void test_program(void **state)
{
	struct client *c = *state;
	struct got got;

	run(c,
	    PRINTS("v1", "\"token\":\"t1\",\"expirationTimestamp\":"
			 "\"2023-11-22T22:33:44Z\""),
	    "      provideClusterInfo: true\n", &got);
	check_text("error", str_from(got.err.text), "");
	assert_int_equal(got.kind, HTTP_AUTH_BEARER);
	assert_string_equal(got.secret, "t1");
	check_file("called", "[get][a b][$HOME;x]");
	check_file("told",
		   "{\"kind\":\"ExecCredential\",\"apiVersion\":"
		   "\"client.authentication.k8s.io/v1\",\"spec\":{\"interactive\":false,"
		   "\"cluster\":{\"server\":\"https://k1.test\"}}}|more");
	run(c, PRINTS("v1", "\"token\":\"t2\""), "", &got);
	assert_string_equal(got.secret, "t2");
	check_file("told", "{\"kind\":\"ExecCredential\",\"apiVersion\":"
			   "\"client.authentication.k8s.io/v1\",\"spec\":{"
			   "\"interactive\":false}}|more");
}

static void test_program_fails(void **state)
{
	static const struct {
		const char *name, *end, *want;
	} rows[] = {
		{"no JSON", "echo hello", "it prints no ExecCredential"},
		{"another version", PRINTS("v1beta1", "\"token\":\"t\""),
		 "answers in another version"},
		{"no token", PRINTS("v1", ""), "it gives no token"},
		{"certificate", PRINTS("v1", "\"clientCertificateData\":\"x\""),
		 "it gives a certificate; only tokens are taken"},
		{"over",
		 PRINTS("v1", "\"token\":\"t\",\"expirationTimestamp\":"
			      "\"2018-03-05T17:30:20-08:00\""),
		 "has ended already"},
		{"exit", "echo update me >&2\necho 'please \033[31msign in' >&2\nexit 3",
		 "it ended with 3: please"},
		{"too much", "yes | head -c 300000", "more than 262144 bytes"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct got got;

		run(c, rows[i].end, "", &got);
		if (!strstr(got.err.text, rows[i].want) ||
		    !strstr(got.err.text, "/tool: ") || strchr(got.err.text, '\033'))
			fail_msg("case \"%s\": got \"%s\"", rows[i].name, got.err.text);
	}
}

static void test_program_is_missing(void **state)
{
	struct client *c = *state;
	struct got got;

	ask(c,
	    HEAD
	    "    exec:\n      apiVersion: client.authentication.k8s.io/v1\n"
	    "      command: no-such-tool-anywhere\n      installHint: fetch it there\n",
	    &got);
	check_text("hint", str_from(got.err.text),
		   "no-such-tool-anywhere: it is not there: fetch it there");
}

/* A connection as the configuration makes it, to a server that wants a certificate. */
static void test_certificate_over_tls(void **state)
{
	struct client *c = *state;
	struct tls_server *s =
		tls_server_new(c->loop,
			       &(struct tls_server_options){.names = "IP:127.0.0.1",
							    .wants_certificate = true});
	struct connection conn = {0};
	struct strbuf config;
	struct heard a = {0};
	struct err err;
	char url[128];

	strbuf_init(&config, 16384);
	scratch_write("key.pem", str_from(tls_server_key(s)), 0600);
	strbuf_printf(&config,
		      "current-context: c1\ncontexts:\n- name: c1\n  context: {cluster: "
		      "k1, user: u1}\nclusters:\n- name: k1\n  cluster:\n    server: "
		      "%s/\n    certificate-authority: %s\nusers:\n- name: u1\n  user:\n"
		      "    client-certificate: %s\n    client-key: key.pem\n",
		      tls_server_url(s), tls_server_ca_file(s), tls_server_ca_file(s));
	scratch_write("config", strbuf_str(&config), 0600);
	if (!kube_fill(&conn, scratch_path("config"), NULL, false, &err))
		fail_msg("%s", err.text);
	check_text("base", str_from(conn.base_url), tls_server_url(s));
	snprintf(url, sizeof(url), "%s/version", conn.base_url);
	client_send(c, url, (struct http_request){.tls = conn.tls}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	heard_fini(&a);
	kube_tls_free(conn.tls);
	free(conn.base_url);
	conn = (struct connection){0};
	/* With a token of ours the certificate stays at home, and is refused. */
	assert_true(kube_fill(&conn, scratch_path("config"), NULL, true, &err));
	assert_int_equal(conn.tls->cert.n, 0);
	a = (struct heard){0};
	client_send(c, url, (struct http_request){.tls = conn.tls}, &a);
	client_wait(c, &a);
	assert_int_not_equal(a.status, 200);
	heard_fini(&a);
	kube_tls_free(conn.tls);
	free(conn.base_url);
	strbuf_fini(&config);
	tls_server_free(s);
}

/* Our own token for the application that the user's kubelogin would ask for. */
static void test_scope_of_kubelogin(void **state)
{
	struct connection conn = {0};
	struct err err;

	(void)state;
	scratch_write("config",
		      STR(HEAD "    exec:\n"
			       "      apiVersion: client.authentication.k8s.io/v1\n"
			       "      command: kubelogin\n"
			       "      args: [get-token, --server-id, own-server]\n"),
		      0600);
	assert_true(kube_fill(&conn, scratch_path("config"), "c1", true, &err));
	check_text("scope", str_from(conn.scope), "own-server/.default");
	assert_null(conn.tls);
	free(conn.scope);
	free(conn.base_url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, signin_setup, client_teardown)
		TEST(test_what_stands_there),
		TEST(test_nothing_stands_there),
		TEST(test_program),
		TEST(test_program_fails),
		TEST(test_program_is_missing),
		TEST(test_certificate_over_tls),
		TEST(test_scope_of_kubelogin),
	};

	return cmocka_run_group_tests_name("method_kubeconfig", tests, scratch_make,
					   scratch_drop);
}
