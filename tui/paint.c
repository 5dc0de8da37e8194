/* See paint.h. */
#include "tui/paint.h"

#include <string.h>

#include "base/count.h"
#include "tui/ascii.h"
#include "tui/scroll.h"

/* What it takes to jump over a few cells: "\033[2C". */
enum { JUMP_BYTES = 4 };

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
	p->is_known = false;
	p->x = p->y = -1;
	p->look = (struct painter_look){0}; /* another theme may lie where it lay */
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

	for (size_t i = 0; i < COUNT(groups); i++) {
		if ((from & groups[i].bits) & ~(to & groups[i].bits)) {
			put_code(out, separator, groups[i].off);
			from &= (uint8_t)~groups[i].bits;
		}
	}
	for (size_t i = 0; i < COUNT(attrs); i++) {
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

/* A row now, and as the terminal shows it (NULL: unknown). */
struct rows {
	const struct glyph *now, *was;
	int w;
};

/* The next cell from x on that differs, or the width. */
static int next_change(const struct rows *r, int x)
{
	if (!r->was)
		return x;
	while (x < r->w && memcmp(&r->now[x], &r->was[x], sizeof(*r->now)) == 0)
		x++;
	return x;
}

static bool is_blank(const struct glyph *g)
{
	return g->bytes[0] == '\0' && g->flags == 0;
}

/* From x to the end of the row: blanks of one style. */
static bool is_blank_to_end(const struct rows *r, int x)
{
	uint16_t role = r->now[x].role;

	for (; x < r->w; x++) {
		if (!is_blank(&r->now[x]) || r->now[x].role != role)
			return false;
	}
	return true;
}

/* A run of cells has one role; what it looks like is worked out for the first of them. */
static struct style style_of(struct painter *p, const struct glyph *g)
{
	struct painter_look *look = &p->look;

	if (look->theme != p->theme || look->role != g->role || look->depth != p->depth)
		*look = (struct painter_look){.theme = p->theme,
					      .depth = p->depth,
					      .role = g->role,
					      .style = theme_style(p->theme, g->role,
								   p->depth)};
	return look->style;
}

static bool can_erase(struct painter *p, const struct glyph *g)
{
	struct style style = style_of(p, g);

	return (style.attrs & (ATTR_REVERSE | ATTR_UNDERLINE)) == 0 &&
	       (p->has_bce || style.bg.kind == COLOR_DEFAULT || p->depth == DEPTH_MONO);
}

/* The pen a cell needs. A blank shows only its ground: the ink stays for what comes
 * next, which with another ground seldom has the attributes of what came before. */
static struct style pen_for(struct painter *p, const struct glyph *g)
{
	const unsigned seen = ATTR_REVERSE | ATTR_UNDERLINE;
	struct style style = style_of(p, g);

	if (!is_blank(g) || style.attrs & seen)
		return style;
	if (color_equal(style.bg, p->pen.bg) && !(p->pen.attrs & seen))
		return p->pen;
	style.fg = p->pen.fg;
	return style;
}

/* Unchanged cells up to x that are cheaper to write again than to jump over: few
 * bytes, and no other pen. */
static bool is_cheap_gap(struct painter *p, const struct rows *r, int x)
{
	size_t bytes = 0;

	if (x - p->x > JUMP_BYTES)
		return false;
	for (int i = p->x; i < x; i++) {
		struct style style = pen_for(p, &r->now[i]);

		if (!style_equal(&style, &p->pen))
			return false;
		bytes += r->now[i].bytes[0] ? strlen(r->now[i].bytes) : 1;
	}
	return bytes <= JUMP_BYTES;
}

static void put_glyph(const struct painter *p, const struct glyph *g, struct strbuf *out)
{
	char c;

	if (!p->is_ascii) {
		strbuf_puts(out, g->bytes[0] ? g->bytes : " ");
		return;
	}
	c = ascii_of(str_from(g->bytes));
	strbuf_pad(out, c, g->flags & GLYPH_WIDE ? 2 : 1);
}

/* Writes one cell; returns the x after it. */
static int put_cell(struct painter *p, const struct rows *r, int x, struct strbuf *out)
{
	const struct glyph *g = &r->now[x];
	int cells = g->flags & GLYPH_WIDE ? 2 : 1;

	set_pen(p, pen_for(p, g), out);
	put_glyph(p, g, out);
	p->x += cells;
	/* In the last column terminals differ on where the cursor is. */
	if (p->x >= r->w)
		p->x = p->y = -1;
	return x + cells;
}

static void erase_rest(struct painter *p, const struct glyph *g, struct strbuf *out)
{
	set_pen(p, pen_for(p, g), out);
	strbuf_puts(out, "\033[K");
}

static void paint_row(struct painter *p, const struct rows *r, int y, struct strbuf *out)
{
	int x = next_change(r, 0);

	while (x < r->w) {
		/* The tail of a wide character is written with its head. */
		if (r->now[x].flags & GLYPH_TAIL && x > 0)
			x--;
		if (p->y == y && p->x >= 0 && x > p->x && is_cheap_gap(p, r, x)) {
			while (p->x >= 0 && p->x < x)
				put_cell(p, r, p->x, out);
		}
		move_to(p, x, y, out);
		if (r->w - x > 4 && is_blank_to_end(r, x) && can_erase(p, &r->now[x])) {
			erase_rest(p, &r->now[x], out);
			return;
		}
		x = next_change(r, put_cell(p, r, x, out));
	}
}

/* Lets the terminal move what has only moved. Where the cursor is then, terminals
 * differ. */
static void move_rows(struct painter *p, const struct grid *grid, struct strbuf *out)
{
	struct scroll s;

	if (!p->has_scroll || !p->is_known || !scroll_find(p->shown, grid, &s))
		return;
	strbuf_printf(out, "\033[%d;%dr\033[%dH\033[%d%c\033[r", s.top + 1, s.bottom + 1,
		      s.top + 1, s.by > 0 ? s.by : -s.by, s.by > 0 ? 'M' : 'L');
	p->x = p->y = -1;
	grid_scroll(p->shown, s.top, s.bottom, s.by);
}

/* Rows that are equal cost one comparison. */
static void paint_rows(struct painter *p, const struct grid *grid, struct strbuf *out)
{
	struct rows r = {.w = grid_width(grid)};
	size_t bytes = (size_t)r.w * sizeof(*r.now);

	for (int y = 0; y < grid_height(grid); y++) {
		r.now = grid_row(grid, y);
		r.was = p->is_known ? grid_row(p->shown, y) : NULL;
		if (r.was && memcmp(r.now, r.was, bytes) == 0)
			continue;
		paint_row(p, &r, y, out);
		grid_copy_row(p->shown, grid, y);
	}
	p->is_known = true;
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
	if (!p->shown)
		p->shown = grid_new(grid_width(grid), grid_height(grid));
	if (p->has_sync)
		strbuf_puts(out, "\033[?2026h");
	body = out->n;
	if (!p->is_known) {
		p->pen = (struct style){0};
		strbuf_puts(out, "\033[m\033[H\033[2J");
		p->x = p->y = 0;
	}
	move_rows(p, grid, out);
	paint_rows(p, grid, out);
	paint_cursor(p, grid, out);
	if (out->n == body)
		strbuf_cut(out, begin);
	else if (p->has_sync)
		strbuf_puts(out, "\033[?2026l");
}
