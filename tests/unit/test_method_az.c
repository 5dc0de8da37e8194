/* The Azure CLI as a source: a script stands in its place, writes down how it was
 * called, and prints what az prints. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/az_answer.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "unit/scratch.h"
#include "wire/signin.h"

#define NOW_MS INT64_C(1700688824000)
#define TOKEN                                                                            \
	"{\"accessToken\": \"t1\", \"expiresOn\": \"2023-11-22 22:33:44.000000\", "      \
	"\"expires_on\": 1700692424, \"subscription\": \"s\", \"tenant\": \"t\", "       \
	"\"tokenType\": \"Bearer\"}"

static char old_path[4096];

static int make_folder(void **state)
{
	const char *path = getenv("PATH");

	snprintf(old_path, sizeof(old_path), "%s", path ? path : "");
	return scratch_make(state);
}

/* The script's end; what it was called with goes to a file first. */
static void install(const char *end)
{
	struct strbuf script, path;

	strbuf_init(&script, 8192);
	strbuf_printf(&script, "#!/bin/sh\nprintf '[%%s]' \"$@\" >%s\n%s\n",
		      scratch_path("called"), end);
	scratch_write("az", strbuf_str(&script), 0700);
	strbuf_init(&path, 8192);
	strbuf_puts(&path, scratch_path("az"));
	strbuf_cut(&path, path.n - 3);
	strbuf_printf(&path, ":%s", old_path);
	setenv("PATH", path.p, 1);
	strbuf_fini(&path);
	strbuf_fini(&script);
}

static void print(struct strbuf *script, const char *text, const char *to)
{
	strbuf_init(script, 8192);
	strbuf_printf(script, "cat %s<<'EOF'\n%s\nEOF\n", to, text);
}

static void ask(struct client *c, const struct credential_setting *settings,
		struct got *got)
{
	struct credential *credential = signin_new(c, "az", settings);

	signin_ask(c, credential, SIGNIN_SCOPE, got);
	credential_free(credential);
}

static void check_called(const char *want)
{
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 4096);
	assert_true(file_read(scratch_path("called"), &text, &err));
	assert_string_equal(text.p, want);
	strbuf_fini(&text);
}

#define CALLED                                                                           \
	"[account][get-access-token][--output][json][--scope]"                           \
	"[https://management.azure.com/.default]"

static void test_a_token(void **state)
{
	static const struct {
		const char *name;
		struct credential_setting settings[2];
		const char *called;
	} rows[] = {
		{"its own", {{0}}, CALLED},
		{"of a tenant",
		 {{"tenant", "contoso.example"}},
		 CALLED "[--tenant][contoso.example]"},
		{"of a subscription",
		 {{"subscription", "s-1"}},
		 CALLED "[--subscription][s-1]"},
	};
	struct client *c = *state;
	struct strbuf script;

	print(&script, TOKEN, "");
	install(script.p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct got got;

		clock_init_manual(&c->clock, NOW_MS);
		ask(c, rows[i].settings, &got);
		check_text(rows[i].name, str_from(got.err.text), "");
		assert_int_equal(got.kind, HTTP_AUTH_BEARER);
		assert_string_equal(got.secret, "t1");
		check_called(rows[i].called);
	}
	strbuf_fini(&script);
}

/* Ahead of its end it is asked again, once for all who wait. */
static void test_renewed(void **state)
{
	struct client *c = *state;
	struct strbuf script;
	struct credential *credential;
	struct got got, other = {0};

	print(&script, TOKEN, "");
	install(script.p);
	clock_init_manual(&c->clock, NOW_MS);
	credential = signin_new(c, "az", NULL);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	remove(scratch_path("called"));
	clock_advance(&c->clock, 3299000);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_not_equal(access(scratch_path("called"), F_OK), 0);
	clock_advance(&c->clock, 1000);
	got = (struct got){0};
	credential_ask(credential, STR(SIGNIN_SCOPE), signin_came, &got);
	credential_ask(credential, STR(SIGNIN_SCOPE), signin_came, &other);
	signin_wait(c, &other);
	assert_string_equal(got.secret, "t1");
	check_called(CALLED);
	credential_free(credential);
	strbuf_fini(&script);
}

static void test_failures(void **state)
{
	static const struct {
		const char *name, *errs;
		const char *end;
		const char *text;
	} rows[] = {
		{"nobody signed in", "ERROR: Please run 'az login' to setup account.",
		 "exit 1", "nobody has signed in to az; run: az login"},
		{"a number we know",
		 "WARNING: old\nERROR: AADSTS700082: The refresh token has expired.\n"
		 "To re-authenticate, please run: az login",
		 "exit 1",
		 "az: AADSTS700082: The refresh token has expired.; sign in again: "
		 "azdeck "
		 "login, or az login"},
		{"another reason", "ERROR: Connection \033[31mreset\nTrace", "exit 1",
		 "az: Connection reset"},
		{"no word", "", "exit 7",
		 "az ended with 7 and no word; try: az account show"},
		{"a web page for a token", "", "echo '<html>'",
		 "az printed something else than a token; try: az account "
		 "get-access-token"},
		{"a token that has ended", "",
		 "echo '{\"accessToken\":\"t\",\"expires_on\":1}'",
		 "az gave a token that has ended; compare this machine's clock, or run: "
		 "az "
		 "login"},
		{"no end to it", "", "yes", "az: it prints more than 65536 bytes"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf script;
		struct got got;

		print(&script, rows[i].errs, ">&2 ");
		strbuf_puts(&script, rows[i].end);
		install(script.p);
		ask(c, NULL, &got);
		check_case(rows[i].name, got.err.code != ERR_NONE);
		check_text(rows[i].name, str_from(got.err.text), rows[i].text);
		strbuf_fini(&script);
	}
}

static void test_not_installed(void **state)
{
	struct client *c = *state;
	struct got got;

	setenv("PATH", "/nonexistent", 1);
	ask(c, NULL, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_string_equal(got.err.text,
			    "az is not on the PATH; install the Azure CLI, or sign in "
			    "another way");
}

static void test_freed_while_it_runs(void **state)
{
	struct client *c = *state;
	struct credential *credential = signin_new(c, "az", NULL);
	struct got got = {0};

	install("cat </dev/zero >/dev/null");
	credential_ask(credential, STR(SIGNIN_SCOPE), signin_came, &got);
	loop_turn(c->loop, 5);
	credential_free(credential);
	loop_turn(c->loop, 5);
	assert_int_equal(got.n, 0);
}

static void test_odd_words(void **state)
{
	static const struct {
		struct credential_setting settings[3];
		const char *text;
	} rows[] = {
		{{{"tenant", "a;b"}}, "tenant: letters, digits and .:/_- alone"},
		{{{"tenant", "--query"}}, "tenant: letters, digits and .:/_- alone"},
		{{{"subscription", "Atlas prod"}},
		 "subscription: letters, digits and .:/_- alone"},
		{{{"tenant", "t"}, {"subscription", "s"}},
		 "subscription: az takes this or a tenant, not both"},
	};
	struct client *c = *state;
	struct credential *credential;
	struct got got;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err;

		assert_null(signin_make(c, "az", rows[i].settings, &err));
		assert_string_equal(err.text, rows[i].text);
	}
	remove(scratch_path("called"));
	install(":");
	credential = signin_new(c, "az", NULL);
	signin_ask(c, credential, "https://x/.default $(id)", &got);
	assert_int_equal(got.err.code, ERR_CONFIG);
	assert_int_not_equal(access(scratch_path("called"), F_OK), 0);
	credential_free(credential);
}

static void test_answers(void **state)
{
	static const struct {
		const char *name, *out;
		int64_t lifetime_ms; /* 0: none */
	} rows[] = {
		{"a number", "{\"accessToken\":\"t\",\"expires_on\":1700692424}",
		 3600000},
		{"a text", "{\"accessToken\":\"t\",\"expires_on\":\"1700692424\"}",
		 3600000},
		{"local time alone, as older ones print it",
		 "{\"accessToken\":\"t\",\"expiresOn\":\"2023-11-22 22:33:44.000000\"}",
		 3600000},
		{"both: the number counts",
		 "{\"accessToken\":\"t\",\"expiresOn\":\"2022-08-24 00:43:08.000000\","
		 "\"expires_on\":1700692424}",
		 3600000},
		{"no end", "{\"accessToken\":\"t\"}", 0},
		{"no date", "{\"accessToken\":\"t\",\"expiresOn\":\"soon\"}", 0},
		{"no token", "{\"expires_on\":1700692424}", 0},
		{"an empty one", "{\"accessToken\":\"\",\"expires_on\":1700692424}", 0},
		{"nothing", "", 0},
	};

	(void)state;
	/* 22:33:44 there is 22:33:44 UTC. */
	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct token_answer token;
		struct err err;
		bool ok = az_answer_parse(str_from(rows[i].out), NOW_MS, &token, &err);

		check_case(rows[i].name, ok == (rows[i].lifetime_ms > 0));
		check_case(rows[i].name, token.lifetime_ms == rows[i].lifetime_ms);
		token_answer_fini(&token);
	}
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_a_token),
		signin_test(test_renewed),
		signin_test(test_failures),
		signin_test(test_not_installed),
		signin_test(test_freed_while_it_runs),
		signin_test(test_odd_words),
		signin_test(test_answers),
	};

	return cmocka_run_group_tests(tests, make_folder, scratch_drop);
}
