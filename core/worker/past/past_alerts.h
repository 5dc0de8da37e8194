/* What needed attention while a past is made, and until when: alerts for the history
 * that begin before any that is in it. Thread: one at a time; the pool. */
#ifndef AZ_WORKER_PAST_ALERTS_H
#define AZ_WORKER_PAST_ALERTS_H

#include "base/vec.h"
#include "worker/sights.h"

struct past_alert;

struct past_alerts {
	struct clock clock; /* of the board that is looked at */
	struct sights sights;
	struct map open;	       /* by board and key: struct past_alert */
	VEC(struct past_alert *) over; /* not written yet */
};

void past_alerts_init(struct past_alerts *alerts);
void past_alerts_fini(struct past_alerts *alerts); /* accepts a zeroed one */
void past_alerts_look(struct past_alerts *alerts, struct board *board, int64_t at_ms);
/* Those that are over; at the end, also those that go on. */
void past_alerts_write(struct past_alerts *alerts, struct db *db, bool is_end);

#endif
