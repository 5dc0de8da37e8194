/* A call to a simulated world with all of its pages, answered at once: no loop and no
 * socket, so that it may be asked of any moment. Thread: one at a time, with its world. */
#ifndef AZ_WORKER_SIM_CALL_H
#define AZ_WORKER_SIM_CALL_H

#include "board/answers.h"
#include "sim/world.h"

struct sim_caller {
	struct world *world;
	struct str base;   /* what connections' addresses and links begin with */
	struct str bearer; /* "Bearer ..." */
};

/* The answer is the caller's: its tree is owned, `refs` says nothing. */
void sim_call(const struct sim_caller *caller, const struct api_call *call,
	      struct got_answer *answer);

#endif
