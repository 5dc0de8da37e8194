/* See handover.h. What is copied or written to a file is the text as it was last drawn,
 * with the same ages. Thread: ui. */
#include "tui/pane/handover.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "handover/handover.h"
#include "tui/app_part.h"
#include "tui/widget/frame.h"
#include "tui/widget/prose.h"
#include "worker/handed.h"

struct handover_screen {
	struct screen screen;
	int64_t since_ms, written_ms;
	int64_t minute_ms; /* on screen when it was written */
	bool is_old;	   /* a board came since it was written */
	struct strbuf text;
	struct prose prose;
};

static struct handover_screen *self(struct screen *screen)
{
	return (struct handover_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	strbuf_fini(&self(screen)->text);
	prose_fini(&self(screen)->prose);
	free(screen);
}

static void screen_want(struct screen *screen, struct app *app, struct want_set *set)
{
	const char *name;

	(void)screen;
	(void)app;
	for (size_t i = 0; (name = handover_board(i)); i++)
		want_add(set, name);
}

static struct board *find_board(void *app, const char *name)
{
	return app_board(app, name);
}

/* Ages on screen count from the minute in the top line; these are read elsewhere. */
static int64_t now_of(const struct app *app)
{
	return app->moment.at_ms ? app->moment.at_ms : clock_wall_ms(app->options.clock);
}

static void write_text(struct handover_screen *h, struct app *app)
{
	int64_t now_ms = now_of(app);
	struct handover_change changes[HANDOVER_MOST_CHANGES];
	const struct handover handover = {
		.now_ms = now_ms,
		.since_ms = h->since_ms < now_ms ? h->since_ms : now_ms,
		.workload = app->shelf.workload ? app->shelf.workload->name : NULL,
		.is_demo = app->options.is_demo,
		.is_past = app->moment.at_ms != 0,
		.board = find_board,
		.ctx = app,
		.changes = changes,
		.n_changes = changes_handed(app->changes, changes, HANDOVER_MOST_CHANGES),
	};

	strbuf_reset(&h->text);
	handover_write(&handover, &h->text);
	h->written_ms = now_ms;
	h->is_old = false;
}

/* Markdown wants a blank line before a list; a screen does not. */
static void lay_out(struct handover_screen *h, int w)
{
	struct str rest = strbuf_str(&h->text), line, before = STR("");

	prose_reset(&h->prose, w);
	while (str_next(&rest, '\n', &line)) {
		if (line.n > 0 || !str_ends(before, STR(":")))
			prose_add_markdown(&h->prose, line);
		before = line;
	}
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct handover_screen *h = self(screen);
	struct surface body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 1);
	bool is_new = h->is_old || h->minute_ms != look->now_ms;

	if (is_new)
		write_text(h, app);
	h->minute_ms = look->now_ms;
	if (is_new || h->prose.w != surface_w(s))
		lay_out(h, surface_w(s));
	rule_put(look, s, 0,
		 &(struct rule){.title = "Hand-over",
				.has_focus = true,
				.note = STR("Markdown, by rule"),
				.note_role = ROLE_DIM});
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	prose_draw(&h->prose, &body);
}

/* "handover-20260311-1020.md" */
static void keep(struct handover_screen *h, struct app *app)
{
	struct utc t = utc_from_ms(h->written_ms);
	char name[64];

	snprintf(name, sizeof(name), "handover-%04d%02d%02d-%02d%02d.md", t.year, t.month,
		 t.day, t.hour, t.minute);
	app->host.keep(app->host.ctx, name, h->text.p);
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct handover_screen *h = self(screen);

	(void)arg;
	if (roll_act(&h->prose.roll, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_COPY_ROW:
		app_copy(app, strbuf_str(&h->text), "hand-over");
		return true;
	case ACT_KEEP:
		keep(h, app);
		return true;
	default:
		return false;
	}
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	(void)app;
	(void)hit;
	roll_wheel(&self(screen)->prose.roll, event->button);
}

static void screen_news(struct screen *screen, struct app *app, const struct board *board)
{
	(void)app;
	(void)board;
	self(screen)->is_old = true;
}

static void screen_changed(struct screen *screen, struct app *app,
			   const struct change_news *news)
{
	(void)app;
	(void)news;
	self(screen)->is_old = true;
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	roll_put_place(&self(screen)->prose.roll, out);
}

static const char *const hints[] = {"back", "keep", "copy-row", "help", NULL};

static const struct screen_ops handover_ops = {
	.name = "handover",
	.context = CONTEXT_TEXT,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = screen_act,
	.hit = screen_hit,
	.news = screen_news,
	.changed = screen_changed,
	.status = screen_status,
};

struct screen *handover_screen_new(int64_t since_ms)
{
	struct handover_screen *h = xcalloc(1, sizeof(*h));

	h->screen.ops = &handover_ops;
	h->since_ms = since_ms;
	h->is_old = true;
	strbuf_init(&h->text, HANDOVER_MAX_BYTES);
	prose_init(&h->prose);
	return &h->screen;
}
