/* `azdeck boards`: what there is to look at. Thread: the main thread. */
#ifndef AZ_CLI_BOARDS_H
#define AZ_CLI_BOARDS_H

#include "board/def.h"
#include "cli/cli.h"

extern const struct cli_command cli_boards_command;

/* The built-in boards and the user's own, from where the configuration says they
 * are; broken files are told on stderr. `config_path` NULL: the user's, if any. A
 * configuration that cannot be read is for whoever needs more of it to tell. */
struct library *cli_library(const char *config_path);
/* ERR_NOT_FOUND with a suggestion. */
const struct board_def *cli_find_board(const struct library *lib, const char *name,
				       struct err *err);

#endif
