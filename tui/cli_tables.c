/* See cli_tables.h: a row for each. */
#include "tui/cli_tables.h"

#include "tui/cli_data.h"

const struct cli_command tui_cli_commands[] = {
	{"keys", "[KEYMAP | --list] [-o table|json]", "what every key does, by context",
	 data_options, cli_keys_run},
	{"themes", "[THEME] [-o table|json]", "the themes, or the roles of one",
	 data_options, cli_themes_run},
	{NULL, NULL, NULL, NULL, NULL},
};
