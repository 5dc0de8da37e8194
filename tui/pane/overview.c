/* The overview screen. Thread: ui. */
#include "tui/pane/overview.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/layout.h"
#include "tui/pane/pane.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

enum { TAB_GAPS_FROM_W = 46 };

/* Lines of a pane on a terminal of some size: what has place there is asked for first. */
enum { FIRST_H = 13 };

struct overview {
	struct screen screen;
	struct pane panes[LAYOUT_MAX];
	size_t focus;
	bool is_zoomed;	      /* the pane in focus has the screen for itself */
	struct layout layout; /* of the last frame */
	struct layout_split split;
};

static struct overview *self(struct screen *screen)
{
	return (struct overview *)screen;
}

static void overview_free(struct screen *screen)
{
	for (size_t i = 0; i < n_panes; i++)
		pane_fini(&self(screen)->panes[i]);
	free(screen);
}

static void tell_panes(struct overview *o)
{
	for (size_t i = 0; i < n_panes; i++)
		o->panes[i].how.is_zoomed = o->is_zoomed && i == o->focus;
}

static void overview_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	tell_panes(self(screen));
	for (size_t i = 0; i < n_panes; i++)
		pane_want_first(&self(screen)->panes[i], set, FIRST_H);
	for (size_t i = 0; i < n_panes; i++)
		pane_want(&self(screen)->panes[i], set);
}

static void draw_tabs(struct overview *o, const struct look *look, struct surface *s)
{
	int x = 1, gap = surface_w(s) >= TAB_GAPS_FROM_W;

	for (size_t i = 0; i < n_panes; i++) {
		bool is_focus = i == o->focus;
		int from = x;

		x += surface_puts(s, x, 0, is_focus ? ROLE_KEY : ROLE_DIM,
				  is_focus ? "[" : " ");
		x += surface_puts(s, x, 0, is_focus ? ROLE_TITLE_FOCUS : ROLE_TITLE,
				  o->panes[i].ops->tab);
		if (pane_worst(&o->panes[i]) >= SEV_WARN) {
			mark_put(look, s, x + 1, 0, pane_worst(&o->panes[i]));
			x += 2;
		}
		x += surface_puts(s, x, 0, is_focus ? ROLE_KEY : ROLE_DIM,
				  is_focus ? "]" : " ");
		hits_add(look->hits, s, (struct rect){from, 0, x - from, 1},
			 (struct hit){.kind = HIT_PANE, .pane = (int)i, .index = (int)i});
		x += gap;
	}
}

static void lay_out(struct overview *o, struct app *app, struct rect area)
{
	int needs[LAYOUT_MAX];

	tell_panes(o);
	o->layout = o->is_zoomed ? layout_one(area, o->focus)
				 : layout_panes(area, n_panes, o->focus);
	for (size_t i = 0; i < n_panes; i++) {
		pane_follow(&o->panes[i], app);
		needs[i] = pane_need(&o->panes[i], o->layout.at[i].w, o->layout.at[i].h);
	}
	if (!o->is_zoomed)
		layout_share(&o->layout, area, needs, n_panes, &o->split);
}

/* Where rules meet the divider: from the left, from the right or both. */
static void draw_joints(const struct overview *o, const struct look *look,
			struct surface *s)
{
	int x = o->layout.at[0].w;
	size_t n = n_panes - (o->layout.foot > 0);

	if (o->layout.foot > 0)
		surface_glyph(s, x, o->layout.at[n].y, ROLE_BORDER,
			      look->is_ascii ? '+' : 0x2534);
	for (size_t i = 0; i < n; i++) {
		int y = o->layout.at[i].y;
		bool is_cross = (i ^ 1) < n && y == o->layout.at[i ^ 1].y;
		uint32_t glyph = is_cross ? 0x253C : i % 2 == 0 ? 0x2524 : 0x251C;

		surface_glyph(s, x, y, ROLE_BORDER,
			      look->is_ascii ? '+'
			      : y == 0	     ? 0x252C
					     : glyph);
	}
}

static void overview_draw(struct screen *screen, struct app *app, const struct look *look,
			  struct surface *s)
{
	struct overview *o = self(screen);
	struct rect area = {.w = surface_w(s), .h = surface_h(s)};

	lay_out(o, app, area);
	if (o->layout.is_tabbed)
		draw_tabs(o, look, s);
	if (o->layout.columns == 2)
		divider_put(look, s, o->layout.at[0].w, 1,
			    surface_h(s) - o->layout.foot - 1);
	for (size_t i = 0; i < n_panes; i++) {
		struct rect at = o->layout.at[i];
		struct surface part;

		if (at.w <= 0)
			continue;
		part = surface_sub(s, at.x, at.y, at.w, at.h);
		pane_draw(&o->panes[i], app, look, &part,
			  &(struct pane_draw){.number = (int)i,
					      .has_focus = i == o->focus,
					      .keymap = app->keymap,
					      .is_part = app->shelf.workload != NULL,
					      .has_rule = !o->layout.is_tabbed});
	}
	if (o->layout.columns == 2)
		draw_joints(o, look, s);
}

static void focus_pane(struct overview *o, struct app *app, int index)
{
	int n = (int)n_panes;

	o->focus = (size_t)((index % n + n) % n);
	if (o->is_zoomed)
		app_tell_wanted(app);
}

/* The neighbour in the grid; in one column left and right walk the panes too. */
static void focus_beside(struct overview *o, struct app *app, int step)
{
	int columns = o->layout.columns > 0 ? o->layout.columns : 1;

	focus_pane(o, app,
		   columns == 2 && (o->focus ^ 1) < n_panes ? (int)(o->focus ^ 1)
							    : (int)o->focus + step);
}

static bool focus_named(struct overview *o, struct app *app, struct str name)
{
	for (size_t i = 0; i < n_panes; i++) {
		if (str_is(name, panes[i]->name)) {
			focus_pane(o, app, (int)i);
			return true;
		}
	}
	app_toast(app, true, "no pane is called '%.*s': try cost, sql, dr, agents, logs",
		  STR_ARG(name));
	return true;
}

static void copy_row(struct app *app, const struct pane *pane)
{
	const struct board *board;
	const struct row *row;

	if (!pane_selected(pane, &board, &row))
		app_toast(app, false, "nothing to copy");
	else
		app_copy(app, row->raw.n > 0 ? row->raw : row->key, "row");
}

static void open_board(struct app *app, const struct pane *pane)
{
	const struct board *board;
	const struct row *row;

	app_open_board(app, str_from(pane_board(pane)), STR(""),
		       pane_selected(pane, &board, &row) ? row->key : STR(""));
}

/* The pane first, then the board in it. */
static void zoom(struct overview *o, struct app *app)
{
	if (o->is_zoomed)
		open_board(app, &o->panes[o->focus]);
	o->is_zoomed = true;
	app_tell_wanted(app); /* it may show more */
}

static void turn(struct app *app, struct pane *pane, int by)
{
	if (!pane_turn(pane, by))
		app_toast(app, false, "%s has one view", pane->ops->title);
}

static bool move(struct pane *pane, enum act act)
{
	switch ((int)act) {
	case ACT_UP:
		pane_move(pane, -1);
		return true;
	case ACT_DOWN:
		pane_move(pane, 1);
		return true;
	case ACT_PAGE_UP:
		pane_move(pane, -pane->page);
		return true;
	case ACT_PAGE_DOWN:
		pane_move(pane, pane->page);
		return true;
	case ACT_TOP:
		pane_select(pane, 0);
		return true;
	case ACT_BOTTOM:
		pane_select(pane, INT32_MAX);
		return true;
	default:
		return false;
	}
}

static bool overview_act(struct screen *screen, struct app *app, enum act act,
			 struct str arg)
{
	struct overview *o = self(screen);
	struct pane *pane = &o->panes[o->focus];
	const struct board *board;
	const struct row *row;

	if (move(pane, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_FOCUS_NEXT:
		focus_pane(o, app, (int)o->focus + 1);
		return true;
	case ACT_FOCUS_PREV:
		focus_pane(o, app, (int)o->focus - 1);
		return true;
	case ACT_LEFT:
		focus_beside(o, app, -1);
		return true;
	case ACT_RIGHT:
		focus_beside(o, app, 1);
		return true;
	case ACT_PANE:
		return focus_named(o, app, arg);
	case ACT_OPEN:
		if (pane_selected(pane, &board, &row) &&
		    !(pane->ops->open && pane->ops->open(app, board, row)))
			app_enter_row(app, board, row);
		return true;
	case ACT_ZOOM:
		zoom(o, app);
		return true;
	case ACT_VIEW_NEXT:
	case ACT_VIEW_PREV:
		turn(app, pane, act == ACT_VIEW_NEXT ? 1 : -1);
		return true;
	case ACT_ACKNOWLEDGE:
		if (pane_selected(pane, &board, &row))
			app_acknowledge(app, board, row);
		return true;
	case ACT_ON_ROW:
		if (pane_selected(pane, &board, &row))
			app_offer(app, board, row);
		return true;
	case ACT_THEN:
		if (pane_selected(pane, &board, &row))
			app_then(app, board, row);
		return true;
	case ACT_COPY_ROW:
		copy_row(app, pane);
		return true;
	default:
		return false;
	}
}

static void overview_hit(struct screen *screen, struct app *app, const struct hit *hit,
			 const struct event *event)
{
	struct overview *o = self(screen);

	if (hit->kind != HIT_PANE && hit->kind != HIT_ROW)
		return;
	if (hit->pane >= 0 && hit->pane < (int)n_panes)
		focus_pane(o, app, hit->pane);
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		pane_move(&o->panes[o->focus], event->button == MOUSE_WHEEL_UP ? -1 : 1);
		return;
	}
	if (hit->kind == HIT_ROW) {
		pane_select(&o->panes[o->focus], hit->index);
		if (event->is_double)
			overview_act(screen, app, ACT_OPEN, STR(""));
	} else if (event->is_double) {
		overview_act(screen, app, ACT_ZOOM, STR(""));
	}
}

static bool overview_back(struct screen *screen, struct app *app)
{
	bool was_zoomed = self(screen)->is_zoomed;

	self(screen)->is_zoomed = false;
	if (was_zoomed)
		app_tell_wanted(app);
	return was_zoomed;
}

static bool overview_selected(struct screen *screen, struct app *app,
			      const struct board **board, const struct row **row)
{
	(void)app;
	return pane_selected(&self(screen)->panes[self(screen)->focus], board, row);
}

static const char *const hints[] = {"open", "zoom",    "focus-next", "worst",
				    "help", "command", "quit",	     NULL};

static const struct screen_ops overview_ops = {
	.name = "overview",
	.context = CONTEXT_OVERVIEW,
	.hints = hints,
	.free = overview_free,
	.draw = overview_draw,
	.want = overview_want,
	.act = overview_act,
	.hit = overview_hit,
	.back = overview_back,
	.selected = overview_selected,
};

struct screen *overview_new(void)
{
	struct overview *o = xcalloc(1, sizeof(*o));

	o->screen.ops = &overview_ops;
	for (size_t i = 0; i < n_panes; i++)
		pane_init(&o->panes[i], panes[i]);
	return &o->screen;
}
