/* Our own client on the simulator: what it follows, walks, renews and waits for is
 * the real wire, over real sockets. */
#include "unit/check.h"

#include <stdlib.h>

#include "azure/lro_run.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "sim/ask.h"
#include "sim/inventory.h"
#include "sim/sim.h"
#include "worker/connect.h"

#define PROD "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define DB                                                                               \
	PROD "/resourceGroups/rg-atlas-prod-weu/providers/Microsoft.Sql/servers/"        \
	     "sql-atlas-prod-weu/databases/atlas-sessions?api-version=2021-11-01"
#define PATIENCE_US (20 * 1000 * 1000)

struct stage {
	struct clock own;   /* the client's */
	struct clock world; /* the simulator's */
	struct loop *loop;
	struct http *http;
	struct sim *sim;
	struct api *api;
	struct connections connections;
};

/* What came back. */
struct outcome {
	int n_done;
	int status, pages, throttle_left;
	bool is_partial;
	struct err err;
	cJSON *json;
	enum lro_outcome lro;
	int polls;
};

/* A fast world: two minutes pass in a fifth of a second. */
static void stage_init(struct stage *s, double speed)
{
	struct http_options options = {.user_agent = "azdeck/test"};
	struct err err;

	assert_true(secret_setup());
	*s = (struct stage){0};
	clock_init_scaled(&s->own, ASK_NOON_MS, speed);
	if (speed == 1)
		clock_init_manual(&s->world, ASK_NOON_MS);
	else
		s->world = s->own;
	s->loop = loop_new(&s->own, &err);
	s->http = http_new(s->loop, &options, &err);
	s->sim = sim_new(s->loop, &(struct sim_options){.seed = 1, .clock = &s->world},
			 &err);
	assert_non_null(s->sim);
	s->api = api_new(s->http, s->loop, NULL);
	assert_true(connections_to_sim(&s->connections,
				       &(struct credential_host){.http = s->http,
								 .loop = s->loop},
				       sim_url(s->sim), &err));
}

static void stage_fini(struct stage *s)
{
	api_free(s->api);
	connections_fini(&s->connections);
	http_free(s->http);
	sim_free(s->sim);
	loop_free(s->loop);
}

static void wait_for(struct stage *s, const struct outcome *o)
{
	int64_t until = clock_mono_us() + PATIENCE_US;

	while (!o->n_done && clock_mono_us() < until)
		loop_turn(s->loop, 50);
	assert_int_equal(o->n_done, 1);
}

static void on_answer(struct api_answer *answer, void *ctx)
{
	struct outcome *o = ctx;

	o->n_done++;
	o->status = answer->status;
	o->pages = answer->pages;
	o->throttle_left = answer->throttle_left;
	o->is_partial = answer->is_partial;
	o->err = answer->err;
	o->json = answer->json;
	answer->json = NULL;
}

static void on_operation(const struct lro *lro, struct api_answer *answer, void *ctx)
{
	struct outcome *o = ctx;

	if (lro->phase != LRO_ENDED)
		return;
	o->n_done++;
	o->lro = lro->outcome;
	o->polls = lro->polls;
	o->err = lro->err;
	o->json = answer->json;
	answer->json = NULL;
}

static struct api_call call_of(const struct stage *s, enum http_method method,
			       const char *path, const char *body)
{
	return (struct api_call){
		.connection = connections_find(&s->connections, CONN_ARM, 0),
		.method = method,
		.path = str_from(path),
		.body = body ? str_from(body) : STR(""),
	};
}

static void get(struct stage *s, const char *path, struct outcome *o)
{
	struct api_call call = call_of(s, HTTP_GET, path, NULL);

	*o = (struct outcome){0};
	api_start(s->api, &call, on_answer, o);
	wait_for(s, o);
}

static void scale(struct stage *s, const char *body, struct outcome *o)
{
	struct api_call call = call_of(s, HTTP_PATCH, DB, body);

	*o = (struct outcome){0};
	lro_start(s->api, s->loop, &call, on_operation, o);
	wait_for(s, o);
}

static void test_a_scaling_is_followed(void **state)
{
	struct stage s;
	struct outcome o;

	(void)state;
	stage_init(&s, 600);
	scale(&s, "{\"sku\":{\"name\":\"P2\"}}", &o);
	assert_int_equal(o.lro, LRO_SUCCEEDED);
	assert_int_equal(o.err.code, ERR_NONE);
	assert_true(o.polls >= 2);
	assert_string_equal(told_text(o.json, "properties.currentServiceObjectiveName"),
			    "P2");
	cJSON_Delete(o.json);
	/* What is already so is done at once. */
	scale(&s, "{\"sku\":{\"name\":\"P2\"}}", &o);
	assert_int_equal(o.lro, LRO_SUCCEEDED);
	cJSON_Delete(o.json);
	scale(&s, "{\"sku\":{\"name\":\"P99\"}}", &o);
	assert_int_equal(o.lro, LRO_FAILED);
	assert_non_null(strstr(o.err.text, "P99"));
	cJSON_Delete(o.json);
	stage_fini(&s);
}

/* Every page, the empty one too. */
static void test_all_pages_come(void **state)
{
	static struct inventory inv;
	struct stage s;
	struct outcome o;
	struct arena arena;

	(void)state;
	stage_init(&s, 1);
	arena_init(&arena);
	inventory_init(&inv, &arena, SUB_PROD, NULL);
	get(&s, PROD "/resources?api-version=2021-04-01", &o);
	assert_int_equal(o.status, 200);
	assert_false(o.is_partial);
	assert_true(o.pages >= 3);
	assert_int_equal((size_t)cJSON_GetArraySize(told_at(o.json, "value")), inv.n);
	cJSON_Delete(o.json);
	arena_fini(&arena);
	stage_fini(&s);
}

/* The world is two hours on, the client has not noticed: one 401, a new token. */
static void test_an_expired_token_is_renewed(void **state)
{
	struct stage s;
	struct outcome o;

	(void)state;
	stage_init(&s, 1);
	for (int i = 0; i < 3; i++) {
		get(&s, PROD "?api-version=2022-12-01", &o);
		assert_int_equal(o.status, 200);
		assert_string_equal(told_text(o.json, "displayName"),
				    "Contoso Production");
		cJSON_Delete(o.json);
		clock_advance(&s.world, 2 * 3600 * 1000);
	}
	stage_fini(&s);
}

/* What is left is told with each answer. Near the end of it the client slows down by
 * itself, which its own tests hold; up to there nothing waits. */
static void test_the_budget_is_told(void **state)
{
	struct stage s;
	struct outcome o;

	(void)state;
	stage_init(&s, 1);
	for (int left = 249; left > 20; left--) {
		get(&s, PROD "?api-version=2022-12-01", &o);
		assert_int_equal(o.status, 200);
		assert_int_equal(o.throttle_left, left);
		cJSON_Delete(o.json);
	}
	stage_fini(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_scaling_is_followed),
		cmocka_unit_test(test_all_pages_come),
		cmocka_unit_test(test_an_expired_token_is_renewed),
		cmocka_unit_test(test_the_budget_is_told),
	};

	return cmocka_run_group_tests_name("sim_client", tests, NULL, NULL);
}
