/* `azdeck audit`: the signed log of what was done, looked at and checked. Thread: the
 * main thread. */
#ifndef AZ_CLI_AUDIT_H
#define AZ_CLI_AUDIT_H

#include "cli/cli.h"

extern const struct cli_command cli_audit_command;

#endif
