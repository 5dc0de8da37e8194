/* Where panes go. Thread: any (no state). */
#include "tui/layout.h"

#define MIN_PANE_W  38
#define MIN_PANE_H  3
#define SPLIT_SLACK 4 /* lines off before a split moves */
#define MIN_GRID_H  6 /* side by side, a pane has less width: give it more height */
#define MIN_FOOT_H  5

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

/* Of an odd number the last has all the width, under the others: rows of a few lines, but
 * whole ones. */
static struct layout footed(struct rect area, size_t n)
{
	int foot = area.h * 2 / 9 > MIN_FOOT_H ? area.h * 2 / 9 : MIN_FOOT_H;
	struct rect upper = {area.x, area.y, area.w, area.h - foot};
	struct layout out = grid(upper, n - 1, 2);

	out.foot = foot;
	out.at[n - 1] = (struct rect){area.x, area.y + upper.h, area.w, foot};
	return out;
}

static bool has_room(struct rect area, int rows)
{
	return area.w >= 2 * MIN_PANE_W + 1 && area.h / rows >= MIN_GRID_H;
}

struct layout layout_one(struct rect area, size_t focus)
{
	struct layout out = {.columns = 1, .rows = 1};

	if (focus < LAYOUT_MAX)
		out.at[focus] = area;
	return out;
}

struct layout layout_panes(struct rect area, size_t n, size_t focus)
{
	struct layout out = {.is_tabbed = true, .columns = 1, .rows = 1};
	int count = (int)n;

	if (n == 0 || n > LAYOUT_MAX)
		return (struct layout){0};
	if (count > 1 && count % 2 == 0 && has_room(area, count / 2))
		return grid(area, n, 2);
	if (count > 2 && count % 2 == 1) {
		struct layout feet = footed(area, n);

		if (has_room((struct rect){.w = area.w, .h = area.h - feet.foot},
			     count / 2))
			return feet;
	}
	if (area.h / count >= MIN_PANE_H)
		return grid(area, n, 1);
	out.at[focus] =
		(struct rect){.x = area.x, .y = area.y + 1, .w = area.w, .h = area.h - 1};
	return out;
}

/* Lines for the upper of two panes; neither gets less than a third. */
static int best_upper(int lines, int upper_need, int lower_need)
{
	int half = lines / 2, best = half, least = (lines + 2) / 3;
	int upper_lacks = upper_need - half, lower_lacks = lower_need - (lines - half);

	if (upper_lacks > 0 && lower_lacks < 0)
		best += upper_lacks < -lower_lacks ? upper_lacks : -lower_lacks;
	else if (lower_lacks > 0 && upper_lacks < 0)
		best -= lower_lacks < -upper_lacks ? lower_lacks : -upper_lacks;
	if (best < least)
		return least;
	return best > lines - least ? lines - least : best;
}

static bool is_same_rect(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

void layout_share(struct layout *layout, struct rect area, const int *needs, size_t n,
		  struct layout_split *split)
{
	if (layout->is_tabbed || layout->rows != 2 || n > LAYOUT_MAX)
		return;
	if (!is_same_rect(area, split->area))
		*split = (struct layout_split){.area = area};
	area.h -= layout->foot;
	for (size_t c = 0; c < (size_t)layout->columns && c + (size_t)layout->columns < n;
	     c++) {
		size_t below = c + (size_t)layout->columns;
		struct rect *upper = &layout->at[c], *lower = &layout->at[below];
		int *kept = &split->upper[c], best = upper->h;

		if (needs[c] >= 0 && needs[below] >= 0) {
			best = best_upper(area.h, needs[c], needs[below]);
			if (*kept == 0 || best - *kept >= SPLIT_SLACK ||
			    *kept - best >= SPLIT_SLACK)
				*kept = best;
		}
		if (*kept > 0)
			best = *kept;
		upper->h = best;
		lower->y = upper->y + best;
		lower->h = area.h - best;
	}
}
