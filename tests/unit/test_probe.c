/* What is asked of an endpoint, and what is made of what it shows: a server of the
 * test's own, with certificates made on the spot. */
#include "unit/check.h"

#include <stdio.h>

#include "azure/probe.h"
#include "base/json.h"
#include "wire/client.h"
#include "wire/tls_server.h"

static void test_addresses(void **state)
{
	static const struct {
		const char *name, *path;
		const char *at, *host, *url; /* NULL: refused */
	} cases[] = {
		{"host and port", "/probe?at=www.contoso.com:8443&name=www.contoso.com",
		 "www.contoso.com:8443", "www.contoso.com", "https://www.contoso.com/"},
		{"no port", "/probe?at=a.test&name=a.test", "a.test:443", "a.test",
		 "https://a.test/"},
		{"another name", "/probe?at=10.0.0.4:443&name=b.test", "10.0.0.4:443",
		 "b.test", "https://b.test/"},
		{"no name", "/probe?at=10.0.0.4:443", "10.0.0.4:443", "10.0.0.4",
		 "https://10.0.0.4/"},
		{"version 6", "/probe?at=%5B::1%5D:443&name=%5B::1%5D", "[::1]:443",
		 "::1", "https://[::1]/"},
		{"version 6, no port", "/probe?at=%5B::1%5D", "[::1]:443", "::1",
		 "https://[::1]/"},
		{"nothing", "/probe?at=", NULL, NULL, NULL},
		{"no query", "/probe", NULL, NULL, NULL},
		{"a path", "/probe?at=a.test/x", NULL, NULL, NULL},
		{"a user", "/probe?at=me@a.test", NULL, NULL, NULL},
		{"a line end", "/probe?at=a.test%0d%0ax", NULL, NULL, NULL},
		{"a name with a blank", "/probe?at=a.test&name=a%20b", NULL, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {0};
		struct probe p;
		bool ok = probe_init(&p, str_from(cases[i].path), &err);

		check_case(cases[i].name, ok == (cases[i].at != NULL));
		if (ok) {
			check_text(cases[i].name, strbuf_str(&p.at), cases[i].at);
			check_text(cases[i].name, strbuf_str(&p.name), cases[i].host);
			check_text(cases[i].name, strbuf_str(&p.url), cases[i].url);
		} else {
			check_case(cases[i].name, err.code == ERR_CONFIG);
		}
		probe_fini(&p);
	}
}

struct shown {
	cJSON *json;
	bool is_done;
	struct probe probe;
};

static void take(struct http_response *r, void *ctx)
{
	struct shown *s = ctx;

	s->json = probe_answer(&s->probe, r);
	s->is_done = true;
}

/* The server's address under the name given. */
static cJSON *show(struct client *c, const char *url, const char *name)
{
	struct shown s = {0};
	struct err err;
	char path[256];

	snprintf(path, sizeof(path), "/probe?at=%s&name=%s", url + strlen("https://"),
		 name);
	assert_true(probe_init(&s.probe, str_from(path), &err));
	http_send(c->http,
		  &(struct http_request){.url = strbuf_str(&s.probe.url),
					 .connect_to = strbuf_str(&s.probe.at),
					 .is_probe = true,
					 .is_single = true},
		  take, &s);
	while (!s.is_done)
		loop_turn(c->loop, 100);
	probe_fini(&s.probe);
	return s.json;
}

static const cJSON *leaf_of(const cJSON *shown)
{
	return cJSON_GetArrayItem(json_member(shown, "chain"), 0);
}

static void check_shown(struct client *c, const char *name,
			const struct tls_server_options *options, const char *asked,
			bool is_known, bool is_trusted, bool matches)
{
	struct tls_server *s = tls_server_new(c->loop, options);
	struct http_options trust = {.ca_file = is_known ? tls_server_ca_file(s) : NULL};
	cJSON *shown;

	client_reopen(c, &trust);
	/* Twice: a session that is resumed would show nothing. */
	for (int i = 0; i < 2; i++) {
		shown = show(c, tls_server_url(s), asked);
		check_case(name, cJSON_IsNull(json_member(shown, "problem")));
		check_case(name, cJSON_IsTrue(json_member(json_member(shown, "trust"),
							  "ok")) == is_trusted);
		check_case(name,
			   cJSON_IsTrue(json_member(shown, "name_matches")) == matches);
		check_case(name, json_text(leaf_of(shown), "not_after"));
		check_case(name, json_text(leaf_of(shown), "serial"));
		check_case(name,
			   cJSON_IsTrue(json_member(leaf_of(shown), "is_self_signed")));
		cJSON_Delete(shown);
	}
	/* Nothing was asked. */
	assert_int_equal(tls_server_requests(s), 0);
	tls_server_free(s);
}

static void test_what_is_shown(void **state)
{
	static const struct tls_server_options good = {.names = "DNS:a.test"},
					       address = {.names = "IP:127.0.0.1"},
					       wild = {.names = "DNS:*.b.test"},
					       expired = {.names = "DNS:a.test",
							  .is_expired = true};
	struct client *c = *state;

	check_shown(c, "known", &good, "a.test", true, true, true);
	check_shown(c, "nobody knows it", &good, "a.test", false, false, true);
	check_shown(c, "another name", &good, "b.test", true, true, false);
	check_shown(c, "an address", &address, "127.0.0.1", true, true, true);
	check_shown(c, "another address", &address, "127.0.0.2", true, true, false);
	check_shown(c, "wildcard", &wild, "x.b.test", true, true, true);
	check_shown(c, "wildcard, too deep", &wild, "y.x.b.test", true, true, false);
	check_shown(c, "expired", &expired, "a.test", true, false, true);
}

static void test_nobody_there(void **state)
{
	struct client *c = *state;
	cJSON *shown = show(c, "https://127.0.0.1:1", "a.test");

	assert_non_null(strstr(json_text(shown, "problem"), "nothing listens there"));
	assert_int_equal(cJSON_GetArraySize(json_member(shown, "chain")), 0);
	assert_false(cJSON_IsTrue(json_member(json_member(shown, "trust"), "ok")));
	cJSON_Delete(shown);
}

/* What it shows comes from outside and need not be a certificate. */
static void test_rubbish(void **state)
{
	struct http_response r = {.status = 200};
	struct probe p;
	struct err err;
	cJSON *shown;

	(void)state;
	assert_true(probe_init(&p, STR("/probe?at=a.test"), &err));
	shown = probe_answer(&p, &r);
	assert_non_null(json_text(shown, "problem"));
	cJSON_Delete(shown);
	r.shown.pem[r.shown.n++] =
		STR("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
	shown = probe_answer(&p, &r);
	assert_int_equal(cJSON_GetArraySize(json_member(shown, "chain")), 0);
	assert_non_null(json_text(shown, "problem"));
	cJSON_Delete(shown);
	probe_fini(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test_setup_teardown(test_what_is_shown, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_nobody_there, client_setup,
						client_teardown),
		cmocka_unit_test(test_rubbish),
	};

	return cmocka_run_group_tests_name("probe", tests, NULL, NULL);
}
