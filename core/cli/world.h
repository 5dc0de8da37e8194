/* Which simulated world a command runs in: the same options wherever the
 * embedded Azure can be had. Thread: the main thread. */
#ifndef AZ_CLI_WORLD_H
#define AZ_CLI_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum { CLI_WORLD_MAX_FAULTS = 16 };

struct cli_world {
	uint64_t seed;
	double speed;  /* simulated seconds per second */
	int64_t at_ms; /* when its clock starts; 0: now */
	/* What is to fail: see sim/faults.h. */
	const char *faults[CLI_WORLD_MAX_FAULTS];
	size_t n_faults;
	const char *as; /* whose rights: see sim/rights.h; NULL: all of them */
};

#define CLI_WORLD_DEFAULT                                                                \
	{                                                                                \
		.seed = 1, .speed = 1.0                                                  \
	}

/* Rows of an option table. */
#define CLI_OPTION_SEED                                                                  \
	{                                                                                \
		"--seed", "N", "which simulated estate (default 1)"                      \
	}
#define CLI_OPTION_SPEED                                                                 \
	{                                                                                \
		"--speed", "X", "run the simulated clock X times as fast"                \
	}
#define CLI_OPTION_AT                                                                    \
	{                                                                                \
		"--at", "TIME", "start the simulated clock then (default now)"           \
	}

#define CLI_OPTION_FAULT                                                                 \
	{                                                                                \
		"--fault", "FAULT:PATH[@FROM-TO]",                                       \
			"let it fail; `azdeck sim --faults` lists how"                   \
	}

#define CLI_OPTION_AS                                                                    \
	{                                                                                \
		"--as", "NAME",                                                          \
			"with that one's rights there: sg-oncall, contractor, sg-dba"    \
	}

/* `option` is the name of one of those. False when it cannot be that. */
bool cli_world_set(struct cli_world *world, const char *option, const char *value);

void cli_world_clock(const struct cli_world *world, struct clock *clock);

#endif
