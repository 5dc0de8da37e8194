/* Severity as a glyph and a role, never as colour alone. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_MARK_H
#define AZ_TUI_WIDGET_MARK_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

const char *mark_text(const struct look *look, enum severity sev); /* one cell */
enum role mark_role(enum severity sev);
/* The role of a value: its severity's, or the given one when all is well. */
enum role mark_value_role(enum severity sev, enum role calm);
void mark_put(const struct look *look, struct surface *s, int x, int y,
	      enum severity sev);
/* The row under the cursor: a bar at its left and a ground under its name, which
 * has w cells from x on. Not under the whole row: a moved cursor would then send
 * two whole rows again, which is what a slow line feels. */
void mark_cursor(const struct look *look, struct surface *s, int y, int x, int w);
/* "✗2 ▲5 ●31": counts by severity, worst first, unknown included; returns cells. */
int mark_counts(const struct look *look, struct surface *s, int x, int y,
		const uint32_t by_sev[SEV_CRIT + 1]);
int mark_counts_width(const uint32_t by_sev[SEV_CRIT + 1]);

#endif
