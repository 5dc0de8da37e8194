/* A budget in one line: what is spent, where the forecast ends with its band, and the
 * marks at which somebody is told. Thread: any (no state).
 *
 * The scale ends at the budget, or where the forecast does when that is further: the
 * budget's own end is then a mark like the others, and stands out. */
#ifndef AZ_TUI_WIDGET_OUTLOOK_BAR_H
#define AZ_TUI_WIDGET_OUTLOOK_BAR_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

/* All in percent of the budget; NAN: not known. */
struct outlook_bar {
	double used, low, mid, high;
	const float *marks;
	size_t n_marks;
	enum severity sev;
};
void outlook_bar_put(const struct look *look, struct surface *s, struct rect at,
		     const struct outlook_bar *bar);

#endif
