/* One board being kept up to date: runs its requests, in the order their needs
 * allow, decodes the answers, and publishes the board or the last good one with
 * the reason. Thread: core. */
#ifndef AZ_BOARD_FEED_H
#define AZ_BOARD_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "board/answers.h"
#include "board/board.h"
#include "board/def.h"
#include "board/history.h"
#include "net/loop.h"

struct feed;

/* What feeds share. Fixed while any feed lives. */
struct feed_host {
	struct answers *answers;
	struct loop *loop;
	struct log *log;
	int64_t optional_ms; /* so long optional requests may take; 0: no limit of theirs */
	double speed;	     /* of the world's clock: intervals shrink by it */
	/* NULL when there is no connection of the kind. */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind);
	/* The board is borrowed for the call. */
	void (*publish)(void *ctx, struct board *board);
	void *ctx;
};

/* How one of its requests has been doing. */
struct feed_stat {
	size_t calls;	    /* in the last cycle: one, or one an item of for_each */
	size_t failed;	    /* of them */
	size_t failures;    /* cycles in a row with one */
	int64_t asked_ms;   /* wall time of the last cycle; 0: never */
	int64_t good_ms;    /* of the last one without a failure; 0: never */
	int64_t elapsed_ms; /* of the slowest call */
	int throttle_left;  /* the least that was said; -1: nothing was */
	bool is_absent; /* all was answered with 404, and the board says what that means */
	struct err err; /* of the first failed call */
};

/* What is asked so often is as good as new at that age, on a clock of that speed: a little
 * under the interval, so that a timer that came early by its jitter still asks. */
int64_t feed_fresh_ms(int64_t interval_ms, double speed);

struct feed *feed_new(const struct feed_host *host, const struct board_def *def);
/* What it waits for is given up. Not while it is decoding. */
void feed_free(struct feed *feed);
bool feed_is_decoding(const struct feed *feed);
/* The board as last published, or NULL. */
struct board *feed_board(const struct feed *feed);

/* feed_seed will be called: the first board waits for it. */
void feed_expect_seed(struct feed *feed);
/* What an earlier run knew of its rows, of those whose keys begin with `prefix`; NULL:
 * nothing. A board that was published before has it in a new version. False: it is
 * borrowed until the feed is freed, and taken when decoding is over. */
bool feed_seed(struct feed *feed, const struct history_seed *seed, struct str prefix);

/* Of the i-th request of the definition. */
const struct feed_stat *feed_stat(const struct feed *feed, size_t i);

/* Wanted feeds poll; others finish what they began and rest. A feed that is
 * wanted again publishes what it has at once. */
void feed_want(struct feed *feed, bool is_wanted);
/* A cycle now, or right after the one that runs. */
void feed_refresh(struct feed *feed);

#endif
