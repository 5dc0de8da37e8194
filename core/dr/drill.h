/* What one drill proved: a test failover of a recovery plan, or a restore. Pure.
 * Thread: any (no state). */
#ifndef AZ_DR_DRILL_H
#define AZ_DR_DRILL_H

#include <stdbool.h>
#include <stdint.h>

enum drill_state {
	DRILL_PASSED,
	DRILL_RUNNING,
	DRILL_CANCELLED,
	DRILL_UNMEASURED, /* it worked, but not in what time, or nobody said in what */
	DRILL_OVERDUE,	  /* it passed, too long ago */
	DRILL_TOO_SLOW,
	DRILL_LOST_TOO_MUCH,
	DRILL_FAILED,
	DRILL_NEVER,
};
const char *drill_word(enum drill_state state); /* "Passed" */

/* Unknown is NAN. */
struct drill_facts {
	const char *result; /* Azure's word; "" when it is not kept */
	double started_ms;  /* wall time */
	double took_ms, rto_ms;
	double lost_ms, rpo_ms;
	double every_ms; /* how often it has to be tried */
	bool is_restore; /* which loses nothing and promises no time */
	bool is_newest;	 /* of its plan: only that one can be overdue */
};

enum drill_state drill_judge(const struct drill_facts *facts, int64_t now_ms);

#endif
