/* The difference between two grids as the fewest bytes a terminal needs. Pure: no
 * terminal here, so tests count the bytes. Thread: ui. */
#ifndef AZ_TUI_PAINT_H
#define AZ_TUI_PAINT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "tui/surface.h"
#include "tui/theme.h"

/* How a role looks; theme NULL: nothing is known. */
struct painter_look {
	const struct theme *theme;
	enum depth depth;
	uint16_t role;
	struct style style;
};

struct painter {
	const struct theme *theme;
	enum depth depth;
	bool has_bce;	 /* erasing fills with the background */
	bool has_sync;	 /* frames may be bracketed (mode 2026) */
	bool has_scroll; /* lines can be deleted and inserted in a band of the screen */
	bool is_ascii;	 /* the terminal has no UTF-8 */
	/* What the terminal shows and where its pen is. */
	struct grid *shown;
	bool is_known; /* shown is what the screen holds */
	struct style pen;
	int x, y; /* -1: unknown */
	bool is_cursor_on;
	struct painter_look look; /* of the last cell */
};

void painter_init(struct painter *p, const struct theme *theme, enum depth depth);
void painter_fini(struct painter *p);
/* Nothing is known of the screen any more: the next frame draws all of it. */
void painter_forget(struct painter *p);
/* Appends what turns the shown grid into this one; nothing when they are equal. */
void painter_paint(struct painter *p, const struct grid *grid, struct strbuf *out);

#endif
