/* What Azure DevOps says to one who asks much: nothing at first, then how much is
 * left of the five minutes, and past that how long it held the answer back. It
 * answers all the same. Thread: core. */
#include "sim/devops/devops.h"

#include "sim/rhythm.h"

enum {
	WINDOW_MS = 5 * 60 * 1000,
	LIMIT = 200,	   /* units in a window */
	CALLS_A_UNIT = 20, /* of the lists we serve */
	DELAY_S = 5,
};

void devops_put_pace(struct world *w, struct reply *rep)
{
	struct devops_use *use = &w->devops;
	int64_t began_ms = rhythm_floor_div(w->now_ms, WINDOW_MS) * WINDOW_MS;
	int used, left;

	if (use->began_ms != began_ms)
		*use = (struct devops_use){.began_ms = began_ms};
	used = ++use->calls / CALLS_A_UNIT;
	if (used < LIMIT / 2)
		return;
	left = used < LIMIT ? LIMIT - used : 0;
	reply_header(rep, "X-RateLimit-Resource", "Core");
	reply_header(rep, "X-RateLimit-Limit", "%d", LIMIT);
	reply_header(rep, "X-RateLimit-Remaining", "%d", left);
	reply_header(rep, "X-RateLimit-Reset", "%lld",
		     (long long)((began_ms + WINDOW_MS) / 1000));
	if (left)
		return;
	reply_header(rep, "X-RateLimit-Delay", "%.3f", 0.2 * (used - LIMIT + 1));
	reply_header(rep, "Retry-After", "%d", DELAY_S);
}
