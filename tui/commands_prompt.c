/* Commands of the prompt: editing, history, completion. Thread: ui. */
#include "base/embed.h"
#include "tui/app_part.h"
#include "tui/commands.h"
#include "tui/pane/pane.h"

void command_prompt(struct app *app, struct str arg)
{
	prompt_open(&app->prompt, PROMPT_COMMAND, arg);
	app->prompt.hint = "a command, or a board and a filter; tab shows them";
	app_dirty(app);
}

void command_prompt_accept(struct app *app, struct str arg)
{
	enum prompt_kind kind = app->prompt.kind;
	struct strbuf line;

	(void)arg;
	strbuf_init(&line, PROMPT_MAX_BYTES);
	strbuf_put(&line, strbuf_str(&app->prompt.text));
	prompt_close(&app->prompt, true);
	if (kind == PROMPT_COMMAND)
		app_run_line(app, strbuf_str(&line));
	if (kind == PROMPT_ANSWER && app_top(app)->ops->answer)
		app_top(app)->ops->answer(app_top(app), app, strbuf_str(&line));
	strbuf_fini(&line);
	app_dirty(app);
}

void command_prompt_cancel(struct app *app, struct str arg)
{
	bool is_filter = app->prompt.kind == PROMPT_FILTER;

	(void)arg;
	prompt_close(&app->prompt, false);
	if (is_filter)
		app_act(app, ACT_FILTER, STR(""));
	app_dirty(app);
}

/* Of the prompt, or of a screen that is written on. */
static void edit(struct app *app, enum prompt_edit what)
{
	struct screen *top = app_top(app);

	if (prompt_is_open(&app->prompt))
		prompt_edit(&app->prompt, what);
	else if (top->ops->edit)
		top->ops->edit(top, app, what);
	app_dirty(app);
}

void command_prompt_backspace(struct app *app, struct str arg)
{
	if (prompt_is_open(&app->prompt) && app->prompt.text.n == 0)
		command_prompt_cancel(app, arg);
	else
		edit(app, PROMPT_BACKSPACE);
}

#define EDIT(name, what)                                                                 \
	void command_prompt_##name(struct app *app, struct str arg)                      \
	{                                                                                \
		(void)arg;                                                               \
		edit(app, what);                                                         \
	}
EDIT(clear, PROMPT_CLEAR)
EDIT(delete, PROMPT_DELETE)
EDIT(delete_word, PROMPT_DELETE_WORD)
EDIT(end, PROMPT_END)
EDIT(history_next, PROMPT_NEWER)
EDIT(history_prev, PROMPT_OLDER)
EDIT(home, PROMPT_HOME)
EDIT(kill, PROMPT_KILL)
EDIT(left, PROMPT_LEFT)
EDIT(right, PROMPT_RIGHT)
#undef EDIT

static void offer_commands(struct app *app)
{
	unsigned here = 1u << app_top(app)->ops->context | 1u << CONTEXT_GLOBAL;

	for (size_t i = 0; i < n_commands; i++) {
		if (commands[i].contexts & here && app_has_command(app, &commands[i]))
			prompt_choice_add(&app->prompt, str_from(commands[i].name));
	}
}

static void offer_files(struct app *app, const struct embedded_file *files)
{
	for (; files->name; files++)
		prompt_choice_add(&app->prompt, str_from(files->name));
}

static void offer_boards(struct app *app)
{
	const struct library *lib = app->library;

	for (size_t i = 0; lib && i < library_size(lib); i++)
		prompt_choice_add(&app->prompt, str_from(library_entry_at(lib, i)->name));
}

static void offer_columns(struct app *app)
{
	struct want_set set = {0};
	const struct board_def *def = NULL;

	want_screen(&set, app_top(app), app);
	if (set.names.n > 0)
		def = app_def(app, str_from(set.names.p[0]));
	for (size_t i = 0; def && i < def->n_columns; i++)
		prompt_choice_add(&app->prompt, str_from(def->columns[i].name));
	vec_fini(&set.names);
}

static void offer_workloads(struct app *app)
{
	for (size_t i = 0; i < app->n_workloads; i++)
		prompt_choice_add(&app->prompt, str_from(app->workloads[i].name));
	prompt_choice_add(&app->prompt, STR("all"));
}

static void offer_arguments(struct app *app, const struct command *command)
{
	struct str kind = str_from(command ? command->arg : NULL);

	if (str_eq(kind, STR("BOARD")))
		offer_boards(app);
	else if (str_eq(kind, STR("THEME")))
		offer_files(app, embedded_themes);
	else if (str_eq(kind, STR("KEYMAP")))
		offer_files(app, embedded_keymaps);
	else if (str_eq(kind, STR("COLUMN")))
		offer_columns(app);
	else if (str_eq(kind, STR("WORKLOAD")))
		offer_workloads(app);
	else if (str_eq(kind, STR("PANE")))
		for (size_t i = 0; i < n_panes; i++)
			prompt_choice_add(&app->prompt, str_from(panes[i]->name));
}

static void complete(struct app *app, int step)
{
	struct prompt *prompt = &app->prompt;

	if (prompt_wants_choices(prompt)) {
		struct str before = {prompt->text.p, prompt->cursor};
		ptrdiff_t blank = str_find_char(before, ' ');

		prompt_choices_begin(prompt, blank < 0 ? 0 : (size_t)blank + 1);
		if (blank < 0) {
			offer_commands(app);
			offer_boards(app);
		} else {
			offer_arguments(app,
					command_find(str_sub(before, 0, (size_t)blank)));
		}
	}
	prompt_choice_step(prompt, step);
	app_dirty(app);
}

void command_prompt_complete(struct app *app, struct str arg)
{
	(void)arg;
	complete(app, 1);
}

void command_prompt_complete_prev(struct app *app, struct str arg)
{
	(void)arg;
	complete(app, -1);
}
