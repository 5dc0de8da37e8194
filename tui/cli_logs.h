/* `azdeck logs` at a terminal: files on a screen. Thread: the main thread. */
#ifndef AZ_TUI_CLI_LOGS_H
#define AZ_TUI_CLI_LOGS_H

#include "base/clock.h"

/* argv[0] is the command's name; the exit code. What is to be printed is left to the
 * command of that name. */
int cli_logs_main(int argc, char **argv, const struct clock *clock);

#endif
