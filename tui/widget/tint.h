/* Text with a meaning of its own on a ground that has one too: a key on the status
 * line, a title in a window. The ground keeps its background. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_TINT_H
#define AZ_TUI_WIDGET_TINT_H

#include "tui/surface.h"

/* Returns the cells it took. */
int tint_put(struct surface *s, int x, int y, enum role ground, enum role role,
	     struct str text);

#endif
