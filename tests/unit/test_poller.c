/* The feeds someone looks at: only those ask, what two need is asked once, and
 * whatever runs when it ends is waited for or cancelled. */
#include "board_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "board/poller.h"
#include "fake/fake_loop.h"

#define BOARD(rows_from)                                                                 \
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"             \
	"\"subs\":{\"get\":\"/subs\",\"every\":\"30s\"}" rows_from ",\"key\":\"id\","    \
	"\"columns\":[{\"name\":\"id\",\"title\":\"ID\",\"value\":\"id\"}]}"

static const struct {
	const char *name, *text;
} boards[] = {
	{"subs", BOARD("},\"rows\":\"subs.value\"")},
	{"dear", "{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
		 "\"dear\":{\"get\":\"/dear\",\"every\":\"4h\"}},\"rows\":\"dear.value\","
		 "\"key\":\"id\",\"columns\":[{\"name\":\"id\",\"title\":\"ID\","
		 "\"value\":\"id\"}]}"},
	{"names", BOARD("},\"rows\":\"subs.value[?id!='hidden']\"")},
	{"more", BOARD(",\"more\":{\"get\":\"/more\",\"every\":\"1h\"}},"
		       "\"rows\":\"more.value\"")},
};
enum { N_BOARDS = sizeof(boards) / sizeof(*boards) };

struct published {
	char name[16];
	size_t n_rows;
};

struct bench {
	char dir[32];
	struct loop *loop;
	struct api *api;
	struct library *library;
	struct poller *poller;
	struct connection azure;
	struct published published[32];
	size_t n_published;
};

static const struct connection *find_connection(void *ctx, enum conn_kind kind, size_t i)
{
	return kind == CONN_ARM && i == 0 ? &((struct bench *)ctx)->azure : NULL;
}

static void publish(void *ctx, struct board *board)
{
	struct bench *b = ctx;
	struct published *p = &b->published[b->n_published++];

	assert_true(b->n_published <= 32);
	snprintf(p->name, sizeof(p->name), "%s", board->def->name);
	p->n_rows = board->n_rows;
}

static void write_boards(const char *dir)
{
	for (size_t i = 0; i < N_BOARDS; i++) {
		char path[64];
		FILE *file;

		snprintf(path, sizeof(path), "%s/%s.json", dir, boards[i].name);
		file = fopen(path, "w");
		assert_non_null(file);
		fputs(boards[i].text, file);
		assert_int_equal(fclose(file), 0);
	}
}

static void tell(const struct err *err, void *ctx)
{
	(void)ctx;
	fail_msg("%s", err->text);
}

static struct poller *new_poller(struct bench *b, size_t at_once)
{
	return poller_new(&(struct poller_options){.speed = 1.0,
						   .connection = find_connection,
						   .publish = publish,
						   .library = b->library,
						   .loop = b->loop,
						   .api = b->api,
						   .at_once = at_once,
						   .ctx = b});
}

static int setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof(*b));

	*state = b;
	snprintf(b->dir, sizeof(b->dir), "/tmp/azdeck-poller-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	write_boards(b->dir);
	b->library = library_new(b->dir, tell, NULL);
	b->loop = fake_loop_new(FIXTURE_NOW_MS);
	b->api = fake_api_new();
	b->azure = (struct connection){.name = xstrdup("azure"), .kind = CONN_ARM};
	b->poller = new_poller(b, 0);
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	poller_free(b->poller);
	fake_api_free(b->api);
	fake_loop_free(b->loop);
	library_free(b->library);
	free(b->azure.name);
	for (size_t i = 0; i < N_BOARDS; i++) {
		char path[64];

		snprintf(path, sizeof(path), "%s/%s.json", b->dir, boards[i].name);
		unlink(path);
	}
	rmdir(b->dir);
	free(b);
	return 0;
}

static void want(struct bench *b, const char *first, const char *second)
{
	const char *const names[] = {first, second};

	poller_want(b->poller, names, (size_t)(first != NULL) + (second != NULL));
	fake_loop_advance(b->loop, 0);
}

static void test_nothing_is_asked_unasked(void **state)
{
	struct bench *b = *state;

	fake_loop_advance(b->loop, 3600000);
	assert_int_equal(fake_api_count(b->api), 0);
	want(b, NULL, NULL);
	want(b, "no-such-board", NULL);
	fake_loop_advance(b->loop, 3600000);
	assert_int_equal(fake_api_count(b->api), 0);
	assert_int_equal(b->n_published, 0);
}

static void test_only_what_is_wanted(void **state)
{
	struct bench *b = *state;

	want(b, "subs", NULL);
	assert_int_equal(fake_api_count(b->api), 1);
	fake_api_answer(b->api, "/subs", "{\"value\":[{\"id\":1}]}");
	want(b, "more", NULL);
	/* The list of subscriptions is fresh; only what is behind it is asked. */
	assert_int_equal(fake_api_count(b->api), 2);
	assert_string_equal(fake_api_call(b->api, 1), "GET /more ");
	fake_api_answer(b->api, "/more", "{\"value\":[{\"id\":1},{\"id\":2}]}");
	assert_int_equal(b->n_published, 2);
	assert_string_equal(b->published[1].name, "more");
	assert_int_equal(b->published[1].n_rows, 2);
	want(b, NULL, NULL);
	fake_loop_advance(b->loop, 600000);
	assert_int_equal(fake_api_count(b->api), 2);
	assert_int_equal(b->n_published, 2);
}

static void test_one_request_for_two_boards(void **state)
{
	struct bench *b = *state;

	want(b, "subs", "names");
	assert_int_equal(fake_api_count(b->api), 1);
	fake_api_answer(b->api, "/subs", "{\"value\":[{\"id\":1},{\"id\":\"hidden\"}]}");
	assert_int_equal(b->n_published, 2);
	/* Ten rounds of both: their timers differ, the request is still one a round. */
	for (int i = 0; i < 200; i++) {
		fake_loop_advance(b->loop, 1500);
		if (fake_api_open(b->api))
			fake_api_answer(b->api, "/subs", "{\"value\":[]}");
	}
	assert_in_range(fake_api_count(b->api), 9, 13);
	assert_in_range(b->n_published, 18, 26);
}

/* A failure is each board's own to tell. */
static void test_failure_for_two_boards(void **state)
{
	struct bench *b = *state;

	want(b, "subs", "names");
	fake_api_fail(b->api, "/subs", ERR_SERVICE, "down");
	assert_int_equal(b->n_published, 2);
	assert_string_not_equal(b->published[0].name, b->published[1].name);
	/* The failed answer is not served to anybody again. */
	want(b, "more", NULL);
	assert_int_equal(fake_api_open(b->api), 2);
}

static void test_refresh(void **state)
{
	struct bench *b = *state;

	assert_false(poller_refresh(b->poller, "no-such-board"));
	assert_true(poller_refresh(b->poller, "subs"));
	fake_loop_advance(b->loop, 0);
	assert_int_equal(fake_api_count(b->api), 1);
	fake_api_answer(b->api, "/subs", "{\"value\":[]}");
	assert_int_equal(b->n_published, 1);
	fake_loop_advance(b->loop, 1000);
	assert_true(poller_refresh(b->poller, "subs"));
	fake_loop_advance(b->loop, 0);
	assert_int_equal(fake_api_count(b->api), 2);
}

/* Query units by the hour are not spent by a key held down: what is dear is kept
 * until it is due, while what is cheap is soon let go. */
static void test_dear_answers_are_kept(void **state)
{
	struct bench *b = *state;

	want(b, "dear", NULL);
	fake_api_answer(b->api, "/dear", "{\"value\":[{\"id\":1}]}");
	for (int minute = 1; minute < 180; minute++) {
		fake_loop_advance(b->loop, 60000);
		assert_true(poller_refresh(b->poller, "dear"));
		fake_loop_advance(b->loop, 0);
		b->n_published = 0;
	}
	assert_int_equal(fake_api_count(b->api), 1);
	want(b, "subs", NULL);
	fake_api_answer(b->api, "/subs", "{\"value\":[]}");
	fake_loop_advance(b->loop, 20000);
	poller_refresh(b->poller, "subs");
	fake_loop_advance(b->loop, 0);
	assert_int_equal(fake_api_count(b->api), 3);
}

/* A board looked at again is there at once, before any answer. */
static void test_seen_again(void **state)
{
	struct bench *b = *state;

	want(b, "subs", NULL);
	fake_api_answer(b->api, "/subs", "{\"value\":[{\"id\":1}]}");
	want(b, NULL, NULL);
	fake_loop_advance(b->loop, 3600000);
	want(b, "subs", NULL);
	assert_int_equal(b->n_published, 2);
	assert_int_equal(b->published[1].n_rows, 1);
	assert_int_equal(fake_api_open(b->api), 1);
}

/* Wanting the same again starts nothing twice. */
static void test_wanted_twice(void **state)
{
	struct bench *b = *state;

	want(b, "subs", "subs");
	want(b, "subs", NULL);
	assert_int_equal(fake_api_count(b->api), 1);
	fake_api_answer(b->api, "/subs", "{\"value\":[]}");
	want(b, "subs", NULL);
	assert_int_equal(fake_api_count(b->api), 1);
	assert_int_equal(b->n_published, 1);
}

static int setup_in_turns(void **state)
{
	struct bench *b;
	int rc = setup(state);

	b = *state;
	poller_free(b->poller);
	b->poller = new_poller(b, 1);
	return rc;
}

/* What is wanted first is asked first, and the next when it came or failed. */
static void test_in_turns(void **state)
{
	struct bench *b = *state;

	want(b, "dear", "subs");
	assert_int_equal(fake_api_count(b->api), 1);
	assert_string_equal(fake_api_call(b->api, 0), "GET /dear ");
	fake_api_answer(b->api, "/dear", "{\"value\":[]}");
	fake_loop_advance(b->loop, 0);
	assert_string_equal(fake_api_call(b->api, 1), "GET /subs ");
	fake_api_fail(b->api, "/subs", ERR_SERVICE, "down");
	want(b, "subs", "more");
	assert_int_equal(fake_api_open(b->api), 2);
	assert_int_equal(b->n_published, 2);
}

/* A service that hangs holds up its own board only. */
static void test_turn_is_over(void **state)
{
	struct bench *b = *state;

	want(b, "dear", "subs");
	fake_loop_advance(b->loop, 99);
	assert_int_equal(fake_api_count(b->api), 1);
	fake_loop_advance(b->loop, 1);
	assert_int_equal(fake_api_open(b->api), 2);
}

/* Who looks elsewhere does not wait behind what he has left. */
static void test_turn_given_up(void **state)
{
	struct bench *b = *state;

	want(b, "dear", "more");
	want(b, "subs", "more");
	assert_int_equal(fake_api_count(b->api), 2);
	assert_string_equal(fake_api_call(b->api, 1), "GET /subs ");
	want(b, NULL, NULL);
	fake_loop_advance(b->loop, 10000);
	assert_int_equal(fake_api_count(b->api), 2);
}

static void test_ends_while_asking(void **state)
{
	struct bench *b = *state;

	want(b, "subs", "more");
	assert_int_equal(fake_api_open(b->api), 2);
	poller_free(b->poller);
	b->poller = NULL;
	assert_int_equal(fake_api_open(b->api), 0);
	assert_int_equal(b->n_published, 0);
}

/* The pool reads the answers: it is waited for. */
static void test_ends_while_decoding(void **state)
{
	struct bench *b = *state;
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	strbuf_puts(&text, "{\"value\":[{\"id\":0}");
	for (int i = 1; i < 1000; i++)
		strbuf_printf(&text, ",{\"id\":%d}", i);
	strbuf_puts(&text, "]}");
	want(b, "subs", NULL);
	fake_api_answer(b->api, "/subs", text.p);
	strbuf_fini(&text);
	assert_int_equal(fake_loop_jobs(b->loop), 1);
	poller_free(b->poller);
	b->poller = NULL;
	assert_int_equal(fake_loop_jobs(b->loop), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define CASE_IN_TURNS(name)                                                              \
	cmocka_unit_test_setup_teardown(name, setup_in_turns, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(test_nothing_is_asked_unasked),
		CASE(test_only_what_is_wanted),
		CASE(test_one_request_for_two_boards),
		CASE(test_failure_for_two_boards),
		CASE(test_refresh),
		CASE(test_dear_answers_are_kept),
		CASE(test_seen_again),
		CASE(test_wanted_twice),
		CASE_IN_TURNS(test_in_turns),
		CASE_IN_TURNS(test_turn_is_over),
		CASE_IN_TURNS(test_turn_given_up),
		CASE(test_ends_while_asking),
		CASE(test_ends_while_decoding),
	};

	return cmocka_run_group_tests_name("poller", tests, NULL, NULL);
}
