/* Where panes go. Thread: any (no state). */
#include "tui/layout.h"

#define MIN_PANE_W 38
#define MIN_PANE_H 4
#define MIN_GRID_H 6 /* side by side, a pane has less width: give it more height */

static struct layout grid(struct rect area, size_t n, int columns)
{
	struct layout out = {.columns = columns,
			     .rows = ((int)n + columns - 1) / columns};
	int room = area.w - (columns - 1); /* a divider between columns */

	for (size_t i = 0; i < n; i++) {
		int c = (int)i % columns, r = (int)i / columns;
		int left = room * c / columns, right = room * (c + 1) / columns;
		int top = area.h * r / out.rows, bottom = area.h * (r + 1) / out.rows;

		out.at[i] = (struct rect){.x = area.x + left + c,
					  .y = area.y + top,
					  .w = right - left,
					  .h = bottom - top};
	}
	return out;
}

struct layout layout_panes(struct rect area, size_t n, size_t focus)
{
	struct layout out = {.is_tabbed = true, .columns = 1, .rows = 1};
	int count = (int)n;

	if (n == 0 || n > LAYOUT_MAX)
		return (struct layout){0};
	if (area.w >= 2 * MIN_PANE_W + 1 && area.h / ((count + 1) / 2) >= MIN_GRID_H)
		return grid(area, n, n > 1 ? 2 : 1);
	if (area.h / count >= MIN_PANE_H)
		return grid(area, n, 1);
	out.at[focus] =
		(struct rect){.x = area.x, .y = area.y + 1, .w = area.w, .h = area.h - 1};
	return out;
}
