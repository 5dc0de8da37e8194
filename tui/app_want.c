/* Which boards the deck wants: those of the screens in sight, and those that the top line
 * speaks of. The host is told when they are others. Thread: ui. */
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/chat/chat.h"

void want_add(struct want_set *set, const char *name)
{
	if (!str_is_among(str_from(name), set->names.p, set->names.n))
		vec_push(&set->names, name);
}

void want_screen(struct want_set *set, struct screen *screen, struct app *app)
{
	if (screen->ops->want)
		screen->ops->want(screen, app, set);
}

void app_forget_wanted(struct app *app)
{
	for (size_t i = 0; i < app->wanted.n; i++)
		free(app->wanted.p[i]);
	vec_fini(&app->wanted);
}

static bool is_told(const struct app *app, const struct want_set *set)
{
	if (!app->is_wanting || app->wanted.n != set->names.n)
		return false;
	for (size_t i = 0; i < set->names.n; i++) {
		if (strcmp(app->wanted.p[i], set->names.p[i]) != 0)
			return false;
	}
	return true;
}

/* Boards that the top line speaks of are wanted on every screen. */
static const char *const always[] = {"budgets", "sql", "dr-items", "dr-groups",
				     "agent-jobs"};

void app_tell_wanted(struct app *app)
{
	struct want_set set = {0};
	size_t first = app->n_screens - 1;

	while (first > 0 && app->screens[first]->ops->is_overlay)
		first--;
	for (size_t i = first; i < app->n_screens; i++)
		want_screen(&set, app->screens[i], app);
	for (size_t i = 0; i < COUNT(always); i++)
		want_add(&set, always[i]);
	if (!is_told(app, &set)) {
		app_forget_wanted(app);
		for (size_t i = 0; i < set.names.n; i++)
			vec_push(&app->wanted, xstrdup(set.names.p[i]));
		app->is_wanting = true;
		if (!app->first)
			app->host.want(app->host.ctx, set.names.p, set.names.n);
	}
	vec_fini(&set.names);
	app_tell_chat(app);
}

void app_restate_wanted(struct app *app)
{
	app->is_wanting = app->is_chat_told = false;
	app_tell_wanted(app);
	if (app->chat)
		chat_restart(app->chat);
	/* A host that begins anew begins at now; the screen says another moment. */
	if (app->moment.at_ms)
		app->host.go(app->host.ctx, app->moment.at_ms);
}

bool app_is_wanted(const struct app *app, const char *name)
{
	return str_is_among(str_from(name), (const char *const *)app->wanted.p,
			    app->wanted.n);
}
