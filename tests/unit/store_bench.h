/* A history in a folder of its own, on a loop that moves when told.
 * Thread: the test's. */
#ifndef AZ_TESTS_UNIT_STORE_BENCH_H
#define AZ_TESTS_UNIT_STORE_BENCH_H

#include "store_fixture.h"

#include <glob.h>
#include <stdlib.h>

#include "fake/fake_loop.h"
#include "store/frames.h"
#include "store/store.h"

struct bench {
	struct loop *loop;
	struct store *store;
	struct board_def *def;
	char dir[32], path[64];
	unsigned problems;
	struct err problem;
};

static inline void take_problem(void *ctx, const struct err *err)
{
	struct bench *b = ctx;

	b->problems++;
	b->problem = *err;
}

static inline struct store *open_store(struct bench *b)
{
	const struct store_options options = {
		.loop = b->loop,
		.path = b->path,
		.limits = {.keep_ms = 86400000, .max_bytes = 1 << 24},
		.problem = take_problem,
		.ctx = b,
	};

	return store_new(&options);
}

static inline void begin(struct bench *b)
{
	*b = (struct bench){.loop = fake_loop_new(FIXTURE_NOW_MS), .def = store_def()};
	strcpy(b->dir, "/tmp/azdeck-unit-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->path, sizeof(b->path), "%s/state/history.db", b->dir);
	b->store = open_store(b);
}

static inline void end(struct bench *b)
{
	char command[96];

	store_free(b->store);
	fake_loop_free(b->loop);
	board_def_put(b->def);
	snprintf(command, sizeof(command), "rm -rf %s", b->dir);
	assert_int_equal(system(command), 0);
}

static inline void saw(struct bench *b, const char *rows)
{
	struct board *board =
		store_board(b->def, rows, clock_wall_ms(loop_clock(b->loop)));

	store_saw(b->store, board);
	board_put(board);
}

struct question {
	const struct board_def *def;
	int64_t at_ms;
	char answer[256];
	struct err err;
	bool is_answered;
};

static inline void look(struct db *db, void *ctx)
{
	struct question *q = ctx;
	struct board *board = frames_at(db, q->def, q->at_ms);

	snprintf(q->answer, sizeof(q->answer), "%s", store_text(board));
	board_put(board);
}

static inline void answered(const struct err *err, void *ctx)
{
	struct question *q = ctx;

	assert_false(q->is_answered);
	q->is_answered = true;
	q->err = *err;
}

static inline void settle(struct bench *b, int64_t ms)
{
	fake_loop_advance(b->loop, ms);
	while (fake_loop_jobs(b->loop)) {
		fake_loop_work(b->loop);
		fake_loop_advance(b->loop, 0);
	}
}

static inline void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* How many were put aside. */
static inline size_t count_broken(const struct bench *b)
{
	glob_t found;
	char pattern[96];
	size_t n;

	snprintf(pattern, sizeof(pattern), "%s.broken-*[0-9]", b->path);
	n = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
	if (n)
		globfree(&found);
	return n;
}

static inline void write_at(const char *path, long at, int byte, size_t n)
{
	FILE *f = fopen(path, "r+b");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(fputc(byte, f), byte);
	assert_int_equal(fclose(f), 0);
}

static inline void reopen(struct bench *b)
{
	store_free(b->store);
	b->store = open_store(b);
}

#endif
