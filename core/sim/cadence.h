/* What happens again and again: runs of pipelines, jobs, scans. The n-th run of a
 * cadence, and how far it is by now, follow from the time alone.
 * Thread: any (no state). */
#ifndef AZ_SIM_CADENCE_H
#define AZ_SIM_CADENCE_H

#include "sim/world.h"

struct cadence {
	const char *name; /* what it is seeded with; unlike all others */
	int every_minutes, takes_minutes;
	int waits_seconds;  /* in the queue, about; 0: a few */
	int fails_percent;  /* 100: it is broken */
	bool never_started; /* the newest waits for as long as one looks */
};

struct occurrence {
	int64_t number;
	int64_t queued_ms;
	int64_t started_ms, ended_ms; /* 0: not yet */
	bool has_failed;	      /* it ended, and badly */
	uint64_t seed;		      /* for what else differs from run to run */
};

/* The newest run that is queued by now (back 0), the one before it (back 1) ... */
struct occurrence cadence_nth(const struct world *w, const struct cadence *c, int back);

#endif
