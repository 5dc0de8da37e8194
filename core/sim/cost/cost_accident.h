/* What goes wrong with the cost of the simulated estate, and when: a schedule that
 * follows from the seed alone. Tests read it as the labels that a detector is scored
 * against; nothing of it is in any answer. Thread: any (no state). */
#ifndef AZ_SIM_COST_ACCIDENT_H
#define AZ_SIM_COST_ACCIDENT_H

#include "sim/cost/cost.h"

enum accident_kind {
	ACCIDENT_SPIKE,	  /* a loop that logs, a test left running: a day or two */
	ACCIDENT_DROP,	  /* something that should run does not */
	ACCIDENT_STEP,	  /* scaled up or down by hand, and left so */
	ACCIDENT_LEAK,	  /* a few percent more every day */
	ACCIDENT_NEW,	  /* a service nobody had before */
	ACCIDENT_VANISHED /* one that is gone */
};
const char *accident_kind_name(enum accident_kind kind);

struct accident {
	enum accident_kind kind;
	size_t line;   /* of cost_lines */
	int64_t day;   /* the first */
	int64_t end;   /* the first day behind it */
	double factor; /* of what it would cost; of a leak, a day */
};

/* At most one begins in so many days, and none is longer than six times that. */
enum { ACCIDENT_BLOCK_DAYS = 6, ACCIDENT_MAX_DAYS = 36 };

/* What the line costs on that day against what it would. */
double accident_factor(uint64_t seed, size_t line, int64_t day);
/* The one of a block of days; false: it has none. Blocks count from 1970. */
bool accident_at(uint64_t seed, int64_t block, struct accident *out);
/* Nothing happens to lines too small to notice or billed once a month. */
bool accident_can_hit(const struct cost_line *line);

#endif
