/* The daily chart of the cost pane. Thread: ui. */
#ifndef AZ_TUI_PANE_COST_CHART_H
#define AZ_TUI_PANE_COST_CHART_H

#include "tui/pane/section.h"

/* What `views` of the pane names, in its order. */
extern const char *const cost_chart_views[];

int cost_chart_lines(struct app *app, const struct section_how *how);
void cost_chart_draw(struct app *app, const struct look *look, struct surface *s,
		     const struct section_how *how);

#endif
