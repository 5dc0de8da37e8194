/* The list of changes: what waits for whom, what runs, what came of it. Whoever approves,
 * runs or rejects one does it on its own screen, where the plan is to be read. Thread:
 * ui. */
#include <stdlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/change/change_text.h"
#include "tui/list.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

enum { STATE_X = 3, STATE_W = 11, TEXT_BYTES = 512 };

struct proposals {
	struct screen screen;
	char id[PLAN_ID_BYTES + 1]; /* of the selected one */
	size_t top;
	size_t page;
};

static struct proposals *self(struct screen *screen)
{
	return (struct proposals *)screen;
}

static void screen_free(struct screen *screen)
{
	free(screen);
}

static size_t size_of(const struct app *app)
{
	return app->changes ? changes_size(app->changes) : 0;
}

/* The one it stood on, wherever that is now. */
static size_t selected(const struct proposals *p, const struct app *app)
{
	for (size_t i = 0; i < size_of(app); i++) {
		if (strcmp(changes_at(app->changes, i)->plan->id, p->id) == 0)
			return i;
	}
	return 0;
}

static void select_at(struct proposals *p, const struct app *app, size_t at)
{
	if (at < size_of(app))
		snprintf(p->id, sizeof(p->id), "%s",
			 changes_at(app->changes, at)->plan->id);
}

static enum role role_of(const struct act_change *c)
{
	if (c->state == CHANGE_ENDED)
		return change_outcome_role(c->outcome);
	return c->state == CHANGE_PROPOSED || c->state == CHANGE_APPROVED ? ROLE_STRONG
	       : c->state >= CHANGE_REJECTED				  ? ROLE_DIM
									  : ROLE_INFO;
}

static void put_age(struct strbuf *out, const struct act_change *c, int64_t now_ms)
{
	bool is_open = c->state == CHANGE_PROPOSED || c->state == CHANGE_APPROVED;
	int64_t left_ms = c->plan->expires_ms - now_ms;

	duration_format(out, now_ms - c->plan->made_ms > 1000 ? now_ms - c->plan->made_ms
							      : 1000);
	if (!is_open)
		return;
	strbuf_puts(out, left_ms > 0 ? ", ends in " : ", expired");
	if (left_ms > 0)
		duration_format(out, left_ms);
}

static void draw_change(struct app *app, const struct look *look, struct surface *s,
			int y, size_t i, bool is_selected)
{
	const struct act_change *c = changes_at(app->changes, i);
	int w = surface_w(s), x = STATE_X + STATE_W + 1;
	struct strbuf text;

	strbuf_init(&text, TEXT_BYTES);
	surface_put_fit(s, STATE_X, y, STATE_W, role_of(c), str_from(act_change_word(c)),
			false);
	strbuf_printf(&text, "%s  ", c->plan->target);
	x += surface_puts(s, x, y, ROLE_STRONG, text.p);
	strbuf_reset(&text);
	put_age(&text, c, clock_wall_ms(app->options.clock));
	strbuf_printf(&text, "  %s", c->plan->by);
	if (w - x > 20)
		surface_put_fit(s, x, y, w - x - 1, ROLE_DIM, strbuf_str(&text), true);
	strbuf_reset(&text);
	strbuf_printf(&text, "%s: ", c->plan->title);
	change_put_diff(&text, look, c->plan);
	if (c->needs_second && c->state == CHANGE_PROPOSED)
		strbuf_puts(&text, ", needs a second person");
	if (c->why && c->why[0])
		strbuf_printf(&text, "; %s", c->why);
	surface_put_fit(s, STATE_X + STATE_W + 1, y + 1, w - STATE_X - STATE_W - 2,
			ROLE_TEXT, strbuf_str(&text), false);
	strbuf_fini(&text);
	if (is_selected)
		mark_cursor(look, s, y, STATE_X, STATE_W);
	hits_add(look->hits, s, (struct rect){0, y, w, 2},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct proposals *p = self(screen);
	size_t at = selected(p, app), n = size_of(app);

	surface_fill(s, 0, 0, surface_w(s), surface_h(s), ROLE_TEXT);
	rule_put(look, s, 0,
		 &(struct rule){.title = "Proposals and runs", .has_focus = true});
	p->page = (size_t)((surface_h(s) - 1) / 3);
	p->page = p->page ? p->page : 1;
	p->top = list_top(p->top, at, p->page);
	if (n == 0)
		surface_puts(s, STATE_X, 2, ROLE_DIM,
			     "Nothing is proposed, and nothing runs.");
	for (size_t i = p->top; i < n && i < p->top + p->page; i++)
		draw_change(app, look, s, 1 + (int)(i - p->top) * 3, i, i == at);
}

static const struct act_change *current(const struct proposals *p, struct app *app)
{
	if (size_of(app) > 0)
		return changes_at(app->changes, selected(p, app));
	app_toast(app, false, "there is none");
	return NULL;
}

/* The plan first, then what was pressed, over it. */
static void open_change(struct proposals *p, struct app *app, enum act act)
{
	const struct act_change *change = current(p, app);

	if (!change)
		return;
	app_push(app, change_screen_of(app, change));
	if (act != ACT_OPEN)
		app_act(app, act, STR(""));
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct proposals *p = self(screen);
	ptrdiff_t by;

	(void)arg;
	if (list_step(act, (int)p->page, &by)) {
		select_at(p, app, list_move(selected(p, app), by, size_of(app)));
		return true;
	}
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_OPEN:
	case ACT_APPROVE:
	case ACT_RUN:
	case ACT_REJECT:
	case ACT_STOP:
	case ACT_FORGET:
	case ACT_PLAN_AGAIN:
	case ACT_UNDO:
		open_change(p, app, act);
		return true;
	default:
		return false;
	}
}

static void screen_changed(struct screen *screen, struct app *app,
			   const struct change_news *news)
{
	(void)screen;
	(void)news;
	app_dirty(app);
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct proposals *p = self(screen);
	ptrdiff_t by = event->button == MOUSE_WHEEL_UP ? -1 : 1;

	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		select_at(p, app, list_move(selected(p, app), by, size_of(app)));
	} else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW) {
		select_at(p, app, (size_t)hit->index);
		if (event->is_double)
			open_change(p, app, ACT_OPEN);
	}
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	size_t n = size_of(app);

	if (n > 0)
		strbuf_printf(out, "%zu/%zu", selected(self(screen), app) + 1, n);
}

static const char *const hints[] = {"back",   "open", "run",  "approve",
				    "reject", "stop", "help", NULL};

static const struct screen_ops proposals_ops = {
	.name = "proposals",
	.context = CONTEXT_CHANGE,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.changed = screen_changed,
	.hit = screen_hit,
	.status = screen_status,
};

struct screen *proposals_screen_new(void)
{
	struct proposals *p = xcalloc(1, sizeof(*p));

	p->screen.ops = &proposals_ops;
	return &p->screen;
}

void change_put_badge(const struct changes *changes, struct strbuf *out)
{
	size_t n_waiting = changes ? changes_waiting(changes) : 0, n_running = 0;

	for (size_t i = 0; changes && i < changes_size(changes); i++) {
		enum change_state state = changes_at(changes, i)->state;

		n_running += state == CHANGE_RUNNING || state == CHANGE_FOLLOWING ||
			     state == CHANGE_CHECKING;
	}
	if (n_waiting)
		strbuf_printf(out, "%zu wait%s", n_waiting, n_waiting == 1 ? "s" : "");
	if (n_running)
		strbuf_printf(out, "%s%zu run%s", n_waiting ? ", " : "", n_running,
			      n_running == 1 ? "s" : "");
}
