/* What the deck is to show: lists of what the sign-in sees, one after the other, with
 * marks. What could not be listed says why, and is gone past. */
#include <stdlib.h>

#include "base/count.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"
#include "tui/list.h"
#include "tui/prompt.h"
#include "tui/widget/mark.h"

enum { LEFT = 3, BOX_CELLS = 4, NAME_CELLS = 30, MORE_FROM_W = 60 };

static const struct {
	const char *title, *none, *sure;
} steps[] = {
	[FIRST_SUBSCRIPTIONS] = {"Subscriptions",
				 "This sign-in sees no subscription: it needs a role on "
				 "one, Reader is enough; or its tenant is another one.",
				 "mark a subscription"},
	[FIRST_CLUSTERS] = {"Clusters", "There is no AKS cluster in them.", NULL},
	[FIRST_ORGANIZATIONS] = {"DevOps",
				 "This account is in no Azure DevOps organization.",
				 NULL},
	[FIRST_PROJECTS] = {"Projects", "There is no project to see.", NULL},
};

struct choose {
	struct screen screen;
	enum first_list step;
	size_t at, top;
	int page;
	struct strbuf filter;
	VEC(size_t) shown; /* rows of the list */
};

static struct choose *self(struct screen *screen)
{
	return (struct choose *)screen;
}

static void choose_free(struct screen *screen)
{
	vec_fini(&self(screen)->shown);
	strbuf_fini(&self(screen)->filter);
	free(screen);
}

static bool has_text(const char *text, struct str wanted)
{
	struct str rest = str_from(text);

	for (; rest.n >= wanted.n && rest.n; rest = str_sub(rest, 1, rest.n)) {
		if (str_starts_nocase(rest, wanted))
			return true;
	}
	return false;
}

static void find_shown(struct choose *c, const struct first_state *first)
{
	const struct first_table *t = &first->lists[c->step];
	struct str filter = strbuf_str(&c->filter);

	c->shown.n = 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct first_item *item = t->rows.p[i].item;

		if (first_is_offered(first, c->step, i) &&
		    (!filter.n || has_text(item->name, filter) ||
		     has_text(item->id, filter) || has_text(item->group, filter) ||
		     has_text(item->parent, filter)))
			vec_push(&c->shown, i);
	}
	if (c->at >= c->shown.n)
		c->at = c->shown.n ? c->shown.n - 1 : 0;
}

/* The steps in a line, with what is marked in each. */
static void draw_steps(const struct choose *c, const struct first_state *first,
		       struct surface *s)
{
	int x = LEFT;

	for (int i = 0; i < FIRST_LISTS && x < surface_w(s); i++) {
		size_t n_offered,
			n = first_count_marked(first, (enum first_list)i, &n_offered);
		bool is_here = (int)c->step == i;

		x += surface_printf(s, x, 1, is_here ? ROLE_TITLE_FOCUS : ROLE_DIM,
				    "%s%d %s", is_here ? ">" : "", i + 1, steps[i].title);
		if (first->lists[i].rows.n)
			x += surface_printf(s, x, 1, ROLE_DIM, " %zu/%zu", n, n_offered);
		x += 3;
	}
}

static const char *subscription_name(const struct first_state *first, const char *id)
{
	const struct first_table *t = &first->lists[FIRST_SUBSCRIPTIONS];
	const struct first_row *row;

	vec_each (row, &t->rows) {
		if (id && strcmp(row->item->id, id) == 0)
			return row->item->name;
	}
	return id ? id : "";
}

/* What tells it apart from one of the same name. */
static void put_more(struct strbuf *out, const struct choose *c,
		     const struct first_state *first, const struct first_item *item)
{
	if (c->step == FIRST_CLUSTERS)
		strbuf_printf(out, "%s  %s", item->group ? item->group : "",
			      subscription_name(first, item->parent));
	else if (c->step == FIRST_PROJECTS)
		strbuf_puts(out, item->parent);
	else if (c->step == FIRST_SUBSCRIPTIONS)
		strbuf_puts(out, item->id);
}

static void draw_row(struct choose *c, struct app *app, const struct look *look,
		     struct surface *s, int y, size_t i)
{
	const struct first_row *row = &app->first->lists[c->step].rows.p[c->shown.p[i]];
	int w = surface_w(s), x = LEFT + BOX_CELLS;
	int name_w = w < MORE_FROM_W ? w - x - 1 : NAME_CELLS;
	struct strbuf more;

	surface_puts(s, LEFT, y, row->is_marked ? ROLE_OK : ROLE_DIM,
		     row->is_marked ? "[x]" : "[ ]");
	surface_put_fit(s, x, y, name_w, row->is_marked ? ROLE_STRONG : ROLE_TEXT,
			str_from(row->item->name), false);
	if (w >= MORE_FROM_W) {
		strbuf_init(&more, 1000);
		put_more(&more, c, app->first, row->item);
		x += name_w + 2;
		if (row->item->note)
			x += surface_puts(s, x, y, ROLE_WARN, row->item->note) + 2;
		surface_put_fit(s, x, y, w - x - 1, ROLE_DIM, strbuf_str(&more), false);
		strbuf_fini(&more);
	}
	if (i == c->at)
		mark_cursor(look, s, y, LEFT, BOX_CELLS + NAME_CELLS);
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
}

/* In place of rows, or under them: what the list is not, and why. */
static void draw_lack(const struct choose *c, const struct first_state *first,
		      const struct look *look, struct surface *s, int y)
{
	const struct first_table *t = &first->lists[c->step];
	int w = first_page_width(s);
	char text[600];

	if (t->err.code != ERR_NONE) {
		snprintf(text, sizeof(text), "%s: %s",
			 t->rows.n ? "not all could be listed" : "these cannot be listed",
			 t->err.text);
		y += first_page_put(s, LEFT, y, w, ROLE_WARN, text);
		if (!t->rows.n)
			first_page_put(
				s, LEFT, y + 1, w, ROLE_DIM,
				"enter goes on without; the configuration says how to "
				"add them.");
	} else if (t->n_awaited) {
		first_page_put(s, LEFT, y, w, ROLE_DIM,
			       look_pick(look, "asking…", "asking..."));
	} else if (!c->shown.n) {
		first_page_put(s, LEFT, y, w, ROLE_DIM,
			       c->filter.n ? "nothing here matches the filter"
					   : steps[c->step].none);
	}
}

static void choose_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct choose *c = self(screen);
	const struct first_table *t = &app->first->lists[c->step];
	bool has_lack = t->err.code != ERR_NONE || t->n_awaited;
	int y = 3, h = surface_h(s) - y;

	find_shown(c, app->first);
	first_page_begin(look, s, "What to show", "");
	draw_steps(c, app->first, s);
	if (has_lack && c->shown.n)
		h -= 3;
	c->page = h < 1 ? 1 : h;
	c->top = list_top(c->top, c->at, (size_t)c->page);
	for (int i = 0; i < c->page && c->top + (size_t)i < c->shown.n; i++)
		draw_row(c, app, look, s, y + i, c->top + (size_t)i);
	draw_lack(c, app->first, look, s, c->shown.n ? y + c->page + 1 : y);
}

static void move(struct choose *c, ptrdiff_t step)
{
	ptrdiff_t last = (ptrdiff_t)c->shown.n - 1, at = (ptrdiff_t)c->at + step;

	at = at > last ? last : at;
	c->at = at < 0 ? 0 : (size_t)at;
}

static void toggle(struct choose *c, struct app *app)
{
	struct first_table *t = &app->first->lists[c->step];

	if (c->at < c->shown.n)
		t->rows.p[c->shown.p[c->at]].is_marked ^= true;
}

/* All in sight of the filter, or none when all are. */
static void toggle_all(struct choose *c, struct app *app)
{
	struct first_table *t = &app->first->lists[c->step];
	bool has_unmarked = false;

	for (size_t i = 0; i < c->shown.n; i++)
		has_unmarked = has_unmarked || !t->rows.p[c->shown.p[i]].is_marked;
	for (size_t i = 0; i < c->shown.n; i++)
		t->rows.p[c->shown.p[i]].is_marked = has_unmarked;
}

static void go_to(struct choose *c, enum first_list step)
{
	c->step = step;
	c->at = c->top = 0;
	strbuf_reset(&c->filter);
}

/* Without an organization there is no project. */
static bool is_last(const struct choose *c, const struct first_state *first)
{
	size_t n_offered;

	return c->step == FIRST_PROJECTS ||
	       (c->step == FIRST_ORGANIZATIONS &&
		first_count_marked(first, FIRST_ORGANIZATIONS, &n_offered) == 0);
}

static void go_on(struct choose *c, struct app *app)
{
	struct first_state *first = app->first;
	size_t n_offered, n = first_count_marked(first, c->step, &n_offered);

	if (first->lists[c->step].n_awaited) {
		app_toast(app, false, "the answer is still to come");
		return;
	}
	if (steps[c->step].sure && n_offered && !n) {
		app_toast(app, true, "%s, or there is nothing to show",
			  steps[c->step].sure);
		return;
	}
	first_state_leave(first, c->step);
	if (is_last(c, first))
		app_push(app, first_preview_new());
	else
		go_to(c, (enum first_list)(c->step + 1));
}

static bool go_back(struct choose *c)
{
	if (c->filter.n > 0) {
		strbuf_reset(&c->filter);
		return true;
	}
	if (c->step == FIRST_SUBSCRIPTIONS)
		return false;
	go_to(c, (enum first_list)(c->step - 1));
	return true;
}

static bool choose_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct choose *c = self(screen);

	/* Keys that came in one read are not drawn in between. */
	find_shown(c, app->first);
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		move(c, -1);
		return true;
	case ACT_DOWN:
		move(c, 1);
		return true;
	case ACT_PAGE_UP:
		move(c, -c->page);
		return true;
	case ACT_PAGE_DOWN:
		move(c, c->page);
		return true;
	case ACT_TOP:
		c->at = 0;
		return true;
	case ACT_BOTTOM:
		move(c, (ptrdiff_t)c->shown.n);
		return true;
	case ACT_MARK:
		toggle(c, app);
		move(c, 1);
		return true;
	case ACT_MARK_ALL:
		toggle_all(c, app);
		return true;
	case ACT_FILTER:
		strbuf_reset(&c->filter);
		strbuf_put(&c->filter, arg);
		return true;
	case ACT_RIGHT:
	case ACT_OPEN:
		go_on(c, app);
		return true;
	case ACT_LEFT:
		go_back(c);
		return true;
	default:
		return false;
	}
}

static void choose_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct choose *c = self(screen);

	if (event->button == MOUSE_WHEEL_UP) {
		move(c, -1);
	} else if (event->button == MOUSE_WHEEL_DOWN) {
		move(c, 1);
	} else if (hit->kind == HIT_ROW) {
		c->at = (size_t)hit->index;
		toggle(c, app);
	}
}

static bool choose_back(struct screen *screen, struct app *app)
{
	if (go_back(self(screen)))
		return true;
	first_state_stop(app->first);
	return false;
}

static void choose_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	struct choose *c = self(screen);

	(void)app;
	if (c->filter.n)
		strbuf_printf(out, "/%s  ", c->filter.p);
	strbuf_printf(out, "%zu/%zu", c->shown.n ? c->at + 1 : 0, c->shown.n);
}

static const char *const hints[] = {"mark",   "mark-all", "open", "back",
				    "filter", "quit",	  NULL};

static const struct screen_ops choose_ops = {
	.name = "first-choose",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.filter_hint = "part of a name",
	.free = choose_free,
	.draw = choose_draw,
	.act = choose_act,
	.hit = choose_hit,
	.back = choose_back,
	.status = choose_status,
};

struct screen *first_choose_new(void)
{
	struct choose *c = xcalloc(1, sizeof(*c));

	c->screen.ops = &choose_ops;
	strbuf_init(&c->filter, PROMPT_MAX_BYTES);
	return &c->screen;
}
