/* An error budget as it goes: what was left of it over a window, with the line at which
 * nothing is. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_BUDGET_H
#define AZ_TUI_WIDGET_BUDGET_H

#include "tui/surface.h"
#include "tui/widget/look.h"

struct budget {
	const float *left; /* oldest first, evenly over the window; NAN: unknown */
	size_t n;
	double whole;	  /* what there was, in the unit of `left` */
	const char *unit; /* "min" */
	const char *from; /* what the left edge is: "30d ago" */
};

/* Its last line is the time line; fewer than three lines or 24 cells draw nothing. */
void budget_put(const struct look *look, struct surface *s, struct rect at,
		const struct budget *budget);

#endif
