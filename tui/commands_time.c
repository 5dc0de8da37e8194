/* Commands that move the deck's clock: everything on the screen is then of another
 * moment. Thread: ui. */
#include "base/timefmt.h"
#include "base/when.h"
#include "tui/app_part.h"
#include "tui/commands.h"

/* Without a time, the line to type it into. */
void command_at(struct app *app, struct str arg)
{
	int64_t now_ms = clock_wall_ms(app->options.clock), at_ms;
	int64_t base_ms = app->moment.at_ms ? app->moment.at_ms : now_ms;

	if (arg.n == 0) {
		command_prompt(app, STR("at "));
		app->prompt.hint = WHEN_FORMS;
	} else if (!when_parse(arg, now_ms, base_ms, &at_ms)) {
		app_toast(app, true, "'%.*s' is no time: " WHEN_FORMS, STR_ARG(arg));
	} else {
		app->host.go(app->host.ctx, at_ms >= now_ms ? 0 : at_ms);
	}
}

void command_earlier(struct app *app, struct str arg)
{
	(void)arg;
	app->host.step(app->host.ctx, -1);
}

void command_later(struct app *app, struct str arg)
{
	(void)arg;
	if (app->moment.at_ms)
		app->host.step(app->host.ctx, 1);
	else
		app_toast(app, false, "this is now; an earlier change is before it");
}

void command_now(struct app *app, struct str arg)
{
	(void)arg;
	if (app->moment.at_ms)
		app->host.go(app->host.ctx, 0);
	else
		app_toast(app, false, "this is now");
}

/* The row's own moment: since when it is so, when it ended. */
void app_then(struct app *app, const struct board *board, const struct row *row)
{
	for (size_t i = 0; i < board->def->n_columns; i++) {
		enum cell_type type = board->def->columns[i].type;

		if ((type != CELL_TIME && type != CELL_AGE) || row->cells[i].is_null)
			continue;
		if ((int64_t)row->cells[i].number < clock_wall_ms(app->options.clock)) {
			app->host.go(app->host.ctx, (int64_t)row->cells[i].number);
			return;
		}
	}
	app_toast(app, true, "this row has no moment in the past");
}
