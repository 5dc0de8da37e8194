/* Availability out of what azdeck itself saw (the board seen-states): each state of each
 * thing, cut down to when anybody looked. Thread: any (no state). */
#ifndef AZ_DR_SLO_SEEN_H
#define AZ_DR_SLO_SEEN_H

#include "board/board.h"
#include "config/workload.h"
#include "dr/slo.h"

struct slo_seen {
	struct arena *arena;
	const struct workload *workload;
	const struct board *board; /* NULL: it has not come */
	int64_t from_ms, to_ms;
};

/* What probes saw: of each part (an origin group, a name) one thing that is up is enough,
 * and every part has to have one. `n`: parts. */
void slo_seen_probes(const struct slo_seen *seen, struct slo_line *out, int *n);
/* What the platform said: all resources weigh the same. `n`: resources. */
void slo_seen_health(const struct slo_seen *seen, struct slo_line *out, int *n);

#endif
