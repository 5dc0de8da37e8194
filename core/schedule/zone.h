/* A time zone: which local time an instant has, and when a local time comes. It is
 * immutable once made. What is easily got wrong: a local time may come twice or never
 * on the days when clocks change; zone_to_utc() says which instant counts.
 * Thread: any (no state). */
#ifndef AZ_SCHEDULE_ZONE_H
#define AZ_SCHEDULE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schedule/zone_rule.h"

enum { ZONE_NAME_MAX = 63 };

struct zone_change {
	int64_t at_s; /* from then on ... */
	uint8_t kind; /* ... this one of the zone's kinds */
};

struct zone {
	char name[ZONE_NAME_MAX + 1]; /* "Europe/Berlin" */
	struct zone_change *changes;  /* in order of time; owned */
	size_t n_changes;
	struct zone_kind *kinds; /* owned; the first holds before all changes */
	size_t n_kinds;
	bool has_rule; /* after the last change; else its kind stays */
	struct zone_rule rule;
};

void zone_fini(struct zone *zone);
/* Writes out the changes that the rule makes in this century, behind those of the file:
 * nothing else becomes of them, but they are found without reckoning. */
void zone_unroll(struct zone *zone);
/* Made without any file: no offset, no changes. */
extern const struct zone zone_utc;

/* Seconds since 1970 as a clock on the wall would count them; within ZONE_LAST_S of
 * 1970, as all instants here must be. */
#define ZONE_LAST_S INT64_C(400000000000)

struct zone_span zone_span_at(const struct zone *zone, int64_t utc_s);
/* The first instant at which a clock on the wall shows this time or a later one: a time
 * that comes twice is meant the first time, one that is left out when clocks go
 * forward is meant as the moment they do. Never goes back as local_s goes on. */
int64_t zone_to_utc(const struct zone *zone, int64_t local_s);

#endif
