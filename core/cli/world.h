/* Which simulated world a command runs in: the same options wherever the
 * embedded Azure can be had. Thread: the main thread. */
#ifndef AZ_CLI_WORLD_H
#define AZ_CLI_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "cli/cli.h"

enum { CLI_WORLD_MAX_FAULTS = 16 };

struct cli_world {
	uint64_t seed;
	double speed;  /* simulated seconds per second */
	int64_t at_ms; /* when its clock starts; 0: now */
	/* What is to fail: see sim/fault/faults.h. */
	const char *faults[CLI_WORLD_MAX_FAULTS];
	size_t n_faults;
	const char *as; /* whose rights: see sim/tenant/rights.h; NULL: all of them */
};

#define CLI_WORLD_DEFAULT                                                                \
	{                                                                                \
		.seed = 1, .speed = 1.0                                                  \
	}

/* Each is false when the world cannot be that; `to` is the world. --fault may come
 * several times. */
bool cli_world_set_seed(const char *value, struct err *err, void *to);
bool cli_world_set_speed(const char *value, struct err *err, void *to);
bool cli_world_set_at(const char *value, struct err *err, void *to);
bool cli_world_set_fault(const char *value, struct err *err, void *to);
bool cli_world_set_as(const char *value, struct err *err, void *to);

/* Rows of an option table; `type` has a member `world`. */
#define CLI_INTO_WORLD(type, setter)                                                     \
	.set = (setter), .at = _Generic(((type *)0)->world, struct cli_world             \
					: offsetof(type, world))
#define CLI_OPTION_SEED(type)                                                            \
	{                                                                                \
		"--seed", "N", "which simulated estate (default 1)",                     \
			CLI_INTO_WORLD(type, cli_world_set_seed)                         \
	}
#define CLI_OPTION_SPEED(type)                                                           \
	{                                                                                \
		"--speed", "X", "run the simulated clock X times as fast",               \
			CLI_INTO_WORLD(type, cli_world_set_speed)                        \
	}
#define CLI_OPTION_AT(type)                                                              \
	{                                                                                \
		"--at", "TIME", "start the simulated clock then (default now)",          \
			CLI_INTO_WORLD(type, cli_world_set_at)                           \
	}
#define CLI_OPTION_FAULT(type)                                                           \
	{                                                                                \
		"--fault", "FAULT:PATH[@FROM-TO]",                                       \
			"let it fail; `azdeck sim --faults` lists how",                  \
			CLI_INTO_WORLD(type, cli_world_set_fault)                        \
	}
#define CLI_OPTION_AS(type)                                                              \
	{                                                                                \
		"--as", "NAME",                                                          \
			"with that one's rights there: sg-oncall, contractor, sg-dba",   \
			CLI_INTO_WORLD(type, cli_world_set_as)                           \
	}

void cli_world_clock(const struct cli_world *world, struct clock *clock);

#endif
