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
	bool is_tabbed; /* only `focus` is shown, under a line of tabs */
	int foot; /* lines of the last pane, all over the width; 0: it is in the grid */
	struct rect at[LAYOUT_MAX]; /* empty rects: not shown */
};

/* Lines of the upper pane of each column; 0: halves. Kept from frame to frame. */
struct layout_split {
	struct rect area; /* it was made for */
	int upper[LAYOUT_MAX];
};

/* In a grid of two rows: gives lines that one pane of a column cannot use to the
 * other, by what they need (n of them; below 0: not known yet). A split that is not
 * far off stays as it is, so that rows may come and go without a pane jumping. */
void layout_share(struct layout *layout, struct rect area, const int *needs, size_t n,
		  struct layout_split *split);

/* One of them, all over the area. */
struct layout layout_one(struct rect area, size_t focus);
struct layout layout_panes(struct rect area, size_t n, size_t focus);

#endif
