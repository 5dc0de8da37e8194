/* A board full screen: its rule, its table, what keys and clicks do to it.
 * Thread: ui. */
#include "tui/pane/table_screen.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/widget/age.h"
#include "tui/widget/frame.h"
#include "tui/widget/table.h"

#define MAX_COPY_BYTES ((size_t)1 << 20)
#define WHEEL_ROWS     3

struct table_screen {
	struct screen screen;
	struct table table;
	char *given;	 /* filter it was opened with; NULL: none */
	char *first_key; /* row to begin at, until the board came; NULL: none */
};

static struct table_screen *self(struct screen *screen)
{
	return (struct table_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	table_fini(&self(screen)->table);
	free(self(screen)->given);
	free(self(screen)->first_key);
	free(screen);
}

static void screen_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	want_add(set, self(screen)->table.def->name);
}

static void follow(struct table_screen *t, struct app *app)
{
	struct board *board = app_board(app, t->table.def->name);

	table_follow(&t->table, board, app_look(app).now_ms);
	if (t->first_key && board && board->n_rows > 0) {
		table_select_key(&t->table, str_from(t->first_key));
		free(t->first_key);
		t->first_key = NULL;
	}
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct table_screen *t = self(screen);
	struct surface body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 1);
	const struct board *board;
	struct strbuf age;
	enum role role;

	follow(t, app);
	board = t->table.view.board;
	strbuf_init(&age, 120);
	role = age_text(&age, board, look->now_ms);
	rule_put(look, s, 0,
		 &(struct rule){.title = t->table.def->title,
				.has_focus = true,
				.by_sev = board ? board->by_sev : NULL,
				.note = strbuf_str(&age),
				.note_role = role});
	strbuf_fini(&age);
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	table_draw(&t->table, look, &body);
}

static void set_filter(struct table_screen *t, struct app *app, struct str text)
{
	struct err err = {0};

	strbuf_reset(&app->prompt.note);
	if (!table_filter(&t->table, text, &err)) {
		strbuf_puts(&app->prompt.note, err.text);
		if (!prompt_is_open(&app->prompt))
			app_toast(app, true, "%s", err.text);
	} else if (t->table.view.board) {
		strbuf_printf(&app->prompt.note, "%zu of %zu rows", t->table.view.n,
			      t->table.view.board->n_rows);
	}
}

static void copy(struct table_screen *t, struct app *app, enum act act)
{
	const struct row *row = view_row(&t->table.view);
	struct look look = app_look(app);
	struct strbuf text;

	if (!row) {
		app_toast(app, false, "nothing to copy");
		return;
	}
	strbuf_init(&text, MAX_COPY_BYTES);
	if (act == ACT_COPY_CELL) {
		table_copy_cell(&t->table, &look, &text);
		app_copy(app, strbuf_str(&text), "cell");
	} else if (act == ACT_COPY_ROW) {
		app_copy(app, row->raw.n > 0 ? row->raw : row->key, "row");
	} else {
		table_copy(&t->table, &look, &text);
		if (text.overflow)
			app_toast(app, true,
				  "the table is too large to copy: filter it first");
		else
			app_copy(app, strbuf_str(&text), "table");
	}
	strbuf_fini(&text);
}

static bool move(struct table_screen *t, enum act act)
{
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		table_move(&t->table, -1);
		return true;
	case ACT_DOWN:
		table_move(&t->table, 1);
		return true;
	case ACT_PAGE_UP:
		table_move(&t->table, -t->table.page);
		return true;
	case ACT_PAGE_DOWN:
		table_move(&t->table, t->table.page);
		return true;
	case ACT_TOP:
		view_select(&t->table.view, 0);
		return true;
	case ACT_BOTTOM:
		table_move(&t->table, (ptrdiff_t)t->table.view.n);
		return true;
	case ACT_LEFT:
		table_move_column(&t->table, -1);
		return true;
	case ACT_RIGHT:
		table_move_column(&t->table, 1);
		return true;
	default:
		return false;
	}
}

static bool sort(struct table_screen *t, struct app *app, enum act act, struct str arg)
{
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_SORT:
		if (arg.n == 0)
			table_sort(&t->table, t->table.column);
		else if (!table_sort_named(&t->table, arg))
			app_toast(app, true, "%s has no column '%.*s'",
				  t->table.def->name, STR_ARG(arg));
		return true;
	case ACT_SORT_NEXT:
		table_sort_step(&t->table, 1);
		return true;
	case ACT_SORT_PREV:
		table_sort_step(&t->table, -1);
		return true;
	case ACT_SORT_REVERSE: {
		struct view_order order = t->table.view.order;

		order.is_descending = !order.is_descending;
		view_set_order(&t->table.view, order);
		return true;
	}
	default:
		return false;
	}
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct table_screen *t = self(screen);
	const struct row *row = view_row(&t->table.view);

	if (move(t, act) || sort(t, app, act, arg))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_OPEN:
		if (row)
			app_enter_row(app, t->table.view.board, row);
		return true;
	case ACT_ACKNOWLEDGE:
		if (row)
			app_acknowledge(app, t->table.view.board, row);
		return true;
	case ACT_ON_ROW:
		if (row)
			app_offer(app, t->table.view.board, row);
		return true;
	case ACT_THEN:
		if (row)
			app_then(app, t->table.view.board, row);
		return true;
	case ACT_FILTER:
		set_filter(t, app, arg);
		return true;
	case ACT_MATCH_NEXT:
	case ACT_MATCH_PREV:
		if (!table_match(&t->table, act == ACT_MATCH_NEXT ? 1 : -1))
			app_toast(app, false,
				  t->table.search.n > 0 ? "no row matches '%s'"
							: "no filter yet%s",
				  t->table.search.p);
		return true;
	case ACT_COPY_CELL:
	case ACT_COPY_ROW:
	case ACT_COPY_TABLE:
		copy(t, app, act);
		return true;
	default:
		return false;
	}
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct table_screen *t = self(screen);

	if (event->button == MOUSE_WHEEL_UP)
		table_move(&t->table, -WHEEL_ROWS);
	else if (event->button == MOUSE_WHEEL_DOWN)
		table_move(&t->table, WHEEL_ROWS);
	else if (event->button != MOUSE_LEFT)
		return;
	else if (hit->kind == HIT_HEADING)
		table_sort(&t->table, (size_t)hit->index);
	else if (hit->kind == HIT_ROW) {
		view_select(&t->table.view, (size_t)hit->index);
		if (event->is_double)
			screen_act(screen, app, ACT_OPEN, STR(""));
	}
}

static void screen_news(struct screen *screen, struct app *app, const struct board *board)
{
	if (strcmp(board->def->name, self(screen)->table.def->name) == 0)
		follow(self(screen), app);
}

/* Back from a link is back to where it was: only a filter typed here goes first. */
static bool screen_back(struct screen *screen, struct app *app)
{
	const struct table_screen *t = self(screen);

	if (t->table.filter.n == 0 ||
	    (t->given && str_eq(strbuf_str(&t->table.filter), str_from(t->given))))
		return false;
	set_filter(self(screen), app, STR(""));
	return true;
}

static bool screen_selected(struct screen *screen, struct app *app,
			    const struct board **board, const struct row **row)
{
	(void)app;
	*board = self(screen)->table.view.board;
	*row = view_row(&self(screen)->table.view);
	return *row != NULL;
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	const struct table *table = &self(screen)->table;
	const struct board_view *view = &table->view;

	(void)app;
	if (!view->board)
		return;
	if (table->filter.n > 0)
		strbuf_printf(out, "/%s  %zu of %zu", table->filter.p, view->n,
			      view->board->n_rows);
	else
		strbuf_printf(out, "%zu/%zu", view->n > 0 ? view->selected + 1 : 0,
			      view->n);
}

static const char *const hints[] = {"back", "open",	  "filter",
				    "act",  "sort-next",  "sort-reverse",
				    "help", "match-next", "refresh",
				    NULL};

static const struct screen_ops table_screen_ops = {
	.name = "board",
	.context = CONTEXT_TABLE,
	.hints = hints,
	.filter_hint = "word  \"a phrase\"  !not  column:word  column>80  /regex/",
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = screen_act,
	.hit = screen_hit,
	.news = screen_news,
	.back = screen_back,
	.selected = screen_selected,
	.status = screen_status,
};

struct screen *table_screen_new(struct app *app, const struct board_def *def,
				struct str filter, struct str key)
{
	struct table_screen *t = xcalloc(1, sizeof(*t));

	t->screen.ops = &table_screen_ops;
	table_init(&t->table, def);
	if (key.n > 0)
		t->first_key = xstrndup(key.p, key.n);
	if (filter.n > 0) {
		t->given = xstrndup(filter.p, filter.n);
		set_filter(t, app, filter);
	}
	follow(t, app);
	return &t->screen;
}
