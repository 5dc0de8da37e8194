/* The configuration as it would be written, to be read before it is. */
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"
#include "tui/widget/roll.h"

struct preview {
	struct screen screen;
	struct roll roll;
	size_t composed; /* answers awaited when the text was made */
};

static struct preview *self(struct screen *screen)
{
	return (struct preview *)screen;
}

static void preview_free(struct screen *screen)
{
	free(screen);
}

/* Comments step back behind what will be asked. */
static void draw_text(struct preview *p, const struct first_state *first,
		      struct surface *s)
{
	struct str rest = strbuf_str(&first->text), line;
	int n = 0;

	while (str_next(&rest, '\n', &line)) {
		int y = n++ - p->roll.top;

		if (y < 0 || y >= surface_h(s))
			continue;
		surface_put(s, 1, y,
			    str_starts(str_trim(line), STR("//")) ? ROLE_DIM : ROLE_TEXT,
			    line);
	}
	p->roll.n = n;
}

/* What stands under the text: what is waited for, or what Enter does. */
static int put_foot(struct preview *p, struct app *app, struct surface *s, int y)
{
	const struct first_state *first = app->first;
	size_t n = first_state_awaits(first);
	int w = first_page_width(s) - 2;
	char text[700];

	(void)p;
	if (first->write_err.code != ERR_NONE) {
		snprintf(text, sizeof(text), "Not written: %s", first->write_err.text);
		return first_page_put(s, 1, y, w, ROLE_CRIT, text);
	}
	if (n > 0)
		snprintf(text, sizeof(text), "asking %zu cluster%s where %s", n,
			 n == 1 ? "" : "s", n == 1 ? "it is" : "they are");
	else if (first->is_writing)
		snprintf(text, sizeof(text), "writing");
	else
		snprintf(text, sizeof(text), "enter writes %.500s", first->path);
	if (!n && first->n_files)
		snprintf(text + strlen(text), 80,
			 " and %zu file%s in clusters/ beside it", first->n_files,
			 first->n_files == 1 ? "" : "s");
	return first_page_put(s, 1, y, w, ROLE_STRONG, text);
}

static void preview_draw(struct screen *screen, struct app *app, const struct look *look,
			 struct surface *s)
{
	struct preview *p = self(screen);
	struct surface body, nowhere = surface_sub(s, 0, 0, surface_w(s), 0);
	int foot;

	if (first_state_awaits(app->first) != p->composed) {
		p->composed = first_state_awaits(app->first);
		first_state_compose(app->first);
	}
	first_page_begin(look, s,
			 app->first->is_sample ? "A sample" : "The configuration", "");
	foot = put_foot(p, app, &nowhere, 0);
	body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 2 - foot);
	roll_fit(&p->roll, (size_t)p->roll.n, surface_h(&body));
	draw_text(p, app->first, &body);
	put_foot(p, app, s, surface_h(s) - foot);
}

static bool preview_act(struct screen *screen, struct app *app, enum act act,
			struct str arg)
{
	struct preview *p = self(screen);

	(void)arg;
	if (roll_act(&p->roll, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_MARK:
		roll_by(&p->roll, p->roll.page);
		return true;
	case ACT_COPY_ROW:
		app_copy(app, strbuf_str(&app->first->text), "configuration");
		return true;
	case ACT_OPEN:
		if (first_state_awaits(app->first) == 0)
			first_state_write(app->first);
		return true;
	default:
		return false;
	}
}

static void preview_hit(struct screen *screen, struct app *app, const struct hit *hit,
			const struct event *event)
{
	(void)app;
	(void)hit;
	roll_wheel(&self(screen)->roll, event->button);
}

static void preview_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	roll_put_place(&self(screen)->roll, out);
}

static const char *const hints[] = {"open", "back", "help", "quit", NULL};

static const struct screen_ops preview_ops = {
	.name = "first-preview",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.free = preview_free,
	.draw = preview_draw,
	.act = preview_act,
	.hit = preview_hit,
	.status = preview_status,
};

struct screen *first_preview_new(void)
{
	struct preview *p = xcalloc(1, sizeof(*p));

	p->screen.ops = &preview_ops;
	p->composed = (size_t)-1;
	return &p->screen;
}
