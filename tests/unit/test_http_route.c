/* Where a request may go: redirects, proxies, plain http, and what goes along. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "wire/client.h"

/* A second server: another host as far as a redirect is concerned. */
static void add_redirect(struct client *c, struct fake_server *to, struct strbuf *headers)
{
	strbuf_init(headers, 256);
	strbuf_printf(headers, "Location: http://localhost:%d/there\r\n",
		      fake_server_port(to));
	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 302, .headers = headers->p});
	fake_server_on(to, "GET", "/there",
		       (struct fake_reply){.status = 200, .body = STR("there")});
}

static void a_redirect_takes_no_token_along(void **state)
{
	struct client *c = *state;
	struct fake_server *to = fake_server_new(c->loop);
	struct heard a = {0};
	const struct http_auth auth = {.kind = HTTP_AUTH_BEARER, .secret = STR("t0ken")};
	struct http_request r = {.auth = &auth};
	struct fake_request seen;
	struct strbuf headers;

	add_redirect(c, to, &headers);
	client_send(c, "/x", r, &a);
	client_wait(c, &a);
	check_text("body", strbuf_str(&a.body), "there");
	seen = fake_server_request(c->server, 0);
	check_text("first", fake_request_header(&seen, "authorization"), "Bearer t0ken");
	seen = fake_server_request(to, 0);
	assert_int_equal(fake_server_count(to), 1);
	assert_int_equal(fake_request_header(&seen, "authorization").n, 0);
	heard_fini(&a);
	fake_server_free(to);
	loop_turn(c->loop, 0);
	strbuf_fini(&headers);
}

static void keys_and_writes_are_not_redirected(void **state)
{
	struct client *c = *state;
	struct fake_server *to = fake_server_new(c->loop);
	struct http_header key[] = {{STR("api-key"), STR("k")}};
	struct http_request with_key = {.headers = key, .n_headers = 1};
	struct heard a = {0}, b = {0};
	struct strbuf headers;

	add_redirect(c, to, &headers);
	client_send(c, "/x", with_key, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 302);
	fake_server_on(c->server, "POST", "/x",
		       (struct fake_reply){.status = 307, .headers = headers.p});
	client_send(c, "/x", (struct http_request){.method = HTTP_POST}, &b);
	client_wait(c, &b);
	assert_int_equal(b.status, 307);
	assert_int_equal(fake_server_count(to), 0);
	heard_fini(&a);
	heard_fini(&b);
	fake_server_free(to);
	loop_turn(c->loop, 0);
	strbuf_fini(&headers);
}

static void circles_end(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 302, .headers = "Location: /x\r\n"});
	client_get(c, "/x", &a);
	assert_int_equal(a.err.code, ERR_REFUSED);
	assert_non_null(strstr(a.err.text, "circle"));
	assert_int_equal(fake_server_count(c->server), 6);
	heard_fini(&a);
}

static void a_local_call_stays_local(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 302,
					   .headers = "Location: http://192.0.2.1/\r\n"});
	client_send(c, "/x",
		    (struct http_request){.method = HTTP_GET, .deadline_ms = 1500}, &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_NETWORK);
	heard_fini(&a);
}

static void refused_before_anything_is_sent(void **state)
{
	static const struct {
		const char *url;
		enum err_code code;
		const char *text;
	} cases[] = {
		{"http://management.azure.com/x", ERR_CONFIG, "plain http"},
		{"http://127.0.0.1.example.com/x", ERR_CONFIG, "plain http"},
		{"http://127.0.0.1@192.0.2.1/x", ERR_CONFIG, "plain http"},
		{"http://169.254.example.com/x", ERR_CONFIG, "plain http"},
		{"HTTP://example.com", ERR_CONFIG, "plain http"},
		{"http:///example.com/x", ERR_CONFIG, "example.com: plain http"},
		{"ftp://127.0.0.1/x", ERR_CONFIG, "only https"},
		{"file:///etc/passwd", ERR_CONFIG, "only https"},
		{"https://exa mple/", ERR_CONFIG, "no URL"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct heard a = {0};

		client_get(c, cases[i].url, &a);
		check_case(cases[i].url, a.err.code == cases[i].code);
		if (!strstr(a.err.text, cases[i].text))
			fail_msg("case \"%s\": %s", cases[i].url, a.err.text);
		heard_fini(&a);
	}
}

static void a_line_end_in_a_header_is_refused(void **state)
{
	struct client *c = *state;
	const struct http_auth bad_auth = {.kind = HTTP_AUTH_BEARER,
					   .secret = STR("tok\nen")};
	struct http_header bad[] = {{STR("X-Name"), STR("a\r\nEvil: b")}};
	struct http_request requests[] = {
		{.headers = bad, .n_headers = 1},
		{.auth = &bad_auth},
	};

	for (size_t i = 0; i < 2; i++) {
		struct heard a = {0};

		client_send(c, "/x", requests[i], &a);
		client_wait(c, &a);
		assert_int_equal(a.err.code, ERR_CONFIG);
		assert_non_null(strstr(a.err.text, "line end"));
		heard_fini(&a);
	}
	assert_int_equal(fake_server_count(c->server), 0);
}

static void a_closed_port_is_named(void **state)
{
	struct client *c = *state;
	struct fake_server *gone = fake_server_new(c->loop);
	struct heard a = {0};
	struct http_request r = {.method = HTTP_POST};
	char url[64];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d", fake_server_port(gone));
	fake_server_free(gone);
	loop_turn(c->loop, 0);
	client_send(c, url, r, &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_NETWORK);
	assert_non_null(strstr(a.err.text, "connection refused"));
	assert_non_null(strstr(a.err.text, url + strlen("http://")));
	heard_fini(&a);
}

/* The fake server as a proxy: what is asked of it is a CONNECT. */
static void a_proxy_that_refuses_is_named(void **state)
{
	struct client *c = *state;
	struct http_options options = {.proxy = fake_server_url(c->server)};
	struct heard a = {0}, local = {0};

	client_reopen(c, &options);
	fake_server_on(c->server, "CONNECT", "example.com:443",
		       (struct fake_reply){.status = 407});
	client_get(c, "https://example.com/x", &a);
	assert_int_equal(a.err.code, ERR_AUTH);
	assert_non_null(strstr(a.err.text, "proxy wants a sign-in"));
	/* This machine is never reached through it. */
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	client_get(c, "/x", &local);
	assert_int_equal(local.status, 200);
	assert_int_equal(fake_server_unexpected(c->server), 0);
	heard_fini(&a);
	heard_fini(&local);
}

static void the_environment_names_the_proxy(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	setenv("https_proxy", fake_server_url(c->server), 1);
	fake_server_on(c->server, "CONNECT", "example.com:443",
		       (struct fake_reply){.status = 403});
	client_get(c, "https://example.com/x", &a);
	unsetenv("https_proxy");
	assert_int_equal(a.err.code, ERR_REFUSED);
	assert_non_null(strstr(a.err.text, "(403)"));
	heard_fini(&a);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_redirect_takes_no_token_along),
		CASE(keys_and_writes_are_not_redirected),
		CASE(circles_end),
		CASE(a_local_call_stays_local),
		CASE(refused_before_anything_is_sent),
		CASE(a_line_end_in_a_header_is_refused),
		CASE(a_closed_port_is_named),
		CASE(a_proxy_that_refuses_is_named),
		CASE(the_environment_names_the_proxy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
