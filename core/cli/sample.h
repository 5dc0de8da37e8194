/* `azdeck config`: a configuration to start from, for where there is no screen to write
 * one on. Thread: the main thread. */
#ifndef AZ_CLI_SAMPLE_H
#define AZ_CLI_SAMPLE_H

#include "cli/cli.h"

extern const struct cli_command cli_config_command;

#endif
