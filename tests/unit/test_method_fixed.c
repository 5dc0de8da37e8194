/* Secrets that are sent as they are, as the service sees them: every header of a call
 * made with them, and digest against a server that computes the response itself. */
#include "unit/check.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "unit/scratch.h"
#include "wire/signin.h"

static void ask(struct client *c, const char *method,
		const struct credential_setting *settings, struct got *got)
{
	struct credential *credential = signin_new(c, method, settings);

	signin_ask(c, credential, "", got);
	credential_free(credential);
}

static struct http_auth auth_of(const struct got *got)
{
	return (struct http_auth){
		.kind = got->kind,
		.user = str_from(got->user),
		.secret = str_from(got->secret),
		.name = str_from(got->name),
		.session = str_from(got->session),
	};
}

/* What a call with it looks like on the wire. */
static const char *called(struct client *c, const struct got *got)
{
	struct http_auth auth = auth_of(got);
	struct heard a = {0};

	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 204});
	client_send(c, "/x", (struct http_request){.auth = &auth}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 204);
	heard_fini(&a);
	return signin_request(c, fake_server_count(c->server) - 1);
}

#define CALL                                                                             \
	"GET /x\nHost: HOST\nUser-Agent: azdeck/test\nAccept-Encoding: gzip, deflate\n"  \
	"Accept: application/json\n"

static void test_on_the_wire(void **state)
{
	static const struct {
		const char *name, *method;
		struct credential_setting settings[4];
		const char *line; /* the header */
	} rows[] = {
		{"a token made by hand",
		 "bearer",
		 {{"token", "env:AZ_TEST_SECRET"}},
		 "Authorization: Bearer s3cr=t"},
		{"DevOps takes no user",
		 "pat",
		 {{"token", "env:AZ_TEST_SECRET"}},
		 "Authorization: Basic OnMzY3I9dA=="},
		{"user and password",
		 "basic",
		 {{"user", "anna@contoso.example/token"},
		  {"password", "env:AZ_TEST_SECRET"}},
		 "Authorization: Basic YW5uYUBjb250b3NvLmV4YW1wbGUvdG9rZW46czNjcj10"},
		{"a key in its usual header",
		 "api-key",
		 {{"key", "env:AZ_TEST_SECRET"}},
		 "api-key: s3cr=t"},
		{"a key in a header of its own",
		 "api-key",
		 {{"key", "env:AZ_TEST_SECRET"}, {"header", "PRIVATE-TOKEN"}},
		 "PRIVATE-TOKEN: s3cr=t"},
		{"a key behind a word",
		 "api-key",
		 {{"key", "env:AZ_TEST_SECRET"},
		  {"header", "Authorization"},
		  {"prefix", "GenieKey "}},
		 "Authorization: GenieKey s3cr=t"},
		{"a key behind an equals sign",
		 "api-key",
		 {{"key", "env:AZ_TEST_SECRET"},
		  {"header", "Authorization"},
		  {"prefix", "Token token="}},
		 "Authorization: Token token=s3cr=t"},
	};
	struct client *c = *state;

	setenv("AZ_TEST_SECRET", " s3cr=t\n", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf want;
		struct got got;

		ask(c, rows[i].method, rows[i].settings, &got);
		check_case(rows[i].name, got.err.code == ERR_NONE);
		strbuf_init(&want, 1000);
		strbuf_printf(&want, CALL "%s\n\n", rows[i].line);
		check_text(rows[i].name, str_from(called(c, &got)), want.p);
		strbuf_fini(&want);
	}
}

static void test_pat_from_a_file_and_the_environment(void **state)
{
	struct client *c = *state;
	struct credential_setting settings[] = {{"token", NULL}, {0}};
	struct strbuf reference;
	struct got got;

	strbuf_init(&reference, 4096);
	strbuf_printf(&reference, "file:%s", scratch_write("pat", STR("abc\n"), 0600));
	settings[0].value = reference.p;
	ask(c, "pat", settings, &got);
	assert_string_equal(got.secret, "abc");
	setenv("AZURE_DEVOPS_EXT_PAT", "def", 1);
	ask(c, "pat", NULL, &got);
	assert_string_equal(got.secret, "def");
	strbuf_fini(&reference);
}

static void test_nothing_where_a_secret_should_be(void **state)
{
	static const struct {
		const char *method;
		struct credential_setting settings[3];
		const char *text;
	} rows[] = {
		{"bearer", {{"token", NULL}}, "token: file:"},
		{"pat", {{"token", NULL}}, "token: file:"},
		{"basic", {{"password", NULL}, {"user", "u"}}, "password: file:"},
		{"digest", {{"password", NULL}, {"user", "u"}}, "password: file:"},
		{"api-key", {{"key", NULL}}, "key: file:"},
	};
	struct client *c = *state;
	struct strbuf reference;

	strbuf_init(&reference, 4096);
	strbuf_printf(&reference, "file:%s", scratch_write("empty", STR("\n"), 0600));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential_setting settings[3];
		struct got got;

		memcpy(settings, rows[i].settings, sizeof(settings));
		settings[0].value = reference.p;
		ask(c, rows[i].method, settings, &got);
		check_case(rows[i].method, got.err.code == ERR_AUTH);
		check_case(rows[i].method, strstr(got.err.text, rows[i].text));
		check_case(rows[i].method, strstr(got.err.text, "/empty is empty"));
	}
	strbuf_fini(&reference);
}

/* A new one is found within a minute; until then it is not even looked for. */
static void test_read_again(void **state)
{
	static const struct credential_setting settings[] = {
		{"token", "env:AZ_TEST_SECRET"},
		{0},
	};
	struct client *c = *state;
	struct credential *credential;
	struct got got;

	clock_init_manual(&c->clock, INT64_C(1795233600000));
	credential = signin_new(c, "bearer", settings);
	setenv("AZ_TEST_SECRET", "one", 1);
	signin_ask(c, credential, "", &got);
	setenv("AZ_TEST_SECRET", "two", 1);
	clock_advance(&c->clock, 29000);
	signin_ask(c, credential, "", &got);
	assert_string_equal(got.secret, "one");
	clock_advance(&c->clock, 31000);
	signin_ask(c, credential, "", &got);
	assert_string_equal(got.secret, "two");
	credential_free(credential);
}

static void md5_hex(const char *text, char out[33])
{
	unsigned char sum[16];

	assert_int_equal(EVP_Digest(text, strlen(text), sum, NULL, EVP_md5(), NULL), 1);
	for (int i = 0; i < 16; i++)
		snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

/* The value of a field of the Authorization header. */
static void field(struct str header, const char *name, char *out, size_t size)
{
	char want[32];
	ptrdiff_t at;
	struct str value;

	snprintf(want, sizeof(want), "%s=", name);
	at = str_find(header, str_from(want));
	if (at < 0)
		fail_msg("%s: not in %.*s", name, STR_ARG(header));
	value = str_sub(header, (size_t)at + strlen(want), header.n);
	if (value.n && value.p[0] == '"')
		value = str_sub(value, 1,
				(size_t)str_find_char(str_sub(value, 1, value.n), '"'));
	else if (str_find_char(value, ',') >= 0)
		value = str_sub(value, 0, (size_t)str_find_char(value, ','));
	snprintf(out, size, "%.*s", STR_ARG(value));
}

/* RFC 7616, computed here from what the client says it used. */
static void check_digest(struct str header, const char *user, const char *password)
{
	char cnonce[80], nc[16], uri[200], response[64], text[600], a1[33], a2[33],
		want[33];

	field(header, "cnonce", cnonce, sizeof(cnonce));
	field(header, "nc", nc, sizeof(nc));
	field(header, "uri", uri, sizeof(uri));
	field(header, "response", response, sizeof(response));
	assert_string_equal(uri, "/api/atlas/v2/groups?pageNum=1");
	assert_string_equal(nc, "00000001");
	assert_true(strlen(cnonce) >= 8);
	snprintf(text, sizeof(text), "%s:MMS Public API:%s", user, password);
	md5_hex(text, a1);
	snprintf(text, sizeof(text), "GET:%s", uri);
	md5_hex(text, a2);
	snprintf(text, sizeof(text), "%s:n0nce:%s:%s:auth:%s", a1, nc, cnonce, a2);
	md5_hex(text, want);
	assert_string_equal(response, want);
}

static void test_digest(void **state)
{
	static const struct credential_setting settings[] = {
		{"user", "public"},
		{"password", "env:AZ_TEST_SECRET"},
		{0},
	};
	struct client *c = *state;
	const char *path = "/api/atlas/v2/groups?pageNum=1";
	struct http_auth auth;
	struct heard a = {0};
	struct fake_request r;
	struct got got;

	setenv("AZ_TEST_SECRET", "pri-vate:x", 1);
	ask(c, "digest", settings, &got);
	assert_int_equal(got.kind, HTTP_AUTH_DIGEST);
	fake_server_on(c->server, "GET", path,
		       (struct fake_reply){.status = 401,
					   .headers = "WWW-Authenticate: Digest "
						      "realm=\"MMS Public API\", "
						      "domain=\"\", nonce=\"n0nce\", "
						      "algorithm=MD5, qop=\"auth\", "
						      "stale=false\r\n"});
	fake_server_on(c->server, "GET", path,
		       (struct fake_reply){.status = 200, .body = STR("[1]")});
	auth = auth_of(&got);
	client_send(c, path, (struct http_request){.auth = &auth}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body.p, "[1]");
	/* The key never leaves without a challenge, and never as it is. */
	r = fake_server_request(c->server, 0);
	assert_int_equal(fake_request_header(&r, "authorization").n, 0);
	r = fake_server_request(c->server, 1);
	check_digest(fake_request_header(&r, "authorization"), "public", "pri-vate:x");
	assert_int_equal(str_find(r.head, STR("pri-vate")), -1);
	assert_int_equal(fake_server_count(c->server), 2);
	heard_fini(&a);
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_on_the_wire),
		signin_test(test_pat_from_a_file_and_the_environment),
		signin_test(test_nothing_where_a_secret_should_be),
		signin_test(test_read_again),
		signin_test(test_digest),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
