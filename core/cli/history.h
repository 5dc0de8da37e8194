/* Commands that look into the history which a deck keeps: they only read, beside
 * whoever writes. Thread: the main thread. */
#ifndef AZ_CLI_HISTORY_H
#define AZ_CLI_HISTORY_H

#include "base/err.h"
#include "board/board.h"
#include "board/def.h"
#include "cli/cli.h"

/* The board as it was; NULL with err when nothing was kept of it. */
struct board *cli_board_at(const struct board_def *def, int64_t at_ms,
			   struct err *err) MUST_CHECK;

extern const struct cli_command cli_changes_command;

#endif
