/* Where panes go: in a grid while each stays readable, else one at a time behind
 * tabs. Pure. Thread: any (no state). */
#ifndef AZ_TUI_LAYOUT_H
#define AZ_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/surface.h"

#define LAYOUT_MAX 8

struct layout {
	int columns, rows;
	bool is_tabbed;		    /* only `focus` is shown, under a line of tabs */
	struct rect at[LAYOUT_MAX]; /* empty rects: not shown */
};

struct layout layout_panes(struct rect area, size_t n, size_t focus);

#endif
