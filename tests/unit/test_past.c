/* The deck sent to moments of the past: what it is shown then, that now goes on behind
 * it, that what was acknowledged is known to the next run. */
#include "unit/store_fixture.h"

#include <stdlib.h>

#include "fake/fake_loop.h"
#include "worker/past/past.h"

#define NOW FIXTURE_NOW_MS

struct bench {
	struct loop *loop;
	struct library *library;
	const struct board_def *def;
	struct sights sights;
	struct past *past;
	char dir[32], path[64];
	struct strbuf told; /* "at 60: x Online 1; ..." */
	struct strbuf outdated;
	unsigned problems, recalled;
};

static void on_moved(void *ctx, const struct moment *moment)
{
	struct bench *b = ctx;

	if (moment->at_ms)
		strbuf_printf(&b->told, "at %d: ", (int)((moment->at_ms - NOW) / 1000));
	else
		strbuf_puts(&b->told, "now: ");
}

static void on_publish(void *ctx, struct board *board)
{
	struct bench *b = ctx;

	strbuf_printf(&b->told, "%s; ",
		      board->err.code != ERR_NONE ? board->err.text
		      : board->note		  ? board->note
						  : store_text(board));
}

static void on_problem(void *ctx, const struct err *err)
{
	(void)err;
	((struct bench *)ctx)->problems++;
}

static void on_outdated(void *ctx, const char *board)
{
	strbuf_printf(&((struct bench *)ctx)->outdated, "%s ", board);
}

static void on_recalled(void *ctx)
{
	((struct bench *)ctx)->recalled++;
}

static void open_past(struct bench *b, const char *path)
{
	const struct past_options options = {.loop = b->loop,
					     .path = path,
					     .limits = {.keep_ms = 86400000,
							.max_bytes = 1 << 24},
					     .library = b->library,
					     .sights = &b->sights,
					     .moved = on_moved,
					     .outdated = on_outdated,
					     .publish = on_publish,
					     .problem = on_problem,
					     .recalled = on_recalled,
					     .ctx = b};

	sights_init(&b->sights, loop_clock(b->loop));
	b->past = past_new(&options);
}

static void close_past(struct bench *b)
{
	past_free(b->past);
	sights_fini(&b->sights);
}

/* A definition of the user's own, so that the library knows the board's name. */
static void write_board(const struct bench *b)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/test.json", b->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(FIXTURE_DEF("{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"id\"},"
			  "{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\","
			  "\"value\":"
			  "\"s\",\"severity\":{\"Online\":\"ok\",\"Paused\":\"warn\","
			  "\"Down\":\"crit\"}},"
			  "{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\","
			  "\"value\":"
			  "\"v\",\"history\":true}"),
	      f);
	assert_int_equal(fclose(f), 0);
}

static void begin(struct bench *b)
{
	*b = (struct bench){.loop = fake_loop_new(NOW)};
	strcpy(b->dir, "/tmp/azdeck-unit-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	write_board(b);
	b->library = library_new(b->dir, NULL, NULL);
	b->def = library_find(b->library, STR("test"));
	assert_non_null(b->def);
	snprintf(b->path, sizeof(b->path), "%s/state/history.db", b->dir);
	strbuf_init(&b->told, 4096);
	strbuf_init(&b->outdated, 4096);
	open_past(b, NULL);
	past_want(b->past, (const char *[]){"test"}, 1);
}

static void end(struct bench *b)
{
	char command[64];

	close_past(b);
	library_free(b->library);
	fake_loop_free(b->loop);
	strbuf_fini(&b->told);
	strbuf_fini(&b->outdated);
	snprintf(command, sizeof(command), "rm -rf %s", b->dir);
	assert_int_equal(system(command), 0);
}

static void settle(struct bench *b, int64_t ms)
{
	fake_loop_advance(b->loop, ms);
	while (fake_loop_jobs(b->loop)) {
		fake_loop_work(b->loop);
		fake_loop_advance(b->loop, 0);
	}
}

/* A poll; true when the deck is shown it. */
static bool poll(struct bench *b, const char *rows)
{
	struct board *board =
		store_board(b->def, rows, clock_wall_ms(loop_clock(b->loop)));
	bool is_shown = past_saw(b->past, board);

	sights_look(&b->sights, board);
	board_put(board);
	settle(b, 1000);
	return is_shown;
}

static void check(struct bench *b, const char *name, const char *want)
{
	settle(b, 0);
	check_text(name, strbuf_str(&b->told), want);
	strbuf_reset(&b->told);
}

/* Five polls, a minute apart; a word changes in the second and in the fourth. */
static void five_minutes(struct bench *b)
{
	static const char *const rows[] = {"x Online 1", "x Paused 2", "x Paused 3",
					   "x Online 4", "x Online 5"};

	for (size_t i = 0; i < 5; i++) {
		assert_true(poll(b, rows[i]));
		settle(b, MINUTE_MS - 1000);
	}
}

/* A board whose rows say when they were made: nothing is written, and a moment has those
 * that were there. */
static void write_log(const struct bench *b)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/log.json", b->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("{\"title\":\"L\",\"category\":\"test\",\"about\":\"A.\",\"requests\":{"
	      "\"a\":{"
	      "\"get\":\"/a\"}},\"rows\":\"a.value\",\"key\":\"id\",\"records\":\"made\","
	      "\"columns\":[{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"id\"},"
	      "{\"name\":\"state\",\"title\":\"STATE\",\"value\":\"s\"},"
	      "{\"name\":\"n\",\"title\":\"N\",\"type\":\"number\",\"value\":\"v\"},"
	      "{\"name\":\"made\",\"title\":\"MADE\",\"type\":\"time\",\"value\":"
	      "\"t\"}]}",
	      f);
	assert_int_equal(fclose(f), 0);
}

static void test_records(void **state)
{
	struct bench b;
	const struct board_def *def;
	struct library *own;
	struct board *board;

	(void)state;
	begin(&b);
	write_log(&b);
	own = b.library;
	close_past(&b);
	b.library = library_new(b.dir, NULL, NULL);
	library_free(own);
	b.def = library_find(b.library, STR("test"));
	def = library_find(b.library, STR("log"));
	assert_non_null(def);
	open_past(&b, NULL);
	past_want(b.past, (const char *[]){"test", "log"}, 2);
	five_minutes(&b);
	board = fixture_board(
		def,
		"{\"a\":{\"value\":["
		"{\"id\":\"a\",\"s\":\"ran\",\"v\":1,\"t\":\"2026-01-01T00:00:00Z\"},"
		"{\"id\":\"b\",\"s\":\"ran\",\"v\":2,\"t\":\"2099-01-01T00:00:00Z\"},"
		"{\"id\":\"c\",\"s\":\"odd\",\"v\":3,\"t\":null}]}}");
	board->is_loading = false;
	assert_int_equal(board->rows[0].raw.n, 0);
	assert_true(past_saw(b.past, board));
	settle(&b, 2000);
	past_go(b.past, NOW + 90000);
	check(&b, "those before it", "at 90: x Paused 2; a ran 1; ");
	past_go(b.past, 0);
	check(&b, "all of them", "now: x Online 5; a ran 1, b ran 2, c odd 3; ");
	past_want(b.past, (const char *[]){"test"}, 1);
	past_go(b.past, NOW + 90000);
	check(&b, "what is looked at", "at 90: x Paused 2; ");
	past_go(b.past, 0);
	check(&b, "of now, also what is not",
	      "now: x Online 5; a ran 1, b ran 2, c odd 3; ");
	board_put(board);
	end(&b);
}

static void test_go(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	five_minutes(&b);
	past_go(b.past, NOW + 90000);
	check(&b, "a moment", "at 90: x Paused 2; ");
	assert_false(poll(&b, "x Down 9"));
	check(&b, "now goes on unseen", "");
	past_go(b.past, 0);
	check(&b, "and is there again", "now: x Down 9; ");
	assert_true(poll(&b, "x Online 1"));
	past_go(b.past, NOW - 3600000);
	check(&b, "before everything is the beginning", "at 0: x Online 1; ");
	past_go(b.past, NOW + 86400000);
	check(&b, "the future is now", "now: x Online 1; ");
	end(&b);
}

static void test_step(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	five_minutes(&b);
	past_step(b.past, 1);
	check(&b, "nothing comes after now", "now: x Online 5; ");
	past_step(b.past, -1);
	check(&b, "the last change", "at 180: x Online 4; ");
	past_step(b.past, -1);
	past_step(b.past, -1);
	past_step(b.past, 1);
	check(&b, "quick steps count each, the last is shown", "at 60: x Paused 2; ");
	past_step(b.past, 1);
	check(&b, "forward", "at 180: x Online 4; ");
	past_step(b.past, 1);
	check(&b, "behind the last change is now", "now: x Online 5; ");
	end(&b);
}

/* The deck ends while a look is on the pool: nothing is shown any more. */
static void test_ends_on_the_way(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	five_minutes(&b);
	check(&b, "polls are shown by who asked for them", "");
	past_step(b.past, -1);
	fake_loop_advance(b.loop, 0);
	assert_int_equal(fake_loop_jobs(b.loop), 1);
	close_past(&b);
	assert_int_equal(b.told.n + b.outdated.n, 0);
	open_past(&b, NULL);
	end(&b);
}

static void test_nothing_changed(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	poll(&b, "x Online 1");
	poll(&b, "x Online 2");
	past_step(b.past, -1);
	check(&b, "now is where one stays", "now: x Online 2; ");
	end(&b);
}

/* Another screen is opened while the deck is in the past. */
static void test_want(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	five_minutes(&b);
	past_go(b.past, NOW + 90000);
	check(&b, "there", "at 90: x Paused 2; ");
	past_want(b.past, (const char *[]){"test", "sql", "none"}, 3);
	check(&b, "what was not recorded says so",
	      "nothing was recorded of it by then; ");
	past_want(b.past, (const char *[]){"sql"}, 1);
	past_want(b.past, (const char *[]){"sql", "test"}, 2);
	check(&b, "what was is shown", "x Paused 2; ");
	end(&b);
}

static void nothing(const struct err *err, void *ctx)
{
	(void)ctx;
	assert_int_equal(err->code, ERR_NONE);
}

/* The next run knows since when, and who stepped back. */
static void test_recalled(void **state)
{
	struct alert alert;
	struct bench b;

	(void)state;
	begin(&b);
	close_past(&b);
	open_past(&b, b.path);
	settle(&b, 0);
	poll(&b, "x Down 1, y Paused 1, z Paused 1");
	assert_true(sights_alert(&b.sights, STR("test"), STR("x"), &alert));
	alert.acknowledged_ms = NOW + 5000;
	past_acknowledge(b.past, &alert, nothing, NULL);
	settle(&b, 0);
	close_past(&b);
	fake_loop_advance(b.loop, 3600000);
	open_past(&b, b.path);
	settle(&b, 0);
	assert_int_equal(b.recalled, 1);
	poll(&b, "x Down 7, y Online 1, z Down 1");
	assert_true(sights_alert(&b.sights, STR("test"), STR("x"), &alert));
	assert_true(alert.raised_ms == NOW && alert.acknowledged_ms == NOW + 5000);
	assert_false(sights_alert(&b.sights, STR("test"), STR("y"), &alert));
	assert_true(sights_alert(&b.sights, STR("test"), STR("z"), &alert));
	assert_true(alert.raised_ms == NOW && alert.since_ms > NOW + 3600000);
	/* And what came first is no other: the board, then what is recalled. */
	close_past(&b);
	open_past(&b, b.path);
	poll(&b, "x Down 7");
	settle(&b, 0);
	assert_true(sights_alert(&b.sights, STR("test"), STR("x"), &alert));
	assert_true(alert.raised_ms == NOW && alert.acknowledged_ms == NOW + 5000);
	assert_int_equal(b.problems, 0);
	end(&b);
}

/* Asks until it is there, as the api does. */
static void check_list(struct bench *b, const char *name, const char *path,
		       const char *member, const char *want)
{
	struct strbuf got;
	const cJSON *row;
	cJSON *rows = NULL;

	assert_true(past_answer(b->past, str_from(path), &rows));
	assert_null(rows);
	settle(b, 0);
	assert_true(past_answer(b->past, str_from(path), &rows));
	assert_non_null(rows);
	strbuf_init(&got, 4096);
	cJSON_ArrayForEach (row, rows)
		strbuf_printf(&got, "%s %s %s; ", json_text(row, "what"),
			      json_text(row, "kind") ? json_text(row, "kind") : "",
			      json_text(row, member));
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
	cJSON_Delete(rows);
}

static void test_lists(void **state)
{
	struct bench b;
	cJSON *rows;

	(void)state;
	begin(&b);
	five_minutes(&b);
	poll(&b, "x Down 5, y Online 1");
	check_list(&b, "newest first", "/changes", "after",
		   "y came ; x became Down; x became Online; x became Paused; ");
	assert_false(past_answer(b.past, STR("/attention"), &rows));
	past_go(b.past, NOW + 90000);
	settle(&b, 0);
	assert_string_equal(b.outdated.p, "attention changes feeds seen-states ");
	check_list(&b, "up to the moment", "/changes", "after", "x became Paused; ");
	check_list(&b, "what needed attention then", "/attention", "state",
		   "x  warning; ");
	check_list(&b, "and why", "/attention", "why", "x  Paused; ");
	/* What was asked before the deck moved on is not told after it. */
	assert_true(past_answer(b.past, STR("/changes"), &rows));
	past_go(b.past, 0);
	settle(&b, 0);
	assert_true(past_answer(b.past, STR("/changes"), &rows));
	assert_null(rows);
	end(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_go),
		cmocka_unit_test(test_step),
		cmocka_unit_test(test_ends_on_the_way),
		cmocka_unit_test(test_nothing_changed),
		cmocka_unit_test(test_want),
		cmocka_unit_test(test_recalled),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
