/* Boards of the simulated estate as they were at a moment gone by: the same requests,
 * definitions and rules as now, asked of a world of its own whose clock stands there.
 * What a person changed in the demo is not in it. Thread: one at a time; the pool. */
#ifndef AZ_WORKER_SIM_LOOK_H
#define AZ_WORKER_SIM_LOOK_H

#include "base/ref.h"
#include "board/board.h"
#include "config/config.h"
#include "worker/connect.h"

struct sim_look;

struct sim_look_options {
	const char *base; /* the simulator's address: its connections begin with it */
	const struct connections *connections;
	const struct config *config;
	uint64_t seed;
	const struct flag *stop; /* up: nothing more is asked */
};

/* What the options point to outlives it, and stands still meanwhile. */
struct sim_look *sim_look_new(const struct sim_look_options *options);
void sim_look_free(struct sim_look *look); /* accepts NULL */
/* The moment that the next boards are of, not before that of the last ones. Boards that
 * are worked out of others see each as it was when it was asked for last. */
void sim_look_go(struct sim_look *look, int64_t at_ms);
/* The caller's; NULL: it could not be had then. */
struct board *sim_look_board(struct sim_look *look, const struct board_def *def);

#endif
