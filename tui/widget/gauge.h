/* A percentage as a line, with ticks where it starts to matter if wanted.
 * Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_GAUGE_H
#define AZ_TUI_WIDGET_GAUGE_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

/* pct may pass 100 (drawn full) and may be NAN (drawn empty). */
struct gauge {
	double pct;
	enum severity sev;
	bool has_ticks; /* at 80 and 95 %, where budgets warn */
};
void gauge_put(const struct look *look, struct surface *s, int x, int y, int w,
	       const struct gauge *gauge);

/* A stacked bar: parts of a whole, each with a role and a plain letter. */
struct bar_part {
	double value;
	enum role role;
	uint32_t fine;
	char plain;
};
void bar_put(const struct look *look, struct surface *s, int x, int y, int w,
	     const struct bar_part *parts, size_t n);

#endif
