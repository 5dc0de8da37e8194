/* `azdeck secret`: the named secrets that a configuration refers to. Thread: the
 * main thread. */
#ifndef AZ_CLI_SECRET_H
#define AZ_CLI_SECRET_H

#include "cli/cli.h"

extern const struct cli_command cli_secret_command;

#endif
