/* Text to scroll through: lines with their roles, wrapped when they are added, drawn from
 * the one on top. Thread: ui. */
#ifndef AZ_TUI_WIDGET_PROSE_H
#define AZ_TUI_WIDGET_PROSE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "tui/act.h"
#include "tui/event.h"
#include "tui/surface.h"

struct prose_line {
	const char *text;
	const uint8_t *roles; /* one a byte */
	int x;
};

struct prose {
	struct arena arena;
	VEC(struct prose_line) lines;
	int w; /* cells of a line; set before lines are added */
	int top, page;
};

void prose_init(struct prose *p);
void prose_fini(struct prose *p);
/* Nothing is in it any more; it stays where it was scrolled to. */
void prose_reset(struct prose *p, int w);

/* Continued lines stand `hang` cells further in. */
struct prose_indent {
	int x, hang;
};
void prose_add(struct prose *p, struct prose_indent indent, enum role role,
	       struct str text);
/* "label   text", the label in so many cells. */
void prose_pair(struct prose *p, int label_w, const char *label, enum role role,
		struct str text);
/* A line of Markdown as phrases of the hand-over are: headings, items, **strong**,
 * `code`, escapes. */
void prose_add_markdown(struct prose *p, struct str line);

void prose_draw(struct prose *p, struct surface *s);
/* False: the act is not about scrolling. */
bool prose_act(struct prose *p, enum act act);
/* Some lines for each notch of the wheel; other buttons do nothing. */
void prose_wheel(struct prose *p, enum mouse_button button);
/* "1-20 of 80"; nothing when all is in sight. */
void prose_put_place(const struct prose *p, struct strbuf *out);

#endif
