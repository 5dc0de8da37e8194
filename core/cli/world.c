/* See world.h. */
#include "cli/world.h"

#include "base/str.h"
#include "base/timefmt.h"
#include "base/when.h"
#include "sim/fault/faults.h"
#include "sim/tenant/rights.h"

#define MAX_SPEED 100000.0

/* Years in which neither the estate's past nor its end dates leave the calendar. */
#define EARLIEST STR("2000-01-01")
#define LATEST	 STR("2100-01-01")

bool cli_world_set_seed(const char *value, struct err *err, void *to)
{
	struct cli_world *world = to;
	int64_t seed;

	(void)err;
	if (!str_to_i64(str_from(value), &seed) || seed < 0)
		return false;
	world->seed = (uint64_t)seed;
	return true;
}

bool cli_world_set_speed(const char *value, struct err *err, void *to)
{
	struct cli_world *world = to;
	double speed;

	(void)err;
	if (!str_to_f64(str_from(value), &speed) || !(speed > 0 && speed <= MAX_SPEED))
		return false;
	world->speed = speed;
	return true;
}

bool cli_world_set_at(const char *value, struct err *err, void *to)
{
	struct cli_world *world = to;
	int64_t at, earliest, latest, now;
	struct clock clock;

	(void)err;
	clock_init_real(&clock);
	now = clock_wall_ms(&clock);
	if (!when_parse(str_from(value), now, now, &at) ||
	    !time_parse(EARLIEST, &earliest) || !time_parse(LATEST, &latest) ||
	    at < earliest || at > latest)
		return false;
	world->at_ms = at;
	return true;
}

bool cli_world_set_fault(const char *value, struct err *err, void *to)
{
	struct cli_world *world = to;
	struct faults scratch = {0};
	struct err ignored;

	(void)err;
	if (world->n_faults == CLI_WORLD_MAX_FAULTS ||
	    !faults_add(&scratch, str_from(value), &ignored))
		return false;
	world->faults[world->n_faults++] = value;
	return true;
}

bool cli_world_set_as(const char *value, struct err *err, void *to)
{
	struct cli_world *world = to;

	(void)err;
	world->as = value;
	return rights_know(str_from(value));
}

void cli_world_clock(const struct cli_world *world, struct clock *clock)
{
	clock_init_scaled(clock, world->at_ms, world->speed);
}
