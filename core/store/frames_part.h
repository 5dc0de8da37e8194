/* What frames.c and frames_at.c share. Thread: one at a time. */
#ifndef AZ_STORE_FRAMES_PART_H
#define AZ_STORE_FRAMES_PART_H

#include "board/board.h"
#include "store/db.h"

enum { FRAME_STALE = 1, FRAME_PARTIAL = 2, FRAME_FILLING = 4, FRAME_NOTE = 8 };
enum { FRAME_MOST_BYTES = 32 << 20 };

int frame_marks(const struct board *board);
const char *frame_why(const struct board *board);

/* The last whole frame at or before the moment: its id, and when. 0: there is none. */
int64_t frames_last_whole(struct db *db, int64_t board, int64_t at_ms, int64_t *written);

#endif
