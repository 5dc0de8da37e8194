/* What a cell shows on a terminal without UTF-8: its letter without the accent, a
 * sign that means the same, or a question mark for each cell. Thread: any (no
 * state). */
#ifndef AZ_TUI_ASCII_H
#define AZ_TUI_ASCII_H

#include "base/str.h"

/* One printable ASCII character for a cluster; "" is a blank. */
char ascii_of(struct str cluster);

#endif
