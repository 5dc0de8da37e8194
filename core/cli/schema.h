/* `azdeck schema`: what a configuration may hold, for editors. Thread: the main
 * thread. */
#ifndef AZ_CLI_SCHEMA_H
#define AZ_CLI_SCHEMA_H

#include "cli/cli.h"

extern const struct cli_command cli_schema_command;

#endif
