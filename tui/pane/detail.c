/* The detail screen. Thread: ui.
 *
 * It holds a row's key, not the row: each frame looks the row up in the latest
 * version of its board, so a detail left open follows the world. */
#include "tui/pane/detail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/pane/detail_text.h"
#include "tui/widget/age.h"
#include "tui/widget/cells.h"
#include "tui/widget/chart.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"
#include "tui/widget/roll.h"

#define CHART_CELLS 72
#define SCALE_CELLS 8
#define SIDE_FROM_W 100 /* charts stand beside the fields from here on */

struct detail {
	struct screen screen;
	const struct board_def *def; /* held */
	char *key;
	bool is_raw;
	struct roll roll;
	size_t link; /* the one Enter opens */
	struct detail_text text;
	struct detail_text side; /* charts, where there is room beside */
};

static struct detail *self(struct screen *screen)
{
	return (struct detail *)screen;
}

static void detail_free(struct screen *screen)
{
	struct detail *d = self(screen);

	vec_fini(&d->text.lines);
	vec_fini(&d->side.lines);
	arena_fini(&d->text.arena);
	arena_fini(&d->side.arena);
	board_def_put(d->def);
	free(d->key);
	free(d);
}

static void detail_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	want_add(set, self(screen)->def->name);
}

/* The board's file may have been edited: its definition is that of the board. What
 * was written by the one before goes with it. */
static void redefine(struct detail *d, const struct board_def *def)
{
	if (def == d->def)
		return;
	board_def_put(d->def);
	d->def = board_def_get(def);
	d->text.lines.n = d->side.lines.n = 0;
	d->text.n_links = 0;
}

static const struct row *find_row(struct detail *d, const struct board *board)
{
	ptrdiff_t i = board ? board_find(board, str_from(d->key)) : -1;

	if (board)
		redefine(d, board->def);
	return i < 0 ? NULL : &board->rows[i];
}

/* Where a chart stands, and how wide: the axis under it has to agree. */
static struct rect chart_place(const struct detail_line *line, const struct look *look,
			       const struct surface *s, int y)
{
	int x = 2 + SCALE_CELLS + 1, w = surface_w(s) - x - 2;

	w = w > CHART_CELLS ? CHART_CELLS : w;
	if (look->is_ascii && w > (int)line->cell->series_n)
		w = (int)line->cell->series_n;
	return (struct rect){x, y, w, 1};
}

static void draw_chart(const struct detail_line *line, const struct look *look,
		       struct surface *s, int y)
{
	struct series series = {.p = line->cell->series,
				.n = line->cell->series_n,
				.low = NAN,
				.high = NAN};
	struct strbuf label;
	double low, high;

	if (line->column->type == CELL_PERCENT) {
		series.low = 0;
		series.high = 100;
	}
	series_scale(&series, &low, &high);
	chart_put_row(look, s, chart_place(line, look, s, y), line->chart_row,
		      line->chart_rows, ROLE_SERIES_1, &series);
	if (line->chart_row != 0 && line->chart_row != line->chart_rows - 1)
		return;
	strbuf_init(&label, 64);
	detail_put_figure(&label, look, line, line->chart_row == 0 ? high : low,
			  SCALE_CELLS);
	surface_put_fit(s, 2, y, SCALE_CELLS, ROLE_DIM, strbuf_str(&label), true);
	strbuf_fini(&label);
}

static void draw_axis(const struct detail_line *line, const struct look *look,
		      struct surface *s, int y)
{
	struct rect at = chart_place(line, look, s, y);
	struct str end = STR("newest");
	int used = surface_puts(s, at.x, y, ROLE_DIM, line->text);

	if (used + 1 + (int)end.n <= at.w)
		surface_put(s, at.x + at.w - (int)end.n, y, ROLE_DIM, end);
}

static void draw_line(struct detail *d, const struct detail_line *line,
		      const struct look *look, struct surface *s, int y)
{
	struct str text;
	bool is_chosen;
	int w;

	switch (line->kind) {
	case DETAIL_TEXT:
		surface_puts(s, 2, y, line->role, line->text);
		return;
	case DETAIL_JSON:
		text = str_from(line->text);
		w = surface_put(s, 2, y, ROLE_DIM, str_sub(text, 0, line->name_n));
		surface_put(s, 2 + w, y, ROLE_TEXT, str_sub(text, line->name_n, text.n));
		return;
	case DETAIL_HEAD:
		w = surface_puts(s, 2, y, ROLE_TITLE, line->text);
		if (line->label)
			surface_puts(s, 2 + w + 2, y, ROLE_DIM, line->label);
		return;
	case DETAIL_FIELD:
		w = d->text.label_w;
		surface_put_fit(s, 2, y, w, ROLE_DIM, str_from(line->label), true);
		surface_puts(s, 2 + w + 1, y, line->role, line->text);
		return;
	case DETAIL_CHART:
		draw_chart(line, look, s, y);
		return;
	case DETAIL_AXIS:
		draw_axis(line, look, s, y);
		return;
	case DETAIL_LINK:
		is_chosen = line->link == d->link;
		surface_puts(s, 2, y, ROLE_KEY,
			     is_chosen ? look_pick(look, "▸", ">") : " ");
		surface_puts(s, 4, y, ROLE_LINK, line->text);
		hits_add(look->hits, s, (struct rect){2, y, surface_w(s) - 2, 1},
			 (struct hit){.kind = HIT_ROW, .index = (int)line->link});
		return;
	}
}

static void draw_title(struct detail *d, const struct board *board, const struct row *row,
		       const struct look *look, struct surface *s)
{
	struct strbuf title, age;
	enum role role;

	strbuf_init(&title, 300);
	strbuf_init(&age, 120);
	if (row && d->def->n_columns > 0 && d->def->columns[0].type != CELL_SERIES) {
		strbuf_printf(&title, "%s ", mark_text(look, row->sev));
		cells_text(&title, look, &d->def->columns[0], &row->cells[0], 0);
		strbuf_printf(&title, "  %s", d->def->title);
	} else {
		strbuf_puts(&title, d->def->title);
	}
	role = age_text(&age, board, look->now_ms);
	rule_put(look, s, 0,
		 &(struct rule){.title = title.p,
				.has_focus = true,
				.note = strbuf_str(&age),
				.note_role = role});
	strbuf_fini(&title);
	strbuf_fini(&age);
}

static void write_text(struct detail *d, const struct look *look,
		       const struct board *board, const struct row *row, int w)
{
	bool has_side = w >= SIDE_FROM_W;
	int text_w = has_side ? w / 2 : w;

	detail_text_reset(&d->text);
	detail_text_reset(&d->side);
	if (d->is_raw) {
		detail_raw(&d->text, row, w);
		return;
	}
	detail_fields(&d->text, look, board, row, text_w);
	if (has_side)
		detail_history(&d->side, look, board, row);
	detail_meaning(&d->text, look, board, row, text_w);
	if (!has_side)
		detail_history(&d->text, look, board, row);
}

static void draw_text(struct detail *d, const struct detail_text *text,
		      const struct look *look, struct surface *s)
{
	int n = (int)text->lines.n;

	for (int i = 0; i < d->roll.page && d->roll.top + i < n; i++)
		draw_line(d, &text->lines.p[d->roll.top + i], look, s, i + 1);
}

static void detail_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct detail *d = self(screen);
	const struct board *board = app_board(app, d->def->name);
	const struct row *row = find_row(d, board);
	size_t n;

	surface_fill(s, 0, 0, surface_w(s), surface_h(s), ROLE_TEXT);
	draw_title(d, board, row, look, s);
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	if (!row) {
		surface_puts(s, 2, 1, ROLE_DIM,
			     board ? "this row is gone" : "loading this board");
		return;
	}
	write_text(d, look, board, row, surface_w(s));
	n = d->text.lines.n > d->side.lines.n ? d->text.lines.n : d->side.lines.n;
	roll_fit(&d->roll, n, surface_h(s) - 1);
	draw_text(d, &d->text, look, s);
	if (d->side.lines.n > 0) {
		int x = surface_w(s) / 2;
		struct surface side =
			surface_sub(s, x, 0, surface_w(s) - x, surface_h(s));

		draw_text(d, &d->side, look, &side);
	}
}

/* Keys may come faster than frames: the links are those of the row as it is now. */
static void renew_text(struct detail *d, struct app *app)
{
	const struct board *board = app_board(app, d->def->name);
	const struct row *row = find_row(d, board);
	struct look look = app_look(app);

	if (row)
		write_text(d, &look, board, row, app->w);
	if (d->link >= d->text.n_links)
		d->link = 0;
}

static void open_link(struct detail *d, struct app *app)
{
	int at;
	const struct detail_line *line;

	renew_text(d, app);
	at = detail_link_line(&d->text, d->link);
	line = at < 0 ? NULL : &d->text.lines.p[at];
	if (!line)
		app_toast(app, true,
			  d->is_raw ? "no links in the raw view"
				    : "this row leads nowhere else");
	else
		app_open_board(app, str_from(line->target->board), str_from(line->filter),
			       STR(""));
}

/* The next link, scrolled into sight. */
static void step_link(struct detail *d, struct app *app, int step)
{
	size_t n;

	renew_text(d, app);
	n = d->text.n_links;
	if (n == 0) {
		open_link(d, app); /* says why */
		return;
	}
	d->link = (d->link + n + (size_t)(ptrdiff_t)step) % n;
	roll_to(&d->roll, detail_link_line(&d->text, d->link));
}

/* The row before or after, in the order of the screen below. */
static void step_row(struct detail *d, struct app *app, enum act act)
{
	struct screen *below =
		app->n_screens >= 2 ? app->screens[app->n_screens - 2] : NULL;
	const struct board *board;
	const struct row *row;

	/* A detail has no rows beside its own. */
	if (!below || !below->ops->selected || below->ops->draw == detail_draw)
		return;
	below->ops->act(below, app, act, STR(""));
	if (!below->ops->selected(below, app, &board, &row))
		return;
	free(d->key);
	d->key = xstrndup(row->key.p, row->key.n);
	redefine(d, board->def);
	d->roll.top = 0;
	d->link = 0;
}

static void copy(struct detail *d, struct app *app, enum act act)
{
	const struct board *board = app_board(app, d->def->name);
	const struct row *row = find_row(d, board);
	struct look look = app_look(app);
	struct strbuf text;

	if (!row)
		return;
	strbuf_init(&text, 4096);
	if (act == ACT_COPY_CELL && d->def->n_columns > 0) {
		cells_text(&text, &look, &d->def->columns[0], &row->cells[0], 0);
		app_copy(app, strbuf_str(&text), "name");
	} else {
		app_copy(app, row->raw.n > 0 ? row->raw : row->key, "row");
	}
	strbuf_fini(&text);
}

static void with_row(struct detail *d, struct app *app,
		     void (*fn)(struct app *app, const struct board *board,
				const struct row *row))
{
	const struct board *board = app_board(app, d->def->name);
	const struct row *row = find_row(d, board);

	if (row)
		fn(app, board, row);
}

/* At an end of the text the links go on. */
static void step_line(struct detail *d, enum act act)
{
	const struct roll *r = &d->roll;

	if (act == ACT_UP && r->top == 0 && d->link > 0)
		d->link--;
	if (act == ACT_DOWN && r->top + r->page >= r->n && d->link + 1 < d->text.n_links)
		d->link++;
}

static bool detail_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct detail *d = self(screen);

	(void)arg;
	step_line(d, act);
	if (roll_act(&d->roll, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_RAW:
		d->is_raw = !d->is_raw;
		d->roll.top = 0;
		return true;
	case ACT_FOCUS_NEXT:
	case ACT_FOCUS_PREV:
		step_link(d, app, act == ACT_FOCUS_NEXT ? 1 : -1);
		return true;
	case ACT_OPEN:
		open_link(d, app);
		return true;
	case ACT_ZOOM:
		app_open_board(app, str_from(d->def->name), STR(""), str_from(d->key));
		return true;
	case ACT_ROW_NEXT:
	case ACT_ROW_PREV:
		step_row(d, app, act == ACT_ROW_NEXT ? ACT_DOWN : ACT_UP);
		return true;
	case ACT_ACKNOWLEDGE:
		with_row(d, app, app_acknowledge);
		return true;
	case ACT_ON_ROW:
		with_row(d, app, app_offer);
		return true;
	case ACT_THEN:
		with_row(d, app, app_then);
		return true;
	case ACT_COPY_CELL:
	case ACT_COPY_ROW:
		copy(d, app, act);
		return true;
	default:
		return false;
	}
}

static void detail_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct detail *d = self(screen);

	if (roll_wheel(&d->roll, event->button))
		return;
	if (hit->kind == HIT_ROW && event->button == MOUSE_LEFT) {
		d->link = (size_t)hit->index;
		if (event->is_double)
			open_link(d, app);
	}
}

static bool detail_back(struct screen *screen, struct app *app)
{
	bool was_raw = self(screen)->is_raw;

	(void)app;
	self(screen)->is_raw = false;
	return was_raw;
}

static bool detail_selected(struct screen *screen, struct app *app,
			    const struct board **board, const struct row **row)
{
	struct detail *d = self(screen);

	*board = app_board(app, d->def->name);
	*row = find_row(d, *board);
	return *row != NULL;
}

static void detail_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	roll_put_place(&self(screen)->roll, out);
}

static const char *const hints[] = {"back", "act",	  "row-next", "row-prev",
				    "raw",  "focus-next", "open",     "copy-row",
				    "zoom", "help",	  NULL};

static const struct screen_ops detail_ops = {
	.name = "detail",
	.context = CONTEXT_DETAIL,
	.hints = hints,
	.free = detail_free,
	.draw = detail_draw,
	.want = detail_want,
	.act = detail_act,
	.hit = detail_hit,
	.back = detail_back,
	.selected = detail_selected,
	.status = detail_status,
};

struct screen *detail_new(const struct board_def *def, struct str key)
{
	struct detail *d = xcalloc(1, sizeof(*d));

	d->screen.ops = &detail_ops;
	d->def = board_def_get(def);
	d->key = xstrndup(key.p, key.n);
	arena_init(&d->text.arena);
	arena_init(&d->side.arena);
	return &d->screen;
}
