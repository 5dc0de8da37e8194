/* What the files of a feed share. Private to core/board/feed*.c. Thread: core. */
#ifndef AZ_BOARD_FEED_PART_H
#define AZ_BOARD_FEED_PART_H

#include "base/rng.h"
#include "board/feed.h"
#include "board/feed_slot.h"

enum feed_state { FEED_RESTING, FEED_ASKING, FEED_DECODING };

struct feed {
	const struct feed_host *host;
	const struct board_def *def;
	enum feed_state state;
	bool is_wanted, is_refresh_due, is_forced;
	struct loop_timer *timer;
	struct slot *slots;	 /* one a request */
	struct feed_stat *stats; /* likewise */
	cJSON *root;		 /* the answers document, by reference */
	struct board *board;	 /* the last published; NULL: none */
	struct board *decoded;	 /* made on the pool */
	struct err decode_err;
	struct history history;
	const struct history_seed *seed; /* not taken yet; NULL: none */
	struct str seed_prefix;
	bool is_expecting, is_decode_due; /* a seed; and all answers are there */
	struct rng rng;
	int64_t began_ms; /* wall time of this cycle */
};

/* feed_pace.c: when it asks, and how old an answer may be. */

/* Now, as wall time. */
int64_t feed_wall(const struct feed *f);
/* Real milliseconds until the next cycle. */
int64_t feed_wait_ms(const struct feed *f);
struct freshness feed_freshness(const struct feed *f, const struct request_def *r);
/* So long it waits for a call; 0: as long as others do. */
int64_t feed_patience_ms(const struct request_def *r);
/* By the clock of its interval. */
bool feed_is_due(const struct feed *f);
/* Real milliseconds; looking away and back again does not put it off. */
int64_t feed_until_due_ms(const struct feed *f);

/* feed_ask.c: its requests, in the order that their needs allow. */

/* Completes what has answered, asks what that allows. */
enum feed_progress { FEED_STANDS, FEED_MOVED, FEED_FAILED };
enum feed_progress feed_move_on(struct feed *f, struct err *err);
/* feed.c: for answers_ask; ctx is the feed. */
void feed_answer_came(struct got_answer *answer, void *ctx);

#endif
