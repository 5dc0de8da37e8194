/* One pool of agents from its queue to its machines: what the queue asks for, what the
 * scaler wants, what is there, what is online, and which step is behind.
 * Thread: any (no state). */
#ifndef AZ_AGENTS_SCALING_H
#define AZ_AGENTS_SCALING_H

#include "agents/fleet.h"
#include "agents/idle.h"
#include "base/map.h"
#include "base/strbuf.h"

/* id, the word on the board */
#define SCALING_LIST(X)                                                                  \
	X(FINE, "keeps up")                                                              \
	X(REST, "rests")                                                                 \
	X(DEMAND, "demands")                                                             \
	X(LICENCE, "licence")                                                            \
	X(SCALER, "scaler")                                                              \
	X(MAXIMUM, "maximum")                                                            \
	X(MACHINES, "machines")                                                          \
	X(AGENTS, "agents")                                                              \
	X(UNKNOWN, "unknown")

enum scaling_step {
#define X(id, word) SCALING_##id,
	SCALING_LIST(X)
#undef X
};
const char *scaling_step_word(enum scaling_step step);

enum scaling_maker {
	MAKER_NOBODY,
	MAKER_MICROSOFT,
	MAKER_SCALE_SET,
	MAKER_KEDA,
	MAKER_UNSEEN
};
const char *scaling_maker_word(enum scaling_maker maker);

struct scaling {
	enum scaling_maker maker;
	const struct fleet_elastic *elastic;
	const struct fleet_scaler *scaler;
	double queued, busy, idle, online, off; /* jobs, agents */
	double asks;				/* agents it would take */
	double wanted, there, most;		/* NAN unknown */
	int64_t scaled_ms;	/* when agents were last made or taken away; 0: unknown */
	int64_t oldest_ms;	/* when the first of the queue came; 0: none waits */
	enum scaling_step step; /* the one that is behind */
	int64_t off_ms;	  /* since when an agent has been offline; 0: none, or unknown */
	int64_t since_ms; /* since when; 0: unknown */
	double hourly;	  /* of one machine; NAN unknown */
	const char *size; /* "" unknown, or several */
	struct strbuf evidence;
};

/* Sizes of machines and of scale sets, by name. */
struct scaling_machines {
	struct map vms, sets; /* texts, borrowed from the boards */
};
/* NULL: unknown. */
void scaling_machines_init(struct scaling_machines *m, const struct board *vms,
			   const struct board *sets);
void scaling_machines_fini(struct scaling_machines *m);

void scaling_init(struct scaling *s, const struct fleet *f, const struct fleet_pool *pool,
		  const struct scaling_machines *machines);
void scaling_fini(struct scaling *s);

#endif
