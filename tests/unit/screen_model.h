/* A terminal to paint on: libvterm fed with a painter's bytes, and its screen
 * compared with the grid that was painted, cell by cell: text, width, colours,
 * attributes, cursor. */
#ifndef AZ_TESTS_UNIT_SCREEN_MODEL_H
#define AZ_TESTS_UNIT_SCREEN_MODEL_H

#include "base/strbuf.h"
#include "tui/paint.h"

struct screen_model;

struct screen_model *screen_model_new(int w, int h);
void screen_model_free(struct screen_model *m);
void screen_model_resize(struct screen_model *m, int w, int h);
void screen_model_feed(struct screen_model *m, struct str bytes);
/* False when some cell is not as the theme says at this depth; `why` says which. */
bool screen_model_matches(struct screen_model *m, const struct grid *grid,
			  const struct theme *theme, enum depth depth,
			  struct strbuf *why);

#endif
