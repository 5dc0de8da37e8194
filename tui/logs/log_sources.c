/* See log_sources.h. Each source is followed for as long as the screen is there; Enter
 * opens the log itself, of the same lines. */
#include "tui/logs/log_sources.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/list.h"
#include "tui/logs/log_draw.h"
#include "tui/logs/log_screen.h"
#include "tui/logs/log_strip.h"
#include "tui/logs/log_view.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

enum {
	SOURCES_MOST = 12,
	NAME_W = 20,
	COUNT_W = 9,
	STATE_FROM_W = 64,
	STRIP_FROM_H = 14
};

struct log_sources {
	struct screen screen;
	VEC(struct log_view) views;
	size_t cursor;
};

static struct log_sources *self(struct screen *screen)
{
	return (struct log_sources *)screen;
}

static void screen_free(struct screen *screen)
{
	struct log_view *v;

	vec_each (v, &self(screen)->views)
		log_view_fini(v);
	vec_fini(&self(screen)->views);
	free(screen);
}

static uint64_t count(const struct log_client *c, enum line_level from,
		      enum line_level to)
{
	uint64_t n = 0;

	for (size_t i = 0; c->histogram && i < c->histogram->n; i++) {
		for (int level = (int)from; level <= (int)to; level++)
			n += c->histogram->bucket[i].lines[level];
	}
	return n;
}

static void put_count(struct surface *s, int x, int y, uint64_t n, enum role role)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, n);
	surface_put_fit(s, x, y, COUNT_W, n ? role : ROLE_DIM, str_from(text), true);
}

static enum severity worst_of(const struct log_client *c)
{
	if (c->live.state == LIVE_FAILED)
		return SEV_UNKNOWN;
	if (count(c, LINE_ERROR, LINE_CRITICAL) > 0)
		return SEV_CRIT;
	return count(c, LINE_WARNING, LINE_WARNING) > 0 ? SEV_WARN : SEV_NONE;
}

static void draw_source(const struct log_sources *l, const struct look *look,
			struct surface *s, size_t i, int y)
{
	const struct log_client *c = l->views.p[i].client;
	int x = LOG_GUTTER, w = surface_w(s);
	struct strbuf state;

	mark_put(look, s, 1, y, worst_of(c));
	surface_put_fit(s, x, y, NAME_W, ROLE_STRONG, str_from(c->name), false);
	x += NAME_W;
	put_count(s, x, y, count(c, LINE_ERROR, LINE_CRITICAL), ROLE_CRIT);
	put_count(s, x + COUNT_W, y, count(c, LINE_WARNING, LINE_WARNING), ROLE_WARN);
	put_count(s, x + 2 * COUNT_W, y, c->state.lines, ROLE_TEXT);
	x += 3 * COUNT_W + 2;
	if (w >= STATE_FROM_W) {
		strbuf_init(&state, 400);
		strbuf_puts(&state, live_state_name(c->live.state));
		if (c->live.err.text[0])
			strbuf_printf(&state, ": %s", c->live.err.text);
		surface_put_fit(s, x, y, w - x - 1,
				c->live.err.text[0] ? ROLE_WARN : ROLE_DIM,
				strbuf_str(&state), false);
		strbuf_fini(&state);
	}
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
	if (i == l->cursor)
		mark_cursor(look, s, y, LOG_GUTTER, NAME_W);
}

static void draw_heading(struct surface *s)
{
	int x = LOG_GUTTER;

	surface_puts(s, x, 0, ROLE_HEADING, "SOURCE");
	x += NAME_W;
	surface_put_fit(s, x, 0, COUNT_W, ROLE_HEADING, STR("ERRORS"), true);
	surface_put_fit(s, x + COUNT_W, 0, COUNT_W, ROLE_HEADING, STR("WARNINGS"), true);
	surface_put_fit(s, x + 2 * COUNT_W, 0, COUNT_W, ROLE_HEADING, STR("LINES"), true);
	if (surface_w(s) >= STATE_FROM_W)
		surface_puts(s, x + 3 * COUNT_W + 2, 0, ROLE_HEADING, "STATE");
}

/* When the lines of the source under the cursor came, and the last of them. */
static void draw_chosen(struct log_sources *l, const struct look *look, struct surface *s)
{
	struct log_view *v = &l->views.p[l->cursor];
	const struct log_client *c = v->client;
	int strip = surface_h(s) >= STRIP_FROM_H ? 3 : surface_h(s) >= 6 ? 2 : 0;
	struct surface rows =
		surface_sub(s, 0, 1 + strip, surface_w(s), surface_h(s) - 1 - strip);
	struct surface bars =
		surface_sub(s, LOG_GUTTER, 1, surface_w(s) - LOG_GUTTER - 1, strip);

	rule_put(look, s, 0, &(struct rule){.title = c->name});
	if (strip > 0 && c->histogram)
		log_strip_draw(&(struct log_strip){.histogram = c->histogram}, look,
			       &bars);
	log_view_fit(v, surface_w(s) - LOG_GUTTER - 1, surface_h(&rows));
	log_view_follow(v);
	if (log_view_row(v))
		log_draw_rows(v, look, &rows);
	else
		log_draw_empty(c, look, &rows);
}

static void draw_rule(const struct log_sources *l, const struct look *look,
		      struct surface *s)
{
	rule_put(look, s, 0,
		 &(struct rule){.title = "Logs",
				.has_focus = true,
				.note = l->views.n ? STR("of the last ten minutes, live")
						   : STR(""),
				.note_role = ROLE_DIM});
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct log_sources *l = self(screen);
	int n = (int)l->views.n, w = surface_w(s), h = surface_h(s);
	struct surface list = surface_sub(s, 0, 1, w, n + 1);
	struct surface rest = surface_sub(s, 0, n + 3, w, h - n - 3);

	(void)app;
	draw_rule(l, look, s);
	hits_add(look->hits, s, (struct rect){0, 0, w, h},
		 (struct hit){.kind = HIT_BODY});
	if (n == 0) {
		surface_puts(s, LOG_GUTTER, 2, ROLE_DIM,
			     "the configuration names no source of logs");
		return;
	}
	draw_heading(&list);
	for (size_t i = 0; i < l->views.n; i++)
		draw_source(l, look, &list, i, (int)i + 1);
	if (surface_h(&rest) > 2)
		draw_chosen(l, look, &rest);
}

static void move(struct log_sources *l, ptrdiff_t by)
{
	l->cursor = list_move(l->cursor, by, l->views.n);
}

static void open_chosen(struct log_sources *l, struct app *app)
{
	if (l->cursor < l->views.n)
		app_open_logs(app, l->views.p[l->cursor].client->source);
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct log_sources *l = self(screen);
	ptrdiff_t by;

	(void)arg;
	if (list_step(act, SOURCES_MOST, &by))
		move(l, by);
	else if (act == ACT_OPEN)
		open_chosen(l, app);
	else
		return false;
	return true;
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct log_sources *l = self(screen);

	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
		move(l, event->button == MOUSE_WHEEL_UP ? -1 : 1);
	else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW &&
		 (size_t)hit->index < l->views.n) {
		move(l, hit->index - (ptrdiff_t)l->cursor);
		if (event->is_double)
			open_chosen(l, app);
	}
}

static void screen_logs(struct screen *screen, struct app *app,
			const struct log_client *client)
{
	struct log_view *v;

	(void)app;
	vec_each (v, &self(screen)->views) {
		if (v->client != client)
			continue;
		if (client->state.is_open)
			log_client_sum(v->client, true, false);
		log_view_follow(v);
	}
}

static const char *const hints[] = {"back", "open", "help", NULL};

static const struct screen_ops log_sources_ops = {
	.name = "log sources",
	.context = CONTEXT_LOG,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.hit = screen_hit,
	.logs = screen_logs,
};

struct screen *log_sources_new(struct app *app)
{
	struct log_sources *l = xcalloc(1, sizeof(*l));

	l->screen.ops = &log_sources_ops;
	for (size_t i = 0; i < app->n_log_sources && i < SOURCES_MOST; i++) {
		vec_push(&l->views, (struct log_view){0});
		log_view_init(&l->views.p[i],
			      log_client_new_live(app, app->log_sources[i].name));
		l->views.p[i].is_neat = true;
	}
	return &l->screen;
}
