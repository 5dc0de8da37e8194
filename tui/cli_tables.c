/* See cli_tables.h: a row for each. */
#include "tui/cli_tables.h"

#include "tui/cli_data.h"

const struct cli_command *const tui_cli_commands[] = {&cli_keys_command,
						      &cli_themes_command, NULL};
