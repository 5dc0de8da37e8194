/* The deck's state: screens on a stack, boards on a shelf, what the host is told,
 * when to draw. Thread: ui.
 *
 * All ages on screen count from `minute`, the wall minute in the top line, so an
 * idle deck wakes once a minute at most and writes only what moved. */
#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/thread.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/chat/chat.h"
#include "tui/first/first.h"
#include "tui/pane/cost_sheet.h"
#include "tui/pane/detail.h"
#include "tui/pane/overview.h"
#include "tui/pane/sign_in.h"
#include "tui/pane/table_screen.h"

struct app *app_new(const struct app_options *options, const struct app_host *host)
{
	struct app *app = xcalloc(1, sizeof(*app));

	app->options = *options;
	app->host = *host;
	app->keymap = options->keymap;
	app->has_mouse = options->has_mouse;
	app->minute = clock_wall_ms(options->clock) / MINUTE_MS;
	snprintf(app->theme, sizeof(app->theme), "%s",
		 options->theme_name ? options->theme_name : "");
	prompt_init(&app->prompt);
	app->needs_draw = true;
	app_push(app, overview_new());
	return app;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	while (app->n_screens > 0) {
		struct screen *top = app->screens[--app->n_screens];

		top->ops->free(top);
	}
	vec_fini(&app->logs);
	actions_free(app->actions);
	changes_put(app->changes);
	cost_sheet_free(app->cost_sheet);
	chat_free(app->chat);
	first_state_free(app->first);
	shelf_fini(&app->shelf);
	prompt_fini(&app->prompt);
	hits_fini(&app->hits);
	picture_fini(&app->headline.picture);
	picture_fini(&app->hints.picture);
	app_forget_wanted(app);
	free(app);
}

void app_set_keymap(struct app *app, const struct keymap *keymap)
{
	app->keymap = keymap;
	app->hints.keymap = NULL; /* another one may lie where it lay */
	app->n_chord = 0;
	app_dirty(app);
}

void app_set_library(struct app *app, const struct library *library)
{
	app->library = library;
}

struct screen *app_top(const struct app *app)
{
	return app->screens[app->n_screens - 1];
}

void app_push(struct app *app, struct screen *screen)
{
	if (app->n_screens == APP_MAX_SCREENS) {
		struct screen *oldest = app->screens[1];

		oldest->ops->free(oldest);
		memmove(&app->screens[1], &app->screens[2],
			(APP_MAX_SCREENS - 2) * sizeof(app->screens[0]));
		app->n_screens--;
	}
	app->screens[app->n_screens++] = screen;
	app_dirty(app);
	app_tell_wanted(app);
}

void app_pop(struct app *app)
{
	struct screen *top = app_top(app);

	if (app->n_screens == (app_is_pager(app) ? 2 : 1))
		return;
	app->n_screens--;
	top->ops->free(top);
	app_dirty(app);
	app_tell_wanted(app);
}

void app_pop_to_bottom(struct app *app)
{
	while (app->n_screens > 1)
		app_pop(app);
}

void app_show_workload(struct app *app, const struct workload *workload)
{
	shelf_set_workload(&app->shelf, workload);
	for (size_t i = 0; i < app->n_screens; i++) {
		struct screen *screen = app->screens[i];

		for (size_t b = 0; screen->ops->news && b < app->shelf.places.n; b++)
			screen->ops->news(screen, app, app->shelf.places.p[b].shown);
	}
	app_dirty(app);
}

void app_set_workloads(struct app *app, const struct workload *list, size_t n)
{
	const struct workload *shown = app->shelf.workload, *same = NULL;

	for (size_t i = 0; shown && i < n; i++) {
		if (strcmp(list[i].name, shown->name) == 0)
			same = &list[i];
	}
	cost_sheet_free(app->cost_sheet);
	app->cost_sheet = NULL;
	app->workloads = list;
	app->n_workloads = n;
	if (shown)
		app_show_workload(app, same);
}

void app_set_demo(struct app *app)
{
	app->options.is_demo = true;
	app->headline.w = 0; /* drawn anew */
	app_dirty(app);
}

void app_say(struct app *app, const char *text)
{
	app_toast(app, false, "%s", text);
}

struct look app_look(struct app *app)
{
	return (struct look){.is_ascii = app->options.is_ascii,
			     .now_ms = app->moment.at_ms ? app->moment.at_ms
							 : app->minute * MINUTE_MS,
			     .hits = &app->hits};
}

void app_give_board(struct app *app, struct board *board)
{
	const struct board_def *def = board->def;
	enum shelf_change change = shelf_give(&app->shelf, board, app_look(app).now_ms);

	THREAD_ASSERT(THREAD_UI);
	if (change == SHELF_SAME || !app_is_wanted(app, def->name))
		return;
	for (size_t i = 0; i < app->n_screens && change == SHELF_ROWS; i++) {
		struct screen *screen = app->screens[i];

		if (screen->ops->news)
			screen->ops->news(screen, app, board);
	}
	app_dirty(app);
}

/* Boards of another moment would tell a mixed story. */
void app_moved(struct app *app, const struct moment *moment)
{
	bool was_past = app->moment.at_ms != 0;

	app->moment = *moment;
	shelf_clear(&app->shelf);
	if (moment->at_ms && moment->at_ms == moment->first_ms)
		app_toast(app, false, "the history begins here");
	else if (!moment->at_ms && was_past)
		app_toast(app, false, "now again");
	else if (!moment->at_ms)
		app_toast(
			app, false,
			moment->is_making
				? "the past is being worked out: again in some seconds%s"
				: "nothing has changed so far%s",
			"");
	app_dirty(app);
}

/* What lies over it stays; the screen of that credential goes from between. */
static void drop_screen(struct app *app, size_t at)
{
	struct screen *gone = app->screens[at];

	app->n_screens--;
	memmove(&app->screens[at], &app->screens[at + 1],
		(app->n_screens - at) * sizeof(app->screens[0]));
	gone->ops->free(gone);
	app_dirty(app);
	app_tell_wanted(app);
}

void app_sign_in(struct app *app, const struct sign_in *what)
{
	if (app->first) {
		first_state_code(app->first, what);
		app_dirty(app);
		return;
	}
	for (size_t i = app->n_screens; i-- > 1;) {
		const struct sign_in *shown = sign_in_of(app->screens[i]);

		if (!shown || strcmp(shown->credential, what->credential) != 0)
			continue;
		if (what->code[0])
			sign_in_renew(app->screens[i], what);
		else
			drop_screen(app, i);
		app_dirty(app);
		return;
	}
	if (what->code[0])
		app_push(app, sign_in_new(what));
}

void app_note(struct app *app, const struct err *problem)
{
	app_toast(app, true, "%s", problem->text);
}

void app_kept(struct app *app, const struct err *err)
{
	bool is_kept = err->code == ERR_NONE;

	app_toast(app, !is_kept, is_kept ? "written to %s" : "%s", err->text);
}

struct board *app_board(const struct app *app, const char *name)
{
	return shelf_find(&app->shelf, str_from(name));
}

const struct board_def *app_def(const struct app *app, struct str name)
{
	const struct board *board = shelf_find(&app->shelf, name);

	if (board)
		return board->def;
	return app->library ? library_find(app->library, name) : NULL;
}

void app_open_board(struct app *app, struct str name, struct str filter, struct str key)
{
	const struct board_def *def = app_def(app, name);

	if (!def)
		app_toast(app, true, "there is no board '%.*s'", STR_ARG(name));
	else
		app_push(app, table_screen_new(app, def, filter, key));
}

/* The row is meant, or the one it stands for; that one says whether it was. */
void app_acknowledge(struct app *app, const struct board *board, const struct row *row)
{
	const struct board_def *def = board->def;
	const char *name = def->name, *key = row->key.p;
	bool is_on = true;

	if (app->moment.at_ms) {
		app_toast(app, true, "this is the past: go back to now first");
		return;
	}
	if (def->opens_board >= 0) {
		name = row->cells[def->opens_board].text;
		key = row->cells[def->opens_key].text;
		is_on = row->sev >= SEV_WARN;
	} else if (row->sev < SEV_WARN) {
		app_toast(app, false, "nothing here needs attention");
		return;
	}
	app->host.acknowledge(app->host.ctx, name, key, is_on);
	app_toast(app, false,
		  is_on ? "%s steps back until its state changes"
			: "%s needs attention again",
		  row->cells[0].text[0] ? row->cells[0].text : key);
}

void app_enter_row(struct app *app, const struct board *board, const struct row *row)
{
	const struct board_def *def = board->def;
	struct str name, key;

	if (def->opens_board < 0) {
		app_open_row(app, board, row->key);
		return;
	}
	name = str_from(row->cells[def->opens_board].text);
	key = str_from(row->cells[def->opens_key].text);
	board = shelf_find(&app->shelf, name);
	if (board && board_find(board, key) >= 0)
		app_open_row(app, board, key);
	else
		app_open_board(app, name, STR(""), key);
}

void app_open_row(struct app *app, const struct board *board, struct str key)
{
	app_push(app, detail_new(board->def, key));
}

void app_toast(struct app *app, bool is_error, const char *fmt, ...)
{
	char text[sizeof(app->toast.text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	toast_set(&app->toast, clock_mono_ms(app->options.clock), is_error, text);
	app_dirty(app);
}

void app_copy(struct app *app, struct str text, const char *what)
{
	app->host.copy(app->host.ctx, text);
	app_toast(app, false, "copied the %s (%zu bytes)", what, text.n);
}

void app_dirty(struct app *app)
{
	app->needs_draw = true;
}

/* Seconds are on screen. */
static bool is_counting(const struct app *app)
{
	return first_is_counting(app) || change_is_counting(app) ||
	       app_chat_is_waiting(app);
}

void app_tick(struct app *app)
{
	int64_t minute = clock_wall_ms(app->options.clock) / MINUTE_MS;
	int64_t mono_ms = clock_mono_ms(app->options.clock);

	if (minute != app->minute && !app_is_pager(app)) {
		app->minute = minute;
		app_dirty(app);
	}
	if (toast_tick(&app->toast, mono_ms) || is_counting(app))
		app_dirty(app);
	if (app->n_chord > 0 && mono_ms >= app->chord_until_ms) {
		app->n_chord = 0;
		app_dirty(app);
	}
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t app_next_tick_ms(const struct app *app)
{
	const struct clock *clock = app->options.clock;
	int64_t left_ms = (app->minute + 1) * MINUTE_MS - clock_wall_ms(clock);
	double speed = clock->is_manual || clock->speed <= 0 ? 1 : clock->speed;
	int64_t at = app_is_pager(app) ? INT64_MAX
				       : clock_mono_ms(clock) +
						 (int64_t)((double)left_ms / speed) + 1;

	if (app->toast.until_ms > 0)
		at = sooner(at, app->toast.until_ms);
	if (app->n_chord > 0)
		at = sooner(at, app->chord_until_ms);
	if (is_counting(app))
		at = sooner(at, clock_mono_ms(clock) + 1000);
	return at == INT64_MAX ? -1 : at;
}

void app_redraw(struct app *app)
{
	app->needs_draw = true;
}

bool app_needs_draw(const struct app *app)
{
	return app->needs_draw;
}

bool app_is_done(const struct app *app)
{
	return app->is_done;
}
