/* Finds rows that only moved up or down between two grids, so that the terminal can
 * move them itself: scrolling a table by a row costs that row, not the table. Pure.
 * Thread: ui. */
#ifndef AZ_TUI_SCROLL_H
#define AZ_TUI_SCROLL_H

#include <stdbool.h>

#include "tui/surface.h"

struct scroll {
	int top, bottom; /* the band of rows, both in it */
	int by;		 /* rows up; negative: down */
};

/* The move that leaves least to draw. False when none is worth it, or when the grids
 * differ in size. */
bool scroll_find(const struct grid *was, const struct grid *now, struct scroll *out);

#endif
