/* What a board looked like at any moment: now and then a whole frame, between them
 * what changed. Words are kept as they change, figures at a tempo that goes with the
 * size of the board; those with a history have their own, finer samples.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_FRAMES_H
#define AZ_STORE_FRAMES_H

#include "board/board.h"
#include "store/pairs.h"

/* A board being recorded. */
struct frames {
	int64_t board, layout; /* names */
	struct names keys;     /* of its rows */
	struct board *last;    /* as of the last frame and what came since, held */
	int64_t frame;	       /* the last frame; 0: none in this run */
	int64_t written_ms;    /* wall time of that frame */
	int64_t figures_ms;    /* wall time of the last one with all figures */
	size_t whole_bytes;    /* of the last whole one */
	size_t since_bytes;    /* of those after it */
	unsigned since;	       /* how many */
	bool *is_behind;       /* per row of `last`: its figures are not kept yet */
	int64_t *ids;	       /* per row of `last`: its name; 0: not asked for yet */
	int64_t below;	       /* number of the next frame; 0: above all others */
};

/* Finds what is known of the board; `last` is then what it looked like when it was
 * recorded last, if ever. */
void frames_open(struct frames *f, struct db *db, const struct board_def *def,
		 int64_t now_ms);
void frames_close(struct frames *f);
/* What is recorded from here on is of a time before any frame that is there, and of rows
 * that others record: their numbers are below, and names stay when their rows go. */
void frames_go_below(struct frames *f, struct db *db);
/* Records what is new in the board and holds it as the last one. `pairs`: of the last one
 * and this. */
void frames_add(struct frames *f, struct db *db, struct board *board, struct pairs *pairs,
		int64_t at_ms);

/* The board as it was, without the series that azdeck keeps itself; its maker may
 * change it. NULL: nothing was known of it then, or the database failed. */
struct board *frames_at(struct db *db, const struct board_def *def, int64_t at_ms);
/* Moments at which something is known of it: the first and the last. False: none. */
bool frames_span(struct db *db, int64_t *first_ms, int64_t *last_ms);
/* Frames that nobody needs who asks for moments from then on. */
void frames_prune(struct db *db, int64_t before_ms);

#endif
