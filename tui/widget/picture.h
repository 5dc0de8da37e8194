/* A part of the frame kept from one frame to the next, with what the mouse can
 * hit in it: as long as nothing it shows has changed it is copied, not drawn. Who
 * draws decides when that is. Thread: ui. */
#ifndef AZ_TUI_WIDGET_PICTURE_H
#define AZ_TUI_WIDGET_PICTURE_H

#include "tui/hits.h"
#include "tui/surface.h"

struct picture {
	struct grid *grid; /* NULL: nothing was drawn yet */
	struct hits hits;
};

/* A blank surface of this size, to be drawn on with picture->hits. */
struct surface picture_begin(struct picture *picture, int w, int h);
/* Puts it on a surface of its size. */
void picture_show(const struct picture *picture, struct surface *s, struct hits *hits);
void picture_fini(struct picture *picture);

#endif
