/* See surface.h. Whatever is written over half of a wide character blanks the
 * other half, so half of one is never left on the grid. Frames are drawn whole for
 * every key, so plain text and blanks, nearly all there is, take short ways. */
#include "tui/surface.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xalloc.h"

struct grid {
	int w, h;
	struct glyph *cells;
	bool has_cursor;
	int cursor_x, cursor_y;
};

struct grid *grid_new(int w, int h)
{
	struct grid *grid = xcalloc(1, sizeof(*grid));

	grid_resize(grid, w, h);
	return grid;
}

void grid_free(struct grid *grid)
{
	if (!grid)
		return;
	free(grid->cells);
	free(grid);
}

void grid_resize(struct grid *grid, int w, int h)
{
	grid->w = w > 0 ? w : 1;
	grid->h = h > 0 ? h : 1;
	free(grid->cells);
	grid->cells = xcalloc((size_t)grid->w * (size_t)grid->h, sizeof(*grid->cells));
	grid->has_cursor = false;
}

struct surface grid_surface(struct grid *grid)
{
	grid->has_cursor = false;
	return (struct surface){.grid = grid, .at = {0, 0, grid->w, grid->h}};
}

const struct glyph *grid_at(const struct grid *grid, int x, int y)
{
	return &grid->cells[(size_t)y * (size_t)grid->w + (size_t)x];
}

const struct glyph *grid_row(const struct grid *grid, int y)
{
	return grid_at(grid, 0, y);
}

void grid_copy_row(struct grid *dst, const struct grid *src, int y)
{
	memcpy(&dst->cells[(size_t)y * (size_t)dst->w], grid_row(src, y),
	       (size_t)src->w * sizeof(*src->cells));
}

void grid_scroll(struct grid *grid, int top, int bottom, int by)
{
	const struct glyph nothing = {.flags = UINT8_MAX};
	int rows = bottom - top + 1, n = by < 0 ? -by : by;
	struct glyph *band = &grid->cells[(size_t)top * (size_t)grid->w];
	size_t w = (size_t)grid->w, kept, moved;

	n = n < rows ? n : rows;
	kept = (size_t)(rows - n) * w;
	moved = (size_t)n * w;
	if (by > 0)
		memmove(band, band + moved, kept * sizeof(*band));
	else
		memmove(band + moved, band, kept * sizeof(*band));
	band += by > 0 ? kept : 0;
	for (size_t i = 0; i < moved; i++)
		band[i] = nothing;
}

int grid_width(const struct grid *grid)
{
	return grid->w;
}

int grid_height(const struct grid *grid)
{
	return grid->h;
}

static int clamp(int v, int low, int high)
{
	return v < low ? low : v > high ? high : v;
}

struct surface surface_sub(const struct surface *s, int x, int y, int w, int h)
{
	int left = clamp(x, 0, s->at.w), top = clamp(y, 0, s->at.h);
	int right = clamp(x + (w > 0 ? w : 0), left, s->at.w);
	int bottom = clamp(y + (h > 0 ? h : 0), top, s->at.h);

	return (struct surface){
		.grid = s->grid,
		.at = {s->at.x + left, s->at.y + top, right - left, bottom - top},
	};
}

static struct glyph *cell_at(const struct surface *s, int x, int y)
{
	return &s->grid->cells[(size_t)(s->at.y + y) * (size_t)s->grid->w +
			       (size_t)(s->at.x + x)];
}

/* Before a cell is overwritten: if it is half of a wide character, the other
 * half becomes a blank, even outside this surface. */
static void split_wide(struct surface *s, int x, int y)
{
	struct glyph *g = cell_at(s, x, y);

	if ((g->flags & GLYPH_TAIL) && s->at.x + x > 0) {
		g[-1].bytes[0] = '\0';
		g[-1].flags = 0;
	}
	if ((g->flags & GLYPH_WIDE) && s->at.x + x + 1 < s->grid->w) {
		g[1].bytes[0] = '\0';
		g[1].flags = 0;
	}
}

/* At the edges of what was copied: halves whose other half was cut off. */
static void drop_halves(struct surface *s, int y)
{
	struct glyph *first = cell_at(s, 0, y), *last = cell_at(s, s->at.w - 1, y);

	if (first->flags & GLYPH_TAIL)
		*first = (struct glyph){.role = first->role};
	if (last->flags & GLYPH_WIDE)
		*last = (struct glyph){.role = last->role};
}

/* What of a cluster draws as itself. Texts are cleaned where they come in; this is
 * the last gate before the terminal, for one that was forgotten. */
static struct str drawable(struct str cluster)
{
	size_t n = 0;

	while (n < cluster.n) {
		uint32_t cp;
		size_t more = utf8_decode(str_sub(cluster, n, cluster.n), &cp);
		bool is_control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
		bool is_bidi = (cp >= 0x200e && cp <= 0x200f) ||
			       (cp >= 0x202a && cp <= 0x202e) ||
			       (cp >= 0x2066 && cp <= 0x2069);

		if (is_control || is_bidi || (more == 1 && cp == UTF8_REPLACEMENT))
			return n ? str_sub(cluster, 0, n) : STR("\xef\xbf\xbd");
		n += more;
	}
	return cluster;
}

static void put_cluster(struct surface *s, int x, int y, enum role role, struct str text,
			int cells)
{
	struct glyph *g;

	if (y < 0 || y >= s->at.h || x >= s->at.w || x + cells <= 0)
		return;
	/* Half outside: what is inside is a blank. */
	if (x < 0 || x + cells > s->at.w) {
		put_cluster(s, x < 0 ? 0 : x, y, role, (struct str){0}, 1);
		return;
	}
	for (int i = 0; i < cells; i++)
		split_wide(s, x + i, y);
	g = cell_at(s, x, y);
	*g = (struct glyph){.role = (uint16_t)role, .flags = cells == 2 ? GLYPH_WIDE : 0};
	text = drawable(text);
	if (text.n >= GLYPH_BYTES) {
		uint32_t cp;

		/* More marks than fit: the base alone. */
		text = str_sub(text, 0, utf8_decode(text, &cp));
	}
	if (text.n && !(text.n == 1 && text.p[0] == ' '))
		memcpy(g->bytes, text.p, text.n);
	if (cells == 2)
		g[1] = (struct glyph){.role = (uint16_t)role, .flags = GLYPH_TAIL};
}

void surface_fill(struct surface *s, int x, int y, int w, int h, enum role role)
{
	struct surface part = surface_sub(s, x, y, w, h);
	const struct glyph blank = {.role = (uint16_t)role};

	if (part.at.w == 0)
		return;
	for (int row = 0; row < part.at.h; row++) {
		struct glyph *cells = cell_at(&part, 0, row);

		split_wide(&part, 0, row);
		split_wide(&part, part.at.w - 1, row);
		for (int col = 0; row == 0 && col < part.at.w; col++)
			cells[col] = blank;
		if (row > 0)
			memcpy(cells, cell_at(&part, 0, 0),
			       (size_t)part.at.w * sizeof(*cells));
	}
}

void surface_clear(struct surface *s, enum role role)
{
	surface_fill(s, 0, 0, s->at.w, s->at.h, role);
}

/* The bytes at the start that are a cell each whatever follows. */
static size_t plain_run(struct str text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7f)
		n++;
	/* What comes next may be a mark on the last one. */
	return n > 0 && n < text.n && (unsigned char)text.p[n] >= 0x80 ? n - 1 : n;
}

/* As many cells from x on as there are bytes; those left of the edge are cut. */
static void put_plain(struct surface *s, int x, int y, enum role role, const char *text,
		      int cells)
{
	struct glyph *row = cell_at(s, 0, y);

	for (int i = x < 0 ? -x : 0; i < cells; i++) {
		struct glyph *g = &row[x + i];

		if (g->flags)
			split_wide(s, x + i, y);
		*g = (struct glyph){.role = (uint16_t)role};
		g->bytes[0] = text[i] == ' ' ? '\0' : text[i];
	}
}

int surface_put(struct surface *s, int x, int y, enum role role, struct str text)
{
	bool is_inside = y >= 0 && y < s->at.h;
	int start = x, cells;
	size_t n;

	while (x < s->at.w && text.n) {
		if ((n = plain_run(text))) {
			cells = n < (size_t)(s->at.w - x) ? (int)n : s->at.w - x;
			if (is_inside)
				put_plain(s, x, y, role, text.p, cells);
		} else {
			n = utf8_cluster(text, &cells);
			if (cells > 0)
				put_cluster(s, x, y, role, str_sub(text, 0, n), cells);
		}
		x += cells;
		text = str_sub(text, n, text.n);
	}
	return x - start;
}

int surface_puts(struct surface *s, int x, int y, enum role role, const char *text)
{
	return surface_put(s, x, y, role, str_from(text));
}

int surface_printf(struct surface *s, int x, int y, enum role role, const char *fmt, ...)
{
	struct strbuf text;
	va_list ap;
	int cells;

	strbuf_init(&text, 4096);
	va_start(ap, fmt);
	strbuf_vprintf(&text, fmt, ap);
	va_end(ap);
	cells = surface_put(s, x, y, role, strbuf_str(&text));
	strbuf_fini(&text);
	return cells;
}

void surface_put_fit(struct surface *s, int x, int y, int w, enum role role,
		     struct str text, bool align_right)
{
	int cells = utf8_width(text), used;
	struct surface field = surface_sub(s, x, y, w, 1);
	struct str head;

	if (w <= 0)
		return;
	surface_fill(s, x, y, w, 1, role);
	if (cells <= w) {
		surface_put(&field, align_right ? w - cells : 0, 0, role, text);
		return;
	}
	head = utf8_prefix(text, w - 1, &used);
	surface_put(&field, 0, 0, role, head);
	surface_put(&field, used, 0, role, STR("\xe2\x80\xa6"));
}

void surface_overlay(struct surface *s, int x, int y, int w, int h, enum role role)
{
	struct surface part = surface_sub(s, x, y, w, h);

	for (int row = 0; row < part.at.h; row++) {
		for (int col = 0; col < part.at.w; col++) {
			struct glyph *g = cell_at(&part, col, row);

			g->role = (uint16_t)((g->role & 0xff) | (unsigned)role << 8);
		}
	}
}

void surface_glyph(struct surface *s, int x, int y, enum role role, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_encode(cp, bytes);

	put_cluster(s, x, y, role, (struct str){bytes, n}, utf8_cp_width(cp));
}

void surface_put_grid(struct surface *s, int x, int y, const struct grid *grid)
{
	struct surface part = surface_sub(s, x, y, grid->w, grid->h);
	int left = x < 0 ? -x : 0, top = y < 0 ? -y : 0;

	if (part.at.w == 0)
		return;
	for (int row = 0; row < part.at.h; row++) {
		split_wide(&part, 0, row);
		split_wide(&part, part.at.w - 1, row);
		memcpy(cell_at(&part, 0, row), grid_at(grid, left, top + row),
		       (size_t)part.at.w * sizeof(struct glyph));
		drop_halves(&part, row);
	}
}

void surface_cursor(struct surface *s, int x, int y)
{
	if (x < 0 || y < 0 || x >= s->at.w || y >= s->at.h)
		return;
	s->grid->has_cursor = true;
	s->grid->cursor_x = s->at.x + x;
	s->grid->cursor_y = s->at.y + y;
}

bool grid_cursor(const struct grid *grid, int *x, int *y)
{
	*x = grid->cursor_x;
	*y = grid->cursor_y;
	return grid->has_cursor;
}

void grid_dump_text(const struct grid *grid, struct strbuf *out)
{
	for (int y = 0; y < grid->h; y++) {
		size_t start = out->n;

		for (int x = 0; x < grid->w; x++) {
			const struct glyph *g = grid_at(grid, x, y);

			if (!(g->flags & GLYPH_TAIL))
				strbuf_puts(out, g->bytes[0] ? g->bytes : " ");
		}
		while (out->n > start && out->p[out->n - 1] == ' ')
			strbuf_cut(out, out->n - 1);
		strbuf_putc(out, '\n');
	}
}

/* An overlay's letter wins: it is what a person notices. */
void grid_dump_roles(const struct grid *grid, struct strbuf *out)
{
	for (int y = 0; y < grid->h; y++) {
		for (int x = 0; x < grid->w; x++) {
			unsigned role = grid_at(grid, x, y)->role;

			strbuf_putc(out, role_letter((enum role)(
						 role >> 8 ? role >> 8 : role & 0xff)));
		}
		strbuf_putc(out, '\n');
	}
}
