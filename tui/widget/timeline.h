/* Moments on a line of time, with now and with what is still to come.
 * Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_TIMELINE_H
#define AZ_TUI_WIDGET_TIMELINE_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

struct timeline_mark {
	int64_t at_ms;
	enum severity sev;
	bool is_due; /* it has not happened: only its day is known */
};

struct timeline {
	int64_t from_ms, to_ms;
	const struct timeline_mark *marks; /* later ones lie over earlier ones */
	size_t n;
};

/* What is before the line stands at its beginning, what is after it at its end. */
void timeline_put(const struct look *look, struct surface *s, int x, int y, int w,
		  const struct timeline *line);
/* Months under it, as many as there is room for. */
void timeline_put_months(struct surface *s, int x, int y, int w,
			 const struct timeline *line);

#endif
