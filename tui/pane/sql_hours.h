/* The day of everything that follows business hours: a bar each. Thread: ui. */
#ifndef AZ_TUI_PANE_SQL_HOURS_H
#define AZ_TUI_PANE_SQL_HOURS_H

#include "tui/pane/section.h"

int sql_hours_lines(struct app *app, const struct section_how *how);
void sql_hours_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how);

#endif
