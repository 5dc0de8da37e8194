/* Figures with their labels in a line: "1 234 EUR so far   1 900 forecast". What
 * does not fit is left out, last first. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_FIGURES_H
#define AZ_TUI_WIDGET_FIGURES_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

struct figure {
	char value[32];
	const char *label;
	enum severity sev;
};

/* Returns the cells it took. */
int figures_put(const struct look *look, struct surface *s, int x, int y,
		const struct figure *figures, size_t n);

#endif
