/* See picture.h. Thread: ui. */
#include "tui/widget/picture.h"

struct surface picture_begin(struct picture *picture, int w, int h)
{
	struct surface s;

	if (!picture->grid)
		picture->grid = grid_new(w, h);
	else if (grid_width(picture->grid) != w || grid_height(picture->grid) != h)
		grid_resize(picture->grid, w, h);
	hits_reset(&picture->hits);
	s = grid_surface(picture->grid);
	surface_clear(&s, ROLE_TEXT);
	return s;
}

void picture_show(const struct picture *picture, struct surface *s, struct hits *hits)
{
	surface_put_grid(s, 0, 0, picture->grid);
	for (size_t i = 0; i < picture->hits.list.n; i++) {
		const struct hit *hit = &picture->hits.list.p[i];

		hits_add(hits, s, hit->at, *hit);
	}
}

void picture_fini(struct picture *picture)
{
	grid_free(picture->grid);
	hits_fini(&picture->hits);
}
