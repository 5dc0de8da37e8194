/* A board over what the simulated Azure answers its requests, without a worker: for tests
 * of what is worked out of boards. Thread: the test's. */
#ifndef AZ_TESTS_SIM_SIM_BOARD_H
#define AZ_TESTS_SIM_SIM_BOARD_H

#include "board/def.h"
#include "sim/ask.h"

/* Asks once for every subscription where a request has a for_each, which must be over
 * the subscriptions. The board is the caller's. */
struct board *sim_board(struct ask *a, const struct library *library, const char *name);

#endif
