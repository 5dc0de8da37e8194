/* Lists of resources by type: what is due is one question, each has its own rows. */
#include "board_fixture.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "board/answers.h"
#include "board/type_list.h"
#include "fake/fake_loop.h"

enum { MINUTE_MS = 60000 };

static const char vms[] = "microsoft.compute/virtualmachines";
static const char sites[] = "microsoft.web/sites";
static const char caches[] = "microsoft.cache/redis";

#define ROW(type, name) "{\"id\":\"/" name "\",\"type\":\"" type "\"}"

struct bench {
	struct loop *loop;
	struct api *api;
	struct answers *answers;
	struct connection azure, other;
};

struct reader {
	struct answers *answers;
	struct got_answer *held;
	struct reader *drops; /* gives up this one's hold from within the callback */
	int n_told;
};

static int setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof(*b));

	b->loop = fake_loop_new(FIXTURE_NOW_MS);
	b->api = fake_api_new();
	b->answers = answers_new(b->api, b->loop, NULL);
	b->azure = (struct connection){.name = xstrdup("azure"), .kind = CONN_ARM};
	b->other = (struct connection){.name = xstrdup("other"), .kind = CONN_ARM};
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	answers_free(b->answers);
	fake_api_free(b->api);
	fake_loop_work(b->loop);
	fake_loop_free(b->loop);
	free(b->azure.name);
	free(b->other.name);
	free(b);
	return 0;
}

static void told(struct got_answer *answer, void *ctx)
{
	struct reader *r = ctx;

	r->n_told++;
	assert_true(answer->is_done);
	if (r->drops) {
		answers_put(r->answers, r->drops->held, r->drops);
		r->drops->held = NULL;
	}
}

static void ask_of(struct bench *b, const struct connection *c, const char *type,
		   struct reader *r)
{
	const struct api_call call = {.connection = c};
	const struct freshness fresh = {.max_ms = MINUTE_MS,
					.keep_ms = MINUTE_MS,
					.list = type};

	r->answers = b->answers;
	r->held = answers_ask(b->answers, &call, fresh, told, r);
}

static void ask(struct bench *b, const char *type, struct reader *r)
{
	ask_of(b, &b->azure, type, r);
}

static void expect_all(struct bench *b)
{
	const struct answers_list lists[] = {{vms, MINUTE_MS},
					     {sites, MINUTE_MS},
					     {caches, 2 * MINUTE_MS}};

	answers_expect(b->answers, lists, 3);
}

static void drop(struct bench *b, struct reader *r)
{
	answers_put(b->answers, r->held, r);
	r->held = NULL;
}

/* The ids of its rows, one after the other. */
static void check_rows(const char *name, const struct reader *r, const char *want)
{
	const cJSON *row;
	struct strbuf ids;

	strbuf_init(&ids, 1000);
	cJSON_ArrayForEach (row, json_at(r->held->json, STR("data")))
		strbuf_puts(&ids, json_at(row, STR("id"))->valuestring);
	check_text(name, strbuf_str(&ids), want);
	strbuf_fini(&ids);
}

static void answer_all(struct bench *b)
{
	fake_api_answer(b->api, TYPE_LIST_PATH,
			"{\"count\":4,\"data\":[" ROW(
				"microsoft.web/sites",
				"w1") "," ROW("Microsoft.Compute/virtualMachines",
					      "v1") "," ROW("microsoft.web/sites",
							    "w2") "," ROW("a/b",
									  "x") "]}");
}

static void test_one_question(void **state)
{
	struct bench *b = *state;
	struct reader v = {0}, w = {0}, c = {0};

	expect_all(b);
	ask(b, vms, &v);
	ask(b, sites, &w);
	assert_int_equal(fake_api_count(b->api), 1);
	for (size_t i = 0; i < 3; i++)
		assert_non_null(strstr(fake_api_call(b->api, 0),
				       ((const char *[]){vms, sites, caches})[i]));
	answer_all(b);
	assert_int_equal(v.n_told, 1);
	assert_int_equal(w.n_told, 1);
	check_rows("any case", &v, "/v1");
	check_rows("in their order", &w, "/w1/w2");
	/* It came along, and has none. */
	ask(b, caches, &c);
	assert_int_equal(fake_api_count(b->api), 1);
	assert_true(c.held->is_done);
	check_rows("none", &c, "");
	assert_non_null(json_at(c.held->json, STR("data")));
	drop(b, &v);
	drop(b, &w);
	drop(b, &c);
}

static void test_alone_when_nothing_is_expected(void **state)
{
	struct bench *b = *state;
	struct reader v = {0}, w = {0};

	ask(b, vms, &v);
	ask(b, sites, &w);
	assert_int_equal(fake_api_count(b->api), 2);
	assert_null(strstr(fake_api_call(b->api, 0), sites));
	answer_all(b);
	answer_all(b);
	check_rows("vms", &v, "/v1");
	check_rows("sites", &w, "/w1/w2");
	drop(b, &v);
	drop(b, &w);
}

/* The list with the longer interval is not due when the others are again. */
static void test_only_what_is_due(void **state)
{
	struct bench *b = *state;
	struct reader v = {0};

	expect_all(b);
	ask(b, vms, &v);
	answer_all(b);
	drop(b, &v);
	fake_loop_advance(b->loop, MINUTE_MS + 1);
	ask(b, vms, &v);
	assert_int_equal(fake_api_count(b->api), 2);
	assert_non_null(strstr(fake_api_call(b->api, 1), sites));
	assert_null(strstr(fake_api_call(b->api, 1), caches));
	answer_all(b);
	drop(b, &v);
}

static void test_connections_apart(void **state)
{
	struct bench *b = *state;
	struct reader v = {0}, w = {0};

	expect_all(b);
	ask_of(b, &b->azure, vms, &v);
	ask_of(b, &b->other, sites, &w);
	assert_int_equal(fake_api_count(b->api), 2);
	answer_all(b);
	answer_all(b);
	check_rows("azure", &v, "/v1");
	check_rows("other", &w, "/w1/w2");
	drop(b, &v);
	drop(b, &w);
}

/* All have the same failure; what came along unasked is asked anew. */
static void test_failure(void **state)
{
	struct bench *b = *state;
	struct reader v = {0}, w = {0}, c = {0};

	expect_all(b);
	ask(b, vms, &v);
	ask(b, sites, &w);
	fake_api_fail(b->api, TYPE_LIST_PATH, ERR_THROTTLED, "wait");
	assert_int_equal(v.held->err.code, ERR_THROTTLED);
	assert_int_equal(w.held->err.code, ERR_THROTTLED);
	assert_null(w.held->json);
	ask(b, caches, &c);
	assert_int_equal(fake_api_count(b->api), 2);
	answer_all(b);
	check_rows("asked anew", &c, "");
	drop(b, &v);
	drop(b, &w);
	drop(b, &c);
}

static void test_cut_and_without_rows(void **state)
{
	struct bench *b = *state;
	struct reader v = {0};

	expect_all(b);
	ask(b, vms, &v);
	fake_api_cut(b->api, TYPE_LIST_PATH,
		     "{\"data\":[" ROW("microsoft.compute/virtualmachines", "v1") "]}",
		     "too many pages");
	assert_true(v.held->is_partial);
	check_rows("what came", &v, "/v1");
	drop(b, &v);
	fake_loop_advance(b->loop, 2 * MINUTE_MS + 1);
	ask(b, vms, &v);
	fake_api_answer(b->api, TYPE_LIST_PATH, "{\"data\":{\"columns\":[]}}");
	assert_int_equal(v.held->err.code, ERR_PARSE);
	drop(b, &v);
}

/* Who gives up while it is asked, or while it is told, costs the others nothing. */
static void test_giving_up(void **state)
{
	struct bench *b = *state;
	struct reader v = {0}, w = {0};

	expect_all(b);
	ask(b, vms, &v);
	ask(b, sites, &w);
	drop(b, &v);
	assert_int_equal(fake_api_open(b->api), 1);
	answer_all(b);
	assert_int_equal(v.n_told, 0);
	check_rows("sites", &w, "/w1/w2");
	drop(b, &w);
	fake_loop_advance(b->loop, 3 * MINUTE_MS);
	ask(b, vms, &v);
	ask(b, sites, &w);
	v.drops = &w;
	answer_all(b);
	assert_int_equal(v.n_told, 1);
	assert_int_equal(w.n_told, 1); /* of the first time */
	check_rows("vms", &v, "/v1");
	drop(b, &v);
}

/* Without anybody left nothing is asked any more. */
static void test_nobody_is_left(void **state)
{
	struct bench *b = *state;
	struct reader v = {0};

	ask(b, vms, &v);
	drop(b, &v);
	assert_int_equal(fake_api_open(b->api), 0);
	assert_int_equal(fake_api_cancelled(b->api), 1);
	assert_int_equal(answers_count(b->answers), 0);
	/* And what is on its way ends with all of them. */
	expect_all(b);
	ask(b, vms, &v);
	answers_free(b->answers);
	b->answers = NULL;
	assert_int_equal(fake_api_open(b->api), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_one_question),     CASE(test_alone_when_nothing_is_expected),
		CASE(test_only_what_is_due), CASE(test_connections_apart),
		CASE(test_failure),	     CASE(test_cut_and_without_rows),
		CASE(test_giving_up),	     CASE(test_nobody_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
