/* A series as a line over several rows: two by four dots a cell in braille, a bar
 * chart in ASCII. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_CHART_H
#define AZ_TUI_WIDGET_CHART_H

#include "tui/surface.h"
#include "tui/widget/look.h"
#include "tui/widget/spark.h"

/* Row `row` of a chart of `rows`, at `at` (one line high), so that a chart can be
 * scrolled like text. */
void chart_put_row(const struct look *look, struct surface *s, struct rect at, int row,
		   int rows, enum role role, const struct series *series);

#endif
