/* A feed between a faked loop and faked calls, and what it published last.
 * Thread: the test's. */
#ifndef AZ_TESTS_FAKE_FEED_BENCH_H
#define AZ_TESTS_FAKE_FEED_BENCH_H

#include "board/feed.h"
#include "fake/fake_loop.h"
#include "unit/board_fixture.h"

struct feed_bench {
	struct loop *loop;
	struct api *api;
	struct connection azure;
	bool is_disconnected;
	struct feed_host host;
	struct board_def *def;
	struct feed *feed;
	struct board *board; /* as last published, held */
	size_t n_published;
};

/* "subs", and one "dbs" call for each of its values; columns id and cpu. The
 * placeholders: how often, and what is behind the two requests. */
#define FEED_BENCH_DEF(every, more)                                                      \
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"             \
	"\"subs\":{\"get\":\"/subs\",\"every\":\"" every "\"},"                          \
	"\"dbs\":{\"for_each\":\"subs.value\",\"as\":\"s\",\"get\":\"/dbs/{s.id}\","     \
	"\"every\":\"" every "\"}" more "},"                                             \
	"\"rows\":\"dbs[].answer.value[]\",\"key\":\"id\",\"columns\":["                 \
	"{\"name\":\"id\",\"title\":\"ID\",\"value\":\"id\"},"                           \
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"number\",\"value\":\"cpu\","     \
	"\"history\":true}]}"

void feed_bench_init(struct feed_bench *b, const char *def, double speed);
/* Frees the feed first, so that what was open is cancelled. */
void feed_bench_fini(struct feed_bench *b);
/* Answers "subs" with 1 and 2, and theirs with a row each: x (10) and y (20). */
void feed_bench_answer_all(struct feed_bench *b);

#endif
