/* Texts in lines of so many cells. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_WRAP_H
#define AZ_TUI_WIDGET_WRAP_H

#include "tui/surface.h"

/* Takes the longest part of at most w cells off the front, cut at a blank when there is
 * one. The part may end in blanks. */
struct str wrap_next(struct str *rest, int w);
/* Lines that the text takes; at least one. */
int wrap_count(struct str text, int w);
/* Draws it in at most h lines of w cells; the last one is shortened when there is more. */
void wrap_draw(struct surface *s, int x, int y, int w, int h, enum role role,
	       struct str text);

#endif
