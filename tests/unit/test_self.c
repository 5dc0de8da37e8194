/* What azdeck says of itself: what needs attention, since when, until it is put
 * behind or well again. */
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "fake/fake_loop.h"
#include "unit/board_fixture.h"
#include "worker/self.h"

static const char text[] =
	"{\"title\":\"Things\",\"category\":\"test\",\"about\":\"Things.\",\"requests\":{"
	"\"a\":{\"get\":\"/a\"}},\"rows\":\"a\",\"key\":\"k\",\"columns\":["
	"{\"name\":\"k\",\"title\":\"THING\",\"value\":\"k\"},"
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"value\":\"cpu\","
	"\"severity\":["
	"{\"when\":\"cpu > `90`\",\"is\":\"crit\"},{\"when\":\"cpu > "
	"`80`\",\"is\":\"warn\"}]},"
	"{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\",\"value\":\"s\","
	"\"severity\":{"
	"\"Bad\":\"crit\",\"Poor\":\"warn\",\"Good\":\"ok\"}}]}";

struct bench {
	struct loop *loop;
	struct library *library;
	struct board_def *def;
	struct self *self;
};

static const struct derive_rule *const no_rules[] = {NULL};

static struct self *new_self(const struct bench *b, bool asks_once)
{
	return self_new(&(struct self_options){.loop = b->loop,
					       .library = b->library,
					       .rules = no_rules,
					       .asks_once = asks_once});
}

/* The answer is the caller's; NULL: none, or not yet. */
static cJSON *ask(struct bench *b, const char *path, bool *is_early, struct err *err)
{
	struct api_local answer = {0};

	self_answer(b->self, str_from(path), &answer);
	*is_early = answer.is_early;
	*err = answer.err;
	return answer.json;
}

static void bench_init(struct bench *b)
{
	*b = (struct bench){.loop = fake_loop_new(FIXTURE_NOW_MS),
			    .library = library_new(NULL, NULL, NULL),
			    .def = fixture_def(text)};
	b->self = new_self(b, true);
}

static void bench_fini(struct bench *b)
{
	self_free(b->self);
	board_def_put(b->def);
	library_free(b->library);
	fake_loop_free(b->loop);
}

static void see(struct bench *b, const char *rows, bool is_stale)
{
	struct strbuf answers;
	struct board *board;

	strbuf_init(&answers, 4096);
	strbuf_printf(&answers, "{\"a\":%s}", rows);
	board = fixture_board(b->def, answers.p);
	board->is_loading = false;
	board->is_stale = is_stale;
	self_saw(b->self, board);
	board_put(board);
	strbuf_fini(&answers);
}

/* "name state since why|..." in the order of the rows. */
static void check_attention(struct bench *b, const char *name, const char *want)
{
	struct err err = {0};
	bool is_early = true;
	cJSON *answer = ask(b, "/attention", &is_early, &err), *row;
	struct strbuf got;

	assert_non_null(answer);
	assert_false(is_early);
	strbuf_init(&got, 4096);
	cJSON_ArrayForEach (row, json_member(answer, "rows")) {
		strbuf_printf(&got, "%s%s %s %.0f %s", got.n ? "|" : "",
			      json_text(row, "what"), json_text(row, "state"),
			      json_member(row, "since")->valuedouble -
				      (double)(FIXTURE_NOW_MS / 1000),
			      json_text(row, "why"));
	}
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
	cJSON_Delete(answer);
}

static void test_attention(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	see(&b, "[{\"k\":\"x\",\"cpu\":95,\"s\":\"Bad\"},{\"k\":\"y\",\"s\":\"Good\"}]",
	    false);
	check_attention(&b, "what is wrong", "x critical 0 CPU 95.0%; Bad");
	fake_loop_advance(b.loop, 60000);
	see(&b, "[{\"k\":\"x\",\"cpu\":96,\"s\":\"Bad\"},{\"k\":\"y\",\"s\":\"Poor\"}]",
	    false);
	check_attention(&b, "since when",
			"x critical 0 CPU 96.0%; Bad|y warning 60 Poor");
	fake_loop_advance(b.loop, 60000);
	see(&b, "[{\"k\":\"x\",\"cpu\":85,\"s\":\"Good\"}]", false);
	check_attention(&b, "another severity counts anew", "x warning 120 CPU 85.0%");
	see(&b, "[{\"k\":\"x\",\"cpu\":1,\"s\":\"Good\"}]", false);
	check_attention(&b, "well again", "");
	bench_fini(&b);
}

static bool acknowledge(struct bench *b, const char *board, const char *key, bool is_on)
{
	return sights_acknowledge(self_sights(b->self), str_from(board), str_from(key),
				  is_on ? FIXTURE_NOW_MS : 0);
}

static void test_acknowledged(void **state)
{
	static const char bad[] = "[{\"k\":\"x\",\"cpu\":95,\"s\":\"Bad\"}]";
	struct bench b;

	(void)state;
	bench_init(&b);
	see(&b, bad, false);
	assert_true(acknowledge(&b, "test", "x", true));
	assert_false(acknowledge(&b, "test", "y", true));
	assert_false(acknowledge(&b, "none", "x", true));
	check_attention(&b, "put behind", "x acknowledged 0 CPU 95.0%; Bad");
	see(&b, "[{\"k\":\"x\",\"cpu\":99,\"s\":\"Bad\"}]", false);
	check_attention(&b, "figures move", "x acknowledged 0 CPU 99.0%; Bad");
	see(&b, "[{\"k\":\"x\",\"cpu\":99,\"s\":\"Poor\"}]", false);
	check_attention(&b, "its state changed", "x critical 0 CPU 99.0%; Poor");
	assert_true(acknowledge(&b, "test", "x", true));
	assert_true(acknowledge(&b, "test", "x", false));
	check_attention(&b, "not any more", "x critical 0 CPU 99.0%; Poor");
	bench_fini(&b);
}

/* What could not be fetched has not become well. */
static void test_stale(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	see(&b, "[{\"k\":\"x\",\"cpu\":95}]", false);
	assert_true(acknowledge(&b, "test", "x", true));
	see(&b, "[]", true);
	fake_loop_advance(b.loop, 60000);
	see(&b, "[{\"k\":\"x\",\"cpu\":95}]", false);
	check_attention(&b, "still the same trouble", "x acknowledged 0 CPU 95.0%");
	bench_fini(&b);
}

static bool can(void *ctx, const struct board_def *def)
{
	return strcmp(def->name, ctx) == 0;
}

static void test_wants(void **state)
{
	static const char *const attention[] = {"attention"}, *const one[] = {"sql",
									      "nothing"};
	struct err err = {0};
	const char *const *names;
	bool is_early = false;
	cJSON *answer;
	struct bench b;
	size_t n;

	(void)state;
	bench_init(&b);
	self_want(b.self, one, 2, can, (char[]){"cost"});
	names = self_wanted(b.self, &n);
	assert_int_equal(n, 1);
	assert_string_equal(names[0], "sql");
	self_want(b.self, attention, 1, can, (char[]){"cost"});
	self_wanted(b.self, &n);
	assert_int_equal(n, 2); /* itself, and what can be had */
	assert_null(ask(&b, "/attention", &is_early, &err));
	assert_true(is_early);
	fake_loop_advance(b.loop, 16000);
	answer = ask(&b, "/attention", &is_early, &err);
	assert_false(is_early);
	assert_string_equal(err.text, "no answer came for cost");
	assert_int_equal(cJSON_GetArraySize(json_member(answer, "rows")), 0);
	cJSON_Delete(answer);
	assert_null(ask(&b, "/else", &is_early, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	bench_fini(&b);
}

/* What repeats another board's rows counts there, not twice. */
static void test_repeats(void **state)
{
	static const char repeating[] =
		"{\"title\":\"Sums\",\"category\":\"test\",\"about\":\"S.\",\"requests\":"
		"{"
		"\"a\":{\"get\":\"/a\"}},\"rows\":\"a\",\"key\":\"k\","
		"\"repeats\":\"k != 'sum'\",\"columns\":["
		"{\"name\":\"k\",\"title\":\"K\",\"value\":\"k\"},"
		"{\"name\":\"s\",\"title\":\"S\",\"type\":\"state\",\"value\":\"s\","
		"\"severity\":{\"Bad\":\"crit\"}}]}";
	struct board *board;
	struct bench b;

	(void)state;
	bench_init(&b);
	board_def_put(b.def);
	b.def = fixture_def(repeating);
	see(&b, "[{\"k\":\"sum\",\"s\":\"Bad\"},{\"k\":\"x\",\"s\":\"Bad\"}]", false);
	check_attention(&b, "the sum alone", "sum critical 0 Bad");
	board = fixture_board(b.def, "{\"a\":[{\"k\":\"sum\",\"s\":\"Bad\"},"
				     "{\"k\":\"x\",\"s\":\"Bad\"}]}");
	assert_int_equal(board->by_sev[SEV_CRIT], 2);
	assert_int_equal(board->news[SEV_CRIT], 1);
	board_put(board);
	bench_fini(&b);
}

/* Somebody looks on: what is known is not held back for what is not. */
static void test_at_once(void **state)
{
	static const char *const attention[] = {"attention"};
	struct err err = {0};
	bool is_early = false;
	cJSON *feeds;
	struct bench b;

	(void)state;
	bench_init(&b);
	self_free(b.self);
	b.self = new_self(&b, false);
	self_want(b.self, attention, 1, can, (char[]){"cost"});
	assert_null(ask(&b, "/attention", &is_early, &err));
	assert_true(is_early); /* nothing is wrong yet: that may be a lie */
	feeds = ask(&b, "/feeds", &is_early, &err);
	assert_non_null(feeds);
	assert_false(is_early);
	cJSON_Delete(feeds);
	see(&b, "[{\"k\":\"x\",\"cpu\":95}]", false);
	check_attention(&b, "the first problem", "x critical 0 CPU 95.0%");
	bench_fini(&b);
}

static cJSON *two_models(void *ctx)
{
	cJSON *rows = cJSON_CreateArray();

	assert_non_null(ctx);
	cJSON_AddItemToArray(rows, cJSON_CreateObject());
	cJSON_AddItemToArray(rows, cJSON_CreateObject());
	return rows;
}

static void check_models(struct bench *b, int want)
{
	struct err err = {0};
	bool is_early = true;
	cJSON *answer = ask(b, "/ai", &is_early, &err);

	assert_false(is_early);
	assert_int_equal(cJSON_GetArraySize(json_member(answer, "rows")), want);
	cJSON_Delete(answer);
}

/* How models do is known at once, and by somebody else. */
static void test_models(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	check_models(&b, 0);
	self_add_rows(b.self, "/ai", two_models, &b);
	check_models(&b, 2);
	bench_fini(&b);
}

static void count(void *ctx)
{
	++*(int *)ctx;
}

/* Whoever waits for boards is told of each, and of none that says nothing yet. */
static void test_heard(void **state)
{
	struct board *board;
	struct bench b;
	int heard = 0;

	(void)state;
	bench_init(&b);
	self_free(b.self);
	b.self = self_new(&(struct self_options){.loop = b.loop,
						 .library = b.library,
						 .rules = no_rules,
						 .heard = count,
						 .ctx = &heard});
	board = board_new(b.def);
	self_saw(b.self, board);
	assert_int_equal(heard, 0);
	board_put(board);
	see(&b, "[]", false);
	assert_int_equal(heard, 1);
	bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_models),	     cmocka_unit_test(test_attention),
		cmocka_unit_test(test_acknowledged), cmocka_unit_test(test_stale),
		cmocka_unit_test(test_wants),	     cmocka_unit_test(test_at_once),
		cmocka_unit_test(test_repeats),	     cmocka_unit_test(test_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
