/* `azdeck login` and `azdeck logout`: a person signs in for a credential, and out.
 * Thread: the main thread, which is the core thread here. */
#ifndef AZ_CLI_LOGIN_H
#define AZ_CLI_LOGIN_H

#include "cli/cli.h"

extern const struct cli_command cli_login_command;
extern const struct cli_command cli_logout_command;

#endif
