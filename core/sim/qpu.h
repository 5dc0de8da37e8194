/* Cost Management's query units: so many in ten seconds, a minute and an hour, for the
 * whole tenant. Thread: core. */
#ifndef AZ_SIM_QPU_H
#define AZ_SIM_QPU_H

#include <stdint.h>

#include "sim/reply.h"

enum { QPU_WINDOWS = 3 };

struct qpu {
	int most[QPU_WINDOWS];
	int64_t began_ms[QPU_WINDOWS];
	int used[QPU_WINDOWS];
};

/* As a real tenant has them. */
#define QPU_REAL                                                                         \
	{                                                                                \
		{12, 60, 600}, {0},                                                      \
		{                                                                        \
			0                                                                \
		}                                                                        \
	}
/* So that a demo need not be waited for. */
#define QPU_GENEROUS                                                                     \
	{                                                                                \
		{2000, 9000, 90000}, {0},                                                \
		{                                                                        \
			0                                                                \
		}                                                                        \
	}

/* Takes so many units and tells what is left. False: the 429 is written, with the
 * three headers that say how long to stay away. */
bool qpu_take(struct qpu *q, int64_t now_ms, int units, struct reply *rep);

#endif
