/* A clipped grid of cells: glyph and style role. Panes draw here and nowhere
 * else; roles become colours when the terminal flushes. Thread: ui. */
#ifndef AZ_TUI_SURFACE_H
#define AZ_TUI_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "tui/role.h"

struct rect {
	int x, y, w, h;
};

#define GLYPH_BYTES 13

/* One terminal cell: 16 bytes without padding, zero after the text, so that cells
 * and rows are compared as memory. A wide cluster fills its cell and marks the
 * next one as its tail. */
struct glyph {
	char bytes[GLYPH_BYTES]; /* one cluster, terminated; "" is a blank */
	uint8_t flags;		 /* GLYPH_WIDE, GLYPH_TAIL */
	uint16_t role;		 /* enum role, low byte; overlay, high byte */
};

enum { GLYPH_WIDE = 1, GLYPH_TAIL = 2 };

struct grid;

/* A view on a grid: everything is clipped to it and its corner is 0,0. Copied
 * freely; valid as long as the grid. */
struct surface {
	struct grid *grid;
	struct rect at; /* in the grid */
};

struct grid *grid_new(int w, int h);
void grid_free(struct grid *grid);
void grid_resize(struct grid *grid, int w, int h);
struct surface grid_surface(struct grid *grid);
const struct glyph *grid_at(const struct grid *grid, int x, int y);
/* All cells of a row, side by side. */
const struct glyph *grid_row(const struct grid *grid, int y);
/* Same size needed. */
void grid_copy_row(struct grid *dst, const struct grid *src, int y);
/* Moves the rows from top to bottom up by so many (negative: down), as a terminal
 * does; those that come in are equal to no row that can be drawn. */
void grid_scroll(struct grid *grid, int top, int bottom, int by);
int grid_width(const struct grid *grid);
int grid_height(const struct grid *grid);

static inline int surface_w(const struct surface *s)
{
	return s->at.w;
}
static inline int surface_h(const struct surface *s)
{
	return s->at.h;
}
/* A part of a surface, clipped to it. */
struct surface surface_sub(const struct surface *s, int x, int y, int w, int h);

/* Fills with blanks in a role. */
void surface_clear(struct surface *s, enum role role);
void surface_fill(struct surface *s, int x, int y, int w, int h, enum role role);
/* Draws clean UTF-8 from x on, cut at the edge; returns the cells it took. A wide
 * character cut in half becomes a blank. */
int surface_put(struct surface *s, int x, int y, enum role role, struct str text);
int surface_puts(struct surface *s, int x, int y, enum role role, const char *text);
int surface_printf(struct surface *s, int x, int y, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* In exactly w cells, shortened with an ellipsis when too long. */
void surface_put_fit(struct surface *s, int x, int y, int w, enum role role,
		     struct str text, bool align_right);
/* Keeps the glyphs, adds a role on top (selection, match). */
void surface_overlay(struct surface *s, int x, int y, int w, int h, enum role role);
/* One glyph: line drawing, blocks, braille. */
void surface_glyph(struct surface *s, int x, int y, enum role role, uint32_t cp);
/* All cells of another grid, its corner at x, y. */
void surface_put_grid(struct surface *s, int x, int y, const struct grid *grid);
/* The cursor is hidden unless a draw asks for it. */
void surface_cursor(struct surface *s, int x, int y);
bool grid_cursor(const struct grid *grid, int *x, int *y);

/* The grid as lines of text, then as lines of role letters: what goldens hold. */
void grid_dump_text(const struct grid *grid, struct strbuf *out);
void grid_dump_roles(const struct grid *grid, struct strbuf *out);

#endif
