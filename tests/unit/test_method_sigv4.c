/* Keys of AWS: where they come from, and the signature that a call has on the wire,
 * computed here a second time from what arrived. */
#include "unit/check.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "auth/aws_file.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "unit/scratch.h"
#include "wire/signin.h"

enum { SUM = 32 };

static void hmac(const unsigned char *key, size_t n, struct str text, unsigned char *out)
{
	unsigned int got = SUM;

	assert_non_null(HMAC(EVP_sha256(), key, (int)n, (const unsigned char *)text.p,
			     text.n, out, &got));
}

static void put_sum(struct strbuf *out, struct str text)
{
	unsigned char sum[SUM];
	char hex[2 * SUM + 1];

	EVP_Digest(text.p, text.n, sum, NULL, EVP_sha256(), NULL);
	strbuf_puts(out, sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum)));
}

/* What the signature of this canonical request must be. */
static void sign(const char *secret, struct str date, const char *region,
		 const char *service, struct str canonical, char hex[2 * SUM + 1])
{
	const struct str parts[] = {str_sub(date, 0, 8), str_from(region),
				    str_from(service), STR("aws4_request")};
	unsigned char key[SUM], next[SUM];
	struct strbuf text;

	strbuf_init(&text, 4096);
	strbuf_printf(&text, "AWS4%s", secret);
	hmac((const unsigned char *)text.p, text.n, parts[0], key);
	for (size_t i = 1; i < 4; i++) {
		hmac(key, SUM, parts[i], next);
		memcpy(key, next, SUM);
	}
	strbuf_reset(&text);
	strbuf_printf(&text, "AWS4-HMAC-SHA256\n%.*s\n%.*s/%s/%s/aws4_request\n",
		      STR_ARG(date), STR_ARG(parts[0]), region, service);
	put_sum(&text, canonical);
	hmac(key, SUM, strbuf_str(&text), next);
	sodium_bin2hex(hex, 2 * SUM + 1, next, SUM);
	strbuf_fini(&text);
}

/* A section of the vendor's sample, between its marks. */
static struct str section(struct str text, const char *name)
{
	char mark[80];
	ptrdiff_t at, end;

	snprintf(mark, sizeof(mark), "--- %s\n", name);
	at = str_find(text, str_from(mark));
	assert_true(at >= 0);
	text = str_sub(text, (size_t)at + strlen(mark), text.n);
	end = str_find(text, STR("\n---"));
	return str_trim(end < 0 ? text : str_sub(text, 0, (size_t)end));
}

/* Our own second computation is right by the vendor's sample. */
static void test_the_vendors_sample(void **state)
{
	const char *src = getenv("AZ_SRCDIR");
	char path[4096], hex[2 * SUM + 1];
	struct strbuf text;
	struct err err;

	(void)state;
	snprintf(path, sizeof(path), "%s/../shared/wire/other/aws-sigv4-get-vanilla.txt",
		 src ? src : ".");
	strbuf_init(&text, 1 << 16);
	if (!file_read(path, &text, &err)) {
		printf("# the vendor's sample is not here\n");
		strbuf_fini(&text);
		return;
	}
	sign("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", STR("20150830T123600Z"),
	     "us-east-1", "service",
	     section(strbuf_str(&text), "header-canonical-request.txt"), hex);
	check_text("signature", section(strbuf_str(&text), "header-signature.txt"), hex);
	strbuf_fini(&text);
}

/* "NAME=VALUE" of an Authorization header. */
static struct str part(struct str header, const char *name)
{
	ptrdiff_t at = str_find(header, str_from(name)), end;

	assert_true(at >= 0);
	header = str_sub(header, (size_t)at + strlen(name) + 1, header.n);
	end = str_find_char(header, ',');
	return end < 0 ? header : str_sub(header, 0, (size_t)end);
}

static void check_signature(const struct fake_request *r, const char *secret,
			    const char *region, const char *service)
{
	struct str header = fake_request_header(r, "authorization");
	struct str names = part(header, "SignedHeaders"), name;
	struct str path = r->target, query = {0};
	ptrdiff_t mark = str_find_char(path, '?');
	struct strbuf canonical;
	char hex[2 * SUM + 1];

	if (mark >= 0) {
		query = str_sub(path, (size_t)mark + 1, path.n);
		path = str_sub(path, 0, (size_t)mark);
	}
	strbuf_init(&canonical, 1 << 16);
	strbuf_printf(&canonical, "%.*s\n%.*s\n%.*s\n", STR_ARG(r->method), STR_ARG(path),
		      STR_ARG(query));
	for (struct str rest = names; str_next(&rest, ';', &name);) {
		char text[80];

		snprintf(text, sizeof(text), "%.*s", STR_ARG(name));
		strbuf_printf(&canonical, "%s:%.*s\n", text,
			      STR_ARG(str_trim(fake_request_header(r, text))));
	}
	strbuf_printf(&canonical, "\n%.*s\n", STR_ARG(names));
	put_sum(&canonical, r->body);
	sign(secret, fake_request_header(r, "x-amz-date"), region, service,
	     strbuf_str(&canonical), hex);
	check_text("signature", part(header, "Signature"), hex);
	strbuf_fini(&canonical);
}

static bool has_name(struct str names, const char *wanted)
{
	struct str name;

	while (str_next(&names, ';', &name)) {
		if (str_eq(name, str_from(wanted)))
			return true;
	}
	return false;
}

static void ask(struct client *c, const struct credential_setting *settings,
		struct got *got)
{
	struct credential *credential = signin_new(c, "sigv4", settings);

	signin_ask(c, credential, "", got);
	credential_free(credential);
}

/* Makes a call with what came, and looks at what arrived. */
static struct fake_request call(struct client *c, const struct got *got,
				struct http_request request, const char *path)
{
	struct http_auth auth = {.kind = got->kind,
				 .user = str_from(got->user),
				 .secret = str_from(got->secret),
				 .name = str_from(got->name),
				 .session = str_from(got->session)};
	struct heard a = {0};

	fake_server_on(c->server, request.method == HTTP_GET ? "GET" : "POST", path,
		       (struct fake_reply){.status = 200, .body = STR("{}")});
	request.auth = &auth;
	client_send(c, path, request, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	heard_fini(&a);
	return fake_server_request(c->server, fake_server_count(c->server) - 1);
}

static const struct credential_setting by_key[] = {
	{"service", "sagemaker"},
	{"region", "eu-west-1"},
	{"key_id", "AKIDATLAS"},
	{"secret", "env:AZ_TEST_SECRET"},
	{0},
};

static void test_a_signed_get(void **state)
{
	struct client *c = *state;
	struct fake_request r;
	struct str header;
	struct got got;

	setenv("AZ_TEST_SECRET", "wJalr/XUtn+FEMI", 1);
	ask(c, by_key, &got);
	assert_int_equal(got.kind, HTTP_AUTH_SIGV4);
	r = call(c, &got, (struct http_request){.method = HTTP_GET}, "/endpoints");
	header = fake_request_header(&r, "authorization");
	assert_true(str_starts(header, STR("AWS4-HMAC-SHA256 Credential=AKIDATLAS/")));
	assert_true(str_ends(part(header, "Credential"),
			     STR("/eu-west-1/sagemaker/aws4_request")));
	check_signature(&r, "wJalr/XUtn+FEMI", "eu-west-1", "sagemaker");
	assert_int_equal(str_find(r.head, STR("wJalr")), -1);
	assert_int_equal(fake_request_header(&r, "x-amz-security-token").n, 0);
}

/* The session token goes along and is signed; so is the body. */
static void test_a_signed_post_of_a_temporary_key(void **state)
{
	const struct http_header headers[] = {
		{STR("Content-Type"), STR("application/x-amz-json-1.1")},
		{STR("X-Amz-Target"), STR("SageMaker.ListEndpoints")},
	};
	struct client *c = *state;
	struct fake_request r;
	struct str names;
	struct got got;

	setenv("AWS_REGION", "us-east-1", 1);
	setenv("AWS_ACCESS_KEY_ID", "ASIATEMP", 1);
	setenv("AWS_SECRET_ACCESS_KEY", "temp/secret", 1);
	setenv("AWS_SESSION_TOKEN", "sess//ion==", 1);
	ask(c, (const struct credential_setting[]){{"service", "sagemaker"}, {0}}, &got);
	assert_string_equal(got.user, "ASIATEMP");
	assert_string_equal(got.session, "sess//ion==");
	r = call(c, &got,
		 (struct http_request){.method = HTTP_POST,
				       .headers = headers,
				       .n_headers = 2,
				       .body = STR("{\"MaxResults\":100}")},
		 "/");
	check_text("token", fake_request_header(&r, "x-amz-security-token"),
		   "sess//ion==");
	names = part(fake_request_header(&r, "authorization"), "SignedHeaders");
	assert_true(has_name(names, "host"));
	assert_true(has_name(names, "x-amz-date"));
	assert_true(has_name(names, "x-amz-security-token"));
	assert_true(has_name(names, "x-amz-target"));
	check_signature(&r, "temp/secret", "us-east-1", "sagemaker");
}

#define PROFILES                                                                         \
	"# kept by a tool\r\n[default]\r\naws_access_key_id = AKIADEF\r\n"               \
	"aws_secret_access_key=def/+=x\r\n\n"                                            \
	"[ prod ] ; on call\nAWS_ACCESS_KEY_ID=AKIAPROD\n"                               \
	"aws_secret_access_key = old\n; no\nregion = x\naws_secret_access_key = "        \
	"prod=1\n"                                                                       \
	"aws_session_token = tok en\nnested =\n  aws_access_key_id = AKIANESTED\n"       \
	"[empty]\n[half]\naws_access_key_id=A\n"

static void test_sources(void **state)
{
	static const struct {
		const char *name;
		const char *profile;	 /* setting */
		const char *env_profile; /* AWS_PROFILE */
		const char *env_id;	 /* AWS_ACCESS_KEY_ID, with session "S" */
		const char *user, *secret, *session;
	} rows[] = {
		{"the default", NULL, NULL, NULL, "AKIADEF", "def/+=x", ""},
		{"a profile", "prod", NULL, NULL, "AKIAPROD", "prod=1", "tok en"},
		{"a profile in the environment", NULL, "prod", NULL, "AKIAPROD", "prod=1",
		 "tok en"},
		{"a key in the environment", NULL, "prod", "AKIAENV", "AKIAENV", "e",
		 "S"},
		{"a profile that is named", "prod", NULL, "AKIAENV", "AKIAPROD", "prod=1",
		 "tok en"},
	};
	struct client *c = *state;

	setenv("AWS_SHARED_CREDENTIALS_FILE", scratch_write("aws", STR(PROFILES), 0600),
	       1);
	setenv("AWS_REGION", "us-east-1", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct credential_setting settings[] = {
			{"service", "shield"},
			{rows[i].profile ? "profile" : NULL, rows[i].profile},
			{0},
		};
		struct got got;

		unsetenv("AWS_PROFILE");
		unsetenv("AWS_ACCESS_KEY_ID");
		if (rows[i].env_profile)
			setenv("AWS_PROFILE", rows[i].env_profile, 1);
		if (rows[i].env_id)
			setenv("AWS_ACCESS_KEY_ID", rows[i].env_id, 1);
		setenv("AWS_SECRET_ACCESS_KEY", "e", 1);
		setenv("AWS_SESSION_TOKEN", "S", 1);
		ask(c, settings, &got);
		check_text(rows[i].name, str_from(got.err.text), "");
		check_text(rows[i].name, str_from(got.user), rows[i].user);
		check_text(rows[i].name, str_from(got.secret), rows[i].secret);
		check_text(rows[i].name, str_from(got.session), rows[i].session);
		check_text(rows[i].name, str_from(got.name), "us-east-1:shield");
	}
}

/* The environment's session is not another key's. */
static void test_a_key_of_its_own_has_no_session(void **state)
{
	struct client *c = *state;
	struct got got;

	setenv("AZ_TEST_SECRET", "x", 1);
	setenv("AWS_ACCESS_KEY_ID", "ASIATEMP", 1);
	setenv("AWS_SESSION_TOKEN", "S", 1);
	ask(c, by_key, &got);
	assert_string_equal(got.user, "AKIDATLAS");
	assert_string_equal(got.session, "");
}

static void test_what_is_missing(void **state)
{
	static const struct {
		const char *profile, *text;
	} rows[] = {
		{"nobody", "has no profile \"nobody\""},
		{"empty", "the profile \"empty\" in "},
		{"half", "the profile \"half\" in "},
	};
	struct client *c = *state;
	struct err err;

	setenv("AWS_REGION", "us-east-1", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct credential_setting settings[] = {
			{"service", "shield"},
			{"profile", rows[i].profile},
			{"file", scratch_write("aws", STR(PROFILES), 0600)},
			{0},
		};
		struct got got;

		ask(c, settings, &got);
		check_case(rows[i].profile, got.err.code == ERR_AUTH);
		check_case(rows[i].profile, strstr(got.err.text, rows[i].text));
	}
	assert_null(
		signin_make(c, "sigv4",
			    (const struct credential_setting[]){{"service", "a:b"}, {0}},
			    &err));
	assert_string_equal(err.text, "service: small letters, digits and dashes alone");
	assert_null(signin_make(c, "sigv4",
				(const struct credential_setting[]){{"service", "s"},
								    {"key_id", "A"},
								    {0}},
				&err));
	assert_non_null(strstr(err.text, "secret is missing"));
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_vendors_sample),
		signin_test(test_a_signed_get),
		signin_test(test_a_signed_post_of_a_temporary_key),
		signin_test(test_sources),
		signin_test(test_a_key_of_its_own_has_no_session),
		signin_test(test_what_is_missing),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
