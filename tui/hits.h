/* What the mouse can hit: rectangles noted while drawing, newest on top. Thread: ui. */
#ifndef AZ_TUI_HITS_H
#define AZ_TUI_HITS_H

#include "base/vec.h"
#include "tui/surface.h"

enum hit_kind {
	HIT_COMMAND, /* what: the command */
	HIT_ROW,     /* index: the row as its screen counts them */
	HIT_HEADING, /* index: the column of the definition */
	HIT_PANE,    /* index: the pane */
	HIT_BODY,    /* anywhere in the screen; only the wheel matters */
};

struct hit {
	struct rect at; /* in the grid */
	enum hit_kind kind;
	int pane; /* which pane it belongs to; 0 on screens without panes */
	int index;
	const void *what;
};

struct hits {
	VEC(struct hit) list;
};

/* x, y, w, h are the surface's own. */
void hits_add(struct hits *hits, const struct surface *s, struct rect at, struct hit hit);
/* NULL when nothing is there. */
const struct hit *hits_find(const struct hits *hits, int x, int y);
void hits_reset(struct hits *hits);
void hits_fini(struct hits *hits);

#endif
