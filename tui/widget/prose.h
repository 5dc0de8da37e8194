/* Text to scroll through: lines with their roles, wrapped when they are added, drawn from
 * the one on top. Thread: ui. */
#ifndef AZ_TUI_WIDGET_PROSE_H
#define AZ_TUI_WIDGET_PROSE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "tui/surface.h"
#include "tui/widget/roll.h"

struct prose_line {
	const char *text;
	const uint8_t *roles; /* one a byte */
	int x;
};

struct prose {
	struct arena arena;
	VEC(struct prose_line) lines;
	int w; /* cells of a line; set before lines are added */
	struct roll roll;
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

#endif
