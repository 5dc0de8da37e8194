/* The deck before there is a configuration: which page is on top, and what commands
 * about boards do then. Thread: ui. */
#include "tui/app_part.h"
#include "tui/first/first.h"

static void send_order(void *ctx, struct first_order *order)
{
	struct app *app = ctx;

	app->host.first(app->host.ctx, order);
}

void app_begin_first(struct app *app, const char *path)
{
	app->first = first_state_new(path, send_order, app);
	app_push(app, first_start_new());
}

void app_end_first(struct app *app)
{
	if (!app->first)
		return;
	app_pop_to_bottom(app);
	first_state_free(app->first);
	app->first = NULL;
	app->headline.w = 0; /* it said so */
	app_restate_wanted(app);
	app_dirty(app);
}

void app_first_written(struct app *app)
{
	if (app->first && app->first->is_sample) {
		app_pop_to_bottom(app);
		app_push(app, first_written_new());
	} else {
		app_end_first(app);
	}
}

bool app_is_first(const struct app *app)
{
	return app->first != NULL;
}

/* The code's page gives way to the lists; what lies over it goes too. */
static void show_lists(struct app *app)
{
	size_t at = app->n_screens;

	while (at > 1 && !first_is_code(app->screens[at - 1]))
		at--;
	if (at <= 1)
		return;
	while (app->n_screens >= at)
		app_pop(app);
	app_push(app, first_choose_new());
}

void app_give_first(struct app *app, struct first_news *news)
{
	bool is_sign = news->kind == FIRST_SIGNED_IN;

	if (!app->first) {
		first_news_free(news);
		return;
	}
	first_state_take(app->first, news);
	if (is_sign && app->first->sign == FIRST_SIGN_DONE)
		show_lists(app);
	app_dirty(app);
}
