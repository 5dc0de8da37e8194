/* `azdeck schedule`: what a business-hours tag asks for. */
#ifndef AZ_CLI_SCHEDULE_H
#define AZ_CLI_SCHEDULE_H

#include "cli/cli.h"

extern const struct cli_command cli_schedule_command;

#endif
