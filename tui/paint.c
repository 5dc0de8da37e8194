/* See paint.h. */
#include "tui/paint.h"

#include <string.h>

/* A run of unchanged cells this short is cheaper to write again than to jump. */
enum { CHEAP_GAP = 4 };

void painter_init(struct painter *p, const struct theme *theme, enum depth depth)
{
	*p = (struct painter){.theme = theme, .depth = depth, .x = -1, .y = -1};
}

void painter_fini(struct painter *p)
{
	grid_free(p->shown);
	p->shown = NULL;
}

void painter_forget(struct painter *p)
{
	grid_free(p->shown);
	p->shown = NULL;
	p->x = p->y = -1;
}

static bool style_equal(const struct style *a, const struct style *b)
{
	return a->attrs == b->attrs && color_equal(a->fg, b->fg) &&
	       color_equal(a->bg, b->bg);
}

static void put_code(struct strbuf *out, const char **separator, const char *code)
{
	strbuf_puts(out, *separator);
	strbuf_puts(out, code);
	*separator = ";";
}

/* Bold and dim share one "off" code, so they are switched together. */
static void put_attrs(struct strbuf *out, const char **separator, uint8_t from,
		      uint8_t to)
{
	static const struct {
		uint8_t bits;
		const char *off;
	} groups[] = {
		{ATTR_BOLD | ATTR_DIM, "22"},
		{ATTR_ITALIC, "23"},
		{ATTR_UNDERLINE, "24"},
		{ATTR_REVERSE, "27"},
	};
	static const struct {
		uint8_t bit;
		const char *on;
	} attrs[] = {
		{ATTR_BOLD, "1"},      {ATTR_DIM, "2"},	    {ATTR_ITALIC, "3"},
		{ATTR_UNDERLINE, "4"}, {ATTR_REVERSE, "7"},
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		if ((from & groups[i].bits) & ~(to & groups[i].bits)) {
			put_code(out, separator, groups[i].off);
			from &= (uint8_t)~groups[i].bits;
		}
	}
	for (size_t i = 0; i < sizeof(attrs) / sizeof(*attrs); i++) {
		if (~from & to & attrs[i].bit)
			put_code(out, separator, attrs[i].on);
	}
}

static bool is_plain(const struct style *s)
{
	return s->attrs == 0 && s->fg.kind == COLOR_DEFAULT &&
	       s->bg.kind == COLOR_DEFAULT;
}

static void set_pen(struct painter *p, struct style style, struct strbuf *out)
{
	const char *separator = "";

	if (style_equal(&p->pen, &style))
		return;
	if (is_plain(&style)) {
		strbuf_puts(out, "\033[m");
		p->pen = style;
		return;
	}
	strbuf_puts(out, "\033[");
	put_attrs(out, &separator, p->pen.attrs, style.attrs);
	if (!color_equal(p->pen.fg, style.fg) && p->depth != DEPTH_MONO) {
		strbuf_puts(out, separator);
		color_put_sgr(out, style.fg, p->depth, false);
		separator = ";";
	}
	if (!color_equal(p->pen.bg, style.bg) && p->depth != DEPTH_MONO) {
		strbuf_puts(out, separator);
		color_put_sgr(out, style.bg, p->depth, true);
	}
	strbuf_putc(out, 'm');
	p->pen = style;
}

static void move_to(struct painter *p, int x, int y, struct strbuf *out)
{
	if (p->x == x && p->y == y)
		return;
	if (p->y == y && p->x >= 0 && x > p->x && x - p->x < 10000) {
		if (x - p->x == 1)
			strbuf_puts(out, "\033[C");
		else
			strbuf_printf(out, "\033[%dC", x - p->x);
	} else if (x == 0 && p->y >= 0 && y == p->y + 1) {
		strbuf_puts(out, "\r\n");
	} else if (x == 0) {
		strbuf_printf(out, "\033[%dH", y + 1);
	} else {
		strbuf_printf(out, "\033[%d;%dH", y + 1, x + 1);
	}
	p->x = x;
	p->y = y;
}

static bool same(const struct glyph *a, const struct glyph *b)
{
	return a->role == b->role && a->flags == b->flags &&
	       strcmp(a->bytes, b->bytes) == 0;
}

static bool is_changed(const struct painter *p, const struct grid *grid, int x, int y)
{
	return !p->shown || !same(grid_at(p->shown, x, y), grid_at(grid, x, y));
}

static bool is_blank(const struct glyph *g)
{
	return g->bytes[0] == '\0' && g->flags == 0;
}

/* From x to the end of the row: blanks of one style. */
static bool is_blank_to_end(const struct grid *grid, int x, int y)
{
	uint16_t role = grid_at(grid, x, y)->role;

	for (; x < grid_width(grid); x++) {
		if (!is_blank(grid_at(grid, x, y)) || grid_at(grid, x, y)->role != role)
			return false;
	}
	return true;
}

static bool can_erase(const struct painter *p, const struct style *style)
{
	return (style->attrs & (ATTR_REVERSE | ATTR_UNDERLINE)) == 0 &&
	       (p->has_bce || style->bg.kind == COLOR_DEFAULT || p->depth == DEPTH_MONO);
}

/* Writes one cell; returns the x after it. */
static int put_cell(struct painter *p, const struct grid *grid, int x, int y,
		    struct strbuf *out)
{
	const struct glyph *g = grid_at(grid, x, y);
	int cells = g->flags & GLYPH_WIDE ? 2 : 1;
	struct style style = theme_style(p->theme, g->role, p->depth);

	/* A blank shows only its background: the pen's ink may stay. */
	if (is_blank(g) &&
	    !((style.attrs | p->pen.attrs) & (ATTR_REVERSE | ATTR_UNDERLINE)) &&
	    color_equal(style.bg, p->pen.bg))
		style = p->pen;
	set_pen(p, style, out);
	strbuf_puts(out, g->bytes[0] ? g->bytes : " ");
	p->x += cells;
	/* In the last column terminals differ on where the cursor is. */
	if (p->x >= grid_width(grid))
		p->x = p->y = -1;
	return x + cells;
}

static void erase_rest(struct painter *p, const struct grid *grid, int x, int y,
		       struct strbuf *out)
{
	struct style style = theme_style(p->theme, grid_at(grid, x, y)->role, p->depth);

	if (!color_equal(style.bg, p->pen.bg) ||
	    p->pen.attrs & (ATTR_REVERSE | ATTR_UNDERLINE))
		set_pen(p, style, out);
	strbuf_puts(out, "\033[K");
}

/* The next changed cell from x on, or the width. */
static int next_change(const struct painter *p, const struct grid *grid, int x, int y)
{
	while (x < grid_width(grid) && !is_changed(p, grid, x, y))
		x++;
	return x;
}

static void paint_row(struct painter *p, const struct grid *grid, int y,
		      struct strbuf *out)
{
	int w = grid_width(grid), x = next_change(p, grid, 0, y);

	while (x < w) {
		int change;
		struct style style =
			theme_style(p->theme, grid_at(grid, x, y)->role, p->depth);

		/* The tail of a wide character is written with its head. */
		if (grid_at(grid, x, y)->flags & GLYPH_TAIL && x > 0)
			x--;
		if (p->y == y && p->x >= 0 && x > p->x && x - p->x <= CHEAP_GAP) {
			while (p->x >= 0 && p->x < x)
				put_cell(p, grid, p->x, y, out);
		}
		move_to(p, x, y, out);
		if (w - x > 4 && is_blank_to_end(grid, x, y) && can_erase(p, &style)) {
			erase_rest(p, grid, x, y, out);
			return;
		}
		x = put_cell(p, grid, x, y, out);
		change = next_change(p, grid, x, y);
		x = change;
	}
}

static void copy_grid(struct painter *p, const struct grid *grid)
{
	int w = grid_width(grid), h = grid_height(grid);

	if (!p->shown)
		p->shown = grid_new(w, h);
	grid_copy(p->shown, grid);
}

static void paint_cursor(struct painter *p, const struct grid *grid, struct strbuf *out)
{
	int x, y;
	bool is_on = grid_cursor(grid, &x, &y);

	if (is_on)
		move_to(p, x, y, out);
	if (is_on != p->is_cursor_on)
		strbuf_puts(out, is_on ? "\033[?25h" : "\033[?25l");
	p->is_cursor_on = is_on;
}

void painter_paint(struct painter *p, const struct grid *grid, struct strbuf *out)
{
	size_t begin = out->n, body;

	if (p->shown && (grid_width(p->shown) != grid_width(grid) ||
			 grid_height(p->shown) != grid_height(grid)))
		painter_forget(p);
	if (p->has_sync)
		strbuf_puts(out, "\033[?2026h");
	body = out->n;
	if (!p->shown) {
		p->pen = (struct style){0};
		strbuf_puts(out, "\033[m\033[H\033[2J");
		p->x = p->y = 0;
	}
	for (int y = 0; y < grid_height(grid); y++)
		paint_row(p, grid, y, out);
	paint_cursor(p, grid, out);
	if (out->n == body)
		strbuf_cut(out, begin);
	else if (p->has_sync)
		strbuf_puts(out, "\033[?2026l");
	copy_grid(p, grid);
}
