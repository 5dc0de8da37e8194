/* See log_clusters.h. The list grows while the log is read: the cursor stays with its
 * pattern. */
#include "tui/logs/log_clusters.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/list.h"
#include "tui/logs/log_draw.h"
#include "tui/logs/log_strip.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

enum { COUNT_W = 9, TIME_W = 8, TIMES_FROM_W = 70 };

struct log_clusters {
	struct screen screen;
	struct log_client *client; /* held */
	size_t cursor, top;
	int page;
	char *under; /* pattern under the cursor; NULL: nobody has moved it */
};

static struct log_clusters *self(struct screen *screen)
{
	return (struct log_clusters *)screen;
}

/* Nobody looks at them any more. */
static void screen_free(struct screen *screen)
{
	struct log_clusters *l = self(screen);

	log_client_sum(l->client, l->client->sums_on, false);
	log_client_put(l->client);
	free(l->under);
	free(l);
}

static size_t count(const struct log_clusters *l)
{
	return l->client->clusters.n;
}

static void move(struct log_clusters *l, ptrdiff_t by)
{
	if (count(l) == 0)
		return;
	l->cursor = list_move(l->cursor, by, count(l));
	free(l->under);
	l->under = xstrdup(l->client->clusters.p[l->cursor].pattern);
}

static void follow(struct log_clusters *l)
{
	for (size_t i = 0; l->under && i < count(l); i++) {
		if (strcmp(l->client->clusters.p[i].pattern, l->under) == 0)
			l->cursor = i;
	}
	if (l->cursor >= count(l))
		l->cursor = count(l) ? count(l) - 1 : 0;
}

static void put_time(struct surface *s, int x, int y, int64_t ms)
{
	struct strbuf text;

	strbuf_init(&text, 40);
	if (ms)
		log_strip_put_time(&text, ms, 1000);
	surface_put_fit(s, x, y, TIME_W, ROLE_DIM, text.n ? strbuf_str(&text) : STR("-"),
			false);
	strbuf_fini(&text);
}

static void draw_row(const struct log_clusters *l, const struct look *look,
		     struct surface *s, size_t i, int y)
{
	const struct log_cluster *c = &l->client->clusters.p[i];
	char number[32];
	int x = LOG_GUTTER, w = surface_w(s);

	snprintf(number, sizeof(number), "%" PRIu64, c->sum.count);
	mark_put(look, s, 1, y, log_severity(c->sum.level));
	surface_put_fit(s, x, y, COUNT_W, ROLE_STRONG, str_from(number), true);
	x += COUNT_W + 2;
	if (w >= TIMES_FROM_W) {
		put_time(s, x, y, c->sum.first_ms);
		put_time(s, x + TIME_W + 1, y, c->sum.last_ms);
		x += 2 * (TIME_W + 1) + 1;
	}
	surface_put_fit(s, x, y, w - x - 1, log_level_role(c->sum.level),
			str_from(c->pattern), false);
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
}

static void draw_heading(struct surface *s)
{
	int x = LOG_GUTTER;

	surface_put_fit(s, x, 0, COUNT_W, ROLE_HEADING, STR("LINES"), true);
	x += COUNT_W + 2;
	if (surface_w(s) >= TIMES_FROM_W) {
		surface_puts(s, x, 0, ROLE_HEADING, "FIRST");
		surface_puts(s, x + TIME_W + 1, 0, ROLE_HEADING, "LAST");
		x += 2 * (TIME_W + 1) + 1;
	}
	surface_puts(s, x, 0, ROLE_HEADING, "LIKE");
}

static void draw_rule(const struct log_clusters *l, const struct look *look,
		      struct surface *s)
{
	const struct log_client *c = l->client;
	struct strbuf title, note;

	strbuf_init(&title, 400);
	strbuf_init(&note, 200);
	strbuf_printf(&title, "Lines that are alike in %s", c->name);
	strbuf_printf(&note, "%zu pattern%s", c->clusters.n,
		      c->clusters.n == 1 ? "" : "s");
	if (c->is_summing && c->sums_total > 0)
		strbuf_printf(&note, " so far, %d %%",
			      (int)(100.0 * (double)c->sums_done /
				    (double)c->sums_total));
	if (c->clusters_left_out > 0)
		strbuf_printf(&note, ", %" PRIu64 " lines fit none",
			      c->clusters_left_out);
	rule_put(look, s, 0,
		 &(struct rule){.title = title.p,
				.has_focus = true,
				.note = strbuf_str(&note),
				.note_role = ROLE_DIM});
	strbuf_fini(&title);
	strbuf_fini(&note);
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct log_clusters *l = self(screen);
	struct surface body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 1);
	int h = surface_h(&body) - 1;

	(void)app;
	follow(l);
	draw_rule(l, look, s);
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	draw_heading(&body);
	l->page = h > 1 ? h - 1 : 1;
	l->top = list_top(l->top, l->cursor, h > 0 ? (size_t)h : 0);
	for (int y = 0; y < h && l->top + (size_t)y < count(l); y++) {
		draw_row(l, look, &body, l->top + (size_t)y, y + 1);
		if (l->top + (size_t)y == l->cursor)
			mark_cursor(look, &body, y + 1, LOG_GUTTER, surface_w(s));
	}
	if (count(l) == 0)
		surface_puts(&body, LOG_GUTTER, 1, ROLE_DIM,
			     l->client->is_summing ? "summing up" : "no lines");
}

/* Only such lines from here on, in the log below. */
static void choose(struct log_clusters *l, struct app *app)
{
	struct wanted wanted = {0};
	struct err err;

	if (l->cursor >= count(l))
		return;
	wanted_copy(&wanted, &l->client->wanted);
	if (wanted_add(&wanted, str_from(l->client->clusters.p[l->cursor].text), false,
		       &err)) {
		log_client_want(l->client, &wanted);
		app_pop(app);
	} else {
		app_note(app, &err);
		wanted_fini(&wanted);
	}
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct log_clusters *l = self(screen);
	ptrdiff_t by;

	(void)arg;
	if (list_step(act, l->page, &by)) {
		move(l, by);
		return true;
	}
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_OPEN:
		choose(l, app);
		return true;
	case ACT_CLUSTERS:
		app_pop(app);
		return true;
	case ACT_COPY_ROW:
		if (l->cursor < count(l))
			app_copy(app, str_from(l->client->clusters.p[l->cursor].pattern),
				 "pattern");
		return true;
	default:
		return false;
	}
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct log_clusters *l = self(screen);

	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
		move(l, event->button == MOUSE_WHEEL_UP ? -3 : 3);
	else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW) {
		move(l, hit->index - (ptrdiff_t)l->cursor);
		if (event->is_double)
			choose(l, app);
	}
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	const struct log_clusters *l = self(screen);

	(void)app;
	strbuf_printf(out, "%zu/%zu", count(l) ? l->cursor + 1 : 0, count(l));
}

static const char *const hints[] = {"back", "open", "copy-row", "help", NULL};

static const struct screen_ops log_clusters_ops = {
	.name = "log clusters",
	.context = CONTEXT_LOG,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.hit = screen_hit,
	.status = screen_status,
};

struct screen *log_clusters_new(struct log_client *client)
{
	struct log_clusters *l = xcalloc(1, sizeof(*l));

	l->screen.ops = &log_clusters_ops;
	l->client = log_client_get(client);
	log_client_sum(client, true, true);
	return &l->screen;
}
