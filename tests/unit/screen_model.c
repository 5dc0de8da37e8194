/* See screen_model.h. */
#include "unit/screen_model.h"

#include <stdlib.h>
#include <string.h>

#include <vterm.h>

#include "base/utf8.h"
#include "base/xalloc.h"

struct screen_model {
	VTerm *vt;
	VTermScreen *screen;
	bool is_cursor_on;
};

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct screen_model *m = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		m->is_cursor_on = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

struct screen_model *screen_model_new(int w, int h)
{
	struct screen_model *m = xcalloc(1, sizeof(*m));

	m->vt = vterm_new(h, w);
	vterm_set_utf8(m->vt, 1);
	m->screen = vterm_obtain_screen(m->vt);
	vterm_screen_set_callbacks(m->screen, &callbacks, m);
	vterm_screen_reset(m->screen, 1);
	screen_model_feed(m, STR("\033[?25l"));
	return m;
}

void screen_model_free(struct screen_model *m)
{
	vterm_free(m->vt);
	free(m);
}

void screen_model_resize(struct screen_model *m, int w, int h)
{
	vterm_set_size(m->vt, h, w);
}

void screen_model_feed(struct screen_model *m, struct str bytes)
{
	vterm_input_write(m->vt, bytes.p, bytes.n);
}

/* libvterm's colour for ours: the default, a number, or red, green and blue. */
static bool is_color(VTermColor got, struct color want, enum depth depth, bool is_bg)
{
	int number;

	if (want.kind == COLOR_DEFAULT || depth == DEPTH_MONO)
		return is_bg ? VTERM_COLOR_IS_DEFAULT_BG(&got)
			     : VTERM_COLOR_IS_DEFAULT_FG(&got);
	if (want.kind == COLOR_RGB && depth == DEPTH_TRUE)
		return VTERM_COLOR_IS_RGB(&got) && got.rgb.red == want.r &&
		       got.rgb.green == want.g && got.rgb.blue == want.b;
	if (depth == DEPTH_256 || depth == DEPTH_TRUE)
		number = color_to_256(want);
	else
		number = depth == DEPTH_8 ? color_to_16(want) & 7 : color_to_16(want);
	return VTERM_COLOR_IS_INDEXED(&got) && got.indexed.idx == number;
}

/* Dim is left out: libvterm does not keep it. */
static bool is_look(const VTermScreenCell *cell, const struct style *style,
		    enum depth depth, bool is_blank)
{
	bool is_reverse = style->attrs & ATTR_REVERSE;
	bool is_underline = style->attrs & ATTR_UNDERLINE;

	if (cell->attrs.reverse != is_reverse ||
	    (cell->attrs.underline != 0) != is_underline)
		return false;
	if (!is_color(cell->bg, style->bg, depth, true))
		return false;
	/* Of a blank's ink nothing is seen, unless it is turned round or ruled. */
	if (is_blank && !is_reverse && !is_underline)
		return true;
	return is_color(cell->fg, style->fg, depth, false) &&
	       (is_blank || (cell->attrs.bold == !!(style->attrs & ATTR_BOLD) &&
			     cell->attrs.italic == !!(style->attrs & ATTR_ITALIC)));
}

static void cell_text(const VTermScreenCell *cell, char *out)
{
	size_t n = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		if (cell->chars[i] != (uint32_t)-1)
			n += utf8_encode(cell->chars[i], out + n);
	}
	out[n] = '\0';
}

static bool is_cell(struct screen_model *m, const struct glyph *g, int x, int y,
		    const struct theme *theme, enum depth depth)
{
	char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1];
	VTermScreenCell cell;
	struct style style = theme_style(theme, g->role, depth);

	if (!vterm_screen_get_cell(m->screen, (VTermPos){.row = y, .col = x}, &cell))
		return false;
	if (g->flags & GLYPH_TAIL)
		return true; /* the head's width says it */
	cell_text(&cell, text);
	if (strcmp(text, " ") == 0)
		text[0] = '\0';
	return strcmp(text, g->bytes) == 0 &&
	       cell.width == (g->flags & GLYPH_WIDE ? 2 : 1) &&
	       is_look(&cell, &style, depth, g->bytes[0] == '\0');
}

static bool is_cursor(struct screen_model *m, const struct grid *grid)
{
	VTermPos at;
	int x, y;

	if (grid_cursor(grid, &x, &y) != m->is_cursor_on)
		return false;
	vterm_state_get_cursorpos(vterm_obtain_state(m->vt), &at);
	return !m->is_cursor_on || (at.col == x && at.row == y);
}

bool screen_model_matches(struct screen_model *m, const struct grid *grid,
			  const struct theme *theme, enum depth depth, struct strbuf *why)
{
	for (int y = 0; y < grid_height(grid); y++) {
		for (int x = 0; x < grid_width(grid); x++) {
			const struct glyph *g = grid_at(grid, x, y);

			if (is_cell(m, g, x, y, theme, depth))
				continue;
			strbuf_printf(why, "cell %d,%d is not \"%s\" in role %u", x, y,
				      g->bytes, g->role);
			return false;
		}
	}
	if (!is_cursor(m, grid)) {
		strbuf_puts(why, "the cursor is elsewhere");
		return false;
	}
	return true;
}
