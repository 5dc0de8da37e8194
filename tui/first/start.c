/* The first page: three ways to begin, and where the configuration would be. */
#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"

enum { NAME_CELLS = 18, LEFT = 3 };

enum way { WAY_DEMO, WAY_SIGN_IN, WAY_SAMPLE };
static const struct {
	const char *name, *text;
} ways[] = {
	[WAY_DEMO] = {"Look around", "the deck on a simulated Azure inside the program: "
				     "no account, no network"},
	[WAY_SIGN_IN] = {"Sign in to Azure", "with a browser and a code, on any machine; "
					     "then choose what the deck shows"},
	[WAY_SAMPLE] = {"Write a sample", "a configuration with comments, to fill in by "
					  "hand"},
};

struct start {
	struct screen screen;
	int at;
};

static struct start *self(struct screen *screen)
{
	return (struct start *)screen;
}

static void start_free(struct screen *screen)
{
	free(screen);
}

static void start_draw(struct screen *screen, struct app *app, const struct look *look,
		       struct surface *s)
{
	bool is_small = surface_h(s) <= 14;
	int w = first_page_width(s), y = is_small ? 1 : 2;
	char text[600];

	first_page_begin(look, s, "First run", "");
	y += first_page_put(
		s, LEFT, y, w, ROLE_TEXT,
		"There is no configuration yet. How would you like to begin?");
	y += !is_small;
	for (int i = 0; i < (int)COUNT(ways); i++)
		y += first_page_put_choice(look, s, y, NAME_CELLS,
					   &(struct first_page_choice){
						   ways[i].name, ways[i].text, i,
						   i == self(screen)->at, is_small}) +
		     !is_small;
	snprintf(text, sizeof(text), "The configuration will be %.500s",
		 app->first->path);
	y += !is_small;
	y += first_page_put(s, LEFT, y, w, ROLE_DIM, text);
	first_page_put(s, LEFT, y, w, ROLE_DIM, "Nothing is written before you say so.");
}

static void begin(struct start *start, struct app *app)
{
	app->first->is_sample = start->at == WAY_SAMPLE;
	switch ((enum way)start->at) {
	case WAY_DEMO:
		app->host.demo(app->host.ctx);
		break;
	case WAY_SIGN_IN:
		app_push(app, first_form_new());
		break;
	case WAY_SAMPLE:
		first_state_compose(app->first);
		app_push(app, first_preview_new());
		break;
	}
}

static bool start_act(struct screen *screen, struct app *app, enum act act,
		      struct str arg)
{
	struct start *start = self(screen);

	(void)arg;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		start->at -= start->at > 0;
		return true;
	case ACT_DOWN:
		start->at += start->at + 1 < (int)COUNT(ways);
		return true;
	case ACT_TOP:
		start->at = 0;
		return true;
	case ACT_BOTTOM:
		start->at = (int)COUNT(ways) - 1;
		return true;
	case ACT_OPEN:
		begin(start, app);
		return true;
	default:
		return false;
	}
}

static void start_hit(struct screen *screen, struct app *app, const struct hit *hit,
		      const struct event *event)
{
	if (hit->kind != HIT_ROW || event->button != MOUSE_LEFT)
		return;
	self(screen)->at = hit->index;
	if (event->is_double)
		begin(self(screen), app);
}

/* There is nothing behind it. */
static bool start_back(struct screen *screen, struct app *app)
{
	(void)screen;
	(void)app;
	return true;
}

static const char *const hints[] = {"open", "help", "quit", NULL};

static const struct screen_ops start_ops = {
	.name = "first-start",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.free = start_free,
	.draw = start_draw,
	.act = start_act,
	.hit = start_hit,
	.back = start_back,
};

struct screen *first_start_new(void)
{
	struct start *start = xcalloc(1, sizeof(*start));

	start->screen.ops = &start_ops;
	return &start->screen;
}
