/* The headless commands that live with the deck, because what they print is its
 * tables. Thread: the main thread. */
#ifndef AZ_TUI_CLI_TABLES_H
#define AZ_TUI_CLI_TABLES_H

#include "cli/cli.h"

/* `keys` and `themes`; ended by NULL. */
extern const struct cli_command *const tui_cli_commands[];
/* The options of `azdeck` itself; ended by a NULL name. */
extern const struct cli_option deck_cli_options[];

#endif
