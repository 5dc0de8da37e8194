/* Sign-in by a code: every form to the byte, on a clock that is moved by hand; and the
 * tokens that are kept over runs. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/credential.h"
#include "auth/device_code.h"
#include "auth/token_cache.h"
#include "base/secret.h"
#include "fake/fake_http.h"
#include "fake/fake_loop.h"
#include "unit/scratch.h"

#define CLI_CLIENT "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
#define AUTHORITY  "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/"
#define FORM	   "Content-Type: application/x-www-form-urlencoded\n\n"
#define ARM	   "https://management.azure.com/.default"
#define ARM_FORM   "scope=https%3A%2F%2Fmanagement.azure.com%2F.default%20offline_access"
#define VAULT	   "https://vault.azure.net/.default"
#define VAULT_FORM "scope=https%3A%2F%2Fvault.azure.net%2F.default%20offline_access"
#define ASKED_CODE                                                                       \
	"POST " AUTHORITY "devicecode\n" FORM "client_id=" CLI_CLIENT "&" ARM_FORM
#define ASKED_TOKEN                                                                      \
	"POST " AUTHORITY "token\n" FORM                                                 \
	"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"              \
	"&client_id=" CLI_CLIENT "&device_code=HAQABAAEAAAD--DLA3VO7_x"
#define REFRESHED(token, scope)                                                          \
	"POST " AUTHORITY "token\n" FORM "grant_type=refresh_token"                      \
	"&client_id=" CLI_CLIENT "&refresh_token=" token "&" scope

#define CODE                                                                             \
	"{\"user_code\":\"YZMYLD4K\",\"device_code\":\"HAQABAAEAAAD--DLA3VO7_x\","       \
	"\"verification_uri\":\"https://microsoft.com/devicelogin\","                    \
	"\"expires_in\":900,\"interval\":5,\"message\":\"To sign in, open the page "     \
	"https://microsoft.com/devicelogin and enter YZMYLD4K.\"}"
#define PENDING                                                                          \
	"{\"error\":\"authorization_pending\",\"error_description\":\"AADSTS70016: x\"," \
	"\"error_codes\":[70016]}"
#define TOKEN                                                                            \
	"{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"a1\","        \
	"\"refresh_token\":\"r1\"}"

struct got {
	int n;
	char token[20];
	struct err err;
};

struct world {
	struct loop *loop;
	struct http *http;
	struct token_cache *tokens;
	struct credential *credential;
	int n_codes, n_over; /* told */
	char shown[400];
	struct got arm, vault;
};

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct got *got = ctx;

	got->n++;
	got->err = *err;
	snprintf(got->token, sizeof(got->token), "%.*s", STR_ARG(auth->secret));
}

static void told(const char *credential, const struct credential_code *code, void *ctx)
{
	struct world *w = ctx;

	assert_string_equal(credential, "me");
	if (!code) {
		w->n_over++;
		return;
	}
	w->n_codes++;
	assert_int_equal(code->lifetime_ms, 900000);
	snprintf(w->shown, sizeof(w->shown), "%.*s %.*s: %.*s", STR_ARG(code->user_code),
		 STR_ARG(code->url), STR_ARG(code->message));
}

static void open_credential(struct world *w, bool is_anybody_there)
{
	const struct credential_setting settings[] = {{"tenant", "contoso.example"}};
	const struct credential_host host = {.http = w->http,
					     .loop = w->loop,
					     .tokens = w->tokens,
					     .tell_code = is_anybody_there ? told : NULL,
					     .tell_ctx = w};
	struct credential_spec spec = {.name = "me",
				       .method = "device",
				       .settings = settings,
				       .n_settings = 1};
	struct err err;

	w->credential = credential_new(&host, &spec, &err);
	assert_non_null(w->credential);
}

static void world_init(struct world *w)
{
	assert_true(secret_setup());
	unsetenv("AZURE_TENANT_ID");
	unsetenv("AZURE_AUTHORITY_HOST");
	*w = (struct world){.loop = fake_loop_new(INT64_C(1795233600000)),
			    .http = fake_http_new()};
	open_credential(w, true);
}

static void world_fini(struct world *w)
{
	credential_free(w->credential);
	token_cache_free(w->tokens);
	fake_http_free(w->http);
	fake_loop_free(w->loop);
}

static void ask(struct world *w, const char *scope, struct got *got)
{
	*got = (struct got){0};
	credential_ask(w->credential, str_from(scope), came, got);
	/* It may look into the file of kept tokens. */
	fake_loop_work(w->loop);
}

static void test_the_whole_way(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	ask(&w, ARM, &w.arm);
	assert_string_equal(fake_http_text(w.http, 0), ASKED_CODE);
	assert_int_equal(w.n_codes, 0);
	fake_http_answer(w.http, 200, CODE);
	assert_string_equal(
		w.shown,
		"YZMYLD4K https://microsoft.com/devicelogin: To sign in, open "
		"the page https://microsoft.com/devicelogin and enter YZMYLD4K.");
	/* Another scope waits for the same code. */
	ask(&w, VAULT, &w.vault);
	assert_int_equal(fake_http_count(w.http), 1);
	for (size_t i = 1; i <= 3; i++) {
		assert_int_equal(fake_loop_next(w.loop), 5000);
		fake_loop_advance(w.loop, 5000);
		assert_string_equal(fake_http_text(w.http, i), ASKED_TOKEN);
		fake_http_answer(w.http, i < 3 ? 400 : 200, i < 3 ? PENDING : TOKEN);
	}
	assert_int_equal(w.n_codes, 1);
	assert_int_equal(w.n_over, 1);
	/* It gets its token without a second code. */
	assert_string_equal(fake_http_text(w.http, 4), REFRESHED("r1", VAULT_FORM));
	fake_http_answer(w.http, 200,
			 "{\"access_token\":\"v1\",\"expires_in\":3599,"
			 "\"refresh_token\":\"r2\"}");
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.n, 1);
	assert_string_equal(w.arm.token, "a1");
	assert_string_equal(w.vault.token, "v1");
	/* Renewed ahead of its end, with the newest refresh token. */
	fake_loop_advance(w.loop, 3599000 - 300000);
	ask(&w, ARM, &w.arm);
	assert_string_equal(fake_http_text(w.http, 5), REFRESHED("r2", ARM_FORM));
	fake_http_answer(w.http, 200, "{\"access_token\":\"a2\",\"expires_in\":3599}");
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.arm.token, "a2");
	world_fini(&w);
}

static void test_slow_down_and_a_broken_line(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	ask(&w, ARM, &w.arm);
	fake_http_answer(w.http, 200, CODE);
	fake_loop_advance(w.loop, 5000);
	fake_http_answer(w.http, 400, "{\"error\":\"slow_down\"}");
	assert_int_equal(fake_loop_next(w.loop), 10000);
	fake_loop_advance(w.loop, 10000);
	fake_http_fail(w.http, ERR_NETWORK, "no route");
	assert_int_equal(fake_loop_next(w.loop), 15000);
	fake_loop_advance(w.loop, 15000);
	fake_http_answer(w.http, 503, "<html>");
	assert_int_equal(fake_loop_next(w.loop), 20000);
	fake_loop_advance(w.loop, 20000);
	fake_http_answer(w.http, 400, PENDING);
	assert_int_equal(fake_loop_next(w.loop), 20000);
	fake_loop_advance(w.loop, 20000);
	fake_http_answer(w.http, 200, TOKEN);
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.arm.token, "a1");
	world_fini(&w);
}

static void test_ends(void **state)
{
	static const struct {
		const char *name;
		int status;
		const char *body, *text;
	} rows[] = {
		{"declined", 400, "{\"error\":\"authorization_declined\"}",
		 "the sign-in was declined in the browser"},
		{"expired", 400, "{\"error\":\"expired_token\"}",
		 "the code expired before it was entered; ask for a new one"},
		{"forbidden", 400,
		 "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS53003: "
		 "Access "
		 "has been blocked by Conditional Access policies.\\r\\nTrace ID: x\"}",
		 "sign-in refused (400): AADSTS53003: Access has been blocked by "
		 "Conditional "
		 "Access policies.; device code may be forbidden here; use az login, or "
		 "ask "
		 "who owns the policy"},
		{"a code that is none", 400, "{\"error\":\"bad_verification_code\"}",
		 "sign-in refused (400): bad_verification_code"},
		{"a refresh token alone", 200, "{\"refresh_token\":\"r1\"}",
		 "the token endpoint answered something else than a token"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;

		world_init(&w);
		ask(&w, ARM, &w.arm);
		fake_http_answer(w.http, 200, CODE);
		ask(&w, VAULT, &w.vault);
		fake_loop_advance(w.loop, 5000);
		fake_http_answer(w.http, rows[i].status, rows[i].body);
		/* What was only waiting asks for itself after a sign-in. */
		if (rows[i].status == 200)
			fake_http_fail(w.http, ERR_NETWORK, "no route");
		fake_loop_advance(w.loop, 0);
		check_case(rows[i].name, w.arm.n == 1 && w.vault.n == 1);
		check_text(rows[i].name, str_from(w.arm.err.text), rows[i].text);
		check_case(rows[i].name, w.n_over >= 1);
		world_fini(&w);
	}
}

/* Nobody comes: it is not asked for ever. */
static void test_nobody_enters_it(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	ask(&w, ARM, &w.arm);
	fake_http_answer(w.http, 200, CODE);
	for (int i = 0; i < 180; i++) {
		fake_loop_advance(w.loop, 5000);
		fake_http_answer(w.http, 400, PENDING);
	}
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.n, 1);
	assert_string_equal(w.arm.err.text,
			    "the code expired before it was entered; ask for a new one");
	assert_int_equal(w.n_over, 1);
	assert_int_equal(fake_http_count(w.http), 181);
	world_fini(&w);
}

/* Without a screen to show it on no code is asked for. */
static void test_nobody_is_there(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	credential_free(w.credential);
	open_credential(&w, false);
	ask(&w, ARM, &w.arm);
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.err.code, ERR_AUTH);
	assert_string_equal(w.arm.err.text, "nobody has signed in; run: azdeck login me");
	assert_int_equal(fake_http_count(w.http), 0);
	world_fini(&w);
}

static void sign_in(struct world *w)
{
	ask(w, ARM, &w->arm);
	fake_http_answer(w->http, 200, CODE);
	fake_loop_advance(w->loop, 5000);
	fake_http_answer(w->http, 200, TOKEN);
	fake_loop_advance(w->loop, 0);
	assert_string_equal(w->arm.token, "a1");
}

/* A sign-in that was revoked heals by a new code, one for all scopes. */
static void test_revoked(void **state)
{
	struct world w;
	const char *gone =
		"{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS700082:"
		" The refresh token has expired due to inactivity.\"}";

	(void)state;
	world_init(&w);
	sign_in(&w);
	credential_refuse(w.credential, STR(ARM), clock_mono_ms(loop_clock(w.loop)));
	ask(&w, ARM, &w.arm);
	ask(&w, VAULT, &w.vault);
	assert_int_equal(fake_http_open(w.http), 2);
	fake_http_answer(w.http, 400, gone);
	fake_http_answer(w.http, 400, gone);
	assert_int_equal(fake_http_open(w.http), 1);
	assert_string_equal(fake_http_text(w.http, 4), ASKED_CODE);
	fake_http_answer(w.http, 200, CODE);
	assert_int_equal(w.n_codes, 2);
	fake_loop_advance(w.loop, 5000);
	fake_http_answer(w.http, 200, TOKEN);
	fake_http_answer(w.http, 200, "{\"access_token\":\"v2\",\"expires_in\":3599}");
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.arm.token, "a1");
	assert_string_equal(w.vault.token, "v2");
	world_fini(&w);
}

/* The endpoint being away is no reason to ask a person. */
static void test_a_refresh_that_fails(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	sign_in(&w);
	credential_refuse(w.credential, STR(ARM), clock_mono_ms(loop_clock(w.loop)));
	ask(&w, ARM, &w.arm);
	fake_http_answer(w.http, 503, "");
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.err.code, ERR_SERVICE);
	ask(&w, ARM, &w.arm);
	assert_string_equal(fake_http_text(w.http, 3), REFRESHED("r1", ARM_FORM));
	fake_http_answer(w.http, 200, TOKEN);
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.arm.token, "a1");
	assert_int_equal(w.n_codes, 1);
	world_fini(&w);
}

static void test_given_up(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	ask(&w, ARM, &w.arm);
	world_fini(&w);
	world_init(&w);
	ask(&w, ARM, &w.arm);
	fake_http_answer(w.http, 200, CODE);
	ask(&w, VAULT, &w.vault);
	world_fini(&w);
	assert_int_equal(w.n_over, 1);
	assert_int_equal(w.arm.n + w.vault.n, 0);
}

static struct token_cache *open_tokens(struct world *w)
{
	struct keychain keychain;
	struct token_cache *tokens;

	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	setenv("XDG_STATE_HOME", scratch_path("state"), 1);
	keychain_init(&keychain);
	tokens = token_cache_new(&(struct token_cache_options){.loop = w->loop,
							       .keychain = &keychain,
							       .save_after_ms = -1});
	keychain_fini(&keychain);
	return tokens;
}

/* Another run, with what the one before has kept. */
static void start_again(struct world *w)
{
	credential_free(w->credential);
	token_cache_free(w->tokens);
	w->tokens = open_tokens(w);
	open_credential(w, false);
}

static void test_kept_over_runs(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	start_again(&w);
	credential_free(w.credential);
	open_credential(&w, true);
	sign_in(&w);
	/* The token of one scope is there, and the sign-in for the others. */
	start_again(&w);
	ask(&w, ARM, &w.arm);
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.arm.token, "a1");
	assert_int_equal(fake_http_count(w.http), 2);
	ask(&w, VAULT, &w.vault);
	assert_string_equal(fake_http_text(w.http, 2), REFRESHED("r1", VAULT_FORM));
	fake_http_answer(w.http, 200, "{\"access_token\":\"v1\",\"expires_in\":3599}");
	fake_loop_advance(w.loop, 0);
	assert_string_equal(w.vault.token, "v1");
	/* One that was refused is not kept, and not offered again. */
	credential_refuse(w.credential, STR(ARM), clock_mono_ms(loop_clock(w.loop)));
	start_again(&w);
	ask(&w, ARM, &w.arm);
	assert_string_equal(fake_http_text(w.http, 3), REFRESHED("r1", ARM_FORM));
	fake_http_answer(w.http, 200, TOKEN);
	fake_loop_advance(w.loop, 0);
	/* Signed out: nothing is left, here and in the next run. */
	credential_sign_out(w.credential);
	ask(&w, ARM, &w.arm);
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.err.code, ERR_AUTH);
	start_again(&w);
	ask(&w, ARM, &w.arm);
	ask(&w, VAULT, &w.vault);
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.arm.err.code, ERR_AUTH);
	assert_int_equal(w.vault.err.code, ERR_AUTH);
	assert_int_equal(fake_http_count(w.http), 4);
	world_fini(&w);
}

/* Somebody runs `azdeck login` beside a deck that runs: it goes on by itself. */
static void test_signed_in_beside(void **state)
{
	struct world deck, login;

	(void)state;
	world_init(&deck);
	start_again(&deck);
	ask(&deck, ARM, &deck.arm);
	fake_loop_advance(deck.loop, 0);
	assert_string_equal(deck.arm.err.text,
			    "nobody has signed in; run: azdeck login me");
	world_init(&login);
	start_again(&login);
	credential_free(login.credential);
	open_credential(&login, true);
	sign_in(&login);
	world_fini(&login);
	/* Not at every ask: the file is not read more than every ten seconds. */
	ask(&deck, ARM, &deck.arm);
	fake_loop_advance(deck.loop, 0);
	assert_int_equal(deck.arm.err.code, ERR_AUTH);
	fake_loop_advance(deck.loop, 10000);
	ask(&deck, ARM, &deck.arm);
	assert_string_equal(fake_http_text(deck.http, 0), REFRESHED("r1", ARM_FORM));
	fake_http_answer(deck.http, 200, "{\"access_token\":\"a9\",\"expires_in\":3599}");
	fake_loop_advance(deck.loop, 0);
	assert_string_equal(deck.arm.token, "a9");
	/* Freed while it looks. */
	credential_sign_out(deck.credential);
	fake_loop_advance(deck.loop, 10000);
	credential_ask(deck.credential, STR(VAULT), came, &deck.vault);
	credential_free(deck.credential);
	deck.credential = NULL;
	fake_loop_work(deck.loop);
	assert_int_equal(deck.vault.n, 0);
	world_fini(&deck);
}

static void test_codes(void **state)
{
	static const struct {
		const char *name, *body, *user, *message;
		int64_t interval_ms, lifetime_ms;
	} rows[] = {
		{"as it is", CODE, "YZMYLD4K",
		 "To sign in, open the page https://microsoft.com/devicelogin and enter "
		 "YZMYLD4K.",
		 5000, 900000},
		{"numbers as texts, and no sentence",
		 "{\"user_code\":\"A\",\"device_code\":\"d\",\"verification_url\":"
		 "\"https://x\",\"interval\":\"7\",\"expires_in\":\"60\"}",
		 "A", "To sign in, open https://x in a browser and enter the code A.",
		 7000, 60000},
		{"no numbers",
		 "{\"user_code\":\"A\",\"device_code\":\"d\",\"verification_uri\":"
		 "\"https://x\",\"message\":\"m\"}",
		 "A", "m", 5000, 900000},
		{"nonsense for numbers",
		 "{\"user_code\":\"A\",\"device_code\":\"d\",\"verification_uri\":"
		 "\"https://x\",\"message\":\"m\",\"interval\":0,\"expires_in\":1e99}",
		 "A", "m", 1000, 86400000},
		{"an escape sequence",
		 "{\"user_code\":\"A\\u001b[2J\",\"device_code\":\"d\",\"verification_"
		 "uri\":"
		 "\"https://x\",\"message\":\"m\\nn\"}",
		 "A", "m n", 5000, 900000},
		{"a page that is not https",
		 "{\"user_code\":\"A\",\"device_code\":\"d\",\"verification_uri\":"
		 "\"http://x\",\"message\":\"m\"}",
		 NULL, NULL, 0, 0},
		{"no code", "{\"device_code\":\"d\",\"verification_uri\":\"https://x\"}",
		 NULL, NULL, 0, 0},
		{"nothing of ours",
		 "{\"user_code\":\"A\",\"verification_uri\":\"https://x\"}", NULL, NULL,
		 0, 0},
		{"a web page", "<html>", NULL, NULL, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct device_code code;
		struct err err;
		bool ok = device_code_parse(str_from(rows[i].body), &code, &err);

		check_case(rows[i].name, ok == (rows[i].user != NULL));
		if (!ok)
			continue;
		check_text(rows[i].name, str_from(code.user), rows[i].user);
		check_text(rows[i].name, str_from(code.message), rows[i].message);
		check_case(rows[i].name, code.interval_ms == rows[i].interval_ms);
		check_case(rows[i].name, code.lifetime_ms == rows[i].lifetime_ms);
		device_code_fini(&code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_whole_way),
		cmocka_unit_test(test_slow_down_and_a_broken_line),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_nobody_enters_it),
		cmocka_unit_test(test_nobody_is_there),
		cmocka_unit_test(test_revoked),
		cmocka_unit_test(test_a_refresh_that_fails),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_kept_over_runs),
		cmocka_unit_test(test_signed_in_beside),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
