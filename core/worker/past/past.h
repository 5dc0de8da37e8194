/* The history beside the deck: what is published goes in, and what was comes out in
 * its place while somebody looks at a moment of the past. Thread: core. */
#ifndef AZ_WORKER_PAST_H
#define AZ_WORKER_PAST_H

#include <cjson/cJSON.h>

#include "board/history.h"
#include "store/store.h"
#include "worker/past/moment.h"
#include "worker/sights.h"

struct past;

struct past_options {
	struct loop *loop;
	struct log *log;
	const char *path; /* NULL: in memory */
	struct recorder_limits limits;
	const struct library *library;
	struct sights *sights;
	/* The boards that follow are of this moment. */
	void (*moved)(void *ctx, const struct moment *moment);
	/* A board about azdeck is of another moment now. */
	void (*outdated)(void *ctx, const char *board);
	void (*publish)(void *ctx, struct board *board); /* borrowed for the call */
	void (*problem)(void *ctx, const struct err *err);
	/* What an earlier run knew of a board, the callee's; NULL: nothing. */
	void (*seeded)(void *ctx, const struct board_def *def, struct history_seed *seed);
	/* Alerts of an earlier run are known again. */
	void (*recalled)(void *ctx);
	void *ctx;
};

struct past *past_new(const struct past_options *options);
/* Writes what waits. */
void past_free(struct past *p);

/* A board was polled. True when it is to be shown, too: the deck is at now. */
bool past_saw(struct past *p, struct board *board);
/* Nobody looks at a moment of the past. */
bool past_is_now(const struct past *p);
/* The board will be polled: what an earlier run knew of it is looked up, and `seeded` is
 * called. False: there is nothing to look up. */
bool past_seed(struct past *p, const struct board_def *def);
/* The same, of what is known of it before a moment. */
void past_seed_before(struct past *p, const struct board_def *def, int64_t before_ms);
/* Something to be done with the history: see store_ask. */
void past_ask(struct past *p, store_work_fn work, store_done_fn done, void *ctx);
/* There is more of it than was: alerts are as old as it says. */
void past_grew(struct past *p);
/* The board is made of the history at any moment, also now. */
bool past_is_about(const char *board);
/* The boards that somebody looks at. */
void past_want(struct past *p, const char *const *names, size_t n);

/* Rows of the boards "changes" and "seen-states", and of "attention" at a moment of the
 * past. False: they
 * are not the history's. `rows` NULL: not yet, ask again. */
bool past_answer(struct past *p, struct str path, cJSON **rows);

/* Shows a moment; 0: now again. */
void past_go(struct past *p, int64_t at_ms);
/* To the moment of the next change, or with -1 the one before; behind the last one it
 * is now again. */
void past_step(struct past *p, int by);

/* Once it is in the history: `done` on the loop. */
void past_acknowledge(struct past *p, const struct alert *alert, store_done_fn done,
		      void *ctx);

#endif
