/* `azdeck show BOARD`: a board without the deck. Thread: the main thread. */
#ifndef AZ_CLI_SHOW_H
#define AZ_CLI_SHOW_H

#include "cli/cli.h"

extern const struct cli_command cli_show_command;

#endif
