/* A board over every connection of its kind: a feed for each, their rows in one
 * board. One connection is the plain case and costs nothing. Thread: core. */
#ifndef AZ_BOARD_LANES_H
#define AZ_BOARD_LANES_H

#include "board/feed.h"

struct lanes;

/* What all of them share. Fixed while any lives. */
struct lanes_host {
	struct answers *answers;
	struct loop *loop;
	struct log *log;
	int64_t optional_ms;
	double speed; /* of the world's clock */
	/* The i-th connection of the kind, or NULL. */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind, size_t i);
	/* The board is borrowed for the call. */
	void (*publish)(void *ctx, struct board *board);
	void *ctx;
};

struct lanes *lanes_new(const struct lanes_host *host, const struct board_def *def);
/* Not while one of them is decoding. */
void lanes_free(struct lanes *lanes);
bool lanes_are_decoding(const struct lanes *lanes);

/* Those that ask, in the order of their connections; the connection is NULL when
 * there is none of the kind. False behind the last one. */
bool lanes_at(const struct lanes *lanes, size_t i, const struct connection **connection,
	      struct feed **feed);
const struct board_def *lanes_def(const struct lanes *lanes);
bool lanes_are_wanted(const struct lanes *lanes);
/* At least one of them has said something. */
bool lanes_have_come(const struct lanes *lanes);
/* As it was published last, the caller's share; NULL: nothing yet. */
struct board *lanes_board(struct lanes *lanes);

/* lanes_give_seed will be called: the first board waits for it. */
void lanes_expect_seed(struct lanes *lanes);
/* What an earlier run knew of the board's rows, or NULL; the lanes' from now on. */
void lanes_give_seed(struct lanes *lanes, struct history_seed *seed);
void lanes_want(struct lanes *lanes, bool is_wanted);
void lanes_refresh(struct lanes *lanes);

#endif
