/* `azdeck doctor`: what stands between a person and a working deck, check after
 * check, each with what to do. Thread: the main thread, which is the core thread here. */
#ifndef AZ_CLI_DOCTOR_H
#define AZ_CLI_DOCTOR_H

#include "cli/cli.h"

extern const struct cli_command cli_doctor_command;

#endif
