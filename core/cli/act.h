/* `azdeck act`. Thread: the main thread. */
#ifndef AZ_CLI_ACT_H
#define AZ_CLI_ACT_H

#include "cli/cli.h"

extern const struct cli_command cli_act_command;

#endif
