/* `azdeck boards --new NAME`: a board to start from, with comments.
 * Thread: the main thread. */
#ifndef AZ_CLI_BOARD_START_H
#define AZ_CLI_BOARD_START_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"

/* Writes NAME.json into the folder, which is made when it is not there, and never
 * over a file. *path is where it is. */
bool board_start_write(const char *dir, const char *name, struct strbuf *path,
		       struct err *err) MUST_CHECK;

#endif
