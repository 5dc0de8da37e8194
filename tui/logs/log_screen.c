/* See log_screen.h. */
#include "tui/logs/log_screen_part.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/logs/log_clusters.h"
#include "tui/logs/log_draw.h"
#include "tui/logs/log_line.h"
#include "tui/logs/log_strip.h"
#include "tui/widget/frame.h"

enum {
	WHEEL_ROWS = 3,
	STRIP_FROM_H = 14,
	TALL_STRIP_FROM_H = 34,
	/* Larger files are summed up when somebody asks. */
	STRIP_AUTO_BYTES = 64 << 20,
};

static struct log_screen *self(struct screen *screen)
{
	return (struct log_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	struct log_screen *l = self(screen);
	struct log_view *v;

	vec_each (v, &l->views)
		log_view_fini(v);
	vec_fini(&l->views);
	wanted_fini(&l->before);
	free(l);
}

bool log_screen_has_strip(struct log_screen *l)
{
	const struct log_client *c = log_screen_view(l)->client;

	if (l->strip == LOG_STRIP_AUTO)
		return l->h >= STRIP_FROM_H && c->state.is_open &&
		       (c->state.is_ring || c->state.end <= STRIP_AUTO_BYTES);
	return l->strip == LOG_STRIP_ON;
}

static int strip_lines(struct log_screen *l)
{
	if (!log_screen_has_strip(l) || l->h < 6 || !log_view_row(log_screen_view(l)))
		return 0;
	return l->h >= TALL_STRIP_FROM_H ? 4 : 2;
}

/* Once there is something to see: what is summed up holds nothing up. */
static void sum(struct log_screen *l)
{
	struct log_client *c = log_screen_view(l)->client;

	if (c->state.is_open && c->page)
		log_client_sum(c, log_screen_has_strip(l) || c->clusters_on,
			       c->clusters_on);
}

static void draw_rule(struct log_screen *l, const struct look *look, struct surface *s)
{
	const struct log_view *v = log_screen_view(l);
	struct strbuf title, note;
	enum role role;

	strbuf_init(&title, 400);
	strbuf_init(&note, 400);
	strbuf_puts(&title, v->client->name);
	if (l->views.n > 1)
		strbuf_printf(&title, " (%zu of %zu)", l->current + 1, l->views.n);
	log_screen_title(l, &note, &role);
	rule_put(look, s, 0,
		 &(struct rule){.title = title.p,
				.has_focus = true,
				.note = strbuf_str(&note),
				.note_role = role});
	strbuf_fini(&title);
	strbuf_fini(&note);
}

static void draw_strip(struct log_screen *l, const struct look *look, struct surface *s,
		       int lines)
{
	const struct log_view *v = log_screen_view(l);
	const struct page_row *row = log_view_row(v);
	struct surface part =
		surface_sub(s, LOG_GUTTER, 1, surface_w(s) - LOG_GUTTER - 1, lines);

	if (v->client->histogram)
		log_strip_draw(&(struct log_strip){.histogram = v->client->histogram,
						   .cursor_ms = row && row->has_time
									? row->time_ms
									: 0,
						   .is_partial = v->client->is_summing},
			       look, &part);
	else
		surface_puts(&part, 0, 0, ROLE_DIM, "summing up");
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct log_screen *l = self(screen);
	struct log_view *v = log_screen_view(l);
	struct surface rows;
	int lines;

	(void)app;
	l->h = surface_h(s);
	lines = strip_lines(l);
	rows = surface_sub(s, 0, 1 + lines, surface_w(s), l->h - 1 - lines);
	log_view_fit(v, surface_w(s) - LOG_GUTTER - 1, surface_h(&rows));
	log_view_follow(v);
	sum(l);
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), l->h},
		 (struct hit){.kind = HIT_BODY});
	draw_rule(l, look, s);
	if (lines > 0)
		draw_strip(l, look, s, lines);
	if (log_view_row(v))
		log_draw_rows(v, look, &rows);
	else
		log_draw_empty(v->client, look, &rows);
}

static bool move(struct log_view *v, enum act act)
{
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		log_view_move(v, -1);
		return true;
	case ACT_DOWN:
		log_view_move(v, 1);
		return true;
	case ACT_PAGE_UP:
		log_view_page(v, -1);
		return true;
	case ACT_PAGE_DOWN:
		log_view_page(v, 1);
		return true;
	case ACT_TOP:
		log_view_top(v);
		return true;
	case ACT_BOTTOM:
	case ACT_FOLLOW:
		log_view_end(v);
		return true;
	case ACT_LEFT:
		log_view_sideways(v, -v->w / 2);
		return true;
	case ACT_RIGHT:
		log_view_sideways(v, v->w / 2);
		return true;
	default:
		return false;
	}
}

static void turn(struct log_screen *l, struct app *app, int by)
{
	size_t n = l->views.n;

	if (n == 1)
		app_toast(app, false, "there is no other file%s", "");
	l->current = (l->current + n + (size_t)(by + (int)n)) % n;
}

static void go_mark(struct log_view *v, struct app *app, bool is_back)
{
	if (!log_view_go_mark(v, is_back))
		app_toast(app, false, "no line is marked yet%s", "");
}

static void copy(struct log_view *v, struct app *app)
{
	if (log_view_row(v))
		app_copy(app, page_text(v->client->page, v->cursor), "line");
	else
		app_toast(app, false, "nothing to copy%s", "");
}

static void open_line(struct log_view *v, struct app *app)
{
	if (log_view_row(v))
		app_push(app, log_line_new(v));
}

/* "atlas/checkout-7d9f/app": the pod, and its container. */
static void open_origin(struct log_view *v, struct app *app)
{
	struct str source = {0}, part, pod;
	struct strbuf filter;

	if (log_view_row(v))
		source = page_source(v->client->page, v->cursor);
	if (source.n == 0) {
		app_toast(app, false, "this line does not say what it is from%s", "");
		return;
	}
	pod = source;
	if (str_next(&source, '/', &part) && source.p && str_next(&source, '/', &part))
		pod = part;
	strbuf_init(&filter, 400);
	strbuf_printf(&filter, "pod:%.*s", STR_ARG(pod));
	app_open_board(app, STR("k8s-pods"), strbuf_str(&filter), STR(""));
	strbuf_fini(&filter);
}

static bool look_different(struct log_screen *l, struct app *app, enum act act)
{
	struct log_view *v = log_screen_view(l);

	switch ((int)act) { /* most acts mean nothing here */
	case ACT_WRAP:
		log_view_set_wrap(v, !v->is_wrapped);
		app_toast(app, false,
			  v->is_wrapped ? "long lines are wrapped%s"
					: "long lines go on to the right%s",
			  "");
		return true;
	case ACT_RAW:
		log_view_set_neat(v, !v->is_neat);
		app_toast(app, false,
			  v->is_neat ? "time, source and message%s"
				     : "lines as they stand%s",
			  "");
		return true;
	case ACT_HISTOGRAM:
		l->strip = log_screen_has_strip(l) ? LOG_STRIP_OFF : LOG_STRIP_ON;
		return true;
	case ACT_CLUSTERS:
		app_push(app, log_clusters_new(v->client));
		return true;
	default:
		return false;
	}
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct log_screen *l = self(screen);
	struct log_view *v = log_screen_view(l);

	if (move(v, act) || look_different(l, app, act) ||
	    log_screen_ask(l, app, act, arg))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_OPEN:
		open_line(v, app);
		return true;
	case ACT_MARK:
		log_view_mark(v);
		return true;
	case ACT_MARK_NEXT:
	case ACT_MARK_PREV:
		go_mark(v, app, act == ACT_MARK_PREV);
		return true;
	case ACT_FOCUS_NEXT:
	case ACT_FOCUS_PREV:
		turn(l, app, act == ACT_FOCUS_NEXT ? 1 : -1);
		return true;
	case ACT_ORIGIN:
		open_origin(v, app);
		return true;
	case ACT_COPY_ROW:
		copy(v, app);
		return true;
	default:
		return false;
	}
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct log_view *v = log_screen_view(self(screen));

	if (event->button == MOUSE_WHEEL_UP)
		log_view_move(v, -WHEEL_ROWS);
	else if (event->button == MOUSE_WHEEL_DOWN)
		log_view_move(v, WHEEL_ROWS);
	else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW) {
		log_view_select(v, (size_t)hit->index);
		if (event->is_double)
			open_line(v, app);
	}
}

static void screen_logs(struct screen *screen, struct app *app,
			const struct log_client *client)
{
	struct log_screen *l = self(screen);

	for (size_t i = 0; i < l->views.n; i++) {
		if (l->views.p[i].client == client)
			log_view_follow(&l->views.p[i]);
	}
	if (log_screen_view(l)->client != client)
		return;
	log_screen_begin_at(l);
	log_screen_took(l, app);
}

static bool screen_back(struct screen *screen, struct app *app)
{
	return log_screen_drop(self(screen), app);
}

static void screen_answer(struct screen *screen, struct app *app, struct str text)
{
	log_screen_answer(self(screen), app, text);
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	log_screen_status(self(screen), out);
}

static const char *const hints[] = {"back",   "find", "match-next", "only", "level",
				    "follow", "open", "help",	    NULL};

static const struct screen_ops log_screen_ops = {
	.name = "log",
	.context = CONTEXT_LOG,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.hit = screen_hit,
	.logs = screen_logs,
	.back = screen_back,
	.answer = screen_answer,
	.status = screen_status,
};

struct screen *log_screen_new(struct log_client *const *clients, size_t n)
{
	struct log_screen *l = xcalloc(1, sizeof(*l));

	l->screen.ops = &log_screen_ops;
	for (size_t i = 0; i < n; i++) {
		vec_push(&l->views, (struct log_view){0});
		log_view_init(&l->views.p[i], clients[i]);
		l->views.p[i].is_neat = clients[i]->source != NULL;
	}
	return &l->screen;
}

void log_screen_begin(struct screen *screen, struct app *app,
		      const struct log_screen_start *start)
{
	struct log_screen *l = self(screen);

	for (l->current = l->views.n; l->current-- > 0;) {
		struct wanted wanted = {0};

		if (start->wanted && !wanted_is_all(start->wanted)) {
			wanted_copy(&wanted, start->wanted);
			log_client_want(log_screen_view(l)->client, &wanted);
		}
		if (start->find.n > 0)
			log_screen_ask(l, app, ACT_FIND, start->find);
	}
	l->current = 0;
	l->begins_at_ms = start->at_ms;
}
