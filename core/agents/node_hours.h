/* How many nodes a pool's business hours ask for now, against how many Azure aims at. An
 * autoscaler may move freely within its own range: only where it cannot come to what is
 * wanted is that drift. Thread: any (no state). */
#ifndef AZ_AGENTS_NODE_HOURS_H
#define AZ_AGENTS_NODE_HOURS_H

#include "board/read.h"
#include "schedule/wanted.h"

enum node_drift {
	NODE_DRIFT_UNDECIDABLE, /* nobody knows what is wanted: see the error */
	NODE_DRIFT_OPTED_OUT,
	NODE_DRIFT_NONE,
	NODE_DRIFT_DUE, /* the edge was a moment ago */
	NODE_DRIFT_MORE,
	NODE_DRIFT_FEWER,
};
/* "as intended", "more", ... */
const char *node_drift_word(enum node_drift drift);

/* What Azure says; NAN unknown. */
struct node_aim {
	double count, least, most;
	bool is_scaled, is_off;
};

struct node_hours {
	enum node_drift drift;
	double want;	 /* NAN: not said */
	double extra;	 /* nodes too many; below 0 too few; NAN: unknown */
	int64_t edge_ms; /* since when that is wanted; 0: unknown */
	const char *error;
};

/* The error is borrowed from `wanted`. */
void node_hours_look(const struct wanted *wanted, const struct node_aim *aim,
		     int64_t now_ms, struct node_hours *out);
/* Of a row of aks-pools. */
struct node_aim node_aim_read(const struct board *pools, size_t row);

#endif
