/* Rows that say again what other boards say, by the definition's "repeats": they count on
 * their own board and nowhere else. Thread: any; one board at a time. */
#ifndef AZ_BOARD_REPEATS_H
#define AZ_BOARD_REPEATS_H

#include "board/board.h"

/* For board_seal: the definition has the predicate. */
void repeats_mark(struct board *board);

#endif
