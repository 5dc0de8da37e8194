/* Answers shared by boards: asked once, told to all, kept while held or fresh. */
#include "board_fixture.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "board/answers.h"
#include "fake/fake_loop.h"

enum { KEEP_MS = 4000 };

struct bench {
	struct loop *loop;
	struct api *api;
	struct answers *answers;
	struct connection azure, devops;
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
	b->devops = (struct connection){.name = xstrdup("devops"), .kind = CONN_DEVOPS};
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	answers_free(b->answers);
	fake_api_free(b->api);
	fake_loop_work(b->loop); /* what is freed there */
	fake_loop_free(b->loop);
	free(b->azure.name);
	free(b->devops.name);
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

static void ask_call(struct bench *b, const struct api_call *call, int64_t max_age_ms,
		     struct reader *r)
{
	r->answers = b->answers;
	r->held =
		answers_ask(b->answers, call,
			    (struct freshness){.max_ms = max_age_ms, .keep_ms = KEEP_MS},
			    told, r);
	assert_int_equal(r->n_told, 0); /* never within the call */
}

static void ask(struct bench *b, const char *path, int64_t max_age_ms, struct reader *r)
{
	const struct api_call call = {.connection = &b->azure,
				      .method = HTTP_GET,
				      .path = str_from(path)};

	ask_call(b, &call, max_age_ms, r);
}

static void drop(struct bench *b, struct reader *r)
{
	answers_put(b->answers, r->held, r);
	r->held = NULL;
}

static void test_shared_while_asked(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0};

	ask(b, "/a", 1000, &first);
	ask(b, "/a", 1000, &second);
	assert_int_equal(fake_api_count(b->api), 1);
	assert_ptr_equal(first.held, second.held);
	fake_api_answer(b->api, "/a", "{\"v\":1}");
	assert_int_equal(first.n_told, 1);
	assert_int_equal(second.n_told, 1);
	assert_non_null(first.held->json);
	assert_int_equal(first.held->fetched_ms, FIXTURE_NOW_MS);
	drop(b, &first);
	assert_non_null(second.held->json);
	drop(b, &second);
}

static void test_shared_while_fresh(void **state)
{
	static const struct {
		const char *name;
		int64_t passed_ms;
		size_t calls;
	} cases[] = {{"at once", 0, 1}, {"fresh", 1000, 1}, {"too old", 1001, 2}};

	for (size_t i = 0; i < 3; i++) {
		struct bench *b;
		struct reader first = {0}, second = {0};

		setup(state);
		b = *state;
		ask(b, "/a", 1000, &first);
		fake_api_answer(b->api, "/a", "{}");
		drop(b, &first);
		fake_loop_advance(b->loop, cases[i].passed_ms);
		ask(b, "/a", 1000, &second);
		check_case(cases[i].name, fake_api_count(b->api) == cases[i].calls);
		check_case(cases[i].name, second.held->is_done == (cases[i].calls == 1));
		if (cases[i].calls == 2)
			fake_api_answer(b->api, "/a", "{}");
		drop(b, &second);
		teardown(state);
	}
}

/* What one holder still reads is not what a later one asks anew. */
static void test_old_one_stays_with_its_holder(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0};

	ask(b, "/a", 1000, &first);
	fake_api_answer(b->api, "/a", "{\"v\":1}");
	fake_loop_advance(b->loop, 5000);
	ask(b, "/a", 1000, &second);
	assert_ptr_not_equal(first.held, second.held);
	fake_api_answer(b->api, "/a", "{\"v\":2}");
	assert_int_equal(json_member(first.held->json, "v")->valueint, 1);
	assert_int_equal(json_member(second.held->json, "v")->valueint, 2);
	assert_int_equal(second.held->fetched_ms, FIXTURE_NOW_MS + 5000);
	assert_int_equal(answers_count(b->answers), 1);
	drop(b, &first);
	drop(b, &second);
}

static void test_what_makes_a_call_another(void **state)
{
	struct bench *b = *state;
	const struct api_call calls[] = {
		{.connection = &b->azure, .method = HTTP_GET, .path = STR("/a")},
		{.connection = &b->devops, .method = HTTP_GET, .path = STR("/a")},
		{.connection = &b->azure, .method = HTTP_POST, .path = STR("/a")},
		{.connection = &b->azure,
		 .method = HTTP_POST,
		 .path = STR("/a"),
		 .body = STR("{\"v\":1}")},
		{.connection = &b->azure, .method = HTTP_GET, .path = STR("/A")},
		{.connection = &b->azure, .method = HTTP_GET, .path = STR("/a?v=1")},
	};
	enum { N = sizeof(calls) / sizeof(*calls) };
	struct reader readers[N] = {0};

	for (size_t i = 0; i < N; i++) {
		ask_call(b, &calls[i], 1000, &readers[i]);
		assert_int_equal(fake_api_count(b->api), i + 1);
	}
	for (size_t i = 0; i < N; i++)
		drop(b, &readers[i]);
	assert_int_equal(fake_api_cancelled(b->api), N);
}

static void test_failure_is_told_and_not_kept(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0}, third = {0};

	ask(b, "/a", 1000, &first);
	ask(b, "/a", 1000, &second);
	fake_api_fail(b->api, "/a", ERR_THROTTLED, "too many");
	assert_int_equal(first.n_told, 1);
	assert_int_equal(second.n_told, 1);
	assert_null(first.held->json);
	assert_int_equal(first.held->err.code, ERR_THROTTLED);
	ask(b, "/a", 1000, &third);
	assert_int_equal(fake_api_count(b->api), 2);
	fake_api_answer(b->api, "/a", "{}");
	drop(b, &first);
	drop(b, &second);
	drop(b, &third);
}

/* Rows that are cut are worth reading, but not worth sharing. */
static void test_partial_is_not_kept(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0};

	ask(b, "/a", 1000, &first);
	fake_api_cut(b->api, "/a", "{\"value\":[1]}", "too many pages");
	assert_non_null(first.held->json);
	assert_true(first.held->is_partial);
	ask(b, "/a", 1000, &second);
	assert_int_equal(fake_api_count(b->api), 2);
	fake_api_answer(b->api, "/a", "{}");
	drop(b, &first);
	drop(b, &second);
}

static void test_given_up(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0};

	ask(b, "/a", 1000, &first);
	ask(b, "/a", 1000, &second);
	drop(b, &first);
	assert_int_equal(fake_api_cancelled(b->api), 0);
	fake_api_answer(b->api, "/a", "{}");
	assert_int_equal(first.n_told, 0);
	assert_int_equal(second.n_told, 1);
	drop(b, &second);
	ask(b, "/b", 1000, &first);
	drop(b, &first);
	/* The last one to go cancels it, and it can be asked again. */
	assert_int_equal(fake_api_cancelled(b->api), 1);
	assert_int_equal(answers_count(b->answers), 1);
}

static void test_given_up_from_within(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0};

	first.drops = &second;
	ask(b, "/a", 1000, &first);
	ask(b, "/a", 1000, &second);
	fake_api_answer(b->api, "/a", "{}");
	assert_int_equal(second.n_told, 0);
	drop(b, &first);
	/* Its own hold, the only one: the answer must outlive the callback. */
	fake_loop_advance(b->loop, KEEP_MS);
	assert_int_equal(answers_sweep(b->answers), -1);
	assert_int_equal(answers_count(b->answers), 0);
	first = (struct reader){.drops = &first};
	ask(b, "/b", 1000, &first);
	fake_api_fail(b->api, "/b", ERR_NETWORK, "refused");
	assert_null(first.held);
	assert_int_equal(answers_count(b->answers), 0);
	/* A good one is kept all the same. */
	first = (struct reader){.drops = &first};
	ask(b, "/b", 1000, &first);
	fake_api_answer(b->api, "/b", "{}");
	assert_null(first.held);
	assert_int_equal(answers_count(b->answers), 1);
	first = (struct reader){0};
	ask(b, "/b", 1000, &first);
	assert_int_equal(fake_api_count(b->api), 3);
	assert_true(first.held->is_done);
	drop(b, &first);
}

/* Unheld, an answer goes when it has been kept for as long as was asked; held, it
 * stays however old. */
static void test_sweep(void **state)
{
	struct bench *b = *state;
	struct reader held = {0}, free_old = {0}, free_new = {0};

	ask(b, "/held", 0, &held);
	ask(b, "/old", 0, &free_old);
	fake_api_answer(b->api, "/held", "{}");
	fake_api_answer(b->api, "/old", "{}");
	drop(b, &free_old);
	fake_loop_advance(b->loop, KEEP_MS - 1500);
	ask(b, "/new", 0, &free_new);
	fake_api_answer(b->api, "/new", "{}");
	drop(b, &free_new);
	assert_int_equal(answers_sweep(b->answers), 1500);
	assert_int_equal(answers_count(b->answers), 3);
	fake_loop_advance(b->loop, 1500);
	assert_int_equal(answers_sweep(b->answers), KEEP_MS - 1500);
	assert_int_equal(answers_count(b->answers), 2);
	fake_loop_advance(b->loop, KEEP_MS);
	assert_int_equal(answers_sweep(b->answers), -1);
	assert_int_equal(answers_count(b->answers), 1);
	drop(b, &held);
	assert_int_equal(answers_sweep(b->answers), -1);
	assert_int_equal(answers_count(b->answers), 0);
}

/* What was kept as text comes back as it was, without being asked again. */
static void test_kept_as_text(void **state)
{
	static const char text[] =
		"{\"value\":[{\"a\":1.5,\"b\":\"x\\ny\"},null,true,12345678901]}";
	struct bench *b = *state;
	struct reader first = {0}, second = {0};
	struct strbuf back;

	ask(b, "/a", 0, &first);
	fake_api_answer(b->api, "/a", text);
	answers_sweep(b->answers);
	assert_non_null(first.held->json); /* not under a holder's hands */
	drop(b, &first);
	answers_sweep(b->answers);
	ask(b, "/a", 1000, &second);
	assert_int_equal(fake_api_count(b->api), 1);
	assert_true(second.held->is_done);
	strbuf_init(&back, 1000);
	json_print(&back, second.held->json);
	assert_string_equal(back.p, text);
	strbuf_fini(&back);
	drop(b, &second);
}

enum { LARGE_ITEMS = 12000, LONG_MS = 3600 * 1000 };

/* The caller asks for it and gives it up again; it stays for an hour. */
static void keep_large(struct bench *b)
{
	const struct api_call call = {.connection = &b->azure,
				      .method = HTTP_GET,
				      .path = STR("/large")};
	const struct freshness fresh = {.max_ms = LONG_MS, .keep_ms = LONG_MS};
	struct got_answer *answer = answers_ask(b->answers, &call, fresh, NULL, NULL);
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	strbuf_puts(&text, "[0");
	for (int i = 1; i < LARGE_ITEMS; i++)
		strbuf_printf(&text, ",\"item %08d\"", i);
	strbuf_puts(&text, "]");
	fake_api_answer(b->api, "/large", text.p);
	strbuf_fini(&text);
	answers_put(b->answers, answer, NULL);
}

/* A large one is made to text on the pool and read there again: nothing of it happens
 * within a turn of the loop, and who asks meanwhile waits or has it at once. */
static void test_large_ones_are_the_pools(void **state)
{
	struct bench *b = *state;
	struct reader first = {0}, second = {0}, third = {0};

	keep_large(b);
	answers_sweep(b->answers);
	ask(b, "/large", LONG_MS, &first); /* while it is printed: the tree stays */
	assert_true(first.held->is_done);
	fake_loop_work(b->loop);
	assert_int_equal(cJSON_GetArraySize(first.held->json), LARGE_ITEMS);
	drop(b, &first);
	answers_sweep(b->answers);
	fake_loop_work(b->loop);
	ask(b, "/large", LONG_MS, &second);
	ask(b, "/large", LONG_MS, &third);
	assert_false(second.held->is_done);
	assert_null(second.held->json);
	drop(b, &third); /* does not wait any longer */
	fake_loop_work(b->loop);
	assert_int_equal(second.n_told, 1);
	assert_int_equal(third.n_told, 0);
	assert_int_equal(second.held->err.code, ERR_NONE);
	assert_int_equal(second.held->fetched_ms, FIXTURE_NOW_MS);
	assert_int_equal(cJSON_GetArraySize(second.held->json), LARGE_ITEMS);
	assert_int_equal(fake_api_count(b->api), 1);
	drop(b, &second);
}

/* What all ends with on the pool is waited for; without anybody who reads it, it is
 * read in vain. */
static void test_ends_with_a_large_one_on_the_pool(void **state)
{
	struct bench *b = *state;
	struct reader first = {0};

	keep_large(b);
	answers_sweep(b->answers);
	fake_loop_work(b->loop);
	ask(b, "/large", LONG_MS, &first);
	drop(b, &first);
	assert_int_equal(answers_count(b->answers), 1);
}

/* Of many, a turn packs its share; the others have the next. */
static void test_a_turn_packs_its_share(void **state)
{
	struct bench *b = *state;
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	strbuf_puts(&text, "[0");
	for (int i = 1; i < 4500; i++)
		strbuf_puts(&text, ",0");
	strbuf_puts(&text, "]");
	for (int i = 0; i < 3; i++) {
		struct reader r = {0};
		char path[8];

		snprintf(path, sizeof(path), "/%d", i);
		ask(b, path, 1000, &r);
		fake_api_answer(b->api, path, text.p);
		drop(b, &r);
	}
	strbuf_fini(&text);
	assert_int_equal(answers_sweep(b->answers), 0);
	assert_int_equal(answers_sweep(b->answers), KEEP_MS);
	assert_int_equal(answers_count(b->answers), 3);
}

/* What is still asked when all ends is cancelled. */
static void test_free_cancels(void **state)
{
	struct bench *b = *state;
	struct reader r = {0};

	ask(b, "/a", 0, &r);
	answers_free(b->answers);
	assert_int_equal(fake_api_cancelled(b->api), 1);
	b->answers = NULL;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shared_while_asked, setup, teardown),
		cmocka_unit_test(test_shared_while_fresh),
		cmocka_unit_test_setup_teardown(test_old_one_stays_with_its_holder, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_what_makes_a_call_another, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_failure_is_told_and_not_kept, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_partial_is_not_kept, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_given_up, setup, teardown),
		cmocka_unit_test_setup_teardown(test_given_up_from_within, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_sweep, setup, teardown),
		cmocka_unit_test_setup_teardown(test_kept_as_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_large_ones_are_the_pools, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_ends_with_a_large_one_on_the_pool,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_turn_packs_its_share, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_free_cancels, setup, teardown),
	};

	return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
