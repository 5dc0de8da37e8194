/* How long agents were idle, by hour of the day, worked out of the jobs that ended: what
 * a machine did not spend on a job, it waited. Hours are UTC. Thread: any (no state). */
#ifndef AZ_AGENTS_IDLE_H
#define AZ_AGENTS_IDLE_H

#include <stdbool.h>
#include <stdint.h>

enum { IDLE_HOURS = 24, IDLE_WINDOW_MS = 24 * 3600 * 1000 };

struct idle {
	int64_t from_ms, to_ms;	    /* what is known: at most a day */
	double minutes[IDLE_HOURS]; /* all agents together, by hour of the day */
	double covered[IDLE_HOURS]; /* minutes of each hour that are known; 0: none */
	double online[IDLE_HOURS];  /* agent-minutes that an agent was there */
};

/* Nothing is known before `from_ms`. */
void idle_init(struct idle *idle, int64_t from_ms, int64_t now_ms);
/* An agent was there from then on; 0: always. */
void idle_add_agent(struct idle *idle, int64_t since_ms);
/* Some agent was busy. */
void idle_add_job(struct idle *idle, int64_t from_ms, int64_t to_ms);
/* Idle hours of all agents on a day like this one; NAN when less than an hour is known.
 * What is known stands for the rest of the day. */
double idle_hours_a_day(const struct idle *idle);

#endif
