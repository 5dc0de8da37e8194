/* `azdeck version`. Thread: the main thread. */
#ifndef AZ_CLI_VERSION_H
#define AZ_CLI_VERSION_H

#include "cli/cli.h"

extern const struct cli_command cli_version_command;

#endif
