/* See log_line.h. The line is read off this thread; until it is here its row is shown. */
#include "tui/logs/log_line.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/list.h"
#include "tui/logs/log_draw.h"
#include "tui/widget/frame.h"
#include "tui/widget/roll.h"
#include "tui/widget/wrap.h"

enum { LABEL_MOST = 24, LABEL_GAP = 2, MARGIN = 1, COPY_MOST = 1 << 20 };

/* What stands in one row of the screen; texts are the client's. */
struct shown {
	const char *label; /* NULL: it goes on */
	struct str text;
	enum role role;
};

struct log_line_screen {
	struct screen screen;
	struct log_client *client; /* held */
	int64_t at;
	const struct log_news *laid_out; /* what `rows` is of */
	int w, label_w;
	VEC(struct shown) rows;
	char time[40];
	struct roll roll;
};

static struct log_line_screen *self(struct screen *screen)
{
	return (struct log_line_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	struct log_line_screen *l = self(screen);

	log_client_put(l->client);
	vec_fini(&l->rows);
	free(l);
}

static const struct log_news *line_of(const struct log_line_screen *l)
{
	const struct log_news *line = l->client->line;

	return line && line->at == l->at ? line : NULL;
}

static void add_text(struct log_line_screen *l, const char *label, struct str text,
		     enum role role)
{
	int w = l->w - l->label_w - LABEL_GAP - 2 * MARGIN;
	struct str part;

	if (text.n == 0)
		vec_push(&l->rows, (struct shown){.label = label, .role = role});
	while (text.n > 0 && str_next(&text, '\n', &part)) {
		do {
			struct str line = wrap_next(&part, w > 10 ? w : 10);

			vec_push(&l->rows, (struct shown){.label = label,
							  .text = line,
							  .role = role});
			label = NULL;
		} while (part.n > 0);
		if (!text.p)
			break;
	}
}

static void put_time(struct log_line_screen *l, int64_t ms)
{
	struct strbuf out;

	strbuf_init(&out, sizeof(l->time) - 1);
	time_format_iso(&out, ms, true);
	memcpy(l->time, out.p, out.n + 1);
	strbuf_fini(&out);
}

static void lay_out(struct log_line_screen *l, const struct log_news *news, int w)
{
	const struct log_line *line = &news->line;
	const struct log_field *field;
	enum role role = log_level_role(line->level);

	l->rows.n = 0;
	l->w = w;
	l->laid_out = news;
	l->label_w = 6;
	vec_each (field, &line->fields) {
		int label_w = utf8_width(str_from(field->name));

		if (label_w > l->label_w)
			l->label_w = label_w < LABEL_MOST ? label_w : LABEL_MOST;
	}
	if (line->has_time) {
		put_time(l, line->time_ms);
		add_text(l, "time", str_from(l->time), ROLE_STRONG);
	}
	if (line->level != LINE_UNKNOWN)
		add_text(l, "level", str_from(line_level_name(line->level)), role);
	if (line->source[0])
		add_text(l, "source", str_from(line->source), ROLE_STRONG);
	vec_push(&l->rows, (struct shown){.label = NULL});
	vec_each (field, &line->fields)
		add_text(l, field->name, str_from(field->value), ROLE_TEXT);
}

static void draw_rows(struct log_line_screen *l, struct surface *s)
{
	size_t top;

	roll_fit(&l->roll, l->rows.n, surface_h(s));
	top = (size_t)l->roll.top;
	for (int y = 0; y < surface_h(s) && top + (size_t)y < l->rows.n; y++) {
		const struct shown *row = &l->rows.p[top + (size_t)y];

		if (row->label)
			surface_put_fit(s, MARGIN, y, l->label_w, ROLE_DIM,
					str_from(row->label), false);
		surface_put(s, MARGIN + l->label_w + LABEL_GAP, y, row->role, row->text);
	}
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct log_line_screen *l = self(screen);
	const struct log_news *line = line_of(l);
	struct surface body = surface_sub(s, 0, 2, surface_w(s), surface_h(s) - 2);

	(void)app;
	rule_put(look, s, 0,
		 &(struct rule){.title = l->client->name,
				.has_focus = true,
				.note = STR("one line"),
				.note_role = ROLE_DIM});
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	if (!line) {
		surface_puts(&body, MARGIN, 0, ROLE_DIM, "reading the line");
		return;
	}
	if (line != l->laid_out || surface_w(s) != l->w)
		lay_out(l, line, surface_w(s));
	draw_rows(l, &body);
}

/* The line before or after, of those that are here. */
static void step(struct log_line_screen *l, struct app *app, int by)
{
	const struct log_page *page = l->client->page;

	for (size_t i = 0; page && i < page->rows.n; i++) {
		size_t to = i + (size_t)by;

		if (page->rows.p[i].at != l->at)
			continue;
		if (to >= page->rows.n)
			break;
		l->at = page->rows.p[to].at;
		l->roll.top = 0;
		log_client_ask_line(l->client, l->at);
		return;
	}
	app_toast(app, false, "there is no line %s it here",
		  by < 0 ? "before" : "behind");
}

static void copy(const struct log_line_screen *l, struct app *app)
{
	const struct log_news *line = line_of(l);
	const struct log_field *field;
	struct strbuf text;

	if (!line)
		return;
	strbuf_init(&text, COPY_MOST);
	vec_each (field, &line->line.fields)
		strbuf_printf(&text, "%s: %s\n", field->name, field->value);
	app_copy(app, strbuf_str(&text), "line");
	strbuf_fini(&text);
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct log_line_screen *l = self(screen);
	ptrdiff_t by;

	(void)arg;
	if (list_step(act, l->roll.page - 1, &by)) {
		roll_by(&l->roll, by);
		return true;
	}
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_LEFT:
		step(l, app, -1);
		return true;
	case ACT_RIGHT:
		step(l, app, 1);
		return true;
	case ACT_OPEN:
		app_pop(app);
		return true;
	case ACT_COPY_ROW:
		copy(l, app);
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
	roll_wheel(&self(screen)->roll, event->button);
}

static const char *const hints[] = {"back", "left", "right", "copy-row", "help", NULL};

static const struct screen_ops log_line_ops = {
	.name = "log line",
	.context = CONTEXT_LOG,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.hit = screen_hit,
};

struct screen *log_line_new(const struct log_view *v)
{
	struct log_line_screen *l = xcalloc(1, sizeof(*l));

	l->screen.ops = &log_line_ops;
	l->client = log_client_get(v->client);
	l->at = log_view_row(v)->at;
	log_client_ask_line(l->client, l->at);
	return &l->screen;
}
