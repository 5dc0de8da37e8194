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

/* Changes of a resource that were seen: services remember them for hours or a day. */
struct wanted_changes {
	int64_t known_from_ms; /* 0: not known at all */
	int64_t done_ms;       /* the newest that succeeded, when it began; 0: none */
	int64_t failed_ms;
	const char *why_failed; /* "" unknown */
};

/* What became of an edge whose resource is not what it asks for. */
enum wanted_fate {
	WANTED_DUE,    /* it was a moment ago */
	WANTED_MISSED, /* nobody did it */
	WANTED_FAILED, /* somebody tried */
	WANTED_UNDONE, /* somebody changed the resource since: that is theirs */
	WANTED_UNTOLD, /* nobody knows */
};
enum wanted_fate wanted_fate(const struct wanted_changes *seen, int64_t edge_ms,
			     int64_t now_ms);

/* What is asked for in each of n equal parts from from_ms on, at their beginning: 1 on,
 * 0 off, NAN undecidable. */
void wanted_timeline(const struct wanted *wanted, int64_t from_ms, int64_t part_ms,
		     float *out, size_t n);

/* Of each hour of its coming week, those in which it asks for what it asks for now: 0 to
 * 1. NAN: it asks for nothing. */
double wanted_share(const struct wanted *wanted, int64_t now_ms);

#endif
