/* A series in one line of block eighths. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_SPARK_H
#define AZ_TUI_WIDGET_SPARK_H

#include <stddef.h>

#include "tui/surface.h"
#include "tui/widget/look.h"

struct series {
	const float *p; /* oldest first; NAN: none */
	size_t n;
	double low, high; /* the scale; NAN: 0 and the largest value */
};

/* The last w values, newest at the right edge. */
void spark_put(const struct look *look, struct surface *s, int x, int y, int w,
	       enum role role, const struct series *series);
/* The scale in use: fills in what is NAN. */
void series_scale(const struct series *series, double *low, double *high);
/* `height` rows of the same, newest at the right edge. */
void spark_put_tall(const struct look *look, struct surface *s, struct rect at,
		    enum role role, const struct series *series);

#endif
