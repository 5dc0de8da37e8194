/* See idle.h. */
#include "agents/idle.h"

#include <math.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Calls for each hour that the span touches within what is known. */
static void spread(const struct idle *idle, int64_t from_ms, int64_t to_ms, double weight,
		   double hours[IDLE_HOURS])
{
	from_ms = later(from_ms, idle->from_ms);
	to_ms = to_ms < idle->to_ms ? to_ms : idle->to_ms;
	while (from_ms < to_ms) {
		int64_t next_ms = from_ms - from_ms % HOUR + HOUR;
		int64_t end_ms = next_ms < to_ms ? next_ms : to_ms;

		hours[from_ms / HOUR % IDLE_HOURS] +=
			weight * (double)(end_ms - from_ms) / MINUTE;
		from_ms = end_ms;
	}
}

void idle_init(struct idle *idle, int64_t from_ms, int64_t now_ms)
{
	*idle = (struct idle){.from_ms = later(from_ms, now_ms - IDLE_WINDOW_MS),
			      .to_ms = now_ms};
	spread(idle, idle->from_ms, now_ms, 1, idle->covered);
}

void idle_add_agent(struct idle *idle, int64_t since_ms)
{
	spread(idle, since_ms, idle->to_ms, 1, idle->minutes);
	spread(idle, since_ms, idle->to_ms, 1, idle->online);
}

void idle_add_job(struct idle *idle, int64_t from_ms, int64_t to_ms)
{
	spread(idle, from_ms, to_ms, -1, idle->minutes);
}

double idle_hours_a_day(const struct idle *idle)
{
	double known_h = (double)(idle->to_ms - idle->from_ms) / HOUR, hours = 0;

	if (known_h < 1)
		return NAN;
	for (int h = 0; h < IDLE_HOURS; h++)
		hours += idle->minutes[h] > 0 ? idle->minutes[h] / 60 : 0;
	return hours / known_h * 24;
}
