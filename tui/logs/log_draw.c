/* See log_draw.h. */
#include "tui/logs/log_draw.h"

#include "base/utf8.h"
#include "tui/widget/mark.h"
#include "tui/widget/wrap.h"

enum severity log_severity(enum line_level level)
{
	if (level >= LINE_ERROR)
		return SEV_CRIT;
	return level == LINE_WARNING ? SEV_WARN : SEV_NONE;
}

enum role log_level_role(enum line_level level)
{
	if (level >= LINE_ERROR)
		return ROLE_CRIT;
	if (level == LINE_WARNING)
		return ROLE_WARN;
	return level == LINE_DEBUG || level == LINE_TRACE ? ROLE_DIM : ROLE_TEXT;
}

/* A part of a row's text and where it is drawn. */
struct piece {
	struct str text; /* all of the row */
	size_t from, n;	 /* bytes of it */
	int x, y;
};

/* What was looked for, as far as it stands in the piece. */
static void mark_matches(const struct log_view *v, struct surface *s,
			 const struct piece *piece)
{
	struct matcher *m = v->client->matcher;
	size_t from = 0, n, end = piece->from + piece->n;

	while (m && from < end) {
		ptrdiff_t at = matcher_find(m, piece->text, from, &n);
		size_t a, b;

		if (at < 0 || (size_t)at >= end)
			return;
		a = (size_t)at > piece->from ? (size_t)at : piece->from;
		b = (size_t)at + n < end ? (size_t)at + n : end;
		if (b > a)
			surface_overlay(s,
					piece->x + utf8_width(str_sub(piece->text,
								      piece->from,
								      a - piece->from)),
					piece->y,
					utf8_width(str_sub(piece->text, a, b - a)), 1,
					ROLE_MATCH);
		from = (size_t)at + (n ? n : 1);
	}
}

static void draw_piece(const struct log_view *v, const struct look *look,
		       struct surface *s, const struct page_row *row,
		       const struct piece *piece)
{
	struct str shown = str_sub(piece->text, piece->from, piece->n);

	(void)look;
	surface_put(s, piece->x, piece->y, log_level_role((enum line_level)row->level),
		    shown);
	mark_matches(v, s, piece);
}

/* How far sideways the text begins; cells that a wide character sticks out are left
 * blank. */
static void draw_row(const struct log_view *v, const struct look *look, struct surface *s,
		     size_t i, int y)
{
	const struct log_page *page = v->client->page;
	const struct page_row *row = &page->rows.p[i];
	struct piece piece = {.text = page_text(page, i), .x = LOG_GUTTER, .y = y};
	int used = 0, skip = v->skip > page->skip ? (int)(v->skip - page->skip) : 0;
	struct str part;

	if (skip > 0) {
		piece.from = utf8_prefix(piece.text, skip, &used).n;
		if (used < skip && piece.from < piece.text.n) {
			int cells;

			piece.from += utf8_cluster(str_sub(piece.text, piece.from,
							   piece.text.n),
						   &cells);
			piece.x += used + cells - skip;
		}
	}
	part = utf8_prefix(str_sub(piece.text, piece.from, piece.text.n), v->w, &used);
	piece.n = part.n;
	draw_piece(v, look, s, row, &piece);
	if (piece.from + piece.n < piece.text.n)
		surface_puts(s, LOG_GUTTER + v->w, y, ROLE_DIM,
			     look_pick(look, "›", ">"));
}

static int draw_wrapped(const struct log_view *v, const struct look *look,
			struct surface *s, size_t i, int y)
{
	const struct log_page *page = v->client->page;
	struct piece piece = {.text = page_text(page, i), .x = LOG_GUTTER};
	struct str rest = piece.text;
	int line = 0;

	do {
		struct str part = wrap_next(&rest, v->w);

		piece.from = piece.text.n ? (size_t)(part.p - piece.text.p) : 0;
		piece.n = part.n;
		piece.y = y + line++;
		if (piece.y >= 0 && piece.y < surface_h(s))
			draw_piece(v, look, s, &page->rows.p[i], &piece);
	} while (rest.n > 0 && y + line < surface_h(s));
	return line;
}

static void draw_gutter(const struct log_view *v, const struct look *look,
			struct surface *s, size_t i, int y)
{
	const struct page_row *row = &v->client->page->rows.p[i];

	if (log_view_is_marked(v, row->at))
		surface_puts(s, 1, y, ROLE_KEY, look_pick(look, "◆", "m"));
	else
		mark_put(look, s, 1, y, log_severity((enum line_level)row->level));
}

void log_draw_rows(struct log_view *v, const struct look *look, struct surface *s)
{
	const struct log_page *page = v->client->page;
	int y = v->is_wrapped ? -v->sub : 0;

	for (size_t i = v->top; page && i < page->rows.n && y < surface_h(s); i++) {
		int lines = 1, first = y < 0 ? 0 : y;

		if (v->is_wrapped)
			lines = draw_wrapped(v, look, s, i, y);
		else
			draw_row(v, look, s, i, y);
		draw_gutter(v, look, s, i, first);
		if (i == v->cursor)
			mark_cursor(look, s, first, LOG_GUTTER, v->w);
		hits_add(look->hits, s, (struct rect){0, first, surface_w(s), lines},
			 (struct hit){.kind = HIT_ROW, .index = (int)i});
		y += lines;
	}
}

static const char *why_empty(const struct log_client *c)
{
	if (c->page_id || !c->has_state)
		return c->wanted.terms.n || c->wanted.level ? "looking for lines"
							    : "loading";
	if (!wanted_is_all(&c->wanted))
		return "no line is wanted by the filter; esc takes it away";
	if (c->source && c->live.state == LIVE_CONNECTING)
		return "connecting";
	return c->state.is_arriving || c->source ? "nothing has come yet"
						 : "the file is empty";
}

void log_draw_empty(const struct log_client *c, const struct look *look,
		    struct surface *s)
{
	const struct err *err = c->source ? &c->live.err : &c->state.err;
	struct rect at = {.x = LOG_GUTTER,
			  .y = surface_h(s) > 4 ? 1 : 0,
			  .w = surface_w(s) - LOG_GUTTER - 1,
			  .h = surface_h(s)};

	(void)look;
	if (err->code != ERR_NONE && err->text[0])
		wrap_draw(s, at.x, at.y, at.w, at.h, ROLE_CRIT, str_from(err->text));
	else
		wrap_draw(s, at.x, at.y, at.w, at.h, ROLE_DIM, str_from(why_empty(c)));
}
