/* `azdeck logs`: lines of files or standard input, found, counted, shown. */
#ifndef AZ_CLI_LOGS_H
#define AZ_CLI_LOGS_H

#include "cli/cli.h"

extern const struct cli_command cli_logs_command;

#endif
