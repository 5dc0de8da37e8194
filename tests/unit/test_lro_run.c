/* Operations followed on the loop: at the fake server, and at the simulator, which
 * has operations of its own. The clock runs thousands of times as fast, so that
 * waits of minutes are waits of milliseconds. */
#include "unit/check.h"

#include "azure/lro_run.h"
#include "base/arena.h"
#include "base/json.h"
#include "sim/estate.h"
#include "sim/sim.h"
#include "wire/client.h"

enum { SPEED = 5000, SIM_SPEED = 500, PATIENCE_MS = 10000 };

#define PATH "/subscriptions/s/databases/d?api-version=1"

/* Wednesday, 15 Jul 2026 11:00:00 UTC: nothing is being scaled by schedule. */
#define NOON_MS INT64_C(1784113200000)

struct bench {
	struct client *client;
	struct api *api;
	struct credential *credential;
	struct connection connection;
	struct strbuf base;
};

static void bench_init(struct bench *b, struct client *client, const char *base,
		       const char *credential)
{
	struct err err;

	clock_init_scaled(&client->clock, NOON_MS, SPEED);
	*b = (struct bench){.client = client};
	strbuf_init(&b->base, 200);
	strbuf_puts(&b->base, base);
	b->api = api_new(client->http, client->loop, NULL);
	b->credential =
		credential_from_text(&(struct credential_host){.http = client->http,
							       .loop = client->loop},
				     str_from(credential), NULL, &err);
	assert_non_null(b->credential);
	b->connection = (struct connection){
		.name = (char[]){"azure"},
		.kind = CONN_ARM,
		.base_url = b->base.p,
		.credential = b->credential,
	};
}

static void bench_fini(struct bench *b)
{
	api_free(b->api);
	credential_free(b->credential);
	strbuf_fini(&b->base);
}

/* What was told of an operation. */
struct followed {
	int n;
	int stop_after; /* tellings; 0: never */
	struct lro_run *run;
	bool is_over;
	enum lro_outcome outcome;
	struct err err;
	struct strbuf saved;  /* as it was before the last telling */
	struct strbuf result; /* the last answer's document */
	char states[200];
};

static void followed_init(struct followed *f)
{
	*f = (struct followed){0};
	strbuf_init(&f->saved, 1 << 16);
	strbuf_init(&f->result, 1 << 16);
}

static void followed_fini(struct followed *f)
{
	strbuf_fini(&f->saved);
	strbuf_fini(&f->result);
}

static void told(const struct lro *lro, struct api_answer *answer, void *ctx)
{
	struct followed *f = ctx;
	size_t n = strlen(f->states);

	assert_false(f->is_over);
	f->n++;
	f->outcome = lro->outcome;
	f->err = lro->err;
	f->is_over = lro->phase == LRO_ENDED;
	snprintf(f->states + n, sizeof(f->states) - n, "%s,", lro->state);
	if (!f->is_over) {
		strbuf_reset(&f->saved);
		lro_save(lro, &f->saved);
	}
	strbuf_reset(&f->result);
	if (answer->json)
		json_print(&f->result, answer->json);
	if (f->n == f->stop_after) {
		f->is_over = true;
		lro_stop(f->run);
	}
}

static bool is_early(int64_t begin_us)
{
	return clock_mono_us() - begin_us < PATIENCE_MS * 1000LL;
}

static void follow(struct bench *b, struct followed *f)
{
	int64_t begin = clock_mono_us();

	while (!f->is_over && is_early(begin))
		loop_turn(b->client->loop, 50);
	assert_true(f->is_over);
}

static void start(struct bench *b, struct followed *f, enum http_method method,
		  const char *path, const char *body)
{
	struct api_call call = {
		.connection = &b->connection,
		.method = method,
		.path = str_from(path),
		.body = str_from(body),
	};

	f->run = lro_start(b->api, b->client->loop, &call, told, f);
	assert_int_equal(f->n, 0); /* never within the call */
}

/* Rows whose texts live as long as the server. */
struct rows {
	struct arena arena;
	struct fake_server *server;
};

static const char *header(struct rows *r, const char *name, const char *path)
{
	struct strbuf text;
	const char *copy;

	strbuf_init(&text, 1024);
	strbuf_printf(&text, "%s: %s%s\r\n", name, fake_server_url(r->server), path);
	copy = arena_strdup(&r->arena, strbuf_str(&text));
	strbuf_fini(&text);
	return copy;
}

static void on(struct rows *r, const char *method, const char *target, int status,
	       const char *headers, const char *body)
{
	fake_server_on(r->server, method, target,
		       (struct fake_reply){.status = status,
					   .headers = headers,
					   .body = str_from(body)});
}

static void seen(struct bench *b, size_t i, const char *method, const char *target)
{
	struct fake_request r = fake_server_request(b->client->server, i);

	check_text(target, r.method, method);
	check_text(target, r.target, target);
}

static void test_from_the_write_to_the_resource(void **state)
{
	struct client *client = *state;
	struct rows rows = {.server = client->server};
	struct followed f;
	struct bench b;

	bench_init(&b, client, fake_server_url(client->server), "none");
	followed_init(&f);
	on(&rows, "PUT", PATH, 201, header(&rows, "Azure-AsyncOperation", "/op"), "{}");
	on(&rows, "GET", "/op", 200, "Retry-After: 30\r\n", "{\"status\":\"Scaling\"}");
	on(&rows, "GET", "/op", 200, NULL, "{\"status\":\"Succeeded\"}");
	on(&rows, "GET", PATH, 200, NULL, "{\"name\":\"d\"}");
	start(&b, &f, HTTP_PUT, PATH, "{\"sku\":1}");
	follow(&b, &f);
	assert_int_equal(f.outcome, LRO_SUCCEEDED);
	assert_int_equal(f.err.code, ERR_NONE);
	assert_string_equal(f.result.p, "{\"name\":\"d\"}");
	assert_string_equal(f.states, ",Scaling,Succeeded,Succeeded,");
	assert_int_equal(fake_server_count(client->server), 4);
	seen(&b, 0, "PUT", PATH);
	seen(&b, 3, "GET", PATH);
	followed_fini(&f);
	bench_fini(&b);
	arena_fini(&rows.arena);
}

static void test_a_failure_says_why(void **state)
{
	struct client *client = *state;
	struct rows rows = {.server = client->server};
	struct followed f;
	struct bench b;

	bench_init(&b, client, fake_server_url(client->server), "none");
	followed_init(&f);
	on(&rows, "DELETE", PATH, 202, header(&rows, "Azure-AsyncOperation", "/op"), "");
	on(&rows, "GET", "/op", 200, NULL,
	   "{\"status\":\"Failed\",\"error\":{\"code\":\"ScopeLocked\","
	   "\"message\":\"A lock.\"}}");
	start(&b, &f, HTTP_DELETE, PATH, NULL);
	follow(&b, &f);
	assert_int_equal(f.outcome, LRO_FAILED);
	assert_int_equal(f.err.code, ERR_CONFLICT);
	assert_non_null(strstr(f.err.text, "ScopeLocked: A lock."));
	followed_fini(&f);
	bench_fini(&b);
	arena_fini(&rows.arena);
}

/* A write is sent once, whatever comes back. */
static void test_a_broken_write_is_not_repeated(void **state)
{
	struct client *client = *state;
	struct followed f;
	struct bench b;

	bench_init(&b, client, fake_server_url(client->server), "none");
	followed_init(&f);
	fake_server_on(client->server, "POST", PATH,
		       (struct fake_reply){.end = FAKE_CLOSE});
	start(&b, &f, HTTP_POST, PATH, NULL);
	follow(&b, &f);
	assert_int_equal(f.outcome, LRO_UNKNOWN);
	assert_int_equal(fake_server_count(client->server), 1);
	followed_fini(&f);
	bench_fini(&b);
}

static void test_stopped_and_followed_again(void **state)
{
	struct client *client = *state;
	struct rows rows = {.server = client->server};
	struct followed f, again;
	struct lro saved;
	struct bench b;
	struct err err;

	bench_init(&b, client, fake_server_url(client->server), "none");
	followed_init(&f);
	followed_init(&again);
	on(&rows, "POST", PATH, 202, header(&rows, "Location", "/result"), "");
	on(&rows, "GET", "/result", 202, NULL, "");
	on(&rows, "GET", "/result", 200, NULL, "{\"answer\":42}");
	f.stop_after = 2; /* from within its own telling */
	start(&b, &f, HTTP_POST, PATH, NULL);
	follow(&b, &f);
	assert_true(lro_load(&saved, strbuf_str(&f.saved), &err));
	again.run = lro_resume(b.api, client->loop, &b.connection, &saved, told, &again);
	assert_null(saved.poll_url);
	follow(&b, &again);
	assert_int_equal(again.outcome, LRO_SUCCEEDED);
	assert_string_equal(again.result.p, "{\"answer\":42}");
	assert_int_equal(fake_server_count(client->server), 3);
	followed_fini(&f);
	followed_fini(&again);
	bench_fini(&b);
	arena_fini(&rows.arena);
}

/* At three moments: the write is out, the wait runs, the poll is out. */
static void test_stopped_from_outside(void **state)
{
	struct client *client = *state;
	struct rows rows = {.server = client->server};
	struct followed f;
	struct bench b;

	bench_init(&b, client, fake_server_url(client->server), "none");
	clock_init_scaled(&client->clock, NOON_MS, 1);
	fake_server_on(client->server, "PUT", PATH,
		       (struct fake_reply){.status = 202,
					   .headers =
						   header(&rows, "Azure-AsyncOperation",
							  "/op")});
	fake_server_on(client->server, "GET", "/op",
		       (struct fake_reply){.end = FAKE_HANG});
	for (int moment = 0; moment < 3; moment++) {
		size_t before = fake_server_count(client->server);
		int64_t begin = clock_mono_us();

		followed_init(&f);
		if (moment == 2)
			clock_init_scaled(&client->clock, NOON_MS, SPEED);
		start(&b, &f, HTTP_PUT, PATH, NULL);
		while (moment == 1 && f.n == 0 && is_early(begin))
			loop_turn(client->loop, 50);
		if (moment == 2)
			client_wait_for_requests(client, before + 2);
		lro_stop(f.run);
		loop_turn(client->loop, 20);
		assert_int_equal(f.n, moment == 0 ? 0 : 1);
		followed_fini(&f);
	}
	bench_fini(&b);
	arena_fini(&rows.arena);
}

static void scale(struct bench *b, struct followed *f, const char *sku)
{
	const struct group *group = estate_group("rg-atlas-prod-weu");
	struct strbuf path, body;

	strbuf_init(&path, 1024);
	strbuf_init(&body, 1024);
	strbuf_printf(&path,
		      "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Sql/"
		      "servers/sql-atlas-prod-weu/databases/atlas-audit"
		      "?api-version=2023-08-01",
		      estate_sub_id(group), group->name);
	strbuf_printf(&body, "{\"sku\":{\"name\":\"%s\"}}", sku);
	start(b, f, HTTP_PATCH, path.p, body.p);
	strbuf_fini(&path);
	strbuf_fini(&body);
}

static void test_scaling_at_the_simulator(void **state)
{
	struct client *client = *state;
	struct sim_options options = {.listen = "127.0.0.1:0",
				      .seed = 1,
				      .clock = &client->clock};
	struct strbuf credential;
	struct followed f, second, *won, *lost;
	struct bench b;
	struct sim *sim;
	struct err err;

	sim = sim_new(client->loop, &options, &err);
	assert_non_null(sim);
	strbuf_init(&credential, 200);
	strbuf_printf(&credential, "sim:%s", sim_url(sim));
	bench_init(&b, client, sim_url(sim), credential.p);
	clock_init_scaled(&client->clock, NOON_MS, SIM_SPEED);
	followed_init(&f);
	followed_init(&second);
	/* Both are under way at once: whichever comes second is refused. */
	scale(&b, &f, "S3");
	scale(&b, &second, "S3");
	follow(&b, &f);
	follow(&b, &second);
	won = f.outcome == LRO_SUCCEEDED ? &f : &second;
	lost = won == &f ? &second : &f;
	assert_int_equal(lost->outcome, LRO_FAILED);
	assert_int_equal(lost->err.http_status, 409);
	assert_int_equal(won->outcome, LRO_SUCCEEDED);
	assert_non_null(strstr(won->result.p, "\"currentServiceObjectiveName\":\"S3\""));
	assert_true(won->n > 2);
	followed_fini(&f);
	followed_fini(&second);
	strbuf_fini(&credential);
	bench_fini(&b);
	sim_free(sim);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_from_the_write_to_the_resource),
		CASE(test_a_failure_says_why),
		CASE(test_a_broken_write_is_not_repeated),
		CASE(test_stopped_and_followed_again),
		CASE(test_stopped_from_outside),
		CASE(test_scaling_at_the_simulator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
