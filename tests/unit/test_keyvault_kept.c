/* How long a key vault's secret is kept, with a clock that is moved by hand. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/keyvault_reader.h"
#include "base/secret.h"
#include "base/strbuf.h"
#include "fake/fake_http.h"
#include "fake/fake_loop.h"

#define HOUR_MS INT64_C(3600000)
#define NOW_MS	INT64_C(1773224430123)

struct world {
	struct loop *loop;
	struct http *http;
	struct credential *reader;
	struct keyvault_reader *keyvault;
};

struct got {
	int n;
	bool was_kept;
	char value[40];
	struct err err;
};

static void came(const struct keyvault_value *value, const struct err *err, void *ctx)
{
	struct got *got = ctx;

	got->n++;
	got->was_kept = value->was_kept;
	got->err = *err;
	snprintf(got->value, sizeof(got->value), "%.*s", STR_ARG(value->value));
}

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct err err;

	setenv("AZ_TEST_TOKEN", "t", 1);
	w->loop = fake_loop_new(NOW_MS);
	w->http = fake_http_new();
	w->reader = credential_from_text(&(struct credential_host){.http = w->http,
								   .loop = w->loop},
					 STR("env:AZ_TEST_TOKEN"), NULL, &err);
	w->keyvault = keyvault_reader_new(&(
		struct keyvault_reader_options){.http = w->http,
						.loop = w->loop,
						.reader = w->reader,
						.url = "https://{vault}.vault.azure.net",
						.resource = "https://vault.azure.net"});
	/* The first moment is 0, which means "never" here. */
	fake_loop_advance(w->loop, 1000);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	keyvault_reader_free(w->keyvault);
	credential_free(w->reader);
	fake_loop_work(w->loop);
	fake_http_free(w->http);
	fake_loop_free(w->loop);
	free(w);
	return 0;
}

static int64_t now(const struct world *w)
{
	return clock_mono_ms(loop_clock(w->loop));
}

static void ask(struct world *w, int64_t newer_than_ms, struct got *got)
{
	*got = (struct got){0};
	keyvault_reader_ask(w->keyvault, STR("atlas-kv/s"), newer_than_ms, came, got);
	assert_int_equal(got->n, 0); /* never within the call */
	fake_loop_advance(w->loop, 0);
	fake_loop_work(w->loop);
	fake_loop_advance(w->loop, 0);
}

static void give(struct world *w, const char *value)
{
	char body[80];

	snprintf(body, sizeof(body), "{\"value\":\"%s\"}", value);
	fake_http_answer(w->http, 200, body);
	fake_loop_advance(w->loop, 0);
}

static void test_kept_for_an_hour(void **state)
{
	struct world *w = *state;
	struct got got;

	ask(w, 0, &got);
	assert_true(str_starts(
		str_from(fake_http_text(w->http, 0)),
		STR("GET https://atlas-kv.vault.azure.net/secrets/s?api-version=7.4\n")));
	give(w, "one");
	assert_string_equal(got.value, "one");
	assert_false(got.was_kept);
	fake_loop_advance(w->loop, HOUR_MS - 1);
	ask(w, 0, &got);
	assert_string_equal(got.value, "one");
	assert_true(got.was_kept);
	fake_loop_advance(w->loop, 1);
	ask(w, 0, &got);
	assert_int_equal(got.n, 0);
	give(w, "two");
	assert_string_equal(got.value, "two");
	assert_int_equal(fake_http_count(w->http), 2);
}

static void test_newer_than_a_refusal(void **state)
{
	struct world *w = *state;
	int64_t refused_ms;
	struct got got;

	ask(w, 0, &got);
	give(w, "one");
	fake_loop_advance(w->loop, 5000);
	refused_ms = now(w);
	ask(w, refused_ms, &got);
	assert_int_equal(got.n, 0);
	fake_loop_advance(w->loop, 10);
	give(w, "two");
	assert_string_equal(got.value, "two");
	/* Another one that was refused with the first has it by now. */
	ask(w, refused_ms, &got);
	assert_string_equal(got.value, "two");
	assert_true(got.was_kept);
	assert_int_equal(fake_http_count(w->http), 2);
}

/* A vault that is down takes nothing away; one that says no does. */
static void test_a_vault_that_is_down(void **state)
{
	struct world *w = *state;
	struct got got;

	ask(w, 0, &got);
	give(w, "one");
	fake_loop_advance(w->loop, HOUR_MS);
	ask(w, 0, &got);
	fake_http_fail(w->http, ERR_NETWORK, "no connection");
	fake_loop_advance(w->loop, 0);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_string_equal(got.value, "one");
	assert_true(got.was_kept);
	ask(w, now(w), &got);
	fake_http_fail(w->http, ERR_NETWORK, "no connection");
	fake_loop_advance(w->loop, 0);
	assert_int_equal(got.err.code, ERR_NETWORK);
	assert_string_equal(got.value, "");
	ask(w, 0, &got);
	fake_http_answer(w->http, 404, "{\"error\":{\"code\":\"SecretNotFound\"}}");
	fake_loop_advance(w->loop, 0);
	assert_int_equal(got.err.code, ERR_CONFIG);
	assert_string_equal(got.value, "");
}

static void test_a_name_that_is_not_there(void **state)
{
	struct world *w = *state;
	struct got got;

	ask(w, 0, &got);
	fake_http_fail(w->http, ERR_NETWORK,
		       "atlas-kv.vault.azure.net: the name does not resolve; check it");
	fake_loop_advance(w->loop, 0);
	assert_string_equal(
		got.err.text,
		"no key vault of the name atlas-kv can be found; check it, and "
		"whether its private endpoint's DNS is seen from here");
}

static void test_forgotten(void **state)
{
	struct world *w = *state;
	struct got got, other = {0};

	ask(w, 0, &got);
	keyvault_reader_ask(w->keyvault, STR("atlas-kv/s"), 0, came, &other);
	keyvault_reader_forget(w->keyvault, &got);
	give(w, "one");
	assert_int_equal(got.n, 0);
	assert_int_equal(other.n, 1);
}

#define world_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(test_kept_for_an_hour),
		world_test(test_newer_than_a_refusal),
		world_test(test_a_vault_that_is_down),
		world_test(test_a_name_that_is_not_there),
		world_test(test_forgotten),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests_name("keyvault_kept", tests, NULL, NULL);
}
