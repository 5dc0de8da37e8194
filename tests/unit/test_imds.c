/* The patience with a machine's identity endpoint, on a clock that is moved by hand. */
#include "unit/check.h"

#include <stdlib.h>

#include "auth/credential.h"
#include "auth/imds.h"
#include "base/secret.h"
#include "fake/fake_http.h"
#include "fake/fake_loop.h"

#define TOKEN_URL                                                                        \
	"GET http://169.254.169.254/metadata/identity/oauth2/token"                      \
	"?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net\n"               \
	"Metadata: true\n\n"

static void test_waits(void **state)
{
	static const struct {
		const char *name;
		int status; /* 0: err */
		enum err_code err;
		int tries;
		int64_t elapsed_ms, wait_ms;
	} rows[] = {
		{"unknown yet", 404, ERR_NONE, 1, 0, 0},
		{"second", 404, ERR_NONE, 2, 10, 2000},
		{"third", 429, ERR_NONE, 3, 2000, 6000},
		{"fourth", 500, ERR_NONE, 4, 8000, 14000},
		{"fifth", 503, ERR_NONE, 5, 22000, 30000},
		{"enough", 503, ERR_NONE, 6, 52000, -1},
		{"updating: goes on", 410, ERR_NONE, 6, 52000, 30000},
		{"updating: over", 410, ERR_NONE, 7, 82000, -1},
		{"no answer", 0, ERR_TIMEOUT, 1, 10000, 0},
		{"cut off", 0, ERR_NETWORK, 2, 0, 2000},
		{"no such identity", 400, ERR_NONE, 1, 0, -1},
		{"forbidden", 403, ERR_NONE, 1, 0, -1},
		{"a token", 200, ERR_NONE, 1, 0, -1},
		{"not to be sent", 0, ERR_CONFIG, 1, 0, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct http_response r = {.status = rows[i].status,
					  .err = {.code = rows[i].err}};

		check_case(rows[i].name,
			   imds_wait_ms(&r, rows[i].tries, rows[i].elapsed_ms) ==
				   rows[i].wait_ms);
	}
}

struct world {
	struct loop *loop;
	struct http *http;
	struct credential *credential;
	int n;
	struct err err;
};

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct world *w = ctx;

	(void)auth;
	w->n++;
	w->err = *err;
}

static void world_init(struct world *w)
{
	struct credential_spec spec = {.name = "vm", .method = "managed-identity"};

	assert_true(secret_setup());
	unsetenv("AZURE_POD_IDENTITY_AUTHORITY_HOST");
	unsetenv("IDENTITY_ENDPOINT");
	unsetenv("MSI_ENDPOINT");
	*w = (struct world){.loop = fake_loop_new(INT64_C(1795233600000)),
			    .http = fake_http_new()};
	w->credential = credential_new(&(struct credential_host){.http = w->http,
								 .loop = w->loop},
				       &spec, &w->err);
	assert_non_null(w->credential);
	credential_ask(w->credential, STR("https://vault.azure.net/.default"), came, w);
}

static void world_fini(struct world *w)
{
	credential_free(w->credential);
	fake_http_free(w->http);
	fake_loop_free(w->loop);
}

/* One second, one try, and nothing that would make anybody work. */
static void test_the_probe(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	assert_string_equal(
		fake_http_text(w.http, 0),
		"GET http://169.254.169.254/metadata/identity/oauth2/token\n\n");
	assert_int_equal(fake_http_request(w.http, 0)->deadline_ms, 1000);
	assert_true(fake_http_request(w.http, 0)->is_single);
	fake_http_fail(w.http, ERR_TIMEOUT, "169.254.169.254: no answer in 1 s");
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.err.code, ERR_AUTH);
	assert_string_equal(
		w.err.text,
		"no managed identity here: 169.254.169.254: no answer in 1 s; "
		"this is no Azure machine, or its metadata service is blocked");
	/* A laptop asks no more often than somebody wants to know. */
	assert_int_equal(fake_loop_next(w.loop), -1);
	assert_int_equal(fake_http_count(w.http), 1);
	world_fini(&w);
}

static void test_the_tries(void **state)
{
	static const int64_t waits_ms[] = {0, 2000, 6000, 14000, 30000};
	struct world w;

	(void)state;
	world_init(&w);
	fake_http_answer(w.http, 400, "");
	for (size_t i = 0; i < sizeof(waits_ms) / sizeof(*waits_ms); i++) {
		assert_string_equal(fake_http_text(w.http, i + 1), TOKEN_URL);
		assert_true(fake_http_request(w.http, i + 1)->is_single);
		fake_http_answer(w.http, 503, "");
		assert_int_equal(fake_http_open(w.http), 0);
		assert_int_equal(fake_loop_next(w.loop), waits_ms[i]);
		fake_loop_advance(w.loop, waits_ms[i]);
	}
	fake_http_answer(w.http, 503, "");
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.err.code, ERR_SERVICE);
	/* The next one needs no probe: somebody was there. */
	credential_ask(w.credential, STR("https://vault.azure.net/.default"), came, &w);
	assert_int_equal(fake_http_count(w.http), 8);
	assert_string_equal(fake_http_text(w.http, 7), TOKEN_URL);
	fake_http_answer(w.http, 200,
			 "{\"access_token\":\"t\",\"expires_in\":\"86399\"}");
	fake_loop_advance(w.loop, 0);
	assert_int_equal(w.err.code, ERR_NONE);
	world_fini(&w);
}

/* Freed while it waits for the next try, and while a request is out. */
static void test_given_up(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	fake_http_answer(w.http, 400, "");
	fake_http_answer(w.http, 503, "");
	fake_loop_advance(w.loop, 0);
	fake_http_answer(w.http, 503, "");
	assert_int_equal(fake_loop_next(w.loop), 2000);
	world_fini(&w);
	world_init(&w);
	world_fini(&w);
	assert_int_equal(w.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waits),
		cmocka_unit_test(test_the_probe),
		cmocka_unit_test(test_the_tries),
		cmocka_unit_test(test_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
