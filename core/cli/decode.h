/* `azdeck decode`: recorded answers through a board. Thread: the main thread. */
#ifndef AZ_CLI_DECODE_H
#define AZ_CLI_DECODE_H

#include "cli/cli.h"

extern const struct cli_command cli_decode_command;

#endif
