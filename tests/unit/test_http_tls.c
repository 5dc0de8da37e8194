/* Whom we trust over TLS, and what is said about those we do not; and which way a
 * request takes past a proxy. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "config/env.h"
#include "wire/client.h"
#include "wire/tls_server.h"

#define HERE "IP:127.0.0.1"

static void get(struct client *c, struct tls_server *s, struct heard *a)
{
	char url[128];

	snprintf(url, sizeof(url), "%s/x", tls_server_url(s));
	client_get(c, url, a);
}

static void trusted_by_its_file(void **state)
{
	struct client *c = *state;
	struct tls_server *s =
		tls_server_new(c->loop, &(struct tls_server_options){.names = HERE});
	struct http_options options = {.ca_file = tls_server_ca_file(s)};

	client_reopen(c, &options);
	for (size_t i = 1; i <= 3; i++) {
		struct heard a = {0};

		get(c, s, &a);
		assert_int_equal(a.status, 200);
		check_text("body", strbuf_str(&a.body), "over tls");
		assert_int_equal(tls_server_requests(s), i);
		heard_fini(&a);
	}
	assert_int_equal(tls_server_connections(s), 1);
	assert_string_equal(tls_server_offered(s), "h2,http/1.1");
	tls_server_free(s);
}

/* A folder as OpenSSL has it: the file's name is the hash of its subject. */
static void trusted_by_its_folder(void **state)
{
	struct client *c = *state;
	struct tls_server *s =
		tls_server_new(c->loop, &(struct tls_server_options){.names = HERE});
	char dir[] = "/tmp/azdeck-cas.XXXXXX", command[256];
	struct http_options options = {.ca_dir = dir};
	struct heard a = {0};

	assert_non_null(mkdtemp(dir));
	snprintf(command, sizeof(command),
		 "cp %s %s/ca.pem && openssl rehash %s 2>/dev/null",
		 tls_server_ca_file(s), dir, dir);
	if (system(command) == 0) {
		client_reopen(c, &options);
		get(c, s, &a);
		assert_int_equal(a.status, 200);
		heard_fini(&a);
	} else {
		printf("# no openssl command: a folder of certificates is not tried\n");
	}
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
	tls_server_free(s);
}

/* The error names the host, the reason, and what to do. */
static void check_refused(struct client *c, const char *name,
			  const struct tls_server_options *server, bool is_known,
			  const char *reason)
{
	struct tls_server *s = tls_server_new(c->loop, server);
	struct http_options options = {.ca_file =
					       is_known ? tls_server_ca_file(s) : NULL};
	struct heard a = {0};

	client_reopen(c, &options);
	get(c, s, &a);
	check_case(name, a.status == 0);
	check_case(name, a.err.code == ERR_TLS);
	check_case(name, strstr(a.err.text, tls_server_url(s) + strlen("https://")));
	if (!strstr(a.err.text, reason))
		fail_msg("case \"%s\": %s", name, a.err.text);
	check_case(name, strstr(a.err.text, "check the CA bundle"));
	check_case(name, a.tries == 1);
	check_case(name, tls_server_requests(s) == 0);
	heard_fini(&a);
	tls_server_free(s);
}

static void strangers_are_refused(void **state)
{
	struct client *c = *state;

	check_refused(c, "unknown", &(struct tls_server_options){.names = HERE}, false,
		      "self-signed certificate");
	check_refused(c, "another name",
		      &(struct tls_server_options){.names = "DNS:contoso.test"}, true,
		      "no alternative certificate subject name");
	check_refused(c, "expired",
		      &(struct tls_server_options){.names = HERE, .is_expired = true},
		      true, "expired");
}

/* On this machine plain http is fine, but not for what began with TLS. */
static void tls_is_never_left(void **state)
{
	struct client *c = *state;
	char plain[128];
	struct tls_server *s;
	struct heard a = {0};

	snprintf(plain, sizeof(plain), "http://127.0.0.1:%d/there",
		 fake_server_port(c->server));
	fake_server_on(c->server, "GET", "/there",
		       (struct fake_reply){.status = 200, .body = STR("there")});
	s = tls_server_new(c->loop, &(struct tls_server_options){.names = HERE,
								 .redirect = plain});
	client_reopen(c, &(struct http_options){.ca_file = tls_server_ca_file(s)});
	get(c, s, &a);
	assert_int_equal(tls_server_requests(s), 1);
	assert_int_equal(fake_server_count(c->server), 0);
	assert_int_equal(a.err.code, ERR_CONFIG);
	assert_non_null(strstr(a.err.text, "only https"));
	heard_fini(&a);
	tls_server_free(s);
}

static void other_troubles_are_named(void **state)
{
	struct client *c = *state;
	struct tls_server *s =
		tls_server_new(c->loop, &(struct tls_server_options){.names = HERE});
	struct http_options options = {.ca_file = "/nowhere/ca.pem"};
	struct heard missing = {0}, plain = {0};
	char url[64];

	client_reopen(c, &options);
	get(c, s, &missing);
	assert_int_equal(missing.err.code, ERR_TLS);
	assert_non_null(strstr(missing.err.text, "CA file cannot be read"));
	assert_non_null(strstr(missing.err.text, "/nowhere/ca.pem"));
	/* The fake server speaks no TLS: our hello is no request to it. */
	options.ca_file = NULL;
	client_reopen(c, &options);
	snprintf(url, sizeof(url), "https://127.0.0.1:%d/x", fake_server_port(c->server));
	client_send(c, url, (struct http_request){.deadline_ms = 300}, &plain);
	client_wait(c, &plain);
	assert_int_equal(plain.status, 0);
	assert_true(plain.err.code == ERR_TLS || plain.err.code == ERR_TIMEOUT);
	heard_fini(&missing);
	heard_fini(&plain);
	tls_server_free(s);
}

static void the_environment_names_the_cas(void **state)
{
	static const struct {
		const char *name, *bundle, *file, *dir, *want_file, *want_dir;
	} cases[] = {
		{"nothing", NULL, NULL, NULL, NULL, NULL},
		{"empty is nothing", "", "", "", NULL, NULL},
		{"OpenSSL's file", NULL, "/a", NULL, "/a", NULL},
		{"OpenSSL's folder", NULL, NULL, "/d", NULL, "/d"},
		{"both", NULL, "/a", "/d", "/a", "/d"},
		{"curl's own wins", "/b", "/a", "/d", "/b", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setenv("CURL_CA_BUNDLE", cases[i].bundle ? cases[i].bundle : "", 1);
		setenv("SSL_CERT_FILE", cases[i].file ? cases[i].file : "", 1);
		setenv("SSL_CERT_DIR", cases[i].dir ? cases[i].dir : "", 1);
		check_text(cases[i].name, str_from(env_ca_file()),
			   cases[i].want_file ? cases[i].want_file : "");
		check_text(cases[i].name, str_from(env_ca_dir()),
			   cases[i].want_dir ? cases[i].want_dir : "");
	}
	unsetenv("CURL_CA_BUNDLE");
	unsetenv("SSL_CERT_FILE");
	unsetenv("SSL_CERT_DIR");
}

/* What a proxy is asked: a tunnel for https, the whole address for plain http. A
 * name that cannot exist keeps the test at home. */
static void the_way_through_a_proxy(void **state)
{
	struct client *c = *state;
	struct heard secure = {0}, plain = {0};
	struct http_request allowed = {.allow_plain = true};

	setenv("https_proxy", fake_server_url(c->server), 1);
	setenv("http_proxy", fake_server_url(c->server), 1);
	fake_server_on(c->server, "CONNECT", "nowhere.invalid:443",
		       (struct fake_reply){.status = 403});
	fake_server_on(c->server, "GET", "http://nowhere.invalid/x",
		       (struct fake_reply){.status = 200, .body = STR("by proxy")});
	client_get(c, "https://nowhere.invalid/x", &secure);
	assert_int_equal(secure.err.code, ERR_REFUSED);
	client_send(c, "http://nowhere.invalid/x", allowed, &plain);
	client_wait(c, &plain);
	assert_int_equal(plain.status, 200);
	check_text("body", strbuf_str(&plain.body), "by proxy");
	assert_int_equal(fake_server_unexpected(c->server), 0);
	unsetenv("https_proxy");
	unsetenv("http_proxy");
	heard_fini(&secure);
	heard_fini(&plain);
}

static void the_way_past_a_proxy(void **state)
{
	static const char *const rules[] = {"nowhere.invalid", "other.test,.invalid",
					    "*"};
	struct client *c = *state;

	setenv("https_proxy", fake_server_url(c->server), 1);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct heard a = {0};
		struct http_request r = {.method = HTTP_POST};

		setenv("no_proxy", rules[i], 1);
		client_send(c, "https://nowhere.invalid/x", r, &a);
		client_wait(c, &a);
		check_case(rules[i], a.err.code == ERR_NETWORK);
		check_case(rules[i], strstr(a.err.text, "does not resolve"));
		check_case(rules[i], fake_server_count(c->server) == 0);
		heard_fini(&a);
	}
	unsetenv("https_proxy");
	unsetenv("no_proxy");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(trusted_by_its_file),
		CASE(trusted_by_its_folder),
		CASE(strangers_are_refused),
		CASE(tls_is_never_left),
		CASE(other_troubles_are_named),
		cmocka_unit_test(the_environment_names_the_cas),
		CASE(the_way_through_a_proxy),
		CASE(the_way_past_a_proxy),
	};

	return cmocka_run_group_tests_name("http_tls", tests, NULL, NULL);
}
