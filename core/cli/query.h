/* `azdeck query`: JMESPath over a file or standard input.
 * Thread: the main thread. */
#ifndef AZ_CLI_QUERY_H
#define AZ_CLI_QUERY_H

#include "cli/cli.h"

extern const struct cli_command cli_query_command;

#endif
