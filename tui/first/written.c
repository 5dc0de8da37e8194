/* After a sample: it is on the disk and asks nothing yet. The deck reads it when it is
 * saved, and then takes this page's place. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"

enum { LEFT = 3 };

static void written_free(struct screen *screen)
{
	free(screen);
}

static void written_draw(struct screen *screen, struct app *app, const struct look *look,
			 struct surface *s)
{
	bool is_small = surface_h(s) <= 14;
	int w = first_page_width(s), y = is_small ? 1 : 2;

	(void)screen;
	first_page_begin(look, s, "The sample is written", "");
	y += first_page_put(s, LEFT, y, w, ROLE_STRONG, app->first->path);
	y += !is_small;
	y += first_page_put(s, LEFT, y, w, ROLE_TEXT,
			    "Open it in an editor, in another terminal, and take the "
			    "slashes away from what there is. When you save it, the deck "
			    "is here.");
	y += !is_small;
	first_page_put(s, LEFT, y, w, ROLE_DIM,
		       "azdeck-config(5) has every key; azdeck doctor tries all of it.");
}

static bool written_act(struct screen *screen, struct app *app, enum act act,
			struct str arg)
{
	(void)screen;
	(void)arg;
	if (act != ACT_COPY_ROW)
		return act == ACT_OPEN;
	app_copy(app, str_from(app->first->path), "path");
	return true;
}

/* Behind it is a deck with nothing to show. */
static bool written_back(struct screen *screen, struct app *app)
{
	(void)screen;
	(void)app;
	return true;
}

static const char *const hints[] = {"quit", "help", NULL};

static const struct screen_ops written_ops = {
	.name = "first-written",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.free = written_free,
	.draw = written_draw,
	.act = written_act,
	.back = written_back,
};

struct screen *first_written_new(void)
{
	struct screen *screen = xcalloc(1, sizeof(*screen));

	screen->ops = &written_ops;
	return screen;
}
