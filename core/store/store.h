/* The history: every board that is published goes in, and comes out as it was at any
 * moment. All reading and writing is on the pool, one job after the other; the loop
 * only hands over. What was handed over is in the file within a second, and a crash
 * leaves a whole history. Of several decks with one file the first one writes boards;
 * alerts are everybody's. Thread: core. */
#ifndef AZ_STORE_STORE_H
#define AZ_STORE_STORE_H

#include "base/log.h"
#include "board/board.h"
#include "net/loop.h"
#include "store/alert_log.h"
#include "store/change_log.h"
#include "store/recorder.h"

struct store;

struct store_options {
	struct loop *loop;
	struct log *log;
	const char *path; /* NULL: in memory */
	struct recorder_limits limits;
	/* The history cannot be kept: once, until it can be again. May be NULL. */
	void (*problem)(void *ctx, const struct err *err);
	void *ctx;
};

struct store *store_new(const struct store_options *options);
/* Writes what waits; what was asked ends with ERR_CANCELLED. */
void store_free(struct store *s);

/* A board was published. */
void store_saw(struct store *s, struct board *board);
/* Copied. `done`, which may be NULL, comes later, once it is in the file, or cannot
 * be. */
typedef void (*store_done_fn)(const struct err *err, void *ctx);
void store_alert(struct store *s, const struct alert *alert, store_done_fn done,
		 void *ctx);

/* Something to be done with the database on the pool, behind everything that was
 * handed over before; then `done` on the loop. */
typedef void (*store_work_fn)(struct db *db, void *ctx);
void store_ask(struct store *s, store_work_fn work, store_done_fn done, void *ctx);

#endif
