/* A board over several connections: whose rows it has, and what it says when one of
 * them is down. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "board/lanes.h"
#include "fake/fake_loop.h"
#include "unit/board_fixture.h"

enum { N = 2 };

struct bench {
	struct loop *loop;
	struct api *api;
	struct answers *answers;
	struct connection clusters[N];
	size_t n_clusters;
	struct board_def *def;
	struct lanes_host host;
	struct lanes *lanes;
	struct board *board;
};

static const char text[] =
	"{\"title\":\"Pods\",\"category\":\"kubernetes\",\"about\":\"All "
	"pods.\",\"requests\":{"
	"\"pods\":{\"kind\":\"k8s\",\"get\":\"/{connection.name}/pods\","
	"\"absent\":\"there are no pods\"}},"
	"\"rows\":\"pods.items\",\"key\":\"name\",\"columns\":["
	"{\"name\":\"name\",\"title\":\"POD\",\"value\":\"name\"},"
	"{\"name\":\"cluster\",\"title\":\"CLUSTER\","
	"\"value\":\"lookup('connection', 'name')\"}]}";

static const struct connection *find(void *ctx, enum conn_kind kind, size_t i)
{
	const struct bench *b = ctx;

	return kind == CONN_K8S && i < b->n_clusters ? &b->clusters[i] : NULL;
}

static void publish(void *ctx, struct board *board)
{
	struct bench *b = ctx;

	board_put(b->board);
	b->board = board_get(board);
}

static void bench_init(struct bench *b, size_t n_clusters)
{
	static const char *const names[N] = {"north", "west"};

	*b = (struct bench){.loop = fake_loop_new(FIXTURE_NOW_MS),
			    .api = fake_api_new(),
			    .n_clusters = n_clusters,
			    .def = fixture_def(text)};
	for (size_t i = 0; i < N; i++) {
		b->clusters[i] = (struct connection){.name = xstrdup(names[i]),
						     .kind = CONN_K8S,
						     .about = cJSON_CreateObject()};
		cJSON_AddStringToObject(b->clusters[i].about, "name", names[i]);
	}
	b->answers = answers_new(b->api, b->loop, NULL);
	b->host = (struct lanes_host){.answers = b->answers,
				      .loop = b->loop,
				      .speed = 1,
				      .connection = find,
				      .publish = publish,
				      .ctx = b};
	b->lanes = lanes_new(&b->host, b->def);
	lanes_want(b->lanes, true);
	fake_loop_advance(b->loop, 0);
}

static void bench_fini(struct bench *b)
{
	lanes_free(b->lanes);
	answers_free(b->answers);
	board_put(b->board);
	board_def_put(b->def);
	for (size_t i = 0; i < N; i++) {
		free(b->clusters[i].name);
		cJSON_Delete(b->clusters[i].about);
	}
	fake_api_free(b->api);
	fake_loop_free(b->loop);
}

static const char *cell(const struct bench *b, const char *key, size_t column)
{
	ptrdiff_t row = board_find(b->board, str_from(key));

	assert_true(row >= 0);
	return b->board->rows[row].cells[column].text;
}

static void test_rows_of_all(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, N);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[{\"name\":\"web\"}]}");
	assert_int_equal(b.board->n_rows, 1);
	assert_false(b.board->is_loading || b.board->is_partial);
	fake_api_answer(b.api, "/west/pods",
			"{\"items\":[{\"name\":\"web\"},{\"name\":\"job\"}]}");
	assert_int_equal(b.board->n_rows, 3);
	assert_string_equal(cell(&b, "north/web", 1), "north");
	assert_string_equal(cell(&b, "west/web", 1), "west");
	assert_string_equal(cell(&b, "west/job", 0), "job");
	assert_int_equal(b.board->version, 2);
	bench_fini(&b);
}

/* What is not there is no fault; where it is nowhere that is said once. */
static void test_absent(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, N);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[{\"name\":\"web\"}]}");
	assert_true(b.board->is_filling);
	fake_api_fail_status(b.api, "/west/pods", ERR_NOT_FOUND, 404, "not found");
	assert_int_equal(b.board->n_rows, 1);
	assert_false(b.board->is_partial || b.board->is_stale || b.board->is_filling);
	assert_int_equal(b.board->err.code, ERR_NONE);
	assert_string_equal(b.board->note, "west: there are no pods");
	bench_fini(&b);

	bench_init(&b, N);
	fake_api_fail_status(b.api, "/north/pods", ERR_NOT_FOUND, 404, "not found");
	fake_api_fail_status(b.api, "/west/pods", ERR_NOT_FOUND, 404, "not found");
	assert_int_equal(b.board->n_rows, 0);
	assert_false(b.board->is_partial || b.board->is_stale);
	assert_string_equal(b.board->note, "there are no pods");
	/* Nobody asks again soon for what is not there. */
	assert_true(b.board->due_ms >= FIXTURE_NOW_MS + 600000);
	bench_fini(&b);

	bench_init(&b, 1);
	fake_api_fail_status(b.api, "/north/pods", ERR_FORBIDDEN, 403, "no right");
	assert_true(b.board->is_stale);
	assert_null(b.board->note);
	bench_fini(&b);
}

static void test_one_is_down(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, N);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[{\"name\":\"web\"}]}");
	fake_api_fail(b.api, "/west/pods", ERR_NETWORK, "no connection");
	assert_int_equal(b.board->n_rows, 1);
	assert_true(b.board->is_partial);
	assert_false(b.board->is_stale);
	assert_true(str_starts(str_from(b.board->err.text), STR("west: ")));
	bench_fini(&b);
}

static void test_all_are_down(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, N);
	fake_api_fail(b.api, "/north/pods", ERR_NETWORK, "no connection");
	fake_api_fail(b.api, "/west/pods", ERR_NETWORK, "no connection");
	assert_true(b.board->is_stale);
	assert_false(b.board->is_loading);
	assert_int_equal(b.board->n_rows, 0);
	bench_fini(&b);
}

/* Its rows outlive the parts they came with. */
static void test_rows_are_held(void **state)
{
	struct board *kept;
	struct bench b;

	(void)state;
	bench_init(&b, N);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[{\"name\":\"web\"}]}");
	kept = board_get(b.board);
	fake_api_answer(b.api, "/west/pods", "{\"items\":[]}");
	fake_loop_advance(b.loop, 1000);
	lanes_refresh(b.lanes);
	fake_loop_advance(b.loop, 0);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[]}");
	fake_api_answer(b.api, "/west/pods", "{\"items\":[]}");
	assert_int_equal(b.board->n_rows, 0);
	assert_string_equal(kept->rows[0].cells[0].text, "web");
	board_put(kept);
	bench_fini(&b);
}

static void test_none(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, 0);
	assert_true(b.board->is_stale);
	assert_non_null(strstr(b.board->err.text, "k8s"));
	bench_fini(&b);
}

/* One connection: the keys are the rows' own. */
static void test_one(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, 1);
	fake_api_answer(b.api, "/north/pods", "{\"items\":[{\"name\":\"web\"}]}");
	assert_string_equal(cell(&b, "web", 1), "north");
	bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_of_all),   cmocka_unit_test(test_absent),
		cmocka_unit_test(test_one_is_down),   cmocka_unit_test(test_all_are_down),
		cmocka_unit_test(test_rows_are_held), cmocka_unit_test(test_none),
		cmocka_unit_test(test_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
