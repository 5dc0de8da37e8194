/* What a schedule asks for at an instant, and its edges: the moments at which it asks
 * for something. Everything ends soon, whatever the schedule, and allocates nothing.
 * What is easily got wrong: an edge may ask for what held already (two "on" in a row);
 * is_change tells. Thread: any (no state). */
#ifndef AZ_SCHEDULE_EVALUATE_H
#define AZ_SCHEDULE_EVALUATE_H

#include "schedule/schedule.h"

/* Undecidable: nobody knows what is meant, so nothing acts on it. */
enum schedule_intent { SCHEDULE_UNDECIDABLE, SCHEDULE_OFF, SCHEDULE_ON };
/* "undecidable", "off", "on" */
const char *schedule_intent_name(enum schedule_intent intent);

struct schedule_edge {
	int64_t at_ms;	 /* UTC */
	uint16_t minute; /* of the day, as the schedule has it */
	bool is_on;
	bool is_change;	  /* the edge before it asked for something else */
	bool is_moved;	  /* no clock shows its time that day; it comes at the next */
	bool is_repeated; /* clocks show its time twice; it comes the first time */
	struct schedule_figures figures;
	const struct zone_kind *clock; /* what the zone's clocks show then; borrowed */
};

/* The last edge at or before that instant. False: there is none (the schedule is opted
 * out of, or the instant is beyond the years 1754 to 9998). */
bool schedule_last(const struct schedule *s, int64_t at_ms, struct schedule_edge *out);
/* The first edge after that instant. */
bool schedule_next(const struct schedule *s, int64_t at_ms, struct schedule_edge *out);
/* The first day from that one on, by the schedule's own clocks, that it leaves out: as the
 * UTC midnight of its date. False: there is none. */
bool schedule_skips(const struct schedule *s, int64_t at_ms, int64_t *day_ms);
enum schedule_intent schedule_intended(const struct schedule *s, int64_t at_ms);

/* What went by while nobody looked. Only the last edge counts: it is what to catch up
 * with, when somebody wants to and the state is not that already. */
struct schedule_missed {
	size_t n;     /* edges after since_ms, up to now_ms; counted up to ... */
	bool is_more; /* ... SCHEDULE_MAX_MISSED */
	struct schedule_edge first, last; /* when n > 0 */
};
enum { SCHEDULE_MAX_MISSED = 1000 };
struct schedule_missed schedule_missed(const struct schedule *s, int64_t since_ms,
				       int64_t now_ms);

#endif
