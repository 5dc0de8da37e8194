/* `azdeck handover`: the incident so far, as Markdown. Thread: the main thread. */
#ifndef AZ_CLI_HANDOVER_H
#define AZ_CLI_HANDOVER_H

#include "cli/cli.h"

extern const struct cli_command cli_handover_command;

#endif
