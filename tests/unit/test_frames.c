/* Boards as they were: what is recorded comes back, whatever the way it was kept. */
#include "store_fixture.h"

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "store/frames.h"
#include "store/recorder.h"

#define NOW    FIXTURE_NOW_MS
#define DAY_MS INT64_C(86400000)
static const struct recorder_limits ample = {.keep_ms = 30 * DAY_MS,
					     .max_bytes = 1 << 30};

static struct recorder *start(void)
{
	return recorder_new(store_db(), &ample);
}

static void add(struct recorder *r, struct board *board, int64_t at_ms)
{
	struct err err;

	recorder_begin(r);
	recorder_add(r, board, at_ms);
	if (!recorder_end(r, &err))
		fail_msg("%s", err.text);
	board_put(board);
}

static void check_at(const char *name, struct recorder *r, const struct board_def *def,
		     int64_t at_ms, const char *want)
{
	struct board *board = frames_at(recorder_db(r), def, at_ms);
	struct err err;

	check_text(name, str_from(store_text(board)), want);
	check_case(name, db_is_fine(recorder_db(r), &err));
	board_put(board);
}

static void test_words_at_once(void **state)
{
	static const struct {
		const char *name;
		int minute;
		const char *rows, *seen;
	} steps[] = {
		{"the first", 0, "x Online 7, y Online 8", "x Online 7, y Online 8"},
		{"a word", 1, "x Online 7, y Paused 8", "x Online 7, y Paused 8"},
		{"a new row", 2, "x Online 7, z Online 1, y Paused 8",
		 "x Online 7, y Paused 8, z Online 1"},
		{"a row went", 3, "x Online 7, z Online 1", "x Online 7, z Online 1"},
		{"unknown", 5, "x Online null, z Online 1", "x Online null, z Online 1"},
		{"and back", 7, "x Online 5, y Down 2, z Online 1",
		 "x Online 5, z Online 1, y Down 2"},
	};
	struct board_def *def = store_def();
	struct recorder *r = start();

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		add(r, store_board(def, steps[i].rows, NOW + steps[i].minute * MINUTE_MS),
		    NOW + steps[i].minute * MINUTE_MS);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		check_at(steps[i].name, r, def, NOW + steps[i].minute * MINUTE_MS + 10,
			 steps[i].seen);
	check_at("before everything", r, def, NOW - 1, "none");
	recorder_free(r);
	board_def_put(def);
}

/* The clock goes back an hour and on again: each moment shows one state, whole. */
static void test_clock_back(void **state)
{
	struct board_def *def = store_def();
	struct recorder *r = start();

	(void)state;
	add(r, store_board(def, "x Online 1, y Online 1", NOW + 60 * MINUTE_MS),
	    NOW + 60 * MINUTE_MS);
	add(r, store_board(def, "x Online 1, y Down 1", NOW + 61 * MINUTE_MS),
	    NOW + 61 * MINUTE_MS);
	add(r, store_board(def, "x Paused 1, z Online 2", NOW), NOW);
	check_at("as it was then", r, def, NOW + 10, "x Paused 1, z Online 2");
	add(r, store_board(def, "x Online 1, z Online 2", NOW + MINUTE_MS),
	    NOW + MINUTE_MS);
	check_at("on what it was then", r, def, NOW + MINUTE_MS,
		 "x Online 1, z Online 2");
	check_at("the later one wins", r, def, NOW + 62 * MINUTE_MS,
		 "x Online 1, z Online 2");
	recorder_free(r);
	board_def_put(def);
}

/* A severity that a figure causes is a word; a figure that only moves waits. */
/* What is learnt of the time before stands before what was seen, and a row that was not
 * there yet is not forgotten for it. */
static void test_earlier(void **state)
{
	struct board_def *def = store_def();
	struct recorder *now = start();
	struct recorder *before = recorder_new_earlier(recorder_db(now));

	(void)state;
	add(now, store_board(def, "x Online 7, y Online 8", NOW), NOW);
	add(before, store_board(def, "x Paused 1, y Down 1", NOW - 40 * MINUTE_MS),
	    NOW - 40 * MINUTE_MS);
	add(now, store_board(def, "x Online 7, y Paused 8", NOW + MINUTE_MS),
	    NOW + MINUTE_MS);
	add(before, store_board(def, "x Online 2", NOW - 20 * MINUTE_MS),
	    NOW - 20 * MINUTE_MS);
	recorder_free(before);
	recorder_prune(now, NOW + 30 * DAY_MS - 10 * MINUTE_MS);
	check_at("first", now, def, NOW - 30 * MINUTE_MS, "x Paused 1, y Down 1");
	check_at("then", now, def, NOW - MINUTE_MS, "x Online 2");
	check_at("as seen", now, def, NOW, "x Online 7, y Online 8");
	check_at("and on", now, def, NOW + MINUTE_MS, "x Online 7, y Paused 8");
	recorder_free(now);
	board_def_put(def);
}

static void test_figures_at_a_tempo(void **state)
{
	struct board_def *def = store_def();
	struct recorder *r = start();

	(void)state;
	add(r, store_board(def, "x Online 1, y Online 1", NOW), NOW);
	for (int i = 1; i <= 9; i++) {
		char rows[64];

		snprintf(rows, sizeof(rows), "x Online %d, y Online %d", 1 + i,
			 i == 5 ? 95 : 1);
		add(r, store_board(def, rows, NOW + i * 10000), NOW + i * 10000);
	}
	check_at("not yet", r, def, NOW + 20000, "x Online 1, y Online 1");
	check_at("critical at once", r, def, NOW + 50000, "x Online 1, y Online 95");
	check_at("all of them, at the tempo", r, def, NOW + 60000,
		 "x Online 7, y Online 1");
	check_at("and not again for a while", r, def, NOW + 90000,
		 "x Online 7, y Online 1");
	recorder_free(r);
	board_def_put(def);
}

static void test_everything_of_a_row(void **state)
{
	struct board_def *def = store_def();
	struct recorder *r = start();
	struct board *board = store_board(def, "x Paused 7.25", NOW), *was;
	const struct cell *a = board->rows[0].cells, *b;

	(void)state;
	board->is_partial = true;
	err_set(&board->err, ERR_FORBIDDEN, "may not");
	board_get(board);
	add(r, board, NOW + 500);
	was = frames_at(recorder_db(r), def, NOW + 3600000);
	assert_non_null(was);
	b = was->rows[0].cells;
	assert_true(was->is_partial && !was->is_stale && !was->is_loading);
	assert_string_equal(was->err.text, "may not");
	assert_true(was->fetched_ms == NOW && was->worst == SEV_WARN);
	assert_int_equal(was->rows[0].sev, SEV_WARN);
	assert_int_equal(board_find(was, STR("x")), 0);
	for (size_t i = 0; i < def->n_columns; i++) {
		assert_string_equal(b[i].text, a[i].text);
		assert_true(b[i].number == a[i].number && b[i].sev == a[i].sev &&
			    b[i].is_null == a[i].is_null);
	}
	assert_int_equal(b[4].series_n, 3);
	assert_true(b[4].series[0] == 1 && isnan(b[4].series[1]) &&
		    b[4].series[2] == 2.5F);
	board_put(was);
	board_put(board);
	recorder_free(r);
	board_def_put(def);
}

/* A board that does not change is as old as the last look at it. */
static void test_age(void **state)
{
	struct board_def *def = store_def();
	struct recorder *r = start();
	struct board *was;

	(void)state;
	for (int i = 0; i <= 100; i++)
		add(r, store_board(def, "x Online 7", NOW + i * MINUTE_MS),
		    NOW + i * MINUTE_MS);
	was = frames_at(recorder_db(r), def, NOW + 50 * MINUTE_MS);
	assert_true(was->fetched_ms == NOW + 50 * MINUTE_MS);
	board_put(was);
	was = frames_at(recorder_db(r), def, NOW + 500 * MINUTE_MS);
	assert_true(was->fetched_ms == NOW + 100 * MINUTE_MS);
	board_put(was);
	recorder_free(r);
	board_def_put(def);
}

/* Random walks of ten rows: at every step the record says what was there, figures as
 * of the last frame with all of them. */
static void test_many_steps(void **state)
{
	static const char *const words[] = {"Online", "Paused", "Down"};
	struct board_def *def = store_def();
	struct recorder *r = start();
	char rows[700][512];
	unsigned seed = 7;

	(void)state;
	for (int i = 0; i < 700; i++) {
		size_t n = 0;

		rows[i][0] = '\0';
		for (int row = 0; row < 10; row++) {
			seed = seed * 1103515245 + 12345;
			if (seed >> 16 & 1)
				continue;
			n += (size_t)snprintf(rows[i] + n, sizeof(rows[i]) - n,
					      "%sr%d %s %u", n ? ", " : "", row,
					      words[seed >> 20 & 1], seed >> 24 & 3);
		}
		add(r, store_board(def, rows[i], NOW + i * 2 * MINUTE_MS),
		    NOW + i * 2 * MINUTE_MS);
	}
	for (int i = 0; i < 700; i++) {
		struct board *was =
			frames_at(recorder_db(r), def, NOW + i * 2 * MINUTE_MS + 1);
		struct board *want = store_board(def, rows[i], NOW);

		assert_int_equal(was->n_rows, want->n_rows);
		for (size_t k = 0; k < want->n_rows; k++) {
			ptrdiff_t at = board_find(was, want->rows[k].key);

			assert_true(at >= 0);
			assert_string_equal(was->rows[at].cells[1].text,
					    want->rows[k].cells[1].text);
			assert_true(was->rows[at].cells[2].number ==
				    want->rows[k].cells[2].number);
		}
		board_put(was);
		board_put(want);
	}
	recorder_free(r);
	board_def_put(def);
}

/* Another run of the program goes on where the last one ended. */
static void test_goes_on(void **state)
{
	char dir[] = "/tmp/azdeck-unit-XXXXXX", path[64];
	struct board_def *def = store_def();
	struct err err, aside;
	struct recorder *r;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/history.db", dir);
	for (int run = 0; run < 3; run++) {
		struct db *db = db_open(path, &aside, &err);

		if (!db)
			fail_msg("%s", err.text);
		r = recorder_new(db, &ample);
		add(r,
		    store_board(def, run == 1 ? "x Down 1" : "x Online 1, y Online 2",
				NOW + run * MINUTE_MS),
		    NOW + run * MINUTE_MS);
		for (int i = 0; i <= run; i++)
			check_at("each run's", r, def, NOW + i * MINUTE_MS,
				 i == 1 ? "x Down 1" : "x Online 1, y Online 2");
		recorder_free(r);
	}
	for (size_t i = 0; i < 2; i++) {
		char name[80];

		snprintf(name, sizeof(name), "%s%s", path, i ? ".lock" : "");
		remove(name);
	}
	remove(dir);
	board_def_put(def);
}

/* The definition was edited: a column went, one came, one is of another type. */
static void test_other_definition(void **state)
{
	struct board_def *def = store_def();
	struct board_def *edited = fixture_def(
		FIXTURE_DEF("{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\","
			    "\"value\":\"s\"},"
			    "{\"name\":\"new\",\"title\":\"NEW\",\"value\":\"n\"},"
			    "{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"text\","
			    "\"value\":\"v\"}"));
	struct recorder *r = start();
	struct board *was;

	(void)state;
	add(r, store_board(def, "x Online 7", NOW), NOW);
	was = frames_at(recorder_db(r), edited, NOW);
	assert_non_null(was);
	assert_string_equal(was->rows[0].cells[0].text, "Online");
	assert_true(was->rows[0].cells[1].is_null && was->rows[0].cells[2].is_null);
	board_put(was);
	recorder_free(r);
	board_def_put(def);
	board_def_put(edited);
}

static void test_pruned(void **state)
{
	static const struct recorder_limits hour = {.keep_ms = 3600 * 1000,
						    .max_bytes = 1 << 30};
	struct board_def *def = store_def();
	struct recorder *r = recorder_new(store_db(), &hour);
	char rows[64];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(rows, sizeof(rows), "x %s 1, r%d Online 2",
			 i % 2 ? "Online" : "Paused", i);
		add(r, store_board(def, rows, NOW + i * MINUTE_MS), NOW + i * MINUTE_MS);
		recorder_prune(r, NOW + i * MINUTE_MS);
	}
	check_at("long ago", r, def, NOW + 600 * MINUTE_MS, "none");
	check_at("within the hour", r, def, NOW + 950 * MINUTE_MS,
		 "x Paused 1, r950 Online 2");
	assert_true(name_find(recorder_db(r),
			      name_find(recorder_db(r), 0, str_from(def->name)),
			      STR("r10")) == 0);
	recorder_free(r);
	board_def_put(def);
}

static int64_t size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

/* The file itself, under load and then at rest. */
static void test_small(void **state)
{
	static const struct recorder_limits small = {.keep_ms = 30 * DAY_MS,
						     .max_bytes = 256 * 1024};
	char dir[] = "/tmp/azdeck-unit-XXXXXX", path[64], command[64], rows[128];
	struct board_def *def = store_def();
	struct err err, aside;
	struct recorder *r;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/history.db", dir);
	r = recorder_new(db_open(path, &aside, &err), &small);
	for (int i = 0; i < 3000; i++) {
		int64_t at_ms = NOW + i * MINUTE_MS;
		struct board *board;

		snprintf(rows, sizeof(rows), "x %s %d, y Online %d, z Down %d",
			 i % 2 ? "Online" : "Paused", i, i * 3, i * 7);
		board = store_board(def, rows, at_ms);
		recorder_begin(r);
		recorder_add(r, board, at_ms);
		recorder_prune(r, at_ms);
		assert_true(recorder_end(r, &err));
		board_put(board);
		if (size_of(path) > small.max_bytes)
			fail_msg("%lld bytes after %d", (long long)size_of(path), i);
	}
	check_at("now is never lost", r, def, NOW + 2999 * MINUTE_MS,
		 "x Online 2999, y Online 8997, z Down 20993");
	recorder_free(r);
	assert_in_range(size_of(path), small.max_bytes / 4, small.max_bytes);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	assert_int_equal(system(command), 0);
	board_def_put(def);
}

/* Every row is another one each time. */
static void put_many(char *rows, size_t size, int turn)
{
	size_t n = 0;

	for (int i = 0; i < 60; i++)
		n += (size_t)snprintf(rows + n, size - n, "%srow%02d %s %d",
				      i ? ", " : "", i, turn % 2 ? "Online" : "Paused",
				      turn);
}

/* What is too old goes, and the file becomes smaller. */
static void test_shrinks(void **state)
{
	static const struct recorder_limits day = {.keep_ms = DAY_MS,
						   .max_bytes = 1 << 30};
	char dir[] = "/tmp/azdeck-unit-XXXXXX", path[64], command[64], rows[4000];
	struct board_def *def = store_def();
	struct err err, aside;
	struct recorder *r;
	int64_t largest = 0;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/history.db", dir);
	r = recorder_new(db_open(path, &aside, &err), &day);
	for (int i = 0; i < 900; i++) {
		/* A busy hour; then days on which nothing happens. */
		int64_t at_ms = NOW + (i < 600 ? i * 6000 : i * 10 * MINUTE_MS);
		struct board *board;

		if (i < 600)
			put_many(rows, sizeof(rows), i);
		board = store_board(def, rows, at_ms);
		recorder_begin(r);
		recorder_add(r, board, at_ms);
		recorder_prune(r, at_ms);
		assert_true(recorder_end(r, &err));
		board_put(board);
		largest = size_of(path) > largest ? size_of(path) : largest;
	}
	recorder_free(r);
	if (size_of(path) > largest / 2)
		fail_msg("%lld of %lld", (long long)size_of(path), (long long)largest);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	assert_int_equal(system(command), 0);
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_at_once),
		cmocka_unit_test(test_clock_back),
		cmocka_unit_test(test_earlier),
		cmocka_unit_test(test_figures_at_a_tempo),
		cmocka_unit_test(test_everything_of_a_row),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_many_steps),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_other_definition),
		cmocka_unit_test(test_pruned),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_shrinks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
