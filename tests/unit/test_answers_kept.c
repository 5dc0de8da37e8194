/* Dear answers from one start to the next: asked once while fresh, by the one who
 * asked before; shown with the reason when a new one cannot be had. */
#include "board_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "board/answers.h"
#include "fake/fake_loop.h"

#define HOUR_MS (3600 * INT64_C(1000))
/* {"tid":"contoso","oid":"reader"}, {... "owner"}, {"tid":"contoso"} */
#define READER "e.eyJ0aWQiOiJjb250b3NvIiwib2lkIjoicmVhZGVyIn0.s"
#define OWNER  "e.eyJ0aWQiOiJjb250b3NvIiwib2lkIjoib3duZXIifQ.s"
#define NOBODY "e.eyJ0aWQiOiJjb250b3NvIn0.s"

static char base[] = "/tmp/azdeck-kept-XXXXXX";

struct run {
	struct loop *loop;
	struct api *api;
	struct answers *answers;
	struct connection azure;
	struct got_answer *held;
	int n_told;
};

static int make_base(void **state)
{
	(void)state;
	return mkdtemp(base) ? 0 : -1;
}

static void empty_base(void)
{
	struct file_list list;
	char path[256];
	struct err err;

	assert_true(file_list(base, "", &list, &err));
	for (size_t i = 0; i < list.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", base, list.names[i]);
		unlink(path);
	}
	file_list_fini(&list);
}

static int drop_base(void **state)
{
	(void)state;
	empty_base();
	return rmdir(base);
}

static void run_init(struct run *r, int64_t wall_ms, const char *token)
{
	*r = (struct run){.loop = fake_loop_new(wall_ms), .api = fake_api_new()};
	r->azure = (struct connection){.name = xstrdup("azure"),
				       .kind = CONN_ARM,
				       .base_url = xstrdup("https://arm.test"),
				       .credential = fake_credential_new(r->loop, token)};
	r->answers = answers_new(r->api, r->loop, answer_disk_new(base, r->loop, NULL));
}

static void run_fini(struct run *r)
{
	if (r->held)
		answers_put(r->answers, r->held, r);
	answers_free(r->answers);
	fake_credential_free(r->azure.credential);
	fake_api_free(r->api);
	fake_loop_free(r->loop);
	free(r->azure.name);
	free(r->azure.base_url);
}

static void told(struct got_answer *answer, void *ctx)
{
	assert_true(answer->is_done);
	((struct run *)ctx)->n_told++;
}

/* Tokens and the pool, as far as they lead. */
static void settle(struct run *r)
{
	for (int i = 0; i < 5; i++) {
		fake_loop_advance(r->loop, 0);
		fake_loop_work(r->loop);
	}
}

static void ask(struct run *r, const char *body)
{
	const struct api_call call = {.connection = &r->azure,
				      .method = HTTP_POST,
				      .is_read = true,
				      .path = STR("/query"),
				      .body = str_from(body)};
	const struct freshness freshness = {.max_ms = 4 * HOUR_MS,
					    .keep_ms = 4 * HOUR_MS,
					    .is_kept = true};

	r->held = answers_ask(r->answers, &call, freshness, told, r);
	assert_false(r->held->is_done);
	settle(r);
}

static double figure(const struct run *r)
{
	double value = -1;

	if (r->held->json)
		json_number(r->held->json, "v", &value);
	return value;
}

/* A start that asks and is answered. */
static void keep_one(int64_t wall_ms, const char *token, const char *json)
{
	struct run r;

	run_init(&r, wall_ms, token);
	ask(&r, "{}");
	assert_int_equal(fake_api_open(r.api), 1);
	fake_api_answer(r.api, "/query", json);
	assert_int_equal(r.n_told, 1);
	settle(&r);
	run_fini(&r);
}

static void test_next_start(void **state)
{
	static const struct {
		const char *name, *token, *body;
		int64_t later_ms;
		bool is_asked;
	} cases[] = {
		{"at once", READER, "{}", 1000, false},
		{"nearly too old", READER, "{}", 4 * HOUR_MS, false},
		{"too old", READER, "{}", 4 * HOUR_MS + 1, true},
		{"of the future", READER, "{}", -61000, true},
		{"clocks a little apart", READER, "{}", -5000, false},
		{"another person", OWNER, "{}", 1000, true},
		{"a token that names nobody", NOBODY, "{}", 1000, true},
		{"no token", "opaque", "{}", 1000, true},
		{"another question", READER, "{\"a\":1}", 1000, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r;

		empty_base();
		keep_one(FIXTURE_NOW_MS, READER, "{\"v\":1}");
		run_init(&r, FIXTURE_NOW_MS + cases[i].later_ms, cases[i].token);
		ask(&r, cases[i].body);
		check_case(cases[i].name, fake_api_open(r.api) == cases[i].is_asked);
		check_case(cases[i].name, r.n_told == !cases[i].is_asked);
		if (cases[i].is_asked) {
			fake_api_answer(r.api, "/query", "{\"v\":2}");
			check_case(cases[i].name, figure(&r) == 2);
		} else {
			check_case(cases[i].name, figure(&r) == 1);
			check_case(cases[i].name, r.held->fetched_ms == FIXTURE_NOW_MS);
			check_case(cases[i].name, r.held->err.code == ERR_NONE);
		}
		run_fini(&r);
	}
}

/* In memory it ages from when it was fetched, not from when it was read. */
static void test_ages_on(void **state)
{
	struct run r;

	(void)state;
	empty_base();
	keep_one(FIXTURE_NOW_MS, READER, "{\"v\":1}");
	run_init(&r, FIXTURE_NOW_MS + 3 * HOUR_MS, READER);
	ask(&r, "{}");
	assert_true(r.held->is_done);
	answers_put(r.answers, r.held, &r);
	fake_loop_advance(r.loop, HOUR_MS + 1);
	ask(&r, "{}");
	assert_int_equal(fake_api_open(r.api), 1);
	fake_api_answer(r.api, "/query", "{\"v\":2}");
	assert_int_equal((int)figure(&r), 2);
	run_fini(&r);
}

static void test_old_one_when_refused(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
		bool is_shown;
	} cases[] = {{"throttled", ERR_THROTTLED, true},
		     {"no network", ERR_NETWORK, true},
		     {"no right any more", ERR_FORBIDDEN, false},
		     {"signed out", ERR_AUTH, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r;

		empty_base();
		keep_one(FIXTURE_NOW_MS, READER, "{\"v\":1}");
		run_init(&r, FIXTURE_NOW_MS + 9 * HOUR_MS, READER);
		ask(&r, "{}");
		fake_api_fail(r.api, "/query", cases[i].code, "no");
		check_case(cases[i].name, (figure(&r) == 1) == cases[i].is_shown);
		check_case(cases[i].name, r.held->err.code == cases[i].code);
		check_case(cases[i].name, r.held->is_partial == cases[i].is_shown);
		if (cases[i].is_shown)
			check_case(cases[i].name, r.held->fetched_ms == FIXTURE_NOW_MS);
		run_fini(&r);
	}
}

/* Rows that are not all there are not kept, and no failure is. */
static void test_keeps_only_whole_answers(void **state)
{
	struct run r;

	(void)state;
	for (int i = 0; i < 2; i++) {
		empty_base();
		run_init(&r, FIXTURE_NOW_MS, READER);
		ask(&r, "{}");
		if (i == 0)
			fake_api_cut(r.api, "/query", "{\"v\":1}", "too many pages");
		else
			fake_api_fail(r.api, "/query", ERR_SERVICE, "down");
		settle(&r);
		run_fini(&r);
		run_init(&r, FIXTURE_NOW_MS + 1000, READER);
		ask(&r, "{}");
		assert_int_equal(fake_api_open(r.api), 1);
		run_fini(&r);
	}
}

/* At any step of the way: waiting for the token, on the pool, while it is written. */
static void test_ends_at_any_moment(void **state)
{
	struct run r;

	(void)state;
	for (int steps = 0; steps < 6; steps++) {
		const struct api_call call = {.connection = &r.azure,
					      .path = STR("/query")};

		empty_base();
		run_init(&r, FIXTURE_NOW_MS, READER);
		r.held = answers_ask(r.answers, &call,
				     (struct freshness){.max_ms = HOUR_MS,
							.keep_ms = HOUR_MS,
							.is_kept = true},
				     told, &r);
		for (int i = 0; i < steps; i++) {
			if (i == 2)
				fake_api_answer(r.api, "/query", "{\"v\":1}");
			else if (i % 3 == 0)
				fake_loop_advance(r.loop, 0);
			else
				fake_loop_work(r.loop);
		}
		if (steps % 2) {
			answers_put(r.answers, r.held, &r);
			r.held = NULL;
		}
		run_fini(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_start),
		cmocka_unit_test(test_ages_on),
		cmocka_unit_test(test_old_one_when_refused),
		cmocka_unit_test(test_keeps_only_whole_answers),
		cmocka_unit_test(test_ends_at_any_moment),
	};

	return cmocka_run_group_tests(tests, make_base, drop_base);
}
