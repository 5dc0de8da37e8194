/* Thread: any (no state). */
#include "tui/widget/outlook_bar.h"

#include <math.h>

#include "tui/widget/mark.h"

#define WHOLE	   100.0
#define MOST_SCALE 200.0 /* further out nothing can be read any more */
#define MARKS_FROM 10	 /* cells */

enum part { PART_USED, PART_AHEAD, PART_BAND, PART_EMPTY };

/* Glyphs of each part: as it is, under a mark, under the budget's end. */
static const struct {
	uint32_t fine[3];
	char plain[3];
} glyphs[] = {
	[PART_USED] = {{0x2501, 0x253F, 0x2503}, {'=', '#', '!'}},
	[PART_AHEAD] = {{0x254D, 0x253C, 0x2503}, {'~', '|', '!'}},
	[PART_BAND] = {{0x2591, 0x253C, 0x2503}, {':', '|', '!'}},
	[PART_EMPTY] = {{0x2500, 0x253C, 0x2503}, {'-', '|', '!'}},
};

static double scale_of(const struct outlook_bar *bar)
{
	double end = fmax(fmax(WHOLE, isfinite(bar->used) ? bar->used : 0),
			  isfinite(bar->high) ? bar->high : 0);

	return fmin(end, MOST_SCALE);
}

/* What a cell shows that ends at so many percent. */
static enum part part_at(const struct outlook_bar *bar, double from, double to)
{
	double middle = (from + to) / 2;

	if (bar->used > 0 && (from == 0 || middle <= bar->used))
		return PART_USED;
	if (middle >= bar->low && middle <= bar->high)
		return PART_BAND;
	return middle <= bar->mid ? PART_AHEAD : PART_EMPTY;
}

static int mark_at(const struct outlook_bar *bar, double from, double to)
{
	if (from < WHOLE && to >= WHOLE && scale_of(bar) > WHOLE)
		return 2;
	for (size_t i = 0; i < bar->n_marks; i++)
		if (bar->marks[i] > from && bar->marks[i] <= to &&
		    (double)bar->marks[i] < WHOLE)
			return 1;
	return 0;
}

void outlook_bar_put(const struct look *look, struct surface *s, struct rect at,
		     const struct outlook_bar *bar)
{
	double step = scale_of(bar) / (at.w > 0 ? at.w : 1);
	enum role roles[] = {
		[PART_USED] =
			mark_value_role(bar->sev == SEV_UNKNOWN ? SEV_NONE : bar->sev,
					ROLE_GAUGE),
		[PART_AHEAD] = ROLE_SPARK,
		[PART_BAND] = ROLE_SPARK,
		[PART_EMPTY] = ROLE_GAUGE_EMPTY,
	};

	for (int i = 0; i < at.w; i++) {
		double from = step * i, to = step * (i + 1);
		enum part part = part_at(bar, from, to);
		int mark = at.w >= MARKS_FROM ? mark_at(bar, from, to) : 0;

		surface_glyph(s, at.x + i, at.y, mark == 2 ? ROLE_STRONG : roles[part],
			      look->is_ascii ? (uint32_t)glyphs[part].plain[mark]
					     : glyphs[part].fine[mark]);
	}
}
