/* See world.h. */
#include "cli/world.h"

#include <string.h>

#include "base/count.h"
#include "base/str.h"
#include "base/timefmt.h"
#include "sim/faults.h"
#include "sim/rights.h"

#define MAX_SPEED 100000.0

/* Years in which neither the estate's past nor its end dates leave the calendar. */
#define EARLIEST STR("2000-01-01")
#define LATEST	 STR("2100-01-01")

static bool set_seed(struct cli_world *world, const char *value)
{
	int64_t seed;

	if (!str_to_i64(str_from(value), &seed) || seed < 0)
		return false;
	world->seed = (uint64_t)seed;
	return true;
}

static bool set_speed(struct cli_world *world, const char *value)
{
	double speed;

	if (!str_to_f64(str_from(value), &speed) || !(speed > 0 && speed <= MAX_SPEED))
		return false;
	world->speed = speed;
	return true;
}

static bool set_at(struct cli_world *world, const char *value)
{
	int64_t at, earliest, latest;

	if (!time_parse(str_from(value), &at) || !time_parse(EARLIEST, &earliest) ||
	    !time_parse(LATEST, &latest) || at < earliest || at > latest)
		return false;
	world->at_ms = at;
	return true;
}

/* May come several times. */
static bool add_fault(struct cli_world *world, const char *value)
{
	struct faults scratch = {0};
	struct err err;

	if (world->n_faults == CLI_WORLD_MAX_FAULTS ||
	    !faults_add(&scratch, str_from(value), &err))
		return false;
	world->faults[world->n_faults++] = value;
	return true;
}

static bool set_as(struct cli_world *world, const char *value)
{
	world->as = value;
	return rights_know(str_from(value));
}

static const struct {
	const char *option;
	bool (*set)(struct cli_world *world, const char *value);
} setters[] = {
	{"--seed", set_seed},	{"--speed", set_speed}, {"--at", set_at},
	{"--fault", add_fault}, {"--as", set_as},
};

bool cli_world_set(struct cli_world *world, const char *option, const char *value)
{
	for (size_t i = 0; i < COUNT(setters); i++) {
		if (strcmp(setters[i].option, option) == 0)
			return setters[i].set(world, value);
	}
	return false;
}

void cli_world_clock(const struct cli_world *world, struct clock *clock)
{
	clock_init_scaled(clock, world->at_ms, world->speed);
}
