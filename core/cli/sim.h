/* `azdeck sim`: the simulator alone, for anyone with an HTTP client.
 * Thread: the main thread. */
#ifndef AZ_CLI_SIM_H
#define AZ_CLI_SIM_H

#include "cli/cli.h"

extern const struct cli_command cli_sim_command;

#endif
