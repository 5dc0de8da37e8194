/* One frame: the top line, the screens, the status line, what lies over them.
 * Thread: ui. */
#include <stdio.h>

#include "tui/app_part.h"
#include "tui/widget/mark.h"

bool app_is_too_small(const struct app *app)
{
	if (app_is_pager(app))
		return app->w > 0 &&
		       (app->w < APP_PAGER_MIN_W || app->h < APP_PAGER_MIN_H);
	return app->w > 0 && (app->w < APP_MIN_W || app->h < APP_MIN_H);
}

static void draw_too_small(struct app *app, const struct look *look, struct surface *s)
{
	int w = surface_w(s), y = surface_h(s) / 2;
	bool is_pager = app_is_pager(app);
	char text[64], here[24];

	snprintf(text, sizeof(text), "azdeck needs %dx%d",
		 is_pager ? APP_PAGER_MIN_W : APP_MIN_W,
		 is_pager ? APP_PAGER_MIN_H : APP_MIN_H);
	snprintf(here, sizeof(here), "this is %dx%d", w, surface_h(s));
	if (w >= (int)(strlen(text) + strlen(here)) + 3)
		surface_printf(s, 1, y, ROLE_STRONG, "%s%s%s", text,
			       look_pick(look, " · ", " - "), here);
	else
		surface_puts(s, 0, y, ROLE_STRONG, text);
}

static void draw_screens(struct app *app, const struct look *look, struct surface *body)
{
	size_t first = app->n_screens - 1;

	while (first > 0 && app->screens[first]->ops->is_overlay)
		first--;
	for (size_t i = first; i < app->n_screens; i++) {
		if (i > first)
			hits_reset(&app->hits); /* what is covered is out of reach */
		app->screens[i]->ops->draw(app->screens[i], app, look, body);
	}
}

void app_draw(struct app *app, struct grid *grid)
{
	struct surface s = grid_surface(grid), body;
	struct look look = app_look(app);
	int h = surface_h(&s);

	app->needs_draw = false;
	app->w = surface_w(&s);
	app->h = h;
	hits_reset(&app->hits);
	surface_clear(&s, ROLE_TEXT);
	if (app_is_too_small(app)) {
		draw_too_small(app, &look, &s);
		return;
	}
	if (app_is_pager(app)) {
		body = surface_sub(&s, 0, 0, app->w, h - 1);
		draw_screens(app, &look, &body);
	} else {
		body = surface_sub(&s, 0, 1, app->w, h - 2);
		draw_screens(app, &look, &body);
		headline_draw(app, &look, &s);
	}
	if (prompt_is_open(&app->prompt))
		prompt_draw(&app->prompt, &look, &s, h - 1);
	else
		status_draw(app, &look, &s);
	toast_draw(&app->toast, &look, &s, prompt_is_open(&app->prompt) ? h - 2 : h - 1);
}
