/* The feeds that someone looks at. Thread: core. */
#ifndef AZ_BOARD_POLLER_H
#define AZ_BOARD_POLLER_H

#include <stdbool.h>

#include "board/lanes.h"

struct poller;

struct poller_options {
	struct api *api;
	struct loop *loop;
	const struct library *library;
	struct log *log;
	double speed;
	int64_t optional_ms; /* so long optional requests may take; 0: like all others */
	const char *answers_dir; /* where dear answers are kept; NULL: nowhere */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind, size_t i);
	void (*publish)(void *ctx, struct board *board); /* borrowed for the call */
	/* The board is asked for, for the first time; true: poller_give_seed will be called,
	 * once. May be NULL. */
	bool (*begins)(void *ctx, const struct board_def *def);
	/* What answers took may be given back to the system. May be NULL. */
	void (*swept)(void *ctx);
	/* So many boards are asked side by side for the first time, in the order they are
	 * wanted; those that take long do not keep the others. 0: all of them. */
	size_t at_once;
	bool waits_for_seeds; /* boards come with their past, not before it */
	void *ctx;
};

struct poller *poller_new(const struct poller_options *options);
void poller_free(struct poller *p);
/* The whole set of wanted boards; unknown names are ignored. */
void poller_want(struct poller *p, const char *const *names, size_t n);
/* As it was published last, the caller's share; NULL: it has not come, or is none. */
struct board *poller_board(struct poller *p, const char *name);
/* Every board that was ever wanted, in no order. */
typedef void (*poller_each_fn)(const struct board_def *def, const struct lanes *lanes,
			       void *ctx);
void poller_each(const struct poller *p, poller_each_fn fn, void *ctx);
/* What an earlier run knew of the board, or NULL; the poller's from now on. */
void poller_give_seed(struct poller *p, const struct board_def *def,
		      struct history_seed *seed);
/* False when there is no such board. */
bool poller_refresh(struct poller *p, const char *name);

#endif
