/* Managed identities on the wire: what each host of Azure is asked, to the byte, what
 * it answers, and Arc's challenge with the files it may and may not name. */
#include "unit/check.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/arc.h"
#include "auth/token.h"
#include "unit/scratch.h"
#include "wire/signin.h"

#define METADATA "/metadata/identity/oauth2/token"
#define RESOURCE "resource=https%3A%2F%2Fmanagement.azure.com"
#define COMMON                                                                           \
	"Host: HOST\nUser-Agent: azdeck/test\nAccept-Encoding: gzip, deflate\n"          \
	"Accept: application/json\n"
/* Everything is a text. */
#define IMDS_TOKEN                                                                       \
	"{\"access_token\":\"t1\",\"refresh_token\":\"\",\"expires_in\":\"3599\","       \
	"\"expires_on\":\"1506484173\",\"not_before\":\"1506480273\","                   \
	"\"resource\":\"https://management.azure.com/\",\"token_type\":\"Bearer\"}"

static void point(const char *variable, struct client *c, const char *path)
{
	struct strbuf url;

	strbuf_init(&url, 200);
	strbuf_printf(&url, "%s%s", fake_server_url(c->server), path);
	setenv(variable, url.p, 1);
	strbuf_fini(&url);
}

/* "PREFIXREST" for as long as the program runs: the server borrows it. */
static const char *target_of(const char *prefix, const char *rest)
{
	static char texts[16][200];
	static size_t n;
	char *text = texts[n++ % 16];

	snprintf(text, sizeof(texts[0]), "%s%s", prefix, rest);
	return text;
}

struct host {
	const char *name;
	struct credential_setting settings[3];
	const char *target; /* behind the path */
};

static void test_a_machine(void **state)
{
	static const struct host rows[] = {
		{"its own", {{0}}, "?api-version=2018-02-01&" RESOURCE},
		{"by client id",
		 {{"client_id", "5e29463d-71da"}},
		 "?api-version=2018-02-01&" RESOURCE "&client_id=5e29463d-71da"},
		{"by object id",
		 {{"object_id", "0b1"}},
		 "?api-version=2018-02-01&" RESOURCE "&object_id=0b1"},
		{"by resource id",
		 {{"resource_id", "/subscriptions/s/x"}},
		 "?api-version=2018-02-01&" RESOURCE
		 "&msi_res_id=%2Fsubscriptions%2Fs%2Fx"},
	};
	struct client *c = *state;

	point("AZURE_POD_IDENTITY_AUTHORITY_HOST", c, "/");
	signin_reply(c, "GET", METADATA, 400, "{\"error\":\"invalid_request\"}");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *credential =
			signin_new(c, "managed-identity", rows[i].settings);
		const char *target = target_of(METADATA, rows[i].target);
		struct strbuf want;
		struct got got;

		signin_reply(c, "GET", target, 200, IMDS_TOKEN);
		signin_ask(c, credential, SIGNIN_SCOPE, &got);
		check_case(rows[i].name, got.err.code == ERR_NONE);
		assert_string_equal(got.secret, "t1");
		/* Somebody is there: found without the header, which costs nothing. */
		check_text(rows[i].name, str_from(signin_request(c, 2 * i)),
			   "GET " METADATA "\n" COMMON "\n");
		strbuf_init(&want, 1000);
		strbuf_printf(&want, "GET %s\n" COMMON "Metadata: true\n\n", target);
		check_text(rows[i].name, str_from(signin_request(c, 2 * i + 1)), want.p);
		credential_free(credential);
		strbuf_fini(&want);
	}
	assert_int_equal(fake_server_unexpected(c->server), 0);
}

/* A proxy would ask its own machine's endpoint, or nobody's. */
static void test_never_by_a_proxy(void **state)
{
	struct client *c = *state;
	struct credential *credential;
	struct got got;

	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	point("AZURE_POD_IDENTITY_AUTHORITY_HOST", c, "");
	signin_reply(c, "GET", METADATA, 400, "{}");
	signin_reply(c, "GET", METADATA "?api-version=2018-02-01&" RESOURCE, 200,
		     IMDS_TOKEN);
	credential = signin_new(c, "managed-identity", NULL);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	credential_free(credential);
	unsetenv("http_proxy");
	unsetenv("all_proxy");
}

static void test_no_identity_is_told_at_once(void **state)
{
	struct client *c = *state;
	struct credential *credential;
	struct got got;

	point("AZURE_POD_IDENTITY_AUTHORITY_HOST", c, "");
	signin_reply(c, "GET", METADATA, 400, "{}");
	signin_reply(c, "GET", METADATA "?api-version=2018-02-01&" RESOURCE, 400,
		     "{\"error\":\"invalid_request\",\"error_description\":"
		     "\"Identity not found\"}");
	credential = signin_new(c, "managed-identity", NULL);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_string_equal(got.err.text,
			    "the identity endpoint of this machine: sign-in refused "
			    "(400): Identity not found; assign one, or check the one "
			    "that is set");
	assert_int_equal(fake_server_count(c->server), 2);
	credential_free(credential);
}

/* A new identity: 404 for a moment. The first wait is none. */
static void test_not_yet_known(void **state)
{
	struct client *c = *state;
	const char *target = METADATA "?api-version=2018-02-01&" RESOURCE;
	struct credential *credential;
	struct got got;

	point("AZURE_POD_IDENTITY_AUTHORITY_HOST", c, "");
	signin_reply(c, "GET", METADATA, 404, "");
	signin_reply(c, "GET", target, 404, "");
	signin_reply(c, "GET", target, 200, IMDS_TOKEN);
	credential = signin_new(c, "managed-identity", NULL);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	assert_int_equal(fake_server_count(c->server), 3);
	credential_free(credential);
}

/* A port that is taken, so that no other test gets it, and at which nobody listens. */
static int take_port(char *url, size_t size)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &n), 0);
	snprintf(url, size, "http://127.0.0.1:%d", ntohs(address.sin_port));
	return fd;
}

static void test_nobody_there(void **state)
{
	struct client *c = *state;
	struct credential *credential;
	struct got got;
	char url[64];
	int fd = take_port(url, sizeof(url));

	setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", url, 1);
	credential = signin_new(c, "managed-identity", NULL);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "no managed identity here: 127.0.0.1:"));
	credential_free(credential);
	close(fd);
}

static void test_app_service(void **state)
{
	static const struct host rows[] = {
		{"its own", {{0}}, "?api-version=2019-08-01&" RESOURCE},
		{"by client id",
		 {{"client_id", "c1"}},
		 "?api-version=2019-08-01&" RESOURCE "&client_id=c1"},
		{"by object id",
		 {{"object_id", "o1"}},
		 "?api-version=2019-08-01&" RESOURCE "&principal_id=o1"},
		{"by resource id",
		 {{"resource_id", "/s"}},
		 "?api-version=2019-08-01&" RESOURCE "&mi_res_id=%2Fs"},
	};
	struct client *c = *state;

	clock_init_manual(&c->clock, INT64_C(1586981135000));
	point("IDENTITY_ENDPOINT", c, "/msi/token/");
	setenv("IDENTITY_HEADER", "853b9a84-5bfa", 1);
	/* Another host's, carried by an image. */
	setenv("MSI_ENDPOINT", "http://127.0.0.1:1/", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *credential =
			signin_new(c, "managed-identity", rows[i].settings);
		const char *target = target_of("/msi/token/", rows[i].target);
		struct strbuf want;
		struct got got;

		/* No expires_in; an hour from now. */
		signin_reply(c, "GET", target, 200,
			     "{\"access_token\":\"t1\",\"expires_on\":\"1586984735\","
			     "\"resource\":\"r\",\"token_type\":\"Bearer\"}");
		signin_ask(c, credential, SIGNIN_SCOPE, &got);
		check_case(rows[i].name, got.err.code == ERR_NONE);
		strbuf_init(&want, 1000);
		strbuf_printf(&want,
			      "GET %s\n" COMMON "X-IDENTITY-HEADER: 853b9a84-5bfa\n\n",
			      target);
		check_text(rows[i].name, str_from(signin_request(c, i)), want.p);
		credential_free(credential);
		strbuf_fini(&want);
	}
}

static void test_machine_learning_and_cloud_shell(void **state)
{
	struct client *c = *state;
	const struct credential_setting settings[] = {{"client_id", "c1"}, {0}};
	struct credential *credential;
	struct got got;

	point("MSI_ENDPOINT", c, "/ml");
	setenv("MSI_SECRET", "5ecret", 1);
	credential = signin_new(c, "managed-identity", settings);
	signin_reply(c, "GET", "/ml?api-version=2017-09-01&" RESOURCE "&clientid=c1", 200,
		     IMDS_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	assert_string_equal(signin_request(c, 0),
			    "GET /ml?api-version=2017-09-01&" RESOURCE
			    "&clientid=c1\n" COMMON "secret: 5ecret\n\n");
	credential_free(credential);

	unsetenv("MSI_SECRET");
	credential = signin_new(c, "managed-identity", NULL);
	signin_reply(c, "POST", "/ml", 200, IMDS_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	assert_string_equal(signin_request(c, 1),
			    "POST /ml\n" COMMON "Metadata: true\n"
			    "Content-Type: application/x-www-form-urlencoded\n"
			    "Content-Length: 43\n\n" RESOURCE);
	credential_free(credential);
}

#define ARC_TARGET "/arc/token?api-version=2019-11-01&" RESOURCE

struct arc {
	struct strbuf challenge;
	struct credential *credential;
};

/* A folder of the test's stands for the agent's; it is `in_folder` that the agent
 * wants read, or `path` as it is. */
static void arc_new(struct arc *a, struct client *c, const char *in_folder,
		    const char *path)
{
	struct credential_setting settings[] = {{"key_folder", scratch_path("keys")},
						{0}};

	point("IDENTITY_ENDPOINT", c, "/arc/token");
	setenv("IMDS_ENDPOINT", "http://127.0.0.1:1", 1);
	strbuf_init(&a->challenge, 8192);
	strbuf_puts(&a->challenge, "WWW-Authenticate: Basic realm=");
	if (in_folder)
		strbuf_printf(&a->challenge, "%s/%s\r\n", settings[0].value, in_folder);
	else
		strbuf_printf(&a->challenge, "%s\r\n", path);
	fake_server_on(c->server, "GET", ARC_TARGET,
		       (struct fake_reply){.status = 401, .headers = a->challenge.p});
	signin_reply(c, "GET", ARC_TARGET, 200, IMDS_TOKEN);
	a->credential = signin_new(c, "managed-identity", settings);
}

static void arc_free(struct arc *a)
{
	credential_free(a->credential);
	strbuf_fini(&a->challenge);
}

static const char *write_key(const char *name, struct str bytes)
{
	char path[80];

	mkdir(scratch_path("keys"), 0700);
	snprintf(path, sizeof(path), "keys/%s", name);
	return scratch_write(path, bytes, 0640);
}

static void test_arc(void **state)
{
	struct client *c = *state;
	struct got got;
	struct arc a;

	/* As the agent wrote it: not encoded again, not decoded. */
	write_key("ab-12.key", STR("pAss=w0rd"));
	arc_new(&a, c, "ab-12.key", NULL);
	signin_ask(c, a.credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.secret, "t1");
	assert_string_equal(signin_request(c, 0),
			    "GET " ARC_TARGET "\n" COMMON "Metadata: true\n\n");
	assert_string_equal(signin_request(c, 1),
			    "GET " ARC_TARGET "\n" COMMON "Metadata: true\n"
			    "Authorization: Basic pAss=w0rd\n\n");
	arc_free(&a);
}

/* Whoever took the agent's port learns nothing from us. */
static void test_arc_refuses(void **state)
{
	static char large[4097];
	static const struct {
		const char *name, *in_folder, *path, *text;
	} rows[] = {
		{"another place", NULL, "/etc/passwd", "is no key in"},
		{"a way out", "../secret.key", NULL, "is no key in"},
		{"a folder below", "sub/x.key", NULL, "is no key in"},
		{"no key", "x.txt", NULL, "is no key in"},
		{"no name", ".key", NULL, "is no key in"},
		{"no path", NULL, "", "is no key in"},
		{"a link", "link.key", NULL, "cannot open Arc's key"},
		{"a folder", "folder.key", NULL, "is no regular file"},
		{"too large", "large.key", NULL, "is no regular file of at most"},
		{"empty", "empty.key", NULL, "cannot be read"},
		{"missing", "missing.key", NULL, "cannot open Arc's key"},
	};
	struct client *c = *state;

	memset(large, 'x', sizeof(large));
	write_key("large.key", (struct str){large, sizeof(large)});
	write_key("empty.key", STR(""));
	mkdir(scratch_path("keys/folder.key"), 0700);
	assert_int_equal(symlink(scratch_path("keys/large.key"),
				 scratch_path("keys/link.key")),
			 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct got got;
		struct arc a;

		fake_server_free(c->server);
		c->server = fake_server_new(c->loop);
		arc_new(&a, c, rows[i].in_folder, rows[i].path);
		signin_ask(c, a.credential, SIGNIN_SCOPE, &got);
		check_case(rows[i].name, got.err.code != ERR_NONE);
		check_case(rows[i].name, strstr(got.err.text, rows[i].text));
		check_case(rows[i].name, fake_server_count(c->server) == 1);
		arc_free(&a);
	}
}

static void test_arc_challenges(void **state)
{
	static const struct {
		const char *challenge, *name; /* NULL: refused */
	} rows[] = {
		{"Basic realm=" ARC_KEYS "/a.key", "a.key"},
		{"basic realm=\"" ARC_KEYS "/a.key\"", "a.key"},
		{"Basic realm=" ARC_KEYS "x/a.key", NULL},
		{"Basic realm=" ARC_KEYS "/", NULL},
		{"Basic realm=" ARC_KEYS, NULL},
		{"Basic realm=" ARC_KEYS "//a.key", NULL},
		{"Basic realm=" ARC_KEYS "/a b.key", NULL},
		{"Basic realm=" ARC_KEYS "/.a.key", NULL},
		{"Bearer realm=" ARC_KEYS "/a.key", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str name = {0};
		struct err err;
		bool ok =
			arc_key_name(str_from(rows[i].challenge), ARC_KEYS, &name, &err);

		check_case(rows[i].challenge, ok == (rows[i].name != NULL));
		if (ok)
			check_text(rows[i].challenge, name, rows[i].name);
	}
}

/* Given up while the key is read. */
static void test_arc_freed_in_the_middle(void **state)
{
	struct client *c = *state;
	struct got got = {0};
	struct arc a;

	write_key("k.key", STR("x"));
	arc_new(&a, c, "k.key", NULL);
	credential_ask(a.credential, STR(SIGNIN_SCOPE), signin_came, &got);
	client_wait_for_requests(c, 1);
	for (int i = 0; i < 3; i++)
		loop_turn(c->loop, 1);
	arc_free(&a);
	loop_turn(c->loop, 5);
	assert_int_equal(got.n, 0);
}

static void test_settings(void **state)
{
	static const struct {
		const char *name, *variable, *value;
		struct credential_setting settings[3];
		const char *text;
	} rows[] = {
		{"two identities",
		 "IDENTITY_HEADER",
		 "h",
		 {{"client_id", "c"}, {"object_id", "o"}},
		 "object_id: one of client_id, object_id and resource_id is enough"},
		{"Arc has its own alone",
		 "IMDS_ENDPOINT",
		 "http://x",
		 {{"client_id", "c"}},
		 "client_id: Azure Arc cannot be asked for an identity by it"},
		{"Service Fabric",
		 "IDENTITY_SERVER_THUMBPRINT",
		 "AB",
		 {{0}},
		 "a managed identity of Service Fabric cannot be used here; use a "
		 "certificate"},
	};
	struct client *c = *state;

	setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:1/", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err;

		if (i == 1)
			unsetenv("IDENTITY_HEADER");
		if (i == 2)
			setenv("IDENTITY_HEADER", "h", 1);
		setenv(rows[i].variable, rows[i].value, 1);
		check_case(rows[i].name,
			   !signin_make(c, "managed-identity", rows[i].settings, &err));
		check_text(rows[i].name, str_from(err.text), rows[i].text);
	}
}

/* When neither way says how long, the token does. */
static void test_lifetimes(void **state)
{
	static const struct {
		const char *name, *body;
		int64_t lifetime_ms; /* 0: no token */
	} rows[] = {
		{"in wins", "{\"access_token\":\"t\",\"expires_in\":60,\"expires_on\":9}",
		 60000},
		{"on, as a text", "{\"access_token\":\"t\",\"expires_on\":\"1060\"}",
		 60000},
		{"on, as a number", "{\"access_token\":\"t\",\"expires_on\":1060.5}",
		 60500},
		{"over", "{\"access_token\":\"t\",\"expires_on\":\"1000\"}", 0},
		{"a date as older ones have it, and a token that says",
		 "{\"access_token\":\"e30.eyJleHAiOjEyMDB9.x\","
		 "\"expires_on\":\"1/1/1970 0:20:00 AM +00:00\"}",
		 200000},
		{"a date, and an opaque token",
		 "{\"access_token\":\"t\",\"expires_on\":\"1/1/1970 0:20:00 AM +00:00\"}",
		 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct token_answer got;
		struct err err;
		bool ok = token_answer_parse(str_from(rows[i].body), 1000000, &got, &err);

		check_case(rows[i].name, ok == (rows[i].lifetime_ms > 0));
		check_case(rows[i].name, got.lifetime_ms == rows[i].lifetime_ms);
		token_answer_fini(&got);
	}
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_a_machine),
		signin_test(test_never_by_a_proxy),
		signin_test(test_no_identity_is_told_at_once),
		signin_test(test_not_yet_known),
		signin_test(test_nobody_there),
		signin_test(test_app_service),
		signin_test(test_machine_learning_and_cloud_shell),
		signin_test(test_arc),
		signin_test(test_arc_refuses),
		cmocka_unit_test(test_arc_challenges),
		signin_test(test_arc_freed_in_the_middle),
		signin_test(test_settings),
		signin_test(test_lifetimes),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
