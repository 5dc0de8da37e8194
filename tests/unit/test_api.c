/* One call to Azure, from within: cancelled at every moment, pages too large for the
 * loop, many at once, what is told about them. The wire is test_wire's. */
#include "unit/check.h"

#include <stdlib.h>

#include "azure/api.h"
#include "base/json.h"
#include "wire/client.h"

enum { MANY = 40, PATIENCE_MS = 10000, LARGE_ROWS = 20000 };

#define PATH	   "/things?api-version=1"
#define TOKEN_PATH "/contoso.example/oauth2/v2.0/token"
#define TOKEN	   "{\"access_token\":\"t1\",\"expires_in\":3600}"

struct bench {
	struct client *client;
	struct api *api;
	struct connection connection;
};

struct got {
	int n;
	struct api_answer answer; /* its json is ours */
	struct api *api;
	uint64_t cancels; /* from within the callback; 0: nothing */
};

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	struct strbuf spec;
	void *client = NULL;
	struct err err;

	if (!b || client_setup(&client) != 0)
		return -1;
	b->client = client;
	b->api = api_new(b->client->http, b->client->loop, NULL);
	strbuf_init(&spec, 200);
	strbuf_printf(&spec, "sim:%s", fake_server_url(b->client->server));
	b->connection = (struct connection){
		.name = (char[]){"azure"},
		.kind = CONN_ARM,
		.base_url = (char *)(uintptr_t)fake_server_url(b->client->server),
		.credential = credential_from_text(
			&(struct credential_host){.http = b->client->http,
						  .loop = b->client->loop},
			strbuf_str(&spec), NULL, &err),
	};
	strbuf_fini(&spec);
	*state = b;
	return b->connection.credential ? 0 : -1;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	void *client = b->client;

	api_free(b->api);
	credential_free(b->connection.credential);
	client_teardown(&client);
	free(b);
	return 0;
}

static void on(struct bench *b, const char *method, const char *target, int status,
	       const char *headers, struct str body)
{
	fake_server_on(b->client->server, method, target,
		       (struct fake_reply){.status = status,
					   .headers = headers,
					   .body = body});
}

static void came(struct api_answer *answer, void *ctx)
{
	struct got *g = ctx;

	g->n++;
	g->answer = *answer;
	answer->json = NULL;
	if (g->cancels)
		api_cancel(g->api, g->cancels);
}

static uint64_t start(struct bench *b, struct got *g)
{
	struct api_call call = {.connection = &b->connection, .path = STR(PATH)};
	uint64_t id;

	*g = (struct got){.api = b->api};
	id = api_start(b->api, &call, came, g);
	assert_int_equal(g->n, 0); /* never within the call */
	return id;
}

static bool is_early(int64_t begin_us)
{
	return clock_mono_us() - begin_us < PATIENCE_MS * 1000LL;
}

static void wait_for(struct bench *b, const struct got *g)
{
	int64_t begin = clock_mono_us();

	while (!g->n && is_early(begin))
		loop_turn(b->client->loop, 50);
	assert_int_equal(g->n, 1);
}

/* A page the pool has to parse. */
static void put_large(struct strbuf *out)
{
	strbuf_puts(out, "{\"value\":[");
	for (int i = 0; i < LARGE_ROWS; i++)
		strbuf_printf(out, "%s{\"id\":%d}", i ? "," : "", i);
	strbuf_puts(out, "]}");
}

static void test_what_is_told(void **state)
{
	struct bench *b = *state;
	struct got g;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200,
	   "x-ms-request-id: 7f-1\r\nx-ms-ratelimit-remaining-subscription-reads: 240\r\n"
	   "x-ms-ratelimit-remaining-subscription-global-reads: 3000\r\n"
	   "Retry-After: 3\r\nLocation: /l\r\nAzure-AsyncOperation: /o\r\n",
	   STR("{\"value\":[1]}"));
	start(b, &g);
	wait_for(b, &g);
	assert_int_equal(g.answer.status, 200);
	assert_int_equal(g.answer.pages, 1);
	assert_int_equal(g.answer.throttle_left, 240);
	assert_int_equal(g.answer.retry_after_ms, 3000);
	assert_int_equal(g.answer.bytes, strlen("{\"value\":[1]}"));
	assert_string_equal(g.answer.request_id, "7f-1");
	assert_int_equal(g.answer.err.code, ERR_NONE);
	cJSON_Delete(g.answer.json);
}

static void test_headers_of_an_answer_are_not_trusted(void **state)
{
	struct bench *b = *state;
	struct got g;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200,
	   "x-ms-request-id: a\033[31mb\r\n"
	   "x-ms-ratelimit-remaining-subscription-reads: 99999999999999\r\n",
	   STR("{}"));
	start(b, &g);
	wait_for(b, &g);
	assert_string_equal(g.answer.request_id, "");
	assert_int_equal(g.answer.throttle_left, -1);
	cJSON_Delete(g.answer.json);
}

static void test_large_pages_are_parsed_on_the_pool(void **state)
{
	struct bench *b = *state;
	struct strbuf body;
	struct got g;

	strbuf_init(&body, 16 << 20);
	put_large(&body);
	assert_true(body.n > 200000);
	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200, NULL, strbuf_str(&body));
	start(b, &g);
	wait_for(b, &g);
	assert_int_equal(g.answer.err.code, ERR_NONE);
	assert_int_equal(cJSON_GetArraySize(json_member(g.answer.json, "value")),
			 LARGE_ROWS);
	cJSON_Delete(g.answer.json);
	strbuf_fini(&body);
}

static void test_a_large_page_that_is_broken(void **state)
{
	struct bench *b = *state;
	struct strbuf body;
	struct got g;

	strbuf_init(&body, 16 << 20);
	put_large(&body);
	strbuf_cut(&body, body.n - 1);
	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200, NULL, strbuf_str(&body));
	start(b, &g);
	wait_for(b, &g);
	assert_int_equal(g.answer.err.code, ERR_PARSE);
	assert_null(g.answer.json);
	strbuf_fini(&body);
}

/* While it waits for its token, for its answer, and for the pool. */
static void test_cancelled_at_every_moment(void **state)
{
	struct bench *b = *state;
	struct strbuf body;
	int64_t begin;
	struct got g;

	strbuf_init(&body, 16 << 20);
	put_large(&body);
	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	fake_server_on(b->client->server, "GET", PATH,
		       (struct fake_reply){.end = FAKE_HANG});
	on(b, "GET", PATH, 200, NULL, strbuf_str(&body));
	api_cancel(b->api, start(b, &g));
	loop_turn(b->client->loop, 10);
	assert_int_equal(g.n, 0);

	uint64_t id = start(b, &g);
	begin = clock_mono_us();
	while (fake_server_count(b->client->server) < 2 && is_early(begin))
		loop_turn(b->client->loop, 50);
	api_cancel(b->api, id);
	loop_turn(b->client->loop, 10);
	assert_int_equal(g.n, 0);

	/* Somewhere in this series the page is with the pool. */
	for (int turns = 1; turns < 30 && !g.n; turns++) {
		id = start(b, &g);
		for (int i = 0; i < turns; i++)
			loop_turn(b->client->loop, 0);
		api_cancel(b->api, id);
	}
	cJSON_Delete(g.answer.json);
	api_cancel(b->api, 123456); /* unknown: nothing happens */
	strbuf_fini(&body);
}

/* Each cancels the other: whichever is answered first is the only one. */
static void test_a_callback_may_cancel_another(void **state)
{
	struct bench *b = *state;
	struct got first, second;
	int64_t begin = clock_mono_us();
	uint64_t id;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200, NULL, STR("{}"));
	id = start(b, &first);
	first.cancels = start(b, &second);
	second.cancels = id;
	while (!first.n && !second.n && is_early(begin))
		loop_turn(b->client->loop, 50);
	for (int i = 0; i < 10; i++)
		loop_turn(b->client->loop, 5);
	assert_int_equal(first.n + second.n, 1);
	cJSON_Delete(first.answer.json);
	cJSON_Delete(second.answer.json);
}

static void test_many_at_once_share_one_token(void **state)
{
	struct bench *b = *state;
	struct got got[MANY];
	size_t tokens = 0;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200, NULL, STR("{\"value\":[1]}"));
	for (int i = 0; i < MANY; i++)
		start(b, &got[i]);
	for (int i = 0; i < MANY; i++) {
		wait_for(b, &got[i]);
		assert_int_equal(got[i].answer.err.code, ERR_NONE);
		cJSON_Delete(got[i].answer.json);
	}
	for (size_t i = 0; i < fake_server_count(b->client->server); i++) {
		struct fake_request r = fake_server_request(b->client->server, i);

		tokens += str_eq(r.target, STR(TOKEN_PATH));
	}
	assert_int_equal(tokens, 1);
	assert_int_equal(fake_server_count(b->client->server), MANY + 1);
}

static void ask(struct bench *b, struct got *g, const char *path)
{
	struct api_call call = {.connection = &b->connection, .path = str_from(path)};

	*g = (struct got){.api = b->api};
	api_start(b->api, &call, came, g);
	wait_for(b, g);
	cJSON_Delete(g->answer.json);
	g->answer.json = NULL;
}

/* What Azure counts together is held back together, and nothing else. */
static void test_a_refusal_holds_back_its_own_kind(void **state)
{
	static const char cost[] =
		"/subscriptions/s/providers/Microsoft.CostManagement/x";
	static const char budgets[] =
		"/subscriptions/t/providers/Microsoft.Consumption/x";
	static const char reads[] = "/subscriptions/s/resourcegroups?x";
	struct bench *b = *state;
	struct got g;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", cost, 429,
	   "x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after: 500\r\n",
	   STR(""));
	on(b, "GET", reads, 200, NULL, STR("{}"));
	ask(b, &g, cost);
	assert_int_equal(g.answer.err.code, ERR_THROTTLED);
	assert_int_equal(g.answer.err.retry_after_ms, 500000);
	assert_int_equal(fake_server_count(b->client->server), 2);
	/* Another subscription, the same tenant: told at once, nothing is sent. */
	ask(b, &g, budgets);
	assert_int_equal(g.answer.err.code, ERR_THROTTLED);
	assert_in_range(g.answer.err.retry_after_ms, 480000, 500000);
	assert_int_equal(fake_server_count(b->client->server), 2);
	ask(b, &g, reads);
	assert_int_equal(g.answer.err.code, ERR_NONE);
	assert_int_equal(fake_server_count(b->client->server), 3);
}

/* A subscription that is throttled leaves the others alone. */
static void test_a_throttled_subscription(void **state)
{
	struct bench *b = *state;
	struct got g;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", "/subscriptions/s/a", 429, "Retry-After: 500\r\n", STR(""));
	on(b, "GET", "/subscriptions/t/a", 200, NULL, STR("{}"));
	ask(b, &g, "/subscriptions/s/a");
	assert_int_equal(g.answer.err.code, ERR_THROTTLED);
	ask(b, &g, "/Subscriptions/S/b");
	assert_int_equal(g.answer.err.code, ERR_THROTTLED);
	assert_int_equal(fake_server_count(b->client->server), 2);
	ask(b, &g, "/subscriptions/t/a");
	assert_int_equal(g.answer.err.code, ERR_NONE);
}

/* Each request has an id of its own, in the form every Azure log knows. */
static void test_request_ids(void **state)
{
	struct bench *b = *state;
	struct str id[2];
	struct got g;

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	on(b, "GET", PATH, 200, NULL, STR("{}"));
	for (size_t i = 0; i < 2; i++) {
		struct fake_request r;

		start(b, &g);
		wait_for(b, &g);
		cJSON_Delete(g.answer.json);
		r = fake_server_request(b->client->server, i + 1);
		id[i] = fake_request_header(&r, "x-ms-client-request-id");
		assert_int_equal(id[i].n, 36);
		for (size_t k = 0; k < 36; k++)
			assert_true(k == 8 || k == 13 || k == 18 || k == 23
					    ? id[i].p[k] == '-'
					    : strchr("0123456789abcdef", id[i].p[k]) !=
						      NULL);
		assert_int_equal(id[i].p[14], '4');
	}
	assert_false(str_eq(id[0], id[1]));
}

static void test_freed_with_calls_out(void **state)
{
	struct bench *b = *state;
	struct got got[3];

	on(b, "POST", TOKEN_PATH, 200, NULL, STR(TOKEN));
	fake_server_on(b->client->server, "GET", PATH,
		       (struct fake_reply){.end = FAKE_HANG});
	for (int i = 0; i < 3; i++)
		start(b, &got[i]);
	client_wait_for_requests(b->client, 4);
	api_free(b->api);
	b->api = NULL;
	loop_turn(b->client->loop, 10);
	for (int i = 0; i < 3; i++)
		assert_int_equal(got[i].n, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* What azdeck knows itself, once it is there. */
struct knowledge {
	bool is_there;
	int asked, answered;
};

static void know(void *ctx, struct str path, struct api_local *answer)
{
	struct knowledge *k = ctx;

	(void)path;
	k->asked++;
	answer->is_early = !k->is_there;
	if (k->is_there)
		answer->json = cJSON_CreateArray();
}

static void take_known(struct api_answer *answer, void *ctx)
{
	assert_int_equal(answer->err.code, ERR_NONE);
	assert_non_null(answer->json);
	((struct knowledge *)ctx)->answered++;
}

/* What was too early is answered when somebody says that something came, not when its
 * time comes round, and never within the call. */
static void test_local_again(void **state)
{
	struct bench *b = *state;
	struct connection self = {.name = (char[]){"self"},
				  .kind = CONN_DECK,
				  .base_url = (char[]){""},
				  .credential = b->connection.credential};
	struct api_call call = {.connection = &self, .path = STR("/it"), .is_read = true};
	struct knowledge k = {0};

	api_set_local(b->api, know, &k);
	api_start(b->api, &call, take_known, &k);
	while (!k.asked)
		loop_turn(b->client->loop, 10);
	k.is_there = true;
	api_local_again(b->api);
	api_local_again(b->api);
	assert_int_equal(k.answered, 0);
	loop_turn(b->client->loop, 0);
	assert_int_equal(k.answered, 1);
	api_local_again(b->api);
	loop_turn(b->client->loop, 0);
	assert_int_equal(k.asked, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_what_is_told),
		CASE(test_headers_of_an_answer_are_not_trusted),
		CASE(test_large_pages_are_parsed_on_the_pool),
		CASE(test_a_large_page_that_is_broken),
		CASE(test_cancelled_at_every_moment),
		CASE(test_a_callback_may_cancel_another),
		CASE(test_many_at_once_share_one_token),
		CASE(test_a_refusal_holds_back_its_own_kind),
		CASE(test_a_throttled_subscription),
		CASE(test_request_ids),
		CASE(test_local_again),
		CASE(test_freed_with_calls_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
