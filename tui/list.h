/* Moving through the rows of a list: which acts do, and where they lead. Thread: any (no
 * state). */
#ifndef AZ_TUI_LIST_H
#define AZ_TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/act.h"

/* Rows that the act moves by, a page being so many; all of them for the top and the
 * bottom. False: it moves nothing. */
bool list_step(enum act act, int page, ptrdiff_t *by);
/* The row that many rows on, of n; the last or first where that is none. */
size_t list_move(size_t at, ptrdiff_t by, size_t n);

/* Which row is the first in sight, of so many, for that one to be: `top` if it can. */
size_t list_top(size_t top, size_t at, size_t page);

#endif
