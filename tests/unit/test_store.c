/* The history as the loop sees it: what was handed over is there for whoever asks
 * after it, in the file within a second, and nothing waits for the disk. */
#include "store_bench.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/lock.h"

static void test_asked_after(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 5000};
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	assert_int_equal(fake_loop_jobs(b.loop), 0);
	store_ask(b.store, look, answered, &q);
	assert_false(q.is_answered);
	settle(&b, 0);
	assert_true(q.is_answered && q.err.code == ERR_NONE);
	assert_string_equal(q.answer, "x Online 1");
	end(&b);
}

/* Alone it waits a little, so that a burst of boards is one transaction. */
static void test_settles(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	for (int i = 0; i < 20; i++)
		saw(&b, "x Online 1");
	assert_true(fake_loop_next(b.loop) > 0 && fake_loop_next(b.loop) <= 1000);
	fake_loop_advance(b.loop, 1000);
	assert_int_equal(fake_loop_jobs(b.loop), 1);
	settle(&b, 0);
	assert_int_equal(fake_loop_next(b.loop), -1);
	end(&b);
}

static void test_private_file(void **state)
{
	struct bench b;
	struct stat st;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	assert_int_equal(stat(b.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	end(&b);
}

/* Nothing is written before somebody has something to keep. */
static void test_lazy(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	settle(&b, 100000);
	assert_int_not_equal(access(b.path, F_OK), 0);
	end(&b);
}

static void test_end_writes(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS};
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Paused 4");
	store_free(b.store);
	b.store = open_store(&b);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Paused 4");
	end(&b);
}

static void test_end_cancels(void **state)
{
	struct question q = {0};
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	store_ask(b.store, look, answered, &q);
	store_free(b.store);
	b.store = NULL;
	assert_true(q.is_answered && q.err.code == ERR_CANCELLED);
	end(&b);
}

static void test_second_deck(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 3000};
	struct store *second;
	struct bench b;
	struct board *other;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	second = open_store(&b);
	other = store_board(b.def, "x Down 9", FIXTURE_NOW_MS + 2000);
	store_saw(second, other);
	settle(&b, 1000);
	store_ask(second, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Online 1");
	/* The first one ends; the second one goes on. */
	store_free(b.store);
	b.store = second;
	store_saw(second, other);
	settle(&b, 1000);
	q.is_answered = false;
	store_ask(second, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Down 9");
	board_put(other);
	end(&b);
}

/* What is no database any more is put aside, once, with a word about it. */
static void test_broken_file(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 3000};
	char dir[64];
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	snprintf(dir, sizeof(dir), "%s/state", b.dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	write_file(b.path, "This is not a database, but it is longer than its header is, "
			   "which has a hundred bytes at the very least.");
	assert_int_equal(chmod(b.path, 0600), 0);
	saw(&b, "x Online 1");
	store_ask(b.store, look, answered, &q);
	settle(&b, 1000);
	assert_string_equal(q.answer, "x Online 1");
	assert_int_equal(b.problems, 1);
	assert_non_null(strstr(b.problem.text, "a new history begins"));
	assert_non_null(strstr(b.problem.text, b.path));
	assert_int_equal(count_broken(&b), 1);
	end(&b);
}

/* The step of the schema in the head, with its highest bit turned. */
static void test_bad_version(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 5000};
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	write_at(b.path, 60, 0xff, 1);
	b.store = open_store(&b);
	saw(&b, "x Down 2");
	store_ask(b.store, look, answered, &q);
	settle(&b, 1000);
	assert_string_equal(q.answer, "x Down 2");
	assert_int_equal(count_broken(&b), 1);
	end(&b);
}

/* Only the head can be read: whoever finds that is told, and what is to be kept is in
 * a new history. */
static void test_bad_pages(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 500000};
	struct bench b;
	struct stat st;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	assert_int_equal(stat(b.path, &st), 0);
	write_at(b.path, 4096, 0xff, (size_t)st.st_size - 4096);
	b.store = open_store(&b);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_int_equal(q.err.code, ERR_PARSE);
	assert_non_null(strstr(q.err.text, b.path));
	assert_int_equal(count_broken(&b), 1);
	assert_int_equal(b.problems, 1);
	saw(&b, "x Down 3");
	settle(&b, 1000);
	assert_int_equal(b.problems, 1);
	q.is_answered = false;
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_int_equal(q.err.code, ERR_NONE);
	assert_string_equal(q.answer, "x Down 3");
	end(&b);
}

/* What another deck writes is not taken from it. */
static void test_not_aside_under_a_writer(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS};
	struct bench b;
	int lock;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	write_at(b.path, 0, 'x', 16);
	lock = lock_take(b.path);
	assert_true(lock >= 0);
	b.store = open_store(&b);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_int_equal(q.err.code, ERR_CONFLICT);
	assert_int_equal(count_broken(&b), 0);
	lock_drop(lock);
	q.is_answered = false;
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_int_equal(q.err.code, ERR_NONE);
	assert_int_equal(count_broken(&b), 1);
	end(&b);
}

/* A folder that is not to be had: told once, tried again later, boards not hoarded. */
static void test_no_folder(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 300000};
	char file[64];
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	snprintf(file, sizeof(file), "%s/state", b.dir);
	write_file(file, "in the way");
	for (int i = 0; i < 10; i++) {
		saw(&b, "x Online 1");
		settle(&b, 1000);
	}
	assert_int_equal(b.problems, 1);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_true(q.is_answered && q.err.code != ERR_NONE && q.err.text[0]);
	assert_int_equal(unlink(file), 0);
	settle(&b, 61000);
	saw(&b, "x Online 2");
	settle(&b, 1000);
	q.is_answered = false;
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Online 2");
	assert_int_equal(b.problems, 1);
	end(&b);
}

struct open_alerts {
	unsigned n;
	struct alert last;
	char key[16];
};

static bool take_alert(const struct alert *alert, void *ctx)
{
	struct open_alerts *open = ctx;

	open->n++;
	open->last = *alert;
	snprintf(open->key, sizeof(open->key), "%.*s", STR_ARG(alert->key));
	return true;
}

static void list_alerts(struct db *db, void *ctx)
{
	alert_log_open(db, take_alert, ctx);
}

static void nothing(const struct err *err, void *ctx)
{
	(void)ctx;
	assert_int_equal(err->code, ERR_NONE);
}

static void tell(struct bench *b, const char *key, int64_t acknowledged_ms,
		 int64_t cleared_ms, struct question *done)
{
	const struct alert alert = {.board = "sql",
				    .key = str_from(key),
				    .what = "orders",
				    .why = "Down",
				    .sev = SEV_CRIT,
				    .state = UINT64_MAX - 3,
				    .raised_ms = FIXTURE_NOW_MS,
				    .since_ms = FIXTURE_NOW_MS,
				    .acknowledged_ms = acknowledged_ms,
				    .cleared_ms = cleared_ms};

	store_alert(b->store, &alert, done ? answered : NULL, done);
}

static void test_alerts(void **state)
{
	struct open_alerts open = {0};
	struct question done = {0};
	struct bench b;

	(void)state;
	begin(&b);
	tell(&b, "x", 0, 0, NULL);
	tell(&b, "y", 0, 0, NULL);
	tell(&b, "x", FIXTURE_NOW_MS + 1000, 0, &done);
	assert_false(done.is_answered);
	settle(&b, 0);
	assert_true(done.is_answered && done.err.code == ERR_NONE);
	tell(&b, "y", 0, FIXTURE_NOW_MS + 2000, NULL);
	/* Another run knows them. */
	store_free(b.store);
	b.store = open_store(&b);
	store_ask(b.store, list_alerts, nothing, &open);
	settle(&b, 0);
	assert_int_equal(open.n, 1);
	assert_string_equal(open.key, "x");
	assert_true(open.last.acknowledged_ms == FIXTURE_NOW_MS + 1000);
	assert_true(open.last.state == UINT64_MAX - 3);
	assert_true(open.last.raised_ms == FIXTURE_NOW_MS && open.last.cleared_ms == 0);
	end(&b);
}

static void put_earlier(struct db *db, void *ctx)
{
	struct alert alert = {.board = "sql",
			      .key = STR("x"),
			      .what = "orders",
			      .why = "Down",
			      .sev = SEV_CRIT,
			      .raised_ms = FIXTURE_NOW_MS - 5000,
			      .since_ms = FIXTURE_NOW_MS - 3000};

	(void)ctx;
	alert_log_put_earlier(db, &alert);
	alert.raised_ms = FIXTURE_NOW_MS - 9000;
	alert.cleared_ms = FIXTURE_NOW_MS - 7000;
	alert_log_put_earlier(db, &alert);
}

static void list_at(struct db *db, void *ctx)
{
	alert_log_at(db, FIXTURE_NOW_MS - 8000, take_alert, ctx);
}

/* What is open began then; what was over long before is another one. */
static void test_earlier_alerts(void **state)
{
	struct open_alerts open = {0}, then = {0};
	struct bench b;

	(void)state;
	begin(&b);
	tell(&b, "x", FIXTURE_NOW_MS + 1000, 0, NULL);
	store_ask(b.store, put_earlier, nothing, NULL);
	store_ask(b.store, list_alerts, nothing, &open);
	store_ask(b.store, list_at, nothing, &then);
	settle(&b, 1000);
	assert_int_equal(open.n, 1);
	assert_true(open.last.raised_ms == FIXTURE_NOW_MS - 5000);
	assert_true(open.last.since_ms == FIXTURE_NOW_MS - 3000);
	assert_true(open.last.acknowledged_ms == FIXTURE_NOW_MS + 1000);
	assert_int_equal(then.n, 1);
	assert_true(then.last.raised_ms == FIXTURE_NOW_MS - 9000);
	end(&b);
}

/* Who waits for an alert to be kept is told, also when azdeck ends first. */
static void test_end_tells(void **state)
{
	struct question done = {0};
	struct bench b;

	(void)state;
	begin(&b);
	tell(&b, "x", FIXTURE_NOW_MS, 0, &done);
	reopen(&b);
	assert_true(done.is_answered && done.err.code == ERR_NONE);
	end(&b);
}

/* What a look has read does not stay open: it would be too old to write behind. */
static void test_lets_go(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 3000}, done = {0};
	struct board *other;
	struct store *first;
	struct bench b;

	(void)state;
	begin(&b);
	q.def = b.def;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	first = b.store;
	b.store = open_store(&b);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Online 1");
	other = store_board(b.def, "x Down 9", FIXTURE_NOW_MS + 2000);
	store_saw(first, other);
	board_put(other);
	settle(&b, 1000);
	tell(&b, "x", FIXTURE_NOW_MS, 0, &done);
	settle(&b, 0);
	assert_true(done.is_answered && done.err.code == ERR_NONE);
	store_free(first);
	end(&b);
}

/* A disk that hangs: only the newest of each board waits. */
static void test_slow_disk(void **state)
{
	struct question q = {.at_ms = FIXTURE_NOW_MS + 3600000};
	struct bench b;
	char rows[32];

	(void)state;
	begin(&b);
	q.def = b.def;
	for (int i = 0; i < 1000; i++) {
		snprintf(rows, sizeof(rows), "x Online %d", i);
		saw(&b, rows);
		fake_loop_advance(b.loop, 100);
	}
	assert_int_equal(fake_loop_jobs(b.loop), 1);
	settle(&b, 1000);
	store_ask(b.store, look, answered, &q);
	settle(&b, 0);
	assert_string_equal(q.answer, "x Online 999");
	end(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked_after),
		cmocka_unit_test(test_settles),
		cmocka_unit_test(test_private_file),
		cmocka_unit_test(test_lazy),
		cmocka_unit_test(test_end_writes),
		cmocka_unit_test(test_end_cancels),
		cmocka_unit_test(test_second_deck),
		cmocka_unit_test(test_broken_file),
		cmocka_unit_test(test_no_folder),
		cmocka_unit_test(test_alerts),
		cmocka_unit_test(test_earlier_alerts),
		cmocka_unit_test(test_slow_disk),
		cmocka_unit_test(test_bad_version),
		cmocka_unit_test(test_bad_pages),
		cmocka_unit_test(test_end_tells),
		cmocka_unit_test(test_lets_go),
		cmocka_unit_test(test_not_aside_under_a_writer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
