/* A day as a bar: what is intended in the lower half of each cell, what is in the upper
 * half, as far as that is known, and where now is. Where the two differ it warns.
 * Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_HOURS_H
#define AZ_TUI_WIDGET_HOURS_H

#include <stddef.h>

#include "tui/surface.h"
#include "tui/widget/look.h"

/* Equal parts of the day: 1 on, 0 off, NAN not known; 2, of what is: more than on. */
struct hours {
	const float *intended;
	const float *actual; /* NULL: nowhere known */
	size_t n;
	double now; /* of the day, 0 to 1; NAN: not to be marked */
};

void hours_put(const struct look *look, struct surface *s, int x, int y, int w,
	       const struct hours *hours);
/* The clock over it: 00, 06, 12 ..., as many as there is room for. */
void hours_put_scale(struct surface *s, int x, int y, int w);

#endif
