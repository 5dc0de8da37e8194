/* What a resource's tag asks for at an instant, since when and what comes next, in one
 * look: for databases, pools and whatever else carries such tags. A resource without a
 * tag follows the defaults' hours only where the configuration says that all take part.
 * Thread: any; zones have one owner. */
#ifndef AZ_SCHEDULE_WANTED_H
#define AZ_SCHEDULE_WANTED_H

#include "schedule/evaluate.h"
#include "schedule/tag.h"

/* How long an edge may take before it counts as missed. */
#define WANTED_DUE_MS INT64_C(900000)

struct wanted {
	enum schedule_intent intent;
	bool is_opted_out;
	/* The edge since which it asks for that, and the next that asks for something else. */
	bool has_last, has_next;
	struct schedule_edge last, next;
	struct schedule schedule; /* unless the tag is not understood */
	bool has_schedule;
	struct schedule_error error; /* why it is undecidable */
};

/* `defaults` NULL: as the grammar has it. */
void wanted_look(struct str tag, const struct schedule *defaults, struct zones *zones,
		 int64_t now_ms, struct wanted *out);

/* What is asked for in each of n equal parts from from_ms on, at their beginning: 1 on,
 * 0 off, NAN undecidable. */
void wanted_timeline(const struct wanted *wanted, int64_t from_ms, int64_t part_ms,
		     float *out, size_t n);

/* Of each hour of its coming week, those in which it asks for what it asks for now: 0 to
 * 1. NAN: it asks for nothing. */
double wanted_share(const struct wanted *wanted, int64_t now_ms);

#endif
