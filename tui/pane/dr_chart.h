/* What the disaster recovery pane draws itself: error budgets as they went, and the
 * drills of a year. Thread: ui. */
#ifndef AZ_TUI_PANE_DR_CHART_H
#define AZ_TUI_PANE_DR_CHART_H

#include "tui/pane/section.h"

int dr_budget_lines(struct app *app, const struct section_how *how);
void dr_budget_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how);
int dr_drills_lines(struct app *app, const struct section_how *how);
void dr_drills_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how);
/* What each workload's recovery lacks most, and what to do about it. */
int dr_todo_lines(struct app *app, const struct section_how *how);
void dr_todo_draw(struct app *app, const struct look *look, struct surface *s,
		  const struct section_how *how);
/* A gauge for each workload: how ready it is. */
bool dr_readiness_strip(struct app *app, const struct look *look, struct surface *s);

#endif
