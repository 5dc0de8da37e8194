/* `azdeck ask`: a question, answered with citations. Thread: the main thread. */
#ifndef AZ_CLI_ASK_H
#define AZ_CLI_ASK_H

#include "cli/cli.h"

extern const struct cli_command cli_ask_command;

#endif
