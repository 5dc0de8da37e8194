/* `azdeck boards`: what there is to look at. Thread: the main thread. */
#ifndef AZ_CLI_BOARDS_H
#define AZ_CLI_BOARDS_H

#include "board/def.h"
#include "cli/cli.h"

extern const struct cli_command cli_boards_command;

/* The built-in boards and the user's own; broken files are told on stderr. */
struct library *cli_library(void);
/* ERR_NOT_FOUND with a suggestion. */
const struct board_def *cli_find_board(const struct library *lib, const char *name,
				       struct err *err);

#endif
