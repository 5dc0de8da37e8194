/* Commands that open, close, switch and copy; acts go to the top screen.
 * Thread: ui. */
#include "base/str.h"
#include "base/when.h"
#include "tui/app_part.h"
#include "tui/commands.h"
#include "tui/headline.h"
#include "tui/pane/boards.h"
#include "tui/pane/handover.h"
#include "tui/pane/help.h"

bool app_act(struct app *app, enum act act, struct str arg)
{
	struct screen *top = app_top(app);
	bool is_done = top->ops->act && top->ops->act(top, app, act, arg);

	if (is_done)
		app_dirty(app);
	return is_done;
}

#define X(id, fn)                                                                        \
	void fn(struct app *app, struct str arg)                                         \
	{                                                                                \
		if (!app_act(app, ACT_##id, arg))                                        \
			app_toast(app, true, "that does nothing on this screen");        \
	}
ACT_LIST(X)
#undef X

bool app_has_command(const struct app *app, const struct command *command)
{
	return !app->options.is_read_only || !(command->contexts & COMMAND_CHANGES);
}

void app_run(struct app *app, const struct command *command, struct str arg)
{
	app_dirty(app);
	if (command->contexts & COMMAND_DECK &&
	    (app_is_first(app) || app_is_pager(app))) {
		app_toast(app, true,
			  app_is_pager(app) ? "%s is of the deck; these are files"
					    : "%s comes once there is a configuration",
			  command->name);
		return;
	}
	if (!app_has_command(app, command)) {
		app_toast(app, true, "%s changes something, and this azdeck is read-only",
			  command->name);
		return;
	}
	if (command->needs_confirm && app->confirming != command) {
		app->confirming = command;
		app->toast.until_ms = 0; /* it would hide the question */
		return;
	}
	command->run(app, arg);
}

static bool works_here(const struct app *app, const struct command *command)
{
	unsigned here = 1u << app_top(app)->ops->context | 1u << CONTEXT_GLOBAL;

	return (command->contexts & here) != 0 && app_has_command(app, command);
}

/* The one command of this screen that begins so; *n says how many do. */
static const struct command *find_begun(const struct app *app, struct str word, size_t *n)
{
	const struct command *found = NULL;

	*n = 0;
	for (size_t i = 0; i < n_commands; i++) {
		if (!works_here(app, &commands[i]) ||
		    !str_starts(str_from(commands[i].name), word))
			continue;
		found = &commands[i];
		++*n;
	}
	return *n == 1 ? found : NULL;
}

/* A command, a board, or as much of a command as says which one is meant. */
void app_run_line(struct app *app, struct str line)
{
	struct str word, rest = str_trim(line);
	const struct command *command;
	size_t n = 0;

	if (rest.n == 0 || !str_next(&rest, ' ', &word))
		return;
	command = command_find(word);
	rest = rest.p ? str_trim(rest) : STR("");
	if (!command && app_def(app, word)) {
		app_open_board(app, word, rest, STR(""));
		return;
	}
	if (!command)
		command = find_begun(app, word, &n);
	if (!command && n > 1)
		app_toast(app, true, "%zu commands begin with '%.*s': tab shows them", n,
			  STR_ARG(word));
	else if (!command)
		app_toast(app, true, "there is no command '%.*s'", STR_ARG(word));
	else if (!works_here(app, command))
		app_toast(app, true, "%s does not work on this screen", command->name);
	else
		app_run(app, command, rest);
}

void command_back(struct app *app, struct str arg)
{
	struct screen *top = app_top(app);

	(void)arg;
	if (app->toast.until_ms > 0)
		app->toast.until_ms = 0;
	if (!top->ops->back || !top->ops->back(top, app))
		app_pop(app);
	app_dirty(app);
}

void command_board(struct app *app, struct str arg)
{
	struct str name, rest = arg;

	if (arg.n == 0) {
		command_boards(app, arg);
		return;
	}
	str_next(&rest, ' ', &name);
	app_open_board(app, name, rest.p ? str_trim(rest) : STR(""), STR(""));
}

void command_attention(struct app *app, struct str arg)
{
	(void)arg;
	app_open_board(app, STR("attention"), STR(""), STR(""));
}

void command_boards(struct app *app, struct str arg)
{
	(void)arg;
	app_push(app, boards_new());
}

void command_filter(struct app *app, struct str arg)
{
	if (arg.n > 0) {
		app_act(app, ACT_FILTER, arg);
		return;
	}
	prompt_open(&app->prompt, PROMPT_FILTER, arg);
	app->prompt.hint = app_top(app)->ops->filter_hint;
	app_dirty(app);
}

void command_handover(struct app *app, struct str arg)
{
	int64_t now_ms = app_look(app).now_ms, since_ms;

	if (!when_parse(arg.n ? arg : STR("-8h"), now_ms, now_ms, &since_ms))
		app_toast(app, true, "a time is " WHEN_FORMS ", not '%.*s'",
			  STR_ARG(arg));
	else
		app_push(app, handover_screen_new(since_ms));
}

void command_help(struct app *app, struct str arg)
{
	(void)arg;
	if (app_top(app)->ops->context != CONTEXT_HELP)
		app_push(app, help_new(app_context(app), app_top(app)->ops->hints));
}

void command_keymap(struct app *app, struct str arg)
{
	char name[64];
	struct err err = {0};

	if (arg.n == 0 || arg.n >= sizeof(name)) {
		app_toast(app, true, "keymap needs a name: tab completes it");
		return;
	}
	memcpy(name, arg.p, arg.n);
	name[arg.n] = '\0';
	if (app->host.set_keymap(app->host.ctx, name, &err))
		app_toast(app, false, "keymap %s", name);
	else
		app_toast(app, true, "%s", err.text);
}

void command_theme(struct app *app, struct str arg)
{
	char name[sizeof(app->theme)];
	struct err err = {0};

	if (arg.n == 0 || arg.n >= sizeof(name)) {
		app_toast(app, true, "theme needs a name: tab completes it");
		return;
	}
	memcpy(name, arg.p, arg.n);
	name[arg.n] = '\0';
	if (app->host.set_theme(app->host.ctx, name, &err)) {
		memcpy(app->theme, name, arg.n + 1);
		app_toast(app, false, "theme %s", name);
	} else {
		app_toast(app, true, "%s", err.text);
	}
}

void command_mouse(struct app *app, struct str arg)
{
	(void)arg;
	app->has_mouse = !app->has_mouse;
	app->host.set_mouse(app->host.ctx, app->has_mouse);
	app_toast(app, false,
		  app->has_mouse ? "mouse on" : "mouse off: the terminal selects");
}

void command_overview(struct app *app, struct str arg)
{
	const struct screen *bottom;

	(void)arg;
	app_pop_to_bottom(app);
	bottom = app_top(app);
	if (bottom->ops->back) /* all of its panes again */
		bottom->ops->back(app_top(app), app);
}

void command_pane(struct app *app, struct str arg)
{
	app_pop_to_bottom(app);
	app_act(app, ACT_PANE, arg);
}

void command_quit(struct app *app, struct str arg)
{
	(void)arg;
	app->is_done = true;
}

void command_redraw(struct app *app, struct str arg)
{
	(void)arg;
	app->host.redraw(app->host.ctx);
	app_dirty(app);
}

void command_refresh(struct app *app, struct str arg)
{
	struct want_set set = {0};

	(void)arg;
	want_screen(&set, app_top(app), app);
	for (size_t i = 0; i < set.names.n; i++)
		app->host.refresh(app->host.ctx, set.names.p[i]);
	app_toast(app, false, "fetching %zu board%s", set.names.n,
		  set.names.n == 1 ? "" : "s");
	vec_fini(&set.names);
}

void command_suspend(struct app *app, struct str arg)
{
	(void)arg;
	app->host.suspend(app->host.ctx);
}

static void show_workload(struct app *app, const struct workload *workload)
{
	app_show_workload(app, workload);
	app_toast(app, false, "%s of %s", workload ? "rows" : "every row",
		  workload ? workload->name : "all workloads");
}

void command_workload(struct app *app, struct str arg)
{
	if (arg.n == 0 || str_eq_nocase(arg, STR("all"))) {
		show_workload(app, NULL);
		return;
	}
	for (size_t i = 0; i < app->n_workloads; i++) {
		if (str_eq_nocase(arg, str_from(app->workloads[i].name))) {
			show_workload(app, &app->workloads[i]);
			return;
		}
	}
	app_toast(app, true, "there is no workload '%.*s' in the configuration",
		  STR_ARG(arg));
}

void command_workload_next(struct app *app, struct str arg)
{
	const struct workload *shown = app->shelf.workload;
	size_t next = shown ? (size_t)(shown - app->workloads) + 1 : 0;

	(void)arg;
	if (app->n_workloads == 0)
		app_toast(app, false, "the configuration names no workload");
	else
		show_workload(app,
			      next < app->n_workloads ? &app->workloads[next] : NULL);
}

void command_worst(struct app *app, struct str arg)
{
	struct problem problem;

	(void)arg;
	if (headline_problems(app, &problem, 1) == 0)
		app_toast(app, false, "nothing is wrong");
	else
		app_open_row(app, problem.board, problem.row->key);
}
