/* Changes in the deck: what can be done to the row under the cursor, what the worker says
 * of plans and runs, handed to the screens. Thread: ui. */
#include "base/thread.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/change/subject.h"
#include "tui/commands.h"

/* Read when somebody first wants to do something. */
const struct actions *app_actions(struct app *app)
{
	if (!app->actions)
		app->actions = actions_new();
	return app->actions;
}

static void tell(struct app *app, const struct change_news *news)
{
	for (size_t i = 0; i < app->n_screens; i++) {
		struct screen *screen = app->screens[i];

		if (screen->ops->changed)
			screen->ops->changed(screen, app, news);
	}
}

void app_give_plan(struct app *app, uint64_t id, struct plan *plan, bool needs_second,
		   const struct err *err)
{
	THREAD_ASSERT(THREAD_UI);
	tell(app, &(struct change_news){.id = id,
					.plan = plan,
					.needs_second = needs_second,
					.err = *err});
	plan_free(plan);
}

void app_change_answered(struct app *app, uint64_t id, const struct err *err)
{
	tell(app, &(struct change_news){.id = id, .err = *err});
}

void app_give_changes(struct app *app, struct changes *changes)
{
	THREAD_ASSERT(THREAD_UI);
	changes_put(app->changes);
	app->changes = changes;
	tell(app, &(struct change_news){.id = 0});
	app_dirty(app); /* the status line counts them */
}

void app_offer(struct app *app, const struct board *board, const struct row *row)
{
	struct subject subject;

	if (app->moment.at_ms)
		app_toast(app, true, "this is the past: go back to now first");
	else if (!subject_find(app, board, row, &subject))
		app_toast(app, true, "there is no action for this row of %s",
			  board->def->title);
	else
		app_push(app, offers_screen_new(app, subject.board, subject.row,
						&subject.hint));
}

void command_proposals(struct app *app, struct str arg)
{
	(void)arg;
	app_push(app, proposals_screen_new());
}
