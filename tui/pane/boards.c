/* The list of all boards: what there is to see, and how it stands where something
 * was fetched already. Thread: ui. */
#include "tui/pane/boards.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/list.h"
#include "tui/widget/age.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

#define NAME_CELLS	18
#define CATEGORY_FROM_W 60
#define ROWS_FROM_W	50

struct boards {
	struct screen screen;
	size_t selected, top;
	int page;
	struct strbuf filter;
	VEC(const struct library_entry *) shown;
};

static struct boards *self(struct screen *screen)
{
	return (struct boards *)screen;
}

static void boards_free(struct screen *screen)
{
	vec_fini(&self(screen)->shown);
	strbuf_fini(&self(screen)->filter);
	free(screen);
}

static void choose(struct boards *b, const struct app *app)
{
	const struct library *lib = app->library;
	struct str filter = strbuf_str(&b->filter);

	b->shown.n = 0;
	for (size_t i = 0; lib && i < library_size(lib); i++) {
		const struct library_entry *def = library_entry_at(lib, i);

		if (filter.n == 0 || str_find(str_from(def->name), filter) >= 0 ||
		    str_find(str_from(def->title), filter) >= 0 ||
		    str_find(str_from(def->category), filter) >= 0)
			vec_push(&b->shown, def);
	}
	if (b->selected >= b->shown.n)
		b->selected = b->shown.n > 0 ? b->shown.n - 1 : 0;
}

static void draw_board(const struct boards *b, struct app *app, const struct look *look,
		       struct surface *s, int y, size_t i)
{
	const struct library_entry *def = b->shown.p[i];
	const struct board *board = app_board(app, def->name);
	int w = surface_w(s), x = 3;

	if (board)
		mark_put(look, s, 1, y, board->worst);
	surface_put_fit(s, x, y, NAME_CELLS, ROLE_STRONG, str_from(def->name), false);
	x += NAME_CELLS + 2;
	if (w >= CATEGORY_FROM_W) {
		surface_put_fit(s, x, y, 9, ROLE_DIM, str_from(def->category), false);
		x += 11;
	}
	surface_put_fit(s, x, y, w - x - 22, ROLE_TEXT, str_from(def->title), false);
	if (!board && w >= ROWS_FROM_W)
		surface_puts(s, w - 12, y, ROLE_DIM, "not opened");
	if (board && w >= ROWS_FROM_W) {
		struct strbuf age;
		enum role role;

		strbuf_init(&age, 120);
		role = age_text(&age, board, look->now_ms);
		surface_printf(s, w - 20, y, ROLE_TEXT, "%6zu", board->n_rows);
		surface_put_fit(s, w - 12, y, 11, role, strbuf_str(&age), false);
		strbuf_fini(&age);
	}
	if (i == b->selected)
		mark_cursor(look, s, y, 3, NAME_CELLS);
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
}

static void draw_heading(struct surface *s, int y)
{
	int w = surface_w(s), x = 3 + NAME_CELLS + 2;

	surface_puts(s, 3, y, ROLE_HEADING, "BOARD");
	if (w >= CATEGORY_FROM_W) {
		surface_puts(s, x, y, ROLE_HEADING, "CATEGORY");
		x += 11;
	}
	surface_puts(s, x, y, ROLE_HEADING, "TITLE");
	if (w >= ROWS_FROM_W) {
		surface_puts(s, w - 18, y, ROLE_HEADING, "ROWS");
		surface_puts(s, w - 12, y, ROLE_HEADING, "FETCHED");
	}
}

static void boards_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct boards *b = self(screen);
	int h = surface_h(s) - 2;

	choose(b, app);
	surface_fill(s, 0, 0, surface_w(s), surface_h(s), ROLE_TEXT);
	rule_put(look, s, 0, &(struct rule){.title = "Boards", .has_focus = true});
	draw_heading(s, 1);
	b->page = h;
	b->top = list_top(b->top, b->selected, h > 0 ? (size_t)h : 0);
	if (b->shown.n == 0)
		surface_printf(s, 3, 2, ROLE_DIM,
			       b->filter.n > 0 ? "no board matches '%s'"
					       : "no board is known%s",
			       b->filter.p);
	for (int i = 0; i < h && b->top + (size_t)i < b->shown.n; i++)
		draw_board(b, app, look, s, i + 2, b->top + (size_t)i);
}

static void move(struct boards *b, int step)
{
	ptrdiff_t last = (ptrdiff_t)b->shown.n - 1, at = (ptrdiff_t)b->selected + step;

	at = at > last ? last : at;
	b->selected = at < 0 ? 0 : (size_t)at;
}

static bool boards_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct boards *b = self(screen);

	choose(b, app);	    /* the library may be another one than that drawn */
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		move(b, -1);
		return true;
	case ACT_DOWN:
		move(b, 1);
		return true;
	case ACT_PAGE_UP:
		move(b, -b->page);
		return true;
	case ACT_PAGE_DOWN:
		move(b, b->page);
		return true;
	case ACT_TOP:
		b->selected = 0;
		return true;
	case ACT_BOTTOM:
		move(b, (int)b->shown.n);
		return true;
	case ACT_FILTER:
		strbuf_reset(&b->filter);
		strbuf_put(&b->filter, arg);
		return true;
	case ACT_OPEN:
		if (b->selected < b->shown.n)
			app_open_board(app, str_from(b->shown.p[b->selected]->name),
				       STR(""), STR(""));
		return true;
	default:
		return false;
	}
}

static void boards_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct boards *b = self(screen);

	if (event->button == MOUSE_WHEEL_UP)
		move(b, -1);
	else if (event->button == MOUSE_WHEEL_DOWN)
		move(b, 1);
	else if (hit->kind == HIT_ROW) {
		b->selected = (size_t)hit->index;
		if (event->is_double)
			boards_act(screen, app, ACT_OPEN, STR(""));
	}
}

static bool boards_back(struct screen *screen, struct app *app)
{
	bool had_filter = self(screen)->filter.n > 0;

	(void)app;
	strbuf_reset(&self(screen)->filter);
	return had_filter;
}

static void boards_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	struct boards *b = self(screen);

	(void)app;
	strbuf_printf(out, "%zu/%zu", b->shown.n > 0 ? b->selected + 1 : 0, b->shown.n);
}

static const char *const hints[] = {"back", "open", "filter", "help", NULL};

static const struct screen_ops boards_ops = {
	.name = "boards",
	.context = CONTEXT_TABLE,
	.hints = hints,
	.filter_hint = "part of a name",
	.free = boards_free,
	.draw = boards_draw,
	.act = boards_act,
	.hit = boards_hit,
	.back = boards_back,
	.status = boards_status,
};

struct screen *boards_new(void)
{
	struct boards *b = xcalloc(1, sizeof(*b));

	b->screen.ops = &boards_ops;
	strbuf_init(&b->filter, PROMPT_MAX_BYTES);
	return &b->screen;
}
