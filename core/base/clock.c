/* See clock.h. The only file that asks the machine for the time. */
#include "base/clock.h"

#include <time.h>

static int64_t machine_ms(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_init_real(struct clock *c)
{
	clock_init_scaled(c, 0, 1.0);
}

void clock_init_scaled(struct clock *c, int64_t wall_ms, double speed)
{
	*c = (struct clock){
		.wall_ms = wall_ms ? wall_ms : machine_ms(CLOCK_REALTIME),
		.mono_ms = machine_ms(CLOCK_MONOTONIC),
		.speed = speed,
	};
	/* A real clock must follow corrections of the machine's own time. */
	c->is_real = wall_ms == 0 && speed == 1.0;
}

void clock_init_manual(struct clock *c, int64_t wall_ms)
{
	*c = (struct clock){.is_manual = true, .wall_ms = wall_ms, .speed = 1.0};
}

void clock_advance(struct clock *c, int64_t ms)
{
	c->wall_ms += ms;
	c->mono_ms += ms;
}

int64_t clock_wall_ms(const struct clock *c)
{
	int64_t elapsed;

	if (c->is_manual)
		return c->wall_ms;
	if (c->is_real)
		return machine_ms(CLOCK_REALTIME);
	elapsed = machine_ms(CLOCK_MONOTONIC) - c->mono_ms;
	return c->wall_ms + (int64_t)((double)elapsed * c->speed);
}

int64_t clock_mono_ms(const struct clock *c)
{
	return c->is_manual ? c->mono_ms : machine_ms(CLOCK_MONOTONIC);
}

int64_t clock_steady_ms(const struct clock *c)
{
#ifdef CLOCK_BOOTTIME
	const clockid_t steady = CLOCK_BOOTTIME;
#else
	const clockid_t steady = CLOCK_MONOTONIC;
#endif

	if (c->is_manual)
		return c->mono_ms;
	return c->is_real ? machine_ms(steady) : clock_wall_ms(c);
}

int64_t clock_mono_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_timer_ms(const struct clock *c, int64_t wall_ms)
{
	return c->speed > 0 ? (int64_t)((double)wall_ms / c->speed) : wall_ms;
}
