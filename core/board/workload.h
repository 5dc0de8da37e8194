/* Any board cut down to the rows of a workload. Thread: any (no state). */
#ifndef AZ_BOARD_WORKLOAD_H
#define AZ_BOARD_WORKLOAD_H

#include <stdbool.h>

#include "board/board.h"
#include "config/workload.h"

bool workload_has(const struct workload *workload, const struct board *board,
		  const struct row *row);
/* Whether what is in this resource group has to come back after a disaster; one that
 * is not known has to. */
bool workload_recovers(const struct workload *workload, struct str group);
/* A board with its rows alone, shared, not copied; the caller's. */
struct board *workload_board(const struct workload *workload, struct board *board);

#endif
