/* Which lines of a text are in sight, where it is longer than its place: what moves them,
 * and what the status line says of them. Whoever draws says each time how many there are
 * and how many fit. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_ROLL_H
#define AZ_TUI_WIDGET_ROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "tui/act.h"
#include "tui/event.h"

struct roll {
	int top; /* the first line in sight */
	int n, page;
};

/* Before it is drawn: the last line stays at the bottom. */
void roll_fit(struct roll *r, size_t n, int page);
void roll_by(struct roll *r, ptrdiff_t lines);
/* So that the line is in sight. */
void roll_to(struct roll *r, int line);
/* False: the act is not about scrolling. */
bool roll_act(struct roll *r, enum act act);
/* Some lines for each notch of the wheel. False: another button. */
bool roll_wheel(struct roll *r, enum mouse_button button);
/* "1-20 of 80"; nothing when all is in sight. */
void roll_put_place(const struct roll *r, struct strbuf *out);

#endif
